/* test-review.c
 *
 * Defects found by reading the scanner against the two format documents: each case is
 * the smallest log that showed one.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#ifdef HAVE_ZSTD
#include <zstd.h>
#endif

#include "fare-meter.h"
#include "index/fare-index-writer.h"
#include "log-home.h"

#define CLAUDE ".claude/projects/p/"
#define CODEX ".codex/sessions/2026/04/01/rollout-2026-04-01T09-00-00-"

static void
append (LogHome    *home,
        const char *path,
        char       *line)
{
  log_home_append (home, path, line);
  g_free (line);
}

static void
run_sql (LogHome    *home,
         const char *sql)
{
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (fare_paths_get_index_file (home->paths), &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

/* What is in the index now must be what a fresh index would hold. */
static void
assert_like_anew (LogHome *home)
{
  g_autofree char *step_by_step = log_home_dump (home);
  g_autofree char *at_once = NULL;

  log_home_forget (home);
  log_home_scan (home);
  at_once = log_home_dump (home);
  g_assert_cmpstr (step_by_step, ==, at_once);
}

static void
assert_has (LogHome    *home,
            const char *text)
{
  g_autofree char *dump = log_home_dump (home);

  if (strstr (dump, text) == NULL)
    g_test_message ("“%s” is not in:\n%s", text, dump);
  g_assert_nonnull (strstr (dump, text));
}

/* claude-code.md 7: "another inode or hash: forget the offset and reparse". */
static void
test_replaced_in_the_middle (void)
{
  g_autoptr(LogHome) home = log_home_new ();
  g_autofree char *from = log_home_path (home, CLAUDE "new");
  g_autofree char *to = log_home_path (home, CLAUDE "s.jsonl");

  for (int i = 0; i < 60; i++)
    {
      g_autofree char *id = g_strdup_printf ("m%02d", i);

      append (home, CLAUDE "s.jsonl", claude_line ("s", id, "r", "10:00:00.000", 5, 100, ""));
      append (home, CLAUDE "new",
              claude_line ("s", id, "r", "10:00:00.000", 5, i == 30 ? 999 : 100, ""));
    }
  log_home_scan (home);
  g_assert_cmpint (g_rename (from, to), ==, 0);
  log_home_scan (home);
  assert_has (home, "o999");
}

/* A damaged archive keeps what was known, and one that ends early is damaged. */
static void
test_cut_archive (void)
{
#ifdef HAVE_ZSTD
  g_autoptr(LogHome) home = log_home_new ();
  g_autofree char *plain = log_home_path (home, CODEX "x.jsonl");
  g_autofree char *packed = log_home_path (home, CODEX "x.jsonl.zst");
  g_autofree char *text = NULL;
  g_autofree char *buffer = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize length, size;

  append (home, CODEX "x.jsonl", codex_meta ("x", ""));
  for (int i = 1; i <= 20000; i++)
    append (home, CODEX "x.jsonl", codex_count ("09:00:01.000", i * 7, i, 7, 1));
  log_home_scan (home);
  before = log_home_dump (home);
  g_assert_true (g_file_get_contents (plain, &text, &length, NULL));
  buffer = g_malloc (ZSTD_compressBound (length));
  size = ZSTD_compress (buffer, ZSTD_compressBound (length), text, length, 3);
  g_assert_true (g_file_set_contents (packed, buffer, (gssize) size / 2, NULL));
  g_remove (plain);
  log_home_scan (home);
  after = log_home_dump (home);
  g_assert_true (g_str_equal (before, after));
#else
  g_test_skip ("built without libzstd");
#endif
}

/* Sums of absurd costs must not make the index refuse everything. */
static void
test_absurd_costs (void)
{
  g_autoptr(LogHome) home = log_home_new ();

  for (int i = 0; i < 24; i++)
    {
      g_autofree char *id = g_strdup_printf ("m%d", i);

      append (home, CLAUDE "s.jsonl",
              claude_line ("s", id, "r", "10:00:00.000", 5, 1, "\"costUSD\":999999,"));
      log_home_scan (home);
    }
}

/* claude-code.md 5, values: "tie: latest". */
static void
test_latest_wins_a_tie (void)
{
  static const char line[] = "{\"type\":\"assistant\",\"sessionId\":\"s\",\"requestId\":\"r\","
                             "\"message\":{\"id\":\"m\",\"model\":\"claude-x\",\"usage\":{"
                             "\"input_tokens\":%d,\"cache_read_input_tokens\":%d,"
                             "\"output_tokens\":5}},\"timestamp\":\"2026-03-02T10:00:%d.000Z\"}\n";
  g_autoptr(LogHome) home = log_home_new ();

  append (home, CLAUDE "s.jsonl", g_strdup_printf (line, 1, 8, 10));
  append (home, CLAUDE "s.jsonl", g_strdup_printf (line, 2, 7, 30));
  append (home, CLAUDE "s.jsonl", g_strdup_printf (line, 3, 6, 20));
  log_home_scan (home);
  assert_has (home, "i2 r7");
}

