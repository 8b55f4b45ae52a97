/* fare-index-sessions.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "index/fare-index-sessions-private.h"

#include <string.h>

#include "index/fare-index-places.h"

#define MANY_PARENTS 50000

FareSessions *
fare_sessions_new (sqlite3   *db,
                   FareNames *names,
                   FareFiles *files)
{
  FareSessions *self = g_new0 (FareSessions, 1);

  self->db = db;
  self->names = names;
  self->files = files;
  self->changed = g_hash_table_new (NULL, NULL);
  self->parents = g_hash_table_new (NULL, NULL);
  self->text = g_string_new (NULL);
  self->fresh_facts = g_array_new (FALSE, FALSE, sizeof (FareFreshFact));
  self->fresh_texts = g_string_chunk_new (1024);
  self->outcomes = g_array_new (FALSE, TRUE, sizeof (FareSessionOutcome));

  return self;
}

void
fare_sessions_free (FareSessions *self)
{
  g_clear_pointer (&self->changed, g_hash_table_unref);
  g_clear_pointer (&self->parents, g_hash_table_unref);
  fare_sessions_forget_fresh (self);
  g_clear_pointer (&self->fresh_facts, g_array_unref);
  g_clear_pointer (&self->fresh_texts, g_string_chunk_free);
  g_clear_pointer (&self->outcomes, g_array_unref);
  g_string_free (self->text, TRUE);
  g_clear_pointer (&self->add_fact, sqlite3_finalize);
  g_clear_pointer (&self->find_facts, sqlite3_finalize);
  g_clear_pointer (&self->find_told, sqlite3_finalize);
  g_clear_pointer (&self->drop_fact, sqlite3_finalize);
  g_clear_pointer (&self->find_session, sqlite3_finalize);
  g_clear_pointer (&self->store, sqlite3_finalize);
  g_clear_pointer (&self->insert, sqlite3_finalize);
  g_clear_pointer (&self->insert_fact, sqlite3_finalize);
  g_clear_pointer (&self->span, sqlite3_finalize);
  g_clear_pointer (&self->widen, sqlite3_finalize);
  g_free (self);
}

void
fare_sessions_forget (FareSessions *self)
{
  g_hash_table_remove_all (self->changed);
  g_hash_table_remove_all (self->parents);
  fare_sessions_forget_fresh (self);
}

void
fare_sessions_trim (FareSessions *self)
{
  if (g_hash_table_size (self->parents) > MANY_PARENTS)
    g_hash_table_remove_all (self->parents);
}

static FareStatement *
ensure (FareSessions   *self,
        FareStatement **statement,
        const char     *sql)
{
  if (*statement == NULL)
    *statement = fare_statement_new (self->db, sql);

  return *statement;
}

gboolean
fare_sessions_drop_file (FareSessions *self,
                         guint32       file,
                         GHashTable   *present)
{
  g_autoptr(GArray) sessions = g_array_new (FALSE, FALSE, sizeof (guint));
  FareStatement *find, *drop;

  /* What is in memory would not be found; once it is stored, it has to be settled from there. */
  for (guint i = 0; i < self->fresh_facts->len; i++)
    g_hash_table_add (self->changed, GUINT_TO_POINTER (
      g_array_index (self->fresh_facts, FareFreshFact, i).session));
  if (!fare_sessions_store_fresh (self))
    return FALSE;
  find = ensure (self, &self->find_told, "SELECT DISTINCT session FROM fact WHERE file = ?1");
  drop = ensure (self, &self->drop_fact, "DELETE FROM fact WHERE file = ?1 AND session = ?2");
  if (find == NULL || drop == NULL)
    return FALSE;
  fare_statement_bind (find, "i", (gint64) file);
  while (sqlite3_step (find) == SQLITE_ROW)
    {
      guint session = (guint) fare_statement_int (find, 0);

      if (present == NULL || g_hash_table_contains (present, GUINT_TO_POINTER (session)))
        g_array_append_val (sessions, session);
    }
  sqlite3_reset (find);
  for (guint i = 0; i < sessions->len; i++)
    {
      guint session = g_array_index (sessions, guint, i);

      g_hash_table_add (self->changed, GUINT_TO_POINTER (session));
      fare_statement_bind (drop, "ii", (gint64) file, (gint64) session);
      if (!fare_statement_run (drop))
        return FALSE;
    }

  return TRUE;
}

