/* fare-index-locator.h
 *
 * Where the rows of a cluster are: half of its fingerprint leads to the packs that may have
 * some.  Sorted, and packed into bytes a few hundred at a time; takes a third of the room of an
 * index on clusters and, for many rows at once, a tenth of the work.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "formats/fare-row.h"
#include "index/fare-statement.h"

G_BEGIN_DECLS

typedef struct _FareLocator FareLocator;

/**
 * fare_locator_new:
 * @db: a connection, writable if anything is to be added; must outlive the locator
 */
FareLocator *fare_locator_new         (sqlite3       *db) G_GNUC_WARN_UNUSED_RESULT;
void         fare_locator_free        (FareLocator   *self);

/**
 * fare_locator_find:
 * @packs: (element-type gint64): array to append to
 *
 * Finds the packs that may have rows of @cluster, in ascending order, as they were at the last
 * fare_locator_flush().
 *
 * Returns: %FALSE after an SQLite error
 */
gboolean     fare_locator_find        (FareLocator   *self,
                                       gint64         cluster,
                                       GArray        *packs);

/**
 * fare_locator_add:
 * @row: a row that is stored for the first time
 *
 * Notes where it is, until fare_locator_flush().
 */
void         fare_locator_add         (FareLocator   *self,
                                       const FareRow *row);

/**
 * fare_locator_drop_row:
 * @row: one of the rows of a file that goes with all its rows; each is to be named.  Rows of the
 *   same file may be added again afterwards.
 */
void         fare_locator_drop_row    (FareLocator   *self,
                                       const FareRow *row);

/**
 * fare_locator_flush:
 *
 * Stores what was noted.
 *
 * Returns: %FALSE after an SQLite error
 */
gboolean     fare_locator_flush       (FareLocator   *self);

/**
 * fare_locator_forget:
 *
 * Forgets what was noted, and what is remembered of the stored.
 */
void         fare_locator_forget      (FareLocator   *self);

/**
 * fare_locator_rebuild:
 *
 * Makes the stored anew from all packs.
 *
 * Returns: %FALSE after an SQLite error
 */
gboolean     fare_locator_rebuild     (FareLocator   *self);

/**
 * fare_locator_check:
 * @is_sound: (out): whether what is stored is what it would be if it were made anew
 *
 * Returns: %FALSE after an SQLite error
 */
gboolean     fare_locator_check       (FareLocator   *self,
                                       gboolean      *is_sound);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareLocator, fare_locator_free)

G_END_DECLS
