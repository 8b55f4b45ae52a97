/* fare-db-repair.c
 *
 * tokenfare db repair and resync: mends the index, or builds it anew.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "base/fare-text.h"
#include "fare-db-actions.h"
#include "fare-db-problems.h"
#include "fare-index-status.h"
#include "fare-print.h"
#include "fare-progress-line.h"
#include "fare-rebuild.h"
#include "fare-view.h"
#include "index/fare-index-maintenance.h"

/* What a repair does, as machine output names it. */
static const char * const repair_actions[] = { "reindex", "rebuild-sums", "rebuild-sessions" };

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
  /* So damaged that there is nothing to mend. */
  if (request->json && g_error_matches (error, FARE_INDEX_ERROR, FARE_INDEX_ERROR_CORRUPT))
    {
      char *problems[] = { error->message, NULL };

      print_repair_json (request, path, problems, FALSE);
    }
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
print_resync_json (FarePaths         *paths,
                   const FareRebuilt *rebuilt,
                   const GError      *error)
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

  fare_json_writer_add_string (json, "resync_mode", rebuilt->has_history ? "history" : "logs");
  fare_json_writer_add_strings (json, "backups", (const char * const *) &rebuilt->backup,
                                rebuilt->backup != NULL ? 1 : 0);
  write_new_status (json, paths);
  fare_json_writer_end_object (json);
}

static void
print_resync_text (const FareRebuilt *rebuilt)
{
  g_autofree char *path = rebuilt->backup != NULL ? fare_text_path (rebuilt->backup) : NULL;

  fare_print ("%s\n", _("The index has been built anew from the logs."));
  if (path == NULL)
    return;

  if (!rebuilt->has_history)
    fare_print ("%s\n", _("What the old one knew of deleted logs could not be taken over."));
  fare_print (_("The old one is kept as %s.\n"), path);
}

FareExit
fare_db_resync (const FareDbRequest *request)
{
  g_autoptr(FarePaths) paths = fare_paths_new ();
  g_auto(FareRebuilt) rebuilt = { NULL };
  g_autoptr(GError) error = NULL;
  FareProgressLine line;
  gboolean is_ok;

  fare_progress_line_begin (&line);
  is_ok = fare_rebuild_index (paths, fare_progress_line_show, &line, NULL, &rebuilt, &error);
  fare_progress_line_end (&line);

  if (!is_ok)
    fare_command_failed (error);
  if (request->json)
    print_resync_json (paths, &rebuilt, error);
  else if (is_ok)
    print_resync_text (&rebuilt);

  return is_ok ? FARE_EXIT_DONE : FARE_EXIT_FAILED;
}
