/* test-catalog.c
 *
 * Looking only at what changed gives what a scan of everything gives, whatever happens to
 * the files, and looks at little.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

#include "log-home.h"
#include "scanner/fare-catalog.h"

#define CLAUDE ".claude/projects/"
#define CODEX ".codex/sessions/2026/04/01/"
#define ROLLOUT "rollout-2026-04-01T09-00-00-00000000-0000-0000-0000-00000000000"
#define QUIET_TURNS 12
#define OPENCODE ".local/share/opencode/"

/* A program that runs: what it was told of, and what it did with it. */
typedef struct
{
  LogHome         *home;
  FareIndex       *twin;    /* of a program that scans everything each time */
  FareWatcher     *watcher;
  FareCatalog     *catalog;
  FareIndexWriter *writer;
  guint            n_walks;
  guint            n_looks;
  guint            n_files; /* looked at without a walk */
  sqlite3         *database;
} Tracker;

static gboolean
scan_into (LogHome          *home,
           FareIndex        *index,
           FareDiscovery    *found,
           FareIndexWriter **writer)
{
  FareScanOptions options = {
    .paths = home->paths,
    .index = index,
    .now_ms = g_get_real_time () / 1000,
    .found = found,
    .writer = writer,
  };
  FareScanResult result = { 0 };
  g_autoptr(GError) error = NULL;
  gboolean enough;

  fare_scan (&options, &result, &error);
  g_assert_no_error (error);
  enough = !result.needs_walk;
  fare_scan_result_clear (&result);

  return enough;
}

static void
walk (Tracker *self)
{
  g_autoptr(FareDiscovery) found = fare_catalog_walk (self->catalog);

  self->n_walks++;
  g_assert_true (scan_into (self->home, self->home->index, found, &self->writer));
}

static void
changed_cb (GHashTable *changes,
            gboolean    lost,
            gpointer    user_data)
{
  Tracker *self = user_data;
  g_autoptr(FareDiscovery) found = fare_catalog_look (self->catalog, changes);

  g_assert_false (lost);
  if (found == NULL || !scan_into (self->home, self->home->index, found, &self->writer))
    {
      walk (self);
      return;
    }
  self->n_looks++;
  self->n_files += found->sources->len;
}

static Tracker *
tracker_new (guint limit)
{
  Tracker *self = g_new0 (Tracker, 1);
  g_autoptr(GError) error = NULL;

  self->home = log_home_new ();
  self->twin = fare_index_open_memory (NULL, &error);
  g_assert_no_error (error);
  self->watcher = fare_watcher_new (1, limit, changed_cb, self);
  self->catalog = fare_catalog_new (self->home->paths, self->watcher);

  return self;
}

static void
tracker_free (Tracker *self)
{
  g_clear_pointer (&self->catalog, fare_catalog_free);
  g_clear_pointer (&self->watcher, fare_watcher_free);
  g_clear_pointer (&self->writer, fare_index_writer_free);
  g_clear_pointer (&self->database, sqlite3_close);
  g_clear_object (&self->twin);
  g_clear_pointer (&self->home, log_home_free);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Tracker, tracker_free)

/* Begins with what is there now. */
static void
start (Tracker *self)
{
  walk (self);
  scan_into (self->home, self->twin, NULL, NULL);
  self->n_walks = 0;
}

static char *
dump_twin (Tracker *self)
{
  FareIndex *own = self->home->index;
  char *text;

  self->home->index = self->twin;
  text = log_home_dump (self->home);
  self->home->index = own;

  return text;
}

/* Lets the news arrive, and compares. */
static void
settle (Tracker *self)
{
  g_autofree char *expected = NULL;
  g_autofree char *actual = NULL;

  /* The pause of the watcher is a millisecond; a slow machine may need longer for each turn. */
  for (guint turns = 0; turns < QUIET_TURNS; turns++)
    if (g_main_context_iteration (NULL, FALSE))
      turns = 0;
    else
      g_usleep (500);
  scan_into (self->home, self->twin, NULL, NULL);
  expected = dump_twin (self);
  actual = log_home_dump (self->home);
  if (g_strcmp0 (actual, expected) != 0)
    g_test_message ("after %u walks and %u looks", self->n_walks, self->n_looks);
  g_assert_cmpstr (actual, ==, expected);
}

static void
reset_counts (Tracker *self)
{
  self->n_walks = self->n_looks = self->n_files = 0;
}

static char *
make_line (guint number)
{
  g_autofree char *session = g_strdup_printf ("s%u", number % 7);
  g_autofree char *id = g_strdup_printf ("m%u", number);

  return claude_line (session, id, "r", "10:00:00.000", 5, (int) number + 1, "");
}