gboolean
fare_sessions_add_fact (FareSessions   *self,
                        guint32         file,
                        guint32         session,
                        const FareFact *fact,
                        const char     *text)
{
  const FareFreshFact fresh = { session, file, fact->kind, fact->rank, fact->order, text };

  if (fare_names_is_fresh (self->names, session))
    {
      fare_sessions_add_fresh (self, &fresh);
      return TRUE;
    }
  if (ensure (self, &self->add_fact,
              "INSERT OR FAIL INTO fact (file, session, kind, rank, ord, text) VALUES (?1,?2,?3,?4,?5,?6)"
              " ON CONFLICT DO UPDATE SET ord = excluded.ord, text = excluded.text"
              " WHERE excluded.ord < ord") == NULL)
    return FALSE;
  fare_statement_bind (self->add_fact, "iiiiit", (gint64) file, (gint64) session,
                       (gint64) fact->kind, (gint64) fact->rank, fact->order, text);
  g_hash_table_add (self->changed, GUINT_TO_POINTER (session));

  return fare_statement_run (self->add_fact);
}

static void
take_fact (FareSessions       *self,
           FareSessionOutcome *outcome,
           FareFactKind        kind,
           const char         *text)
{
  switch (kind)
    {
    case FARE_FACT_PROJECT:
      outcome->project = fare_names_get_project (self->names, text);
      break;
    case FARE_FACT_TITLE:
      outcome->title = g_strdup (text);
      break;
    case FARE_FACT_PARENT:
      outcome->parent = fare_names_get_session (self->names, outcome->client, text);
      break;
    case FARE_FACT_SUBAGENT:
      outcome->flags |= FARE_SESSION_SUBAGENT;
      break;
    case FARE_FACT_REVIEW:
      outcome->flags |= FARE_SESSION_REVIEW;
      break;
    case FARE_FACT_PRESENT:
    default:
      break;
    }
}

/* The key, not the file's number, breaks ties: numbers depend on the order of reading. */
static gboolean
is_better (FareSessions        *self,
           const FareBestFact  *best,
           const FareFreshFact *fact)
{
  const FareKnownFile *first, *second;

  if (fact->order != best->order)
    return fact->order < best->order;
  first = fare_files_get (self->files, fact->file);
  second = fare_files_get (self->files, best->file);

  return first != NULL && second != NULL && strcmp (first->fold.key, second->fold.key) < 0;
}

void
fare_sessions_weigh (FareSessions        *self,
                     FareBestFact        *best,
                     FareSessionOutcome  *outcome,
                     const FareFreshFact *fact)
{
  if (fact->kind == best->kind && (fact->rank != best->rank || !is_better (self, best, fact)))
    return;
  if (fact->kind != best->kind)
    fare_sessions_weigh_last (self, best, outcome);
  best->kind = fact->kind;
  best->rank = fact->rank;
  best->order = fact->order;
  best->file = fact->file;
  g_string_assign (best->text, fact->text);
}

void
fare_sessions_weigh_last (FareSessions       *self,
                          const FareBestFact *best,
                          FareSessionOutcome *outcome)
{
  if (best->kind >= 0)
    take_fact (self, outcome, (FareFactKind) best->kind, best->text->str);
}

