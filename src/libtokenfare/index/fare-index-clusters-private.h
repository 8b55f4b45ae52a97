/* fare-index-clusters-private.h
 *
 * What the parts of deciding share: fare-index-clusters.c gathers the batch,
 * fare-index-clusters-decide.c decides it, fare-index-clusters-store.c stores it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "index/fare-cluster-filter.h"
#include "index/fare-index-clusters.h"
#include "index/fare-index-locator.h"
#include "index/fare-index-packs.h"

G_BEGIN_DECLS

/* Id of a fresh row that is decided and to be stored. */
#define FARE_CLUSTERS_KEPT (-1)

/* What rows are sorted by, in the stead of rows, which are eight times as long. */
typedef struct
{
  gint64  cluster;
  gint64  offset;
  guint32 file;
  guint32 number; /* of a row in fresh */
} FareClusterOrder;

struct _FareClusters
{
  sqlite3          *db;
  FareRollup       *rollup;
  FarePlaces       *places;
  FareClusterWorld  world;

  GArray           *fresh;    /* FareRow */
  GArray           *order;    /* FareClusterOrder of them, by cluster; once all are decided, of those that are
                                 to be stored, by place */
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

  FareClusterFilter *filter;  /* (nullable): clusters in the index, when all of them are known */
  gboolean          has_decided; /* some are in it */
  FarePacks        *packs;
  FareLocator      *locator;
  GArray           *found;    /* gint64: packs that may have rows of the cluster */
  GArray           *loaded;   /* FareRow of such a pack */
  FareStatement    *share;
};

/* The first id that a row of the file can have. */
static inline gint64
fare_clusters_first_id (const FareKnownFile *file)
{
  return (gint64) file->id << FARE_ROW_FILE_SHIFT;
}

/* The last id that a row of the file can have. */
static inline gint64
fare_clusters_last_id (const FareKnownFile *file)
{
  return fare_clusters_first_id (file) + (G_GINT64_CONSTANT (1) << FARE_ROW_FILE_SHIFT) - 1;
}

/* Notes where a row stands among its like; @number is its own. */
static inline void
fare_clusters_add_order (GArray        *orders,
                         const FareRow *row,
                         guint          number)
{
  const FareClusterOrder order = { row->cluster, row->offset, row->file, number };

  g_array_append_val (orders, order);
}

/**
 * fare_clusters_delete_dropped:
 *
 * Deletes the rows of files that were dropped.
 */
gboolean fare_clusters_delete_dropped (FareClusters *self);

/**
 * fare_clusters_store_rows:
 *
 * Stores rows that are new or have changed.
 */
gboolean fare_clusters_store_rows     (FareClusters *self);

G_END_DECLS
