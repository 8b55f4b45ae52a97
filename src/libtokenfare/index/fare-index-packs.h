/* fare-index-packs.h
 *
 * The rows of all files, packed into bytes, %FARE_PACK_ROWS at a time: a row takes 40 bytes and a
 * tenth of the work that it would take as a row of a table.
 *
 * A row's number is file << 24 | sequence, and a file's rows are numbered without gaps.  So a pack,
 * whose number is that of its first row, begins at a multiple of %FARE_PACK_ROWS.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "formats/fare-row.h"
#include "index/fare-statement.h"

G_BEGIN_DECLS

/* More make a file that grows dearer, fewer take more room.  Part of the stored form. */
#define FARE_PACK_ROWS 24

#define FARE_ROW_FILE_SHIFT 24
#define FARE_ROW_SEQUENCE   ((G_GINT64_CONSTANT (1) << FARE_ROW_FILE_SHIFT) - 1)

/**
 * fare_pack_of_row:
 *
 * Returns: the number of the pack that holds the row with the number @id
 */
static inline gint64
fare_pack_of_row (gint64 id)
{
  return id - (id & FARE_ROW_SEQUENCE) % FARE_PACK_ROWS;
}

typedef struct _FarePacks FarePacks;

/**
 * fare_packs_new:
 * @db: a connection, writable if rows are to be stored; must outlive the packs
 */
FarePacks *fare_packs_new          (sqlite3       *db) G_GNUC_WARN_UNUSED_RESULT;
void       fare_packs_free         (FarePacks     *self);

/**
 * fare_packs_load:
 * @rows: (element-type FareRow): array to append to
 *
 * Loads the rows numbered @first to @last.
 *
 * Returns: %FALSE after an SQLite error, which a damaged pack is too
 */
gboolean   fare_packs_load         (FarePacks     *self,
                                    gint64         first,
                                    gint64         last,
                                    GArray        *rows);

/* Returns: whether to go on */
typedef gboolean (*FarePackFunc)   (const FareRow *row,
                                    gpointer       user_data);

/**
 * fare_packs_foreach:
 *
 * Shows all rows whose event is at @from_ms or later and before @to_ms, by number.  With %G_MAXINT64
 * there is no end.
 *
 * Returns: %FALSE after an SQLite error, which a damaged pack is too
 */
gboolean   fare_packs_foreach      (FarePacks     *self,
                                    gint64         from_ms,
                                    gint64         to_ms,
                                    FarePackFunc   func,
                                    gpointer       user_data);

/**
 * fare_packs_foreach_by_time:
 *
 * Does the same by time, then by number.  Keeps no more of them than overlap.
 */
gboolean   fare_packs_foreach_by_time (FarePacks    *self,
                                       gint64        from_ms,
                                       gint64        to_ms,
                                       FarePackFunc  func,
                                       gpointer      user_data);

/**
 * fare_packs_store:
 * @rows: in the order of their numbers, none twice; of a file, new ones follow what is there
 * @is_known: whether the rows replace stored ones
 *
 * Returns: %FALSE after an SQLite error
 */
gboolean   fare_packs_store        (FarePacks     *self,
                                    const FareRow *rows,
                                    guint          n_rows,
                                    gboolean       is_known);

/**
 * fare_packs_drop_file:
 *
 * Takes away all rows of a file.
 *
 * Returns: %FALSE after an SQLite error
 */
gboolean   fare_packs_drop_file    (FarePacks     *self,
                                    guint32        file);

/**
 * fare_packs_count:
 *
 * Returns: how many counted rows there are, -1 after an SQLite error
 */
gint64     fare_packs_count        (FarePacks     *self);

/**
 * fare_packs_report_damage:
 *
 * Makes @db say that its file is damaged, as it does of damage it finds itself.
 *
 * Returns: %FALSE always
 */
gboolean   fare_packs_report_damage (sqlite3      *db);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FarePacks, fare_packs_free)

G_END_DECLS
