/* fare-time-bars.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "accounting/fare-time-bars.h"

#include "accounting/fare-bins.h"
#include "accounting/fare-time-group.h"

/* Longest ranges, in days, that a chart shows hour by hour, day by day, week by week. */
#define HOURS_UP_TO 1
#define DAYS_UP_TO 62
#define WEEKS_UP_TO 366

#define N_BAR_METRICS (FARE_METRIC_MESSAGES + 1)

/* The clients of one metric in the order of the chart. */
typedef struct
{
  FareBarSeries series[FARE_TIME_BARS_N_CLIENTS + 1];
  guint         n_series;
  guint        *places;    /* place in the bins' clients → series */
} Ranking;

struct _FareTimeBars
{
  FareGroup    group;
  FareBins    *bins;       /* (nullable): NULL without bars */
  FareTimeBar *bars;
  guint        n_bars;
  Ranking      rankings[N_BAR_METRICS];
};

FareGroup
fare_time_bars_choose_group (guint n_days)
{
  if (n_days <= HOURS_UP_TO)
    return FARE_GROUP_HOUR;
  if (n_days <= DAYS_UP_TO)
    return FARE_GROUP_DAY;
  if (n_days <= WEEKS_UP_TO)
    return FARE_GROUP_WEEK;

  return FARE_GROUP_MONTH;
}

/* Replaces the open ends of all time by the first use and today. */
static gboolean
narrow_range (FareRange       *range,
              FareIndexReader *reader,
              const FareNow   *now)
{
  gint64 first, last;

  if (range->first == FARE_DAY_MIN || range->end == FARE_DAY_MAX)
    {
      if (!fare_index_reader_get_span (reader, &first, &last))
        return FALSE;
      if (range->first == FARE_DAY_MIN)
        range->first = fare_day_of (now->zone, first * FARE_QUARTER_MS);
      if (range->end == FARE_DAY_MAX)
        range->end = 1 + MAX (fare_day_of (now->zone, now->now_ms),
                              fare_day_of (now->zone, (last + 1) * FARE_QUARTER_MS - 1));
    }

  return range->first < range->end;
}

static GArray *
list_edges (FareGroup  group,
            FareRange  range,
            GTimeZone *zone)
{
  GArray *edges = g_array_new (FALSE, FALSE, sizeof (gint64));
  int first_weekday = fare_week_get_first_weekday ();
  gint64 edge = fare_day_start (zone, range.first);
  gint64 end = fare_day_start (zone, range.end);

  while (edge < end)
    {
      g_array_append_val (edges, edge);
      edge = fare_time_group_find (group, zone, first_weekday, edge).end_ms;
    }
  g_array_append_val (edges, end);

  return edges;
}

/* The part of a week that is in the range bears its own dates. */
static char *
make_title (FareGroup     group,
            GTimeZone    *zone,
            FareTimeSpan  span)
{
  if (group != FARE_GROUP_WEEK)
    return fare_time_group_to_title (group, zone, span, FALSE);

  return fare_range_to_title ((FareRange) { fare_day_of (zone, span.start_ms),
                                            fare_day_of (zone, span.end_ms - 1) + 1 });
}

static void
make_bars (FareTimeBars  *self,
           const FareNow *now)
{
  self->n_bars = self->bins->n_bins;
  self->bars = g_new0 (FareTimeBar, self->n_bars);
  for (guint i = 0; i < self->n_bars; i++)
    {
      FareTimeBar *bar = &self->bars[i];

      bar->start_ms = g_array_index (self->bins->edges, gint64, i);
      bar->end_ms = g_array_index (self->bins->edges, gint64, i + 1);
      bar->title = make_title (self->group, now->zone,
                               (FareTimeSpan) { bar->start_ms, bar->end_ms });
      bar->sums = self->bins->sums[i];
      bar->is_incomplete = bar->start_ms <= now->now_ms && now->now_ms < bar->end_ms;
      bar->is_future = bar->start_ms > now->now_ms;
    }
}

static double
get_part_value (const FareBinPart *part,
                FareMetric         metric)
{
  switch (metric)
    {
    case FARE_METRIC_TOKENS:
      return (double) part->tokens;
    case FARE_METRIC_MESSAGES:
      return (double) part->messages;
    case FARE_METRIC_COST:
    case FARE_METRIC_ENERGY:
    default:
      return part->cost;
    }
}

typedef struct
{
  guint  place; /* in the bins' clients */
  double total;
} Candidate;

static int
compare_candidates (gconstpointer a,
                    gconstpointer b)
{
  const Candidate *left = a;
  const Candidate *right = b;

  if (left->total != right->total)
    return left->total > right->total ? -1 : 1;

  return left->place < right->place ? -1 : left->place > right->place;
}

