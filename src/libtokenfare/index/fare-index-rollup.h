/* fare-index-rollup.h
 *
 * Sums of the counted rows per quarter hour, kept in step by differences.  A row of the
 * table holds all cells of a UTC day.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "formats/fare-row.h"
#include "index/fare-cells.h"
#include "index/fare-statement.h"

G_BEGIN_DECLS

typedef struct _FareRollup FareRollup;

#define FARE_META_BANDS "bands"

/**
 * fare_rollup_new:
 * @db: a writable connection
 * @thresholds: prompt sizes in tokens that some price depends on, ascending
 */
FareRollup *fare_rollup_new            (sqlite3        *db,
                                        const gint64   *thresholds,
                                        guint           n_thresholds) G_GNUC_WARN_UNUSED_RESULT;
void        fare_rollup_free           (FareRollup     *self);

/**
 * fare_rollup_add:
 * @sign: 1 to add a counted row, -1 to take it back
 */
void        fare_rollup_add            (FareRollup     *self,
                                        const FareRow  *row,
                                        int             sign);

/**
 * fare_rollup_flush:
 *
 * Writes the differences that have come together.
 *
 * Returns: %FALSE after an SQLite error
 */
gboolean    fare_rollup_flush          (FareRollup     *self);

/**
 * fare_rollup_drop:
 *
 * Forgets differences of a transaction that was undone.
 */
void        fare_rollup_drop           (FareRollup     *self);

/**
 * fare_rollup_ensure_bands:
 *
 * Rebuilds the rollup when the thresholds it was made with lack some of ours.
 *
 * Returns: %FALSE after an SQLite error
 */
gboolean    fare_rollup_ensure_bands   (FareRollup     *self);

/**
 * fare_rollup_rebuild:
 *
 * Makes the rollup anew from the rows.
 */
gboolean    fare_rollup_rebuild        (FareRollup     *self);

/**
 * fare_rollup_find_faults:
 * @quarters: (element-type gint64): array to append to
 *
 * Compares the stored sums with the rows and adds each quarter hour that differs, once, in
 * ascending order.
 *
 * Returns: %FALSE after an SQLite error
 */
gboolean    fare_rollup_find_faults    (sqlite3        *db,
                                        GArray         *quarters);

/**
 * fare_rollup_read_bands:
 *
 * Returns: (transfer full) (nullable): the thresholds the stored rollup was made with, gint64,
 *   ascending; %NULL when it has yet to be made
 */
GArray     *fare_rollup_read_bands     (sqlite3        *db) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_rollup_make_cell:
 * @bands: (element-type gint64): thresholds
 * @cell: (out): the cell that a counted row alone would make
 */
void        fare_rollup_make_cell      (const GArray   *bands,
                                        const FareRow  *row,
                                        FareCell       *cell);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareRollup, fare_rollup_free)

G_END_DECLS
