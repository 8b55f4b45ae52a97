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

/* Rows of session ?1 from day ?2 to day ?3, each once; for conditions and order to follow. */
#define FARE_PLACE_ROWS                                                                       \
  " FROM place CROSS JOIN event ON event.id BETWEEN (place.file << 24) + place.first"         \
  " AND (place.file << 24) + place.last WHERE place.session = ?1"                             \
  " AND place.day BETWEEN ?2 AND ?3 AND event.session = ?1"                                   \
  " AND event.time_ms / 86400000 = place.day"

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
 * fare_places_rebuild:
 *
 * Makes the table anew from the rows.
 */
gboolean    fare_places_rebuild (sqlite3       *db);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FarePlaces, fare_places_free)

G_END_DECLS
