/* fare-http-stats.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-http-stats.h"

#include <string.h>

#include "accounting/fare-streaks.h"
#include "fare-http-error.h"
#include "fare-http-json.h"
#include "fare-http-rows.h"

static gboolean
parse_year (const FareHttpRequest  *request,
            FareRange              *range,
            GError                **error)
{
  FareDay today = fare_http_request_get_today (request);
  gint64 year = 0;

  if (!fare_http_request_get_int (request, "year", &year, error))
    return FALSE;

  *range = (FareRange) { today - 364, today + 1 };
  if (year == 0)
    return TRUE;

  if (year < 1 || year > 9998)
    {
      g_set_error (error, FARE_HTTP_ERROR, FARE_HTTP_BAD_REQUEST,
                   "Year %" G_GINT64_FORMAT " is out of range", year);
      return FALSE;
    }

  *range = (FareRange) { fare_day_from_ymd ((int) year, 1, 1),
                         fare_day_from_ymd ((int) year + 1, 1, 1) };
  return TRUE;
}

/* The model that cost most over all days, by its name alone. */
static char *
find_favourite (GPtrArray *entries)
{
  g_autoptr(GHashTable) costs = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  const char *best = NULL;
  double best_cost = 0;
  GHashTableIter iter;
  gpointer name;
  double *cost;

  for (guint i = 0; i < entries->len; i++)
    {
      const FareHttpEntry *entry = entries->pdata[i];

      cost = g_hash_table_lookup (costs, entry->model->name);
      if (cost == NULL)
        {
          cost = g_new0 (double, 1);
          g_hash_table_insert (costs, (gpointer) entry->model->name, cost);
        }
      *cost += entry->sums.cost;
    }

  g_hash_table_iter_init (&iter, costs);
  while (g_hash_table_iter_next (&iter, &name, (gpointer *) &cost))
    {
      if (best == NULL || *cost > best_cost || (*cost == best_cost && strcmp (name, best) < 0))
        {
          best = name;
          best_cost = *cost;
        }
    }

  return best != NULL ? g_utf8_make_valid (best, -1) : g_strdup ("N/A");
}

/* The current streak and the longest of all time, whatever the days shown. */
static gboolean
find_streaks (FareHttpQuestion  *question,
              FareStreaks       *streaks,
              GError           **error)
{
  FareQuery query = { .from_ms = G_MININT64, .to_ms = G_MAXINT64,
                      .zone = question->request->zone, .machines = question->request->machines };
  g_autoptr(FareDaySeries) series = fare_day_series_new (question->reader, question->prices, NULL,
                                                         &query, question->cancellable, error);

  if (series == NULL)
    return FALSE;

  fare_streaks_init (streaks, fare_day_series_get_values (series, FARE_METRIC_TOKENS),
                     fare_http_request_get_today (question->request));
  return TRUE;
}

/* Days with use, and all days from the first of them to the last. */
static void
count_days (GPtrArray *entries,
            gint64    *active,
            gint64    *all)
{
  FareDay previous = FARE_DAY_MIN;

  *active = 0;
  for (guint i = 0; i < entries->len; i++)
    {
      FareDay day = ((FareHttpEntry *) entries->pdata[i])->day;

      *active += day != previous;
      previous = day;
    }

  *all = entries->len > 0 ? previous - ((FareHttpEntry *) entries->pdata[0])->day + 1 : 0;
}

static JsonObject *
new_summary (const FareSums *total,
             gint64          active_days,
             gint64          total_days)
{
  JsonObject *summary = json_object_new ();

  json_object_set_int_member (summary, "totalTokens", fare_usage_total (&total->usage));
  json_object_set_double_member (summary, "totalCost", total->cost);
  json_object_set_int_member (summary, "activeDays", active_days);
  json_object_set_int_member (summary, "totalDays", total_days);
  json_object_set_int_member (summary, "unpricedTokens", total->unpriced_tokens);
  return summary;
}

static JsonObject *
new_stats (GPtrArray         *entries,
           const FareSums    *total,
           const FareStreaks *streaks,
           gint64             active_days,
           gint64             total_days)
{
  g_autofree char *favourite = find_favourite (entries);
  JsonObject *stats = json_object_new ();

  json_object_set_string_member (stats, "favorite_model", favourite);
  json_object_set_int_member (stats, "total_tokens", fare_usage_total (&total->usage));
  /* Readers of this interface know messages by this name. */
  json_object_set_int_member (stats, "sessions", total->messages);
  json_object_set_int_member (stats, "current_streak", streaks->current);
  json_object_set_int_member (stats, "longest_streak", streaks->longest);
  json_object_set_int_member (stats, "active_days", active_days);
  json_object_set_int_member (stats, "total_days", total_days);
  return stats;
}

JsonNode *
fare_http_stats_answer (FareHttpQuestion  *question,
                        GError           **error)
{
  g_autoptr(GPtrArray) entries = NULL;
  FareStreaks streaks;
  FareRange range;
  FareQuery query;
  FareSums total;
  JsonObject *answer, *meta;
  gint64 active_days, total_days;

  if (!parse_year (question->request, &range, error)
      || !find_streaks (question, &streaks, error))
    return NULL;

  query = fare_http_question_get_query (question, range);
  entries = fare_http_ledger_new (question, &query, FARE_HTTP_SPLIT_DAY, error);
  if (entries == NULL)
    return NULL;

  answer = json_object_new ();
  meta = json_object_new ();
  total = fare_http_ledger_sum (entries, NULL, NULL);
  count_days (entries, &active_days, &total_days);

  json_object_set_string_member (meta, "source", "merged");
  json_object_set_object_member (answer, "meta", meta);
  json_object_set_object_member (answer, "summary",
                                 new_summary (&total, active_days, total_days));
  json_object_set_array_member (answer, "contributions",
                                fare_http_rows_new_days (question, entries));
  json_object_set_object_member (answer, "stats",
                                 new_stats (entries, &total, &streaks, active_days, total_days));
  fare_http_question_set_end (question, answer);
  return fare_http_json_take_object (answer);
}
