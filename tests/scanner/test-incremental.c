/* test-incremental.c
 *
 * What happens to files between scans: they grow, shrink, are replaced, moved, packed,
 * deleted and come back.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <utime.h>
#ifdef HAVE_ZSTD
#include <zstd.h>
#endif

#include "log-home.h"

#define CLAUDE ".claude/projects/-home-me-src/"
#define CODEX ".codex/sessions/2026/04/01/rollout-2026-04-01T09-00-00-"

static void
assert_dump (LogHome    *home,
             const char *expected)
{
  g_autofree char *dump = log_home_dump (home);

  g_assert_cmpstr (dump, ==, expected);
}

static void
append (LogHome    *home,
        const char *path,
        char       *line)
{
  log_home_append (home, path, line);
  g_free (line);
}

#define EVENT(session, ms, i, o)                                                            \
  "claude " session " - | /home/me/src | src | " ms " anthropic/claude-opus-4-6 i" i         \
  " r0 w0+0 o" o " t0\n"

static void
test_snapshot_in_a_later_scan (void)
{
  g_autoptr(LogHome) home = log_home_new ();

  append (home, CLAUDE "s.jsonl", claude_line ("s", "m", "r", "10:00:00.000", 5, 1, ""));
  g_assert_true (log_home_scan (home));
  assert_dump (home, EVENT ("s", "1772445600000", "5", "1"));
  append (home, CLAUDE "s.jsonl", claude_line ("s", "m", "r", "10:00:04.000", 5, 90, ""));
  g_assert_true (log_home_scan (home));
  assert_dump (home, EVENT ("s", "1772445600000", "5", "90"));
}

static void
test_nothing_changed (void)
{
  g_autoptr(LogHome) home = log_home_new ();

  append (home, CLAUDE "s.jsonl", claude_line ("s", "m", "r", "10:00:00.000", 5, 1, ""));
  g_assert_true (log_home_scan (home));
  g_assert_false (log_home_scan (home));
}

static void
test_cut_last_line (void)
{
  g_autoptr(LogHome) home = log_home_new ();
  g_autofree char *line = claude_line ("s", "m", "r", "10:00:00.000", 5, 7, "");
  g_autofree char *half = g_strndup (line, strlen (line) - 20);

  log_home_append (home, CLAUDE "s.jsonl", half);
  log_home_scan (home);
  assert_dump (home, "");
  log_home_append (home, CLAUDE "s.jsonl", line + strlen (half));
  log_home_scan (home);
  assert_dump (home, EVENT ("s", "1772445600000", "5", "7"));
}

static void
test_nul_tail (void)
{
  g_autoptr(LogHome) home = log_home_new ();
  g_autofree char *path = log_home_path (home, CLAUDE "s.jsonl");
  static const char nuls[4096];
  FILE *file;

  append (home, CLAUDE "s.jsonl", claude_line ("s", "m", "r", "10:00:00.000", 5, 7, ""));
  file = g_fopen (path, "ab");
  fwrite (nuls, 1, sizeof nuls, file);
  fclose (file);
  log_home_scan (home);
  assert_dump (home, EVENT ("s", "1772445600000", "5", "7"));
  /* After the crash the client goes on behind the hole. */
  append (home, CLAUDE "s.jsonl", claude_line ("s", "n", "q", "11:00:00.000", 6, 8, ""));
  log_home_scan (home);
  assert_dump (home, EVENT ("s", "1772445600000", "5", "7") EVENT ("s", "1772449200000", "6", "8"));
}

static void
test_shrunk_file (void)
{
  g_autoptr(LogHome) home = log_home_new ();
  g_autofree char *first = claude_line ("s", "m", "r", "10:00:00.000", 5, 7, "");
  g_autofree char *second = claude_line ("s", "n", "q", "11:00:00.000", 6, 8, "");
  g_autofree char *both = g_strconcat (first, second, NULL);

  log_home_write (home, CLAUDE "s.jsonl", both);
  log_home_scan (home);
  log_home_write (home, CLAUDE "s.jsonl", second);
  g_assert_true (log_home_scan (home));
  assert_dump (home, EVENT ("s", "1772449200000", "6", "8"));
}