static void
append_line (LogHome    *home,
             const char *path,
             guint       number)
{
  g_autofree char *line = make_line (number);

  log_home_append (home, path, line);
}

static void
test_append (void)
{
  g_autoptr(Tracker) self = tracker_new (0);

  for (guint i = 0; i < 30; i++)
    {
      g_autofree char *path = g_strdup_printf (CLAUDE "-p%u/s%u.jsonl", i % 5, i);
      append_line (self->home, path, i);
    }
  start (self);
  append_line (self->home, CLAUDE "-p3/s3.jsonl", 100);
  settle (self);
  g_assert_cmpuint (self->n_walks, ==, 0);
  g_assert_cmpuint (self->n_files, ==, 1);
}

/* A folder with folders in it, all filled before anybody could watch them. */
static void
test_new_folders (void)
{
  g_autoptr(Tracker) self = tracker_new (0);

  append_line (self->home, CLAUDE "-p/s.jsonl", 1);
  start (self);
  append_line (self->home, CLAUDE "-q/a/b/c/t.jsonl", 2);
  append_line (self->home, CLAUDE "-q/a/u.jsonl", 3);
  settle (self);
  reset_counts (self);
  append_line (self->home, CLAUDE "-q/a/b/c/t.jsonl", 4);
  settle (self);
  g_assert_cmpuint (self->n_walks, ==, 0);
  g_assert_cmpuint (self->n_files, ==, 1);
}

/* A client that was never used: only its home folder's parent is there. */
static void
test_new_client (void)
{
  g_autoptr(Tracker) self = tracker_new (0);

  append_line (self->home, CLAUDE "-p/s.jsonl", 1);
  start (self);
  {
    g_autofree char *meta = codex_meta ("x", "");
    g_autofree char *turn = codex_turn ("t", "gpt-5");
    g_autofree char *count = codex_count ("09:00:01.000", 10, 3, 10, 3);
    g_autofree char *text = g_strconcat (meta, turn, count, NULL);

    log_home_write (self->home, CODEX ROLLOUT "1.jsonl", text);
  }
  settle (self);
  g_assert_cmpuint (self->n_walks, >=, 1);
}

/* What comes and goes beside the logs is nobody's business. */
static void
test_strangers (void)
{
  g_autoptr(Tracker) self = tracker_new (0);

  append_line (self->home, CLAUDE "-p/s.jsonl", 1);
  start (self);
  log_home_write (self->home, CLAUDE "-p/s.jsonl.tmp", "x");
  log_home_remove (self->home, CLAUDE "-p/s.jsonl.tmp");
  log_home_write (self->home, "notes.txt", "x");
  log_home_write (self->home, ".claude/settings.json", "{}");
  settle (self);
  g_assert_cmpuint (self->n_walks, ==, 0);
  g_assert_cmpuint (self->n_files, ==, 0);
}

static void
run_sql (Tracker    *self,
         const char *sql)
{
  if (self->database == NULL)
    {
      g_autofree char *folder = log_home_path (self->home, OPENCODE);
      g_autofree char *path = g_build_filename (folder, "opencode.db", NULL);

      g_mkdir_with_parents (folder, 0700);
      g_assert_cmpint (sqlite3_open (path, &self->database), ==, SQLITE_OK);
      g_assert_cmpint (sqlite3_exec (
        self->database,
        "PRAGMA journal_mode = WAL; CREATE TABLE project (id TEXT PRIMARY KEY, worktree TEXT);"
        "CREATE TABLE session (id TEXT PRIMARY KEY, project_id TEXT, parent_id TEXT, slug TEXT,"
        " directory TEXT, title TEXT, time_created INTEGER);"
        "CREATE TABLE message (id TEXT PRIMARY KEY, session_id TEXT, time_created INTEGER, data TEXT);"
        "CREATE TABLE part (id TEXT PRIMARY KEY, message_id TEXT, data TEXT);"
        "INSERT INTO session VALUES ('ses_a', NULL, NULL, 's', '/src', 'a', 1770710400000)",
        NULL, NULL, NULL), ==, SQLITE_OK);
    }
  g_assert_cmpint (sqlite3_exec (self->database, sql, NULL, NULL, NULL), ==, SQLITE_OK);
}

static void
add_message (Tracker *self,
             guint    number)
{
  g_autofree char *sql = g_strdup_printf (
    "INSERT OR REPLACE INTO message VALUES ('msg_%u', 'ses_a', 1770710400000,"
    " '{\"role\":\"assistant\",\"providerID\":\"openai\",\"modelID\":\"gpt-5\",\"time\":{\"created\":"
    "1770710400000,\"completed\":1770710404000},\"cost\":0,\"tokens\":{\"input\":%u,\"output\":5,"
    "\"reasoning\":0,\"cache\":{\"read\":0,\"write\":0}}}')", number, number + 1);

  run_sql (self, sql);
}

