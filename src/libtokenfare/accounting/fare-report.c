/* fare-report.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "accounting/fare-report.h"

#include <string.h>

#include "accounting/fare-sums.h"
#include "base/fare-usage.h"

const char * const fare_report_count_names[FARE_REPORT_N_COUNTS] = {
  "input", "cache_read", "cache_write_5m", "cache_write_1h", "output",
  "reasoning", "total", "messages", "sessions",
};

static const char * const period_ids[] = {
  [FARE_PERIOD_TODAY] = "today",
  [FARE_PERIOD_YESTERDAY] = "yesterday",
  [FARE_PERIOD_LAST_7_DAYS] = "7 days",
  [FARE_PERIOD_LAST_30_DAYS] = "30 days",
  [FARE_PERIOD_WEEK] = "week",
  [FARE_PERIOD_MONTH] = "month",
  [FARE_PERIOD_LAST_MONTH] = "last-month",
  [FARE_PERIOD_YEAR] = "year",
  [FARE_PERIOD_ALL] = "all",
};

void
fare_report_list_counts (const FareSums *sums,
                         gint64          counts[FARE_REPORT_N_COUNTS])
{
  const FareUsage *usage = &sums->usage;
  const gint64 values[FARE_REPORT_N_COUNTS] = {
    usage->input, usage->cache_read, usage->cache_write_5m, usage->cache_write_1h, usage->output,
    usage->reasoning, fare_usage_total (usage), sums->messages, sums->sessions,
  };

  memcpy (counts, values, sizeof values);
}

void
fare_report_write_sums (FareJsonWriter *json,
                        const FareSums *sums)
{
  gint64 counts[FARE_REPORT_N_COUNTS];

  fare_report_list_counts (sums, counts);
  for (guint i = 0; i < FARE_REPORT_N_COUNTS; i++)
    fare_json_writer_add_int (json, fare_report_count_names[i], counts[i]);

  if (fare_sums_has_cost (sums))
    fare_json_writer_add_double (json, "cost", sums->cost);
  else
    fare_json_writer_add_null (json, "cost");
  fare_json_writer_add_int (json, "unpriced_tokens", sums->unpriced_tokens);
}

char *
fare_report_dup_period_id (FarePeriod period,
                           FareRange  range)
{
  if (period < G_N_ELEMENTS (period_ids))
    return g_strdup (period_ids[period]);

  return g_strdup_printf ("%d days", range.end - range.first);
}

const char *
fare_report_get_zone_name (GTimeZone *zone)
{
  const char *name = g_time_zone_get_identifier (zone);

  return name[0] == ':' ? name + 1 : name;
}

gboolean
fare_report_narrow (FareRange       *range,
                    GTimeZone       *zone,
                    FareIndexReader *reader)
{
  gint64 first, last;

  if (range->first != FARE_DAY_MIN && range->end != FARE_DAY_MAX)
    return TRUE;
  if (!fare_index_reader_get_span (reader, &first, &last))
    return FALSE;

  if (range->end == FARE_DAY_MAX)
    range->end = fare_day_of (zone, last * FARE_QUARTER_MS) + 1;
  if (range->first == FARE_DAY_MIN)
    range->first = MIN (fare_day_of (zone, first * FARE_QUARTER_MS), range->end - 1);
  return TRUE;
}

/* What tells two rows with the same key apart, and what a key belongs to. */
static void
write_identity (FareJsonWriter       *json,
                const FareSummaryRow *row)
{
  fare_json_writer_add_string (json, "key", row->key);
  if (row->start_ms != 0)
    fare_json_writer_add_time (json, "start", row->start_ms);
  if (row->provider != NULL)
    fare_json_writer_add_string (json, "provider", row->provider);
  if (row->project != NULL)
    fare_json_writer_add_string (json, "project", row->project);
  if (row->session != NULL)
    {
      fare_json_writer_add_string (json, "client", row->session->client);
      fare_json_writer_add_string (json, "project", row->session->project);
      fare_json_writer_add_string (json, "title", row->session->title);
    }
}

void
fare_report_write (FareJsonWriter  *json,
                   const char      *period,
                   const FareRange *range,
                   GTimeZone       *zone,
                   FareSummary     *summary)
{
  g_autofree char *from = range != NULL ? fare_day_to_string (range->first) : NULL;
  g_autofree char *to = range != NULL ? fare_day_to_string (range->end - 1) : NULL;

  fare_json_writer_begin_object (json, NULL);
  fare_json_writer_add_string (json, "period", period);
  fare_json_writer_add_string (json, "from", from);
  fare_json_writer_add_string (json, "to", to);
  fare_json_writer_add_string (json, "timezone", fare_report_get_zone_name (zone));

  fare_json_writer_begin_array (json, "rows");
  for (guint i = 0; i < fare_summary_get_n_rows (summary); i++)
    {
      const FareSummaryRow *row = fare_summary_get_row (summary, i);

      fare_json_writer_begin_object (json, NULL);
      write_identity (json, row);
      fare_report_write_sums (json, &row->sums);
      fare_json_writer_end_object (json);
    }
  fare_json_writer_end_array (json);

  fare_json_writer_begin_object (json, "total");
  fare_report_write_sums (json, fare_summary_get_total (summary));
  fare_json_writer_end_object (json);
  fare_json_writer_end_object (json);
}
