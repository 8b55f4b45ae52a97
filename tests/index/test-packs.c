/* test-packs.c
 *
 * Rows come back from packs as they were stored, whatever is in them, and every cluster is
 * found by its fingerprint after any sequence of changes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <string.h>

#include "index/fare-index-locator.h"
#include "index/fare-index-packs.h"
#include "index/fare-index-rows.h"
#include "index/fare-index.h"

typedef struct
{
  FareIndex   *index;
  sqlite3     *db;
  FarePacks   *packs;
  FareLocator *locator;
  GRand       *random;
} Store;

static void
set_up (Store         *self,
        gconstpointer  data)
{
  g_autoptr(GError) error = NULL;

  self->index = fare_index_open_memory (NULL, &error);
  g_assert_no_error (error);
  self->db = fare_index_connect (self->index, TRUE, &error);
  g_assert_no_error (error);
  self->packs = fare_packs_new (self->db);
  self->locator = fare_locator_new (self->db);
  self->random = g_rand_new_with_seed (42);
}

static void
tear_down (Store         *self,
           gconstpointer  data)
{
  g_clear_pointer (&self->packs, fare_packs_free);
  g_clear_pointer (&self->locator, fare_locator_free);
  sqlite3_close (self->db);
  g_clear_object (&self->index);
  g_rand_free (self->random);
}

/* Small, large, and at the edges. */
static gint64
any_number (GRand *random)
{
  static const gint64 edges[] = { 0, 1, -1, 127, 128, G_MAXINT32, G_MININT64, G_MAXINT64 };
  guint32 kind = g_rand_int (random) % 4;

  if (kind == 0)
    return edges[g_rand_int (random) % G_N_ELEMENTS (edges)];
  if (kind == 1)
    return (gint64) ((guint64) g_rand_int (random) << 32 | g_rand_int (random));

  return g_rand_int_range (random, 0, kind == 2 ? 200 : 100000);
}

static FareRow
any_row (GRand  *random,
         gint64  id)
{
  FareRow row = {
    .cluster = any_number (random), .sub = any_number (random), .own_ms = any_number (random),
    .value_ms = any_number (random), .offset = any_number (random),
    .own_session = g_rand_int (random) % 5, .model = g_rand_int (random) % 3,
    .branch = g_rand_int (random), .lines = g_rand_int (random), .messages = g_rand_int (random) % 2,
    .web_searches = g_rand_int (random) % 3, .flags = (guint16) g_rand_int (random),
    .modes = (guint8) g_rand_int (random), .role = g_rand_int (random) % FARE_N_ROLES,
    .event_ms = any_number (random), .event_session = g_rand_int (random) % 5,
    .file = (guint32) (id >> FARE_ROW_FILE_SHIFT), .id = id,
  };

  row.usage.input = any_number (random);
  row.usage.cache_read = any_number (random);
  row.usage.cache_write_5m = any_number (random);
  row.usage.cache_write_1h = any_number (random);
  row.usage.output = any_number (random);
  row.usage.reasoning = any_number (random);
  if (row.flags & FARE_ROW_REPORTED)
    row.reported_pico = any_number (random);
  if (g_rand_boolean (random))
    {
      row.own_ms = row.value_ms = row.event_ms;
      row.own_session = row.event_session;
    }

  return row;
}

static gint64
first_of (guint32 file)
{
  return (gint64) file << FARE_ROW_FILE_SHIFT;
}

static void
assert_stored (Store        *self,
               const GArray *rows)
{
  g_autoptr(GArray) loaded = g_array_new (FALSE, FALSE, sizeof (FareRow));

  g_assert_true (fare_packs_load (self->packs, 0, G_MAXINT64, loaded));
  g_assert_cmpuint (loaded->len, ==, rows->len);
  for (guint i = 0; i < rows->len; i++)
    g_assert_cmpmem (&g_array_index (loaded, FareRow, i), sizeof (FareRow),
                     &g_array_index (rows, FareRow, i), sizeof (FareRow));
}

static gboolean
count_cb (const FareRow *row,
          gpointer       user_data)
{
  gint64 *sums = user_data;

  /* Times never go back. */
  g_assert_true (sums[0] == 0 || row->event_ms >= sums[1]);
  sums[0]++;
  sums[1] = row->event_ms;

  return TRUE;
}

