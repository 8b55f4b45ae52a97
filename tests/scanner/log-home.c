/* log-home.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "log-home.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "index/fare-index-maintenance.h"

static void
open_index (LogHome *self)
{
  g_autoptr(GError) error = NULL;

  self->index = fare_index_open (fare_paths_get_index_file (self->paths), &error);
  g_assert_no_error (error);
}

/* A home that is gone makes room for the next of the same name: names of folders with logs are kept
 * by the scanner for the whole life of a process, and a test has hundreds of homes. */
static char *
make_folder (void)
{
  for (guint i = 0; ; i++)
    {
      g_autofree char *name = g_strdup_printf ("tokenfare-home-%d-%u", (int) getpid (), i);
      char *folder = g_build_filename (g_get_tmp_dir (), name, NULL);

      if (g_mkdir (folder, 0700) == 0)
        return folder;

      g_assert_cmpint (errno, ==, EEXIST);
      g_free (folder);
    }
}

LogHome *
log_home_new (void)
{
  LogHome *self = g_new0 (LogHome, 1);
  g_autofree char *home = NULL;
  g_autofree char *pkgdata = NULL;

  self->folder = make_folder ();
  home = g_strconcat ("HOME=", self->folder, NULL);
  pkgdata = g_strconcat ("TOKENFARE_PKGDATA_DIR=", g_getenv ("TOKENFARE_PKGDATA_DIR"), NULL);
  self->paths = fare_paths_new_for_env ((const char * const[]) { home, pkgdata, NULL });
  open_index (self);

  return self;
}

static void
remove_tree (const char *path)
{
  g_autoptr(GDir) dir = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL
                                                                   : g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      remove_tree (child);
    }
  g_remove (path);
}

void
log_home_free (LogHome *self)
{
  g_clear_object (&self->index);
  g_clear_object (&self->paths);
  remove_tree (self->folder);
  g_free (self->folder);
  g_free (self);
}

char *
log_home_path (LogHome    *self,
               const char *path)
{
  return g_build_filename (self->folder, path, NULL);
}

static void
write_mode (LogHome    *self,
            const char *path,
            const char *text,
            const char *mode)
{
  g_autofree char *full = log_home_path (self, path);
  g_autofree char *folder = g_path_get_dirname (full);
  FILE *file;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  file = g_fopen (full, mode);
  g_assert_nonnull (file);
  g_assert_cmpint (fwrite (text, 1, strlen (text), file), ==, strlen (text));
  g_assert_cmpint (fclose (file), ==, 0);
}

void
log_home_write (LogHome    *self,
                const char *path,
                const char *text)
{
  write_mode (self, path, text, "wb");
}

void
log_home_append (LogHome    *self,
                 const char *path,
                 const char *text)
{
  write_mode (self, path, text, "ab");
}

void
log_home_remove (LogHome    *self,
                 const char *path)
{
  g_autofree char *full = log_home_path (self, path);

  g_assert_cmpint (g_remove (full), ==, 0);
}

gboolean
log_home_scan (LogHome *self)
{
  static const gint64 thresholds[] = { 200000, 272000 };
  FareScanOptions options = {
    .paths = self->paths,
    .index = self->index,
    .thresholds = thresholds,
    .n_thresholds = G_N_ELEMENTS (thresholds),
    .now_ms = g_get_real_time () / 1000,
  };
  FareScanResult result = { 0 };
  g_autoptr(GError) error = NULL;
  gboolean changed;

  fare_scan (&options, &result, &error);
  g_assert_no_error (error);
  changed = result.changed;
  fare_scan_result_clear (&result);
  log_home_check (self);

  return changed;
}

void
log_home_forget (LogHome *self)
{
  static const char * const tails[] = { "", "-wal", "-shm", ".lock" };

  g_clear_object (&self->index);
  for (guint i = 0; i < G_N_ELEMENTS (tails); i++)
    {
      g_autofree char *path = g_strconcat (fare_paths_get_index_file (self->paths), tails[i], NULL);
      g_remove (path);
    }
  open_index (self);
}

