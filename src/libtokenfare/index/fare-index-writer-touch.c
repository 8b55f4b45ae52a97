/* fare-index-writer-touch.c
 *
 * Which clusters have to be decided anew although none of their rows changed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "index/fare-index-writer-private.h"

#include <string.h>

/* Whether a call that stands in both files would be shown by @a's session. */
static gboolean
comes_before (const FareFoldFile *a,
              const FareFoldFile *b)
{
  if (a->is_fork != b->is_fork)
    return !a->is_fork;
  if (a->newest_ms != b->newest_ms)
    return a->newest_ms < b->newest_ms;

  return strcmp (a->key, b->key) < 0;
}

/* A file that grew may no longer be the one to show the calls it shares with another. */
static gboolean
touch_shared (FareIndexWriter *self,
              FareStatement   *shares,
              FareKnownFile   *file)
{
  g_autoptr(GPtrArray) others = g_ptr_array_new ();

  fare_statement_bind (shares, "i", (gint64) file->id);
  while (sqlite3_step (shares) == SQLITE_ROW)
    {
      FareKnownFile *other = fare_index_writer_get_file (self, (guint32) fare_statement_int (shares, 0));

      if (other != NULL)
        g_ptr_array_add (others, other);
    }
  sqlite3_reset (shares);
  for (guint i = 0; i < others->len; i++)
    {
      FareKnownFile *other = g_ptr_array_index (others, i);
      const FareFoldFile *before = other->in_batch ? &other->before : &other->fold;

      if (comes_before (&file->before, before) != comes_before (&file->fold, &other->fold))
        return fare_clusters_touch_file (self->clusters, file, TRUE, NULL);
    }

  return TRUE;
}

gboolean
fare_index_writer_touch_shared (FareIndexWriter *self)
{
  g_autoptr(FareStatement) shares = NULL;

  shares = fare_statement_new (self->db, "SELECT other FROM share WHERE file = ?1");
  if (shares == NULL)
    return FALSE;
  for (guint i = 0; i < self->batch->len; i++)
    {
      FareKnownFile *file = g_ptr_array_index (self->batch, i);

      if ((file->before.newest_ms != file->fold.newest_ms
           || file->before.is_fork != file->fold.is_fork)
          && !touch_shared (self, shares, file))
        return FALSE;
    }

  return TRUE;
}

/* When a session gets another parent, the family of all its descendants changes, and with it which
 * rows are the same call. */
gboolean
fare_index_writer_touch_families (FareIndexWriter *self,
                                  GHashTable      *moved)
{
  g_autoptr(FareStatement) files = NULL;
  g_autoptr(GHashTable) seen = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer session;

  if (g_hash_table_size (moved) == 0)
    return TRUE;
  files = fare_statement_new (self->db, "SELECT file FROM fact WHERE session = ?1");
  if (files == NULL || !fare_sessions_add_descendants (self->sessions, moved))
    return FALSE;
  g_hash_table_iter_init (&iter, moved);
  while (g_hash_table_iter_next (&iter, &session, NULL))
    {
      fare_statement_bind (files, "i", (gint64) GPOINTER_TO_UINT (session));
      while (sqlite3_step (files) == SQLITE_ROW)
        g_hash_table_add (seen, GUINT_TO_POINTER ((guint) fare_statement_int (files, 0)));
      sqlite3_reset (files);
    }
  g_hash_table_iter_init (&iter, seen);
  while (g_hash_table_iter_next (&iter, &session, NULL))
    {
      FareKnownFile *file = fare_index_writer_get_file (self, GPOINTER_TO_UINT (session));

      if (file != NULL && file->next_seq > 0
          && !fare_clusters_touch_file (self->clusters, file, FALSE, moved))
        return FALSE;
    }

  return TRUE;
}
