/* fare-index-sharing.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "index/fare-index-sharing.h"

void
fare_sharing_clear (FareSharing *self)
{
  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->hosts, g_free);
}

gboolean
fare_sharing_load (sqlite3     *db,
                   FareSharing *self)
{
  g_autoptr(FareStatement) statement = NULL;
  int result;

  *self = (FareSharing) { 0 };
  statement = fare_statement_new (db, "SELECT key, value FROM meta WHERE key IN ('share_folder',"
                                      " 'share_names', 'share_written', 'share_forget',"
                                      " 'machine_hosts')");
  if (statement == NULL)
    return FALSE;
  while ((result = sqlite3_step (statement)) == SQLITE_ROW)
    {
      const char *key = fare_statement_text (statement, 0);

      if (g_str_equal (key, "share_folder"))
        self->folder = g_strdup (fare_statement_text (statement, 1));
      else if (g_str_equal (key, "share_names"))
        self->with_names = fare_statement_int (statement, 1) != 0;
      else if (g_str_equal (key, "share_forget"))
        self->forgets = fare_statement_int (statement, 1) != 0;
      else if (g_str_equal (key, "share_written"))
        self->written_ms = fare_statement_int (statement, 1);
      else
        self->hosts = g_strdup (fare_statement_text (statement, 1));
    }

  return result == SQLITE_DONE;
}

gboolean
fare_sharing_store (sqlite3           *db,
                    const FareSharing *self)
{
  g_autoptr(FareStatement) drop = NULL;
  g_autoptr(FareStatement) add = NULL;
  g_autoptr(FareStatement) forget = NULL;

  add = fare_statement_new (db, "INSERT OR REPLACE INTO meta VALUES ('share_folder', ?1),"
                                " ('share_names', ?2), ('share_written', ?3),"
                                " ('machine_hosts', coalesce(?4, ''))");
  drop = fare_statement_new (db, "DELETE FROM meta WHERE key IN ('share_folder', 'share_names',"
                                 " 'share_written')");
  forget = fare_statement_new (db, "INSERT OR REPLACE INTO meta VALUES ('share_forget', ?1)");
  if (add == NULL || drop == NULL || forget == NULL)
    return FALSE;
  fare_statement_bind (forget, "i", (gint64) self->forgets);
  if (!fare_statement_run (forget))
    return FALSE;
  if (self->folder == NULL)
    return fare_statement_run (drop);
  fare_statement_bind (add, "siis", self->folder, (gint64) self->with_names, self->written_ms,
                       self->hosts);

  return fare_statement_run (add);
}

GHashTable *
fare_sharing_load_sent (sqlite3    *db,
                        const char *uid)
{
  g_autoptr(GHashTable) table = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_autoptr(FareStatement) statement = NULL;
  int result;

  statement = fare_statement_new (db, "SELECT number, signature, generation, nonce, size, mtime_ns"
                                      " FROM parcel WHERE uid = ?1");
  if (statement == NULL)
    return NULL;
  fare_statement_bind (statement, "s", uid);
  while ((result = sqlite3_step (statement)) == SQLITE_ROW)
    {
      FareSentParcel *sent = g_new0 (FareSentParcel, 1);

      sent->signature = fare_statement_int (statement, 1);
      sent->generation = fare_statement_int (statement, 2);
      sent->nonce = fare_statement_int (statement, 3);
      sent->size = fare_statement_int (statement, 4);
      sent->mtime_ns = fare_statement_int (statement, 5);
      g_hash_table_insert (table, GUINT_TO_POINTER ((guint) fare_statement_int (statement, 0)),
                           sent);
    }

  return result == SQLITE_DONE ? g_steal_pointer (&table) : NULL;
}

gboolean
fare_sharing_store_sent (sqlite3              *db,
                         const char           *uid,
                         guint                 number,
                         const FareSentParcel *sent)
{
  g_autoptr(FareStatement) statement = NULL;

  statement = fare_statement_new (db, sent != NULL
                                      ? "INSERT OR REPLACE INTO parcel (uid, number, signature,"
                                        " generation, nonce, size, mtime_ns)"
                                        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
                                      : "DELETE FROM parcel WHERE uid = ?1 AND number = ?2");
  if (statement == NULL)
    return FALSE;
  if (sent != NULL)
    fare_statement_bind (statement, "siiiiii", uid, (gint64) number, sent->signature,
                         sent->generation, sent->nonce, sent->size, sent->mtime_ns);
  else
    fare_statement_bind (statement, "si", uid, (gint64) number);

  return fare_statement_run (statement);
}

static void
arrival_free (gpointer data)
{
  FareArrival *self = data;

  g_free (self->error);
  g_free (self);
}

GHashTable *
fare_sharing_load_arrivals (sqlite3 *db)
{
  g_autoptr(GHashTable) table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, arrival_free);
  g_autoptr(FareStatement) statement = NULL;
  int result;

  statement = fare_statement_new (db, "SELECT name, machine, size, mtime_ns, inode, error"
                                      " FROM arrival");
  if (statement == NULL)
    return NULL;
  while ((result = sqlite3_step (statement)) == SQLITE_ROW)
    {
      FareArrival *arrival = g_new0 (FareArrival, 1);

      arrival->machine = (guint32) fare_statement_int (statement, 1);
      arrival->size = fare_statement_int (statement, 2);
      arrival->mtime_ns = fare_statement_int (statement, 3);
      arrival->inode = fare_statement_int (statement, 4);
      arrival->error = g_strdup (fare_statement_text (statement, 5));
      g_hash_table_insert (table, g_strdup (fare_statement_text (statement, 0)), arrival);
    }

  return result == SQLITE_DONE ? g_steal_pointer (&table) : NULL;
}

gboolean
fare_sharing_forget_own_arrivals (sqlite3 *db)
{
  return sqlite3_exec (db, "DELETE FROM arrival WHERE machine = 0", NULL, NULL, NULL) == SQLITE_OK;
}

gboolean
fare_sharing_store_arrival (sqlite3           *db,
                            const char        *name,
                            const FareArrival *arrival)
{
  g_autoptr(FareStatement) statement = NULL;

  statement = fare_statement_new (db, arrival != NULL
                                      ? "INSERT OR REPLACE INTO arrival (name, machine, size,"
                                        " mtime_ns, inode, error) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
                                      : "DELETE FROM arrival WHERE name = ?1");
  if (statement == NULL)
    return FALSE;
  if (arrival != NULL)
    fare_statement_bind (statement, "siiiis", name, (gint64) arrival->machine, arrival->size,
                         arrival->mtime_ns, arrival->inode, arrival->error);
  else
    fare_statement_bind (statement, "s", name);

  return fare_statement_run (statement);
}
