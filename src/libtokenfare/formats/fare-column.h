/* fare-column.h
 *
 * Columns of other programs' tables: SQLite keeps what was written, whatever the column
 * was declared as, and versions differ in which columns there are.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "formats/fare-foreign-db.h"
#include "formats/fare-log.h"

G_BEGIN_DECLS

/**
 * fare_column_select:
 * @columns: (array zero-terminated=1): what is wanted of @table
 * @tail: what stands behind the table's name
 *
 * Returns: (transfer full): a query for the columns in their order; NULL stands for those that the
 *   table has not
 */
char       *fare_column_select (FareForeignDb      *db,
                                const char         *table,
                                const char * const *columns,
                                const char         *tail) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_column_count:
 *
 * Returns: a count as fare_pull_count() reads it: fractions are cut, and junk, negative numbers and
 *   NULL are 0
 */
gint64      fare_column_count  (sqlite3_stmt       *statement,
                                int                 column);

/**
 * fare_column_number:
 *
 * Returns: a finite number; 0 when there is none
 */
double      fare_column_number (sqlite3_stmt       *statement,
                                int                 column);

/**
 * fare_column_text:
 *
 * Returns: (transfer full): valid UTF-8 without blanks at its ends; "" for NULL
 */
char       *fare_column_text   (sqlite3_stmt       *statement,
                                int                 column) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_column_title:
 *
 * Returns: the text's number as fare_log_intern_title() makes it; 0 when there is none
 */
guint32     fare_column_title  (sqlite3_stmt       *statement,
                                int                 column,
                                FareLog            *log);

G_END_DECLS
