/* fare-index-rollup.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "index/fare-index-rollup.h"

#include <stdlib.h>
#include <string.h>

#include "index/fare-index-meta.h"
#include "index/fare-index-packs.h"
#include "index/fare-index-reader.h"

struct _FareRollup
{
  sqlite3       *db;
  GArray        *bands;  /* gint64 */
  GHashTable    *cells;  /* FareCell by its key: differences not written yet */
  FareStatement *load;
  FareStatement *store;
  FareStatement *clear;
};

static guint
hash_key (gconstpointer data)
{
  const FareCellKey *key = data;
  guint64 hash = (guint64) key->quarter * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  hash ^= key->session * G_GUINT64_CONSTANT (0xc2b2ae3d27d4eb4f);
  hash ^= ((guint64) key->model << 32) ^ ((guint64) key->branch << 16) ^ key->kind
          ^ ((guint64) key->band << 48);
  hash *= G_GUINT64_CONSTANT (0xff51afd7ed558ccd);

  return (guint) (hash >> 32);
}

static gboolean
equal_keys (gconstpointer a,
            gconstpointer b)
{
  return memcmp (a, b, sizeof (FareCellKey)) == 0;
}

static GArray *
merge_bands (const GArray *stored,
             const gint64 *thresholds,
             guint         n_thresholds)
{
  GArray *bands = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint n_stored = stored != NULL ? stored->len : 0;
  guint i = 0, j = 0;

  while (i < n_stored || j < n_thresholds)
    {
      gint64 a = i < n_stored ? g_array_index (stored, gint64, i) : G_MAXINT64;
      gint64 b = j < n_thresholds ? thresholds[j] : G_MAXINT64;
      gint64 value = MIN (a, b);

      i += a == value;
      j += b == value;
      g_array_append_val (bands, value);
    }

  return bands;
}

FareRollup *
fare_rollup_new (sqlite3      *db,
                 const gint64 *thresholds,
                 guint         n_thresholds)
{
  FareRollup *self = g_new0 (FareRollup, 1);
  g_autoptr(GArray) stored = fare_rollup_read_bands (db);

  self->db = db;
  self->bands = merge_bands (stored, thresholds, n_thresholds);
  self->cells = g_hash_table_new_full (hash_key, equal_keys, NULL, g_free);

  return self;
}

void
fare_rollup_free (FareRollup *self)
{
  g_clear_pointer (&self->cells, g_hash_table_unref);
  g_clear_pointer (&self->bands, g_array_unref);
  g_clear_pointer (&self->load, sqlite3_finalize);
  g_clear_pointer (&self->store, sqlite3_finalize);
  g_clear_pointer (&self->clear, sqlite3_finalize);
  g_free (self);
}

void
fare_rollup_drop (FareRollup *self)
{
  g_hash_table_remove_all (self->cells);
}

/* How many of the thresholds a prompt exceeds. */
static guint
get_band (const GArray *bands,
          gint64        prompt)
{
  guint band = 0;

  while (band < bands->len && prompt > g_array_index (bands, gint64, band))
    band++;

  return band;
}

void
fare_rollup_make_cell (const GArray  *bands,
                       const FareRow *row,
                       FareCell      *cell)
{
  memset (cell, 0, sizeof *cell);
  cell->key.quarter = row->event_ms / FARE_QUARTER_MS;
  cell->key.session = row->event_session;
  cell->key.model = row->model;
  cell->key.branch = row->branch;
  cell->key.kind = (guint16) (row->modes
                              | (row->flags & FARE_ROW_BY_HELPER ? FARE_KIND_BY_HELPER : 0)
                              | (row->flags & FARE_ROW_REPORTED ? FARE_KIND_REPORTED : 0));
  cell->key.band = (guint16) get_band (bands, fare_usage_prompt (&row->usage));
  cell->usage = row->usage;
  cell->events = 1;
  cell->messages = row->messages;
  cell->searches = row->web_searches;
  cell->reported = row->flags & FARE_ROW_REPORTED ? row->reported_pico : 0;
}

static void
negate (FareCell *cell)
{
  FareUsage usage = { 0 };

  fare_usage_add (&usage, &cell->usage, -1);
  cell->usage = usage;
  cell->events = -cell->events;
  cell->messages = -cell->messages;
  cell->searches = -cell->searches;
  cell->reported = -cell->reported;
}

static void
add_cell (FareRollup     *self,
          const FareCell *difference)
{
  FareCell *cell = g_hash_table_lookup (self->cells, &difference->key);

  if (cell != NULL)
    {
      fare_cell_add (cell, difference);
      return;
    }

  cell = g_memdup2 (difference, sizeof *difference);
  g_hash_table_insert (self->cells, &cell->key, cell);
}

