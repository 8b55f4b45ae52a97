/* fare-csv.h
 *
 * Builds lines of comma-separated values, quoted as RFC 4180 says.
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
 * @value: (nullable): %NULL is an empty cell; what is not UTF-8 in it is replaced
 *
 * Adds a cell, in quotes where it needs them.
 */
void  fare_csv_add_string (FareCsv    *self,
                           const char *value);

/**
 * fare_csv_add_int:
 *
 * Adds a whole number.
 */
void  fare_csv_add_int    (FareCsv    *self,
                           gint64      value);

/**
 * fare_csv_add_double:
 *
 * Adds a number in as many digits as it takes to read the same one again.
 */
void  fare_csv_add_double (FareCsv    *self,
                           double      value);

/**
 * fare_csv_end:
 *
 * Ends the line, so that the next cell begins another one.
 *
 * Returns: (transfer full): the line, without a line break
 */
char *fare_csv_end        (FareCsv    *self) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_csv_clear:
 *
 * Frees the line that was not ended.
 */
void  fare_csv_clear      (FareCsv    *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FareCsv, fare_csv_clear)

G_END_DECLS
