/* fare-claude-fold.c
 *
 * Which rows with one message id are the same call.  With a request id the pair
 * decides.  Without one the id is not to be trusted (some relays answer every call
 * with the same), so time, session and prompt must agree.  A helper transcript may
 * replay a parent's message under another request id; a replay never counts.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "formats/fare-format-claude.h"

#include <stdlib.h>
#include <string.h>

/* Rows that are one call. */
typedef struct
{
  gint64    sub;        /* request id of its rows, 0 when none has one */
  FareUsage prompt;     /* prompt of its first row that has one */
  gboolean  has_main;   /* some row is not a sidechain's */
  gboolean  is_replay;  /* belongs to another group now */
  guint     target;     /* index of the group it is part of */
  gint64    first_ms;
} Group;

typedef struct
{
  const FareFoldContext *context;
  FareRow              **rows;     /* by time, then place */
  guint                  n_rows;
  guint                 *group_of; /* row → group */
  GArray                *groups;   /* Group, in order of their first row */
} Folding;

static int
compare_rows (gconstpointer a,
              gconstpointer b,
              gpointer      user_data)
{
  const FareRow *first = *(FareRow * const *) a, *second = *(FareRow * const *) b;

  if (first->own_ms != second->own_ms)
    return first->own_ms < second->own_ms ? -1 : 1;

  return fare_fold_compare_place (user_data, first, second);
}

static gboolean
has_prompt (const FareUsage *usage)
{
  return fare_usage_prompt (usage) > 0;
}

static gboolean
is_same_prompt (const FareUsage *a,
                const FareUsage *b)
{
  return a->input == b->input
         && a->cache_read == b->cache_read
         && a->cache_write_5m + a->cache_write_1h == b->cache_write_5m + b->cache_write_1h;
}

static gboolean
is_same_usage (const FareUsage *a,
               const FareUsage *b)
{
  return is_same_prompt (a, b) && a->output == b->output;
}

static guint
add_group (Folding       *self,
           const FareRow *row)
{
  Group group = { .sub = row->sub, .first_ms = row->own_ms };

  group.target = self->groups->len;
  g_array_append_val (self->groups, group);

  return group.target;
}

/* An exact copy has the same time, so it lies next to the row it copies.  At least one of the two
 * must lack a request id; two different ones are two calls. */
static gboolean
find_copy (Folding *self,
           guint    at,
           guint   *group)
{
  const FareRow *row = self->rows[at];

  for (guint i = at; i > 0 && self->rows[i - 1]->own_ms == row->own_ms; i--)
    {
      const FareRow *other = self->rows[i - 1];
      guint candidate = self->group_of[i - 1];

      if (is_same_usage (&row->usage, &other->usage)
          && (row->sub == 0 || g_array_index (self->groups, Group, candidate).sub == 0))
        {
          *group = candidate;
          return TRUE;
        }
    }

  return FALSE;
}

/* A later snapshot: same session, and the prompt has not changed. */
static gboolean
find_snapshot (Folding       *self,
               GHashTable    *newest_by_session,
               const FareRow *row,
               guint         *group)
{
  gpointer value;
  const Group *newest;

  if (!g_hash_table_lookup_extended (newest_by_session, GUINT_TO_POINTER (row->own_session), NULL,
                                     &value))
    return FALSE;
  newest = &g_array_index (self->groups, Group, GPOINTER_TO_UINT (value));
  if (row->sub != 0 && newest->sub != 0)
    return FALSE;
  if (has_prompt (&row->usage) && has_prompt (&newest->prompt)
      && !is_same_prompt (&row->usage, &newest->prompt))
    return FALSE;
  *group = GPOINTER_TO_UINT (value);

  return TRUE;
}