/* Of copies in files that are no forks, the earliest survives. */
static void
test_codex_earliest_survives (void)
{
  g_autoptr(LogHome) home = log_home_new ();

  append (home, CODEX "x.jsonl", codex_meta ("x", ""));
  append (home, CODEX "x.jsonl", codex_turn ("t", "gpt-5"));
  append (home, CODEX "x.jsonl", codex_count ("09:00:01.000", 5, 5, 5, 5));
  append (home, CODEX "x.jsonl", codex_count ("09:00:02.000", 10, 10, 8, 8));
  append (home, CODEX "x.jsonl", codex_count ("09:00:03.000", 4, 4, 1, 1));
  append (home, CODEX "x.jsonl", codex_count ("09:00:04.000", 10, 10, 8, 8));
  log_home_scan (home);
  assert_has (home, "1775034002000 openai/gpt-5 i5 r0 w0+0 o5");
}

/* A session whose chain of parents ends in a circle belongs to that circle, whoever came first. */
static void
test_tail_of_a_circle (void)
{
  g_autoptr(LogHome) home = log_home_new ();

  append (home, CODEX "c.jsonl", codex_meta ("c", "\"forked_from_id\":\"a\","));
  append (home, CODEX "c.jsonl", codex_count ("09:00:09.000", 10, 1, 10, 1));
  log_home_scan (home);
  append (home, CODEX "a.jsonl", codex_meta ("a", "\"forked_from_id\":\"b\","));
  append (home, CODEX "a.jsonl", codex_count ("09:00:01.000", 10, 1, 10, 1));
  append (home, CODEX "b.jsonl", codex_meta ("b", "\"forked_from_id\":\"a\","));
  log_home_scan (home);
  assert_has (home, "codex a b");
  {
    g_autofree char *dump = log_home_dump (home);

    g_assert_null (strstr (dump, "codex c"));
  }
}

/* A rollout without session_meta is named by its file; its family may be told by another file. */
static void
test_family_of_a_nameless (void)
{
  g_autoptr(LogHome) home = log_home_new ();

  append (home, CODEX "xxxxxxxx.jsonl", codex_count ("09:00:01.000", 10, 1, 10, 1));
  append (home, CODEX "y.jsonl", codex_meta ("y", ""));
  append (home, CODEX "y.jsonl", codex_count ("09:00:02.000", 10, 1, 10, 1));
  log_home_scan (home);
  append (home, CODEX "z.jsonl", codex_meta ("z", "\"forked_from_id\":\"xxxxxxxx\","));
  append (home, CODEX "z.jsonl", codex_meta ("xxxxxxxx", "\"forked_from_id\":\"y\","));
  log_home_scan (home);
  assert_like_anew (home);
}

/* A turn context names the project where no session_meta does. */
static void
test_nameless_project (void)
{
  g_autoptr(LogHome) home = log_home_new ();

  log_home_append (home, CODEX "x.jsonl",
                   "{\"timestamp\":\"2026-04-01T09:00:00Z\",\"type\":\"turn_context\","
                   "\"payload\":{\"model\":\"gpt-5\",\"cwd\":\"/home/me/ferry\"}}\n");
  append (home, CODEX "x.jsonl", codex_count ("09:00:01.000", 10, 1, 10, 1));
  log_home_scan (home);
  assert_has (home, "| /home/me/ferry | ferry |");
}

/* A log that is written anew is judged anew, also when no row of the old one was counted. */
static void
test_no_longer_a_fork (void)
{
  g_autoptr(LogHome) home = log_home_new ();

  log_home_write (home, CLAUDE "a.jsonl", "{\"forkedFrom\":{\"sessionId\":\"q\"},\"type\":\"user\","
                                          "\"sessionId\":\"a\",\"message\":{\"content\":\"Hi\"}}\n");
  append (home, CLAUDE "b.jsonl", claude_line ("b", "m", "r", "10:00:00.000", 5, 7, ""));
  append (home, CLAUDE "b.jsonl", claude_line ("b", "n", "q", "11:00:00.000", 5, 7, ""));
  log_home_scan (home);
  log_home_write (home, CLAUDE "a.jsonl", "");
  append (home, CLAUDE "a.jsonl", claude_line ("a", "m", "r", "10:00:00.000", 5, 7, ""));
  log_home_scan (home);
  assert_like_anew (home);
}

