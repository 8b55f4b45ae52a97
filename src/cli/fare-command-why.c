/* fare-command-why.c
 *
 * tokenfare why: where a total comes from, and what it leaves out.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "accounting/fare-sums.h"
#include "accounting/fare-why.h"
#include "base/fare-text.h"
#include "fare-figures.h"
#include "fare-filter.h"
#include "fare-money.h"
#include "fare-view.h"

typedef struct
{
  const FareFilter *filter;
  gboolean          json;
} Request;

/* Everything that is told. */
typedef struct
{
  const FareFilter *filter;
  FareWhy          *why;
} Account;

static void
write_files (FareJsonWriter *json,
             const Account  *account)
{
  fare_json_writer_begin_object (json, "files");
  fare_json_writer_add_int (json, "read", account->why->files_read);
  fare_json_writer_add_int (json, "missing", account->why->files_missing);
  fare_json_writer_add_int (json, "unreadable", account->why->unreadable->len);
  fare_json_writer_add_int (json, "with_counted_rows", account->why->used_files->len);
  fare_json_writer_end_object (json);

  fare_json_writer_begin_object (json, "lines");
  fare_json_writer_add_int (json, "read", account->why->lines);
  fare_json_writer_add_int (json, "malformed", account->why->malformed);
  fare_json_writer_add_int (json, "repeated", account->why->repeated);
  fare_json_writer_add_int (json, "folded", account->why->folded);
  fare_json_writer_end_object (json);
}

static void
write_notes (FareJsonWriter *json,
             const Account  *account)
{
  fare_json_writer_begin_array (json, "malformed");
  for (guint i = 0; i < account->why->damaged->len; i++)
    {
      const FareWhyFile *note = g_ptr_array_index (account->why->damaged, i);

      fare_json_writer_begin_object (json, NULL);
      fare_json_writer_add_string (json, "path", note->path);
      fare_json_writer_add_int (json, "lines", note->lines);
      fare_json_writer_add_int (json, "offset", note->offset);
      fare_json_writer_end_object (json);
    }
  fare_json_writer_end_array (json);

  fare_json_writer_begin_array (json, "unreadable");
  for (guint i = 0; i < account->why->unreadable->len; i++)
    {
      const FareWhyFile *note = g_ptr_array_index (account->why->unreadable, i);

      fare_json_writer_begin_object (json, NULL);
      fare_json_writer_add_string (json, "path", note->path);
      fare_json_writer_add_string (json, "reason", note->reason);
      fare_json_writer_end_object (json);
    }
  fare_json_writer_end_array (json);
}

static void
write_unpriced (FareJsonWriter *json,
                FareSummary    *models)
{
  fare_json_writer_begin_array (json, "unpriced");
  for (guint i = 0; i < fare_summary_get_n_rows (models); i++)
    {
      const FareSummaryRow *row = fare_summary_get_row (models, i);

      if (row->sums.unpriced_tokens == 0)
        continue;

      fare_json_writer_begin_object (json, NULL);
      fare_json_writer_add_string (json, "provider", row->provider);
      fare_json_writer_add_string (json, "model", row->key);
      fare_json_writer_add_int (json, "tokens", row->sums.unpriced_tokens);
      fare_json_writer_add_string (json, "reason", fare_unpriced_to_id (row->reason));
      fare_json_writer_end_object (json);
    }
  fare_json_writer_end_array (json);
}

static void
print_json (const Account *account)
{
  g_autoptr(FareJsonWriter) json = fare_json_writer_new (FALSE);

  fare_json_writer_begin_object (json, NULL);
  fare_json_writer_add_string (json, "period", account->filter->id);
  write_files (json, account);

  fare_json_writer_begin_object (json, "counted");
  fare_json_writer_add_int (json, "events", account->why->events);
  fare_figures_write_sums (json, fare_summary_get_total (account->why->models));
  fare_json_writer_end_object (json);

  fare_json_writer_begin_object (json, "not_counted");
  for (guint i = 0; i < FARE_WHY_N_ROLES; i++)
    fare_json_writer_add_int (json, fare_why_roles[i].id,
                              account->why->not_counted[fare_why_roles[i].role]);
  fare_json_writer_end_object (json);

  write_notes (json, account);
  write_unpriced (json, account->why->models);
  fare_json_writer_end_object (json);
}

static void
print_count (gint64      count,
             const char *what)
{
  g_autofree char *number = fare_text_count (count);
  int padding = MAX (0, 12 - fare_print_width (number));

  fare_print ("%*s%s  %s\n", padding, "", number, what);
}

static void
print_heading (const char *text)
{
  fare_print ("\n");
  fare_print_styled (FARE_STYLE_BOLD, text);
  fare_print ("\n");
}

