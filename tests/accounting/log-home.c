/* log-home.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "log-home.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/fare-instant.h"

LogHome *
log_home_new (void)
{
  g_autoptr(GError) error = NULL;
  LogHome *self = g_new0 (LogHome, 1);

  self->folder = g_dir_make_tmp ("tokenfare-logs-XXXXXX", &error);
  g_assert_no_error (error);

  return self;
}

void
log_home_remove_tree (const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
        log_home_remove_tree (path);
      else
        g_unlink (path);
    }
  g_rmdir (folder);
}

static void
close_snapshot (LogHome *self)
{
  g_clear_pointer (&self->reader, fare_index_reader_free);
  g_clear_pointer (&self->prices, fare_price_book_unref);
  g_clear_object (&self->meter);
}

void
log_home_free (LogHome *self)
{
  close_snapshot (self);
  log_home_remove_tree (self->folder);
  g_free (self->folder);
  g_free (self);
}

gint64
log_home_add_line (LogHome    *self,
                   const char *file,
                   const char *line)
{
  g_autofree char *path = g_build_filename (self->folder, ".claude", "projects", "p", file, NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *old = NULL;
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;
  gsize length = 0;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_file_get_contents (path, &old, &length, &error);
      g_assert_no_error (error);
    }

  text = g_strconcat (old != NULL ? old : "", line, "\n", NULL);
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);

  return (gint64) length;
}

gint64
log_home_add_turn (LogHome       *self,
                   const LogTurn *turn)
{
  const FareUsage *usage = &turn->usage;
  guint n = ++self->n_lines;
  g_autofree char *line = g_strdup_printf (
    "{\"type\":\"assistant\",\"uuid\":\"u%u\",\"sessionId\":\"%s\",\"timestamp\":\"%s\","
    "\"requestId\":\"req_%u\",\"cwd\":\"/home/me/p\",\"isSidechain\":%s,\"message\":{\"id\":"
    "\"msg_%u\",\"role\":\"assistant\",\"model\":\"%s\",\"content\":[],\"usage\":{"
    "\"input_tokens\":%" G_GINT64_FORMAT ",\"output_tokens\":%" G_GINT64_FORMAT
    ",\"cache_read_input_tokens\":%" G_GINT64_FORMAT
    ",\"cache_creation_input_tokens\":%" G_GINT64_FORMAT ",\"cache_creation\":{"
    "\"ephemeral_5m_input_tokens\":%" G_GINT64_FORMAT
    ",\"ephemeral_1h_input_tokens\":%" G_GINT64_FORMAT "}}}}",
    n, turn->session, turn->time, n, turn->is_helper ? "true" : "false", n,
    turn->model != NULL ? turn->model : "claude-opus-4-8", usage->input, usage->output,
    usage->cache_read, usage->cache_write_5m + usage->cache_write_1h, usage->cache_write_5m,
    usage->cache_write_1h);

  return log_home_add_line (self, turn->file, line);
}

void
log_home_scan (LogHome *self)
{
  g_autofree char *home = g_strconcat ("HOME=", self->folder, NULL);
  g_autofree char *data = g_strconcat ("TOKENFARE_DATA_DIR=", self->folder, "/data", NULL);
  g_autofree char *tables = g_strconcat ("TOKENFARE_PKGDATA_DIR=",
                                         g_getenv ("TOKENFARE_PKGDATA_DIR"), NULL);
  const char *environment[] = { home, data, tables, NULL };
  g_autoptr(FarePaths) paths = fare_paths_new_for_env (environment);
  g_autoptr(GError) error = NULL;

  close_snapshot (self);
  self->meter = fare_meter_new (paths);
  fare_meter_open (self->meter, &error);
  g_assert_no_error (error);
  fare_meter_sync (self->meter, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  self->prices = fare_meter_ref_prices (self->meter);
  self->reader = fare_meter_read (self->meter, &error);
  g_assert_no_error (error);
}

typedef struct
{
  const char            *id;
  const FareSessionInfo *found;
} Search;

static gboolean
compare_session (const FareSessionInfo *session,
                 gpointer               user_data)
{
  Search *self = user_data;

  if (g_str_equal (session->uid, self->id))
    self->found = session;

  return TRUE;
}

const FareSessionInfo *
log_home_find_session (LogHome    *self,
                       const char *id)
{
  Search search = { .id = id };
  g_autoptr(GError) error = NULL;

  fare_index_reader_foreach_session (self->reader, compare_session, &search, &error);
  g_assert_no_error (error);
  g_assert_nonnull (search.found);

  return search.found;
}

gint64
log_home_get_time (const char *text)
{
  gint64 time_ms;

  g_assert_true (fare_instant_parse (text, strlen (text), &time_ms));

  return time_ms;
}
