/* fare-column.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "formats/fare-column.h"

#include <math.h>
#include <string.h>

/* A title needs at most this many bytes of a text. */
#define TITLE_BYTES 4096

char *
fare_column_select (FareForeignDb      *db,
                    const char         *table,
                    const char * const *columns,
                    const char         *tail)
{
  g_autoptr(GString) sql = g_string_new ("SELECT ");

  for (guint i = 0; columns[i] != NULL; i++)
    g_string_append_printf (sql, "%s%s", i > 0 ? ", " : "",
                            fare_foreign_db_has_table (db, table, columns[i]) ? columns[i]
                                                                              : "NULL");
  g_string_append_printf (sql, " FROM %s %s", table, tail);

  return g_string_free (g_steal_pointer (&sql), FALSE);
}

gint64
fare_column_count (sqlite3_stmt *statement,
                   int           column)
{
  double value;

  switch (sqlite3_column_type (statement, column))
    {
    case SQLITE_INTEGER:
      return MAX (sqlite3_column_int64 (statement, column), 0);
    case SQLITE_FLOAT:
    case SQLITE_TEXT:
      value = fare_column_number (statement, column);
      return value < 0 ? 0 : value < 9e18 ? (gint64) value : G_MAXINT64;
    default:
      return 0;
    }
}

double
fare_column_number (sqlite3_stmt *statement,
                    int           column)
{
  double value = 0;

  if (sqlite3_column_type (statement, column) != SQLITE_BLOB)
    value = sqlite3_column_double (statement, column);

  return isfinite (value) ? value : 0;
}

char *
fare_column_text (sqlite3_stmt *statement,
                  int           column)
{
  const char *text = (const char *) sqlite3_column_text (statement, column);

  return g_strstrip (g_utf8_make_valid (text != NULL ? text : "", -1));
}

guint32
fare_column_title (sqlite3_stmt *statement,
                   int           column,
                   FareLog      *log)
{
  const char *start = (const char *) sqlite3_column_text (statement, column);
  g_autoptr(GString) text = NULL;

  if (start == NULL)
    return 0;
  text = g_string_new_len (start, (gssize) strnlen (start, TITLE_BYTES));
  /* A span holds text as it stands in JSON, where a backslash begins an escape. */
  g_string_replace (text, "\\", "\\\\", 0);

  return fare_log_intern_title (log, &(FareSpan) { text->str, text->len });
}
