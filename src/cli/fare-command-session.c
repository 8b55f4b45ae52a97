/* fare-command-session.c
 *
 * tokenfare session: one session's receipt, turn by turn.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "accounting/fare-sums.h"
#include "base/fare-text.h"
#include "fare-figures.h"
#include "fare-money.h"
#include "fare-session-facts.h"

#define NAMED 5 /* sessions named when an id fits several */

/* The sessions whose id begins with the text given; the one that equals it alone, if there is. */
typedef struct
{
  const char *id;
  GPtrArray  *found; /* FareSessionInfo, the reader's */
  gboolean    is_exact;
} Search;

typedef struct
{
  const char *id;
  gboolean    json;
  FareExit    status; /* once the index has been read: whether there was such a session */
} Request;

/* Goes over the turns, oldest first. */
typedef struct
{
  FarePriceBook    *prices;
  GTimeZone        *zone;
  FareSessionFacts *facts;
  FareJsonWriter   *json;   /* (nullable) */
  FareTable        *table;  /* (nullable) */
  FareSums          running;
} Turns;

static gboolean
compare_session (const FareSessionInfo *session,
                 gpointer               user_data)
{
  Search *self = user_data;
  gboolean is_exact = g_str_equal (session->uid, self->id);

  if (is_exact && !self->is_exact)
    {
      g_ptr_array_set_size (self->found, 0);
      self->is_exact = TRUE;
    }

  if (is_exact || (!self->is_exact && g_str_has_prefix (session->uid, self->id)))
    g_ptr_array_add (self->found, (gpointer) session);

  return TRUE;
}

static void
refuse_several (const Search *search)
{
  g_autoptr(GString) names = g_string_new (NULL);

  for (guint i = 0; i < MIN (search->found->len, NAMED); i++)
    {
      const FareSessionInfo *session = g_ptr_array_index (search->found, i);

      g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", session->uid);
    }
  if (search->found->len > NAMED)
    g_string_append (names, ", …");

  fare_print_message (_("“%s” fits several sessions: %s."), search->id, names->str);
}

/* Says what is wrong when there is not exactly one. */
static const FareSessionInfo *
choose_session (const Search *search)
{
  if (search->found->len == 1)
    return g_ptr_array_index (search->found, 0);

  if (search->found->len == 0)
    fare_print_message (_("No session’s id begins with “%s”."), search->id);
  else
    refuse_several (search);

  return NULL;
}

static void
add_turn_row (Turns              *self,
              const FareEventRow *event,
              const FareSums     *sums)
{
  const FareUsage *usage = &event->usage;
  FareTable *table = self->table;
  FareStyle style = sums->has_price ? FARE_STYLE_PLAIN : FARE_STYLE_WARNING;

  fare_table_take_cell (table, FARE_STYLE_PLAIN,
                        fare_figures_format_time (event->time_ms, self->zone));
  fare_table_add_cell (table, FARE_STYLE_PLAIN, event->model->name);
  fare_table_take_cell (table, FARE_STYLE_PLAIN, fare_text_count (usage->input));
  fare_table_take_cell (table, FARE_STYLE_PLAIN, fare_text_count (usage->cache_read));
  fare_table_take_cell (table, FARE_STYLE_PLAIN,
                        fare_text_count (usage->cache_write_5m + usage->cache_write_1h));
  fare_table_take_cell (table, FARE_STYLE_PLAIN, fare_text_count (usage->output));
  fare_table_take_cell (table, style, fare_sums_cost_to_text (sums));
  fare_table_take_cell (table, FARE_STYLE_PLAIN, fare_sums_cost_to_text (&self->running));
}

