/* fare-db-repair.c
 *
 * tokenfare db repair and resync: mends the index, or builds it anew.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "base/fare-text.h"
#include "fare-db-actions.h"
#include "fare-db-problems.h"
#include "fare-index-status.h"
#include "fare-print.h"
#include "fare-progress-line.h"
#include "fare-view.h"
#include "index/fare-index-maintenance.h"

/* What a repair does, as machine output names it. */
static const char * const repair_actions[] = { "reindex", "rebuild-sums", "rebuild-sessions" };

/* An index that is being built beside the present one. */
typedef struct
{
  FarePaths *paths;
  char      *file;
  gboolean   has_history; /* begun with what the present one knows, which may be nothing */
} Fresh;

static void
print_repair_json (const FareDbRequest *request,
                   const char          *path,
                   GStrv                found,
                   gboolean             is_ok)
{
  g_autoptr(FareJsonWriter) json = fare_json_writer_new (FALSE);

  fare_json_writer_begin_object (json, NULL);
  fare_json_writer_add_boolean (json, "ok", is_ok);
  fare_json_writer_add_string (json, "path", path);
  fare_json_writer_add_boolean (json, "dry_run", request->dry_run);
  fare_json_writer_add_strings (json, "quick_check", (const char * const *) found, g_strv_length (found));
  fare_json_writer_add_int (json, "usage_entries", fare_index_count_events (path));
  fare_json_writer_add_strings (json, "actions", repair_actions, G_N_ELEMENTS (repair_actions));
  fare_json_writer_add_string (json, "recommendation", is_ok ? NULL : "resync");
  fare_json_writer_end_object (json);
}

static void
print_repair_text (const FareDbRequest *request,
                   GStrv                found,
                   gboolean             is_ok)
{
  fare_db_print_problems ((const char * const *) found);
  if (found[0] == NULL)
    fare_print ("%s\n", _("Nothing is wrong with the index."));
  if (!request->dry_run && is_ok)
    fare_print ("%s\n", _("All sums have been computed anew."));
  if (request->dry_run)
    fare_print ("%s\n", _("A repair computes all sums anew from the rows."));
  if (!is_ok && !request->dry_run)
    fare_print ("%s\n", _("The file itself is damaged; “tokenfare db resync” builds it anew."));
}

FareExit
fare_db_repair (const FareDbRequest *request)
{
  g_autoptr(FarePaths) paths = fare_paths_new ();
  const char *path = fare_paths_get_index_file (paths);
  g_autoptr(FareIndex) index = NULL;
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) found = NULL;
  g_auto(GStrv) left = NULL;
  gboolean is_ok;

  index = fare_index_open (path, &error);
  if (index == NULL || (!request->dry_run && !fare_index_try_lock (index, FALSE, &error)))
    return fare_command_failed (error);

  found = fare_db_find_problems (index);
  if (!request->dry_run && !fare_index_repair (index, &error))
    fare_command_failed (error);
  left = fare_db_find_problems (index);
  is_ok = left[0] == NULL;

  if (request->json)
    print_repair_json (request, path, found, is_ok);
  else
    print_repair_text (request, found, is_ok);

  return is_ok ? FARE_EXIT_DONE : FARE_EXIT_FAILED;
}

static void
remove_file (const char *file)
{
  static const char * const tails[] = { "", "-wal", "-shm", "-journal" };

  for (guint i = 0; i < G_N_ELEMENTS (tails); i++)
    {
      g_autofree char *name = g_strconcat (file, tails[i], NULL);

      g_unlink (name);
    }
}

