/* fare-index-upgrade.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "index/fare-index-upgrade.h"

#include "index/fare-index-locator.h"
#include "index/fare-index-packs.h"

/* So many rows are stored at a time. */
#define SLICE_ROWS 4096

static void
load_event (FareStatement *statement,
            FareRow       *row)
{
  int i = 1;

  *row = (FareRow) { .id = fare_statement_int (statement, 0) };
  row->file = (guint32) (row->id >> FARE_ROW_FILE_SHIFT);
  row->cluster = fare_statement_int (statement, i++);
  row->sub = fare_statement_int (statement, i++);
  row->role = (guint8) fare_statement_int (statement, i++);
  row->event_session = (guint32) fare_statement_int (statement, i++);
  row->event_ms = fare_statement_int (statement, i++);
  row->offset = fare_statement_int (statement, i++);
  row->model = (guint32) fare_statement_int (statement, i++);
  row->branch = (guint32) fare_statement_int (statement, i++);
  row->flags = (guint16) fare_statement_int (statement, i++);
  row->modes = (guint8) fare_statement_int (statement, i++);
  row->usage.input = fare_statement_int (statement, i++);
  row->usage.cache_read = fare_statement_int (statement, i++);
  row->usage.cache_write_5m = fare_statement_int (statement, i++);
  row->usage.cache_write_1h = fare_statement_int (statement, i++);
  row->usage.output = fare_statement_int (statement, i++);
  row->usage.reasoning = fare_statement_int (statement, i++);
  row->lines = (guint32) fare_statement_int (statement, i++);
  row->messages = (guint32) fare_statement_int (statement, i++);
  row->web_searches = (guint32) fare_statement_int (statement, i++);
  row->reported_pico = fare_statement_int (statement, i++);
  row->own_ms = fare_statement_int (statement, i++);
  row->own_session = (guint32) fare_statement_int (statement, i++);
  row->value_ms = row->own_ms + fare_statement_int (statement, i);
}

/* Numbers without gaps are what a file's rows always had; where they have one all the same, those
 * behind it move up. */
static gboolean
store_slice (FarePacks *packs,
             GArray    *rows,
             gint64    *last)
{
  for (guint i = 0; i < rows->len; i++)
    {
      FareRow *row = &g_array_index (rows, FareRow, i);
      gint64 first = (gint64) row->file << FARE_ROW_FILE_SHIFT;

      row->id = *last >= first ? *last + 1 : first;
      *last = row->id;
    }

  return fare_packs_store (packs, (const FareRow *) (gpointer) rows->data, rows->len, FALSE);
}

gboolean
fare_upgrade_pack_events (sqlite3 *db)
{
  g_autoptr(FareStatement) statement = NULL;
  g_autoptr(FarePacks) packs = fare_packs_new (db);
  g_autoptr(FareLocator) locator = fare_locator_new (db);
  g_autoptr(GArray) rows = g_array_new (FALSE, FALSE, sizeof (FareRow));
  gint64 last = -1;
  int result;

  statement = fare_statement_new (
    db, "SELECT id, cluster, sub, role, session, time_ms, offset, model, branch, flags, modes, input,"
        " cache_read, write_5m, write_1h, output, reasoning, lines, messages, searches,"
        " coalesce(reported, 0), coalesce(own_ms, time_ms), coalesce(own_session, session),"
        " value_delta FROM event ORDER BY id");
  if (statement == NULL)
    return FALSE;
  while ((result = sqlite3_step (statement)) == SQLITE_ROW)
    {
      FareRow row;

      load_event (statement, &row);
      g_array_append_val (rows, row);
      if (rows->len < SLICE_ROWS)
        continue;
      if (!store_slice (packs, rows, &last))
        return FALSE;
      g_array_set_size (rows, 0);
    }

  return result == SQLITE_DONE && store_slice (packs, rows, &last) && fare_locator_rebuild (locator);
}
