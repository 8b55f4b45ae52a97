/* fare-scan-plan.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "scanner/fare-scan-plan.h"

#include <string.h>

#include "scanner/fare-log-job.h"

/* Today's files first, so that today's figure is there early; then by size, so that no thread is left
 * alone with a big one at the end. */
static int
compare_tasks (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  const FareSource *first = ((const FareScanTask *) a)->source;
  const FareSource *second = ((const FareScanTask *) b)->source;
  const gint64 *recent_ns = user_data;
  gboolean is_recent = first->mtime_ns >= *recent_ns;

  if (is_recent != (second->mtime_ns >= *recent_ns))
    return is_recent ? -1 : 1;

  return (first->size < second->size) - (first->size > second->size);
}

static gboolean
add_task (FareScanPlan      *self,
          const FareSource  *source,
          FareKnownFile     *known,
          GError           **error)
{
  FareScanTask task = { .source = source, .known = known };

  if (!fare_log_job_needed (source, known))
    {
      /* Moved (archived, say) or back from the dead, with nothing new in it. */
      if (known->is_missing || !g_str_equal (known->path, source->path))
        return fare_index_writer_set_place (self->writer, known, source, error);
      return TRUE;
    }
  if (known != NULL)
    {
      known->in_use = TRUE;
      task.note = fare_index_writer_dup_note (self->writer, known);
    }
  g_array_append_val (self->tasks, task);
  self->n_bytes += source->size;

  return TRUE;
}

/* The end of a path tells more than its beginning, and all of it takes longer than a look into the
 * table. */
static guint
hash_key (gconstpointer data)
{
  const char *key = data;
  gsize length = strlen (key);
  guint64 hash = length;

  for (guint n = 0; n < 6 && length > 0; n++)
    {
      gsize size = MIN (length, sizeof (guint64));
      guint64 part = 0;

      length -= size;
      memcpy (&part, key + length, size);
      hash = (hash ^ part) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
      hash ^= hash >> 32;
    }
  return (guint) hash;
}

/* Compares a file as it was with what was found now. */
static void
compare_one (const FareKnownFile *known,
             gpointer             user_data)
{
  FareScanPlan *self = user_data;
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (self->keys, known->key));
  FareSource *source;

  if (number == 0)
    {
      if (!known->is_missing)
        g_ptr_array_add (self->gone, g_strdup (known->key));
      return;
    }
  self->known[number] = 1;
  source = g_ptr_array_index (self->found->sources, number - 1);
  if (known->is_missing || fare_log_job_needed (source, known)
      || (known->path != NULL && !g_str_equal (known->path, source->path)))
    g_ptr_array_add (self->changed, source);
}

/* What was found, once all is walked. */
static void
finish_walk (FareScanPlan *self)
{
  if (self->walk != NULL)
    self->found = fare_discovery_end (g_steal_pointer (&self->walk));
}

static void
index_sources (FareScanPlan *self)
{
  const GPtrArray *sources = self->found->sources;

  self->known = g_malloc0 (sources->len + 1);
  for (guint i = 0; i < sources->len; i++)
    {
      FareSource *source = g_ptr_array_index (sources, i);

      g_hash_table_insert (self->keys, source->key, GUINT_TO_POINTER (i + 1));
    }
}

/* From then on there is something to compare with. */
static void
compare_early (FareScanPlan *self)
{
  if (self->known != NULL)
    return;
  finish_walk (self);
  index_sources (self);
  if (self->early != NULL)
    fare_known_rows_take (self->early, compare_one, self);
  g_clear_pointer (&self->early, fare_known_rows_free);
}

static void
compare_cb (const FareKnownFile *known,
            gpointer             user_data)
{
  FareScanPlan *self = user_data;

  if (self->early != NULL && fare_known_rows_add (self->early, known))
    return;
  compare_early (self);
  compare_one (known, self);
}

/* Their array is not to grow by doubling: with many files that takes more than all else. */
static void
reserve_tasks (FareScanPlan *self)
{
  guint n = self->found->sources->len + self->changed->len;

  for (guint i = 0; i < self->found->sources->len; i++)
    n -= self->known[i + 1];
  g_array_unref (self->tasks);
  self->tasks = g_array_sized_new (FALSE, FALSE, sizeof (FareScanTask), n);
}

