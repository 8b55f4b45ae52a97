/* fare-command-sessions.c
 *
 * tokenfare sessions: one receipt per session.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "base/fare-text.h"
#include "fare-figures.h"
#include "fare-money.h"
#include "fare-session-facts.h"
#include "fare-session-ids.h"

typedef struct
{
  const FareFilter *filter;
  gboolean          json;
} Request;

static void
print_json (GPtrArray *sessions)
{
  g_autoptr(FareJsonWriter) json = fare_json_writer_new (FALSE);

  fare_json_writer_begin_array (json, NULL);
  for (guint i = 0; i < sessions->len; i++)
    {
      const FareSessionFacts *facts = g_ptr_array_index (sessions, i);

      fare_json_writer_begin_object (json, NULL);
      fare_session_facts_write (facts, json);
      fare_json_writer_begin_array (json, "models");
      for (guint j = 0; j < facts->models->len; j++)
        fare_json_writer_add_string (json, NULL,
                                     g_array_index (facts->models, FareModelFacts, j).model->name);
      fare_json_writer_end_array (json);
      fare_json_writer_end_object (json);
    }
  fare_json_writer_end_array (json);
}

static char *
join_models (const FareSessionFacts *facts)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < facts->models->len; i++)
    {
      if (i > 0)
        g_string_append (text, ", ");
      g_string_append (text, g_array_index (facts->models, FareModelFacts, i).model->name);
    }

  return g_string_free (text, FALSE);
}

static int
compare_last_use (gconstpointer a,
                  gconstpointer b)
{
  const FareSessionFacts *first = *(FareSessionFacts * const *) a;
  const FareSessionFacts *second = *(FareSessionFacts * const *) b;

  return (first->last_ms > second->last_ms) - (first->last_ms < second->last_ms);
}

static FareSums
sum_up (GPtrArray *sessions)
{
  FareSums total = { .sessions = sessions->len };

  for (guint i = 0; i < sessions->len; i++)
    {
      const FareSums *sums = &((FareSessionFacts *) g_ptr_array_index (sessions, i))->sums;

      fare_usage_add (&total.usage, &sums->usage, 1);
      total.messages += sums->messages;
      total.cost += sums->cost;
      total.unpriced_tokens += sums->unpriced_tokens;
      total.has_price |= sums->has_price;
      total.is_estimate |= sums->is_estimate;
    }

  return total;
}

static FareTable *
create_table (const FareSums *total)
{
  FareTable *table = fare_table_new ();

  fare_table_add_column (table, _("Last use"), FARE_COLUMN_WORD, 3);
  fare_table_add_column (table, _("Tool"), FARE_COLUMN_WORD, 4);
  fare_table_add_column (table, _("ID"), FARE_COLUMN_WORD, 2);
  fare_table_add_column (table, _("Session"), FARE_COLUMN_TEXT, 0);
  fare_table_add_column (table, _("Project"), FARE_COLUMN_TEXT, 5);
  fare_table_add_column (table, _("Models"), FARE_COLUMN_PATH, 6);
  fare_table_add_column (table, _("Messages"), FARE_COLUMN_NUMBER, 7);
  fare_table_add_column (table, _("Tokens"), FARE_COLUMN_NUMBER, 1);
  fare_figures_add_cost_columns (table, total);
  return table;
}

static void
add_row (FareTable              *table,
         const FareSessionFacts *facts,
         char                   *id,
         const FareSums         *total,
         const FareFilter       *filter)
{
  const FareSums *sums = &facts->sums;

  fare_table_take_cell (table, FARE_STYLE_PLAIN,
                        fare_figures_format_time (facts->last_ms, filter->now.zone));
  fare_table_add_cell (table, FARE_STYLE_PLAIN, fare_text_client (facts->session->client));
  fare_table_take_cell (table, FARE_STYLE_DIM, id);
  fare_table_add_cell (table, FARE_STYLE_PLAIN, facts->session->title);
  fare_table_take_cell (table, FARE_STYLE_PLAIN, fare_text_project (facts->session->project));
  fare_table_take_cell (table, FARE_STYLE_PLAIN, join_models (facts));
  fare_table_take_cell (table, FARE_STYLE_PLAIN, fare_text_count (sums->messages));
  fare_table_take_cell (table, FARE_STYLE_PLAIN,
                        fare_text_tokens (fare_usage_total (&sums->usage)));
  fare_figures_add_cost_cells (table, FARE_STYLE_PLAIN, sums, total);
}

static void
add_total (FareTable      *table,
           const FareSums *total)
{
  /* Under the title, the one text column that is always shown. */
  for (guint i = 0; i < 6; i++)
    fare_table_add_cell (table, FARE_STYLE_BOLD, i == 3 ? _("Total") : "");
  fare_table_take_cell (table, FARE_STYLE_BOLD, fare_text_count (total->messages));
  fare_table_take_cell (table, FARE_STYLE_BOLD,
                        fare_text_tokens (fare_usage_total (&total->usage)));
  fare_figures_add_cost_cells (table, FARE_STYLE_BOLD, total, total);
}

/* The newest is at the bottom, where the eye is. */
static gboolean
print_table (GPtrArray         *sessions,
             FareView          *view,
             const FareFilter  *filter,
             GError           **error)
{
  FareSums total = sum_up (sessions);
  g_autoptr(FareTable) table = create_table (&total);
  g_autoptr(FareSessionIds) ids = NULL;

  fare_money_begin (view, filter->range.end - 1, &filter->now);

  /* Whoever reads from a pipe wants all of it. */
  if (fare_print_get_columns () > 0 && (ids = fare_session_ids_new (view->reader, error)) == NULL)
    return FALSE;

  g_ptr_array_sort (sessions, compare_last_use);
  for (guint i = 0; i < sessions->len; i++)
    {
      const FareSessionFacts *facts = g_ptr_array_index (sessions, i);
      const char *uid = facts->session->uid;

      add_row (table, facts, ids != NULL ? fare_session_ids_shorten (ids, uid) : g_strdup (uid),
               &total, filter);
    }

  fare_table_add_rule (table);
  add_total (table, &total);
  fare_table_print (table);
  return TRUE;
}

static gboolean
list_sessions (FareView  *view,
               gpointer   user_data,
               GError   **error)
{
  const Request *request = user_data;
  g_autoptr(GPtrArray) sessions = fare_session_facts_list (view, request->filter, error);

  if (sessions == NULL)
    return FALSE;

  if (request->json)
    print_json (sessions);
  else if (sessions->len == 0)
    fare_view_explain_empty (view);
  else
    return print_table (sessions, view, request->filter, error);

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
    "json", 0, 0, G_OPTION_ARG_NONE, &request.json, N_("Print JSON"), NULL
  };
  FareExit status;

  if (!fare_filter_parse (&filter, &options, self, &own, args, FARE_PERIOD_ALL, &status))
    return status;

  request.filter = &filter;
  return fare_view_ask (list_sessions, &request);
}

const FareCommand fare_command_sessions = {
  .name = "sessions",
  .summary = N_("Show what each session cost"),
  .usage = N_("[PERIOD]"),
  .notes = fare_filter_notes_all,
  .run = run,
};
