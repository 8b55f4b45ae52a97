/* test-meter.c
 *
 * The front door: keeps up with logs while it runs, and has an answer whatever the
 * index file is like.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <string.h>

#include "fare-meter.h"
#include "log-home.h"

#define CLAUDE ".claude/projects/-home-me-src/"

static FareMeter *
open_meter (LogHome *home)
{
  FareMeter *meter = fare_meter_new (home->paths);
  g_autoptr(GError) error = NULL;

  fare_meter_open (meter, &error);
  g_assert_no_error (error);

  return meter;
}

static gboolean
add_output (const FareBucket *bucket,
            gpointer          user_data)
{
  *(gint64 *) user_data += bucket->usage.output;

  return TRUE;
}

static gint64
count_output (FareMeter *meter)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(FareIndexReader) reader = fare_meter_read (meter, &error);
  gint64 output = 0;

  g_assert_no_error (error);
  fare_index_reader_foreach_bucket (reader, 0, G_MAXINT64, add_output, &output, &error);
  g_assert_no_error (error);

  return output;
}

static void
append (LogHome    *home,
        const char *path,
        const char *id,
        int         output)
{
  g_autofree char *line = claude_line ("s", id, "r", "10:00:00.000", 5, output, "");

  log_home_append (home, path, line);
}

static void
sync_meter (FareMeter *meter)
{
  g_autoptr(GError) error = NULL;

  fare_meter_sync (meter, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* Lets the main loop run until the output is as expected; fails when it never is. */
static void
wait_for_output (FareMeter *meter,
                 gint64     expected)
{
  gint64 end = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

  while (count_output (meter) != expected && g_get_monotonic_time () < end)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (10000);
    }
  g_assert_cmpint (count_output (meter), ==, expected);
}

static void
count_cb (FareMeter *meter,
          guint     *count)
{
  (*count)++;
}

static void
test_keeps_up (void)
{
  g_autoptr(LogHome) home = log_home_new ();
  g_autoptr(FareMeter) meter = NULL;
  guint changed = 0;

  append (home, CLAUDE "s.jsonl", "m1", 7);
  meter = open_meter (home);
  g_signal_connect (meter, "changed", G_CALLBACK (count_cb), &changed);
  fare_meter_start (meter);
  wait_for_output (meter, 7);
  /* A line, a new file, and a file in a folder that is new too. */
  append (home, CLAUDE "s.jsonl", "m2", 10);
  wait_for_output (meter, 17);
  append (home, CLAUDE "t.jsonl", "m3", 100);
  wait_for_output (meter, 117);
  append (home, ".claude/projects/-other/u.jsonl", "m4", 1000);
  wait_for_output (meter, 1117);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (changed, >=, 1);
  fare_meter_stop (meter);
}

/* Of two running meters one scans; the other sees what it commits, and takes over. */
static void
test_hands_over (void)
{
  g_autoptr(LogHome) home = log_home_new ();
  g_autoptr(FareMeter) first = open_meter (home);
  g_autoptr(FareMeter) second = open_meter (home);

  append (home, CLAUDE "s.jsonl", "m1", 7);
  fare_meter_start (first);
  wait_for_output (first, 7);
  fare_meter_start (second);
  append (home, CLAUDE "s.jsonl", "m2", 10);
  wait_for_output (second, 17);
  fare_meter_stop (first);
  append (home, CLAUDE "s.jsonl", "m3", 100);
  wait_for_output (second, 117);
  fare_meter_stop (second);
}

/* Folders that cannot be watched are told of, and found by the next scan of everything. */
static void
test_watch_limit (void)
{
  g_autoptr(LogHome) home = log_home_new ();
  g_autoptr(FareMeter) meter = open_meter (home);
  g_autofree char *notice = NULL;
  guint n_watched, n_unwatched;

  append (home, CLAUDE "s.jsonl", "m1", 7);
  append (home, CLAUDE "sub/t.jsonl", "m2", 10);
  fare_meter_set_watch_limit (meter, 1);
  fare_meter_start (meter);
  wait_for_output (meter, 17);
  notice = fare_meter_dup_watch_notice (meter, &n_watched, &n_unwatched);
  g_assert_cmpuint (n_watched, ==, 1);
  g_assert_cmpuint (n_unwatched, >=, 2);
  g_assert_nonnull (strstr (notice, "max_user_watches"));
  append (home, CLAUDE "sub/t.jsonl", "m3", 100);
  fare_meter_refresh (meter);
  wait_for_output (meter, 117);
  fare_meter_stop (meter);
}