static void
test_rows_come_back (Store         *self,
                     gconstpointer  data)
{
  g_autoptr(GArray) rows = g_array_new (FALSE, TRUE, sizeof (FareRow));
  guint counted = 0, sorted = 0;
  gint64 sums[2] = { 0 };

  for (guint32 file = 1; file <= 40; file++)
    {
      guint stored = 0, n = (guint) g_rand_int_range (self->random, 1, 200);

      /* In several goes, as a log grows. */
      while (stored < n)
        {
          guint part = (guint) g_rand_int_range (self->random, 1, 60), begin = rows->len;

          for (guint i = 0; i < part; i++)
            {
              FareRow row = any_row (self->random, first_of (file) + stored++);

              g_array_append_val (rows, row);
            }
          g_assert_true (fare_packs_store (self->packs, &g_array_index (rows, FareRow, begin), part,
                                           FALSE));
        }
    }
  assert_stored (self, rows);

  for (guint i = 0; i < rows->len; i += 1 + g_rand_int (self->random) % 30)
    {
      FareRow *row = &g_array_index (rows, FareRow, i);

      *row = any_row (self->random, row->id);
      g_assert_true (fare_packs_store (self->packs, row, 1, TRUE));
    }
  assert_stored (self, rows);

  for (guint i = 0; i < rows->len; i++)
    {
      counted += g_array_index (rows, FareRow, i).role == FARE_ROLE_COUNTED;
      sorted += g_array_index (rows, FareRow, i).event_ms >= 50
                && g_array_index (rows, FareRow, i).event_ms < 90000;
    }
  g_assert_cmpint (fare_packs_count (self->packs), ==, counted);
  g_assert_true (fare_packs_foreach_by_time (self->packs, 50, 90000, count_cb, sums));
  g_assert_cmpint (sums[0], ==, sorted);
}

/* Through the locator, as the writer looks. */
static guint
count_found (Store  *self,
             gint64  cluster)
{
  g_autoptr(GArray) found = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GArray) rows = g_array_new (FALSE, FALSE, sizeof (FareRow));
  guint n = 0;

  g_assert_true (fare_locator_find (self->locator, cluster, found));
  for (guint i = 0; i < found->len; i++)
    {
      gint64 pack = g_array_index (found, gint64, i);

      g_assert_true (i == 0 || pack > g_array_index (found, gint64, i - 1));
      g_assert_true (fare_packs_load (self->packs, pack, pack + FARE_PACK_ROWS - 1, rows));
    }
  for (guint i = 0; i < rows->len; i++)
    n += g_array_index (rows, FareRow, i).cluster == cluster;

  return n;
}

static void
add_rows (Store   *self,
          guint32  file,
          gint64  *next,
          guint    n_rows,
          GArray  *rows)
{
  g_autoptr(GArray) fresh = g_array_new (FALSE, TRUE, sizeof (FareRow));

  for (guint i = 0; i < n_rows; i++)
    {
      FareRow row = any_row (self->random, first_of (file) + (*next)++);

      /* Some clusters are everywhere, some share one half only. */
      if (g_rand_int (self->random) % 8 == 0)
        row.cluster = (gint64) (g_rand_int (self->random) % 3) << 32;
      else if (g_rand_int (self->random) % 8 == 0)
        row.cluster = (G_GINT64_CONSTANT (7) << 32) + g_rand_int (self->random);
      g_array_append_val (fresh, row);
      fare_locator_add (self->locator, &row);
    }
  g_assert_true (fare_packs_store (self->packs, (FareRow *) (gpointer) fresh->data, fresh->len, FALSE));
  g_array_append_vals (rows, fresh->data, fresh->len);
}

static void
drop_rows (Store   *self,
           guint32  file,
           gint64  *next,
           GArray  *rows)
{
  guint n = 0;

  for (guint i = 0; i < rows->len; i++)
    if (g_array_index (rows, FareRow, i).file == file)
      fare_locator_drop_row (self->locator, &g_array_index (rows, FareRow, i));
    else
      g_array_index (rows, FareRow, n++) = g_array_index (rows, FareRow, i);
  g_array_set_size (rows, n);
  g_assert_true (fare_packs_drop_file (self->packs, file));
  *next = 0;
}

static void
check_all (Store        *self,
           const GArray *rows)
{
  g_autoptr(GHashTable) expected = g_hash_table_new (g_int64_hash, g_int64_equal);
  GHashTableIter iter;
  gpointer cluster, count;
  gboolean is_sound = FALSE;

  for (guint i = 0; i < rows->len; i++)
    {
      gint64 *key = &g_array_index (rows, FareRow, i).cluster;
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (expected, key));

      g_hash_table_insert (expected, key, GUINT_TO_POINTER (n + 1));
    }
  g_hash_table_iter_init (&iter, expected);
  while (g_hash_table_iter_next (&iter, &cluster, &count))
    g_assert_cmpuint (count_found (self, *(gint64 *) cluster), ==, GPOINTER_TO_UINT (count));
  g_assert_true (fare_locator_check (self->locator, &is_sound));
  g_assert_true (is_sound);
}

