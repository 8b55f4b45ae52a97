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
#include "base/fare-text.h"
#include "fare-figures.h"
#include "fare-filter.h"
#include "fare-view.h"

typedef struct
{
  const FareFilter *filter;
  gboolean          json;
} Request;

/* Everything that is told.  Paths are copies: the reader's last only during its calls. */
typedef struct
{
  const FareFilter *filter;
  GHashTable       *used_files;  /* paths of counted events */
  GPtrArray        *damaged;     /* FileNote: files with malformed lines */
  GPtrArray        *unreadable;  /* FileNote */
  FareSummary      *models;
  gint64            files_read;
  gint64            files_missing;
  gint64            lines;
  gint64            malformed;
  gint64            repeated;
  gint64            events;
  gint64            folded;      /* log lines folded into another line's event */
  gint64            not_counted[FARE_N_ROLES];
} Account;

typedef struct
{
  char   *path;
  char   *reason;  /* (nullable) */
  gint64  lines;   /* malformed ones */
  gint64  offset;  /* of the first one, bytes */
} FileNote;

static const struct
{
  FareRole    role;
  const char *id;
  const char *text;
} roles[] = {
  { FARE_ROLE_COPY, "copy", N_("the same call again in a resumed, forked or replayed log") },
  { FARE_ROLE_REPLAY, "replay", N_("a helper’s replay of a call that its parent made") },
  { FARE_ROLE_HELPER, "helper", N_("a helper’s call repeated in its parent’s log") },
  { FARE_ROLE_SNAPSHOT, "snapshot", N_("another state of a response while it was streamed") },
};

static void
file_note_free (FileNote *self)
{
  g_free (self->path);
  g_free (self->reason);
  g_free (self);
}

static void
note_file (GPtrArray          *notes,
           const FareFileInfo *file)
{
  FileNote *note = g_new0 (FileNote, 1);

  note->path = g_strdup (file->path);
  note->reason = g_strdup (file->error);
  note->lines = file->malformed;
  note->offset = file->malformed_at;
  g_ptr_array_add (notes, note);
}

static gboolean
is_noted (GPtrArray  *notes,
          const char *path)
{
  for (guint i = 0; i < notes->len; i++)
    if (g_str_equal (((FileNote *) g_ptr_array_index (notes, i))->path, path))
      return TRUE;

  return FALSE;
}

static gboolean
take_file (const FareFileInfo *file,
           gpointer            user_data)
{
  Account *self = user_data;
  GStrv clients = self->filter->query.clients;

  if (clients != NULL && !g_strv_contains ((const char * const *) clients, file->client))
    return TRUE;

  self->lines += file->lines;
  self->malformed += file->malformed;
  self->repeated += file->repeated;
  if (file->malformed > 0)
    note_file (self->damaged, file);

  if (file->missing)
    self->files_missing++;
  else if (file->error != NULL)
    note_file (self->unreadable, file);
  else
    self->files_read++;

  return TRUE;
}

/* Files that were never read are not in the index; the scan that has just been made knows them. */
static void
take_failures (Account   *self,
               FareMeter *meter)
{
  g_auto(GStrv) failures = fare_meter_dup_failures (meter);
  GStrv clients = self->filter->query.clients;

  for (guint i = 0; failures != NULL && failures[i] != NULL; i++)
    {
      g_auto(GStrv) parts = g_strsplit (failures[i], "\t", 3);
      FareFileInfo file = { .malformed_at = -1 };

      if (g_strv_length (parts) < 3 || is_noted (self->unreadable, parts[1]) ||
          (clients != NULL && !g_strv_contains ((const char * const *) clients, parts[0])))
        continue;

      file.path = parts[1];
      file.error = parts[2];
      note_file (self->unreadable, &file);
    }
}

static gboolean
take_event (const FareEventRow *event,
            gpointer            user_data)
{
  Account *self = user_data;

  if (!fare_filter_matches (self->filter, event->session, event->model))
    return TRUE;

  self->events++;
  self->folded += event->lines - 1;
  if (!g_hash_table_contains (self->used_files, event->path))
    g_hash_table_add (self->used_files, g_strdup (event->path));

  return TRUE;
}

static gboolean
take_copy (const FareEventRow *row,
           FareRole            role,
           gpointer            user_data)
{
  Account *self = user_data;

  if (fare_filter_matches (self->filter, row->session, row->model))
    self->not_counted[role] += row->lines;

  return TRUE;
}

static gboolean
take_account (Account   *self,
              FareView  *view,
              GError   **error)
{
  const FareQuery *query = &self->filter->query;

  self->models = fare_summary_new (view->reader, view->prices, query, FARE_GROUP_MODEL, error);

  return self->models != NULL &&
         fare_index_reader_foreach_file (view->reader, take_file, self, error) &&
         fare_index_reader_foreach_event (view->reader, query->from_ms, query->to_ms, NULL,
                                          take_event, self, error) &&
         fare_index_reader_foreach_copy (view->reader, query->from_ms, query->to_ms, take_copy,
                                         self, error);
}

