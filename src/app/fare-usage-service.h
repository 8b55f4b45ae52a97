/* fare-usage-service.h
 *
 * Figures for other programs: the interface io.github.tokenfare.Tokenfare.Usage1 on the
 * object of the program.
 *
 *   GetUsage (s range) → (s json)   what "tokenfare report RANGE --json" prints
 *   Refresh ()                      looks at the logs now
 *   TodayCost d                     US dollars; not a number when nothing of today has a price
 *   Changed ()                      figures are others now; while the program runs
 *
 * While the logs are read for the very first time the error
 * io.github.tokenfare.Tokenfare.Error.Reading is the answer.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "fare-desktop-link.h"

G_BEGIN_DECLS

typedef struct _FareUsageService FareUsageService;

/**
 * fare_usage_service_new:
 * @link: (transfer none): outlives the service
 * @path: the object's path
 *
 * Exports the interface.
 *
 * Returns: (transfer full) (nullable): the service, or %NULL with @error set
 */
FareUsageService *fare_usage_service_new  (FareDesktopLink   *link,
                                           GDBusConnection   *bus,
                                           const char        *path,
                                           GError           **error) G_GNUC_WARN_UNUSED_RESULT;
void              fare_usage_service_free (FareUsageService  *self);

/**
 * fare_usage_service_tell:
 * @today_cost: as the property
 *
 * Says that figures are others now.
 */
void              fare_usage_service_tell (FareUsageService  *self,
                                           double             today_cost);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareUsageService, fare_usage_service_free)

G_END_DECLS
