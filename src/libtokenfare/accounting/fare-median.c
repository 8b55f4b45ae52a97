/* fare-median.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "accounting/fare-median.h"

#include <stdlib.h>

static int
compare_values (const void *a,
                const void *b)
{
  double left = *(const double *) a;
  double right = *(const double *) b;

  return left < right ? -1 : left > right;
}

double
fare_median (double *values,
             guint   n_values)
{
  if (n_values == 0)
    return 0;

  qsort (values, n_values, sizeof *values, compare_values);

  return n_values % 2 == 1 ? values[n_values / 2]
                           : (values[n_values / 2 - 1] + values[n_values / 2]) / 2;
}
