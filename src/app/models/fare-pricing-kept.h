/* fare-pricing-kept.h
 *
 * What an entry says besides the rates of today, in words: prices of other times, context
 * tiers, times of day, modes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "base/fare-range.h"
#include "pricing/fare-rates.h"

G_BEGIN_DECLS

typedef void (*FarePricingKeptFunc) (const char *title,
                                     const char *detail,
                                     gpointer    user_data);

/**
 * fare_pricing_kept_foreach:
 * @now_ms: UTC milliseconds: which segment is the one of today
 * @today: the local day
 *
 * Calls @func once for each of them.
 */
void fare_pricing_kept_foreach (const FareRates     *rates,
                                gint64               now_ms,
                                FareDay              today,
                                FarePricingKeptFunc  func,
                                gpointer             user_data);

G_END_DECLS
