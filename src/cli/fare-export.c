/* fare-export.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "fare-export.h"

#include "accounting/fare-day-series.h"
#include "accounting/fare-sums.h"
#include "base/fare-instant.h"
#include "fare-figures.h"
#include "fare-session-facts.h"

#define PICO_PER_USD 1e12

/* Where rows go; one of both. */
typedef struct
{
  FareView         *view;
  const FareFilter *filter;
  FareJsonWriter   *json; /* (nullable) */
  FareCsv           csv;
} Writer;

static const char * const kinds[] = { "usage", "days", "sessions", "events" };

gboolean
fare_export_kind_from_name (const char     *name,
                            FareExportKind *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (name, kinds[i]))
      {
        *kind = i;
        return TRUE;
      }

  return FALSE;
}

static void
add_names (Writer             *self,
           const char * const *names)
{
  for (guint i = 0; names[i] != NULL; i++)
    fare_csv_add_string (&self->csv, names[i]);
}

static void
add_time (Writer *self,
          gint64  time_ms)
{
  char text[FARE_INSTANT_SIZE];

  fare_instant_format (time_ms, text);
  fare_csv_add_string (&self->csv, text);
}

static void
write_usage_row (Writer               *self,
                 const char           *client,
                 const FareSummaryRow *row)
{
  if (self->json == NULL)
    {
      fare_csv_add_string (&self->csv, client);
      fare_csv_add_string (&self->csv, row->provider);
      fare_csv_add_string (&self->csv, row->key);
      fare_figures_add_csv_sums (&self->csv, &row->sums);
      fare_csv_end_row (&self->csv);
      return;
    }

  fare_json_writer_begin_object (self->json, NULL);
  fare_json_writer_add_string (self->json, "client", client);
  fare_json_writer_add_string (self->json, "provider", row->provider);
  fare_json_writer_add_string (self->json, "model", row->key);
  fare_figures_write_sums (self->json, &row->sums);
  fare_json_writer_end_object (self->json);
}

static gboolean
write_usage (Writer  *self,
             GError **error)
{
  static const char * const names[] = { "client", "provider", "model", NULL };
  FareQuery query = self->filter->query;
  g_autoptr(FareSummary) clients = fare_summary_new (self->view->reader, self->view->prices, &query,
                                                     FARE_GROUP_CLIENT, error);

  if (clients == NULL)
    return FALSE;

  fare_view_begin_output (self->view);
  if (self->json == NULL)
    {
      add_names (self, names);
      fare_figures_add_csv_names (&self->csv);
      fare_csv_end_row (&self->csv);
    }

  for (guint i = 0; i < fare_summary_get_n_rows (clients); i++)
    {
      char *client = fare_summary_get_row (clients, i)->key;
      char *only[] = { client, NULL };
      g_autoptr(FareSummary) models = NULL;

      query.clients = only;
      models = fare_summary_new (self->view->reader, self->view->prices, &query, FARE_GROUP_MODEL,
                                 error);
      if (models == NULL)
        return FALSE;
      for (guint j = 0; j < fare_summary_get_n_rows (models); j++)
        write_usage_row (self, client, fare_summary_get_row (models, j));
    }

  return TRUE;
}

static void
write_day (Writer              *self,
           const FareDayTotals *day)
{
  g_autofree char *name = fare_day_to_string (day->day);

  if (self->json == NULL)
    {
      fare_csv_add_string (&self->csv, name);
      fare_figures_add_csv_sums (&self->csv, &day->sums);
      fare_csv_add_double (&self->csv, day->energy_j);
      fare_csv_end_row (&self->csv);
      return;
    }

  fare_json_writer_begin_object (self->json, NULL);
  fare_json_writer_add_string (self->json, "day", name);
  fare_figures_write_sums (self->json, &day->sums);
  fare_json_writer_add_double (self->json, "energy_j", day->energy_j);
  fare_json_writer_end_object (self->json);
}

static gboolean
write_days (Writer  *self,
            GError **error)
{
  FarePaths *paths = fare_meter_get_paths (self->view->meter);
  g_autoptr(FareEnergyTable) energy = fare_energy_table_load_shipped (paths, error);
  g_autoptr(FareDaySeries) series = NULL;

  if (energy == NULL)
    return FALSE;
  series = fare_day_series_new (self->view->reader, self->view->prices, energy,
                                &self->filter->query, NULL, error);
  if (series == NULL)
    return FALSE;

  fare_view_begin_output (self->view);
  if (self->json == NULL)
    {
      fare_csv_add_string (&self->csv, "day");
      fare_figures_add_csv_names (&self->csv);
      fare_csv_add_string (&self->csv, "energy_j");
      fare_csv_end_row (&self->csv);
    }
  for (guint i = 0; i < fare_day_series_get_n_days (series); i++)
    write_day (self, fare_day_series_get_day (series, i));

  return TRUE;
}

static void
write_session (Writer                 *self,
               const FareSessionFacts *facts)
{
  if (self->json == NULL)
    {
      fare_csv_add_string (&self->csv, facts->session->client);
      fare_csv_add_string (&self->csv, facts->session->uid);
      fare_csv_add_string (&self->csv, facts->session->title);
      fare_csv_add_string (&self->csv, facts->session->project);
      fare_csv_add_string (&self->csv, facts->session->parent);
      add_time (self, facts->first_ms);
      add_time (self, facts->last_ms);
      fare_figures_add_csv_sums (&self->csv, &facts->sums);
      fare_csv_end_row (&self->csv);
      return;
    }

  fare_json_writer_begin_object (self->json, NULL);
  fare_session_facts_write (facts, self->json);
  fare_json_writer_end_object (self->json);
}

