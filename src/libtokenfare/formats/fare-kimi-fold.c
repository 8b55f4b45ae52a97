/* fare-kimi-fold.c
 *
 * A fork copies its session's wire files, and a helper's steps are written both in its
 * own wire and wrapped into its parent's.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "formats/fare-format-kimi.h"

static int
compare (gint64 a,
         gint64 b)
{
  return (a > b) - (a < b);
}

/* The reader puts the time of the session's creation, where it is known, in place of the newest
 * row's. */
static gboolean
is_better_owner (const FareFoldContext *context,
                 const FareRow         *a,
                 const FareRow         *b)
{
  const FareFoldFile *first = context->get_file (context->world, a->file);
  const FareFoldFile *second = context->get_file (context->world, b->file);
  int order = compare (first->is_fork, second->is_fork);

  if (order == 0)
    order = compare (a->flags & FARE_ROW_HELPER, b->flags & FARE_ROW_HELPER);
  if (order == 0)
    order = compare (first->newest_ms, second->newest_ms);
  if (order == 0)
    order = compare (a->own_ms, b->own_ms);
  if (order == 0)
    order = fare_fold_compare_place (context, a, b);

  return order < 0;
}

void
fare_kimi_fold (const FareFoldContext  *context,
                FareRow               **rows,
                guint                   n_rows)
{
  FareRow *winner = rows[0], *owner = rows[0];
  gint64 event_ms = rows[0]->own_ms;

  for (guint i = 1; i < n_rows; i++)
    {
      gboolean is_better = is_better_owner (context, rows[i], winner);

      event_ms = MIN (event_ms, rows[i]->own_ms);
      if (fare_row_is_more_complete (rows[i], winner)
          || (is_better && !fare_row_is_more_complete (winner, rows[i])))
        winner = rows[i];
      if (is_better_owner (context, rows[i], owner))
        owner = rows[i];
    }
  for (guint i = 0; i < n_rows; i++)
    {
      fare_fold_single (rows[i]);
      rows[i]->leads = rows[i] == owner;
      if (rows[i] == winner)
        continue;
      rows[i]->role = rows[i]->own_session != owner->own_session ? FARE_ROLE_COPY
                      : rows[i]->flags & FARE_ROW_WRAPPED        ? FARE_ROLE_HELPER
                      : rows[i]->file != winner->file            ? FARE_ROLE_COPY
                                                                 : FARE_ROLE_SNAPSHOT;
    }
  fare_fold_put_first (rows, n_rows, owner);
  winner->event_ms = event_ms;
  winner->event_session = owner->own_session;
  winner->flags &= (guint16) ~FARE_ROW_BY_HELPER;
  if (owner->flags & FARE_ROW_HELPER)
    winner->flags |= FARE_ROW_BY_HELPER;
}
