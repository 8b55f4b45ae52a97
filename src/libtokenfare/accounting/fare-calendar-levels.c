/* fare-calendar-levels.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "accounting/fare-calendar-levels.h"

#include <string.h>

static int
compare_values (gconstpointer a,
                gconstpointer b)
{
  double left = *(const double *) a;
  double right = *(const double *) b;

  return left < right ? -1 : left > right;
}

void
fare_calendar_levels_init (FareCalendarLevels *self,
                           const double       *values,
                           guint               n_values)
{
  g_autofree double *sorted = g_new (double, n_values + 1);
  guint n = 0;

  memset (self, 0, sizeof *self);
  for (guint i = 0; i < n_values; i++)
    if (values[i] > 0)
      sorted[n++] = values[i];
  if (n == 0)
    return;

  qsort (sorted, n, sizeof *sorted, compare_values);
  self->n_values = n;
  self->least = sorted[0];
  self->greatest = sorted[n - 1];
  for (guint i = 1; i < FARE_CALENDAR_TOP_LEVEL; i++)
    self->thresholds[i] = sorted[(guint64) i * (n - 1) / FARE_CALENDAR_TOP_LEVEL];
}

guint
fare_calendar_levels_get_level (const FareCalendarLevels *self,
                                double                    value)
{
  if (!(value > 0))
    return 0;

  for (guint i = 1; i < FARE_CALENDAR_TOP_LEVEL; i++)
    if (value <= self->thresholds[i])
      return i;

  return FARE_CALENDAR_TOP_LEVEL;
}

gboolean
fare_calendar_levels_get_bounds (const FareCalendarLevels *self,
                                 guint                     level,
                                 double                   *above,
                                 double                   *up_to)
{
  g_return_val_if_fail (level >= 1 && level <= FARE_CALENDAR_TOP_LEVEL, FALSE);

  *above = self->thresholds[level - 1];
  *up_to = level < FARE_CALENDAR_TOP_LEVEL ? self->thresholds[level] : self->greatest;

  return *up_to > *above;
}
