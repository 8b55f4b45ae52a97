/* fare-day-series.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "accounting/fare-day-series.h"

#include "accounting/fare-bins.h"

struct _FareDaySeries
{
  FareDay        first;
  guint          n_days;
  FareDayTotals *days;
  double        *values[FARE_N_METRICS];
};

static GArray *
list_edges (FareRange  range,
            GTimeZone *zone)
{
  GArray *edges = g_array_sized_new (FALSE, FALSE, sizeof (gint64), range.end - range.first + 1);

  for (FareDay day = range.first; day <= range.end; day++)
    {
      gint64 edge = fare_day_start (zone, day);

      g_array_append_val (edges, edge);
    }

  return edges;
}

/* By cost, then tokens; of equal ones the first by id. */
static const char *
find_top_client (const FareBins *bins,
                 guint           bin)
{
  const FareBinClient *top = NULL;

  for (guint i = 0; i < bins->clients->len; i++)
    {
      const FareBinClient *client = &g_array_index (bins->clients, FareBinClient, i);
      const FareBinPart *part = &client->parts[bin];

      if (part->tokens == 0)
        continue;
      if (top == NULL || part->cost > top->parts[bin].cost ||
          (part->cost == top->parts[bin].cost && part->tokens > top->parts[bin].tokens))
        top = client;
    }

  return top != NULL ? top->client : NULL;
}

static FareDaySeries *
series_new (FareDay first,
            guint   n_days)
{
  FareDaySeries *self = g_new0 (FareDaySeries, 1);

  self->first = first;
  self->n_days = n_days;
  self->days = g_new0 (FareDayTotals, n_days);
  for (guint metric = 0; metric < FARE_N_METRICS; metric++)
    self->values[metric] = g_new0 (double, n_days);

  return self;
}

static void
fill (FareDaySeries  *self,
      const FareBins *bins)
{
  for (guint i = 0; i < self->n_days; i++)
    {
      FareDayTotals *day = &self->days[i];

      day->day = self->first + (FareDay) i;
      day->sums = bins->sums[i];
      day->energy_j = bins->energy[i];
      day->top_client = find_top_client (bins, i);
      for (guint metric = 0; metric < FARE_N_METRICS; metric++)
        self->values[metric][i] = fare_day_totals_get_value (day, metric);
    }
}

FareDaySeries *
fare_day_series_new (FareIndexReader  *reader,
                     FarePriceBook    *prices,
                     FareEnergyTable  *energy,
                     const FareQuery  *query,
                     GCancellable     *cancellable,
                     GError          **error)
{
  g_autoptr(FareBins) bins = NULL;
  FareDaySeries *self;
  FareQuery narrow;
  FareRange range;

  g_return_val_if_fail (reader != NULL && prices != NULL && query != NULL, NULL);
  g_return_val_if_fail (query->zone != NULL, NULL);

  narrow = *query;
  if (!fare_bins_narrow (reader, &narrow) || narrow.from_ms >= narrow.to_ms)
    return series_new (0, 0);

  range.first = fare_day_of (query->zone, narrow.from_ms);
  range.end = fare_day_of (query->zone, narrow.to_ms - 1) + 1;
  bins = fare_bins_new (reader, prices, energy, query, list_edges (range, query->zone),
                        cancellable, error);

  if (bins == NULL)
    return NULL;

  self = series_new (range.first, bins->n_bins);
  fill (self, bins);
  return self;
}

void
fare_day_series_free (FareDaySeries *self)
{
  for (guint metric = 0; metric < FARE_N_METRICS; metric++)
    g_free (self->values[metric]);
  g_free (self->days);
  g_free (self);
}

FareRange
fare_day_series_get_range (const FareDaySeries *self)
{
  return (FareRange) { self->first, self->first + (FareDay) self->n_days };
}

guint
fare_day_series_get_n_days (const FareDaySeries *self)
{
  return self->n_days;
}

const FareDayTotals *
fare_day_series_get_day (const FareDaySeries *self,
                         guint                i)
{
  g_return_val_if_fail (self != NULL && i < self->n_days, NULL);

  return &self->days[i];
}

const FareDayTotals *
fare_day_series_find (const FareDaySeries *self,
                      FareDay              day)
{
  FareRange range = fare_day_series_get_range (self);

  return day >= range.first && day < range.end ? &self->days[day - range.first] : NULL;
}

FareDayValues
fare_day_series_get_values (const FareDaySeries *self,
                            FareMetric           metric)
{
  g_return_val_if_fail (metric < FARE_N_METRICS, ((FareDayValues) { 0 }));

  return (FareDayValues) { self->first, self->n_days, self->values[metric] };
}

FareDayValues
fare_day_values_cut (FareDayValues self,
                     FareRange     range)
{
  gint64 first = MAX ((gint64) self.first, range.first);
  gint64 end = MIN ((gint64) self.first + self.n_days, range.end);

  if (first >= end)
    return (FareDayValues) { self.first, 0, self.values };

  return (FareDayValues) { (FareDay) first, (guint) (end - first),
                           self.values + (first - self.first) };
}

double
fare_day_values_get (FareDayValues self,
                     FareDay       day)
{
  gint64 place = (gint64) day - self.first;

  return place >= 0 && place < self.n_days ? self.values[place] : 0;
}

double
fare_day_totals_get_value (const FareDayTotals *self,
                           FareMetric           metric)
{
  switch (metric)
    {
    case FARE_METRIC_TOKENS:
      return (double) fare_usage_total (&self->sums.usage);
    case FARE_METRIC_MESSAGES:
      return (double) self->sums.messages;
    case FARE_METRIC_ENERGY:
      return self->energy_j;
    case FARE_METRIC_COST:
    default:
      return self->sums.cost;
    }
}