static GArray *
list_candidates (const FareBins *bins,
                 FareMetric      metric)
{
  GArray *candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));

  for (guint i = 0; i < bins->clients->len; i++)
    {
      const FareBinClient *client = &g_array_index (bins->clients, FareBinClient, i);
      Candidate candidate = { .place = i };

      for (guint bin = 0; bin < bins->n_bins; bin++)
        candidate.total += get_part_value (&client->parts[bin], metric);
      g_array_append_val (candidates, candidate);
    }
  g_array_sort (candidates, compare_candidates);

  return candidates;
}

static void
rank_clients (Ranking        *self,
              const FareBins *bins,
              FareMetric      metric)
{
  g_autoptr(GArray) candidates = list_candidates (bins, metric);

  self->places = g_new0 (guint, bins->clients->len + 1);
  for (guint i = 0; i < candidates->len; i++)
    {
      const Candidate *candidate = &g_array_index (candidates, Candidate, i);
      guint series = MIN (i, FARE_TIME_BARS_N_CLIENTS);
      const FareBinClient *client = &g_array_index (bins->clients, FareBinClient,
                                                    candidate->place);

      self->places[candidate->place] = series;
      if (!(candidate->total > 0))
        continue;
      if (i < FARE_TIME_BARS_N_CLIENTS)
        self->series[series].client = client->client;
      self->series[series].total += candidate->total;
      self->n_series = series + 1;
    }
}

FareTimeBars *
fare_time_bars_new (FareIndexReader  *reader,
                    FarePriceBook    *prices,
                    const FareQuery  *query,
                    FareRange         range,
                    const FareNow    *now,
                    GCancellable     *cancellable,
                    GError          **error)
{
  g_autoptr(FareTimeBars) self = g_new0 (FareTimeBars, 1);

  g_return_val_if_fail (reader != NULL && prices != NULL && query != NULL && now != NULL, NULL);

  if (!narrow_range (&range, reader, now))
    {
      self->group = FARE_GROUP_DAY;
      return g_steal_pointer (&self);
    }

  self->group = fare_time_bars_choose_group (range.end - range.first);
  self->bins = fare_bins_new (reader, prices, NULL, query,
                              list_edges (self->group, range, now->zone), cancellable, error);
  if (self->bins == NULL)
    return NULL;

  make_bars (self, now);
  for (guint metric = 0; metric < N_BAR_METRICS; metric++)
    rank_clients (&self->rankings[metric], self->bins, metric);

  return g_steal_pointer (&self);
}

void
fare_time_bars_free (FareTimeBars *self)
{
  for (guint i = 0; i < self->n_bars; i++)
    g_free (self->bars[i].title);
  for (guint metric = 0; metric < N_BAR_METRICS; metric++)
    g_free (self->rankings[metric].places);
  g_clear_pointer (&self->bins, fare_bins_free);
  g_free (self->bars);
  g_free (self);
}

FareGroup
fare_time_bars_get_group (const FareTimeBars *self)
{
  return self->group;
}

guint
fare_time_bars_get_n_bars (const FareTimeBars *self)
{
  return self->n_bars;
}

const FareTimeBar *
fare_time_bars_get_bar (const FareTimeBars *self,
                        guint               bar)
{
  g_return_val_if_fail (bar < self->n_bars, NULL);

  return &self->bars[bar];
}

const FareBarSeries *
fare_time_bars_get_series (const FareTimeBars *self,
                           FareMetric          metric,
                           guint              *n_series)
{
  *n_series = 0;
  g_return_val_if_fail (metric < N_BAR_METRICS, NULL);

  *n_series = self->rankings[metric].n_series;
  return self->rankings[metric].series;
}

double
fare_time_bars_get_value (const FareTimeBars *self,
                          FareMetric          metric,
                          guint               bar,
                          guint               series)
{
  double value = 0;

  g_return_val_if_fail (metric < N_BAR_METRICS && bar < self->n_bars, 0);

  for (guint i = 0; i < self->bins->clients->len; i++)
    if (self->rankings[metric].places[i] == series)
      value += get_part_value (&g_array_index (self->bins->clients, FareBinClient, i).parts[bar],
                               metric);

  return value;
}

double
fare_time_bars_get_height (const FareTimeBars *self,
                           FareMetric          metric,
                           guint               bar)
{
  g_return_val_if_fail (metric < N_BAR_METRICS && bar < self->n_bars, 0);

  switch (metric)
    {
    case FARE_METRIC_TOKENS:
      return (double) fare_usage_total (&self->bars[bar].sums.usage);
    case FARE_METRIC_MESSAGES:
      return (double) self->bars[bar].sums.messages;
    case FARE_METRIC_COST:
    case FARE_METRIC_ENERGY:
    default:
      return self->bars[bar].sums.cost;
    }
}
