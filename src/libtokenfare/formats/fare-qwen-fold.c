/* fare-qwen-fold.c
 *
 * Calls are told by their ids.  A session's ledger counts only as long as no
 * transcript of the session has been read: a deleted one was read before, so its rows
 * and its mark are still in the index.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "formats/fare-format-qwen.h"

static gboolean
is_mark (const FareRow *row)
{
  return fare_usage_total (&row->usage) == 0;
}

static gboolean
is_same_record (const FareRow *a,
                const FareRow *b)
{
  return a->file == b->file && a->offset == b->offset;
}

static gboolean
is_later (const FareFoldContext *context,
          const FareRow         *a,
          const FareRow         *b)
{
  if (a->own_ms != b->own_ms)
    return a->own_ms > b->own_ms;

  return fare_fold_compare_place (context, a, b) > 0;
}

/* The last record of a session gives its figures, one row for each model. */
static void
fold_session (const FareFoldContext  *context,
              FareRow               **rows,
              guint                   n_rows)
{
  FareRow *last = rows[0];
  gboolean is_known = FALSE;

  for (guint i = 0; i < n_rows; i++)
    {
      is_known |= is_mark (rows[i]);
      if (is_later (context, rows[i], last))
        last = rows[i];
    }
  for (guint i = 0; i < n_rows; i++)
    {
      fare_fold_single (rows[i]);
      if (is_known)
        rows[i]->role = FARE_ROLE_COPY;
      else if (!is_same_record (rows[i], last))
        rows[i]->role = FARE_ROLE_SNAPSHOT;
    }
}

void
fare_qwen_fold (const FareFoldContext  *context,
                FareRow               **rows,
                guint                   n_rows)
{
  if (rows[0]->sub != 0)
    fold_session (context, rows, n_rows);
  else
    fare_fold_by_key (context, rows, n_rows);
}
