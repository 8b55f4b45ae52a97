/* fare-index-meta.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "index/fare-index-meta.h"

#define STORE "INSERT OR REPLACE INTO meta VALUES (?1, ?2)"

gboolean
fare_meta_store_number (sqlite3    *db,
                        const char *key,
                        gint64      number)
{
  g_autoptr(FareStatement) statement = fare_statement_new (db, STORE);

  if (statement == NULL)
    return FALSE;
  fare_statement_bind (statement, "si", key, number);

  return fare_statement_run (statement);
}

gboolean
fare_meta_store_text (sqlite3    *db,
                      const char *key,
                      const char *text)
{
  g_autoptr(FareStatement) statement = fare_statement_new (db, STORE);

  if (statement == NULL)
    return FALSE;
  fare_statement_bind (statement, "ss", key, text);

  return fare_statement_run (statement);
}
