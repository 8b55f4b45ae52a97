/* fare-index-writer-machines.c
 *
 * Batches that are about machines: forgetting another one, and who this one is.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "index/fare-index-writer-private.h"

static gboolean
run_for_machine (FareIndexWriter *self,
                 const char      *sql,
                 guint32          machine)
{
  g_autoptr(FareStatement) statement = fare_statement_new (self->db, sql);

  if (statement == NULL)
    return FALSE;
  fare_statement_bind (statement, "i", (gint64) machine);

  return fare_statement_run (statement);
}

static gboolean
collect_files (FareIndexWriter *self,
               const char      *sql,
               guint32          machine,
               GPtrArray       *files)
{
  g_autoptr(FareStatement) statement = fare_statement_new (self->db, sql);
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (guint32));
  int result;

  if (statement == NULL)
    return FALSE;
  fare_statement_bind (statement, "i", (gint64) machine);
  while ((result = sqlite3_step (statement)) == SQLITE_ROW)
    {
      guint32 id = (guint32) fare_statement_int (statement, 0);

      g_array_append_val (ids, id);
    }
  for (guint i = 0; i < ids->len; i++)
    {
      FareKnownFile *file = fare_index_writer_get_file (self, g_array_index (ids, guint32, i));

      if (file != NULL)
        g_ptr_array_add (files, file);
    }

  return result == SQLITE_DONE;
}

static gboolean
forget_machine (FareIndexWriter *self,
                guint32          machine)
{
  static const char * const traces[] = {
    "DELETE FROM share WHERE file IN (SELECT id FROM file WHERE machine = ?1)",
    "DELETE FROM share WHERE other IN (SELECT id FROM file WHERE machine = ?1)",
    "DELETE FROM file WHERE machine = ?1",
    "DELETE FROM branch WHERE machine = ?1",
    "DELETE FROM arrival WHERE machine = ?1",
    "DELETE FROM machine WHERE id = ?1",
  };
  g_autoptr(GPtrArray) files = g_ptr_array_new ();

  if (!collect_files (self, "SELECT id FROM file WHERE machine = ?1", machine, files))
    return FALSE;
  for (guint i = 0; i < files->len; i++)
    {
      FareKnownFile *file = g_ptr_array_index (files, i);

      fare_index_writer_join (self, file);
      if (!fare_index_writer_drop_file (self, file, NULL, NULL))
        return FALSE;
    }
  if (!fare_index_writer_decide (self))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (traces); i++)
    if (!run_for_machine (self, traces[i], machine))
      return FALSE;

  return TRUE;
}

gboolean
fare_index_writer_forget_machine (FareIndexWriter  *self,
                                  guint32           machine,
                                  GError          **error)
{
  g_return_val_if_fail (machine != 0 && !self->in_transaction, FALSE);

  if (!fare_index_writer_begin (self, error))
    return FALSE;
  if (!forget_machine (self, machine))
    return fare_index_writer_fail (self, error);
  if (!fare_index_writer_commit (self, 0, NULL, error))
    return FALSE;
  fare_files_forget (self->files);
  fare_names_forget (self->names);

  return TRUE;
}

/* What ended a tie between two machines is another id now. */
static gboolean
touch_ties (FareIndexWriter *self)
{
  g_autoptr(GPtrArray) files = g_ptr_array_new ();

  if (!collect_files (self, "SELECT id FROM file WHERE machine <> ?1", 0, files))
    return FALSE;
  for (guint i = 0; i < files->len; i++)
    if (!fare_clusters_touch_file (self->clusters, g_ptr_array_index (files, i), TRUE, NULL))
      return FALSE;

  return TRUE;
}

static gboolean
set_machine (FareIndexWriter *self,
             const char      *uid,
             const char      *name,
             gint64           now_ms)
{
  g_autoptr(FareStatement) statement = NULL;

  statement = fare_statement_new (self->db, "INSERT OR REPLACE INTO meta VALUES"
                                            " ('machine_uid', ?1), ('machine_name', ?2),"
                                            " ('machine_named', ?3)");
  if (statement == NULL)
    return FALSE;
  fare_statement_bind (statement, "ssi", uid, name, now_ms);

  return fare_statement_run (statement);
}

gboolean
fare_index_writer_set_machine (FareIndexWriter  *self,
                               const char       *uid,
                               const char       *name,
                               gint64            now_ms,
                               GError          **error)
{
  g_return_val_if_fail (!self->in_transaction, FALSE);

  if (!fare_index_writer_begin (self, error))
    return FALSE;
  if (!set_machine (self, uid, name, now_ms))
    return fare_index_writer_fail (self, error);
  /* Keys for ties begin with the id. */
  fare_files_forget (self->files);
  fare_files_read_own_id (self->files);
  self->is_visible = TRUE;

  return touch_ties (self) ? fare_index_writer_commit (self, 0, NULL, error)
                           : fare_index_writer_fail (self, error);
}