/* Nothing is left behind, however it ends: where it took the index's place, the name is free. */
static void
fresh_clear (Fresh *self)
{
  if (self->file != NULL)
    remove_file (self->file);
  g_clear_pointer (&self->file, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fresh, fresh_clear)

/* Begins with the present index, so that what is known of deleted logs stays; with nothing where
 * that cannot be read, or where its copy would carry on the damage. */
static FareIndex *
open_fresh (Fresh      *self,
            const char *present,
            GError    **error)
{
  FareIndex *index = NULL;

  self->has_history = fare_index_count_events (present) == 0;
  if (!self->has_history && fare_index_copy (present, self->file, NULL))
    index = fare_index_open (self->file, NULL);

  if (index != NULL)
    {
      g_auto(GStrv) problems = NULL;

      if (fare_index_repair (index, NULL) && fare_index_forget_notes (index, NULL))
        problems = fare_db_find_problems (index);
      self->has_history = problems != NULL && problems[0] == NULL;
      if (self->has_history)
        return index;

      g_clear_object (&index);
    }

  remove_file (self->file);
  return fare_index_open (self->file, error);
}

static gboolean
read_logs (Fresh      *self,
           FareIndex  *index,
           GError    **error)
{
  g_autoptr(FareMeter) meter = fare_meter_new_in_memory (self->paths);
  g_autoptr(FarePriceBook) prices = NULL;
  FareScanResult result = { 0 };
  FareProgressLine line;
  FareScanOptions options = {
    .paths = self->paths,
    .index = index,
    .now_ms = g_get_real_time () / 1000,
    .progress = fare_progress_line_show,
    .user_data = &line,
  };
  gboolean is_ok;

  if (!fare_meter_open (meter, error))
    return FALSE;

  prices = fare_meter_ref_prices (meter);
  options.thresholds = fare_price_book_get_thresholds (prices, &options.n_thresholds);
  fare_progress_line_begin (&line);
  is_ok = fare_scan (&options, &result, error);
  fare_progress_line_end (&line);
  fare_scan_result_clear (&result);
  return is_ok;
}

/* The connections are closed on return, and with them the file is complete. */
static gboolean
build (Fresh      *self,
       const char *present,
       GError    **error)
{
  g_autoptr(FareIndex) index = open_fresh (self, present, error);

  return index != NULL && read_logs (self, index, error);
}

static gboolean
exchange (Fresh       *self,
          const char  *present,
          char       **backup,
          GError     **error)
{
  gboolean is_present = g_file_test (present, G_FILE_TEST_EXISTS);

  if (is_present && fare_index_count_events (present) != 0 &&
      fare_index_count_events (self->file) == 0)
    {
      g_set_error (error, FARE_INDEX_ERROR, FARE_INDEX_ERROR_FAILED,
                   _("No log is left to build the index “%s” from; it stays as it is."), present);
      return FALSE;
    }

  if (fare_index_replace (present, self->file, backup, error))
    return TRUE;

  /* Half done is worse than not done. */
  if (*backup != NULL && !g_file_test (present, G_FILE_TEST_EXISTS))
    g_rename (*backup, present);
  return FALSE;
}

static void
write_new_status (FareJsonWriter *json,
                  FarePaths      *paths)
{
  g_autoptr(FareMeter) meter = fare_meter_new (paths);
  g_autoptr(FareIndexReader) reader = NULL;
  g_autoptr(FareIndexStatus) status = NULL;

  if (fare_meter_open (meter, NULL))
    reader = fare_meter_read (meter, NULL);
  if (reader != NULL)
    status = fare_index_status_new (reader, fare_paths_get_index_file (paths), NULL);
  if (status != NULL)
    fare_index_status_write (status, json);
}

static void
print_resync_json (const Fresh  *fresh,
                   const char   *backup,
                   const GError *error)
{
  g_autoptr(FareJsonWriter) json = fare_json_writer_new (FALSE);

  fare_json_writer_begin_object (json, NULL);
  fare_json_writer_add_boolean (json, "ok", error == NULL);
  if (error != NULL)
    {
      fare_json_writer_add_string (json, "error", error->message);
      fare_json_writer_end_object (json);
      return;
    }

  fare_json_writer_add_string (json, "resync_mode", fresh->has_history ? "history" : "logs");
  fare_json_writer_add_strings (json, "backups", &backup, backup != NULL ? 1 : 0);
  write_new_status (json, fresh->paths);
  fare_json_writer_end_object (json);
}

static void
print_resync_text (const Fresh *fresh,
                   const char  *backup)
{
  g_autofree char *path = backup != NULL ? fare_text_path (backup) : NULL;

  fare_print ("%s\n", _("The index has been built anew from the logs."));
  if (path == NULL)
    return;

  if (!fresh->has_history)
    fare_print ("%s\n", _("What the old one knew of deleted logs could not be taken over."));
  fare_print (_("The old one is kept as %s.\n"), path);
}

FareExit
fare_db_resync (const FareDbRequest *request)
{
  g_autoptr(FarePaths) paths = fare_paths_new ();
  const char *path = fare_paths_get_index_file (paths);
  g_autoptr(FareIndex) present = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *backup = NULL;
  g_auto(Fresh) fresh = { paths, NULL, FALSE };
  gboolean is_ok;

  /* A damaged file cannot be opened, and then nobody else scans into it either. */
  present = fare_index_open (path, &error);
  if (g_error_matches (error, FARE_INDEX_ERROR, FARE_INDEX_ERROR_CORRUPT))
    g_clear_error (&error);
  if (error != NULL || (present != NULL && !fare_index_try_lock (present, FALSE, &error)))
    return fare_command_failed (error);

  fresh.file = g_strdup_printf ("%s.new.%d", path, (int) getpid ());
  is_ok = build (&fresh, path, &error) && exchange (&fresh, path, &backup, &error);

  if (!is_ok)
    fare_command_failed (error);
  if (request->json)
    print_resync_json (&fresh, backup, error);
  else if (is_ok)
    print_resync_text (&fresh, backup);

  return is_ok ? FARE_EXIT_DONE : FARE_EXIT_FAILED;
}
