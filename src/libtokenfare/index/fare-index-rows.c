/* fare-index-rows.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "index/fare-index-rows.h"

void
fare_rows_load (FareStatement *statement,
                FareRow       *row)
{
  int i = 0;

  row->id = fare_statement_int (statement, i++);
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
  row->own_ms = sqlite3_column_type (statement, i) == SQLITE_NULL
                ? row->event_ms : fare_statement_int (statement, i);
  i++;
  row->own_session = sqlite3_column_type (statement, i) == SQLITE_NULL
                     ? row->event_session : (guint32) fare_statement_int (statement, i);
  i++;
  row->value_ms = row->own_ms + fare_statement_int (statement, i);
}

FareStatement *
fare_rows_new_store (sqlite3  *db,
                     gboolean  is_known)
{
#define ROW_VALUES                                                                             \
  " INTO event VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16," \
  " ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24)"

  /* Replacing keeps what it changes in a journal of its own, which is half of the work. */
  return fare_statement_new (db, is_known ? "INSERT OR REPLACE" ROW_VALUES : "INSERT" ROW_VALUES);
}

/* Bound one by one instead of by format: this is the busiest call of a first scan. */
gboolean
fare_rows_store (FareStatement *statement,
                 const FareRow *row)
{
  const gint64 values[] = {
    row->id, row->cluster, row->sub, row->role, row->event_session, row->event_ms, row->offset,
    row->model, row->branch, row->flags, row->modes, row->usage.input, row->usage.cache_read,
    row->usage.cache_write_5m, row->usage.cache_write_1h, row->usage.output, row->usage.reasoning,
    row->lines, row->messages, row->web_searches,
  };
  int i = 1;

  for (; i <= (int) G_N_ELEMENTS (values); i++)
    sqlite3_bind_int64 (statement, i, values[i - 1]);
  if (row->flags & FARE_ROW_REPORTED)
    sqlite3_bind_int64 (statement, i++, row->reported_pico);
  else
    sqlite3_bind_null (statement, i++);
  if (row->own_ms != row->event_ms)
    sqlite3_bind_int64 (statement, i++, row->own_ms);
  else
    sqlite3_bind_null (statement, i++);
  if (row->own_session != row->event_session)
    sqlite3_bind_int64 (statement, i++, row->own_session);
  else
    sqlite3_bind_null (statement, i++);
  sqlite3_bind_int64 (statement, i++, row->value_ms - row->own_ms);

  return fare_statement_run (statement);
}