static void
print_logs (const Account *account)
{
  print_heading (_("Logs"));
  print_count (account->why->files_read, _("files read"));
  print_count (account->why->used_files->len, _("files hold what is counted here"));
  if (account->why->files_missing > 0)
    print_count (account->why->files_missing, _("files are gone from disk; what they said is kept"));
  if (account->why->unreadable->len > 0)
    print_count (account->why->unreadable->len, _("files could not be read"));
  print_count (account->why->lines, _("lines read"));
}

static void
print_rows (const Account *account)
{
  print_heading (_("Counted"));
  print_count (account->why->events, _("rows"));
  print_count (fare_summary_get_total (account->why->models)->messages, _("messages"));

  print_heading (_("Not counted"));
  print_count (account->why->folded, _("lines that repeat a response while it is streamed"));
  for (guint i = 0; i < FARE_WHY_N_ROLES; i++)
    if (account->why->not_counted[fare_why_roles[i].role] > 0)
      print_count (account->why->not_counted[fare_why_roles[i].role], _(fare_why_roles[i].text));
  if (account->why->repeated > 0)
    print_count (account->why->repeated, _("lines that repeat a counter and tell nothing new"));
  print_count (account->why->malformed, _("lines that are damaged"));
}

static void
print_notes (const Account *account)
{
  if (account->why->damaged->len > 0)
    print_heading (_("Damaged lines, with the place of the first one in each file"));
  for (guint i = 0; i < account->why->damaged->len; i++)
    {
      const FareWhyFile *note = g_ptr_array_index (account->why->damaged, i);
      g_autofree char *path = fare_text_path (note->path);
      g_autofree char *clean = fare_print_clean (path);
      g_autofree char *place = g_strdup_printf ("%s:%" G_GINT64_FORMAT, clean, note->offset);

      print_count (note->lines, place);
    }

  if (account->why->unreadable->len > 0)
    print_heading (_("Files that could not be read"));
  for (guint i = 0; i < account->why->unreadable->len; i++)
    {
      const FareWhyFile *note = g_ptr_array_index (account->why->unreadable, i);
      g_autofree char *path = fare_text_path (note->path);
      g_autofree char *text = g_strdup_printf ("%s: %s", path, note->reason);
      g_autofree char *clean = fare_print_clean (text);

      fare_print ("  %s\n", clean);
    }
}

static void
print_unpriced (const Account *account)
{
  g_autoptr(FareTable) table = fare_table_new ();

  fare_table_add_column (table, _("Model"), FARE_COLUMN_TEXT, 0);
  fare_table_add_column (table, _("Tokens"), FARE_COLUMN_NUMBER, 0);
  fare_table_add_column (table, _("Why it has no price"), FARE_COLUMN_TEXT, 0);

  for (guint i = 0; i < fare_summary_get_n_rows (account->why->models); i++)
    {
      const FareSummaryRow *row = fare_summary_get_row (account->why->models, i);

      if (row->sums.unpriced_tokens == 0)
        continue;
      fare_table_add_cell (table, FARE_STYLE_WARNING, row->key);
      fare_table_take_cell (table, FARE_STYLE_PLAIN, fare_text_count (row->sums.unpriced_tokens));
      fare_table_add_cell (table, FARE_STYLE_PLAIN, fare_unpriced_to_sentence (row->reason));
    }

  if (fare_table_get_n_rows (table) == 0)
    return;

  fare_print ("\n");
  fare_table_print (table);
}

static void
print_text (const Account *account)
{
  const FareFilter *filter = account->filter;
  g_autofree char *title = fare_period_to_title (filter->period, filter->range, &filter->now);
  g_autofree char *cost = fare_sums_total_to_text (fare_summary_get_total (account->why->models));

  fare_print_styled (FARE_STYLE_BOLD, title);
  fare_print ("  %s\n", cost);
  print_logs (account);
  print_rows (account);
  print_notes (account);
  print_unpriced (account);
}

static gboolean
explain (FareView  *view,
         gpointer   user_data,
         GError   **error)
{
  const Request *request = user_data;
  FareFilter filter = *request->filter;
  g_auto(GStrv) failures = fare_meter_dup_failures (view->meter);
  g_autoptr(FareWhy) why = NULL;
  Account account = { .filter = &filter };

  fare_filter_narrow (&filter, view->reader);
  why = fare_why_new (view->reader, view->prices, &filter.query, (const char * const *) failures,
                      NULL, error);
  if (why == NULL)
    return FALSE;

  account.why = why;
  if (request->json)
    print_json (&account);
  else
    {
      fare_money_begin (view, filter.range.end - 1, &filter.now);
      print_text (&account);
    }

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

  if (!fare_filter_parse (&filter, &options, self, &own, args, FARE_PERIOD_TODAY, &status))
    return status;

  request.filter = &filter;
  return fare_view_ask (explain, &request);
}

const FareCommand fare_command_why = {
  .name = "why",
  .summary = N_("Tell where a total comes from: what was read, counted and left out"),
  .usage = N_("[PERIOD]"),
  .details = N_("Files, lines and damage are told of all logs, whatever the period."),
  .notes = fare_filter_notes_today,
  .run = run,
};
