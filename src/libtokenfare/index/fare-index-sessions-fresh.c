/* fare-index-sessions-fresh.c
 *
 * Sessions that a batch is the first to name: all there is to know of them is in memory.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "index/fare-index-sessions-private.h"

#include <string.h>

void
fare_sessions_add_fresh (FareSessions        *self,
                         const FareFreshFact *fact)
{
  FareFreshFact kept = *fact;

  kept.text = *fact->text != '\0' ? g_string_chunk_insert (self->fresh_texts, fact->text) : "";
  g_array_append_val (self->fresh_facts, kept);
}

FareSessionOutcome *
fare_sessions_get_fresh (FareSessions *self,
                         guint32       session)
{
  guint32 first;
  const GArray *names = fare_names_get_fresh (self->names, &first);

  /* Those that were only named as somebody's parent come later. */
  while (self->outcomes->len < names->len)
    {
      const FareSessionOutcome outcome = {
        .client = g_array_index (names, FareFreshName, self->outcomes->len).client,
        .first_ms = G_MAXINT64, .last_ms = G_MININT64
      };

      g_array_append_val (self->outcomes, outcome);
    }

  return &g_array_index (self->outcomes, FareSessionOutcome, session - first);
}

void
fare_sessions_forget_fresh (FareSessions *self)
{
  for (guint i = 0; i < self->outcomes->len; i++)
    g_free (g_array_index (self->outcomes, FareSessionOutcome, i).title);
  g_array_set_size (self->outcomes, 0);
  g_array_set_size (self->fresh_facts, 0);
  g_string_chunk_clear (self->fresh_texts);
}

static int
compare_facts (gconstpointer a,
               gconstpointer b)
{
  const FareFreshFact *first = a, *second = b;

  if (first->session != second->session)
    return first->session < second->session ? -1 : 1;
  if (first->kind != second->kind)
    return first->kind < second->kind ? -1 : 1;
  if (first->rank != second->rank)
    return first->rank < second->rank ? -1 : 1;
  if (first->file != second->file)
    return first->file < second->file ? -1 : 1;

  return (first->order > second->order) - (first->order < second->order);
}

static gboolean
is_same_place (const FareFreshFact *a,
               const FareFreshFact *b)
{
  return a->session == b->session && a->kind == b->kind && a->rank == b->rank && a->file == b->file;
}

/* In the order of their table; of what one file says twice the least order holds, and of those that came
 * first. */
static void
sort_facts (FareSessions *self)
{
  GArray *facts = self->fresh_facts;
  guint n = 0;

  g_array_sort (facts, compare_facts);
  for (guint i = 0; i < facts->len; i++)
    if (n == 0 || !is_same_place (&g_array_index (facts, FareFreshFact, n - 1),
                                  &g_array_index (facts, FareFreshFact, i)))
      g_array_index (facts, FareFreshFact, n++) = g_array_index (facts, FareFreshFact, i);
  g_array_set_size (facts, n);
}

/* @first and what follows it, up to the next session's. */
static void
settle_one (FareSessions *self,
            guint         first,
            guint        *end)
{
  guint32 session = g_array_index (self->fresh_facts, FareFreshFact, first).session;
  FareSessionOutcome outcome = *fare_sessions_get_fresh (self, session);
  FareBestFact best = { .kind = -1, .text = self->text };

  for (*end = first; *end < self->fresh_facts->len; (*end)++)
    {
      const FareFreshFact *fact = &g_array_index (self->fresh_facts, FareFreshFact, *end);

      if (fact->session != session)
        break;
      if (fact->kind < FARE_FACT_PRESENT)
        fare_sessions_weigh (self, &best, &outcome, fact);
    }
  fare_sessions_weigh_last (self, &best, &outcome);
  if (outcome.parent == session)
    outcome.parent = 0;
  g_hash_table_insert (self->parents, GUINT_TO_POINTER (session),
                       GUINT_TO_POINTER (outcome.parent));
  *fare_sessions_get_fresh (self, session) = outcome;
}

void
fare_sessions_settle_fresh (FareSessions *self)
{
  sort_facts (self);
  for (guint i = 0, end; i < self->fresh_facts->len; i = end)
    settle_one (self, i, &end);
}

static gboolean
prepare (FareSessions *self)
{
  if (self->insert == NULL)
    self->insert = fare_statement_new (self->db, "INSERT OR FAIL INTO session (id, client, uid,"
                                                 " project, title, parent, flags, first_ms, last_ms)"
                                                 " VALUES (?1, ?2, ?3,"
                                                 " nullif(?4, 0), ?5, nullif(?6, 0), ?7,"
                                                 " iif(?8 <= ?9, ?8, NULL), iif(?8 <= ?9, ?9, NULL))");
  if (self->insert_fact == NULL)
    self->insert_fact = fare_statement_new (self->db, "INSERT OR FAIL INTO fact (file, session, kind,"
                                                      " rank, ord, text)"
                                                      " VALUES (?1, ?2, ?3, ?4, ?5, ?6)");

  return self->insert != NULL && self->insert_fact != NULL;
}

static gboolean
store_session (FareSessions             *self,
               guint32                   session,
               const char               *uid,
               const FareSessionOutcome *outcome)
{
  fare_statement_bind (self->insert, "iititiiii", (gint64) session, (gint64) outcome->client, uid,
                       (gint64) outcome->project, outcome->title, (gint64) outcome->parent,
                       (gint64) outcome->flags, outcome->first_ms, outcome->last_ms);

  return fare_statement_run (self->insert);
}

gboolean
fare_sessions_store_fresh (FareSessions *self)
{
  guint32 first;
  const GArray *names = fare_names_get_fresh (self->names, &first);

  if (names->len == 0)
    return TRUE;
  if (!prepare (self))
    return FALSE;

  sort_facts (self);
  for (guint i = 0; i < names->len; i++)
    if (!store_session (self, first + i, g_array_index (names, FareFreshName, i).uid,
                        fare_sessions_get_fresh (self, first + i)))
      return FALSE;
  for (guint i = 0; i < self->fresh_facts->len; i++)
    {
      const FareFreshFact *fact = &g_array_index (self->fresh_facts, FareFreshFact, i);

      fare_statement_bind (self->insert_fact, "iiiiit", (gint64) fact->file, (gint64) fact->session,
                           (gint64) fact->kind, (gint64) fact->rank, fact->order, fact->text);
      if (!fare_statement_run (self->insert_fact))
        return FALSE;
    }
  fare_names_clear_fresh (self->names);
  fare_sessions_forget_fresh (self);

  return TRUE;
}