void
fare_rollup_add (FareRollup    *self,
                 const FareRow *row,
                 int            sign)
{
  FareCell cell;

  fare_rollup_make_cell (self->bands, row, &cell);
  if (sign < 0)
    negate (&cell);
  add_cell (self, &cell);
}

static int
compare_cells (gconstpointer a,
               gconstpointer b)
{
  return fare_cell_compare (*(const FareCell * const *) a, *(const FareCell * const *) b);
}

/* Returns: (transfer container) (element-type FareCell): the differences that are any, sorted */
static GPtrArray *
sort_differences (FareRollup *self)
{
  GPtrArray *cells = g_ptr_array_sized_new (g_hash_table_size (self->cells));
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->cells);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (!fare_cell_is_nothing (value))
      g_ptr_array_add (cells, value);
  g_ptr_array_sort (cells, compare_cells);

  return cells;
}

static gboolean
load_day (FareRollup *self,
          gint64      day,
          GArray     *cells)
{
  gboolean done = TRUE;

  fare_statement_bind (self->load, "i", day);
  if (sqlite3_step (self->load) == SQLITE_ROW)
    done = fare_cells_unpack (sqlite3_column_blob (self->load, 0),
                              (gsize) sqlite3_column_bytes (self->load, 0), day, cells);

  return sqlite3_reset (self->load) == SQLITE_OK && done;
}

/* Adds two sorted lists; a cell without events is gone. */
static GArray *
merge_cells (const GArray *old,
             FareCell    **differences,
             guint         n_differences)
{
  GArray *merged = g_array_sized_new (FALSE, FALSE, sizeof (FareCell), old->len + n_differences);
  guint i = 0, j = 0, n = 0;

  g_array_set_size (merged, old->len + n_differences);

  while (i < old->len || j < n_differences)
    {
      const FareCell *a = i < old->len ? &g_array_index (old, FareCell, i) : NULL;
      const FareCell *b = j < n_differences ? differences[j] : NULL;
      int order = a == NULL ? 1 : b == NULL ? -1 : fare_cell_compare (a, b);
      FareCell *cell = &g_array_index (merged, FareCell, n);

      *cell = order <= 0 ? *a : *b;
      if (order == 0)
        fare_cell_add (cell, b);
      i += order <= 0;
      j += order >= 0;
      n += cell->events > 0;
    }
  g_array_set_size (merged, n);

  return merged;
}

static gboolean
write_day (FareRollup *self,
           FareCell  **differences,
           guint       n_differences)
{
  gint64 day = fare_cell_get_day (differences[0]);
  g_autoptr(GArray) old = g_array_new (FALSE, FALSE, sizeof (FareCell));
  g_autoptr(GArray) merged = NULL;
  g_autoptr(GByteArray) bytes = NULL;

  if (!load_day (self, day, old))
    return FALSE;
  merged = merge_cells (old, differences, n_differences);
  if (merged->len == 0)
    {
      fare_statement_bind (self->clear, "i", day);
      return fare_statement_run (self->clear);
    }

  bytes = fare_cells_pack ((const FareCell *) merged->data, merged->len);
  sqlite3_reset (self->store);
  sqlite3_bind_int64 (self->store, 1, day);
  sqlite3_bind_blob (self->store, 2, bytes->data, (int) bytes->len, SQLITE_STATIC);

  return fare_statement_run (self->store);
}

static gboolean
prepare (FareRollup *self)
{
  if (self->load == NULL)
    self->load = fare_statement_new (self->db, "SELECT cells FROM rollup WHERE day = ?1");
  if (self->store == NULL)
    self->store = fare_statement_new (self->db, "INSERT INTO rollup VALUES (?1, ?2)"
                                                " ON CONFLICT DO UPDATE SET cells = ?2");
  if (self->clear == NULL)
    self->clear = fare_statement_new (self->db, "DELETE FROM rollup WHERE day = ?1");

  return self->load != NULL && self->store != NULL && self->clear != NULL;
}

gboolean
fare_rollup_flush (FareRollup *self)
{
  g_autoptr(GPtrArray) cells = NULL;
  gboolean done = TRUE;

  if (g_hash_table_size (self->cells) == 0)
    return TRUE;
  if (!prepare (self))
    return FALSE;

  cells = sort_differences (self);
  for (guint i = 0, end; done && i < cells->len; i = end)
    {
      gint64 day = fare_cell_get_day (g_ptr_array_index (cells, i));

      for (end = i + 1; end < cells->len
                        && fare_cell_get_day (g_ptr_array_index (cells, end)) == day;)
        end++;
      done = write_day (self, (FareCell **) cells->pdata + i, end - i);
    }
  fare_rollup_drop (self);

  return done;
}

