/* fare-table-bin.h
 *
 * Contains a table and leaves out the columns that it has no room for.  What a column needs depends
 * on the language, the size of text and the figures in it, so it is measured, not known.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define FARE_TYPE_TABLE_BIN (fare_table_bin_get_type ())
G_DECLARE_FINAL_TYPE (FareTableBin, fare_table_bin, FARE, TABLE_BIN, AdwBin)

/**
 * fare_table_bin_set_table:
 * @table: somewhere in the bin, as wide as the bin
 * @columns: (array length=n_columns): those of its columns that may be left out, the first one first
 *
 * From now on the bin decides which of @columns are seen.
 */
void     fare_table_bin_set_table (FareTableBin                *self,
                                   GtkColumnView               *table,
                                   GtkColumnViewColumn * const *columns,
                                   guint                        n_columns);

/**
 * fare_table_bin_get_fits:
 *
 * Returns: whether the table has room without these columns; "notify::fits" says when that changes.
 *    While it has not, something else should be seen in its place, and the table need not have rows.
 */
gboolean fare_table_bin_get_fits  (FareTableBin                *self);

G_END_DECLS
