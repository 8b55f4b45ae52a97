/* fare-index-rows.h
 *
 * Rows as bytes, in and out.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "formats/fare-row.h"

G_BEGIN_DECLS

/**
 * fare_rows_pack:
 * @bytes: what to append to
 *
 * Writes rows; their numbers and files are not among it.
 */
void     fare_rows_pack   (const FareRow *rows,
                           guint          n_rows,
                           GByteArray    *bytes);

/**
 * fare_rows_unpack:
 * @first: the number of the first row
 * @rows: (out caller-allocates): room for @n_max rows
 * @n_rows: (out): how many there were
 *
 * Returns: %FALSE when @data is damaged, or has more rows
 */
gboolean fare_rows_unpack (const guint8  *data,
                           gsize          size,
                           gint64         first,
                           FareRow       *rows,
                           guint          n_max,
                           guint         *n_rows);

G_END_DECLS
