/* fare-calendar-levels.h
 *
 * The eight shades of a calendar: none, and seven by the quantiles of the days shown.
 * Pure.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define FARE_CALENDAR_N_LEVELS 8
#define FARE_CALENDAR_TOP_LEVEL (FARE_CALENDAR_N_LEVELS - 1)

typedef struct
{
  double thresholds[FARE_CALENDAR_TOP_LEVEL]; /* [i]: the greatest value of level i, for 1 to 6;
                                                 [0] is 0 */
  double least;     /* smallest value above 0, 0 when there is none */
  double greatest;
  guint  n_values;  /* values above 0 */
} FareCalendarLevels;

/**
 * fare_calendar_levels_init:
 * @values: one for each day shown, in any unit and order; those not above 0 do not count
 *
 * With the n values above 0 in ascending order, the threshold of level i (1 to 6) is the one at
 * position floor (i / 7 × (n - 1)), counted from 0.
 */
void   fare_calendar_levels_init      (FareCalendarLevels       *self,
                                       const double             *values,
                                       guint                     n_values);

/**
 * fare_calendar_levels_get_level:
 *
 * Returns: 0 for a value not above 0, else the first level whose threshold is not below @value,
 *   7 when there is none
 */
guint  fare_calendar_levels_get_level (const FareCalendarLevels *self,
                                       double                    value);

/**
 * fare_calendar_levels_get_bounds:
 * @level: 1 to 7
 * @above: (out): values of the level are greater than this; for the lowest level 0
 * @up_to: (out): and not greater than this
 *
 * For the legend.
 *
 * Returns: %FALSE when no value can have this level, because its threshold is the one below
 */
gboolean fare_calendar_levels_get_bounds (const FareCalendarLevels *self,
                                          guint                  level,
                                          double                *above,
                                          double                *up_to);

G_END_DECLS