static void
test_replaced_file (void)
{
  g_autoptr(LogHome) home = log_home_new ();
  g_autofree char *from = log_home_path (home, CLAUDE "new");
  g_autofree char *to = log_home_path (home, CLAUDE "s.jsonl");

  append (home, CLAUDE "s.jsonl", claude_line ("s", "m", "r", "10:00:00.000", 5, 7, ""));
  log_home_scan (home);
  append (home, CLAUDE "new", claude_line ("s", "x", "r", "10:00:00.000", 50, 70, ""));
  append (home, CLAUDE "new", claude_line ("s", "n", "q", "11:00:00.000", 6, 8, ""));
  g_assert_cmpint (g_rename (from, to), ==, 0);
  log_home_scan (home);
  assert_dump (home, EVENT ("s", "1772445600000", "50", "70")
                     EVENT ("s", "1772449200000", "6", "8"));
}

static void
test_rewritten_in_place (void)
{
  g_autoptr(LogHome) home = log_home_new ();
  g_autofree char *path = log_home_path (home, CLAUDE "s.jsonl");

  append (home, CLAUDE "s.jsonl", claude_line ("s", "m", "r", "10:00:00.000", 5, 7, ""));
  log_home_scan (home);
  g_remove (path);
  append (home, CLAUDE "s.jsonl", claude_line ("s", "m", "r", "10:00:00.000", 5, 9, ""));
  g_assert_cmpint (g_utime (path, &(struct utimbuf) { 1000, 1000 }), ==, 0);
  log_home_scan (home);
  assert_dump (home, EVENT ("s", "1772445600000", "5", "9"));
}

static void
test_deleted_file (void)
{
  g_autoptr(LogHome) home = log_home_new ();

  append (home, CLAUDE "s.jsonl", claude_line ("s", "m", "r", "10:00:00.000", 5, 7, ""));
  log_home_scan (home);
  log_home_remove (home, CLAUDE "s.jsonl");
  log_home_scan (home);
  assert_dump (home, EVENT ("s", "1772445600000", "5", "7"));
}

static void
test_deleted_and_another (void)
{
  g_autoptr(LogHome) home = log_home_new ();

  append (home, CLAUDE "s.jsonl", claude_line ("s", "m", "r", "10:00:00.000", 5, 7, ""));
  log_home_scan (home);
  log_home_remove (home, CLAUDE "s.jsonl");
  log_home_scan (home);
  append (home, CLAUDE "s.jsonl", claude_line ("s", "n", "q", "11:00:00.000", 6, 8, ""));
  log_home_scan (home);
  assert_dump (home, EVENT ("s", "1772445600000", "5", "7") EVENT ("s", "1772449200000", "6", "8"));
}

static void
test_deleted_and_restored (void)
{
  g_autoptr(LogHome) home = log_home_new ();
  g_autofree char *line = claude_line ("s", "m", "r", "10:00:00.000", 5, 7, "");

  log_home_write (home, CLAUDE "s.jsonl", line);
  log_home_scan (home);
  log_home_remove (home, CLAUDE "s.jsonl");
  log_home_scan (home);
  log_home_write (home, CLAUDE "s.jsonl", line);
  append (home, CLAUDE "s.jsonl", claude_line ("s", "n", "q", "11:00:00.000", 6, 8, ""));
  log_home_scan (home);
  assert_dump (home, EVENT ("s", "1772445600000", "5", "7") EVENT ("s", "1772449200000", "6", "8"));
}

/* The owner of a shared call is the file whose newest row is older, so growth can change it. */
static void
test_owner_changes (void)
{
  g_autoptr(LogHome) home = log_home_new ();

  append (home, CLAUDE "a.jsonl", claude_line ("a", "m", "r", "10:00:00.000", 5, 7, ""));
  append (home, CLAUDE "b.jsonl", claude_line ("b", "m", "r", "10:00:00.000", 5, 7, ""));
  append (home, CLAUDE "b.jsonl", claude_line ("b", "n", "q", "11:00:00.000", 6, 8, ""));
  log_home_scan (home);
  assert_dump (home, EVENT ("a", "1772445600000", "5", "7") EVENT ("b", "1772449200000", "6", "8"));
  append (home, CLAUDE "a.jsonl", claude_line ("a", "o", "p", "12:00:00.000", 1, 2, ""));
  log_home_scan (home);
  assert_dump (home, EVENT ("a", "1772452800000", "1", "2") EVENT ("b", "1772445600000", "5", "7")
                     EVENT ("b", "1772449200000", "6", "8"));
}

