/* fare-statement.h
 *
 * Prepared statements with less ceremony.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

typedef sqlite3_stmt FareStatement;

static inline void
fare_statement_free (FareStatement *self)
{
  sqlite3_finalize (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareStatement, fare_statement_free)

/**
 * fare_statement_new:
 *
 * Returns: (transfer full) (nullable): the statement; %NULL after an error, which the connection
 *   still knows
 */
static inline FareStatement *
fare_statement_new (sqlite3    *db,
                    const char *sql)
{
  FareStatement *self = NULL;

  return sqlite3_prepare_v3 (db, sql, -1, SQLITE_PREPARE_PERSISTENT, &self, NULL) == SQLITE_OK
         ? self : NULL;
}

/**
 * fare_statement_bind:
 * @format: one letter per parameter: i = gint64, s = text (nullable), t = text that stays until the statement
 *   is bound again or has been run for the last time (nullable), n = NULL with no argument,
 *   b = GBytes (nullable)
 *
 * Binds parameters from the first on; texts are copied but for t.
 */
static inline void
fare_statement_bind (FareStatement *self,
                     const char    *format,
                     ...)
{
  va_list args;

  sqlite3_reset (self);
  va_start (args, format);
  for (int i = 1; *format != '\0'; format++, i++)
    {
      switch (*format)
        {
        case 'i':
          sqlite3_bind_int64 (self, i, va_arg (args, gint64));
          break;
        case 's':
          sqlite3_bind_text (self, i, va_arg (args, const char *), -1, SQLITE_TRANSIENT);
          break;
        case 't':
          sqlite3_bind_text (self, i, va_arg (args, const char *), -1, SQLITE_STATIC);
          break;
        case 'b':
          {
            GBytes *bytes = va_arg (args, GBytes *);
            gsize size = 0;
            const void *data = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;

            if (bytes == NULL)
              sqlite3_bind_null (self, i);
            else
              sqlite3_bind_blob (self, i, data != NULL ? data : "", (int) size, SQLITE_TRANSIENT);
            break;
          }
        default:
          sqlite3_bind_null (self, i);
          break;
        }
    }
  va_end (args);
}

/**
 * fare_statement_run:
 *
 * Steps a statement that returns no rows.
 *
 * Returns: whether it was done
 */
static inline gboolean
fare_statement_run (FareStatement *self)
{
  int result = sqlite3_step (self);

  sqlite3_reset (self);

  return result == SQLITE_DONE;
}

/* A number of the row at hand. */
static inline gint64
fare_statement_int (FareStatement *self,
                    int            column)
{
  return sqlite3_column_int64 (self, column);
}

/* A text of the row at hand, %NULL for none; lasts until the next row. */
static inline const char *
fare_statement_text (FareStatement *self,
                     int            column)
{
  return (const char *) sqlite3_column_text (self, column);
}

G_END_DECLS
