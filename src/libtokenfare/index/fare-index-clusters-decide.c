/* fare-index-clusters-decide.c
 *
 * One cluster after the other: its stored rows, the fresh ones, what fold makes of them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "index/fare-index-clusters-private.h"

#include <string.h>

#include "base/fare-hash.h"
#include "index/fare-hash-sort.h"

/* Up to this many rows of a cluster are simply gone through. */
#define SMALL_CLUSTER 64

static int
compare_order (gconstpointer a,
               gconstpointer b)
{
  const FareClusterOrder *first = a, *second = b;

  if (first->cluster != second->cluster)
    return first->cluster < second->cluster ? -1 : 1;
  if (first->file != second->file)
    return first->file < second->file ? -1 : 1;
  if (first->offset != second->offset)
    return first->offset < second->offset ? -1 : 1;

  return (first->number > second->number) - (first->number < second->number);
}

static int
compare_ints (gconstpointer a,
              gconstpointer b)
{
  const gint64 *first = a, *second = b;

  return (*first > *second) - (*first < *second);
}

static void
note_change (GHashTable *sessions,
             guint32     session,
             gint64      time_ms,
             gboolean    is_less)
{
  FareSpanChange *change = g_hash_table_lookup (sessions, GUINT_TO_POINTER (session));

  if (change == NULL)
    {
      change = g_new0 (FareSpanChange, 1);
      change->first_ms = G_MAXINT64;
      change->last_ms = G_MININT64;
      g_hash_table_insert (sessions, GUINT_TO_POINTER (session), change);
    }
  change->is_less = change->is_less || is_less;
  if (is_less)
    return;
  change->first_ms = MIN (change->first_ms, time_ms);
  change->last_ms = MAX (change->last_ms, time_ms);
}

/* Whether a row goes with all rows of its file. */
static gboolean
is_dropped (FareClusters  *self,
            const FareRow *row)
{
  gpointer limit;

  return g_hash_table_lookup_extended (self->dropped, GUINT_TO_POINTER (row->file), NULL, &limit)
         && row->id < (gint64) GPOINTER_TO_SIZE (limit);
}

static void
take_stored (FareClusters  *self,
             const FareRow *row,
             GHashTable    *sessions)
{
  if (!is_dropped (self, row))
    {
      g_array_append_val (self->rows, *row);
      g_array_append_val (self->before, *row);
      return;
    }
  if (row->role != FARE_ROLE_COUNTED)
    return;
  fare_rollup_add (self->rollup, row, -1);
  note_change (sessions, row->event_session, row->event_ms, TRUE);
}

static gboolean
load_stored (FareClusters *self,
             gint64        cluster,
             GHashTable   *sessions)
{
  g_array_set_size (self->rows, 0);
  g_array_set_size (self->before, 0);
  g_array_set_size (self->origins, 0);
  if (self->n_slots > 0)
    g_hash_table_remove_all (self->slots);
  self->n_slots = 0;
  if (self->filter != NULL && !fare_cluster_filter_has (self->filter, cluster))
    return TRUE;

  g_array_set_size (self->found, 0);
  if (!fare_locator_find (self->locator, cluster, self->found))
    return FALSE;
  for (guint i = 0; i < self->found->len; i++)
    {
      gint64 pack = g_array_index (self->found, gint64, i);

      g_array_set_size (self->loaded, 0);
      if (!fare_packs_load (self->packs, pack, pack + FARE_PACK_ROWS - 1, self->loaded))
        return FALSE;
      for (guint j = 0; j < self->loaded->len; j++)
        if (g_array_index (self->loaded, FareRow, j).cluster == cluster)
          take_stored (self, &g_array_index (self->loaded, FareRow, j), sessions);
    }

  return TRUE;
}

static guint64
slot_hash (const FareRow *row)
{
  guint64 hash = fare_hash_int (FARE_HASH_SEED, row->sub);

  hash = fare_hash_int (hash, ((gint64) row->file << 32) | row->own_session);

  return fare_hash_int (hash, row->flags & FARE_ROW_SLOT);
}

