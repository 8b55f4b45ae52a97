/* fare-index-clusters.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "index/fare-index-clusters.h"

#include <stdlib.h>
#include <string.h>

#include "base/fare-hash.h"
#include "index/fare-index-locator.h"
#include "index/fare-index-packs.h"

/* Up to this many rows of a cluster are simply gone through. */
#define SMALL_CLUSTER 64

/* Room for more rows than this is not kept from batch to batch. */
#define MANY_ROWS 50000

/* Clusters stored by this run of a first scan; 1 MiB, some 1.5 % wrong hits at half a million. */
#define FILTER_BITS (G_GUINT64_CONSTANT (1) << 23)

/* What rows are sorted by, in the stead of rows, which are eight times as long. */
typedef struct
{
  gint64  cluster;
  gint64  offset;
  guint32 file;
  guint32 number; /* of a row in fresh */
} Order;

struct _FareClusters
{
  sqlite3          *db;
  FareRollup       *rollup;
  FarePlaces       *places;
  FareClusterWorld  world;

  GArray           *fresh;    /* FareRow */
  GArray           *order;    /* Order of them, by cluster */
  GArray           *kept;     /* Order of those that are decided and to be stored */
  GArray           *touched;  /* gint64 clusters, with repeats */
  GHashTable       *dropped;  /* FareKnownFile by file number → rows up to that id are void */
  GArray           *out;      /* FareRow that were stored before and have changed */

  /* One cluster at a time. */
  GArray           *rows;     /* stored rows first, then fresh ones */
  GArray           *before;   /* the stored rows as they were */
  GArray           *origins;  /* guint: where in fresh the rows behind those come from */
  GPtrArray        *pointers; /* the rows in the order that fold left */
  GHashTable       *slots;    /* hash of a slot → place in rows, for large clusters */
  guint             n_slots;  /* how many of the rows are in slots */

  guint64          *filter;   /* (nullable): clusters in the index, when all of them are known */
  FarePacks        *packs;
  FareLocator      *locator;
  GArray           *found;    /* gint64: packs that may have rows of the cluster */
  GArray           *loaded;   /* FareRow of such a pack */
  FareStatement    *share;
};

static void
find_out_if_empty (FareClusters *self)
{
  g_autoptr(FareStatement) statement = fare_statement_new (self->db, "SELECT 1 FROM pack LIMIT 1");

  if (statement != NULL && sqlite3_step (statement) == SQLITE_DONE)
    self->filter = g_malloc0 (FILTER_BITS / 8);
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
  self->order = g_array_new (FALSE, FALSE, sizeof (Order));
  self->kept = g_array_new (FALSE, FALSE, sizeof (Order));
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
  g_clear_pointer (&self->kept, g_array_unref);
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
  g_array_set_size (self->kept, 0);
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

static gboolean
might_be_stored (FareClusters *self,
                 gint64        cluster,
                 gboolean      remember)
{
  guint64 a, b;
  gboolean known;

  if (self->filter == NULL)
    return TRUE;
  a = (guint64) cluster % FILTER_BITS;
  b = ((guint64) cluster >> 32) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) >> 41;
  known = (self->filter[a / 64] >> (a % 64) & 1) && (self->filter[b / 64] >> (b % 64) & 1);
  if (remember)
    {
      self->filter[a / 64] |= G_GUINT64_CONSTANT (1) << (a % 64);
      self->filter[b / 64] |= G_GUINT64_CONSTANT (1) << (b % 64);
    }

  return known;
}

void
fare_clusters_add_row (FareClusters  *self,
                       const FareRow *row)
{
  g_array_append_val (self->fresh, *row);
}

/* One long log has a hundred thousand rows, which are not to be in memory twice. */
void
fare_clusters_take_rows (FareClusters  *self,
                         GArray       **rows)
{
  GArray *longer = self->fresh, *shorter = *rows;

  if (longer->len < shorter->len)
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

void
fare_clusters_touch (FareClusters *self,
                     gint64        cluster)
{
  g_array_append_val (self->touched, cluster);
}

static gint64
first_id (const FareKnownFile *file)
{
  return (gint64) file->id << FARE_ROW_FILE_SHIFT;
}

static gint64
last_id (const FareKnownFile *file)
{
  return first_id (file) + (G_GINT64_CONSTANT (1) << FARE_ROW_FILE_SHIFT) - 1;
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

  if (!fare_packs_load (self->packs, first_id (file), last_id (file), rows))
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      const FareRow *row = &g_array_index (rows, FareRow, i);
      gboolean shared = TRUE;

      if (only_shared && !is_shared (self, file, row->cluster, &shared))
        return FALSE;
      if (shared && (sessions == NULL
                     || g_hash_table_contains (sessions, GUINT_TO_POINTER (row->own_session))))
        fare_clusters_touch (self, row->cluster);
    }

  return TRUE;
}

