/* fare-csv.h
 *
 * Writes comma-separated values to standard output.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "base/fare-csv.h"

G_BEGIN_DECLS

/**
 * fare_csv_end_row:
 *
 * Prints the line and begins the next.
 */
void fare_csv_end_row (FareCsv *self);

G_END_DECLS