/* In a small cluster looking is quicker than keeping a table; a relay's constant id makes large
 * ones. */
static gint
find_slot (FareClusters  *self,
           const FareRow *fresh)
{
  guint64 hash;
  gpointer at;

  if (fresh->flags & FARE_ROW_ALONE)
    return -1;
  if (self->rows->len <= SMALL_CLUSTER)
    {
      for (guint i = 0; i < self->rows->len; i++)
        {
          const FareRow *row = &g_array_index (self->rows, FareRow, i);

          if (row->file == fresh->file && fare_row_is_same_slot (row, fresh))
            return (gint) i;
        }
      return -1;
    }
  for (; self->n_slots < self->rows->len; self->n_slots++)
    {
      hash = slot_hash (&g_array_index (self->rows, FareRow, self->n_slots));
      g_hash_table_insert (self->slots, GSIZE_TO_POINTER (hash), GUINT_TO_POINTER (self->n_slots));
    }
  hash = slot_hash (fresh);
  if (!g_hash_table_lookup_extended (self->slots, GSIZE_TO_POINTER (hash), NULL, &at))
    return -1;

  return fare_row_is_same_slot (&g_array_index (self->rows, FareRow, GPOINTER_TO_UINT (at)), fresh)
         ? (gint) GPOINTER_TO_UINT (at) : -1;
}

static void
take_fresh (FareClusters *self,
            guint         number)
{
  const FareRow *fresh = &g_array_index (self->fresh, FareRow, number);
  gint at = find_slot (self, fresh);

  if (at < 0)
    {
      g_array_append_val (self->rows, *fresh);
      g_array_append_val (self->origins, number);
    }
  else
    fare_row_merge (&g_array_index (self->rows, FareRow, at), fresh);
}

static const FareFoldFile *
get_fold_file (gpointer world,
               guint32  file)
{
  FareClusters *self = world;

  return &self->world.get_file (self->world.world, file)->fold;
}

static guint32
get_root (gpointer world,
          guint32  session)
{
  FareClusters *self = world;

  return self->world.get_root (self->world.world, session);
}

static void
fold (FareClusters *self)
{
  const FareFoldContext context = { get_fold_file, get_root, self };
  guint32 file = g_array_index (self->rows, FareRow, 0).file;
  const FareFormat *format;

  format = self->world.get_format (self->world.world,
                                   self->world.get_file (self->world.world, file)->client);
  g_ptr_array_set_size (self->pointers, 0);
  for (guint i = 0; i < self->rows->len; i++)
    g_ptr_array_add (self->pointers, &g_array_index (self->rows, FareRow, i));
  format->fold (&context, (FareRow **) self->pointers->pdata, self->pointers->len);
}

static gboolean
is_equal (const FareRow *a,
          const FareRow *b)
{
  return a->role == b->role && a->flags == b->flags && a->event_ms == b->event_ms
         && a->event_session == b->event_session && a->own_ms == b->own_ms
         && a->value_ms == b->value_ms && a->offset == b->offset && a->model == b->model && a->branch == b->branch
         && a->modes == b->modes && a->lines == b->lines && a->messages == b->messages
         && a->web_searches == b->web_searches && a->reported_pico == b->reported_pico
         && memcmp (&a->usage, &b->usage, sizeof a->usage) == 0;
}

static gboolean
add_share (FareClusters *self,
           guint32       file,
           guint32       other)
{
  if (self->share == NULL)
    self->share = fare_statement_new (self->db, "INSERT OR IGNORE INTO share VALUES (?1, ?2), (?2,"
                                                " ?1)");
  if (self->share == NULL)
    return FALSE;
  fare_statement_bind (self->share, "ii", (gint64) file, (gint64) other);

  return fare_statement_run (self->share);
}

/* Notes with which files the one that shows a call shares it: when it grows, its newest row may pass
 * theirs, and then another one shows the call. */
