/* fare-index-rollup.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "index/fare-index-rollup.h"

#include <stdlib.h>
#include <string.h>

#include "index/fare-index-reader.h"
#include "index/fare-index-rows.h"

/* Logged costs are not ours to trust: a sum that leaves 63 bits stays at the edge instead of becoming
 * a number the column cannot hold. */
#define REPORTED_MAX "9.2e18"

typedef struct
{
  gint64  quarter;
  guint32 session;
  guint32 model;
  guint32 branch;
  guint16 kind;
  guint16 band;
} Key;

typedef struct
{
  Key       key;
  FareUsage usage;
  gint64    events;
  gint64    messages;
  gint64    searches;
  gint64    reported;
} Cell;

struct _FareRollup
{
  sqlite3       *db;
  GArray        *bands;  /* gint64 */
  GHashTable    *cells;  /* Cell by its Key: differences not written yet */
  FareStatement *upsert;
  FareStatement *clear;
};

static guint
hash_key (gconstpointer data)
{
  const Key *key = data;
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
  return memcmp (a, b, sizeof (Key)) == 0;
}

static int
compare_cells (gconstpointer a,
               gconstpointer b)
{
  const Key *first = &(*(Cell * const *) a)->key, *second = &(*(Cell * const *) b)->key;

  if (first->quarter != second->quarter)
    return first->quarter < second->quarter ? -1 : 1;
  if (first->session != second->session)
    return first->session < second->session ? -1 : 1;

  return memcmp (first, second, sizeof *first);
}

