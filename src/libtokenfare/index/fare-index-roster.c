/* fare-index-roster.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "index/fare-index-roster.h"

#include "index/fare-varint.h"

/* Sessions in a row of the table; the triggers in fare-index-schema.c know it too. */
#define CHUNK 512

/* Far more than anybody has, and few enough for the memory. */
#define MAX_SESSIONS (1 << 26)

/* Returns: how many chunks the sessions take, -1 after an error */
static gint64
count_chunks (sqlite3 *db)
{
  g_autoptr(FareStatement) statement = fare_statement_new (db, "SELECT max(id) FROM session");
  gint64 largest;

  if (statement == NULL || sqlite3_step (statement) != SQLITE_ROW)
    return -1;
  if (sqlite3_column_type (statement, 0) == SQLITE_NULL)
    return 0;

  largest = fare_statement_int (statement, 0);
  return largest >= 0 && largest < MAX_SESSIONS ? largest / CHUNK + 1 : -1;
}

static gboolean
unpack (const guint8 *data,
        gsize         size,
        guint32      *clients,
        guint32      *projects)
{
  FareVarints varints = { data, data + size, FALSE };

  for (guint i = 0; i < CHUNK; i++)
    {
      clients[i] = (guint32) fare_varint_read (&varints);
      projects[i] = (guint32) fare_varint_read (&varints);
    }

  return !varints.failed;
}

static gboolean
look_up (sqlite3 *db,
         gint64   chunk,
         guint32 *clients,
         guint32 *projects)
{
  g_autoptr(FareStatement) statement = NULL;
  int result;

  statement = fare_statement_new (db, "SELECT id, client, project FROM session"
                                      " WHERE id BETWEEN ?1 AND ?2");
  if (statement == NULL)
    return FALSE;

  for (guint i = 0; i < CHUNK; i++)
    clients[i] = projects[i] = 0;
  fare_statement_bind (statement, "ii", chunk * CHUNK, chunk * CHUNK + CHUNK - 1);
  while ((result = sqlite3_step (statement)) == SQLITE_ROW)
    {
      gint64 i = fare_statement_int (statement, 0) - chunk * CHUNK;

      clients[i] = (guint32) fare_statement_int (statement, 1);
      projects[i] = (guint32) fare_statement_int (statement, 2);
    }

  return result == SQLITE_DONE;
}

/* Calls for each chunk in turn; what is not stored, or damaged, has no data. */
typedef gboolean (*ChunkFunc) (sqlite3      *db,
                               gint64        chunk,
                               const guint8 *data,
                               gsize         size,
                               gpointer      user_data);

static gboolean
foreach_chunk (sqlite3   *db,
               gint64     n_chunks,
               ChunkFunc  func,
               gpointer   user_data)
{
  g_autoptr(FareStatement) statement = NULL;
  int result = SQLITE_ROW;

  statement = fare_statement_new (db, "SELECT chunk, cells FROM roster ORDER BY chunk");
  if (statement == NULL)
    return FALSE;

  result = sqlite3_step (statement);
  for (gint64 chunk = 0; chunk < n_chunks; chunk++)
    {
      const guint8 *data = NULL;
      gsize size = 0;

      while (result == SQLITE_ROW && fare_statement_int (statement, 0) < chunk)
        result = sqlite3_step (statement);
      if (result != SQLITE_ROW && result != SQLITE_DONE)
        return FALSE;
      if (result == SQLITE_ROW && fare_statement_int (statement, 0) == chunk)
        {
          data = sqlite3_column_blob (statement, 1);
          size = (gsize) sqlite3_column_bytes (statement, 1);
        }
      if (!func (db, chunk, data, size, user_data))
        return FALSE;
    }

  return TRUE;
}

static gboolean
load_chunk (sqlite3      *db,
            gint64        chunk,
            const guint8 *data,
            gsize         size,
            gpointer      user_data)
{
  FareRoster *self = user_data;
  guint32 *clients = self->clients + chunk * CHUNK, *projects = self->projects + chunk * CHUNK;

  return unpack (data, size, clients, projects) || look_up (db, chunk, clients, projects);
}

FareRoster *
fare_roster_load (sqlite3 *db)
{
  gint64 n_chunks = count_chunks (db);
  g_autoptr(FareRoster) self = NULL;

  if (n_chunks < 0)
    return NULL;

  self = g_new0 (FareRoster, 1);
  self->n_sessions = (guint32) n_chunks * CHUNK;
  self->clients = g_new (guint32, self->n_sessions);
  self->projects = g_new (guint32, self->n_sessions);

  return foreach_chunk (db, n_chunks, load_chunk, self) ? g_steal_pointer (&self) : NULL;
}

void
fare_roster_free (FareRoster *self)
{
  g_free (self->clients);
  g_free (self->projects);
  g_free (self);
}

static gboolean
note_missing (sqlite3      *db,
              gint64        chunk,
              const guint8 *data,
              gsize         size,
              gpointer      user_data)
{
  if (data == NULL)
    g_array_append_val ((GArray *) user_data, chunk);

  return TRUE;
}

static gboolean
store_chunk (sqlite3       *db,
             FareStatement *store,
             gint64         chunk)
{
  guint32 clients[CHUNK], projects[CHUNK];
  g_autoptr(GByteArray) bytes = g_byte_array_sized_new (CHUNK * 3);

  if (!look_up (db, chunk, clients, projects))
    return FALSE;
  for (guint i = 0; i < CHUNK; i++)
    {
      fare_varint_append (bytes, clients[i]);
      fare_varint_append (bytes, projects[i]);
    }
  sqlite3_reset (store);
  sqlite3_bind_int64 (store, 1, chunk);
  sqlite3_bind_blob (store, 2, bytes->data, (int) bytes->len, SQLITE_STATIC);

  return fare_statement_run (store);
}

gboolean
fare_roster_update (sqlite3 *db)
{
  g_autoptr(GArray) missing = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(FareStatement) store = NULL;
  gint64 n_chunks = count_chunks (db);

  if (n_chunks < 0 || !foreach_chunk (db, n_chunks, note_missing, missing))
    return FALSE;
  if (missing->len == 0)
    return TRUE;

  store = fare_statement_new (db, "INSERT OR REPLACE INTO roster VALUES (?1, ?2)");
  if (store == NULL)
    return FALSE;
  for (guint i = 0; i < missing->len; i++)
    if (!store_chunk (db, store, g_array_index (missing, gint64, i)))
      return FALSE;

  return TRUE;
}