static gboolean
add_turn (const FareEventRow *event,
          gpointer            user_data)
{
  Turns *self = user_data;
  FarePrice price = fare_event_price (event, self->prices);
  FareSums sums = { 0 };

  fare_figures_add (&sums, event, &price);
  fare_figures_add (&self->running, event, &price);
  fare_session_facts_add (self->facts, event, &price);

  if (self->json == NULL)
    {
      add_turn_row (self, event, &sums);
      return TRUE;
    }

  fare_json_writer_begin_object (self->json, NULL);
  fare_figures_write_event (self->json, event, &price);
  if (self->running.has_price)
    fare_json_writer_add_double (self->json, "running_cost", self->running.cost);
  else
    fare_json_writer_add_null (self->json, "running_cost");
  fare_json_writer_end_object (self->json);
  return TRUE;
}

static gboolean
go_over_turns (Turns            *turns,
               FareView         *view,
               GError          **error)
{
  return fare_index_reader_foreach_event (view->reader, G_MININT64, G_MAXINT64,
                                          turns->facts->session, add_turn, turns, error);
}

/* The turns come first: reading them is what the facts are made of. */
static gboolean
print_json (Turns     *turns,
            FareView  *view,
            GError   **error)
{
  g_autoptr(FareJsonWriter) json = fare_json_writer_new (FALSE);

  turns->json = json;
  fare_view_begin_output (view);
  fare_json_writer_begin_object (json, NULL);
  fare_json_writer_begin_array (json, "turns");
  if (!go_over_turns (turns, view, error))
    return FALSE;
  fare_json_writer_end_array (json);

  fare_session_facts_write (turns->facts, json);
  fare_json_writer_begin_array (json, "models");
  for (guint i = 0; i < turns->facts->models->len; i++)
    {
      const FareModelFacts *model = &g_array_index (turns->facts->models, FareModelFacts, i);

      fare_json_writer_begin_object (json, NULL);
      fare_json_writer_add_string (json, "provider", model->model->provider);
      fare_json_writer_add_string (json, "model", model->model->name);
      fare_figures_write_sums (json, &model->sums);
      fare_json_writer_end_object (json);
    }
  fare_json_writer_end_array (json);
  fare_json_writer_end_object (json);
  return TRUE;
}

static void
print_facts (const FareSessionFacts *facts,
             GTimeZone              *zone)
{
  const FareSessionInfo *session = facts->session;
  g_autofree char *title = fare_print_clean (session->title);
  g_autofree char *project = session->project[0] != '\0' ? fare_text_path (session->project)
                                                         : fare_text_project ("");
  g_autofree char *first = fare_figures_format_time (facts->first_ms, zone);
  g_autofree char *last = fare_figures_format_time (facts->last_ms, zone);
  g_autofree char *span = g_strdup_printf ("%s – %s", first, last);
  g_autofree char *cost = fare_sums_total_to_text (&facts->sums);
  const char *kind = session->is_review ? _("automatic permission review")
                     : facts->is_subagent ? _("helper agent") : NULL;
  const struct
  {
    const char *name;
    const char *value;
  } lines[] = {
    { _("Tool:"), fare_text_client (session->client) }, { _("Session:"), session->uid },
    { _("Project:"), project }, { _("Started from:"), session->parent }, { _("Kind:"), kind },
    { _("Time:"), span }, { _("Cost:"), cost },
  };
  int widest = 0;

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    if (lines[i].value != NULL)
      widest = MAX (widest, fare_print_width (lines[i].name));

  fare_print_styled (FARE_STYLE_BOLD, title);
  fare_print ("\n");
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *value = fare_print_clean (lines[i].value);

      if (lines[i].value == NULL)
        continue;
      fare_print_styled (FARE_STYLE_DIM, lines[i].name);
      fare_print ("%*s%s\n", widest - fare_print_width (lines[i].name) + 2, "", value);
    }
}

