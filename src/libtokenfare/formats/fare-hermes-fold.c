/* fare-hermes-fold.c
 *
 * The rows of a cluster are all of one session.  Its counters grow, and copies of a
 * profile keep a state of the past: the database with the larger sum knows most.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "formats/fare-format-hermes.h"

static gint64
sum_of_file (FareRow **rows,
             guint     n_rows,
             guint32   file)
{
  gint64 sum = 0;

  for (guint i = 0; i < n_rows; i++)
    if (rows[i]->file == file)
      sum += fare_usage_total (&rows[i]->usage);

  return sum;
}

void
fare_hermes_fold (const FareFoldContext  *context,
                  FareRow               **rows,
                  guint                   n_rows)
{
  const FareRow *best = rows[0];
  gint64 best_sum = sum_of_file (rows, n_rows, best->file);

  for (guint i = 1; i < n_rows; i++)
    {
      gint64 sum;

      if (rows[i]->file == rows[i - 1]->file || rows[i]->file == best->file)
        continue;
      sum = sum_of_file (rows, n_rows, rows[i]->file);
      if (sum > best_sum
          || (sum == best_sum && fare_fold_compare_place (context, rows[i], best) < 0))
        {
          best = rows[i];
          best_sum = sum;
        }
    }
  for (guint i = 0; i < n_rows; i++)
    {
      fare_fold_single (rows[i]);
      if (rows[i]->file != best->file)
        rows[i]->role = FARE_ROLE_COPY;
    }
}
