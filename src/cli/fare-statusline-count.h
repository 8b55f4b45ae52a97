/* fare-statusline-count.h
 *
 * Counting the figures of a status line anew, with what is needed for that alone: part of the
 * commands, and of a small module without their libraries.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "accounting/fare-glance.h"
#include "base/fare-range.h"
#include "pricing/fare-price-book.h"

G_BEGIN_DECLS

/**
 * fare_statusline_count:
 * @period: as fare_period_parse() understands it
 *
 * Never waits for long and changes nothing but the figures that are kept.
 *
 * Returns: (transfer full) (nullable): the figures, and %NULL without a usable index.  Whoever has
 *   kept prices asks them whether they were enough
 */
FareGlance *fare_statusline_count          (FarePaths     *paths,
                                            FarePriceBook *prices,
                                            const char    *period,
                                            const FareNow *now) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_statusline_dup_price_state:
 *
 * Returns: (transfer full) (nullable): as fare_glance_dup_price_state() has it, for the commands that
 *   stand beside the module this is in
 */
char       *fare_statusline_dup_price_state (FarePaths     *paths) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