static void
test_all_watched (void)
{
  g_autoptr(LogHome) home = log_home_new ();
  g_autoptr(FareMeter) meter = open_meter (home);
  guint n_watched, n_unwatched;

  append (home, CLAUDE "s.jsonl", "m1", 7);
  fare_meter_set_attentive (meter, TRUE);
  fare_meter_start (meter);
  wait_for_output (meter, 7);
  g_assert_null (fare_meter_dup_watch_notice (meter, &n_watched, &n_unwatched));
  g_assert_cmpuint (n_watched, >=, 2);
  g_assert_cmpuint (n_unwatched, ==, 0);
  fare_meter_set_attentive (meter, FALSE);
  fare_meter_stop (meter);
}

/* The index is taken away while a program runs: it goes on with what the logs say. */
static void
test_index_removed (void)
{
  g_autoptr(LogHome) home = log_home_new ();
  g_autoptr(FareMeter) meter = open_meter (home);

  append (home, CLAUDE "s.jsonl", "m1", 7);
  fare_meter_start (meter);
  wait_for_output (meter, 7);
  g_clear_object (&home->index);
  g_assert_cmpint (g_remove (fare_paths_get_index_file (home->paths)), ==, 0);
  append (home, CLAUDE "s.jsonl", "m2", 10);
  g_usleep (1500 * 1000);
  wait_for_output (meter, 17);
  fare_meter_stop (meter);
}

static void
assert_notice (FareMeter       *meter,
               FareNoticeLevel  expected,
               const char      *word)
{
  FareNoticeLevel level;
  g_autofree char *notice = fare_meter_dup_notice (meter, &level);

  g_assert_cmpint (level, ==, expected);
  g_assert_true (word == NULL ? notice == NULL : strstr (notice, word) != NULL);
}

static void
test_damaged (void)
{
  g_autoptr(LogHome) home = log_home_new ();
  const char *path = fare_paths_get_index_file (home->paths);
  g_autoptr(FareMeter) meter = NULL;
  g_autofree char *junk = g_strnfill (8192, 'x');

  append (home, CLAUDE "s.jsonl", "m1", 7);
  g_assert_true (g_file_set_contents (path, junk, 8192, NULL));
  meter = open_meter (home);
  assert_notice (meter, FARE_NOTICE_ERROR, "damaged");
  sync_meter (meter);
  g_assert_cmpint (count_output (meter), ==, 7);
}

/* Damage inside is met only when those pages are read. */
static void
test_damaged_inside (void)
{
  g_autoptr(LogHome) home = log_home_new ();
  const char *path = fare_paths_get_index_file (home->paths);
  g_autoptr(FareMeter) meter = NULL;
  g_autoptr(GError) error = NULL;
  FareIndexReader *reader;
  char junk[4096];
  FILE *file;
  gint64 output = 0;

  for (int i = 0; i < 300; i++)
    {
      g_autofree char *id = g_strdup_printf ("m%d", i);
      append (home, CLAUDE "s.jsonl", id, 1);
    }
  log_home_scan (home);
  g_clear_object (&home->index);
  memset (junk, 0xa5, sizeof junk);
  file = g_fopen (path, "r+b");
  for (int page = 1; page < 40; page++)
    {
      fseek (file, page * 4096, SEEK_SET);
      fwrite (junk, 1, sizeof junk, file);
    }
  fclose (file);

  meter = open_meter (home);
  fare_meter_sync (meter, NULL, NULL, NULL, &error);
  reader = error == NULL ? fare_meter_read (meter, &error) : NULL;
  if (reader != NULL)
    {
      fare_index_reader_foreach_bucket (reader, 0, G_MAXINT64, add_output, &output, &error);
      fare_index_reader_free (reader);
    }
  if (error != NULL)
    g_assert_true (fare_meter_recover (meter, error, NULL));
  g_assert_cmpint (count_output (meter), ==, 300);
  assert_notice (meter, FARE_NOTICE_ERROR, "resync");
}

