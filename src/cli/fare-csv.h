/* fare-csv.h
 *
 * Writes comma-separated values to standard output, quoted as RFC 4180 says.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One line being built.  Start with zeros. */
typedef struct
{
  GString *line;
} FareCsv;

/**
 * fare_csv_add_string:
 * @value: (nullable): %NULL is an empty cell
 */
void fare_csv_add_string (FareCsv    *self,
                          const char *value);
void fare_csv_add_int    (FareCsv    *self,
                          gint64      value);
void fare_csv_add_double (FareCsv    *self,
                          double      value);

/**
 * fare_csv_end_row:
 *
 * Prints the line and begins the next.
 */
void fare_csv_end_row    (FareCsv    *self);
void fare_csv_clear      (FareCsv    *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FareCsv, fare_csv_clear)

G_END_DECLS