/* A database is written through the file beside it. */
static void
test_database (void)
{
  g_autoptr(Tracker) self = tracker_new (0);
  g_autofree char *dump = NULL;

  add_message (self, 1);
  start (self);
  add_message (self, 2);
  settle (self);
  g_assert_cmpuint (self->n_walks, ==, 0);
  dump = log_home_dump (self->home);
  g_assert_nonnull (strstr (dump, " i3 "));
}

static char *
gemini_answer (guint number)
{
  return g_strdup_printf ("{\"id\":\"g%u\",\"timestamp\":\"2026-08-03T09:15:06+00:00\","
                          "\"type\":\"gemini\",\"model\":\"gemini-2.5-pro\",\"tokens\":"
                          "{\"input\":%u}}\n", number, number + 1);
}

/* The name of a project stands in a file of its own, in a folder where there are no logs. */
static void
test_companion (void)
{
  g_autoptr(Tracker) self = tracker_new (0);
  g_autofree char *line = gemini_answer (1);
  g_autofree char *dump = NULL;

  log_home_write (self->home, ".gemini/tmp/p/chats/session-1.jsonl", line);
  start (self);
  log_home_write (self->home, ".gemini/tmp/p/.project_root", "/src/pears");
  settle (self);
  dump = log_home_dump (self->home);
  g_assert_nonnull (strstr (dump, "/src/pears"));
  log_home_write (self->home, ".gemini/projects.json", "{\"projects\":{\"/src/plums\":\"p\"}}");
  settle (self);
  g_assert_cmpuint (self->n_walks, ==, 0);
}

/* Without watches there is no news; and it is told. */
static void
test_limit (void)
{
  g_autoptr(Tracker) self = tracker_new (3);
  FareWatchState state;

  for (guint i = 0; i < 9; i++)
    {
      g_autofree char *path = g_strdup_printf (CLAUDE "-p%u/s.jsonl", i);
      append_line (self->home, path, i);
    }
  start (self);
  fare_watcher_get_state (self->watcher, &state);
  g_assert_cmpuint (state.n_watched, ==, 3);
  g_assert_cmpuint (state.n_unwatched, >=, 8);
  g_assert_cmpint (state.error, ==, ENOSPC);
}

static void
test_removed_folder (void)
{
  g_autoptr(Tracker) self = tracker_new (0);
  FareWatchState before, after;

  append_line (self->home, CLAUDE "-p/s.jsonl", 1);
  append_line (self->home, CLAUDE "-q/t.jsonl", 2);
  start (self);
  fare_watcher_get_state (self->watcher, &before);
  log_home_remove (self->home, CLAUDE "-q/t.jsonl");
  log_home_remove (self->home, CLAUDE "-q");
  settle (self);
  fare_watcher_get_state (self->watcher, &after);
  g_assert_cmpuint (after.n_watched, ==, before.n_watched - 1);
}

/* Anything, in any order. */

static char *
any_path (void)
{
  static const char * const folders[] = { "-a", "-a/x", "-a/x/y", "-b", "-b/z", "-c" };

  return g_strdup_printf (CLAUDE "%s/s%d.jsonl", folders[g_test_rand_int_range (0, 6)],
                          g_test_rand_int_range (0, 4));
}

static char *
any_folder (void)
{
  static const char * const folders[] = { "-a", "-a/x", "-b", "-b/z", "-c", "-d" };

  return g_strconcat (CLAUDE, folders[g_test_rand_int_range (0, 6)], NULL);
}

static void
move (Tracker *self,
      char    *from,
      char    *to)
{
  g_autofree char *old_path = log_home_path (self->home, from);
  g_autofree char *new_path = log_home_path (self->home, to);

  /* Fails when there is nothing, or something in the way. */
  if (g_rename (old_path, new_path) == 0)
    g_test_message ("%s → %s", from, to);
  g_free (from);
  g_free (to);
}

static void
remove_folder (Tracker *self,
               char    *path)
{
  g_autofree char *full = log_home_path (self->home, path);
  g_autoptr(GDir) dir = g_dir_open (full, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (full, name, NULL);

      g_unlink (child);
    }
  g_rmdir (full);
  g_free (path);
}

static void
touch_codex (Tracker *self,
             guint    number)
{
  g_autofree char *path = g_strdup_printf (CODEX ROLLOUT "%u.jsonl", number % 3);
  g_autofree char *session = g_strdup_printf ("00000000-0000-0000-0000-00000000000%u", number % 3);
  g_autofree char *full = log_home_path (self->home, path);
  g_autofree char *meta = codex_meta (session, "");
  g_autofree char *turn = codex_turn ("t", "gpt-5");
  g_autofree char *count = codex_count ("09:00:01.000", (int) number * 10, 3 * (int) number, 10, 3);

  if (!g_file_test (full, G_FILE_TEST_EXISTS))
    {
      log_home_append (self->home, path, meta);
      log_home_append (self->home, path, turn);
    }
  log_home_append (self->home, path, count);
}

