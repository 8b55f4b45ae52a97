/* fare-forecast.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "accounting/fare-forecast.h"

#include <math.h>
#include <string.h>

#include "accounting/fare-median.h"

#define DAYS_IN_WORK_WEEK 5

/* Days of the last two weeks by their kind. */
typedef struct
{
  double all[FARE_FORECAST_N_DAYS];
  double weekdays[FARE_FORECAST_N_DAYS];
  double weekends[FARE_FORECAST_N_DAYS];
  guint  n_all;
  guint  n_weekdays;
  guint  n_weekends;
  guint  n_active;
} Sample;

static gboolean
is_weekend (FareDay day)
{
  return day - fare_day_get_week_start (day, 1) >= DAYS_IN_WORK_WEEK;
}

FareDay
fare_forecast_get_first_day (FareDay today)
{
  return MIN (today - FARE_FORECAST_N_DAYS, fare_day_get_month_start (today, 0));
}

static FareDay
find_first_active (FareDayValues cost,
                   FareDay       today)
{
  for (guint i = 0; i < cost.n_days; i++)
    if (cost.values[i] > 0)
      return cost.first + (FareDay) i;

  return today;
}

static void
take_sample (Sample        *self,
             FareDayValues  cost,
             FareDay        today)
{
  FareDay first = MAX (today - FARE_FORECAST_N_DAYS, find_first_active (cost, today));

  memset (self, 0, sizeof *self);
  for (FareDay day = first; day < today; day++)
    {
      double value = fare_day_values_get (cost, day);

      self->n_active += value > 0;
      self->all[self->n_all++] = value;
      if (is_weekend (day))
        self->weekends[self->n_weekends++] = value;
      else
        self->weekdays[self->n_weekdays++] = value;
    }
}

gboolean
fare_forecast_init (FareForecast  *self,
                    FareDayValues  cost,
                    FareDay        today)
{
  FareDay end = fare_day_get_month_start (today, 1);
  Sample sample;
  double per_day;

  memset (self, 0, sizeof *self);
  take_sample (&sample, cost, today);
  if (sample.n_active < FARE_FORECAST_MIN_ACTIVE)
    return FALSE;

  per_day = fare_median (sample.all, sample.n_all);
  self->per_weekday = sample.n_weekdays > 0 ? fare_median (sample.weekdays, sample.n_weekdays)
                                            : per_day;
  self->per_weekend = sample.n_weekends > 0 ? fare_median (sample.weekends, sample.n_weekends)
                                            : per_day;
  self->last = end - 1;
  self->days_left = (guint) (self->last - today);

  for (FareDay day = fare_day_get_month_start (today, 0); day <= today; day++)
    self->spent += fare_day_values_get (cost, day);
  self->expected = self->spent;
  for (FareDay day = today + 1; day < end; day++)
    self->expected += is_weekend (day) ? self->per_weekend : self->per_weekday;

  return TRUE;
}
