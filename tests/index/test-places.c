/* test-places.c
 *
 * What is derived from rows stays true while files come, grow, share rows, are read anew
 * and go: places, rollup, roster and spans of sessions.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "base/fare-hash.h"
#include "index/fare-index-maintenance.h"
#include "index/fare-index-reader.h"
#include "index/fare-index-writer.h"

#define N_FILES 12
#define FIRST_MS G_GINT64_CONSTANT (1790000000000)

typedef struct
{
  FareIndex       *index;
  FareIndexWriter *writer;
  GRand           *random;
  GArray          *rows[N_FILES]; /* of gint64: what the files hold: numbers of calls */
} World;

static void
open_writer (World *self)
{
  static const gint64 thresholds[] = { 200000 };
  g_autoptr(GError) error = NULL;

  self->writer = fare_index_writer_new (self->index, thresholds, 1, &error);
  g_assert_no_error (error);
}

/* A call looks alike in every file that holds it, but for the session. */
static void
add_row (FareLog *log,
         gint64   call,
         guint32  session)
{
  FareRow row = { .messages = 1, .lines = 1 };
  guint64 dice = (guint64) fare_hash_finish (fare_hash_int (FARE_HASH_SEED, call));

  row.cluster = fare_hash_finish (fare_hash_int (FARE_HASH_SEED, call + 1000000));
  row.sub = 7;
  row.own_session = session;
  row.own_ms = row.value_ms = FIRST_MS + (gint64) (dice % (9 * 86400)) * 1000;
  row.model = fare_log_intern_model (log, "anthropic", dice % 3 == 0 ? "claude-opus-4-6" : "x");
  row.branch = fare_log_intern (log, dice % 5 == 0 ? "main" : "");
  row.usage.input = (gint64) (dice % 1000) + 1;
  row.usage.cache_read = (gint64) (dice % 7 == 0 ? 300000 : 0);
  row.usage.output = (gint64) (dice % 77) + 1;
  row.offset = call;
  fare_log_add_row (log, &row);
}

static void
add_reading (World *self,
             guint  file,
             guint  first,
             gboolean anew)
{
  g_autofree char *path = g_strdup_printf ("/logs/%u.jsonl", file);
  g_autoptr(FareLog) log = fare_log_new ();
  g_autoptr(GError) error = NULL;
  FareSource source = { .format = fare_format_find (file % 3 == 0 ? "codex" : "claude"),
                        .path = path, .key = path, .root = "/logs", .inode = file + 1 };
  FareReading reading = { .source = &source, .log = log, .anew = anew };

  source.size = reading.offset = self->rows[file]->len;
  for (guint i = first; i < self->rows[file]->len; i++)
    {
      gint64 call = g_array_index (self->rows[file], gint64, i);
      g_autofree char *uid = g_strdup_printf ("s%u-%d", file, (int) (call % 3));
      g_autofree char *project = g_strdup_printf ("/src/%d", g_rand_int_range (self->random, 0, 4));
      guint32 session = fare_log_intern (log, uid);

      fare_log_add_fact (log, session, FARE_FACT_PRESENT, 0, 0, 0);
      fare_log_add_fact (log, session, FARE_FACT_PROJECT, 0, -call,
                         fare_log_intern (log, project));
      add_row (log, call, session);
    }
  g_assert_true (fare_index_writer_add (self->writer, &reading, &error));
  g_assert_no_error (error);
}

/* Some calls are in files of the same client already. */
static void
grow (World *self,
      guint  file)
{
  guint first = self->rows[file]->len;
  gboolean anew = g_rand_int_range (self->random, 0, 5) == 0;

  if (anew)
    g_array_set_size (self->rows[file],
                      (guint) g_rand_int_range (self->random, 0, (gint32) first + 1));
  for (int n = g_rand_int_range (self->random, 1, 30); n > 0; n--)
    {
      gint64 call = (gint64) g_rand_int_range (self->random, 0, 2000) * 2 + (file % 3 == 0);

      g_array_append_val (self->rows[file], call);
    }
  add_reading (self, file, anew ? 0 : first, anew);
}

typedef struct
{
  FareUsage usage;
  gint64    n;
  gint64    first_ms;
  gint64    last_ms;
} Sums;

static gboolean
add_event (const FareEventRow *event,
           gpointer            user_data)
{
  GHashTable *by_session = user_data;
  Sums *sums = g_hash_table_lookup (by_session, GUINT_TO_POINTER (event->session->id));

  if (sums == NULL)
    {
      sums = g_new0 (Sums, 1);
      sums->first_ms = event->time_ms;
      g_hash_table_insert (by_session, GUINT_TO_POINTER (event->session->id), sums);
    }
  fare_usage_add (&sums->usage, &event->usage, 1);
  sums->n++;
  sums->last_ms = event->time_ms;

  return TRUE;
}

typedef struct
{
  FareIndexReader *reader;
  GHashTable      *by_session; /* from a pass over the table */
  guint            n;
} Check;