static void
touch_gemini (Tracker *self,
              guint    number)
{
  g_autofree char *path = g_strdup_printf (".gemini/tmp/p%u/chats/session-%u.jsonl", number % 2,
                                           number % 5);
  g_autofree char *mark = g_strdup_printf (".gemini/tmp/p%u/.project_root", number % 2);
  g_autofree char *line = gemini_answer (number);
  g_autofree char *project = g_strdup_printf ("/src/%u", number);

  log_home_append (self->home, path, line);
  if (number % 3 == 0)
    log_home_write (self->home, mark, project);
}

static void
link_something (Tracker *self,
                gboolean symbolic)
{
  g_autofree char *from = any_path ();
  g_autofree char *to = any_path ();
  g_autofree char *old_path = log_home_path (self->home, from);
  g_autofree char *new_path = log_home_path (self->home, to);

  if (symbolic ? symlink (old_path, new_path) == 0 : link (old_path, new_path) == 0)
    g_test_message ("%s is %s", to, from);
}

static void
archive_codex (Tracker *self,
               guint    number)
{
  g_autofree char *folder = log_home_path (self->home, ".codex/archived_sessions");

  g_mkdir_with_parents (folder, 0700);
  move (self, g_strdup_printf (CODEX ROLLOUT "%u.jsonl", number % 3),
        g_strdup_printf (".codex/archived_sessions/" ROLLOUT "%u.jsonl", number % 3));
}

static void
do_something (Tracker *self,
              guint    number,
              gboolean with_links)
{
  g_autofree char *path = any_path ();
  g_autofree char *full = log_home_path (self->home, path);
  g_autofree char *line = make_line (number);
  g_autofree char *half = g_strndup (line, strlen (line) / 2);

  gint action = g_test_rand_int_range (0, with_links ? 18 : 16);

  /* A link may lead nowhere, or in a circle. */
  if (with_links && g_file_test (full, G_FILE_TEST_IS_SYMLINK))
    {
      g_unlink (full);
      return;
    }
  g_test_message ("%u: %d %s", number, action, path);
  switch (action)
    {
    case 0: case 1: case 2: case 3:
      log_home_append (self->home, path, line);
      break;
    case 4:
      log_home_append (self->home, path, half);
      log_home_append (self->home, path, line + strlen (half));
      break;
    case 5:
      log_home_append (self->home, path, half);
      break;
    case 6:
      log_home_write (self->home, path, line);
      break;
    case 7:
      g_unlink (full);
      break;
    case 8:
      move (self, any_path (), any_path ());
      break;
    case 9:
      move (self, any_folder (), any_folder ());
      break;
    case 10:
      remove_folder (self, any_folder ());
      break;
    case 11: case 12:
      touch_codex (self, number);
      break;
    case 13:
      archive_codex (self, number);
      break;
    case 14:
      touch_gemini (self, number);
      break;
    case 15:
      add_message (self, number % 40);
      break;
    case 16:
    default:
      link_something (self, number % 2 == 0);
      break;
    }
}

static void
run_random (gboolean with_links)
{
  g_autoptr(Tracker) self = tracker_new (0);
  guint number = 0;

  start (self);
  for (guint round = 0; round < 50; round++)
    {
      for (gint i = g_test_rand_int_range (1, 6); i > 0; i--)
        do_something (self, number++, with_links);
      settle (self);
    }
  log_home_check (self->home);
  g_test_message ("%u walks, %u looks at %u files", self->n_walks, self->n_looks, self->n_files);
  g_assert_cmpuint (self->n_looks, >, 10);
}

static void
test_random (void)
{
  run_random (FALSE);
}

static void
test_random_links (void)
{
  run_random (TRUE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/catalog/append", test_append);
  g_test_add_func ("/catalog/new-folders", test_new_folders);
  g_test_add_func ("/catalog/new-client", test_new_client);
  g_test_add_func ("/catalog/strangers", test_strangers);
  g_test_add_func ("/catalog/database", test_database);
  g_test_add_func ("/catalog/companion", test_companion);
  g_test_add_func ("/catalog/limit", test_limit);
  g_test_add_func ("/catalog/removed-folder", test_removed_folder);
  g_test_add_func ("/catalog/random", test_random);
  g_test_add_func ("/catalog/random-links", test_random_links);

  return g_test_run ();
}
