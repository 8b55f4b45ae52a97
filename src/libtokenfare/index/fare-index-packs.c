/* fare-index-packs.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "index/fare-index-packs.h"

#include "index/fare-index-rows.h"

struct _FarePacks
{
  sqlite3       *db;
  FareStatement *load;
  FareStatement *insert;
  FareStatement *update;
  GByteArray    *bytes;
  FareRow        rows[FARE_PACK_ROWS]; /* of one pack */
};

FarePacks *
fare_packs_new (sqlite3 *db)
{
  FarePacks *self = g_new0 (FarePacks, 1);

  self->db = db;
  self->bytes = g_byte_array_new ();

  return self;
}

void
fare_packs_free (FarePacks *self)
{
  g_clear_pointer (&self->load, sqlite3_finalize);
  g_clear_pointer (&self->insert, sqlite3_finalize);
  g_clear_pointer (&self->update, sqlite3_finalize);
  g_clear_pointer (&self->bytes, g_byte_array_unref);
  g_free (self);
}

static void
fail (sqlite3_context  *context,
      int               n_values,
      sqlite3_value   **values)
{
  (void) n_values;
  (void) values;
  sqlite3_result_error_code (context, SQLITE_CORRUPT);
}

gboolean
fare_packs_report_damage (sqlite3 *db)
{
  sqlite3_create_function (db, "fare_damaged", 0, SQLITE_UTF8, NULL, fail, NULL, NULL);
  sqlite3_exec (db, "SELECT fare_damaged ()", NULL, NULL, NULL);

  return FALSE;
}

/* @statement stands on a pack, @rows has room for %FARE_PACK_ROWS. */
static gboolean
unpack (FareStatement *statement,
        FareRow       *rows,
        guint         *n_rows)
{
  gint64 id = fare_statement_int (statement, 0);

  return fare_pack_of_row (id) == id
         && fare_rows_unpack (sqlite3_column_blob (statement, 1),
                              (gsize) sqlite3_column_bytes (statement, 1), id, rows,
                              FARE_PACK_ROWS, n_rows);
}

static FareStatement *
ensure (FarePacks      *self,
        FareStatement **statement,
        const char     *sql)
{
  if (*statement == NULL)
    *statement = fare_statement_new (self->db, sql);

  return *statement;
}

gboolean
fare_packs_load (FarePacks *self,
                 gint64     first,
                 gint64     last,
                 GArray    *rows)
{
  gboolean is_damaged = FALSE;
  int result;

  if (ensure (self, &self->load, "SELECT id, rows FROM pack WHERE id BETWEEN ?1 AND ?2") == NULL)
    return FALSE;
  fare_statement_bind (self->load, "ii", fare_pack_of_row (first), last);
  while ((result = sqlite3_step (self->load)) == SQLITE_ROW && !is_damaged)
    {
      guint n = 0;

      is_damaged = !unpack (self->load, self->rows, &n);
      for (guint i = 0; !is_damaged && i < n; i++)
        if (self->rows[i].id >= first && self->rows[i].id <= last)
          g_array_append_val (rows, self->rows[i]);
    }
  sqlite3_reset (self->load);

  return is_damaged ? fare_packs_report_damage (self->db) : result == SQLITE_DONE;
}

/* The end of all time is within it. */
static gboolean
is_within (const FareRow *row,
           gint64         from_ms,
           gint64         to_ms)
{
  return row->event_ms >= from_ms && (row->event_ms < to_ms || to_ms == G_MAXINT64);
}

gboolean
fare_packs_foreach (FarePacks    *self,
                    gint64        from_ms,
                    gint64        to_ms,
                    FarePackFunc  func,
                    gpointer      user_data)
{
  g_autoptr(FareStatement) statement = NULL;
  FareRow rows[FARE_PACK_ROWS];
  int result;

  statement = fare_statement_new (self->db, "SELECT id, rows FROM pack"
                                            " WHERE last_ms >= ?1 AND first_ms <= ?2 ORDER BY id");
  if (statement == NULL)
    return FALSE;
  fare_statement_bind (statement, "ii", from_ms, to_ms);
  while ((result = sqlite3_step (statement)) == SQLITE_ROW)
    {
      guint n = 0;

      if (!unpack (statement, rows, &n))
        return fare_packs_report_damage (self->db);
      for (guint i = 0; i < n; i++)
        if (is_within (&rows[i], from_ms, to_ms) && !func (&rows[i], user_data))
          return TRUE;
    }

  return result == SQLITE_DONE;
}

static int
compare_times (gconstpointer a,
               gconstpointer b)
{
  const FareRow *first = a, *second = b;

  if (first->event_ms != second->event_ms)
    return first->event_ms < second->event_ms ? -1 : 1;

  return (first->id > second->id) - (first->id < second->id);
}

/* Shows the rows before @until_ms, or all, and takes them out of @rows. */
static gboolean
show_sorted (GArray       *rows,
             gint64        until_ms,
             FarePackFunc  func,
             gpointer      user_data)
{
  guint n = 0;
  gboolean go_on = TRUE;

  g_array_sort (rows, compare_times);
  while (go_on && n < rows->len
         && is_within (&g_array_index (rows, FareRow, n), G_MININT64, until_ms))
    go_on = func (&g_array_index (rows, FareRow, n++), user_data);
  g_array_remove_range (rows, 0, n);

  return go_on;
}

/* So many rows are sorted at a time. */
#define SORTED_ROWS 4096

