/* fare-index-writer-private.h
 *
 * What the parts of the writer share: fare-index-writer.c has its batches,
 * fare-index-writer-take.c takes over what was read, fare-index-writer-touch.c finds what has to be
 * decided anew, fare-index-writer-machines.c is about machines.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "index/fare-index-clusters.h"
#include "index/fare-index-rollup.h"
#include "index/fare-index-sessions.h"
#include "index/fare-index-writer.h"

G_BEGIN_DECLS

struct _FareIndexWriter
{
  FareIndex     *index;
  sqlite3       *db;
  FareNames     *names;
  FareSessions  *sessions;
  FareRollup    *rollup;
  FarePlaces    *places;
  FareClusters  *clusters;

  FareFiles     *files;
  GHashTable    *formats;     /* client number → FareFormat */
  GPtrArray     *batch;       /* files that change in the current batch */
  gboolean       in_transaction;
  gboolean       is_visible;  /* the batch changes something that can be seen */
  int            journal_fd;  /* of a first scan, -1 until it is needed */
  gint64         scan_ms;     /* how long the scan that ends took, 0 when it is not to be kept */
};

/**
 * fare_index_writer_get_file:
 * @world: the writer
 *
 * Returns: (transfer none) (nullable): the file with that number
 */
FareKnownFile *fare_index_writer_get_file       (gpointer           world,
                                                 guint32            file);

/**
 * fare_index_writer_ensure_file:
 * @is_new: the index is known not to have it
 *
 * Returns: (transfer none) (nullable): the known file of @source, a new one if there is none; %NULL
 *   after an error
 */
FareKnownFile *fare_index_writer_ensure_file    (FareIndexWriter   *self,
                                                 const FareSource  *source,
                                                 guint32            machine,
                                                 gboolean           is_new);

/**
 * fare_index_writer_join:
 *
 * Has the file stored with the current batch.
 */
void           fare_index_writer_join           (FareIndexWriter   *self,
                                                 FareKnownFile     *file);

/**
 * fare_index_writer_drop_file:
 * @present: (nullable): set of sessions that the file still has; facts of others are kept
 * @remains: (nullable): is asked which rows are kept
 *
 * Takes the rows and the facts of a file out.
 */
gboolean       fare_index_writer_drop_file      (FareIndexWriter   *self,
                                                 FareKnownFile     *file,
                                                 GHashTable        *present,
                                                 FareRemains       *remains);

/**
 * fare_index_writer_decide:
 *
 * Decides and stores the batch, but does not end it.
 */
gboolean       fare_index_writer_decide         (FareIndexWriter   *self);

/**
 * fare_index_writer_touch_shared:
 *
 * Files of the batch that grew, or became forks, may no longer be the ones to show the calls they share.
 */
gboolean       fare_index_writer_touch_shared   (FareIndexWriter   *self);

/**
 * fare_index_writer_touch_families:
 * @moved: (inout): set of sessions whose parent changed; their descendants are added
 */
gboolean       fare_index_writer_touch_families (FareIndexWriter   *self,
                                                 GHashTable        *moved);

G_END_DECLS