/* With many copies of a call, growth of any file that holds one may move it. */
static void
test_owner_among_many (void)
{
  g_autoptr(LogHome) home = log_home_new ();

  for (int i = 0; i < 20; i++)
    {
      g_autofree char *session = g_strdup_printf ("s%02d", i);
      g_autofree char *path = g_strdup_printf (CLAUDE "%s.jsonl", session);
      g_autofree char *id = g_strdup_printf ("own%d", i);
      g_autofree char *time = g_strdup_printf ("1%d:00:%02d.000", i == 0 ? 0 : i == 19 ? 1 : 9, i);

      append (home, path, claude_line (session, "m", "r", "10:00:00.000", 5, 7, ""));
      append (home, path, claude_line (session, id, "r", time, 1, 1, ""));
    }
  log_home_scan (home);
  append (home, CLAUDE "s00.jsonl", claude_line ("s00", "more", "r", "12:00:00.000", 1, 1, ""));
  log_home_scan (home);
  assert_like_anew (home);
}

/* claude-code.md 6: "for helper files the directory above subagents", which may nest. */
static void
test_nested_subagents (void)
{
  g_autoptr(LogHome) home = log_home_new ();

  log_home_append (home, CLAUDE "s/subagents/w/subagents/agent-a.jsonl",
                   "{\"type\":\"assistant\",\"requestId\":\"r\",\"message\":{\"id\":\"m\","
                   "\"model\":\"claude-x\",\"usage\":{\"output_tokens\":5}},"
                   "\"timestamp\":\"2026-03-02T10:00:00Z\"}\n");
  log_home_scan (home);
  assert_has (home, "claude s ");
}

/* claude-code.md 3: "sessionId and cwd from the outer row". */
static void
test_wrapped_project (void)
{
  g_autoptr(LogHome) home = log_home_new ();

  log_home_append (home, CLAUDE "s.jsonl",
                   "{\"type\":\"progress\",\"sessionId\":\"s\",\"cwd\":\"/w/orchard\",\"data\":{"
                   "\"type\":\"agent_progress\",\"message\":{\"type\":\"assistant\","
                   "\"requestId\":\"r\",\"timestamp\":\"2026-03-02T10:00:00Z\",\"message\":{"
                   "\"id\":\"m\",\"model\":\"claude-x\",\"usage\":{\"output_tokens\":5}}}}}\n");
  log_home_scan (home);
  assert_has (home, "| /w/orchard | orchard |");
}

/* Titles of the state database are plain text, backslashes and all. */
static void
test_title_with_backslash (void)
{
  g_autoptr(LogHome) home = log_home_new ();
  g_autofree char *path = log_home_path (home, ".codex/state_5.sqlite");
  sqlite3 *db = NULL;

  append (home, CODEX "x.jsonl", codex_meta ("x", ""));
  append (home, CODEX "x.jsonl", codex_count ("09:00:01.000", 10, 1, 10, 1));
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "CREATE TABLE threads (id TEXT, title TEXT);"
                                     "INSERT INTO threads VALUES ('x', 'café C:\\new')",
                                 NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
  log_home_scan (home);
  assert_has (home, "| café C:\\new |");
}

/* When the index can no longer be written, its contents go on in memory. */
static void
test_copy_into_memory (void)
{
  g_autoptr(LogHome) home = log_home_new ();
  g_autoptr(FareIndex) copy = NULL;
  g_autoptr(GError) error = NULL;

  append (home, CLAUDE "s.jsonl", claude_line ("s", "m", "r", "10:00:00.000", 5, 7, ""));
  log_home_scan (home);
  copy = fare_index_open_memory (fare_paths_get_index_file (home->paths), &error);
  g_assert_no_error (error);
  g_set_object (&home->index, copy);
  assert_has (home, "claude s ");
}

/* New thresholds rebuild the sums; when that fails halfway nothing may have changed. */
static void
test_rebuild_fails (void)
{
  static const gint64 thresholds[] = { 1, 2, 200000, 272000 };
  g_autoptr(LogHome) home = log_home_new ();
  g_autoptr(GError) error = NULL;
  FareIndexWriter *writer;

  append (home, CLAUDE "s.jsonl", claude_line ("s", "m", "r", "10:00:00.000", 5, 7, ""));
  append (home, CLAUDE "s.jsonl", claude_line ("s", "n", "q", "11:00:00.000", 5, 7, ""));
  log_home_scan (home);
  run_sql (home, "CREATE TRIGGER t BEFORE INSERT ON rollup WHEN (SELECT count(*) FROM rollup) = 0"
                 " BEGIN SELECT RAISE (ABORT, 'no'); END");
  writer = fare_index_writer_new (home->index, thresholds, G_N_ELEMENTS (thresholds), &error);
  g_assert_null (writer);
  run_sql (home, "DROP TRIGGER t");
  log_home_check (home);
}

