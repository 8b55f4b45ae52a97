/* fare-index-clusters.c
 *
 * The batch: what is fresh, and what has to be decided anew.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "index/fare-index-clusters-private.h"

#include <string.h>

/* Room for more rows than this is not kept from batch to batch. */
#define MANY_ROWS 50000

/* What there may be in a first scan, as long as nobody says how much. */
#define MANY_CLUSTERS 500000

/* A log with more rows than this gives its array away; rows of shorter ones are copied behind those that
 * came before. */
#define LONG_LOG_ROWS 4000

static void
find_out_if_empty (FareClusters *self)
{
  g_autoptr(FareStatement) statement = fare_statement_new (self->db, "SELECT 1 FROM pack LIMIT 1");

  if (statement != NULL && sqlite3_step (statement) == SQLITE_DONE)
    self->filter = fare_cluster_filter_new (MANY_CLUSTERS);
}

FareClusters *
fare_clusters_new (sqlite3                *db,
                   FareRollup             *rollup,
                   FarePlaces             *places,
                   const FareClusterWorld *world)
{
  FareClusters *self = g_new0 (FareClusters, 1);

  self->db = db;
  self->rollup = rollup;
  self->places = places;
  self->world = *world;
  self->fresh = g_array_new (FALSE, FALSE, sizeof (FareRow));
  self->order = g_array_new (FALSE, FALSE, sizeof (FareClusterOrder));
  self->origins = g_array_new (FALSE, FALSE, sizeof (guint));
  self->touched = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->dropped = g_hash_table_new (NULL, NULL);
  self->out = g_array_new (FALSE, FALSE, sizeof (FareRow));
  self->rows = g_array_new (FALSE, FALSE, sizeof (FareRow));
  self->before = g_array_new (FALSE, FALSE, sizeof (FareRow));
  self->pointers = g_ptr_array_new ();
  self->slots = g_hash_table_new (NULL, NULL);
  self->packs = fare_packs_new (db);
  self->locator = fare_locator_new (db);
  self->found = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->loaded = g_array_new (FALSE, FALSE, sizeof (FareRow));
  find_out_if_empty (self);

  return self;
}

void
fare_clusters_free (FareClusters *self)
{
  g_clear_pointer (&self->fresh, g_array_unref);
  g_clear_pointer (&self->order, g_array_unref);
  g_clear_pointer (&self->origins, g_array_unref);
  g_clear_pointer (&self->touched, g_array_unref);
  g_clear_pointer (&self->dropped, g_hash_table_unref);
  g_clear_pointer (&self->out, g_array_unref);
  g_clear_pointer (&self->rows, g_array_unref);
  g_clear_pointer (&self->before, g_array_unref);
  g_clear_pointer (&self->pointers, g_ptr_array_unref);
  g_clear_pointer (&self->slots, g_hash_table_unref);
  g_clear_pointer (&self->filter, g_free);
  g_clear_pointer (&self->packs, fare_packs_free);
  g_clear_pointer (&self->locator, fare_locator_free);
  g_clear_pointer (&self->found, g_array_unref);
  g_clear_pointer (&self->loaded, g_array_unref);
  g_clear_pointer (&self->share, sqlite3_finalize);
  g_free (self);
}

void
fare_clusters_drop (FareClusters *self)
{
  if (self->fresh->len > MANY_ROWS)
    {
      g_array_unref (self->fresh);
      self->fresh = g_array_new (FALSE, FALSE, sizeof (FareRow));
    }
  if (self->loaded->len > MANY_ROWS)
    {
      g_array_unref (self->loaded);
      self->loaded = g_array_new (FALSE, FALSE, sizeof (FareRow));
    }
  g_array_set_size (self->fresh, 0);
  g_array_set_size (self->order, 0);
  g_array_set_size (self->touched, 0);
  g_array_set_size (self->out, 0);
  g_hash_table_remove_all (self->dropped);
  fare_places_drop (self->places);
  fare_locator_forget (self->locator);
}

gboolean
fare_clusters_is_empty (FareClusters *self)
{
  return self->filter != NULL;
}

void
fare_clusters_expect (FareClusters *self,
                      guint64       n_clusters)
{
  if (self->filter == NULL || self->has_decided)
    return;
  g_free (self->filter);
  self->filter = fare_cluster_filter_new (n_clusters);
}

/* One long log has a hundred thousand rows, which are not to be in memory twice. */
void
fare_clusters_take_rows (FareClusters  *self,
                         GArray       **rows)
{
  GArray *longer = self->fresh, *shorter = *rows;

  if (longer->len < shorter->len && (longer->len == 0 || shorter->len > LONG_LOG_ROWS))
    {
      longer = *rows;
      shorter = self->fresh;
    }
  g_array_append_vals (longer, shorter->data, shorter->len);
  g_array_set_size (shorter, 0);
  self->fresh = longer;
  *rows = shorter;
}

guint
fare_clusters_get_n_rows (FareClusters *self)
{
  return self->fresh->len;
}

/* Whether another file may be part of the cluster.  Deciding one that it is not costs time and changes
 * nothing. */
static gboolean
is_shared (FareClusters  *self,
           FareKnownFile *file,
           gint64         cluster,
           gboolean      *shared)
{
  *shared = FALSE;
  g_array_set_size (self->found, 0);
  if (!fare_locator_find (self->locator, cluster, self->found))
    return FALSE;
  for (guint i = 0; i < self->found->len && !*shared; i++)
    *shared = g_array_index (self->found, gint64, i) >> FARE_ROW_FILE_SHIFT != file->id;

  return TRUE;
}

gboolean
fare_clusters_touch_file (FareClusters  *self,
                          FareKnownFile *file,
                          gboolean       only_shared,
                          GHashTable    *sessions)
{
  g_autoptr(GArray) rows = g_array_new (FALSE, FALSE, sizeof (FareRow));

  if (!fare_packs_load (self->packs, fare_clusters_first_id (file), fare_clusters_last_id (file), rows))
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      const FareRow *row = &g_array_index (rows, FareRow, i);
      gboolean shared = TRUE;

      if (only_shared && !is_shared (self, file, row->cluster, &shared))
        return FALSE;
      if (shared && (sessions == NULL
                     || g_hash_table_contains (sessions, GUINT_TO_POINTER (row->own_session))))
        g_array_append_val (self->touched, row->cluster);
    }

  return TRUE;
}

/* Rows of what was deleted from the file begin anew, like the others, but from the index. */
static gboolean
keep_deleted (FareClusters  *self,
              FareKnownFile *file,
              FareRemains   *remains)
{
  g_autoptr(GArray) rows = g_array_new (FALSE, FALSE, sizeof (FareRow));

  if (!fare_packs_load (self->packs, fare_clusters_first_id (file), fare_clusters_last_id (file), rows))
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      FareRow *row = &g_array_index (rows, FareRow, i);

      row->id = 0;
      if (fare_remains_take (remains, row))
        g_array_append_val (self->fresh, *row);
    }

  return TRUE;
}

gboolean
fare_clusters_drop_file (FareClusters  *self,
                         FareKnownFile *file,
                         FareRemains   *remains)
{
  if (!fare_clusters_touch_file (self, file, FALSE, NULL)
      || (remains != NULL && !keep_deleted (self, file, remains)))
    return FALSE;
  g_hash_table_insert (self->dropped, GUINT_TO_POINTER (file->id),
                       GSIZE_TO_POINTER ((gsize) (fare_clusters_first_id (file) + file->next_seq)));

  return TRUE;
}