static void
test_newer (void)
{
  g_autoptr(LogHome) home = log_home_new ();
  const char *path = fare_paths_get_index_file (home->paths);
  g_autoptr(FareMeter) meter = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize length_before, length_after;
  sqlite3 *db;

  append (home, CLAUDE "s.jsonl", "m1", 7);
  log_home_scan (home);
  g_clear_object (&home->index);
  sqlite3_open (path, &db);
  sqlite3_exec (db, "PRAGMA user_version = 99; PRAGMA wal_checkpoint (TRUNCATE)", NULL, NULL, NULL);
  sqlite3_close (db);
  g_assert_true (g_file_get_contents (path, &before, &length_before, NULL));
  meter = open_meter (home);
  assert_notice (meter, FARE_NOTICE_WARNING, "newer");
  sync_meter (meter);
  g_assert_cmpint (count_output (meter), ==, 7);
  g_assert_true (g_file_get_contents (path, &after, &length_after, NULL));
  g_assert_cmpmem (before, length_before, after, length_after);
}

static void
test_foreign_file (void)
{
  g_autoptr(LogHome) home = log_home_new ();
  const char *path = fare_paths_get_index_file (home->paths);
  g_autoptr(FareMeter) meter = NULL;
  sqlite3 *db;

  g_clear_object (&home->index);
  g_remove (path);
  sqlite3_open (path, &db);
  sqlite3_exec (db, "CREATE TABLE mine (a)", NULL, NULL, NULL);
  sqlite3_close (db);
  meter = open_meter (home);
  assert_notice (meter, FARE_NOTICE_ERROR, "not an index");
}

/* A folder that cannot be made, whoever asks: a file is in the way. */
static void
test_no_folder (void)
{
  g_autoptr(LogHome) home = log_home_new ();
  g_autofree char *env_home = g_strconcat ("HOME=", home->folder, NULL);
  g_autofree char *env_data = g_strconcat ("TOKENFARE_DATA_DIR=", home->folder, "/file/dir", NULL);
  g_autofree char *pkgdata = g_strconcat ("TOKENFARE_PKGDATA_DIR=",
                                          g_getenv ("TOKENFARE_PKGDATA_DIR"), NULL);
  const char * const env[] = { env_home, env_data, pkgdata, NULL };
  g_autoptr(FareMeter) meter = NULL;

  append (home, CLAUDE "s.jsonl", "m1", 7);
  log_home_write (home, "file", "");
  g_clear_object (&home->paths);
  home->paths = fare_paths_new_for_env (env);
  meter = open_meter (home);
  assert_notice (meter, FARE_NOTICE_WARNING, "not kept");
  sync_meter (meter);
  g_assert_cmpint (count_output (meter), ==, 7);
}

static void
test_all_is_well (void)
{
  g_autoptr(LogHome) home = log_home_new ();
  g_autoptr(FareMeter) meter = open_meter (home);

  sync_meter (meter);
  assert_notice (meter, FARE_NOTICE_NONE, NULL);
  g_assert_cmpint (count_output (meter), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/meter/all-is-well", test_all_is_well);
  g_test_add_func ("/meter/keeps-up", test_keeps_up);
  g_test_add_func ("/meter/hands-over", test_hands_over);
  g_test_add_func ("/meter/watch-limit", test_watch_limit);
  g_test_add_func ("/meter/all-watched", test_all_watched);
  g_test_add_func ("/meter/index-removed", test_index_removed);
  g_test_add_func ("/meter/damaged", test_damaged);
  g_test_add_func ("/meter/damaged-inside", test_damaged_inside);
  g_test_add_func ("/meter/newer-is-left-alone", test_newer);
  g_test_add_func ("/meter/foreign-file", test_foreign_file);
  g_test_add_func ("/meter/no-folder", test_no_folder);

  return g_test_run ();
}
