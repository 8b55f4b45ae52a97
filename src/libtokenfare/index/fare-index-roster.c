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

struct _FareRoster
{
  sqlite3       *db;
  guint32        n_sessions;
  guint32       *clients;   /* by session, as far as loaded; 0 where there is no such session */
  guint32       *projects;
  gboolean      *is_loaded; /* by chunk */
  FareStatement *find;
};

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

FareRoster *
fare_roster_new (sqlite3 *db)
{
  gint64 n_chunks = count_chunks (db);
  FareRoster *self = NULL;

  if (n_chunks < 0)
    return NULL;

  self = g_new0 (FareRoster, 1);
  self->db = db;
  self->n_sessions = (guint32) n_chunks * CHUNK;
  self->clients = g_new (guint32, self->n_sessions);
  self->projects = g_new (guint32, self->n_sessions);
  self->is_loaded = g_new0 (gboolean, n_chunks);

  return self;
}

void
fare_roster_free (FareRoster *self)
{
  g_clear_pointer (&self->find, sqlite3_finalize);
  g_free (self->clients);
  g_free (self->projects);
  g_free (self->is_loaded);
  g_free (self);
}

guint32
fare_roster_count (FareRoster *self)
{
  return self->n_sessions;
}

/* A chunk that is not stored, or damaged, is looked up. */
static gboolean
load_chunk (FareRoster *self,
            guint32     chunk)
{
  guint32 *clients = self->clients + chunk * CHUNK, *projects = self->projects + chunk * CHUNK;
  gboolean done = FALSE;

  if (self->find == NULL)
    self->find = fare_statement_new (self->db, "SELECT cells FROM roster WHERE chunk = ?1");
  if (self->find == NULL)
    return FALSE;

  fare_statement_bind (self->find, "i", (gint64) chunk);
  if (sqlite3_step (self->find) == SQLITE_ROW)
    done = unpack (sqlite3_column_blob (self->find, 0),
                   (gsize) sqlite3_column_bytes (self->find, 0), clients, projects);
  sqlite3_reset (self->find);
  self->is_loaded[chunk] = done || look_up (self->db, chunk, clients, projects);

  return self->is_loaded[chunk];
}

gboolean
fare_roster_find (FareRoster *self,
                  guint32     session,
                  guint32    *client,
                  guint32    *project)
{
  if (session >= self->n_sessions
      || (!self->is_loaded[session / CHUNK] && !load_chunk (self, session / CHUNK)))
    return FALSE;

  *client = self->clients[session];
  *project = self->projects[session];
  return *client != 0;
}

/* Returns: (nullable) (element-type gint64): the chunks that are not stored */
static GArray *
find_missing (sqlite3 *db)
{
  gint64 n_chunks = count_chunks (db), next = 0;
  g_autoptr(GArray) missing = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(FareStatement) statement = NULL;
  int result = SQLITE_DONE;

  statement = fare_statement_new (db, "SELECT chunk FROM roster ORDER BY chunk");
  if (n_chunks < 0 || statement == NULL)
    return NULL;

  while (next < n_chunks && (result = sqlite3_step (statement)) == SQLITE_ROW)
    {
      gint64 chunk = fare_statement_int (statement, 0);

      for (; next < chunk && next < n_chunks; next++)
        g_array_append_val (missing, next);
      next = MAX (next, chunk + 1);
    }
  for (; next < n_chunks; next++)
    g_array_append_val (missing, next);

  return result == SQLITE_DONE || result == SQLITE_ROW ? g_steal_pointer (&missing) : NULL;
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
  g_autoptr(GArray) missing = find_missing (db);
  g_autoptr(FareStatement) store = NULL;

  if (missing == NULL || missing->len == 0)
    return missing != NULL;

  store = fare_statement_new (db, "INSERT OR REPLACE INTO roster VALUES (?1, ?2)");
  if (store == NULL)
    return FALSE;
  for (guint i = 0; i < missing->len; i++)
    if (!store_chunk (db, store, g_array_index (missing, gint64, i)))
      return FALSE;

  return TRUE;
}