static void
account_clear (Account *self)
{
  g_clear_pointer (&self->used_files, g_hash_table_unref);
  g_clear_pointer (&self->damaged, g_ptr_array_unref);
  g_clear_pointer (&self->unreadable, g_ptr_array_unref);
  g_clear_pointer (&self->models, fare_summary_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Account, account_clear)

static void
write_files (FareJsonWriter *json,
             const Account  *account)
{
  fare_json_writer_begin_object (json, "files");
  fare_json_writer_add_int (json, "read", account->files_read);
  fare_json_writer_add_int (json, "missing", account->files_missing);
  fare_json_writer_add_int (json, "unreadable", account->unreadable->len);
  fare_json_writer_add_int (json, "with_counted_rows", g_hash_table_size (account->used_files));
  fare_json_writer_end_object (json);

  fare_json_writer_begin_object (json, "lines");
  fare_json_writer_add_int (json, "read", account->lines);
  fare_json_writer_add_int (json, "malformed", account->malformed);
  fare_json_writer_add_int (json, "repeated", account->repeated);
  fare_json_writer_add_int (json, "folded", account->folded);
  fare_json_writer_end_object (json);
}

static void
write_notes (FareJsonWriter *json,
             const Account  *account)
{
  fare_json_writer_begin_array (json, "malformed");
  for (guint i = 0; i < account->damaged->len; i++)
    {
      const FileNote *note = g_ptr_array_index (account->damaged, i);

      fare_json_writer_begin_object (json, NULL);
      fare_json_writer_add_string (json, "path", note->path);
      fare_json_writer_add_int (json, "lines", note->lines);
      fare_json_writer_add_int (json, "offset", note->offset);
      fare_json_writer_end_object (json);
    }
  fare_json_writer_end_array (json);

  fare_json_writer_begin_array (json, "unreadable");
  for (guint i = 0; i < account->unreadable->len; i++)
    {
      const FileNote *note = g_ptr_array_index (account->unreadable, i);

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
  fare_json_writer_add_int (json, "events", account->events);
  fare_figures_write_sums (json, fare_summary_get_total (account->models));
  fare_json_writer_end_object (json);

  fare_json_writer_begin_object (json, "not_counted");
  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    fare_json_writer_add_int (json, roles[i].id, account->not_counted[roles[i].role]);
  fare_json_writer_end_object (json);

  write_notes (json, account);
  write_unpriced (json, account->models);
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
  print_count (account->files_read, _("files read"));
  print_count (g_hash_table_size (account->used_files), _("files hold what is counted here"));
  if (account->files_missing > 0)
    print_count (account->files_missing, _("files are gone from disk; what they said is kept"));
  if (account->unreadable->len > 0)
    print_count (account->unreadable->len, _("files could not be read"));
  print_count (account->lines, _("lines read"));
}

static void
print_rows (const Account *account)
{
  print_heading (_("Counted"));
  print_count (account->events, _("rows"));
  print_count (fare_summary_get_total (account->models)->messages, _("messages"));

  print_heading (_("Not counted"));
  print_count (account->folded, _("lines that repeat a response while it is streamed"));
  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    if (account->not_counted[roles[i].role] > 0)
      print_count (account->not_counted[roles[i].role], _(roles[i].text));
  if (account->repeated > 0)
    print_count (account->repeated, _("lines that repeat a counter and tell nothing new"));
  print_count (account->malformed, _("lines that are damaged"));
}

static void
print_notes (const Account *account)
{
  if (account->damaged->len > 0)
    print_heading (_("Damaged lines, with the place of the first one in each file"));
  for (guint i = 0; i < account->damaged->len; i++)
    {
      const FileNote *note = g_ptr_array_index (account->damaged, i);
      g_autofree char *path = fare_text_path (note->path);
      g_autofree char *clean = fare_print_clean (path);
      g_autofree char *place = g_strdup_printf ("%s:%" G_GINT64_FORMAT, clean, note->offset);

      print_count (note->lines, place);
    }

  if (account->unreadable->len > 0)
    print_heading (_("Files that could not be read"));
  for (guint i = 0; i < account->unreadable->len; i++)
    {
      const FileNote *note = g_ptr_array_index (account->unreadable, i);
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

  for (guint i = 0; i < fare_summary_get_n_rows (account->models); i++)
    {
      const FareSummaryRow *row = fare_summary_get_row (account->models, i);

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
  g_autofree char *cost = fare_sums_total_to_text (fare_summary_get_total (account->models));

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
  g_auto(Account) account = { &filter, NULL };

  fare_filter_narrow (&filter, view->reader);
  account.used_files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  account.damaged = g_ptr_array_new_with_free_func ((GDestroyNotify) file_note_free);
  account.unreadable = g_ptr_array_new_with_free_func ((GDestroyNotify) file_note_free);
  if (!take_account (&account, view, error))
    return FALSE;
  take_failures (&account, view->meter);

  if (request->json)
    print_json (&account);
  else
    print_text (&account);

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
  .summary = N_("Where a total comes from: what was read, counted and left out"),
  .usage = N_("[PERIOD]"),
  .details = N_("Files, lines and damage are told of all logs, whatever the period."),
  .notes = fare_filter_notes_today,
  .run = run,
};
