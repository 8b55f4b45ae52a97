/* fare-index-clusters-store.c
 *
 * Storing what was decided: packs of rows, and where they are found.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "index/fare-index-clusters-private.h"

gboolean
fare_clusters_delete_dropped (FareClusters *self)
{
  GHashTableIter iter;
  gpointer file;

  g_hash_table_iter_init (&iter, self->dropped);
  while (g_hash_table_iter_next (&iter, &file, NULL))
    {
      gint64 first = (gint64) GPOINTER_TO_UINT (file) << FARE_ROW_FILE_SHIFT;

      g_array_set_size (self->loaded, 0);
      if (!fare_packs_load (self->packs, first, first + FARE_ROW_SEQUENCE, self->loaded))
        return FALSE;
      for (guint i = 0; i < self->loaded->len; i++)
        fare_locator_drop_row (self->locator, &g_array_index (self->loaded, FareRow, i));
      if (!fare_packs_drop_file (self->packs, GPOINTER_TO_UINT (file)))
        return FALSE;
    }

  return TRUE;
}

static int
compare_places (gconstpointer a,
                gconstpointer b)
{
  const FareClusterOrder *first = a, *second = b;

  if (first->file != second->file)
    return first->file < second->file ? -1 : 1;
  if (first->offset != second->offset)
    return first->offset < second->offset ? -1 : 1;

  return (first->cluster > second->cluster) - (first->cluster < second->cluster);
}

static gboolean
number_row (FareClusters *self,
            FareRow      *row)
{
  FareKnownFile *file = self->world.get_file (self->world.world, row->file);

  /* More rows than a file can number: never seen, and better refused than mixed up. */
  if (file->next_seq > FARE_ROW_SEQUENCE)
    return FALSE;
  row->id = fare_clusters_first_id (file) + file->next_seq++;
  fare_locator_add (self->locator, row);

  return TRUE;
}

static int
compare_numbers (gconstpointer a,
                 gconstpointer b)
{
  const FareRow *first = a, *second = b;

  return (first->id > second->id) - (first->id < second->id);
}

/* Most often rows come as they stood in their files, and files in the order of their numbers. */
static void
collect_kept (FareClusters *self)
{
  gboolean is_sorted = TRUE;

  g_array_set_size (self->order, 0);
  for (guint i = 0; i < self->fresh->len; i++)
    {
      const FareRow *row = &g_array_index (self->fresh, FareRow, i);

      if (row->id != FARE_CLUSTERS_KEPT)
        continue;
      fare_clusters_add_order (self->order, row, i);
      is_sorted = is_sorted
                  && (self->order->len < 2
                      || compare_places (&g_array_index (self->order, FareClusterOrder, self->order->len - 2),
                                         &g_array_index (self->order, FareClusterOrder, self->order->len - 1)) < 0);
    }
  if (!is_sorted)
    g_array_sort (self->order, compare_places);
}

/* In file order, so that rows that are read together lie together and the table grows at its end. */
static gboolean
store_new (FareClusters *self)
{
  FareRow rows[FARE_PACK_ROWS];
  guint n = 0;

  collect_kept (self);
  for (guint i = 0; i < self->order->len; i++)
    {
      FareRow *row = &g_array_index (self->fresh, FareRow,
                                     g_array_index (self->order, FareClusterOrder, i).number);

      if (!number_row (self, row))
        return FALSE;
      if (n > 0 && fare_pack_of_row (rows[0].id) != fare_pack_of_row (row->id))
        {
          if (!fare_packs_store (self->packs, rows, n, FALSE))
            return FALSE;
          n = 0;
        }
      rows[n++] = *row;
      fare_places_add (self->places, row);
    }

  return n == 0 || fare_packs_store (self->packs, rows, n, FALSE);
}

gboolean
fare_clusters_store_rows (FareClusters *self)
{
  GArray *out = self->out;

  if (!store_new (self))
    return FALSE;
  g_array_sort (out, compare_numbers);
  if (!fare_packs_store (self->packs, (const FareRow *) (gpointer) out->data, out->len, TRUE))
    return FALSE;
  for (guint i = 0; i < out->len; i++)
    fare_places_add (self->places, &g_array_index (out, FareRow, i));

  return fare_locator_flush (self->locator) && fare_places_flush (self->places);
}
