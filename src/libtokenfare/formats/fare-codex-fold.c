/* fare-codex-fold.c
 *
 * Which rows with the same counters are the same call.  Codex copies a parent's whole
 * history into forks, helper threads and some resumed files, with new timestamps; what
 * stays is the family (the first ancestor) and the running counters.  Two helpers
 * started from one point can also make different calls of equal cost: then they are
 * in different sessions and different turns.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "formats/fare-format-codex.h"


static guint32
root_of (const FareFoldContext *context,
         const FareRow         *row)
{
  return context->get_root (context->world, row->own_session);
}

/* By family, then best survivor first: not from a fork's file, earliest, first place. */
static int
compare_rows (gconstpointer a,
              gconstpointer b,
              gpointer      user_data)
{
  const FareFoldContext *context = user_data;
  const FareRow *first = *(FareRow * const *) a, *second = *(FareRow * const *) b;
  guint32 root_a = root_of (context, first), root_b = root_of (context, second);
  gboolean fork_a, fork_b;

  if (root_a != root_b)
    return root_a < root_b ? -1 : 1;
  fork_a = context->get_file (context->world, first->file)->is_fork;
  fork_b = context->get_file (context->world, second->file)->is_fork;
  if (fork_a != fork_b)
    return fork_a ? 1 : -1;
  if (first->own_ms != second->own_ms)
    return first->own_ms < second->own_ms ? -1 : 1;

  return fare_fold_compare_place (context, first, second);
}

static gboolean
is_other_call (const FareRow *a,
               const FareRow *b)
{
  return a->own_session != b->own_session && a->sub != 0 && b->sub != 0 && a->sub != b->sub;
}

/* @rows are one family's, best survivor first. */
static void
fold_family (FareRow **rows,
             guint     n_rows)
{
  g_autofree guint *survivors = g_new (guint, n_rows);
  guint n_survivors = 0;

  for (guint i = 0; i < n_rows; i++)
    {
      FareRow *row = rows[i];
      guint same = 0;

      fare_fold_single (row);
      while (same < n_survivors && is_other_call (rows[survivors[same]], row))
        same++;
      if (same < n_survivors)
        {
          FareRow *survivor = rows[survivors[same]];

          row->role = FARE_ROLE_COPY;
          survivor->event_ms = MIN (survivor->event_ms, row->own_ms);
          continue;
        }
      if (n_survivors > 0)
        row->flags |= FARE_ROW_SIBLING;
      survivors[n_survivors++] = i;
    }
}

void
fare_codex_fold (const FareFoldContext  *context,
                 FareRow               **rows,
                 guint                   n_rows)
{
  guint end;

  if (n_rows == 1)
    {
      fare_fold_single (rows[0]);
      return;
    }
  g_qsort_with_data (rows, (gint) n_rows, sizeof *rows, compare_rows, (gpointer) context);
  for (guint begin = 0; begin < n_rows; begin = end)
    {
      guint32 root = root_of (context, rows[begin]);

      for (end = begin + 1; end < n_rows && root_of (context, rows[end]) == root; end++)
        ;
      fold_family (rows + begin, end - begin);
    }
}
