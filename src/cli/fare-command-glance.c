/* fare-command-glance.c
 *
 * tokenfare without a command: today and this month at a glance.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "accounting/fare-comparison.h"
#include "accounting/fare-sums.h"
#include "base/fare-text.h"
#include "fare-figures.h"
#include "fare-money.h"
#include "fare-view.h"

#define TOP 5 /* tools and models shown */

/* One of the two spans, with what it is compared to. */
typedef struct
{
  FarePeriod   period;
  FareRange    range;
  FareSummary *clients;
  FareSummary *models;
  FareSums     before;      /* the span before */
  gboolean     has_before;
} Span;

static void
span_clear (Span *self)
{
  g_clear_pointer (&self->clients, fare_summary_free);
  g_clear_pointer (&self->models, fare_summary_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Span, span_clear)

static gboolean
load_before (Span           *self,
             FareView       *view,
             const FareNow  *now,
             GError        **error)
{
  FareQuery query = { .zone = now->zone };
  g_autoptr(FareSummary) before = NULL;

  if (!fare_previous_span (self->range, now, &query.from_ms, &query.to_ms))
    return TRUE;

  before = fare_summary_new (view->reader, view->prices, &query, FARE_GROUP_NONE, error);
  if (before == NULL)
    return FALSE;

  self->before = *fare_summary_get_total (before);
  self->has_before = TRUE;
  return TRUE;
}

static gboolean
load_span (Span           *self,
           FarePeriod      period,
           FareView       *view,
           const FareNow  *now,
           GError        **error)
{
  FareQuery query = { .zone = now->zone };

  self->period = period;
  self->range = fare_range_for_period (period, now);
  fare_range_to_span (self->range, now->zone, &query.from_ms, &query.to_ms);

  self->clients = fare_summary_new (view->reader, view->prices, &query, FARE_GROUP_CLIENT, error);
  if (self->clients == NULL)
    return FALSE;
  self->models = fare_summary_new (view->reader, view->prices, &query, FARE_GROUP_MODEL, error);
  if (self->models == NULL)
    return FALSE;

  return load_before (self, view, now, error);
}

static char *
format_comparison (const Span    *self,
                   const FareNow *now)
{
  FareComparison comparison;

  if (!self->has_before ||
      !fare_comparison_make_cost (fare_summary_get_total (self->clients), &self->before,
                                  &comparison))
    return NULL;

  return fare_comparison_to_text (&comparison, self->range, now);
}

static void
print_span (const Span    *self,
            const FareNow *now)
{
  const FareSums *total = fare_summary_get_total (self->clients);
  g_autofree char *title = fare_period_to_title (self->period, self->range, now);
  g_autofree char *cost = fare_sums_total_to_text (total);
  g_autofree char *tokens = fare_text_tokens (fare_usage_total (&total->usage));
  g_autofree char *messages = fare_text_count (total->messages);
  g_autofree char *sessions = fare_text_count (total->sessions);
  g_autofree char *hits = fare_text_percent (fare_usage_hit_rate (&total->usage));
  g_autofree char *comparison = format_comparison (self, now);

  fare_print_styled (FARE_STYLE_BOLD, title);
  if (total->messages == 0)
    {
      fare_print ("  %s\n\n", _("no use"));
      return;
    }

  fare_print ("  ");
  fare_print_styled (total->unpriced_tokens > 0 ? FARE_STYLE_WARNING : FARE_STYLE_BOLD, cost);
  fare_print ("\n");

  /* Translators: numbers, in this order: tokens, messages, sessions, cache hit rate */
  fare_print (_("%s tokens, %s messages in %s sessions, %s from cache\n"), tokens, messages,
              sessions, hits);
  if (comparison != NULL)
    fare_print ("%s\n", comparison);
  fare_print ("\n");
}

static const FareSums *
find_sums (FareSummary          *summary,
           const FareSummaryRow *like)
{
  for (guint i = 0; i < fare_summary_get_n_rows (summary); i++)
    {
      const FareSummaryRow *row = fare_summary_get_row (summary, i);

      if (g_str_equal (row->key, like->key) && g_strcmp0 (row->provider, like->provider) == 0)
        return &row->sums;
    }

  return NULL;
}

/* The month's rows; today is a part of it. */
static void
print_top (const char  *heading,
           FareSummary *today,
           FareSummary *month)
{
  g_autoptr(FareTable) table = fare_table_new ();
  const FareSums *total = fare_summary_get_total (month);
  guint n_rows = fare_summary_get_n_rows (month);

  if (n_rows == 0)
    return;

  fare_table_add_column (table, heading, FARE_COLUMN_TEXT, 0);
  fare_table_add_column (table, _("Today"), FARE_COLUMN_NUMBER, 0);
  fare_table_add_column (table, _("This month"), FARE_COLUMN_NUMBER, 0);
  if (total->unpriced_tokens > 0)
    fare_table_add_column (table, _("Without price"), FARE_COLUMN_NUMBER, 0);
  fare_table_add_column (table, _("Tokens"), FARE_COLUMN_NUMBER, 0);
  fare_table_add_column (table, _("Messages"), FARE_COLUMN_NUMBER, 1);

  for (guint i = 0; i < MIN (n_rows, TOP); i++)
    {
      const FareSummaryRow *row = fare_summary_get_row (month, i);
      const FareSums *sums = find_sums (today, row);

      fare_table_add_cell (table, FARE_STYLE_PLAIN, row->title);
      fare_table_take_cell (table, FARE_STYLE_PLAIN,
                            sums != NULL ? fare_sums_cost_to_text (sums) : g_strdup (_("–")));
      fare_figures_add_cost_cells (table, FARE_STYLE_PLAIN, &row->sums, total);
      fare_table_take_cell (table, FARE_STYLE_PLAIN,
                            fare_text_tokens (fare_usage_total (&row->sums.usage)));
      fare_table_take_cell (table, FARE_STYLE_PLAIN, fare_text_count (row->sums.messages));
    }

  fare_table_print (table);
  if (n_rows > TOP)
    {
      g_autofree char *more = g_strdup_printf (ngettext ("and %u more", "and %u more",
                                                         n_rows - TOP), n_rows - TOP);

      fare_print_styled (FARE_STYLE_DIM, more);
      fare_print ("\n");
    }
  fare_print ("\n");
}

static void
print_text (FareView      *view,
            const Span    *today,
            const Span    *month,
            const FareNow *now)
{
  const FareSums *total = fare_summary_get_total (month->models);
  gint64 first, last;

  if (!fare_index_reader_get_span (view->reader, &first, &last))
    {
      fare_view_explain_empty (view);
      return;
    }

  print_span (today, now);
  print_span (month, now);
  print_top (_("Tool"), today->clients, month->clients);
  print_top (_("Model"), today->models, month->models);

  if (total->unpriced_tokens > 0)
    fare_print ("%s\n", _("“tokenfare why month” tells what has no price, and why."));
}

static void
write_rows (FareJsonWriter *json,
            const char     *name,
            FareSummary    *summary)
{
  fare_json_writer_begin_array (json, name);
  for (guint i = 0; i < fare_summary_get_n_rows (summary); i++)
    {
      const FareSummaryRow *row = fare_summary_get_row (summary, i);

      fare_json_writer_begin_object (json, NULL);
      fare_json_writer_add_string (json, "key", row->key);
      if (row->provider != NULL)
        fare_json_writer_add_string (json, "provider", row->provider);
      fare_figures_write_sums (json, &row->sums);
      fare_json_writer_end_object (json);
    }
  fare_json_writer_end_array (json);
}

static void
write_span (FareJsonWriter *json,
            const char     *name,
            const Span     *self)
{
  g_autofree char *from = fare_day_to_string (self->range.first);
  g_autofree char *to = fare_day_to_string (self->range.end - 1);

  fare_json_writer_begin_object (json, name);
  fare_json_writer_add_string (json, "from", from);
  fare_json_writer_add_string (json, "to", to);
  fare_figures_write_sums (json, fare_summary_get_total (self->clients));
  if (self->has_before)
    {
      fare_json_writer_begin_object (json, "before");
      fare_figures_write_sums (json, &self->before);
      fare_json_writer_end_object (json);
    }
  write_rows (json, "clients", self->clients);
  write_rows (json, "models", self->models);
  fare_json_writer_end_object (json);
}

static void
print_json (const Span    *today,
            const Span    *month,
            const FareNow *now)
{
  g_autoptr(FareJsonWriter) json = fare_json_writer_new (FALSE);

  fare_json_writer_begin_object (json, NULL);
  fare_json_writer_add_string (json, "timezone", fare_figures_get_zone_name (now->zone));
  write_span (json, "today", today);
  write_span (json, "month", month);
  fare_json_writer_end_object (json);
}

static gboolean
glance (FareView  *view,
        gpointer   user_data,
        GError   **error)
{
  const gboolean *json = user_data;
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();
  FareNow now = { g_get_real_time () / 1000, zone };
  g_auto(Span) today = { 0 };
  g_auto(Span) month = { 0 };

  if (!load_span (&today, FARE_PERIOD_TODAY, view, &now, error) ||
      !load_span (&month, FARE_PERIOD_MONTH, view, &now, error))
    return FALSE;

  if (*json)
    {
      print_json (&today, &month, &now);
      return TRUE;
    }

  fare_money_begin (view, today.range.first, &now);
  print_text (view, &today, &month, &now);

  return TRUE;
}

static FareExit
run (const FareCommand  *self,
     const char * const *args)
{
  gboolean json = FALSE, version = FALSE;
  const GOptionEntry options[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_("Print JSON"), NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &version, N_("Print the version"), NULL },
    G_OPTION_ENTRY_NULL
  };
  g_auto(GStrv) rest = NULL;
  FareExit status;

  if (!fare_command_parse (self, options, args, &rest, &status))
    return status;

  if (rest[0] != NULL)
    return fare_command_misused (self, _("Name the command before its options: “%s”."), rest[0]);

  if (version)
    {
      fare_print ("tokenfare %s\n", FARE_VERSION);
      return FARE_EXIT_DONE;
    }

  return fare_view_ask (glance, &json);
}

const FareCommand fare_command_glance = {
  .name = "",
  .summary = N_("What AI coding agents cost, read from their own logs. Without a command: today "
                "and this month at a glance."),
  .usage = N_("[COMMAND …]"),
  .run = run,
};
