/* fare-figures.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "fare-figures.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "accounting/fare-report.h"
#include "accounting/fare-sums.h"
#include "base/fare-text.h"

#define PICO_PER_USD 1e12

void
fare_figures_add (FareSums           *sums,
                  const FareEventRow *event,
                  const FarePrice    *price)
{
  fare_usage_add (&sums->usage, &event->usage, 1);
  sums->messages += event->messages;
  sums->web_searches += event->web_searches;

  if (price->reason == FARE_UNPRICED_NOT)
    {
      sums->cost += price->usd;
      sums->has_price = TRUE;
      sums->is_estimate |= price->is_estimate;
    }
  else
    {
      sums->unpriced_tokens += fare_usage_total (&event->usage);
    }
}

char *
fare_figures_format_time (gint64     time_ms,
                          GTimeZone *zone)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (time_ms / 1000);
  g_autoptr(GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;

  return local != NULL ? g_date_time_format (local, "%Y-%m-%d %H:%M:%S") : g_strdup ("");
}

/* TZ may name a zone with a colon before it. */
const char *
fare_figures_get_zone_name (GTimeZone *zone)
{
  return fare_report_get_zone_name (zone);
}

void
fare_figures_add_cost_columns (FareTable      *table,
                               const FareSums *total)
{
  fare_table_add_column (table, _("Cost"), FARE_COLUMN_NUMBER, 0);
  if (total->unpriced_tokens > 0)
    fare_table_add_column (table, _("Without price"), FARE_COLUMN_NUMBER, 0);
}

void
fare_figures_add_columns (FareTable      *table,
                          const FareSums *total)
{
  fare_figures_add_cost_columns (table, total);
  fare_table_add_column (table, _("Tokens"), FARE_COLUMN_NUMBER, 0);
  fare_table_add_column (table, _("Input"), FARE_COLUMN_NUMBER, 3);
  fare_table_add_column (table, _("Cache read"), FARE_COLUMN_NUMBER, 4);
  fare_table_add_column (table, _("Cache write"), FARE_COLUMN_NUMBER, 5);
  fare_table_add_column (table, _("Output"), FARE_COLUMN_NUMBER, 3);
  fare_table_add_column (table, _("Messages"), FARE_COLUMN_NUMBER, 1);
  fare_table_add_column (table, _("Hit rate"), FARE_COLUMN_NUMBER, 2);
}

static void
add_count (FareTable *table,
           FareStyle  style,
           gint64     count)
{
  fare_table_take_cell (table, style, fare_text_count (count));
}

void
fare_figures_add_cost_cells (FareTable      *table,
                             FareStyle       style,
                             const FareSums *sums,
                             const FareSums *total)
{
  fare_table_take_cell (table, fare_sums_has_cost (sums) ? style : FARE_STYLE_WARNING,
                        fare_sums_cost_to_text (sums));

  if (total->unpriced_tokens == 0)
    return;
  if (sums->unpriced_tokens > 0)
    fare_table_take_cell (table, FARE_STYLE_WARNING, fare_text_tokens (sums->unpriced_tokens));
  else
    fare_table_add_cell (table, style, "");
}

void
fare_figures_add_cells (FareTable      *table,
                        FareStyle       style,
                        const FareSums *sums,
                        const FareSums *total)
{
  const FareUsage *usage = &sums->usage;

  fare_figures_add_cost_cells (table, style, sums, total);
  add_count (table, style, fare_usage_total (usage));
  add_count (table, style, usage->input);
  add_count (table, style, usage->cache_read);
  add_count (table, style, usage->cache_write_5m + usage->cache_write_1h);
  add_count (table, style, usage->output);
  add_count (table, style, sums->messages);
  fare_table_take_cell (table, style, fare_text_percent (fare_usage_hit_rate (usage)));
}

void
fare_figures_write_sums (FareJsonWriter *json,
                         const FareSums *sums)
{
  fare_report_write_sums (json, sums);
}

void
fare_figures_add_csv_names (FareCsv *csv)
{
  for (guint i = 0; i < FARE_REPORT_N_COUNTS; i++)
    fare_csv_add_string (csv, fare_report_count_names[i]);
  fare_csv_add_string (csv, "cost");
  fare_csv_add_string (csv, "unpriced_tokens");
}

void
fare_figures_add_csv_sums (FareCsv        *csv,
                           const FareSums *sums)
{
  gint64 counts[FARE_REPORT_N_COUNTS];

  fare_report_list_counts (sums, counts);
  for (guint i = 0; i < FARE_REPORT_N_COUNTS; i++)
    fare_csv_add_int (csv, counts[i]);

  if (fare_sums_has_cost (sums))
    fare_csv_add_double (csv, sums->cost);
  else
    fare_csv_add_string (csv, NULL);
  fare_csv_add_int (csv, sums->unpriced_tokens);
}

static void
write_owner (FareJsonWriter     *json,
             const FareEventRow *event)
{
  const FareSessionInfo *session = event->session;

  fare_json_writer_add_string (json, "client", session->client);
  fare_json_writer_add_string (json, "session_id", session->uid);
  fare_json_writer_add_string (json, "parent_session_id", session->parent);
  fare_json_writer_add_boolean (json, "is_subagent", event->is_subagent);
  fare_json_writer_add_boolean (json, "is_review", session->is_review);
  fare_json_writer_add_string (json, "project", session->project);
  fare_json_writer_add_string (json, "branch", event->branch);
  fare_json_writer_add_string (json, "title", session->title);
}

void
fare_figures_write_event (FareJsonWriter     *json,
                          const FareEventRow *event,
                          const FarePrice    *price)
{
  gboolean is_priced = price->reason == FARE_UNPRICED_NOT;
  double reported = event->has_reported ? (double) event->reported_pico / PICO_PER_USD : NAN;

  write_owner (json, event);
  fare_json_writer_add_time (json, "timestamp", event->time_ms);
  fare_json_writer_add_string (json, "provider", event->model->provider);
  fare_json_writer_add_string (json, "model", event->model->name);
  fare_json_writer_add_string (json, "speed", event->is_fast ? "fast" : "standard");
  fare_json_writer_add_int (json, "input", event->usage.input);
  fare_json_writer_add_int (json, "cache_read", event->usage.cache_read);
  fare_json_writer_add_int (json, "cache_write_5m", event->usage.cache_write_5m);
  fare_json_writer_add_int (json, "cache_write_1h", event->usage.cache_write_1h);
  fare_json_writer_add_int (json, "output", event->usage.output);
  fare_json_writer_add_int (json, "reasoning", event->usage.reasoning);
  fare_json_writer_add_int (json, "messages", event->messages);
  fare_json_writer_add_int (json, "web_searches", event->web_searches);
  /* Not a number is written as null. */
  fare_json_writer_add_double (json, "cost_reported", reported);
  fare_json_writer_add_double (json, "cost", is_priced ? price->usd : NAN);
  fare_json_writer_add_boolean (json, "priced", is_priced);
  fare_json_writer_add_string (json, "dedup_key", event->key);
  /* Where nothing was ever shared, there is nothing to tell. */
  if (*event->machine->uid != '\0')
    fare_json_writer_add_string (json, "machine", event->machine->name);

  fare_json_writer_begin_object (json, "source");
  fare_json_writer_add_string (json, "path", event->path);
  fare_json_writer_add_int (json, "offset", event->offset);
  fare_json_writer_end_object (json);
}