static gboolean
dump_event (const FareEventRow *event,
            gpointer            user_data)
{
  GPtrArray *lines = user_data;
  const FareUsage *usage = &event->usage;

  g_ptr_array_add (lines, g_strdup_printf (
    "%s %s %s | %s | %s | %" G_GINT64_FORMAT " %s/%s%s%s i%" G_GINT64_FORMAT " r%" G_GINT64_FORMAT
    " w%" G_GINT64_FORMAT "+%" G_GINT64_FORMAT " o%" G_GINT64_FORMAT " t%" G_GINT64_FORMAT "\n",
    event->session->client, event->session->uid,
    event->session->parent != NULL ? event->session->parent : "-", event->session->project,
    event->session->title, event->time_ms, event->model->provider, event->model->name,
    event->is_fast ? " fast" : "", event->is_subagent ? " helper" : "", usage->input,
    usage->cache_read, usage->cache_write_5m, usage->cache_write_1h, usage->output,
    usage->reasoning));

  return TRUE;
}

static int
compare_lines (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(char * const *) a, *(char * const *) b);
}

char *
log_home_dump (LogHome *self)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(FareIndexReader) reader = fare_index_reader_new (self->index, &error);
  g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  g_assert_no_error (error);
  fare_index_reader_foreach_event (reader, 0, G_MAXINT64, NULL, dump_event, lines, &error);
  g_assert_no_error (error);
  g_ptr_array_sort (lines, compare_lines);
  g_ptr_array_add (lines, NULL);

  return g_strjoinv ("", (char **) lines->pdata);
}

static gboolean
take_key (const FareEventRow *event,
          gpointer            user_data)
{
  g_assert_true (g_hash_table_add (user_data, g_strdup (event->key)));

  return TRUE;
}

void
log_home_check (LogHome *self)
{
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) problems = NULL;
  g_autoptr(FareIndexReader) reader = NULL;
  g_autoptr(GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  fare_index_check (self->index, &problems, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (problems[0], ==, NULL);
  reader = fare_index_reader_new (self->index, &error);
  g_assert_no_error (error);
  fare_index_reader_foreach_event (reader, 0, G_MAXINT64, NULL, take_key, keys, &error);
  g_assert_no_error (error);
}

char *
claude_line (const char *session,
             const char *id,
             const char *request,
             const char *time,
             int         input,
             int         output,
             const char *more)
{
  g_autofree char *with_request = request != NULL
                                  ? g_strdup_printf ("\"requestId\":\"%s\",", request)
                                  : g_strdup ("");

  return g_strdup_printf ("{%s\"type\":\"assistant\",\"sessionId\":\"%s\",\"cwd\":\"/home/me/src\",%s"
                          "\"message\":{\"id\":\"%s\",\"role\":\"assistant\","
                          "\"model\":\"claude-opus-4-6\",\"usage\":{\"input_tokens\":%d,"
                          "\"output_tokens\":%d}},\"timestamp\":\"2026-03-02T%sZ\"}\n",
                          more, session, with_request, id, input, output, time);
}

char *
codex_meta (const char *session,
            const char *more)
{
  return g_strdup_printf ("{\"timestamp\":\"2026-04-01T09:00:00.000Z\",\"type\":\"session_meta\","
                          "\"payload\":{\"id\":\"%s\",\"cwd\":\"/home/me/ferry\",%s"
                          "\"model_provider\":\"openai\"}}\n", session, more);
}

char *
codex_turn (const char *turn,
            const char *model)
{
  return g_strdup_printf ("{\"timestamp\":\"2026-04-01T09:00:00.000Z\",\"type\":\"turn_context\","
                          "\"payload\":{\"model\":\"%s\",\"turn_id\":\"%s\"}}\n", model, turn);
}

char *
codex_count (const char *time,
             int         total_input,
             int         total_output,
             int         last_input,
             int         last_output)
{
  return g_strdup_printf ("{\"timestamp\":\"2026-04-01T%sZ\",\"type\":\"event_msg\",\"payload\":{"
                          "\"type\":\"token_count\",\"info\":{\"total_token_usage\":{"
                          "\"input_tokens\":%d,\"output_tokens\":%d},\"last_token_usage\":{"
                          "\"input_tokens\":%d,\"output_tokens\":%d}}}}\n",
                          time, total_input, total_output, last_input, last_output);
}
