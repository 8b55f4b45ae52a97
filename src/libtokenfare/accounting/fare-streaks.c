/* fare-streaks.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "accounting/fare-streaks.h"

#include <string.h>

#define DAYS_PER_WEEK 7

/* Days since the Monday of its week; 1970-01-01 was a Thursday. */
static guint
get_weekday (FareDay day)
{
  return (guint) (day - fare_day_get_week_start (day, 1));
}

/* Run of days that ends with @last. */
static guint
count_back (FareDayValues values,
            FareDay       last)
{
  guint length = 0;

  while (fare_day_values_get (values, last - (FareDay) length) > 0)
    length++;

  return length;
}

void
fare_streaks_init (FareStreaks   *self,
                   FareDayValues  values,
                   FareDay        today)
{
  FareDayValues past = fare_day_values_cut (values, (FareRange) { FARE_DAY_MIN, today + 1 });
  guint length = 0;

  memset (self, 0, sizeof *self);
  for (guint i = 0; i < past.n_days; i++)
    {
      length = past.values[i] > 0 ? length + 1 : 0;
      self->active_days += length > 0;
      if (length > self->longest)
        {
          self->longest = length;
          self->longest_first = past.first + (FareDay) (i + 1 - length);
        }
    }

  self->current = count_back (past, fare_day_values_get (past, today) > 0 ? today : today - 1);
}

static void
add_day (FareHighlights *self,
         FareDay         day,
         double          value)
{
  self->active_days++;
  self->total += value;
  if (value > self->peak_day_value)
    {
      self->peak_day_value = value;
      self->peak_day = day;
    }
}

void
fare_highlights_init (FareHighlights *self,
                      FareDayValues   values,
                      int             first_weekday)
{
  double weekdays[DAYS_PER_WEEK] = { 0 };
  double week_value = 0;
  FareDay week = 0;

  memset (self, 0, sizeof *self);
  self->n_days = values.n_days;

  for (guint i = 0; i < values.n_days; i++)
    {
      FareDay day = values.first + (FareDay) i;
      FareDay week_of_day = fare_day_get_week_start (day, first_weekday);

      if (i == 0 || week_of_day != week)
        week_value = 0;
      week = week_of_day;
      if (!(values.values[i] > 0))
        continue;

      add_day (self, day, values.values[i]);
      weekdays[get_weekday (day)] += values.values[i];
      week_value += values.values[i];
      if (week_value > self->peak_week_value)
        {
          self->peak_week_value = week_value;
          self->peak_week = week;
        }
    }

  for (guint i = 0; i < DAYS_PER_WEEK; i++)
    if (weekdays[i] > self->top_weekday_value)
      {
        self->top_weekday_value = weekdays[i];
        self->top_weekday = (int) i + 1;
      }

  self->has_value = self->active_days > 0;
  if (self->has_value)
    self->average = self->total / self->active_days;
}