static gboolean
write_sessions (Writer  *self,
                GError **error)
{
  static const char * const names[] = {
    "client", "id", "title", "project", "parent", "first", "last", NULL,
  };
  g_autoptr(GPtrArray) sessions = fare_session_facts_list (self->view, self->filter, error);

  if (sessions == NULL)
    return FALSE;

  fare_view_begin_output (self->view);
  if (self->json == NULL)
    {
      add_names (self, names);
      fare_figures_add_csv_names (&self->csv);
      fare_csv_end_row (&self->csv);
    }
  for (guint i = 0; i < sessions->len; i++)
    write_session (self, g_ptr_array_index (sessions, i));

  return TRUE;
}

static void
add_event_cells (Writer             *self,
                 const FareEventRow *event,
                 const FarePrice    *price)
{
  const gint64 counts[] = {
    event->usage.input, event->usage.cache_read, event->usage.cache_write_5m,
    event->usage.cache_write_1h, event->usage.output, event->usage.reasoning, event->messages,
    event->web_searches,
  };
  FareCsv *csv = &self->csv;

  fare_csv_add_string (csv, event->session->client);
  fare_csv_add_string (csv, event->session->uid);
  fare_csv_add_string (csv, event->session->project);
  fare_csv_add_string (csv, event->branch);
  add_time (self, event->time_ms);
  fare_csv_add_string (csv, event->model->provider);
  fare_csv_add_string (csv, event->model->name);
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    fare_csv_add_int (csv, counts[i]);
  if (event->has_reported)
    fare_csv_add_double (csv, (double) event->reported_pico / PICO_PER_USD);
  else
    fare_csv_add_string (csv, NULL);
  if (price->reason == FARE_UNPRICED_NOT)
    fare_csv_add_double (csv, price->usd);
  else
    fare_csv_add_string (csv, NULL);
  fare_csv_add_string (csv, event->key);
  fare_csv_add_string (csv, event->path);
  fare_csv_add_int (csv, event->offset);
  fare_csv_end_row (csv);
}

static gboolean
write_event (const FareEventRow *event,
             gpointer            user_data)
{
  Writer *self = user_data;
  FarePrice price;

  if (!fare_filter_matches (self->filter, event))
    return TRUE;

  price = fare_event_price (event, self->view->prices);
  if (self->json == NULL)
    {
      add_event_cells (self, event, &price);
      return TRUE;
    }

  fare_json_writer_begin_object (self->json, NULL);
  fare_figures_write_event (self->json, event, &price);
  fare_json_writer_end_object (self->json);
  return TRUE;
}

static gboolean
write_events (Writer  *self,
              GError **error)
{
  static const char * const names[] = {
    "client", "session_id", "project", "branch", "timestamp", "provider", "model", "input",
    "cache_read", "cache_write_5m", "cache_write_1h", "output", "reasoning", "messages",
    "web_searches", "cost_reported", "cost", "dedup_key", "source_path", "source_offset", NULL,
  };
  const FareQuery *query = &self->filter->query;

  fare_view_begin_output (self->view);
  if (self->json == NULL)
    {
      add_names (self, names);
      fare_csv_end_row (&self->csv);
    }

  return fare_index_reader_foreach_event (self->view->reader, query->from_ms, query->to_ms, NULL,
                                          write_event, self, error);
}

static gboolean
write_rows (Writer          *self,
            FareExportKind   kind,
            GError         **error)
{
  switch (kind)
    {
    case FARE_EXPORT_DAYS:
      return write_days (self, error);
    case FARE_EXPORT_SESSIONS:
      return write_sessions (self, error);
    case FARE_EXPORT_EVENTS:
      return write_events (self, error);
    case FARE_EXPORT_USAGE:
    default:
      return write_usage (self, error);
    }
}

static void
write_bound (FareJsonWriter *json,
             const char     *name,
             gboolean        is_known,
             FareDay         day)
{
  g_autofree char *text = is_known ? fare_day_to_string (day) : NULL;

  fare_json_writer_add_string (json, name, text);
}

static gboolean
write_document (Writer          *self,
                gboolean         has_days,
                FareExportKind   kind,
                GError         **error)
{
  const FareFilter *filter = self->filter;
  g_autoptr(FareSummary) summary = fare_summary_new (self->view->reader, self->view->prices,
                                                     &filter->query, FARE_GROUP_NONE, error);
  FareJsonWriter *json = self->json;

  if (summary == NULL)
    return FALSE;

  fare_json_writer_begin_object (json, NULL);
  fare_json_writer_add_string (json, "period", filter->id);
  write_bound (json, "from", has_days, filter->range.first);
  write_bound (json, "to", has_days, filter->range.end - 1);
  fare_json_writer_add_string (json, "timezone", fare_figures_get_zone_name (filter->now.zone));
  fare_json_writer_add_string (json, "what", kinds[kind]);
  fare_json_writer_begin_array (json, "rows");
  if (!write_rows (self, kind, error))
    return FALSE;
  fare_json_writer_end_array (json);

  fare_json_writer_begin_object (json, "total");
  fare_figures_write_sums (json, fare_summary_get_total (summary));
  fare_json_writer_end_object (json);
  fare_json_writer_end_object (json);

  return TRUE;
}

gboolean
fare_export_write (FareView          *view,
                   const FareFilter  *filter,
                   gboolean           has_days,
                   FareExportKind     kind,
                   gboolean           is_json,
                   GError           **error)
{
  g_autoptr(FareJsonWriter) json = is_json ? fare_json_writer_new (FALSE) : NULL;
  Writer writer = { .view = view, .filter = filter, .json = json };
  gboolean is_done;

  is_done = is_json ? write_document (&writer, has_days, kind, error)
                    : write_rows (&writer, kind, error);
  fare_csv_clear (&writer.csv);

  return is_done;
}