GArray *
fare_rollup_read_bands (sqlite3 *db)
{
  GArray *bands = NULL;
  g_autoptr(FareStatement) statement = NULL;

  statement = fare_statement_new (db, "SELECT value FROM meta WHERE key = '" FARE_META_BANDS "'");
  if (statement != NULL && sqlite3_step (statement) == SQLITE_ROW)
    {
      g_auto(GStrv) parts = g_strsplit (fare_statement_text (statement, 0), ",", -1);

      bands = g_array_new (FALSE, FALSE, sizeof (gint64));
      for (guint i = 0; parts[i] != NULL; i++)
        {
          gint64 value = g_ascii_strtoll (parts[i], NULL, 10);

          if (*parts[i] != '\0')
            g_array_append_val (bands, value);
        }
    }

  return bands;
}

static gboolean
write_bands (FareRollup *self)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->bands->len; i++)
    g_string_append_printf (text, "%s%" G_GINT64_FORMAT, i > 0 ? "," : "",
                            g_array_index (self->bands, gint64, i));

  return fare_meta_store_text (self->db, FARE_META_BANDS, text->str);
}

static gboolean
add_row_cb (const FareRow *row,
            gpointer       user_data)
{
  if (row->role == FARE_ROLE_COUNTED)
    fare_rollup_add (user_data, row, 1);

  return TRUE;
}

static gboolean
add_all_rows (FareRollup *self)
{
  g_autoptr(FarePacks) packs = fare_packs_new (self->db);

  return fare_packs_foreach (packs, G_MININT64, G_MAXINT64, add_row_cb, self);
}

gboolean
fare_rollup_rebuild (FareRollup *self)
{
  fare_rollup_drop (self);

  return sqlite3_exec (self->db, "DELETE FROM rollup", NULL, NULL, NULL) == SQLITE_OK
         && write_bands (self) && add_all_rows (self) && fare_rollup_flush (self);
}

/* Takes the stored sums from those in @self.  A day that cannot be read has none. */
static gboolean
take_stored (FareRollup *self)
{
  g_autoptr(FareStatement) statement = fare_statement_new (self->db, "SELECT day, cells"
                                                                     " FROM rollup");
  g_autoptr(GArray) cells = g_array_new (FALSE, FALSE, sizeof (FareCell));
  int result;

  if (statement == NULL)
    return FALSE;
  while ((result = sqlite3_step (statement)) == SQLITE_ROW)
    {
      g_array_set_size (cells, 0);
      if (!fare_cells_unpack (sqlite3_column_blob (statement, 1),
                              (gsize) sqlite3_column_bytes (statement, 1),
                              fare_statement_int (statement, 0), cells))
        continue;
      for (guint i = 0; i < cells->len; i++)
        {
          FareCell *cell = &g_array_index (cells, FareCell, i);

          negate (cell);
          add_cell (self, cell);
        }
    }

  return result == SQLITE_DONE;
}

static int
compare_quarters (gconstpointer a,
                  gconstpointer b)
{
  gint64 first = *(const gint64 *) a, second = *(const gint64 *) b;

  return (first > second) - (first < second);
}

gboolean
fare_rollup_find_faults (sqlite3 *db,
                         GArray  *quarters)
{
  g_autoptr(FareRollup) self = fare_rollup_new (db, NULL, 0);
  g_autoptr(GPtrArray) faults = NULL;
  guint n = 0;

  if (!add_all_rows (self) || !take_stored (self))
    return FALSE;

  faults = sort_differences (self);
  for (guint i = 0; i < faults->len; i++)
    g_array_append_val (quarters, ((FareCell *) g_ptr_array_index (faults, i))->key.quarter);
  g_array_sort (quarters, compare_quarters);
  for (guint i = 0; i < quarters->len; i++)
    if (i == 0 || g_array_index (quarters, gint64, i) != g_array_index (quarters, gint64, i - 1))
      g_array_index (quarters, gint64, n++) = g_array_index (quarters, gint64, i);
  g_array_set_size (quarters, n);

  return TRUE;
}

gboolean
fare_rollup_ensure_bands (FareRollup *self)
{
  g_autoptr(GArray) stored = fare_rollup_read_bands (self->db);

  /* Ours contain the stored ones, so only their number can differ. */
  if (stored != NULL && stored->len == self->bands->len)
    return TRUE;

  /* All or nothing: bands that are stored without their sums would never be looked at again. */
  return sqlite3_exec (self->db, "BEGIN IMMEDIATE", NULL, NULL, NULL) == SQLITE_OK
         && fare_rollup_rebuild (self)
         && sqlite3_exec (self->db, "COMMIT", NULL, NULL, NULL) == SQLITE_OK;
}
