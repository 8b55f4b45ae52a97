/* fare-index-names.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "index/fare-index-names.h"

#include <string.h>

/* So many names take a megabyte. */
#define MANY_NAMES 8000

typedef enum
{
  TABLE_CLIENT,
  TABLE_MODEL,
  TABLE_BRANCH,
  TABLE_THEIR_BRANCH,
  TABLE_PROJECT,
  TABLE_SESSION,
  N_TABLES
} Table;

/* OR FAIL: a failure undoes the whole batch, so no statement has to keep a journal of its own. */
static const struct
{
  const char *find;
  const char *add;
} statements[N_TABLES] = {
  { "SELECT id FROM client WHERE name = ?1", "INSERT OR FAIL INTO client (name) VALUES (?1)" },
  { "SELECT id FROM model WHERE name = ?1 AND provider = ?2",
    "INSERT OR FAIL INTO model (name, provider) VALUES (?1, ?2)" },
  { "SELECT id FROM branch WHERE name = ?1 AND machine = 0",
    "INSERT OR FAIL INTO branch (name) VALUES (?1)" },
  { "SELECT id FROM branch WHERE name = ?1 AND machine = ?2",
    "INSERT OR FAIL INTO branch (name, machine) VALUES (?1, ?2)" },
  { "SELECT id FROM project WHERE path = ?1", "INSERT OR FAIL INTO project (path) VALUES (?1)" },
  { "SELECT id FROM session WHERE uid = ?1 AND client = ?2",
    "SELECT max(id) FROM session" },
};

struct _FareNames
{
  sqlite3       *db;
  GHashTable    *known[N_TABLES]; /* text → number */
  FareStatement *find[N_TABLES];
  FareStatement *add[N_TABLES];

  GArray        *fresh;        /* FareFreshName */
  guint32        last_session; /* the highest number, once asked for in this batch */
  gboolean       has_all;      /* in this batch: every session is known */
};

FareNames *
fare_names_new (sqlite3 *db)
{
  FareNames *self = g_new0 (FareNames, 1);

  self->db = db;
  for (guint i = 0; i < N_TABLES; i++)
    self->known[i] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->fresh = g_array_new (FALSE, FALSE, sizeof (FareFreshName));

  return self;
}

void
fare_names_free (FareNames *self)
{
  for (guint i = 0; i < N_TABLES; i++)
    {
      g_clear_pointer (&self->known[i], g_hash_table_unref);
      g_clear_pointer (&self->find[i], sqlite3_finalize);
      g_clear_pointer (&self->add[i], sqlite3_finalize);
    }
  g_clear_pointer (&self->fresh, g_array_unref);
  g_free (self);
}

void
fare_names_forget (FareNames *self)
{
  for (guint i = 0; i < N_TABLES; i++)
    g_hash_table_remove_all (self->known[i]);
  fare_names_clear_fresh (self);
  self->last_session = 0;
}

void
fare_names_trim (FareNames *self)
{
  for (guint i = 0; i < N_TABLES; i++)
    if (g_hash_table_size (self->known[i]) > MANY_NAMES)
      g_hash_table_remove_all (self->known[i]);
  self->last_session = 0;
}

static gboolean
prepare (FareNames *self,
         Table      table)
{
  if (self->find[table] == NULL)
    self->find[table] = fare_statement_new (self->db, statements[table].find);
  if (self->add[table] == NULL)
    self->add[table] = fare_statement_new (self->db, statements[table].add);

  return self->find[table] != NULL && self->add[table] != NULL;
}

/* @second is the rest of the key: NULL, or text, or a number written as text. */
static guint32
look_up (FareNames  *self,
         Table       table,
         const char *key,
         const char *first,
         const char *second)
{
  gpointer number = g_hash_table_lookup (self->known[table], key);
  const char *format = second != NULL ? "tt" : "t";
  guint32 id = 0;

  if (number != NULL)
    return GPOINTER_TO_UINT (number);
  if (!prepare (self, table))
    return 0;

  fare_statement_bind (self->find[table], format, first, second);
  if (sqlite3_step (self->find[table]) == SQLITE_ROW)
    id = (guint32) fare_statement_int (self->find[table], 0);
  sqlite3_reset (self->find[table]);
  if (id == 0)
    {
      fare_statement_bind (self->add[table], format, first, second);
      if (!fare_statement_run (self->add[table]))
        return 0;
      id = (guint32) sqlite3_last_insert_rowid (self->db);
    }
  g_hash_table_insert (self->known[table], g_strdup (key), GUINT_TO_POINTER (id));

  return id;
}

