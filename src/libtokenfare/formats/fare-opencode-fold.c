/* fare-opencode-fold.c
 *
 * Which rows made at one moment are the same call.  A message keeps its id wherever it
 * is stored: both generations of tables, databases of several channels, the JSON store;
 * the best place gives the values.  A fork copies messages under new ids.  Within a
 * database its reader has found those copies out (FARE_ROW_COPIED); in different files,
 * as in the JSON store with its file per message, rows of different sessions with the
 * same model and counts are copies.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "formats/fare-format-opencode.h"

#include <string.h>

static int
compare_place (const FareFoldContext *context,
               const FareRow         *a,
               const FareRow         *b)
{
  const char *key_a = context->get_file (context->world, a->file)->key;
  const char *key_b = context->get_file (context->world, b->file)->key;
  guint rank_a = fare_opencode_rank_file (key_a), rank_b = fare_opencode_rank_file (key_b);
  int order = 0;

  if (rank_a != rank_b)
    return rank_a < rank_b ? -1 : 1;
  /* Message ids grow with time, so the smaller one is the original. */
  if (rank_a == FARE_OPENCODE_RANK_STORE)
    order = strcmp (strrchr (key_a, '/') != NULL ? strrchr (key_a, '/') : key_a,
                    strrchr (key_b, '/') != NULL ? strrchr (key_b, '/') : key_b);

  return order != 0 ? order : fare_fold_compare_place (context, a, b);
}

/* By message, its best row first. */
static int
compare_messages (gconstpointer a,
                  gconstpointer b,
                  gpointer      user_data)
{
  const FareRow *first = *(FareRow * const *) a, *second = *(FareRow * const *) b;
  const FareFoldContext *context = user_data;
  guint rank_a, rank_b;

  if (first->sub != second->sub)
    return first->sub < second->sub ? -1 : 1;
  rank_a = fare_opencode_rank_file (context->get_file (context->world, first->file)->key);
  rank_b = fare_opencode_rank_file (context->get_file (context->world, second->file)->key);
  if (rank_a != rank_b)
    return rank_a < rank_b ? -1 : 1;
  if ((first->flags ^ second->flags) & FARE_ROW_COPIED)
    return first->flags & FARE_ROW_COPIED ? 1 : -1;

  return compare_place (context, first, second);
}

static int
compare_content (const FareRow *a,
                 const FareRow *b)
{
  if (a->model != b->model)
    return a->model < b->model ? -1 : 1;

  return memcmp (&a->usage, &b->usage, sizeof a->usage);
}

/* By model and counts, the best place first. */
static int
compare_calls (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  const FareRow *first = *(FareRow * const *) a, *second = *(FareRow * const *) b;
  int order = compare_content (first, second);

  return order != 0 ? order : compare_place (user_data, first, second);
}

/* A file of the JSON store does not know whether its session is a helper's.  Sessions from before
 * OpenCode 2 have no parent but that whose task they do. */
static void
mark_helper (const FareFoldContext *context,
             FareRow               *row)
{
  const char *key = context->get_file (context->world, row->file)->key;

  if (fare_opencode_rank_file (key) == FARE_OPENCODE_RANK_STORE
      && context->get_root (context->world, row->own_session) != row->own_session)
    row->flags |= FARE_ROW_BY_HELPER;
}

void
fare_opencode_fold (const FareFoldContext  *context,
                    FareRow               **rows,
                    guint                   n_rows)
{
  g_autofree FareRow **calls = g_new (FareRow *, n_rows);
  guint n_calls = 0, first = 0;

  if (n_rows > 1)
    g_qsort_with_data (rows, (gint) n_rows, sizeof *rows, compare_messages, (gpointer) context);
  for (guint i = 0; i < n_rows; i++)
    {
      fare_fold_single (rows[i]);
      mark_helper (context, rows[i]);
      if (rows[i]->flags & FARE_ROW_COPIED || (i > 0 && rows[i]->sub == rows[i - 1]->sub))
        rows[i]->role = FARE_ROLE_COPY;
      else
        calls[n_calls++] = rows[i];
    }
  if (n_calls > 1)
    g_qsort_with_data (calls, (gint) n_calls, sizeof *calls, compare_calls, (gpointer) context);
  for (guint i = 1; i < n_calls; i++)
    {
      /* Two equal rows inside one session are two calls. */
      if (compare_content (calls[first], calls[i]) != 0)
        first = i;
      else if (calls[first]->file != calls[i]->file
               && calls[first]->own_session != calls[i]->own_session)
        calls[i]->role = FARE_ROLE_COPY;
    }
}
