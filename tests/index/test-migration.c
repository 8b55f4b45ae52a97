/* test-migration.c
 *
 * An index of the first version keeps everything, rows of deleted logs too, and answers
 * the same before and after the writer has made the sums anew.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

#include "index/fare-index-maintenance.h"
#include "index/fare-index-reader.h"
#include "index/fare-index-schema.h"
#include "index/fare-index-writer.h"

typedef struct
{
  char      *folder;
  char      *path;
  FareIndex *index;
} OldIndex;

/* What the rows of the file add up to, as SQLite sees it. */
static const FareUsage expected = {
  .input = 116293, .cache_read = 371209, .cache_write_5m = 45318, .cache_write_1h = 9000,
  .output = 11960, .reasoning = 2486
};

static void
run_sql (const char *path,
         const char *sql)
{
  sqlite3 *db = NULL;
  char *message = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  sqlite3_exec (db, sql, NULL, NULL, &message);
  g_assert_cmpstr (message, ==, NULL);
  sqlite3_close (db);
}

static void
set_up (OldIndex      *self,
        gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *file = g_test_build_filename (G_TEST_DIST, "index", "index-v1.sql", NULL);
  g_autofree char *sql = NULL;
  g_autofree char *all = NULL;

  self->folder = g_dir_make_tmp ("tokenfare-index-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->folder, "usage.sqlite3", NULL);
  g_file_get_contents (file, &sql, NULL, &error);
  g_assert_no_error (error);
  all = g_strconcat ("PRAGMA synchronous = OFF; BEGIN;", sql, "COMMIT", NULL);
  run_sql (self->path, all);
  /* Half of it on a branch; the sums of the first version are made anew anyway. */
  run_sql (self->path, "PRAGMA synchronous = OFF; INSERT INTO branch VALUES (7, 'größe');"
                       "UPDATE event SET branch = 7 WHERE id % 2 = 1");
  run_sql (self->path, "PRAGMA synchronous = OFF; PRAGMA application_id = 0x54466172; PRAGMA user_version = 1");
  self->index = fare_index_open (self->path, &error);
  g_assert_no_error (error);
}

static void
tear_down (OldIndex      *self,
           gconstpointer  data)
{
  static const char * const tails[] = { "", "-wal", "-shm", ".lock" };

  g_clear_object (&self->index);
  for (guint i = 0; i < G_N_ELEMENTS (tails); i++)
    {
      g_autofree char *path = g_strconcat (self->path, tails[i], NULL);

      g_remove (path);
    }
  g_rmdir (self->folder);
  g_free (self->folder);
  g_free (self->path);
}

/* Output on the branch, as SQLite sees it. */
#define BRANCH_OUTPUT 3609

static gboolean
add_branch (const FareBucket *bucket,
            gpointer          user_data)
{
  g_assert_cmpuint (bucket->machine->number, ==, FARE_OWN_MACHINE);
  if (g_str_equal (bucket->branch, "größe"))
    *(gint64 *) user_data += bucket->usage.output;

  return TRUE;
}

static gboolean
add_bucket (const FareBucket *bucket,
            gpointer          user_data)
{
  fare_usage_add (user_data, &bucket->usage, 1);

  return TRUE;
}

static gboolean
add_event (const FareEventRow *event,
           gpointer            user_data)
{
  fare_usage_add (user_data, &event->usage, 1);

  return TRUE;
}

/* Every session's events, found by the session, with its span. */
typedef struct
{
  FareIndexReader *reader;
  FareUsage        usage;
  guint            n_sessions;
} Sessions;

typedef struct
{
  FareUsage usage;
  gint64    first_ms;
  gint64    last_ms;
} SessionSums;

static gboolean
add_session_event (const FareEventRow *event,
                   gpointer            user_data)
{
  SessionSums *sums = user_data;

  fare_usage_add (&sums->usage, &event->usage, 1);
  sums->first_ms = MIN (sums->first_ms, event->time_ms);
  sums->last_ms = MAX (sums->last_ms, event->time_ms);

  return TRUE;
}

static gboolean
add_session (const FareSessionInfo *session,
             gpointer               user_data)
{
  Sessions *self = user_data;
  SessionSums sums = { .first_ms = G_MAXINT64, .last_ms = G_MININT64 };
  g_autoptr(GError) error = NULL;

  fare_index_reader_foreach_event (self->reader, G_MININT64, G_MAXINT64, session,
                                   add_session_event, &sums, &error);
  g_assert_no_error (error);
  g_assert_cmpint (sums.first_ms, ==, session->first_ms);
  g_assert_cmpint (sums.last_ms, ==, session->last_ms);
  fare_usage_add (&self->usage, &sums.usage, 1);
  self->n_sessions++;

  return TRUE;
}

static void
assert_usage (const FareUsage *usage)
{
  g_assert_cmpmem (usage, sizeof *usage, &expected, sizeof expected);
}

static void
check (OldIndex *self)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(FareIndexReader) reader = fare_index_reader_new (self->index, &error);
  FareUsage buckets = { 0 }, events = { 0 };
  Sessions sessions = { .reader = reader };
  gint64 first = 0, last = 0, on_branch = 0;

  g_assert_no_error (error);
  fare_index_reader_foreach_bucket (reader, 0, G_MAXINT64, add_branch, &on_branch, &error);
  g_assert_no_error (error);
  g_assert_cmpint (on_branch, ==, BRANCH_OUTPUT);
  fare_index_reader_foreach_bucket (reader, 0, G_MAXINT64, add_bucket, &buckets, &error);
  g_assert_no_error (error);
  fare_index_reader_foreach_event (reader, G_MININT64, G_MAXINT64, NULL, add_event, &events, &error);
  g_assert_no_error (error);
  g_assert_true (fare_index_reader_foreach_session (reader, add_session, &sessions, &error));
  g_assert_true (fare_index_reader_get_span (reader, &first, &last));
  assert_usage (&buckets);
  assert_usage (&events);
  assert_usage (&sessions.usage);
  g_assert_cmpuint (sessions.n_sessions, ==, 32);
  g_assert_cmpint (first * FARE_QUARTER_MS, ==, G_GINT64_CONSTANT (1764583200000));
  g_assert_cmpint (last, >, first);
}