static gboolean
read_facts (FareSessions       *self,
            guint32             session,
            FareSessionOutcome *outcome)
{
  FareBestFact best = { .kind = -1, .text = self->text };
  FareStatement *find;
  int result;

  G_STATIC_ASSERT (FARE_FACT_PRESENT == 5);
  find = ensure (self, &self->find_facts,
                 "SELECT kind, rank, ord, file, text FROM fact WHERE session = ?1 AND kind < 5"
                 " ORDER BY kind, rank");
  if (find == NULL)
    return FALSE;
  fare_statement_bind (find, "i", (gint64) session);
  while ((result = sqlite3_step (find)) == SQLITE_ROW)
    {
      const FareFreshFact fact = {
        .kind = (guint8) fare_statement_int (find, 0), .rank = (guint8) fare_statement_int (find, 1),
        .order = fare_statement_int (find, 2), .file = (guint32) fare_statement_int (find, 3),
        .text = fare_statement_text (find, 4)
      };

      fare_sessions_weigh (self, &best, outcome, &fact);
    }
  sqlite3_reset (find);
  fare_sessions_weigh_last (self, &best, outcome);

  return result == SQLITE_DONE;
}

static gboolean
settle_one (FareSessions *self,
            guint32       session,
            GHashTable   *moved)
{
  FareSessionOutcome outcome = { 0 };
  g_autofree char *title = NULL;
  guint32 old_parent = 0;

  if (ensure (self, &self->find_session, "SELECT client, parent FROM session WHERE id = ?1") == NULL
      || ensure (self, &self->store, "UPDATE OR FAIL session SET project = nullif(?2, 0), title = ?3,"
                                     " parent = nullif(?4, 0), flags = ?5 WHERE id = ?1") == NULL)
    return FALSE;
  fare_statement_bind (self->find_session, "i", (gint64) session);
  if (sqlite3_step (self->find_session) == SQLITE_ROW)
    {
      outcome.client = (guint32) fare_statement_int (self->find_session, 0);
      old_parent = (guint32) fare_statement_int (self->find_session, 1);
    }
  sqlite3_reset (self->find_session);
  if (!read_facts (self, session, &outcome))
    return FALSE;

  title = g_steal_pointer (&outcome.title);
  if (outcome.parent == session)
    outcome.parent = 0;
  if (outcome.parent != old_parent)
    g_hash_table_add (moved, GUINT_TO_POINTER (session));
  g_hash_table_insert (self->parents, GUINT_TO_POINTER (session),
                       GUINT_TO_POINTER (outcome.parent));
  fare_statement_bind (self->store, "iitii", (gint64) session, (gint64) outcome.project, title,
                       (gint64) outcome.parent, (gint64) outcome.flags);

  return fare_statement_run (self->store);
}

gboolean
fare_sessions_settle (FareSessions *self,
                      GHashTable   *moved)
{
  GHashTableIter iter;
  gpointer session;

  g_hash_table_iter_init (&iter, self->changed);
  while (g_hash_table_iter_next (&iter, &session, NULL))
    if (!settle_one (self, GPOINTER_TO_UINT (session), moved))
      return FALSE;
  g_hash_table_remove_all (self->changed);
  fare_sessions_settle_fresh (self);

  return TRUE;
}

static guint32
get_parent (FareSessions *self,
            guint32       session)
{
  gpointer known;
  guint32 parent = 0;

  if (g_hash_table_lookup_extended (self->parents, GUINT_TO_POINTER (session), NULL, &known))
    return GPOINTER_TO_UINT (known);
  if (ensure (self, &self->find_session, "SELECT client, parent FROM session WHERE id = ?1") == NULL)
    return 0;
  fare_statement_bind (self->find_session, "i", (gint64) session);
  if (sqlite3_step (self->find_session) == SQLITE_ROW)
    parent = (guint32) fare_statement_int (self->find_session, 1);
  sqlite3_reset (self->find_session);
  g_hash_table_insert (self->parents, GUINT_TO_POINTER (session), GUINT_TO_POINTER (parent));

  return parent;
}

