/* fare-alert-memory.h
 *
 * What was told already, as the key "fired-alerts" keeps it: lines of the budgets' and of the usage
 * limits' memory and, each with its name in front, single marks.  Whoever saves one part leaves the others
 * as they are.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "accounting/fare-budget.h"
#include "accounting/fare-limit-memory.h"

G_BEGIN_DECLS

/**
 * fare_alert_memory_load_budgets:
 *
 * Returns: (transfer full): the budgets' part
 */
FareMarks  *fare_alert_memory_load_budgets (GSettings   *settings) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_alert_memory_save_budgets:
 *
 * Writes the budgets' part if it is another.
 */
void        fare_alert_memory_save_budgets (GSettings   *settings,
                                            FareMarks   *budgets);

/**
 * fare_alert_memory_load_limits:
 *
 * Returns: (transfer full): the usage limits' part
 */
FareMarks  *fare_alert_memory_load_limits  (GSettings   *settings) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_alert_memory_save_limits:
 *
 * Writes the usage limits' part if it is another.
 */
void        fare_alert_memory_save_limits  (GSettings   *settings,
                                            FareMarks   *limits);

/**
 * fare_alert_memory_dup_mark:
 * @name: one word
 *
 * Returns: (transfer full) (nullable): what was marked under @name
 */
char             *fare_alert_memory_dup_mark     (GSettings        *settings,
                                                  const char       *name) G_GNUC_WARN_UNUSED_RESULT;
void              fare_alert_memory_set_mark     (GSettings        *settings,
                                                  const char       *name,
                                                  const char       *value);

G_END_DECLS
