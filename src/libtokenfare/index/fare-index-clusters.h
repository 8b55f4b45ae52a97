/* fare-index-clusters.h
 *
 * Decides clusters: brings stored and fresh rows together, folds them, and stores
 * what has changed, with the rollup's difference.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "formats/fare-format.h"
#include "index/fare-index-places.h"
#include "index/fare-index-remains.h"
#include "index/fare-index-rollup.h"
#include "index/fare-index-writer.h"

G_BEGIN_DECLS

typedef struct _FareClusters FareClusters;

/* What happened to the counted rows of a session. */
typedef struct
{
  gint64   first_ms; /* of those that were added */
  gint64   last_ms;
  gboolean is_less;  /* some were taken away, so its first and last one have to be looked for */
} FareSpanChange;

/* What deciding needs to know of files, which is the writer's. */
typedef struct
{
  FareKnownFile *(*get_file)   (gpointer world,
                                guint32  file);
  const FareFormat *(*get_format) (gpointer world,
                                   guint32  client);
  guint32        (*get_root)   (gpointer world,
                                guint32  session);
  gpointer         world;
} FareClusterWorld;

FareClusters *fare_clusters_new         (sqlite3                *db,
                                         FareRollup             *rollup,
                                         FarePlaces             *places,
                                         const FareClusterWorld *world) G_GNUC_WARN_UNUSED_RESULT;
void          fare_clusters_free        (FareClusters           *self);

/**
 * fare_clusters_is_empty:
 *
 * Returns: whether there were no rows when @self was made
 */
gboolean      fare_clusters_is_empty    (FareClusters           *self);

/**
 * fare_clusters_expect:
 * @n_clusters: so many, or fewer
 *
 * Says before the first batch how many clusters a first scan may find.
 */
void          fare_clusters_expect      (FareClusters           *self,
                                         guint64                 n_clusters);

/**
 * fare_clusters_take_rows:
 * @rows: (inout) (element-type FareRow): fresh rows with all their numbers those of the index; their
 *   array may be kept and another one left in its place
 */
void          fare_clusters_take_rows   (FareClusters           *self,
                                         GArray                **rows);
guint         fare_clusters_get_n_rows  (FareClusters           *self);

/**
 * fare_clusters_touch_file:
 * @only_shared: leave out clusters that no other file is part of
 * @sessions: (nullable): leave out rows of other sessions than these
 */
gboolean      fare_clusters_touch_file  (FareClusters           *self,
                                         FareKnownFile          *file,
                                         gboolean                only_shared,
                                         GHashTable             *sessions);

/**
 * fare_clusters_drop_file:
 *
 * @remains: (nullable): is asked which rows are kept
 *
 * Takes the stored rows of @file out of their clusters.
 */
gboolean      fare_clusters_drop_file   (FareClusters           *self,
                                         FareKnownFile          *file,
                                         FareRemains            *remains);

/**
 * fare_clusters_decide:
 * @sessions: (inout): #FareSpanChange, owned, by session whose counted rows changed
 *
 * Returns: %FALSE after an SQLite error
 */
gboolean      fare_clusters_decide      (FareClusters           *self,
                                         GHashTable             *sessions);

/**
 * fare_clusters_drop:
 *
 * Forgets the batch.
 */
void          fare_clusters_drop        (FareClusters           *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareClusters, fare_clusters_free)

G_END_DECLS