guint32
fare_sessions_get_root (FareSessions *self,
                        guint32       session)
{
  g_autoptr(GHashTable) seen = NULL;
  guint32 root = session, parent, smallest;

  while ((parent = get_parent (self, root)) != 0)
    {
      if (seen == NULL)
        seen = g_hash_table_new (NULL, NULL);
      if (!g_hash_table_add (seen, GUINT_TO_POINTER (root)))
        break;
      root = parent;
    }
  if (parent == 0)
    return root;

  /* In a circle everybody is everybody's ancestor; its smallest number stands for all, also for
   * those whose way only leads into it. */
  smallest = root;
  for (guint32 member = parent; member != root; member = get_parent (self, member))
    smallest = MIN (smallest, member);

  return smallest;
}

gboolean
fare_sessions_add_descendants (FareSessions *self,
                               GHashTable   *sessions)
{
  g_autoptr(FareStatement) statement = NULL;
  gboolean is_any = TRUE;
  int result = SQLITE_DONE;

  statement = fare_statement_new (self->db, "SELECT id, parent FROM session WHERE parent IS NOT NULL");
  if (statement == NULL)
    return FALSE;
  /* As often as generations have to be found: families are small, and sessions many. */
  while (is_any && result == SQLITE_DONE)
    {
      is_any = FALSE;
      while ((result = sqlite3_step (statement)) == SQLITE_ROW)
        {
          gpointer child = GUINT_TO_POINTER ((guint) fare_statement_int (statement, 0));
          gpointer parent = GUINT_TO_POINTER ((guint) fare_statement_int (statement, 1));

          if (g_hash_table_contains (sessions, parent))
            is_any |= g_hash_table_add (sessions, child);
        }
      sqlite3_reset (statement);
    }

  return result == SQLITE_DONE;
}

gboolean
fare_sessions_set_span (FareSessions *self,
                        guint32       session)
{
  g_autoptr(GArray) sessions = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr(GArray) rows = g_array_new (FALSE, FALSE, sizeof (FareRow));
  gint64 first_ms = G_MAXINT64, last_ms = G_MININT64;

  g_array_append_val (sessions, session);
  if (ensure (self, &self->span,
              "UPDATE session SET first_ms = ?2, last_ms = ?3 WHERE id = ?1") == NULL
      || !fare_places_collect (self->db, sessions, G_MININT64, G_MAXINT64, rows))
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      first_ms = MIN (first_ms, g_array_index (rows, FareRow, i).event_ms);
      last_ms = MAX (last_ms, g_array_index (rows, FareRow, i).event_ms);
    }
  if (fare_names_is_fresh (self->names, session))
    {
      fare_sessions_get_fresh (self, session)->first_ms = first_ms;
      fare_sessions_get_fresh (self, session)->last_ms = last_ms;
      return TRUE;
    }
  if (rows->len > 0)
    fare_statement_bind (self->span, "iii", (gint64) session, first_ms, last_ms);
  else
    fare_statement_bind (self->span, "inn", (gint64) session);

  return fare_statement_run (self->span);
}

gboolean
fare_sessions_widen_span (FareSessions *self,
                          guint32       session,
                          gint64        first_ms,
                          gint64        last_ms)
{
  if (fare_names_is_fresh (self->names, session))
    {
      FareSessionOutcome *fresh = fare_sessions_get_fresh (self, session);

      fresh->first_ms = MIN (fresh->first_ms, first_ms);
      fresh->last_ms = MAX (fresh->last_ms, last_ms);
      return TRUE;
    }
  if (ensure (self, &self->widen,
              "UPDATE session SET first_ms = min(coalesce(first_ms, ?2), ?2),"
              " last_ms = max(coalesce(last_ms, ?3), ?3) WHERE id = ?1"
              " AND (first_ms IS NULL OR first_ms > ?2 OR last_ms < ?3)") == NULL)
    return FALSE;
  fare_statement_bind (self->widen, "iii", (gint64) session, first_ms, last_ms);

  return fare_statement_run (self->widen);
}
