/* fare-index-outbox.h
 *
 * What the index knows of this machine's logs, as it is told to other machines: rows with their
 * fingerprints, and which session belongs to which.  Never titles and prompts; names of projects and
 * branches only when asked for.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "formats/fare-log.h"
#include "index/fare-statement.h"

G_BEGIN_DECLS

/* Enough to tell whether a log has changed. */
typedef struct
{
  guint32 file;      /* its number in the index */
  gint64  signature; /* another one whenever what is told of it may be different */
} FareOutboxItem;

typedef struct _FareOutbox FareOutbox;

/**
 * fare_outbox_new:
 * @db: must outlive the outbox
 * @with_names: whether names of projects and branches are told
 */
FareOutbox *fare_outbox_new  (sqlite3     *db,
                              gboolean     with_names) G_GNUC_WARN_UNUSED_RESULT;
void        fare_outbox_free (FareOutbox  *self);

/**
 * fare_outbox_list:
 *
 * Returns: (transfer full) (element-type FareOutboxItem) (nullable): this machine's logs that have
 *   rows, by number; %NULL after an SQLite error
 */
GArray     *fare_outbox_list (FareOutbox  *self) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_outbox_load:
 * @client: (out) (transfer full): id of its client
 * @key: (out) (transfer full): a fingerprint of the folder it is in, a slash, and its name
 *
 * Returns: (transfer full) (nullable): rows and facts of a log, clusters and all as in the index;
 *   %NULL after an SQLite error
 */
FareLog    *fare_outbox_load (FareOutbox  *self,
                              guint32      file,
                              char       **client,
                              char       **key) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareOutbox, fare_outbox_free)

G_END_DECLS
