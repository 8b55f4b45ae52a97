/* fare-streaks.h
 *
 * Runs of days with use, and the days, weeks and weekdays that stand out.  Pure.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "accounting/fare-day-series.h"

G_BEGIN_DECLS

/* Lengths in days.  By the rule of the pages, runs are asked for with the days' tokens. */
typedef struct
{
  guint   current;       /* run that ends today, or yesterday while today is still empty */
  guint   longest;       /* within the values given; the earliest of equal ones */
  FareDay longest_first; /* its first day; 0 when @longest is 0 */
  guint   active_days;   /* days with a value above 0 */
} FareStreaks;

/* What stands out in the days of a view.  Values are in the unit of the values given. */
typedef struct
{
  gboolean has_value;          /* FALSE: no value above 0, all else is 0 */
  guint    n_days;             /* days given */
  guint    active_days;
  double   total;
  double   average;            /* per active day */
  FareDay  peak_day;           /* the earliest of equal ones, as for all peaks */
  double   peak_day_value;
  FareDay  peak_week;          /* its first day, which may lie before the view */
  double   peak_week_value;    /* of the days in the view alone */
  int      top_weekday;        /* 1 (Monday) to 7 (Sunday), by the sum of its days */
  double   top_weekday_value;
} FareHighlights;

/**
 * fare_streaks_init:
 * @values: for the longest run over the whole index give all days; for that within a month or
 *   year cut them with fare_day_values_cut()
 * @today: days after it do not count
 */
void fare_streaks_init    (FareStreaks    *self,
                           FareDayValues   values,
                           FareDay         today);

/**
 * fare_highlights_init:
 * @values: the days of the view
 * @first_weekday: on which weeks begin, 1 (Monday) to 7 (Sunday)
 */
void fare_highlights_init (FareHighlights *self,
                           FareDayValues   values,
                           int             first_weekday);

G_END_DECLS