static void
join (Folding    *self,
      GHashTable *by_request,
      GHashTable *newest_by_session,
      guint       at,
      guint       index)
{
  FareRow *row = self->rows[at];
  Group *group = &g_array_index (self->groups, Group, index);

  self->group_of[at] = index;
  if (group->sub == 0)
    group->sub = row->sub;
  if (row->sub != 0)
    g_hash_table_insert (by_request, &row->sub, GUINT_TO_POINTER (index));
  if (!has_prompt (&group->prompt))
    group->prompt = row->usage;
  if (!(row->flags & FARE_ROW_SIDECHAIN))
    group->has_main = TRUE;
  g_hash_table_insert (newest_by_session, GUINT_TO_POINTER (row->own_session),
                       GUINT_TO_POINTER (index));
}

static void
make_groups (Folding *self)
{
  g_autoptr(GHashTable) by_request = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr(GHashTable) newest_by_session = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < self->n_rows; i++)
    {
      FareRow *row = self->rows[i];
      gpointer value;
      guint group;

      if (row->sub != 0 && g_hash_table_lookup_extended (by_request, &row->sub, NULL, &value))
        group = GPOINTER_TO_UINT (value);
      else if (!find_copy (self, i, &group)
               && !find_snapshot (self, newest_by_session, row, &group))
        group = add_group (self, row);
      join (self, by_request, newest_by_session, i, group);
    }
}

/* The call a replay repeats: the last one that had begun, else the first. */
static void
attach_replays (Folding *self)
{
  gint last_main = -1, first_any = -1;
  gboolean any_main = FALSE;

  for (guint i = 0; i < self->groups->len; i++)
    any_main |= g_array_index (self->groups, Group, i).has_main
                && g_array_index (self->groups, Group, i).sub != 0;

  for (guint i = 0; i < self->groups->len; i++)
    {
      Group *group = &g_array_index (self->groups, Group, i);

      if (group->sub == 0)
        continue;
      if (any_main ? group->has_main : first_any < 0)
        {
          last_main = (gint) i;
          first_any = (gint) i;
          continue;
        }
      group->is_replay = TRUE;
      group->target = last_main >= 0 ? (guint) last_main : G_MAXUINT;
    }
  /* Replays that stand before their original in time. */
  for (guint i = self->groups->len; i > 0; i--)
    {
      Group *group = &g_array_index (self->groups, Group, i - 1);

      if (group->sub != 0 && !group->is_replay)
        last_main = (gint) i - 1;
      else if (group->target == G_MAXUINT)
        group->target = (guint) last_main;
    }
}

/* Of several sessions that hold copies of a call, the one that shows it. */
static gboolean
is_better_owner (const FareFoldContext *context,
                 const FareRow         *a,
                 const FareRow         *b)
{
  const FareFoldFile *file_a, *file_b;

  if ((a->flags ^ b->flags) & FARE_ROW_SIDECHAIN)
    return !(a->flags & FARE_ROW_SIDECHAIN);
  if ((a->flags ^ b->flags) & FARE_ROW_SUBFILE)
    return !(a->flags & FARE_ROW_SUBFILE);
  file_a = context->get_file (context->world, a->file);
  file_b = context->get_file (context->world, b->file);
  if (file_a->is_fork != file_b->is_fork)
    return !file_a->is_fork;
  if (file_a->newest_ms != file_b->newest_ms)
    return file_a->newest_ms < file_b->newest_ms;

  return fare_fold_compare_place (context, a, b) < 0;
}

static gboolean
is_better_value (const FareFoldContext *context,
                 const FareRow         *a,
                 const FareRow         *b)
{
  if (fare_row_is_more_complete (a, b))
    return TRUE;
  if (fare_row_is_more_complete (b, a))
    return FALSE;
  if ((a->flags ^ b->flags) & FARE_ROW_WRAPPED)
    return !(a->flags & FARE_ROW_WRAPPED);

  /* Equal copies: let the receipt lie where the call is shown. */
  return is_better_owner (context, a, b);
}

