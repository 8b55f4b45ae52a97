/* fare-glance-take.h
 *
 * Takes a glance: counts what stands in it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "accounting/fare-glance.h"
#include "accounting/fare-summary.h"

G_BEGIN_DECLS

/**
 * fare_glance_take:
 * @paths: where the settings are
 * @period: as fare_period_parse() understands it
 *
 * Counts, and leaves the calling thread with the user's currency in use.
 *
 * Returns: (transfer full): the glance, or %NULL with @error set
 */
FareGlance *fare_glance_take (FarePaths        *paths,
                              FareIndexReader  *reader,
                              FarePriceBook    *prices,
                              const char       *period,
                              const FareNow    *now,
                              GError          **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