static GArray *
merge_bands (const GArray *stored,
             const gint64 *thresholds,
             guint         n_thresholds)
{
  GArray *bands = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint i = 0, j = 0;

  while (i < stored->len || j < n_thresholds)
    {
      gint64 a = i < stored->len ? g_array_index (stored, gint64, i) : G_MAXINT64;
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
  g_clear_pointer (&self->upsert, sqlite3_finalize);
  g_clear_pointer (&self->clear, sqlite3_finalize);
  g_free (self);
}

void
fare_rollup_drop (FareRollup *self)
{
  g_hash_table_remove_all (self->cells);
}

guint
fare_rollup_get_band (const GArray *bands,
                      gint64        prompt)
{
  guint band = 0;

  while (band < bands->len && prompt > g_array_index (bands, gint64, band))
    band++;

  return band;
}

void
fare_rollup_add (FareRollup    *self,
                 const FareRow *row,
                 int            sign)
{
  Key key;
  Cell *cell;

  memset (&key, 0, sizeof key); /* compared as bytes */
  key.quarter = row->event_ms / FARE_QUARTER_MS;
  key.session = row->event_session;
  key.model = row->model;
  key.branch = row->branch;
  key.kind = (guint16) (row->modes | (row->flags & FARE_ROW_BY_HELPER ? FARE_KIND_BY_HELPER : 0)
                        | (row->flags & FARE_ROW_REPORTED ? FARE_KIND_REPORTED : 0));
  key.band = (guint16) fare_rollup_get_band (self->bands, fare_usage_prompt (&row->usage));

  cell = g_hash_table_lookup (self->cells, &key);
  if (cell == NULL)
    {
      cell = g_new0 (Cell, 1);
      cell->key = key;
      g_hash_table_insert (self->cells, &cell->key, cell);
    }
  fare_usage_add (&cell->usage, &row->usage, sign);
  cell->events += sign;
  cell->messages += sign * (gint64) row->messages;
  cell->searches += sign * (gint64) row->web_searches;
  if (row->flags & FARE_ROW_REPORTED
      && __builtin_add_overflow (cell->reported, sign * row->reported_pico, &cell->reported))
    cell->reported = sign > 0 ? G_MAXINT64 : -G_MAXINT64;
}

static gboolean
is_nothing (const Cell *cell)
{
  static const FareUsage none = { 0 };

  return memcmp (&cell->usage, &none, sizeof none) == 0 && cell->events == 0
         && cell->messages == 0 && cell->searches == 0 && cell->reported == 0;
}

static gboolean
write_cell (FareRollup *self,
            const Cell *cell)
{
  const Key *key = &cell->key;
  const FareUsage *usage = &cell->usage;

  fare_statement_bind (self->upsert, "iiiiiiiiiiiiiiii", key->quarter, (gint64) key->session,
                       (gint64) key->model, (gint64) key->branch, (gint64) key->kind,
                       (gint64) key->band, cell->events, cell->messages, usage->input,
                       usage->cache_read, usage->cache_write_5m, usage->cache_write_1h,
                       usage->output, usage->reasoning, cell->searches, cell->reported);
  if (!fare_statement_run (self->upsert))
    return FALSE;
  if (cell->events > 0)
    return TRUE;

  /* The difference may have emptied the bucket. */
  fare_statement_bind (self->clear, "iiiiii", key->quarter, (gint64) key->session,
                       (gint64) key->model, (gint64) key->branch, (gint64) key->kind,
                       (gint64) key->band);

  return fare_statement_run (self->clear);
}

gboolean
fare_rollup_flush (FareRollup *self)
{
  g_autoptr(GPtrArray) cells = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer value;
  gboolean done = TRUE;

  if (g_hash_table_size (self->cells) == 0)
    return TRUE;
  g_hash_table_iter_init (&iter, self->cells);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_ptr_array_add (cells, value);
  if (self->upsert == NULL)
    self->upsert = fare_statement_new (
      self->db, "INSERT INTO rollup VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16)"
                " ON CONFLICT DO UPDATE SET events = events + excluded.events,"
                " messages = messages + excluded.messages, input = input + excluded.input,"
                " cache_read = cache_read + excluded.cache_read,"
                " write_5m = write_5m + excluded.write_5m,"
                " write_1h = write_1h + excluded.write_1h, output = output + excluded.output,"
                " reasoning = reasoning + excluded.reasoning,"
                " searches = searches + excluded.searches,"
                " reported = cast(min(" REPORTED_MAX ", max(-" REPORTED_MAX ","
                " reported + excluded.reported)) AS INTEGER)");
  if (self->clear == NULL)
    self->clear = fare_statement_new (
      self->db, "DELETE FROM rollup WHERE quarter = ?1 AND session = ?2 AND model = ?3"
                " AND branch = ?4 AND kind = ?5 AND band = ?6 AND events = 0");
  if (self->upsert == NULL || self->clear == NULL)
    return FALSE;

  /* In key order the table grows at its end instead of everywhere. */
  g_ptr_array_sort (cells, compare_cells);
  for (guint i = 0; done && i < cells->len; i++)
    if (!is_nothing (g_ptr_array_index (cells, i)))
      done = write_cell (self, g_ptr_array_index (cells, i));
  fare_rollup_drop (self);

  return done;
}

GArray *
fare_rollup_read_bands (sqlite3 *db)
{
  GArray *bands = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(FareStatement) statement = NULL;

  statement = fare_statement_new (db, "SELECT value FROM meta WHERE key = '" FARE_META_BANDS "'");
  if (statement != NULL && sqlite3_step (statement) == SQLITE_ROW)
    {
      g_auto(GStrv) parts = g_strsplit (fare_statement_text (statement, 0), ",", -1);

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
  g_autoptr(FareStatement) statement = NULL;

  for (guint i = 0; i < self->bands->len; i++)
    g_string_append_printf (text, "%s%" G_GINT64_FORMAT, i > 0 ? "," : "",
                            g_array_index (self->bands, gint64, i));
  statement = fare_statement_new (self->db, "INSERT OR REPLACE INTO meta VALUES (?1, ?2)");
  if (statement == NULL)
    return FALSE;
  fare_statement_bind (statement, "ss", FARE_META_BANDS, text->str);

  return fare_statement_run (statement);
}

gboolean
fare_rollup_rebuild (FareRollup *self)
{
  g_autoptr(FareStatement) statement = NULL;
  FareRow row;
  int result;

  fare_rollup_drop (self);
  if (sqlite3_exec (self->db, "DELETE FROM rollup", NULL, NULL, NULL) != SQLITE_OK
      || !write_bands (self))
    return FALSE;
  statement = fare_statement_new (self->db, "SELECT " FARE_ROW_COLUMNS " FROM event"
                                            " WHERE role = 0");
  if (statement == NULL)
    return FALSE;
  while ((result = sqlite3_step (statement)) == SQLITE_ROW)
    {
      fare_rows_load (statement, &row);
      fare_rollup_add (self, &row, 1);
    }

  return result == SQLITE_DONE && fare_rollup_flush (self);
}

gboolean
fare_rollup_ensure_bands (FareRollup *self)
{
  g_autoptr(GArray) stored = fare_rollup_read_bands (self->db);

  /* Ours contain the stored ones, so only their number can differ. */
  if (stored->len == self->bands->len)
    return TRUE;

  /* All or nothing: bands that are stored without their sums would never be looked at again. */
  return sqlite3_exec (self->db, "BEGIN IMMEDIATE", NULL, NULL, NULL) == SQLITE_OK
         && fare_rollup_rebuild (self)
         && sqlite3_exec (self->db, "COMMIT", NULL, NULL, NULL) == SQLITE_OK;
}
