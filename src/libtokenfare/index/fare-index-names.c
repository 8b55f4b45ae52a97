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
    "INSERT OR FAIL INTO session (uid, client) VALUES (?1, ?2)" },
};

struct _FareNames
{
  sqlite3       *db;
  GHashTable    *known[N_TABLES]; /* text → number */
  FareStatement *find[N_TABLES];
  FareStatement *add[N_TABLES];
};

FareNames *
fare_names_new (sqlite3 *db)
{
  FareNames *self = g_new0 (FareNames, 1);

  self->db = db;
  for (guint i = 0; i < N_TABLES; i++)
    self->known[i] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

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
  g_free (self);
}

void
fare_names_forget (FareNames *self)
{
  for (guint i = 0; i < N_TABLES; i++)
    g_hash_table_remove_all (self->known[i]);
}

void
fare_names_trim (FareNames *self)
{
  for (guint i = 0; i < N_TABLES; i++)
    if (g_hash_table_size (self->known[i]) > MANY_NAMES)
      g_hash_table_remove_all (self->known[i]);
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
  if (self->find[table] == NULL)
    {
      self->find[table] = fare_statement_new (self->db, statements[table].find);
      self->add[table] = fare_statement_new (self->db, statements[table].add);
    }
  if (self->find[table] == NULL || self->add[table] == NULL)
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

guint32
fare_names_get_session (FareNames  *self,
                        guint32     client,
                        const char *uid)
{
  g_autofree char *key = g_strdup_printf ("%u\x1f%s", client, uid);
  g_autofree char *number = g_strdup_printf ("%u", client);

  return look_up (self, TABLE_SESSION, key, uid, number);
}
