/* fare-comparison.h
 *
 * How one amount stands to the one before: the number, its direction and the sentence
 * people read.  Used by the window and the command line alike.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "accounting/fare-summary.h"

G_BEGIN_DECLS

typedef enum
{
  FARE_TREND_SAME,
  FARE_TREND_UP,
  FARE_TREND_DOWN
} FareTrend;

typedef struct
{
  FareTrend trend;
  double    change; /* difference as a share of the amount before, never negative: 0.12 is 12 % */
} FareComparison;

/**
 * fare_comparison_make_cost:
 * @now: sums of the span shown
 * @before: sums of the span that fare_previous_span() tells
 *
 * Compares costs as they are shown, rounded to cents.
 *
 * Returns: %FALSE when there is nothing to compare with: no cost before, or none known now
 */
gboolean    fare_comparison_make_cost   (const FareSums       *now,
                                         const FareSums       *before,
                                         FareComparison       *comparison);

/**
 * fare_comparison_to_sentence:
 * @range: the days shown, whose number the sentence names
 * @now: now
 *
 * Returns: (transfer full): words alone, for a screen reader: "12% less than yesterday",
 *   "Same as the day before", "40% more than the 7 days before",
 *   "46 times as much as yesterday"; translated
 */
char       *fare_comparison_to_sentence (const FareComparison *self,
                                         FareRange             range,
                                         const FareNow        *now) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_comparison_to_text:
 *
 * Returns: (transfer full): the sentence behind the sign of its direction:
 *   "▼ 12% less than yesterday"; no sign when both are the same
 */
char       *fare_comparison_to_text     (const FareComparison *self,
                                         FareRange             range,
                                         const FareNow        *now) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_previous_span_to_text:
 * @range: the days shown, for which fare_previous_span() found a span
 *
 * Says until when the days before count, which the sentences above leave out.
 *
 * Returns: (transfer full) (nullable): "Compared with yesterday until 14:32", "Compared with 9–15
 *   Nov 2026, on the last day until 14:32"; %NULL when whole days are compared
 */
char       *fare_previous_span_to_text  (FareRange             range,
                                         const FareNow        *now) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
