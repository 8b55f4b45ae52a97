/* fare-index-limits.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "index/fare-index-limits.h"

#include <string.h>

#include "index/fare-index-meta.h"
#include "index/fare-index-reader-private.h"

/* In the table meta: the time, a newline, the text. */
static char *
dup_limits (sqlite3    *db,
            const char *client,
            gint64     *time_ms)
{
  g_autofree char *key = g_strconcat ("limits/", client, NULL);
  g_autoptr(FareStatement) statement = NULL;
  const char *value;
  char *end;

  statement = fare_statement_new (db, "SELECT value FROM meta WHERE key = ?1");
  if (statement == NULL)
    return NULL;
  fare_statement_bind (statement, "s", key);
  if (sqlite3_step (statement) != SQLITE_ROW)
    return NULL;
  value = fare_statement_text (statement, 0);
  *time_ms = g_ascii_strtoll (value, &end, 10);

  return end != value && *end == '\n' ? g_strdup (end + 1) : NULL;
}

gboolean
fare_index_limits_store (sqlite3    *db,
                         const char *client,
                         gint64      time_ms,
                         const char *text)
{
  g_autofree char *key = g_strconcat ("limits/", client, NULL);
  g_autofree char *value = g_strdup_printf ("%" G_GINT64_FORMAT "\n%s", time_ms, text);
  g_autofree char *known = NULL;
  gint64 known_ms;

  known = dup_limits (db, client, &known_ms);
  if (known != NULL
      && (known_ms > time_ms || (known_ms == time_ms && strcmp (known, text) >= 0)))
    return TRUE;

  return fare_meta_store_text (db, key, value);
}

char *
fare_index_reader_dup_limits (FareIndexReader *self,
                              const char      *client,
                              gint64          *time_ms)
{
  return dup_limits (self->db, client, time_ms);
}
