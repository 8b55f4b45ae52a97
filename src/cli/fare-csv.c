/* fare-csv.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "fare-csv.h"

#include "fare-print.h"

void
fare_csv_end_row (FareCsv *self)
{
  g_autofree char *line = fare_csv_end (self);

  fare_print_data (line, -1);
  fare_print_data ("\n", 1);
}