/* Rows of sessions that the file no longer has begin anew, like the others, but from the index. */
static gboolean
keep_absent (FareClusters  *self,
             FareKnownFile *file,
             GHashTable    *present)
{
  g_autoptr(GArray) rows = g_array_new (FALSE, FALSE, sizeof (FareRow));

  if (!fare_packs_load (self->packs, first_id (file), last_id (file), rows))
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      FareRow *row = &g_array_index (rows, FareRow, i);

      row->id = 0;
      if (!g_hash_table_contains (present, GUINT_TO_POINTER (row->own_session)))
        fare_clusters_add_row (self, row);
    }

  return TRUE;
}

gboolean
fare_clusters_drop_file (FareClusters  *self,
                         FareKnownFile *file,
                         GHashTable    *present)
{
  if (!fare_clusters_touch_file (self, file, FALSE, NULL)
      || (present != NULL && !keep_absent (self, file, present)))
    return FALSE;
  g_hash_table_insert (self->dropped, GUINT_TO_POINTER (file->id),
                       GSIZE_TO_POINTER ((gsize) (first_id (file) + file->next_seq)));

  return TRUE;
}

static int
compare_order (gconstpointer a,
               gconstpointer b)
{
  const Order *first = a, *second = b;

  if (first->cluster != second->cluster)
    return first->cluster < second->cluster ? -1 : 1;
  if (first->file != second->file)
    return first->file < second->file ? -1 : 1;
  if (first->offset != second->offset)
    return first->offset < second->offset ? -1 : 1;

  return (first->number > second->number) - (first->number < second->number);
}

static void
add_order (GArray        *orders,
           const FareRow *row,
           guint          number)
{
  const Order order = { row->cluster, row->offset, row->file, number };

  g_array_append_val (orders, order);
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
  if (!might_be_stored (self, cluster, FALSE))
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
  g_array_index (self->fresh, FareRow, number) = *row;
  add_order (self->kept, row, number);
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
      const Order *order = &g_array_index (self->order, Order, *next_fresh);

      if (order->cluster != cluster)
        break;
      take_fresh (self, order->number);
    }
  might_be_stored (self, cluster, TRUE);
  if (self->rows->len == 0)
    return TRUE;
  fold (self);
  record (self, sessions);

  return self->rows->len == 1 || note_shares (self);
}

static gboolean
delete_dropped (FareClusters *self)
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
  const Order *first = a, *second = b;

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
  row->id = first_id (file) + file->next_seq++;
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

/* In file order, so that rows that are read together lie together and the table grows at its end. */
static gboolean
store_new (FareClusters *self)
{
  FareRow rows[FARE_PACK_ROWS];
  guint n = 0;

  g_array_sort (self->kept, compare_places);
  for (guint i = 0; i < self->kept->len; i++)
    {
      FareRow *row = &g_array_index (self->fresh, FareRow,
                                     g_array_index (self->kept, Order, i).number);

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

static gboolean
store_rows (FareClusters *self)
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

gboolean
fare_clusters_decide (FareClusters *self,
                      GHashTable   *sessions)
{
  guint next_fresh = 0, next_touched = 0;

  for (guint i = 0; i < self->fresh->len; i++)
    add_order (self->order, &g_array_index (self->fresh, FareRow, i), i);
  g_array_sort (self->order, compare_order);
  g_array_sort (self->touched, compare_ints);
  while (next_fresh < self->order->len || next_touched < self->touched->len)
    {
      gint64 a = next_fresh < self->order->len
                 ? g_array_index (self->order, Order, next_fresh).cluster : G_MAXINT64;
      gint64 b = next_touched < self->touched->len
                 ? g_array_index (self->touched, gint64, next_touched) : G_MAXINT64;
      gint64 cluster = MIN (a, b);

      while (next_touched < self->touched->len
             && g_array_index (self->touched, gint64, next_touched) == cluster)
        next_touched++;
      if (!decide_one (self, cluster, &next_fresh, sessions))
        return FALSE;
    }
  if (!delete_dropped (self) || !store_rows (self))
    return FALSE;
  fare_clusters_drop (self);

  return TRUE;
}