/* All that is known against all that is there. */
static gboolean
compare_all (FareScanPlan  *self,
             GError       **error)
{
  const GPtrArray *sources;

  if (self->walk != NULL)
    self->early = fare_known_rows_new ();
  if (!fare_index_writer_foreach_file (self->writer, compare_cb, self, error))
    return FALSE;
  compare_early (self);
  sources = self->found->sources;
  reserve_tasks (self);
  for (guint i = 0; i < sources->len; i++)
    {
      FareSource *source = g_ptr_array_index (sources, i);

      if (self->known[i + 1] == 0
          && GPOINTER_TO_UINT (g_hash_table_lookup (self->keys, source->key)) == i + 1
          && !add_task (self, source, NULL, error))
        return FALSE;
    }
  for (guint i = 0; i < self->changed->len; i++)
    {
      FareSource *source = g_ptr_array_index (self->changed, i);

      if (!add_task (self, source, fare_index_writer_find_file (self->writer, source->key), error))
        return FALSE;
    }
  /* Of no more use, and large. */
  g_hash_table_remove_all (self->keys);

  return TRUE;
}

/* Only what was looked at.  A log whose key stands for a file in another place may have moved, or be one
 * of two; that shows only when all are seen. */
static gboolean
compare_some (FareScanPlan  *self,
              GError       **error)
{
  const GPtrArray *sources = self->found->sources;

  for (guint i = 0; i < sources->len; i++)
    {
      const FareSource *source = g_ptr_array_index (sources, i);
      FareKnownFile *known = fare_index_writer_find_file (self->writer, source->key);

      if (known != NULL && !g_str_equal (known->path, source->path))
        {
          self->needs_walk = TRUE;
          return TRUE;
        }
    }
  for (guint i = 0; i < sources->len; i++)
    {
      const FareSource *source = g_ptr_array_index (sources, i);

      if (!add_task (self, source, fare_index_writer_find_file (self->writer, source->key), error))
        return FALSE;
    }
  for (guint i = 0; i < self->found->gone->len; i++)
    g_ptr_array_add (self->gone, g_strdup (g_ptr_array_index (self->found->gone, i)));

  return TRUE;
}

FareScanPlan *
fare_scan_plan_new (FarePaths     *paths,
                    FareDiscovery *found)
{
  FareScanPlan *self = g_new0 (FareScanPlan, 1);

  self->found = found;
  self->owns_found = found == NULL;
  if (found == NULL)
    self->walk = fare_discovery_begin (paths);
  self->tasks = g_array_new (FALSE, FALSE, sizeof (FareScanTask));
  self->keys = g_hash_table_new (hash_key, g_str_equal);
  self->changed = g_ptr_array_new ();
  self->gone = g_ptr_array_new_with_free_func (g_free);

  return self;
}

void
fare_scan_plan_free (FareScanPlan *self)
{
  for (guint i = 0; i < self->tasks->len; i++)
    {
      FareScanTask *task = &g_array_index (self->tasks, FareScanTask, i);

      if (task->known != NULL)
        task->known->in_use = FALSE;
      g_clear_pointer (&task->note, g_bytes_unref);
    }
  finish_walk (self);
  g_clear_pointer (&self->early, fare_known_rows_free);
  if (self->owns_found)
    g_clear_pointer (&self->found, fare_discovery_free);
  g_array_unref (self->tasks);
  g_hash_table_unref (self->keys);
  g_free (self->known);
  g_ptr_array_unref (self->changed);
  g_ptr_array_unref (self->gone);
  g_free (self);
}

gboolean
fare_scan_plan_make (FareScanPlan     *self,
                     FareIndexWriter  *writer,
                     gint64            recent_ns,
                     GError          **error)
{
  gboolean is_partial = self->found != NULL && self->found->is_partial;
  gboolean done;

  self->writer = writer;
  done = is_partial ? compare_some (self, error) : compare_all (self, error);
  self->writer = NULL;
  if (done)
    g_qsort_with_data (self->tasks->data, (gint) self->tasks->len, sizeof (FareScanTask),
                       compare_tasks, &recent_ns);

  return done;
}

const FareDiscovery *
fare_scan_plan_get_found (FareScanPlan *self)
{
  finish_walk (self);

  return self->found;
}

guint
fare_scan_plan_count_recent (FareScanPlan *self,
                             gint64        recent_ns)
{
  guint n = 0;

  while (n < self->tasks->len
         && g_array_index (self->tasks, FareScanTask, n).source->mtime_ns >= recent_ns)
    n++;

  return n < self->tasks->len ? n : 0;
}

gboolean
fare_scan_plan_note_missing (FareScanPlan     *self,
                             FareIndexWriter  *writer,
                             GError          **error)
{
  for (guint i = 0; i < self->gone->len; i++)
    {
      FareKnownFile *file = fare_index_writer_find_file (writer, g_ptr_array_index (self->gone, i));

      if (file != NULL && !file->is_missing && !fare_index_writer_set_missing (writer, file, error))
        return FALSE;
    }

  return TRUE;
}
