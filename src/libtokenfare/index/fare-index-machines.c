/* fare-index-machines.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "index/fare-index-machines.h"

#include <string.h>

static void
machine_free (gpointer data)
{
  FareMachine *self = data;

  g_free (self->uid);
  g_free (self->given);
  g_free (self->name);
  g_free (self);
}

static FareMachine *
add_machine (GPtrArray  *machines,
             guint32     number,
             const char *uid,
             const char *name,
             gint64      named_ms)
{
  FareMachine *self = g_new0 (FareMachine, 1);

  self->number = number;
  self->uid = g_strdup (uid);
  self->given = g_strdup (name);
  self->named_ms = named_ms;
  g_ptr_array_add (machines, self);

  return self;
}

static gboolean
load_own (sqlite3   *db,
          GPtrArray *machines)
{
  g_autoptr(FareStatement) statement = NULL;
  FareMachine *own = add_machine (machines, FARE_OWN_MACHINE, "", g_get_host_name (), 0);
  int result;

  statement = fare_statement_new (db, "SELECT key, value FROM meta WHERE key IN"
                                      " ('machine_uid', 'machine_name', 'machine_named')");
  if (statement == NULL)
    return FALSE;
  while ((result = sqlite3_step (statement)) == SQLITE_ROW)
    {
      const char *key = fare_statement_text (statement, 0);
      const char *value = fare_statement_text (statement, 1);

      if (g_str_equal (key, "machine_named"))
        own->named_ms = fare_statement_int (statement, 1);
      else
        {
          char **text = g_str_equal (key, "machine_uid") ? &own->uid : &own->given;

          g_free (*text);
          *text = g_strdup (value != NULL ? value : "");
        }
    }

  return result == SQLITE_DONE;
}

static gboolean
load_others (sqlite3   *db,
             GPtrArray *machines)
{
  g_autoptr(FareStatement) statement = NULL;
  int result;

  statement = fare_statement_new (db, "SELECT id, uid, name, named FROM machine");
  if (statement == NULL)
    return FALSE;
  while ((result = sqlite3_step (statement)) == SQLITE_ROW)
    add_machine (machines, (guint32) fare_statement_int (statement, 0),
                 fare_statement_text (statement, 1), fare_statement_text (statement, 2),
                 fare_statement_int (statement, 3));

  return result == SQLITE_DONE;
}

/* By name, and of the same name by id, which is alike on all machines. */
static int
compare_machines (gconstpointer a,
                  gconstpointer b)
{
  const FareMachine *first = *(FareMachine * const *) a, *second = *(FareMachine * const *) b;
  int order = strcmp (first->given, second->given);

  return order != 0 ? order : strcmp (first->uid, second->uid);
}

static gboolean
is_taken (const GPtrArray *machines,
          const char      *name)
{
  for (guint i = 0; i < machines->len; i++)
    {
      const FareMachine *other = g_ptr_array_index (machines, i);

      if (g_str_equal (name, other->given))
        return TRUE;
    }

  return FALSE;
}

/* The first of a name keeps it; a number that makes the name of yet another machine is left out. */
static void
name_machines (GPtrArray *machines)
{
  guint n = 1;

  for (guint i = 0; i < machines->len; i++)
    {
      FareMachine *self = g_ptr_array_index (machines, i);
      const FareMachine *before = i > 0 ? g_ptr_array_index (machines, i - 1) : NULL;

      if (before == NULL || !g_str_equal (before->given, self->given))
        {
          self->name = g_strdup (self->given);
          n = 1;
          continue;
        }
      do
        {
          g_free (self->name);
          self->name = g_strdup_printf ("%s (%u)", self->given, ++n);
        }
      while (is_taken (machines, self->name));
    }
}

GPtrArray *
fare_machines_load (sqlite3 *db)
{
  g_autoptr(GPtrArray) machines = g_ptr_array_new_with_free_func (machine_free);

  if (!load_own (db, machines) || !load_others (db, machines))
    return NULL;
  g_ptr_array_sort (machines, compare_machines);
  name_machines (machines);

  return g_steal_pointer (&machines);
}

const FareMachine *
fare_machines_find (const GPtrArray *machines,
                    guint32          number)
{
  for (guint i = 0; i < machines->len; i++)
    {
      const FareMachine *self = g_ptr_array_index (machines, i);

      if (self->number == number)
        return self;
    }

  return NULL;
}

guint32
fare_machines_ensure (sqlite3    *db,
                      const char *uid,
                      const char *name,
                      gint64      named_ms)
{
  g_autoptr(FareStatement) add = NULL;
  g_autoptr(FareStatement) change = NULL;
  g_autoptr(FareStatement) find = NULL;

  add = fare_statement_new (db, "INSERT INTO machine (uid, name, named) SELECT ?1, ?2, ?3"
                                " WHERE NOT EXISTS (SELECT 1 FROM machine WHERE uid = ?1)");
  change = fare_statement_new (db, "UPDATE machine SET name = ?2, named = ?3 WHERE uid = ?1"
                                   " AND named < ?3");
  find = fare_statement_new (db, "SELECT id FROM machine WHERE uid = ?1");
  if (add == NULL || change == NULL || find == NULL)
    return 0;
  fare_statement_bind (add, "ssi", uid, name, named_ms);
  fare_statement_bind (change, "ssi", uid, name, named_ms);
  if (!fare_statement_run (add) || !fare_statement_run (change))
    return 0;
  fare_statement_bind (find, "s", uid);

  return sqlite3_step (find) == SQLITE_ROW ? (guint32) fare_statement_int (find, 0) : 0;
}