gboolean
fare_packs_foreach_by_time (FarePacks    *self,
                            gint64        from_ms,
                            gint64        to_ms,
                            FarePackFunc  func,
                            gpointer      user_data)
{
  g_autoptr(FareStatement) statement = NULL;
  g_autoptr(GArray) rows = g_array_new (FALSE, FALSE, sizeof (FareRow));
  guint enough = SORTED_ROWS;
  gboolean go_on = TRUE;
  int result;

  statement = fare_statement_new (self->db, "SELECT id, first_ms FROM pack WHERE last_ms >= ?1"
                                            " AND first_ms <= ?2 ORDER BY first_ms");
  if (statement == NULL)
    return FALSE;
  fare_statement_bind (statement, "ii", from_ms, to_ms);
  while (go_on && (result = sqlite3_step (statement)) == SQLITE_ROW)
    {
      gint64 id = fare_statement_int (statement, 0);
      guint before = rows->len, n = rows->len;

      /* What is to come is not earlier than this pack. */
      if (before >= enough)
        {
          go_on = show_sorted (rows, fare_statement_int (statement, 1), func, user_data);
          enough = 2 * rows->len + SORTED_ROWS;
          before = n = rows->len;
        }
      if (!fare_packs_load (self, id, id + FARE_PACK_ROWS - 1, rows))
        return FALSE;
      for (guint i = before; i < rows->len; i++)
        {
          const FareRow *row = &g_array_index (rows, FareRow, i);

          if (is_within (row, from_ms, to_ms))
            g_array_index (rows, FareRow, n++) = *row;
        }
      g_array_set_size (rows, n);
    }
  if (go_on && result != SQLITE_DONE)
    return FALSE;
  if (go_on)
    show_sorted (rows, G_MAXINT64, func, user_data);

  return TRUE;
}

static gboolean
write_pack (FarePacks     *self,
            const FareRow *rows,
            guint          n_rows,
            gboolean       is_known)
{
  FareStatement *statement = is_known ? self->update : self->insert;
  gint64 first_ms = G_MAXINT64, last_ms = G_MININT64;
  guint counted = 0;

  g_byte_array_set_size (self->bytes, 0);
  fare_rows_pack (rows, n_rows, self->bytes);
  for (guint i = 0; i < n_rows; i++)
    {
      first_ms = MIN (first_ms, rows[i].event_ms);
      last_ms = MAX (last_ms, rows[i].event_ms);
      counted += rows[i].role == FARE_ROLE_COUNTED;
    }
  fare_statement_bind (statement, "iiii", rows[0].id, first_ms, last_ms, (gint64) counted);
  sqlite3_bind_blob (statement, 5, self->bytes->data, (int) self->bytes->len, SQLITE_STATIC);

  return fare_statement_run (statement);
}

/* The rows of one pack, some of which are stored already. */
static gboolean
change_pack (FarePacks     *self,
             gint64         pack,
             const FareRow *rows,
             guint          n_rows)
{
  guint n = 0;
  int result;
  gboolean is_damaged = FALSE;

  fare_statement_bind (self->load, "ii", pack, pack);
  result = sqlite3_step (self->load);
  if (result == SQLITE_ROW)
    is_damaged = !unpack (self->load, self->rows, &n);
  sqlite3_reset (self->load);
  if (result != SQLITE_ROW && result != SQLITE_DONE)
    return FALSE;
  for (guint i = 0; i < n_rows && !is_damaged; i++)
    {
      guint at = (guint) (rows[i].id - pack);

      is_damaged = at > n;
      if (is_damaged)
        break;
      self->rows[at] = rows[i];
      n = MAX (n, at + 1);
    }
  if (is_damaged)
    return fare_packs_report_damage (self->db);

  return write_pack (self, self->rows, n, result == SQLITE_ROW);
}

gboolean
fare_packs_store (FarePacks     *self,
                  const FareRow *rows,
                  guint          n_rows,
                  gboolean       is_known)
{
  if (ensure (self, &self->load, "SELECT id, rows FROM pack WHERE id BETWEEN ?1 AND ?2") == NULL
      || ensure (self, &self->insert, "INSERT INTO pack VALUES (?1, ?2, ?3, ?4, ?5)") == NULL
      || ensure (self, &self->update, "UPDATE pack SET first_ms = ?2, last_ms = ?3, counted = ?4,"
                                      " rows = ?5 WHERE id = ?1") == NULL)
    return FALSE;

  for (guint i = 0, end; i < n_rows; i = end)
    {
      gint64 pack = fare_pack_of_row (rows[i].id);
      gboolean done;

      for (end = i + 1; end < n_rows && fare_pack_of_row (rows[end].id) == pack;)
        end++;
      done = is_known || rows[i].id != pack ? change_pack (self, pack, &rows[i], end - i)
                                            : write_pack (self, &rows[i], end - i, FALSE);
      if (!done)
        return FALSE;
    }

  return TRUE;
}

gboolean
fare_packs_drop_file (FarePacks *self,
                      guint32    file)
{
  g_autoptr(FareStatement) statement = NULL;

  statement = fare_statement_new (self->db, "DELETE FROM pack WHERE id BETWEEN ?1 AND ?2");
  if (statement == NULL)
    return FALSE;
  fare_statement_bind (statement, "ii", (gint64) file << FARE_ROW_FILE_SHIFT,
                       (gint64) file << FARE_ROW_FILE_SHIFT | FARE_ROW_SEQUENCE);

  return fare_statement_run (statement);
}

gint64
fare_packs_count (FarePacks *self)
{
  g_autoptr(FareStatement) statement = NULL;

  statement = fare_statement_new (self->db, "SELECT coalesce(sum(counted), 0) FROM pack");

  return statement != NULL && sqlite3_step (statement) == SQLITE_ROW
         ? fare_statement_int (statement, 0) : -1;
}