static void
check_faults (OldIndex *self)
{
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) problems = NULL;

  g_assert_true (fare_index_check (self->index, &problems, &error));
  g_assert_cmpstr (problems[0], ==, NULL);
}

static void
test_reader_first (OldIndex      *self,
                   gconstpointer  data)
{
  check (self);
}

static void
test_writer_makes_sums (OldIndex      *self,
                        gconstpointer  data)
{
  static const gint64 thresholds[] = { 200000, 272000 };
  g_autoptr(GError) error = NULL;
  FareIndexWriter *writer = fare_index_writer_new (self->index, thresholds,
                                                   G_N_ELEMENTS (thresholds), &error);

  g_assert_no_error (error);
  g_assert_true (fare_index_writer_commit (writer, 1, NULL, &error));
  fare_index_writer_free (writer);
  check (self);
  check_faults (self);
}

static void
test_repair (OldIndex      *self,
             gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  run_sql (self->path, "DELETE FROM place; DELETE FROM rollup; DELETE FROM roster;"
                       "UPDATE session SET first_ms = 5, last_ms = 6");
  g_assert_true (fare_index_repair (self->index, &error));
  check (self);
  check_faults (self);
}

/* In memory the copy goes the same way. */
static void
test_memory (OldIndex      *self,
             gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  run_sql (self->path, "PRAGMA wal_checkpoint (TRUNCATE)");
  g_clear_object (&self->index);
  self->index = fare_index_open_memory (self->path, &error);
  g_assert_no_error (error);
  check (self);
}

static void
test_version (OldIndex      *self,
              gconstpointer  data)
{
  sqlite3 *db = NULL;
  gboolean is_ours = FALSE;

  g_assert_cmpint (sqlite3_open (self->path, &db), ==, SQLITE_OK);
  g_assert_cmpint (fare_schema_get_version (db, &is_ours), ==, FARE_SCHEMA_VERSION);
  g_assert_true (is_ours);
  sqlite3_close (db);
}

#define INDEX_TEST(path, function) g_test_add (path, OldIndex, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  INDEX_TEST ("/index/version-1/is-brought-up", test_version);
  INDEX_TEST ("/index/version-1/is-whole-before-a-writer-comes", test_reader_first);
  INDEX_TEST ("/index/version-1/is-whole-after-a-writer-came", test_writer_makes_sums);
  INDEX_TEST ("/index/version-1/repair-makes-all-that-follows-from-rows", test_repair);
  INDEX_TEST ("/index/version-1/copied-into-memory", test_memory);

  return g_test_run ();
}