/* When a file that held the fuller snapshot is cut, the other copy takes over. */
static void
test_copy_takes_over (void)
{
  g_autoptr(LogHome) home = log_home_new ();

  append (home, CLAUDE "a.jsonl", claude_line ("a", "m", "r", "10:00:00.000", 5, 70, ""));
  append (home, CLAUDE "b.jsonl", claude_line ("b", "m", "r", "10:00:00.000", 5, 7, ""));
  log_home_scan (home);
  assert_dump (home, EVENT ("a", "1772445600000", "5", "70"));
  log_home_write (home, CLAUDE "a.jsonl", "");
  log_home_scan (home);
  assert_dump (home, EVENT ("b", "1772445600000", "5", "7"));
}

#define CODEX_EVENT(session, parent, ms, model, i, o)                                       \
  "codex " session " " parent " | /home/me/ferry | ferry | " ms " openai/" model " i" i      \
  " r0 w0+0 o" o " t0\n"

static void
test_codex_model_named_late (void)
{
  g_autoptr(LogHome) home = log_home_new ();

  append (home, CODEX "x.jsonl", codex_meta ("x", ""));
  append (home, CODEX "x.jsonl", codex_count ("09:00:01.000", 10, 1, 10, 1));
  log_home_scan (home);
  assert_dump (home, CODEX_EVENT ("x", "-", "1775034001000", "unknown", "10", "1"));
  append (home, CODEX "x.jsonl", codex_turn ("t", "gpt-5"));
  append (home, CODEX "x.jsonl", codex_count ("09:00:02.000", 30, 3, 20, 2));
  log_home_scan (home);
  assert_dump (home, CODEX_EVENT ("x", "-", "1775034001000", "gpt-5", "10", "1")
                     CODEX_EVENT ("x", "-", "1775034002000", "gpt-5", "20", "2"));
}

/* Two forks of a session whose own file comes last: only then are they one family. */
static void
test_codex_parent_comes_late (void)
{
  g_autoptr(LogHome) home = log_home_new ();

  append (home, CODEX "b.jsonl", codex_meta ("b", "\"forked_from_id\":\"a\","));
  append (home, CODEX "b.jsonl", codex_turn ("t", "gpt-5"));
  append (home, CODEX "b.jsonl", codex_count ("09:00:01.000", 10, 1, 10, 1));
  append (home, CODEX "c.jsonl", codex_meta ("c", "\"forked_from_id\":\"z\","));
  append (home, CODEX "c.jsonl", codex_turn ("t", "gpt-5"));
  append (home, CODEX "c.jsonl", codex_count ("09:00:05.000", 10, 1, 10, 1));
  log_home_scan (home);
  assert_dump (home, CODEX_EVENT ("b", "a", "1775034001000", "gpt-5", "10", "1")
                     CODEX_EVENT ("c", "z", "1775034005000", "gpt-5", "10", "1"));
  append (home, CODEX "z.jsonl", codex_meta ("z", "\"forked_from_id\":\"a\","));
  log_home_scan (home);
  assert_dump (home, CODEX_EVENT ("b", "a", "1775034001000", "gpt-5", "10", "1"));
}

static void
test_codex_archived (void)
{
  g_autoptr(LogHome) home = log_home_new ();
  g_autofree char *from = log_home_path (home, CODEX "x.jsonl");
  g_autofree char *to = NULL;

  append (home, CODEX "x.jsonl", codex_meta ("x", ""));
  append (home, CODEX "x.jsonl", codex_turn ("t", "gpt-5"));
  append (home, CODEX "x.jsonl", codex_count ("09:00:01.000", 10, 1, 10, 1));
  log_home_scan (home);
  log_home_write (home, ".codex/archived_sessions/readme", "");
  to = log_home_path (home, ".codex/archived_sessions/rollout-2026-04-01T09-00-00-x.jsonl");
  g_assert_cmpint (g_rename (from, to), ==, 0);
  g_assert_false (log_home_scan (home));
  assert_dump (home, CODEX_EVENT ("x", "-", "1775034001000", "gpt-5", "10", "1"));
}

