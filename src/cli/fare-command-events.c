/* fare-command-events.c
 *
 * tokenfare events: every response that was counted, with its receipt.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "accounting/fare-sums.h"
#include "base/fare-text.h"
#include "fare-figures.h"
#include "fare-filter.h"
#include "fare-money.h"
#include "fare-view.h"

#define PIECE 1000 /* rows that are aligned and printed together */

typedef struct
{
  const FareFilter *filter;
  gboolean          json;
} Request;

typedef struct
{
  const FareFilter *filter;
  FareView         *view;
  FareJsonWriter   *json;   /* (nullable) */
  FareTable        *table;  /* (nullable) */
} Printer;

static FareTable *
create_table (void)
{
  FareTable *table = fare_table_new ();

  fare_table_add_column (table, _("Time"), FARE_COLUMN_WORD, 0);
  fare_table_add_column (table, _("Tool"), FARE_COLUMN_WORD, 5);
  fare_table_add_column (table, _("Model"), FARE_COLUMN_TEXT, 0);
  fare_table_add_column (table, _("Cost"), FARE_COLUMN_NUMBER, 0);
  fare_table_add_column (table, _("Input"), FARE_COLUMN_NUMBER, 2);
  fare_table_add_column (table, _("Cache read"), FARE_COLUMN_NUMBER, 3);
  fare_table_add_column (table, _("Cache write"), FARE_COLUMN_NUMBER, 4);
  fare_table_add_column (table, _("Output"), FARE_COLUMN_NUMBER, 2);
  fare_table_add_column (table, _("Session"), FARE_COLUMN_TEXT, 1);
  return table;
}

static void
add_count (FareTable *table,
           gint64     count)
{
  fare_table_take_cell (table, FARE_STYLE_PLAIN, fare_text_count (count));
}

static void
add_row (Printer            *self,
         const FareEventRow *event,
         const FarePrice    *price)
{
  const FareUsage *usage = &event->usage;
  FareTable *table = self->table;
  FareSums sums = { 0 };

  fare_figures_add (&sums, event, price);
  fare_table_take_cell (table, FARE_STYLE_PLAIN,
                        fare_figures_format_time (event->time_ms, self->filter->now.zone));
  fare_table_add_cell (table, FARE_STYLE_PLAIN, fare_text_client (event->session->client));
  fare_table_add_cell (table, FARE_STYLE_PLAIN, event->model->name);
  fare_table_take_cell (table, sums.has_price ? FARE_STYLE_PLAIN : FARE_STYLE_WARNING,
                        fare_sums_cost_to_text (&sums));
  add_count (table, usage->input);
  add_count (table, usage->cache_read);
  add_count (table, usage->cache_write_5m + usage->cache_write_1h);
  add_count (table, usage->output);
  fare_table_add_cell (table, FARE_STYLE_PLAIN, event->session->title);

  if (fare_table_get_n_rows (table) % PIECE != 0)
    return;

  fare_view_begin_output (self->view);
  fare_table_print (table);
}

static gboolean
print_event (const FareEventRow *event,
             gpointer            user_data)
{
  Printer *self = user_data;
  FarePrice price;

  if (!fare_filter_matches (self->filter, event))
    return TRUE;

  price = fare_event_price (event, self->view->prices);
  if (self->json == NULL)
    {
      add_row (self, event, &price);
      return TRUE;
    }

  fare_view_begin_output (self->view);
  fare_json_writer_begin_object (self->json, NULL);
  fare_figures_write_event (self->json, event, &price);
  fare_json_writer_end_object (self->json);
  return TRUE;
}

static gboolean
list_events (FareView  *view,
             gpointer   user_data,
             GError   **error)
{
  const Request *request = user_data;
  const FareQuery *query = &request->filter->query;
  g_autoptr(FareJsonWriter) json = request->json ? fare_json_writer_new (TRUE) : NULL;
  g_autoptr(FareTable) table = request->json ? NULL : create_table ();
  Printer printer = { request->filter, view, json, table };

  if (table != NULL)
    fare_money_begin (view, request->filter->range.end - 1, &request->filter->now);
  if (!fare_index_reader_foreach_event (view->reader, query->from_ms, query->to_ms, NULL,
                                        print_event, &printer, error))
    return FALSE;

  if (table != NULL && fare_table_get_n_rows (table) > 0)
    fare_table_print (table);
  return TRUE;
}

static FareExit
run (const FareCommand  *self,
     const char * const *args)
{
  Request request = { 0 };
  g_auto(FareFilterOptions) options = { 0 };
  g_auto(FareFilter) filter = { 0 };
  const GOptionEntry own = {
    "json", 0, 0, G_OPTION_ARG_NONE, &request.json,
    N_("Print JSON Lines: one object per line"), NULL
  };
  FareExit status;

  if (!fare_filter_parse (&filter, &options, self, &own, args, FARE_PERIOD_ALL, &status))
    return status;

  request.filter = &filter;
  return fare_view_ask (list_events, &request);
}

const FareCommand fare_command_events = {
  .name = "events",
  .summary = N_("Show every response that was counted, with the log line it was read from"),
  .usage = N_("[PERIOD]"),
  .notes = fare_filter_notes_all,
  .run = run,
};
