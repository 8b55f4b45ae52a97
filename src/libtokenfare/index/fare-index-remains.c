/* fare-index-remains.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "index/fare-index-remains.h"

#include <string.h>

#include "base/fare-hash.h"

struct _FareRemains
{
  GHashTable *sessions;
  GHashTable *calls;
  GHashTable *kept;   /* FareRow, by cluster and content */
  GHashTable *copies; /* FareRow, by session and place */
};

static gboolean
is_same_content (const FareRow *a,
                 const FareRow *b)
{
  return a->model == b->model && memcmp (&a->usage, &b->usage, sizeof a->usage) == 0;
}

static guint
hash_place (gconstpointer key)
{
  const FareRow *row = key;

  return (guint) fare_hash_finish (fare_hash_int (fare_hash_int (FARE_HASH_SEED, row->own_session),
                                                  row->offset));
}

static gboolean
is_same_place (gconstpointer a,
               gconstpointer b)
{
  const FareRow *first = a, *second = b;

  return first->own_session == second->own_session && first->offset == second->offset
         && is_same_content (first, second);
}

static guint
hash_cluster (gconstpointer key)
{
  return g_int64_hash (&((const FareRow *) key)->cluster);
}

static gboolean
is_same_call (gconstpointer a,
              gconstpointer b)
{
  const FareRow *first = a, *second = b;

  return first->cluster == second->cluster && is_same_content (first, second);
}

FareRemains *
fare_remains_new (GHashTable *sessions,
                  GHashTable *calls)
{
  FareRemains *self = g_new (FareRemains, 1);

  self->sessions = sessions;
  self->calls = calls;
  self->kept = g_hash_table_new_full (hash_cluster, is_same_call, g_free, NULL);
  self->copies = g_hash_table_new_full (hash_place, is_same_place, g_free, NULL);

  return self;
}

void
fare_remains_free (FareRemains *self)
{
  g_hash_table_unref (self->kept);
  g_hash_table_unref (self->copies);
  g_free (self);
}

gboolean
fare_remains_take (FareRemains   *self,
                   const FareRow *row)
{
  gboolean is_copy = (row->flags & FARE_ROW_COPIED) != 0;
  gboolean stays = !g_hash_table_contains (self->sessions, GUINT_TO_POINTER (row->own_session));

  /* A copy may go by its original's name, and nothing is lost with it. */
  if (!is_copy && self->calls != NULL)
    stays |= !g_hash_table_contains (self->calls, &row->sub);
  if (stays != is_copy)
    g_hash_table_add (is_copy ? self->copies : self->kept, g_memdup2 (row, sizeof *row));

  return stays;
}

void
fare_remains_mark_copies (FareRemains *self,
                          GArray      *rows)
{
  if (g_hash_table_size (self->copies) == 0 || g_hash_table_size (self->kept) == 0)
    return;

  for (guint i = 0; i < rows->len; i++)
    {
      FareRow *row = &g_array_index (rows, FareRow, i);
      const FareRow *copy = g_hash_table_lookup (self->copies, row);

      if (row->flags & FARE_ROW_COPIED || copy == NULL
          || !g_hash_table_contains (self->kept, copy))
        continue;
      row->flags |= FARE_ROW_COPIED;
      row->cluster = copy->cluster;
      row->sub = copy->sub;
    }
}
