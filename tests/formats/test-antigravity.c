/* test-antigravity.c
 *
 * Antigravity, as far as the fixture home has no case for it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "client-home.h"

#include <sqlite3.h>
#include <utime.h>

#include "formats/fare-antigravity-record.h"

/* Input 100, output 30 of which 10 are reasoning, 50 from the cache, and the same without a time. */
#define TIMED "0A2E220A1064181E2832480A5014" "4A0D220B0880E5D0D3061080E59A77"                   \
              "9A011067656D696E692D332D666C6173682D61"
#define TIMELESS "0A1F220A1064181E2832480A50149A011067656D696E692D332D666C6173682D61"
#define INPUT(number) "0A122202" "10" number "4A0822060880E5D0D306" "9A01" "0178"

#define EVENT(session, time, model, counts)                                                   \
  "antigravity " session " - |  | unknown | " time " google/" model " " counts "\n"
#define PLAIN(session, number)                                                                \
  EVENT (session, "1786000000000", "x", "i" number " r0 w0+0 o0 t0")

static void
store (LogHome    *home,
       const char *path,
       const char *table,
       const char *hex)
{
  g_autofree char *full = log_home_path (home, path);
  g_autofree char *folder = g_path_get_dirname (full);
  g_autofree char *sql = g_strdup_printf ("CREATE TABLE IF NOT EXISTS %s (idx, data);"
                                          "INSERT INTO %s VALUES (0, X'%s')", table, table, hex);
  sqlite3 *db;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_cmpint (sqlite3_open (full, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

static void
test_roots (void)
{
  static const struct { const char *first, *second, *wanted; } cases[] = {
    { NULL, NULL, PLAIN ("a", "1") PLAIN ("b", "2") PLAIN ("c", "3") PLAIN ("d", "4")
                  PLAIN ("e", "5") },
    { "GEMINI_CLI_HOME=%s/moved", NULL, PLAIN ("e", "5") PLAIN ("f", "6") },
    { "ANTIGRAVITY_DATA_DIR=~/one ,%s/two,~/link", "GEMINI_CLI_HOME=~/moved",
      PLAIN ("g", "7") PLAIN ("h", "8") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(LogHome) home = log_home_new ();
      g_autofree char *link = log_home_path (home, "link");
      g_autofree char *target = log_home_path (home, "one");
      g_autoptr(GFile) file = g_file_new_for_path (link);

      store (home, ".gemini/antigravity/conversations/a.db", "gen_metadata", INPUT ("01"));
      store (home, ".gemini/antigravity-backup/conversations/b.db", "gen_metadata", INPUT ("02"));
      store (home, ".gemini/antigravity-cli/conversations/c.db", "gen_metadata", INPUT ("03"));
      store (home, ".gemini/antigravity-ide/conversations/d.db", "gen_metadata", INPUT ("04"));
      store (home, ".config/antigravity/conversations/e.db", "gen_metadata", INPUT ("05"));
      store (home, "moved/.gemini/antigravity-cli/conversations/f.db", "gen_metadata",
             INPUT ("06"));
      store (home, "one/conversations/g.db", "gen_metadata", INPUT ("07"));
      store (home, "one/unused.db", "gen_metadata", INPUT ("0A"));
      store (home, "two/h.db", "gen_metadata", INPUT ("08"));
      store (home, "two/other.db", "something_else", INPUT ("09"));
      g_assert_true (g_file_make_symbolic_link (file, target, NULL, NULL));
      client_home_set_env (home, cases[i].first, cases[i].second);
      client_home_expect (home, cases[i].wanted);
    }
}

/* Without a time of its own, a generation is as old as its file. */
static void
test_file_time (void)
{
  g_autoptr(LogHome) home = log_home_new ();
  g_autofree char *path = log_home_path (home, ".gemini/antigravity-cli/conversations/a.db");
  const struct utimbuf times = { .actime = 1785000000, .modtime = 1785000000 };

  store (home, ".gemini/antigravity-cli/conversations/a.db", "gen_metadata", TIMELESS);
  store (home, ".gemini/antigravity-cli/conversations/b.db", "gen_metadata", TIMED);
  g_assert_cmpint (utime (path, &times), ==, 0);
  client_home_expect (home,
                      EVENT ("a", "1785000000000", "gemini-3-flash-a", "i100 r50 w0+0 o30 t10")
                      EVENT ("b", "1786000000250", "gemini-3-flash-a", "i100 r50 w0+0 o30 t10"));
}

/* Wherever a message ends too early it is refused or shorter by whole members, never read past. */
static void
test_cut (void)
{
  static const guint8 whole[] = {
    0x0a, 0x0c, 0x22, 0x0a, 0x10, 0x64, 0x18, 0x1e, 0x28, 0x32, 0x48, 0x0a, 0x50, 0x14,
  };

  for (gsize length = 0; length <= sizeof whole; length++)
    {
      g_autofree guint8 *part = g_memdup2 (whole, length);
      FareAntigravityRecord record;
      gboolean is_read = fare_antigravity_record_read (&record, part != NULL ? part : whole,
                                                       length);

      g_assert_cmpint (is_read, ==, length == 0 || length == sizeof whole);
      if (length == sizeof whole)
        g_assert_cmpint (fare_usage_total (&record.usage), ==, 180);
      fare_antigravity_record_clear (&record);
    }
}

static void
test_broken (void)
{
  g_autoptr(LogHome) home = log_home_new ();

  store (home, ".gemini/antigravity-cli/conversations/a.db", "gen_metadata", INPUT ("01"));
  client_home_expect (home, PLAIN ("a", "1"));
  log_home_write (home, ".gemini/antigravity-cli/conversations/a.db", "no database any more");
  client_home_expect (home, PLAIN ("a", "1"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/formats/antigravity/roots", test_roots);
  g_test_add_func ("/formats/antigravity/file-time", test_file_time);
  g_test_add_func ("/formats/antigravity/cut", test_cut);
  g_test_add_func ("/formats/antigravity/broken", test_broken);

  return g_test_run ();
}