/* A batch that fails while other files are being read; of use with a sanitizer. */
static void
test_failed_batch (void)
{
  g_autoptr(LogHome) home = log_home_new ();
  FareScanOptions options = { .paths = home->paths, .index = home->index, .now_ms = 1 };
  FareScanResult result = { 0 };
  g_autoptr(GError) error = NULL;

  for (int round = 0; round < 2; round++)
    {
      for (int i = 0; i < 200; i++)
        {
          g_autofree char *path = g_strdup_printf (CLAUDE "s%d.jsonl", i);

          log_home_write (home, path, "");
          for (int n = 0; n < 20; n++)
            append (home, path, claude_line (path + strlen (CLAUDE), path, "r", "10:00:00.000",
                                             round, n + 1, ""));
        }
      if (round == 0)
        log_home_scan (home);
    }
  run_sql (home, "CREATE TRIGGER t BEFORE INSERT ON fact BEGIN SELECT RAISE (ABORT, 'no'); END");
  g_assert_false (fare_scan (&options, &result, &error));
  g_assert_nonnull (error);
  fare_scan_result_clear (&result);
  run_sql (home, "DROP TRIGGER t");
  log_home_check (home);
}

static void
look_cb (FareMeter *meter,
         guint     *count)
{
  g_autoptr(FareIndexReader) reader = fare_meter_read (meter, NULL);

  if (reader != NULL)
    fare_index_reader_get_last_scan (reader);
  (*count)++;
}

static void
wait_ms (guint ms)
{
  gint64 end = g_get_monotonic_time () + ms * G_GINT64_CONSTANT (1000);

  while (g_get_monotonic_time () < end)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (10000);
    }
}

/* A program that waits for the one that scans must not take its own looking for news. */
static void
test_second_meter_is_quiet (void)
{
  g_autoptr(LogHome) home = log_home_new ();
  g_autoptr(FareMeter) first = fare_meter_new (home->paths);
  g_autoptr(FareMeter) second = fare_meter_new (home->paths);
  g_autoptr(GError) error = NULL;
  guint changed = 0;

  append (home, CLAUDE "s.jsonl", claude_line ("s", "m", "r", "10:00:00.000", 5, 7, ""));
  g_clear_object (&home->index);
  fare_meter_open (first, &error);
  g_assert_no_error (error);
  fare_meter_open (second, &error);
  g_assert_no_error (error);
  fare_meter_start (first);
  wait_ms (1000);
  g_signal_connect (second, "changed", G_CALLBACK (look_cb), &changed);
  fare_meter_start (second);
  wait_ms (3000);
  g_assert_cmpuint (changed, <=, 3);
  fare_meter_stop (second);
  fare_meter_stop (first);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scanner/review/replaced-in-the-middle", test_replaced_in_the_middle);
  g_test_add_func ("/scanner/review/cut-archive", test_cut_archive);
  g_test_add_func ("/scanner/review/absurd-costs", test_absurd_costs);
  g_test_add_func ("/scanner/review/latest-wins-a-tie", test_latest_wins_a_tie);
  g_test_add_func ("/scanner/review/codex-earliest-survives", test_codex_earliest_survives);
  g_test_add_func ("/scanner/review/tail-of-a-circle", test_tail_of_a_circle);
  g_test_add_func ("/scanner/review/family-of-a-nameless", test_family_of_a_nameless);
  g_test_add_func ("/scanner/review/nameless-project", test_nameless_project);
  g_test_add_func ("/scanner/review/no-longer-a-fork", test_no_longer_a_fork);
  g_test_add_func ("/scanner/review/owner-among-many", test_owner_among_many);
  g_test_add_func ("/scanner/review/nested-subagents", test_nested_subagents);
  g_test_add_func ("/scanner/review/wrapped-project", test_wrapped_project);
  g_test_add_func ("/scanner/review/title-with-backslash", test_title_with_backslash);
  g_test_add_func ("/scanner/review/copy-into-memory", test_copy_into_memory);
  g_test_add_func ("/scanner/review/rebuild-fails", test_rebuild_fails);
  g_test_add_func ("/scanner/review/failed-batch", test_failed_batch);
  g_test_add_func ("/scanner/review/second-meter-is-quiet", test_second_meter_is_quiet);

  return g_test_run ();
}