static void
test_codex_compressed (void)
{
#ifdef HAVE_ZSTD
  g_autoptr(LogHome) home = log_home_new ();
  g_autofree char *plain = log_home_path (home, CODEX "x.jsonl");
  g_autofree char *packed = log_home_path (home, CODEX "x.jsonl.zst");
  g_autofree char *text = NULL;
  char buffer[4096];
  gsize length, size;

  append (home, CODEX "x.jsonl", codex_meta ("x", ""));
  append (home, CODEX "x.jsonl", codex_turn ("t", "gpt-5"));
  append (home, CODEX "x.jsonl", codex_count ("09:00:01.000", 10, 1, 10, 1));
  log_home_scan (home);
  g_assert_true (g_file_get_contents (plain, &text, &length, NULL));
  size = ZSTD_compress (buffer, sizeof buffer, text, length, 3);
  g_assert_false (ZSTD_isError (size));
  g_assert_true (g_file_set_contents (packed, buffer, (gssize) size, NULL));
  log_home_scan (home);
  g_remove (plain);
  log_home_scan (home);
  assert_dump (home, CODEX_EVENT ("x", "-", "1775034001000", "gpt-5", "10", "1"));

  /* A damaged archive keeps what was known. */
  g_assert_true (g_file_set_contents (packed, "not zstd at all", -1, NULL));
  log_home_scan (home);
  assert_dump (home, CODEX_EVENT ("x", "-", "1775034001000", "gpt-5", "10", "1"));

  /* Resuming unpacks it again. */
  g_remove (packed);
  log_home_write (home, CODEX "x.jsonl", text);
  append (home, CODEX "x.jsonl", codex_count ("09:00:02.000", 30, 3, 20, 2));
  log_home_scan (home);
  assert_dump (home, CODEX_EVENT ("x", "-", "1775034001000", "gpt-5", "10", "1")
                     CODEX_EVENT ("x", "-", "1775034002000", "gpt-5", "20", "2"));
#else
  g_test_skip ("built without libzstd");
#endif
}

static void
test_directory_loop (void)
{
  g_autoptr(LogHome) home = log_home_new ();
  g_autofree char *loop = NULL;
  g_autofree char *twin = NULL;

  append (home, CLAUDE "s.jsonl", claude_line ("s", "m", "r", "10:00:00.000", 5, 7, ""));
  loop = log_home_path (home, CLAUDE "again");
  g_assert_cmpint (symlink ("..", loop), ==, 0);
  twin = log_home_path (home, ".claude-twin");
  g_assert_cmpint (symlink (".claude", twin), ==, 0);
  log_home_scan (home);
  assert_dump (home, EVENT ("s", "1772445600000", "5", "7"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scanner/incremental/snapshot-in-a-later-scan", test_snapshot_in_a_later_scan);
  g_test_add_func ("/scanner/incremental/nothing-changed", test_nothing_changed);
  g_test_add_func ("/scanner/incremental/cut-last-line-waits", test_cut_last_line);
  g_test_add_func ("/scanner/incremental/nul-tail", test_nul_tail);
  g_test_add_func ("/scanner/incremental/shrunk-file-is-read-anew", test_shrunk_file);
  g_test_add_func ("/scanner/incremental/replaced-file-is-read-anew", test_replaced_file);
  g_test_add_func ("/scanner/incremental/rewritten-in-place", test_rewritten_in_place);
  g_test_add_func ("/scanner/incremental/deleted-file-keeps-its-rows", test_deleted_file);
  g_test_add_func ("/scanner/incremental/deleted-and-another", test_deleted_and_another);
  g_test_add_func ("/scanner/incremental/deleted-and-restored", test_deleted_and_restored);
  g_test_add_func ("/scanner/incremental/owner-changes", test_owner_changes);
  g_test_add_func ("/scanner/incremental/copy-takes-over", test_copy_takes_over);
  g_test_add_func ("/scanner/incremental/codex-model-named-late", test_codex_model_named_late);
  g_test_add_func ("/scanner/incremental/codex-parent-comes-late", test_codex_parent_comes_late);
  g_test_add_func ("/scanner/incremental/codex-archived", test_codex_archived);
  g_test_add_func ("/scanner/incremental/codex-compressed", test_codex_compressed);
  g_test_add_func ("/scanner/incremental/directory-loop", test_directory_loop);

  return g_test_run ();
}