guint32
fare_names_get_client (FareNames  *self,
                       const char *name)
{
  return look_up (self, TABLE_CLIENT, name, name, NULL);
}

guint32
fare_names_get_model (FareNames  *self,
                      const char *pair)
{
  const char *split = strchr (pair, '\x1f');
  g_autofree char *provider = split != NULL ? g_strndup (pair, split - pair) : g_strdup ("");

  return look_up (self, TABLE_MODEL, pair, split != NULL ? split + 1 : pair, provider);
}

guint32
fare_names_get_branch (FareNames  *self,
                       guint32     machine,
                       const char *name)
{
  g_autofree char *key = NULL, *number = NULL;

  /* This machine's is asked for again and again. */
  if (machine == 0)
    return look_up (self, TABLE_BRANCH, name, name, NULL);
  key = g_strdup_printf ("%u\x1f%s", machine, name);
  number = g_strdup_printf ("%u", machine);

  return look_up (self, TABLE_THEIR_BRANCH, key, name, number);
}

guint32
fare_names_get_project (FareNames  *self,
                        const char *path)
{
  return look_up (self, TABLE_PROJECT, path, path, NULL);
}

/* Another program may have written since the last batch, but not since this one began. */
static gboolean
find_last_session (FareNames *self)
{
  gboolean done = sqlite3_step (self->add[TABLE_SESSION]) == SQLITE_ROW;

  if (done)
    self->last_session = (guint32) fare_statement_int (self->add[TABLE_SESSION], 0);
  sqlite3_reset (self->add[TABLE_SESSION]);
  /* As many as the highest number are all there are. */
  self->has_all = done && g_hash_table_size (self->known[TABLE_SESSION]) == self->last_session;

  return done;
}

static gboolean
find_session (FareNames  *self,
              guint32     client,
              const char *uid,
              guint32    *id)
{
  FareStatement *find = self->find[TABLE_SESSION];
  int result;

  *id = 0;
  if (self->has_all)
    return TRUE;
  sqlite3_reset (find);
  sqlite3_bind_text (find, 1, uid, -1, SQLITE_STATIC);
  sqlite3_bind_int64 (find, 2, client);
  result = sqlite3_step (find);
  if (result == SQLITE_ROW)
    *id = (guint32) fare_statement_int (find, 0);
  sqlite3_reset (find);

  return result == SQLITE_ROW || result == SQLITE_DONE;
}

guint32
fare_names_get_session (FareNames  *self,
                        guint32     client,
                        const char *uid)
{
  gsize size = strlen (uid) + 1;
  g_autofree char *key = g_malloc (size + 12);
  int length = g_snprintf (key, 12, "%u\x1f", client);
  gpointer number;
  guint32 id;

  memcpy (key + length, uid, size);
  number = g_hash_table_lookup (self->known[TABLE_SESSION], key);
  if (number != NULL)
    return GPOINTER_TO_UINT (number);
  if (!prepare (self, TABLE_SESSION) || (self->last_session == 0 && !find_last_session (self))
      || !find_session (self, client, uid, &id))
    return 0;
  if (id == 0)
    {
      const FareFreshName name = { client, key + length };

      id = ++self->last_session;
      g_array_append_val (self->fresh, name);
    }
  g_hash_table_insert (self->known[TABLE_SESSION], g_steal_pointer (&key), GUINT_TO_POINTER (id));

  return id;
}

gboolean
fare_names_is_fresh (FareNames *self,
                     guint32    session)
{
  return self->fresh->len > 0 && session + self->fresh->len > self->last_session;
}

const GArray *
fare_names_get_fresh (FareNames *self,
                      guint32   *first)
{
  *first = self->last_session - self->fresh->len + 1;

  return self->fresh;
}

void
fare_names_clear_fresh (FareNames *self)
{
  g_array_set_size (self->fresh, 0);
}
