/* fare-command-share.c
 *
 * tokenfare share: a folder through which several machines show one figure.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <stdlib.h>
#include <unistd.h>

#include "accounting/fare-sums.h"
#include "base/fare-text.h"
#include "fare-figures.h"
#include "fare-json-writer.h"
#include "fare-money.h"
#include "fare-table.h"
#include "fare-view.h"
#include "sharing/fare-share.h"

/* What was asked for. */
typedef struct
{
  char     *folder; /* (nullable): absolute */
  char     *name;   /* (nullable): new name of this machine */
  gboolean  is_off;
  gboolean  forgets;
  gboolean  with_names;
  gboolean  json;
} Request;

/* Status. */

typedef struct
{
  FareSharing         sharing;
  GStrv               failures;
  const GPtrArray    *machines;
  FareSummary        *summary;
} Status;

static void
status_clear (Status *self)
{
  fare_sharing_clear (&self->sharing);
  g_clear_pointer (&self->failures, g_strfreev);
  g_clear_pointer (&self->summary, fare_summary_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Status, status_clear)

static const FareSums *
find_sums (const Status      *self,
           const FareMachine *machine)
{
  static const FareSums none = { 0 };

  for (guint i = 0; i < fare_summary_get_n_rows (self->summary); i++)
    {
      const FareSummaryRow *row = fare_summary_get_row (self->summary, i);

      if (g_str_equal (row->key, machine->name))
        return &row->sums;
    }

  return &none;
}

static void
write_problem (FareJsonWriter *json,
               const char     *failure)
{
  g_auto(GStrv) parts = g_strsplit (failure, "\t", 3);

  fare_json_writer_begin_object (json, NULL);
  fare_json_writer_add_string (json, "path", parts[1]);
  fare_json_writer_add_string (json, "reason", parts[2]);
  fare_json_writer_end_object (json);
}

static gboolean
is_of_sharing (const char *failure)
{
  return g_str_has_prefix (failure, FARE_SHARE_SOURCE "\t");
}

static void
print_json (const Status *self)
{
  g_autoptr(FareJsonWriter) json = fare_json_writer_new (FALSE);

  fare_json_writer_begin_object (json, NULL);
  fare_json_writer_add_string (json, "folder", self->sharing.folder);
  fare_json_writer_add_boolean (json, "names", self->sharing.with_names);
  fare_json_writer_add_time_or_null (json, "written_at", self->sharing.written_ms);
  fare_json_writer_begin_array (json, "machines");
  for (guint i = 0; i < self->machines->len; i++)
    {
      const FareMachine *machine = g_ptr_array_index (self->machines, i);

      fare_json_writer_begin_object (json, NULL);
      fare_json_writer_add_string (json, "id", *machine->uid != '\0' ? machine->uid : NULL);
      fare_json_writer_add_string (json, "name", machine->name);
      fare_json_writer_add_boolean (json, "own", machine->number == FARE_OWN_MACHINE);
      fare_figures_write_sums (json, find_sums (self, machine));
      fare_json_writer_end_object (json);
    }
  fare_json_writer_end_array (json);
  fare_json_writer_begin_array (json, "problems");
  for (guint i = 0; self->failures[i] != NULL; i++)
    if (is_of_sharing (self->failures[i]))
      write_problem (json, self->failures[i]);
  fare_json_writer_end_array (json);
  fare_json_writer_end_object (json);
}

static void
print_machines (const Status *self)
{
  const FareSums *total = fare_summary_get_total (self->summary);
  g_autoptr(FareTable) table = fare_table_new ();

  fare_table_add_column (table, _("Machine"), FARE_COLUMN_TEXT, 0);
  fare_figures_add_columns (table, total);
  for (guint i = 0; i < self->machines->len; i++)
    {
      const FareMachine *machine = g_ptr_array_index (self->machines, i);

      if (machine->number == FARE_OWN_MACHINE)
        /* Translators: name of the machine that the user sits at */
        fare_table_take_cell (table, FARE_STYLE_BOLD, g_strdup_printf (_("%s (this one)"),
                                                                       machine->name));
      else
        fare_table_add_cell (table, FARE_STYLE_PLAIN, machine->name);
      fare_figures_add_cells (table, FARE_STYLE_PLAIN, find_sums (self, machine), total);
    }
  fare_print ("\n");
  fare_table_print (table);
}

static void
print_text (const Status *self)
{
  const char *folder = self->sharing.folder;
  g_autofree char *path = folder != NULL ? fare_text_path (folder) : NULL;

  if (folder == NULL)
    fare_print ("%s\n", _("Nothing is shared. “tokenfare share DIR” shares with other machines what "
                          "this one has counted."));
  else
    {
      fare_print (_("Shared in %s.\n"), path);
      fare_print ("%s\n", self->sharing.with_names
                          ? _("Others see counts, times, models and the names of projects and "
                              "branches.")
                          : _("Others see counts, times and models, but no names of projects and "
                              "branches."));
    }
  if (self->machines->len > 1)
    print_machines (self);
  for (guint i = 0; self->failures[i] != NULL; i++)
    if (is_of_sharing (self->failures[i]))
      {
        g_auto(GStrv) parts = g_strsplit (self->failures[i], "\t", 3);

        fare_print_message ("%s: %s", parts[1], parts[2]);
      }
}

static gboolean
show_status (FareView  *view,
             gpointer   user_data,
             GError   **error)
{
  const Request *request = user_data;
  g_auto(Status) status = { 0 };
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();
  const FareNow now = { g_get_real_time () / 1000, zone };
  const FareQuery query = { .from_ms = G_MININT64, .to_ms = G_MAXINT64, .zone = zone };

  if (!fare_index_reader_load_sharing (view->reader, &status.sharing, error))
    return FALSE;
  status.failures = fare_meter_dup_failures (view->meter);
  status.machines = fare_index_reader_get_machines (view->reader);
  status.summary = fare_summary_new (view->reader, view->prices, &query, FARE_GROUP_MACHINE, error);
  if (status.summary == NULL)
    return FALSE;
  if (request->json)
    {
      print_json (&status);
      return TRUE;
    }
  fare_money_begin (view, fare_day_of (zone, now.now_ms), &now);
  print_text (&status);

  return TRUE;
}

/* Changes. */

static gboolean
remove_files (sqlite3     *db,
              const char  *folder,
              GError     **error)
{
  g_autoptr(GPtrArray) uids = fare_share_list_own_ids (db);

  return folder == NULL || fare_share_remove_own (folder, uids, error) >= 0;
}

static gboolean
change (FareIndex      *index,
        sqlite3        *db,
        const Request  *request,
        GError        **error)
{
  gint64 now_ms = g_get_real_time () / 1000;
  g_auto(FareSharing) before = { 0 };
  gboolean is_on = request->folder != NULL || !request->is_off;
  const char *folder;
  gboolean is_set;

  is_set = fare_sharing_load (db, &before);
  folder = request->folder != NULL ? request->folder : is_on ? before.folder : NULL;
  is_set = is_set && (request->name == NULL || fare_share_rename (db, request->name, now_ms))
           && fare_share_set (db, folder, request->folder != NULL ? request->with_names
                                                                  : before.with_names,
                              request->forgets);
  if (!is_set)
    return fare_index_take_error (index, db, error);

  return g_strcmp0 (folder, before.folder) == 0 || remove_files (db, before.folder, error);
}

static gboolean
make_changes (const Request  *request,
              GError        **error)
{
  g_autoptr(FarePaths) paths = fare_paths_new ();
  g_autoptr(FareMeter) meter = fare_meter_new (paths);
  g_autoptr(FareIndex) index = NULL;
  sqlite3 *db;
  gboolean done;

  if (!fare_meter_open (meter, error))
    return FALSE;
  index = fare_meter_ref_index (meter);
  if (fare_index_get_path (index) == NULL)
    {
      FareNoticeLevel level;
      g_autofree char *notice = fare_meter_dup_notice (meter, &level);

      g_set_error_literal (error, FARE_INDEX_ERROR, FARE_INDEX_ERROR_FAILED,
                           notice != NULL ? notice : _("The index cannot be used."));
      return FALSE;
    }
  db = fare_index_connect (index, TRUE, error);
  if (db == NULL)
    return FALSE;
  done = change (index, db, request, error);
  sqlite3_close (db);

  return done;
}

static char *
find_folder (const char  *given,
             GError     **error)
{
  char *path = realpath (given, NULL);
  g_autofree char *folder = g_strdup (path);

  free (path);
  if (folder != NULL && g_file_test (folder, G_FILE_TEST_IS_DIR) && access (folder, W_OK | X_OK) == 0)
    return g_steal_pointer (&folder);
  if (folder != NULL && !g_file_test (folder, G_FILE_TEST_IS_DIR))
    errno = ENOTDIR;
  g_set_error (error, G_FILE_ERROR, (int) g_file_error_from_errno (errno),
               _("“%s” cannot be shared: %s."), given, g_strerror (errno));

  return NULL;
}

static FareExit
check (const FareCommand *self,
       const Request     *request,
       const GStrv        rest,
       gboolean           asks_names)
{
  if (rest[0] != NULL && rest[1] != NULL)
    return fare_command_misused (self, _("Only one folder can be shared."));
  if (request->is_off && (rest[0] != NULL || request->name != NULL || asks_names))
    return fare_command_misused (self, _("--off takes nothing but --forget beside it."));
  if (request->forgets && !request->is_off)
    return fare_command_misused (self, _("--forget is for --off: what the folder holds would come "
                                         "back."));
  if (asks_names && rest[0] == NULL)
    return fare_command_misused (self, _("--names needs the folder."));
  if (request->name != NULL
      && (*request->name == '\0' || strlen (request->name) > 64
          || !g_utf8_validate (request->name, -1, NULL) || strpbrk (request->name, "\n\r\t") != NULL))
    return fare_command_misused (self, _("“%s” is no name for a machine."), request->name);

  return FARE_EXIT_DONE;
}

static FareExit
run (const FareCommand  *self,
     const char * const *args)
{
  g_autofree char *name = NULL, *folder = NULL;
  g_auto(GStrv) rest = NULL;
  g_autoptr(GError) error = NULL;
  Request request = { 0 };
  const GOptionEntry own[] = {
    { "names", 0, 0, G_OPTION_ARG_NONE, &request.with_names,
      N_("Tell the names of projects and branches too"), NULL },
    { "name", 0, 0, G_OPTION_ARG_FILENAME, &name, N_("What to call this machine"), N_("NAME") },
    { "off", 0, 0, G_OPTION_ARG_NONE, &request.is_off,
      N_("Remove this machine’s files from the folder, and stop sharing"), NULL },
    { "forget", 0, 0, G_OPTION_ARG_NONE, &request.forgets,
      N_("With --off: forget what came from other machines"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &request.json, N_("Print JSON"), NULL },
    G_OPTION_ENTRY_NULL
  };
  FareExit status;

  if (!fare_command_parse (self, own, args, &rest, &status))
    return status;
  request.name = name;
  status = check (self, &request, rest, request.with_names);
  if (status != FARE_EXIT_DONE)
    return status;
  if (rest[0] != NULL && (folder = find_folder (rest[0], &error)) == NULL)
    return fare_command_failed (error);
  request.folder = folder;
  if ((folder != NULL || name != NULL || request.is_off) && !make_changes (&request, &error))
    return fare_command_failed (error);

  return fare_view_ask (show_status, &request);
}

const FareCommand fare_command_share = {
  .name = "share",
  .summary = N_("Have one figure for several machines, by way of a folder"),
  .usage = N_("[DIR]"),
  .details = N_("What this machine has counted is written into a folder that you keep in step between "
                "your machines, with Syncthing, Nextcloud or a network drive, and what the others have "
                "written there is read. All figures are then those of all machines; a response "
                "whose log several of them have is counted once. --machine narrows any answer, and "
                "“tokenfare report --by machine” splits it.\n"
                "The files have counts, times, models, session ids and names of log files; never "
                "prompts or titles, and names of projects and branches only with --names.\n"
                "Without DIR: what is shared. What came from others stays after --off, unless "
                "--forget is given."),
  .run = run,
};
