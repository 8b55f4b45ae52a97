/* fare-unusual-day.h
 *
 * Whether a day cost far more than the days before it.  Pure.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "accounting/fare-day-series.h"

G_BEGIN_DECLS

/* Active days before the day that it is compared with, and how many there must be at least. */
#define FARE_UNUSUAL_N_DAYS 28
#define FARE_UNUSUAL_MIN_DAYS 7

typedef struct
{
  double value;  /* of the day */
  double median; /* of the active days before it */
  double limit;  /* what a usual day does not exceed */
  double ratio;  /* value / median: "2.8 × a usual active day" */
} FareUnusualDay;

/**
 * fare_unusual_day_init:
 * @cost: cost of the days, @day among them and enough before it; a year does
 * @day: the day in question
 *
 * Compares with the last 28 days before @day that have a value above 0.  The limit is the greater of
 * median + 3.5 × 1.4826 × MAD (median absolute deviation) and 2 × median.
 *
 * Returns: %TRUE when the day exceeds the limit; %FALSE when it does not or when there are fewer
 *   than %FARE_UNUSUAL_MIN_DAYS days to compare with
 */
gboolean fare_unusual_day_init    (FareUnusualDay       *self,
                                   FareDayValues         cost,
                                   FareDay               day);

/**
 * fare_unusual_day_to_text:
 *
 * Returns: (transfer full): "2.8 × a usual active day", translated
 */
char    *fare_unusual_day_to_text (const FareUnusualDay *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