static void
print_models (const FareSessionFacts *facts)
{
  g_autoptr(FareTable) table = fare_table_new ();

  fare_table_add_column (table, _("Model"), FARE_COLUMN_TEXT, 0);
  fare_figures_add_columns (table, &facts->sums);
  for (guint i = 0; i < facts->models->len; i++)
    {
      const FareModelFacts *model = &g_array_index (facts->models, FareModelFacts, i);

      fare_table_add_cell (table, FARE_STYLE_PLAIN, model->model->name);
      fare_figures_add_cells (table, FARE_STYLE_PLAIN, &model->sums, &facts->sums);
    }

  fare_table_add_rule (table);
  fare_table_add_cell (table, FARE_STYLE_BOLD, _("Total"));
  fare_figures_add_cells (table, FARE_STYLE_BOLD, &facts->sums, &facts->sums);
  fare_table_print (table);
}

static gboolean
print_text (Turns     *turns,
            FareView  *view,
            GError   **error)
{
  g_autoptr(FareTable) table = fare_table_new ();
  FareNow now = { g_get_real_time () / 1000, turns->zone };

  fare_table_add_column (table, _("Time"), FARE_COLUMN_WORD, 0);
  fare_table_add_column (table, _("Model"), FARE_COLUMN_TEXT, 1);
  fare_table_add_column (table, _("Input"), FARE_COLUMN_NUMBER, 2);
  fare_table_add_column (table, _("Cache read"), FARE_COLUMN_NUMBER, 3);
  fare_table_add_column (table, _("Cache write"), FARE_COLUMN_NUMBER, 4);
  fare_table_add_column (table, _("Output"), FARE_COLUMN_NUMBER, 2);
  fare_table_add_column (table, _("Cost"), FARE_COLUMN_NUMBER, 0);
  fare_table_add_column (table, _("Running total"), FARE_COLUMN_NUMBER, 0);

  fare_money_begin (view, fare_day_of (turns->zone, turns->facts->session->last_ms), &now);
  turns->table = table;
  if (!go_over_turns (turns, view, error))
    return FALSE;

  print_facts (turns->facts, turns->zone);
  fare_print ("\n");
  print_models (turns->facts);
  fare_print ("\n");
  fare_table_print (table);
  return TRUE;
}

static gboolean
show_session (FareView  *view,
              gpointer   user_data,
              GError   **error)
{
  Request *request = user_data;
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr(GPtrArray) found = g_ptr_array_new ();
  g_autoptr(FareSessionFacts) facts = NULL;
  Search search = { request->id, found, FALSE };
  Turns turns = { .prices = view->prices, .zone = zone };
  const FareSessionInfo *session;

  if (!fare_index_reader_foreach_session (view->reader, compare_session, &search, error))
    return FALSE;

  session = choose_session (&search);
  request->status = session != NULL ? FARE_EXIT_DONE : FARE_EXIT_FAILED;
  if (session == NULL)
    return TRUE;

  turns.facts = facts = fare_session_facts_new (session);
  return request->json ? print_json (&turns, view, error) : print_text (&turns, view, error);
}

static FareExit
run (const FareCommand  *self,
     const char * const *args)
{
  Request request = { 0 };
  const GOptionEntry options[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &request.json, N_("Print JSON"), NULL },
    G_OPTION_ENTRY_NULL
  };
  g_auto(GStrv) rest = NULL;
  FareExit status;

  if (!fare_command_parse (self, options, args, &rest, &status))
    return status;

  if (rest[0] == NULL || rest[0][0] == '\0')
    return fare_command_misused (self, _("A session’s id is missing."));
  if (rest[1] != NULL)
    return fare_command_misused (self, _("“%s” is one id too many."), rest[1]);

  request.id = rest[0];
  status = fare_view_ask (show_session, &request);
  return status == FARE_EXIT_DONE ? request.status : status;
}

const FareCommand fare_command_session = {
  .name = "session",
  .summary = N_("Show one session’s receipt: its models and every turn"),
  .usage = N_("ID"),
  .details = N_("The first characters of the id are enough where they fit one session only. "
                "“tokenfare sessions” lists the ids."),
  .run = run,
};
