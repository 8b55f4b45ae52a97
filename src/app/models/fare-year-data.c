/* fare-year-data.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "models/fare-year-data.h"

void
fare_year_data_free (FareYearData *self)
{
  g_clear_pointer (&self->series, fare_day_series_free);
  g_free (self);
}

gpointer
fare_year_data_load (const FareQuestion  *question,
                     GCancellable        *cancellable,
                     GError             **error)
{
  g_autoptr(FareIndexReader) reader = fare_meter_read (question->meter, error);
  g_autoptr(FarePriceBook) prices = NULL;
  g_autoptr(FareEnergyTable) energy = NULL;
  g_autoptr(FareYearData) data = NULL;
  FareQuery query = { .from_ms = G_MININT64, .to_ms = G_MAXINT64, .zone = question->now.zone };

  if (reader == NULL)
    return NULL;

  prices = fare_meter_ref_prices (question->meter);
  energy = fare_energy_table_load_shipped (fare_meter_get_paths (question->meter), error);
  if (energy == NULL)
    return NULL;

  fare_filter_values_narrow (&question->filter, &query);
  data = g_new0 (FareYearData, 1);
  data->today = fare_day_of (question->now.zone, question->now.now_ms);
  data->series = fare_day_series_new (reader, prices, energy, &query, cancellable, error);
  if (data->series == NULL)
    return NULL;

  fare_streaks_init (&data->streaks, fare_day_series_get_values (data->series, FARE_METRIC_TOKENS),
                     data->today);
  data->has_forecast =
    fare_forecast_init (&data->forecast, fare_day_series_get_values (data->series, FARE_METRIC_COST),
                        data->today);

  return g_steal_pointer (&data);
}

guint
fare_year_data_get_active_days (const FareYearData *self,
                                FareRange           range)
{
  FareDayValues tokens = fare_day_series_get_values (self->series, FARE_METRIC_TOKENS);
  FareStreaks streaks;

  fare_streaks_init (&streaks, fare_day_values_cut (tokens, range), self->today);

  return streaks.active_days;
}

FareRange
fare_year_data_get_past_year (const FareYearData *self,
                              int                 first_weekday)
{
  FareDay week = fare_day_get_week_start (self->today, first_weekday);

  return (FareRange) { week - 52 * 7, self->today + 1 };
}

gpointer
fare_work_data_load (const FareQuestion  *question,
                     GCancellable        *cancellable,
                     GError             **error)
{
  g_autoptr(FareIndexReader) reader = fare_meter_read (question->meter, error);
  g_autoptr(FareActiveTimes) times = NULL;
  FareQuery query = { .zone = question->now.zone };

  if (reader == NULL)
    return NULL;

  fare_filter_values_narrow (&question->filter, &query);
  fare_range_to_span (question->range, query.zone, &query.from_ms, &query.to_ms);
  times = fare_active_times_new (reader, &query, FARE_ACTIVE_CAP_MS, cancellable, error);

  return times != NULL ? g_memdup2 (fare_active_times_get_total (times), sizeof (FareActiveTime))
                       : NULL;
}