static FareRole
find_role (const FareRow *row,
           const FareRow *winner,
           gboolean       is_replay)
{
  if (is_replay)
    return FARE_ROLE_REPLAY;
  if (row->flags & FARE_ROW_WRAPPED)
    return FARE_ROLE_HELPER;

  return row->file == winner->file ? FARE_ROLE_SNAPSHOT : FARE_ROLE_COPY;
}

static void
count_group (Folding *self,
             guint    target)
{
  FareRow *winner = NULL, *owner = NULL;
  gint64 event_ms = G_MAXINT64;

  for (guint i = 0; i < self->n_rows; i++)
    {
      FareRow *row = self->rows[i];
      const Group *group = &g_array_index (self->groups, Group, self->group_of[i]);

      if (group->target != target)
        continue;
      event_ms = MIN (event_ms, row->own_ms);
      if (!group->is_replay && (winner == NULL || is_better_value (self->context, row, winner)))
        winner = row;
      if (owner == NULL || is_better_owner (self->context, row, owner))
        owner = row;
    }
  for (guint i = 0; i < self->n_rows; i++)
    {
      FareRow *row = self->rows[i];
      const Group *group = &g_array_index (self->groups, Group, self->group_of[i]);

      if (group->target != target)
        continue;
      fare_fold_single (row);
      row->leads = row == owner;
      if (row != winner)
        row->role = (guint8) find_role (row, winner, group->is_replay);
    }
  winner->event_ms = event_ms;
  winner->event_session = owner->own_session;
  winner->flags &= (guint16) ~FARE_ROW_BY_HELPER;
  if (owner->flags & FARE_ROW_HELPER)
    winner->flags |= FARE_ROW_BY_HELPER;
  fare_fold_put_first (self->rows, self->n_rows, owner);
}

/* A relay's constant id gives clusters with thousands of calls; going through all rows once per
 * group would then be quadratic, so rows are brought together by group first. */
static void
sort_by_target (Folding *self)
{
  guint n_groups = self->groups->len;
  g_autofree guint *start = g_new0 (guint, n_groups + 1);
  g_autofree FareRow **rows = g_new (FareRow *, self->n_rows);
  g_autofree guint *group_of = g_new (guint, self->n_rows);

  for (guint i = 0; i < self->n_rows; i++)
    start[g_array_index (self->groups, Group, self->group_of[i]).target + 1]++;
  for (guint i = 0; i < n_groups; i++)
    start[i + 1] += start[i];
  for (guint i = 0; i < self->n_rows; i++)
    {
      guint at = start[g_array_index (self->groups, Group, self->group_of[i]).target]++;

      rows[at] = self->rows[i];
      group_of[at] = self->group_of[i];
    }
  memcpy (self->rows, rows, self->n_rows * sizeof *rows);
  memcpy (self->group_of, group_of, self->n_rows * sizeof *group_of);
}

void
fare_claude_fold (const FareFoldContext  *context,
                  FareRow               **rows,
                  guint                   n_rows)
{
  g_autofree guint *group_of = NULL;
  g_autoptr(GArray) groups = NULL;
  Folding self = { context, rows, n_rows };
  guint end;

  if (n_rows == 1)
    {
      fare_fold_single (rows[0]);
      return;
    }
  self.group_of = group_of = g_new (guint, n_rows);
  self.groups = groups = g_array_new (FALSE, FALSE, sizeof (Group));
  g_qsort_with_data (rows, (gint) n_rows, sizeof *rows, compare_rows, (gpointer) context);
  make_groups (&self);
  attach_replays (&self);
  sort_by_target (&self);

  for (guint begin = 0; begin < n_rows; begin = end)
    {
      guint target = g_array_index (groups, Group, group_of[begin]).target;
      Folding part = { context, rows + begin, 0, group_of + begin, groups };

      for (end = begin; end < n_rows
                        && g_array_index (groups, Group, group_of[end]).target == target; end++)
        part.n_rows++;
      count_group (&part, target);
    }
}