static void
test_clusters_are_found (Store         *self,
                         gconstpointer  data)
{
  g_autoptr(GArray) rows = g_array_new (FALSE, TRUE, sizeof (FareRow));
  gint64 next[31] = { 0 };

  g_assert_cmpuint (count_found (self, 5), ==, 0);
  for (guint turn = 0; turn < 30; turn++)
    {
      for (guint32 part = 0; part < 4; part++)
        {
          /* No file twice in one batch, as the writer has it. */
          guint32 file = part * 8 + (guint32) g_rand_int_range (self->random, 1, part < 3 ? 9 : 7);

          if (next[file] > 0 && g_rand_int (self->random) % 4 == 0)
            drop_rows (self, file, &next[file], rows);
          add_rows (self, file, &next[file], (guint) g_rand_int_range (self->random, 1, 70), rows);
        }
      g_assert_true (fare_locator_flush (self->locator));
      if (turn % 10 == 9)
        check_all (self, rows);
    }
  for (guint32 file = 1; file <= 30; file++)
    drop_rows (self, file, &next[file], rows);
  g_assert_true (fare_locator_flush (self->locator));
  check_all (self, rows);
  g_assert_cmpuint (count_found (self, 0), ==, 0);
}

static void
test_locator_is_made_anew (Store         *self,
                           gconstpointer  data)
{
  g_autoptr(GArray) rows = g_array_new (FALSE, TRUE, sizeof (FareRow));
  gboolean is_sound = TRUE;
  gint64 next = 0;

  add_rows (self, 3, &next, 2000, rows);
  g_assert_true (fare_locator_flush (self->locator));
  g_assert_cmpint (sqlite3_exec (self->db, "DELETE FROM locator WHERE first = (SELECT max(first)"
                                           " FROM locator)", NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_true (fare_locator_check (self->locator, &is_sound));
  g_assert_false (is_sound);
  g_assert_true (fare_locator_rebuild (self->locator));
  check_all (self, rows);
}

/* Cut or changed anywhere, bytes are refused or read as other rows, and nothing worse. */
static void
test_damage_is_survived (Store         *self,
                         gconstpointer  data)
{
  FareRow rows[FARE_PACK_ROWS], back[FARE_PACK_ROWS];
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  guint n = 0, refused = 0;

  for (guint i = 0; i < FARE_PACK_ROWS; i++)
    rows[i] = any_row (self->random, first_of (1) + i);
  fare_rows_pack (rows, FARE_PACK_ROWS, bytes);
  g_assert_true (fare_rows_unpack (bytes->data, bytes->len, first_of (1), back, FARE_PACK_ROWS, &n));
  g_assert_cmpuint (n, ==, FARE_PACK_ROWS);
  g_assert_false (fare_rows_unpack (bytes->data, bytes->len, first_of (1), back, 5, &n));
  for (guint length = 0; length < bytes->len; length++)
    {
      g_autofree guint8 *copy = g_memdup2 (bytes->data, length);

      refused += !fare_rows_unpack (copy, length, first_of (1), back, FARE_PACK_ROWS, &n);
    }
  g_assert_cmpuint (refused, ==, bytes->len - FARE_PACK_ROWS);
  for (guint i = 0; i < 20000; i++)
    {
      g_autofree guint8 *copy = g_memdup2 (bytes->data, bytes->len);

      copy[g_rand_int (self->random) % bytes->len] = (guint8) g_rand_int (self->random);
      fare_rows_unpack (copy, bytes->len, first_of (1), back, FARE_PACK_ROWS, &n);
    }

  g_assert_true (fare_packs_store (self->packs, rows, FARE_PACK_ROWS, FALSE));
  g_assert_cmpint (sqlite3_exec (self->db, "UPDATE pack SET rows = x'ffff01'", NULL, NULL, NULL), ==,
                   SQLITE_OK);
  g_assert_cmpint (fare_packs_count (self->packs), >=, 0);
  {
    g_autoptr(GArray) loaded = g_array_new (FALSE, FALSE, sizeof (FareRow));

    g_assert_false (fare_packs_load (self->packs, 0, G_MAXINT64, loaded));
    g_assert_cmpint (sqlite3_errcode (self->db), ==, SQLITE_CORRUPT);
  }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/packs/rows-come-back", Store, NULL, set_up, test_rows_come_back, tear_down);
  g_test_add ("/packs/clusters-are-found", Store, NULL, set_up, test_clusters_are_found, tear_down);
  g_test_add ("/packs/locator-is-made-anew", Store, NULL, set_up, test_locator_is_made_anew,
              tear_down);
  g_test_add ("/packs/damage-is-survived", Store, NULL, set_up, test_damage_is_survived, tear_down);

  return g_test_run ();
}