static gboolean
check_session (const FareSessionInfo *session,
               gpointer               user_data)
{
  Check *check = user_data;
  g_autoptr(GHashTable) found = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  const Sums *expected = g_hash_table_lookup (check->by_session, GUINT_TO_POINTER (session->id));
  const Sums *actual;
  guint32 client, project;
  g_autoptr(GError) error = NULL;

  check->n++;
  fare_index_reader_foreach_event (check->reader, G_MININT64, G_MAXINT64, session, add_event, found,
                                   &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_hash_table_size (found), ==, 1);
  actual = g_hash_table_lookup (found, GUINT_TO_POINTER (session->id));
  g_assert_nonnull (expected);
  g_assert_cmpmem (actual, sizeof *actual, expected, sizeof *expected);
  g_assert_cmpint (session->first_ms, ==, expected->first_ms);
  g_assert_cmpint (session->last_ms, ==, expected->last_ms);

  g_assert_true (fare_index_reader_get_place (check->reader, session->id, &client, &project,
                                              &error));
  g_assert_cmpstr (fare_index_reader_get_client (check->reader, client), ==, session->client);
  g_assert_cmpstr (fare_index_reader_get_project (check->reader, project), ==, session->project);

  return TRUE;
}

static gboolean
add_cells (const FareCell *cells,
           guint           n_cells,
           gpointer        user_data)
{
  Sums *sums = user_data;

  for (guint i = 0; i < n_cells; i++)
    {
      fare_usage_add (&sums->usage, &cells[i].usage, 1);
      sums->n += cells[i].events;
    }

  return TRUE;
}

/* Spans with edges anywhere, short and long. */
static void
check_spans (World           *self,
             FareIndexReader *reader)
{
  for (int i = 0; i < 20; i++)
    {
      gint64 from_ms = FIRST_MS + (gint64) g_rand_int_range (self->random, 0, 9 * 86400) * 1000;
      gint64 to_ms = from_ms + (i % 2 == 0 ? g_rand_int_range (self->random, 1, 3000000)
                                           : (gint64) g_rand_int_range (self->random, 1, 500000) * 1000);
      g_autoptr(GHashTable) by_session = g_hash_table_new_full (NULL, NULL, NULL, g_free);
      g_autoptr(GError) error = NULL;
      Sums cells = { 0 }, events = { 0 };
      GHashTableIter iter;
      gpointer value;

      g_assert_true (fare_index_reader_foreach_cells (reader, from_ms, to_ms, add_cells, &cells,
                                                      &error));
      fare_index_reader_foreach_event (reader, from_ms, to_ms, NULL, add_event, by_session, &error);
      g_assert_no_error (error);
      g_hash_table_iter_init (&iter, by_session);
      while (g_hash_table_iter_next (&iter, NULL, &value))
        {
          fare_usage_add (&events.usage, &((Sums *) value)->usage, 1);
          events.n += ((Sums *) value)->n;
        }
      g_assert_cmpmem (&cells, sizeof cells, &events, sizeof events);
    }
}

static void
check_all (World *self)
{
  g_autoptr(GHashTable) by_session = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_autoptr(GError) error = NULL;
  g_autoptr(FareIndexReader) reader = fare_index_reader_new (self->index, &error);
  Check check = { reader, by_session, 0 };
  g_auto(GStrv) problems = NULL;

  g_assert_no_error (error);
  fare_index_reader_foreach_event (reader, G_MININT64, G_MAXINT64, NULL, add_event, by_session,
                                   &error);
  g_assert_no_error (error);
  g_assert_true (fare_index_reader_foreach_session (reader, check_session, &check, &error));
  g_assert_cmpuint (check.n, ==, g_hash_table_size (by_session));
  check_spans (self, reader);
  g_assert_true (fare_index_check (self->index, &problems, &error));
  g_assert_cmpstr (problems[0], ==, NULL);
}

static void
test_derived_stay_true (void)
{
  g_autoptr(GError) error = NULL;
  World world = { .random = g_rand_new_with_seed (11) };

  world.index = fare_index_open_memory (NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < N_FILES; i++)
    world.rows[i] = g_array_new (FALSE, FALSE, sizeof (gint64));
  open_writer (&world);

  for (guint round = 0; round < 25; round++)
    {
      for (int n = g_rand_int_range (world.random, 1, 6); n > 0; n--)
        grow (&world, (guint) g_rand_int_range (world.random, 0, N_FILES));
      g_assert_true (fare_index_writer_commit (world.writer, 1, NULL, &error));
      check_all (&world);
      if (round % 5 == 4)
        {
          fare_index_writer_free (world.writer);
          open_writer (&world);
        }
    }

  fare_index_writer_free (world.writer);
  g_object_unref (world.index);
  for (guint i = 0; i < N_FILES; i++)
    g_array_unref (world.rows[i]);
  g_rand_free (world.random);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/index/derived-stay-true", test_derived_stay_true);

  return g_test_run ();
}
