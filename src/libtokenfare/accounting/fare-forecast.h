/* fare-forecast.h
 *
 * What this month will have cost at its end, if the days left are like the last two
 * weeks.  Pure.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "accounting/fare-day-series.h"

G_BEGIN_DECLS

/* Whole days before today that are looked at. */
#define FARE_FORECAST_N_DAYS 14

/* Fewer days with cost among them are no base for a forecast. */
#define FARE_FORECAST_MIN_ACTIVE 3

/* Money in USD. */
typedef struct
{
  double  spent;      /* this month up to now */
  double  expected;   /* of the whole month */
  double  per_weekday; /* median of the days Monday to Friday */
  double  per_weekend; /* median of the days Saturday and Sunday */
  guint   days_left;  /* after today */
  FareDay last;       /* last day of the month */
} FareForecast;

/**
 * fare_forecast_init:
 * @cost: cost of the days; should begin with fare_forecast_get_first_day() or earlier
 * @today: today
 *
 * Expected is the cost of the month so far, plus for each day after today the median of the days
 * of its kind, weekday or weekend, among the last 14 whole days.  Days without use count as 0,
 * those before the first cost in @cost do not count.  Where there is no day of a kind, the median
 * of all of them serves.
 *
 * Returns: %FALSE when fewer than %FARE_FORECAST_MIN_ACTIVE of these days had a cost; then there is
 *   no forecast to show
 */
gboolean fare_forecast_init          (FareForecast       *self,
                                      FareDayValues       cost,
                                      FareDay             today);

/**
 * fare_forecast_get_first_day:
 *
 * Returns: the first day whose cost a forecast depends on
 */
FareDay  fare_forecast_get_first_day (FareDay             today);

G_END_DECLS