static gboolean
note_shares (FareClusters *self)
{
  const FareRow *leading = NULL;

  for (guint i = 0; i < self->pointers->len; i++)
    {
      const FareRow *row = g_ptr_array_index (self->pointers, i);

      if (row->leads)
        leading = row;
      else if (leading != NULL && row->file != leading->file
               && !add_share (self, leading->file, row->file))
        return FALSE;
    }

  return TRUE;
}

/* A new row takes the place of the fresh one that it comes from. */
static void
keep_new (FareClusters  *self,
          const FareRow *row,
          guint          number)
{
  FareRow *fresh = &g_array_index (self->fresh, FareRow, number);

  *fresh = *row;
  fresh->id = FARE_CLUSTERS_KEPT;
}

static void
record (FareClusters *self,
        GHashTable   *sessions)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      const FareRow *row = &g_array_index (self->rows, FareRow, i);
      const FareRow *before = i < self->before->len
                              ? &g_array_index (self->before, FareRow, i) : NULL;
      gboolean was_counted, is_counted, stays;

      if (before != NULL && is_equal (row, before))
        continue;
      if (before == NULL)
        keep_new (self, row, g_array_index (self->origins, guint, i - self->before->len));
      else
        g_array_append_val (self->out, *row);
      was_counted = before != NULL && before->role == FARE_ROLE_COUNTED;
      is_counted = row->role == FARE_ROLE_COUNTED;
      stays = was_counted && is_counted && row->event_session == before->event_session
              && row->event_ms == before->event_ms;
      if (was_counted)
        fare_rollup_add (self->rollup, before, -1);
      if (is_counted)
        fare_rollup_add (self->rollup, row, 1);
      if (was_counted && !stays)
        note_change (sessions, before->event_session, before->event_ms, TRUE);
      if (is_counted && !stays)
        note_change (sessions, row->event_session, row->event_ms, FALSE);
    }
}

static gboolean
decide_one (FareClusters *self,
            gint64        cluster,
            guint        *next_fresh,
            GHashTable   *sessions)
{
  if (!load_stored (self, cluster, sessions))
    return FALSE;
  for (; *next_fresh < self->order->len; (*next_fresh)++)
    {
      const FareClusterOrder *order = &g_array_index (self->order, FareClusterOrder, *next_fresh);

      if (order->cluster != cluster)
        break;
      take_fresh (self, order->number);
    }
  if (self->filter != NULL)
    fare_cluster_filter_add (self->filter, cluster);
  if (self->rows->len == 0)
    return TRUE;
  fold (self);
  record (self, sessions);

  return self->rows->len == 1 || note_shares (self);
}

gboolean
fare_clusters_decide (FareClusters *self,
                      GHashTable   *sessions)
{
  guint next_fresh = 0, next_touched = 0;

  self->has_decided = TRUE;
  for (guint i = 0; i < self->fresh->len; i++)
    fare_clusters_add_order (self->order, &g_array_index (self->fresh, FareRow, i), i);
  fare_hash_sort (self->order, sizeof (FareClusterOrder), compare_order);
  fare_hash_sort (self->touched, sizeof (gint64), compare_ints);
  while (next_fresh < self->order->len || next_touched < self->touched->len)
    {
      gint64 a = next_fresh < self->order->len
                 ? g_array_index (self->order, FareClusterOrder, next_fresh).cluster : G_MAXINT64;
      gint64 b = next_touched < self->touched->len
                 ? g_array_index (self->touched, gint64, next_touched) : G_MAXINT64;
      gint64 cluster = MIN (a, b);

      while (next_touched < self->touched->len
             && g_array_index (self->touched, gint64, next_touched) == cluster)
        next_touched++;
      if (!decide_one (self, cluster, &next_fresh, sessions))
        return FALSE;
    }
  if (!fare_clusters_delete_dropped (self) || !fare_clusters_store_rows (self))
    return FALSE;
  fare_clusters_drop (self);

  return TRUE;
}
