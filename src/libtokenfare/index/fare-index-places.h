/* fare-index-places.h
 *
 * Where the rows of a session stand: per session, UTC day and file the first and the last
 * sequence number between which they all are.  Others may be between them, and rows that
 * have moved away leave their place as it is, so a row found there is still to be asked
 * for its session.  Takes a hundredth of the room of an index on sessions.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "formats/fare-row.h"
#include "index/fare-statement.h"

G_BEGIN_DECLS

#define FARE_DAY_MS (G_GINT64_CONSTANT (86400) * 1000)

typedef struct _FarePlaces FarePlaces;

/**
 * fare_places_new:
 * @db: a writable connection
 */
FarePlaces *fare_places_new     (sqlite3       *db) G_GNUC_WARN_UNUSED_RESULT;
void        fare_places_free    (FarePlaces    *self);

/**
 * fare_places_add:
 * @row: a row that has been stored
 */
void        fare_places_add     (FarePlaces    *self,
                                 const FareRow *row);

/**
 * fare_places_flush:
 *
 * Writes what was added.
 *
 * Returns: %FALSE after an SQLite error
 */
gboolean    fare_places_flush   (FarePlaces    *self);

/**
 * fare_places_drop:
 *
 * Forgets what was added.
 */
void        fare_places_drop    (FarePlaces    *self);

/**
 * fare_places_collect:
 * @db: any connection to an index
 * @sessions: (element-type guint32): numbers of sessions
 * @rows: (element-type FareRow): array to append to
 *
 * Collects the counted rows that these sessions show at @from_ms or later and before @to_ms, in no
 * certain order.
 *
 * Returns: %FALSE after an SQLite error
 */
gboolean    fare_places_collect (sqlite3       *db,
                                 const GArray  *sessions,
                                 gint64         from_ms,
                                 gint64         to_ms,
                                 GArray        *rows);

/**
 * fare_places_rebuild:
 *
 * Makes the table anew from the rows.
 */
gboolean    fare_places_rebuild (sqlite3       *db);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FarePlaces, fare_places_free)

G_END_DECLS
