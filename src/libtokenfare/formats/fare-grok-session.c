/* fare-grok-session.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "formats/fare-grok-session.h"

#include <string.h>

#include "base/fare-instant.h"
#include "formats/fare-parts.h"

typedef struct
{
  FareSpan id;
  FareSpan cwd;
  FareSpan model;
  FareSpan parent;
  FareSpan kind;
  FareSpan title;
  FareSpan summary;
} Summary;

static void
clear_turn (gpointer data)
{
  g_clear_pointer (&((FareGrokTurn *) data)->model, g_free);
}

void
fare_grok_session_free (FareGrokSession *self)
{
  g_free (self->id);
  g_free (self->cwd);
  g_free (self->model);
  g_free (self->parent);
  g_clear_pointer (&self->turns, g_array_unref);
  g_free (self);
}

static void
read_info (FarePull *pull,
           Summary  *summary)
{
  FareSpan key;

  if (!fare_pull_enter (pull, '{'))
    return;
  while (fare_pull_next_member (pull, &key))
    {
      if (fare_span_equal (&key, "id"))
        fare_pull_string (pull, &summary->id);
      else if (fare_span_equal (&key, "cwd"))
        fare_pull_string (pull, &summary->cwd);
      else
        fare_pull_skip (pull);
    }
}

static FareSpan *
find_member (Summary        *summary,
             const FareSpan *key)
{
  if (fare_span_equal (key, "current_model_id"))
    return &summary->model;
  if (fare_span_equal (key, "parent_session_id"))
    return &summary->parent;
  if (fare_span_equal (key, "session_kind"))
    return &summary->kind;
  if (fare_span_equal (key, "generated_title"))
    return &summary->title;
  if (fare_span_equal (key, "session_summary"))
    return &summary->summary;

  return NULL;
}

static void
read_summary (Summary    *summary,
              const char *text,
              gsize       length)
{
  FareSpan key;
  FarePull pull;

  fare_pull_init (&pull, text, length);
  if (!fare_pull_enter (&pull, '{'))
    return;
  while (fare_pull_next_member (&pull, &key))
    {
      FareSpan *member = find_member (summary, &key);

      if (fare_span_equal (&key, "info"))
        read_info (&pull, summary);
      else if (member != NULL)
        fare_pull_string (&pull, member);
      else
        fare_pull_skip (&pull);
    }
}

/* "%2Fhome%2Fada" → "/home/ada" */
static char *
decode_folder (const char *folder)
{
  g_autofree char *above = fare_parts_folder (folder, 1);
  g_autofree char *name = g_path_get_basename (above);
  g_autofree char *path = g_uri_unescape_string (name, NULL);

  return g_utf8_make_valid (path != NULL ? path : name, -1);
}

FareGrokSession *
fare_grok_session_load (FareLog    *log,
                        const char *folder)
{
  const FareSpan none = { "", 0 };
  Summary summary = { none, none, none, none, none, none, none };
  g_autofree char *path = g_build_filename (folder, "summary.json", NULL);
  g_autofree char *name = g_path_get_basename (folder);
  g_autofree char *text = NULL;
  FareGrokSession *self = g_new0 (FareGrokSession, 1);
  gsize length;

  text = fare_parts_load (path, &length);
  if (text != NULL)
    read_summary (&summary, text, length);
  self->id = summary.id.length > 0 ? fare_span_dup (&summary.id, 0) : g_utf8_make_valid (name, -1);
  self->cwd = summary.cwd.length > 0 ? fare_span_dup (&summary.cwd, 0) : decode_folder (folder);
  self->model = fare_span_dup (&summary.model, 0);
  self->parent = fare_span_dup (&summary.parent, 0);
  self->title = fare_log_intern_title (log, &summary.title);
  self->summary = fare_log_intern_title (log, &summary.summary);
  self->is_subagent = summary.kind.length >= strlen ("subagent")
                      && memcmp (summary.kind.text, "subagent", strlen ("subagent")) == 0;

  return self;
}

static void
read_turn (FareGrokSession *self,
           const char      *line,
           gsize            length)
{
  FareSpan key, time = { "", 0 }, type = { "", 0 }, model = { "", 0 };
  FareGrokTurn turn;
  FarePull pull;

  fare_pull_init (&pull, line, length);
  if (!fare_pull_enter (&pull, '{'))
    return;
  while (fare_pull_next_member (&pull, &key))
    {
      if (fare_span_equal (&key, "ts"))
        fare_pull_string (&pull, &time);
      else if (fare_span_equal (&key, "type"))
        fare_pull_string (&pull, &type);
      else if (fare_span_equal (&key, "model_id"))
        fare_pull_string (&pull, &model);
      else
        fare_pull_skip (&pull);
    }
  if (pull.failed || !fare_span_equal (&type, "turn_started") || model.length == 0
      || !fare_instant_parse (time.text, time.length, &turn.begin_ms))
    return;
  turn.model = fare_span_dup (&model, 0);
  g_array_append_val (self->turns, turn);
}

void
fare_grok_session_load_turns (FareGrokSession *self,
                              const char      *folder)
{
  g_autofree char *path = g_build_filename (folder, "events.jsonl", NULL);
  g_autofree char *text = NULL;
  gsize length;

  text = fare_parts_load (path, &length);
  g_clear_pointer (&self->turns, g_array_unref);
  self->turns = g_array_new (FALSE, FALSE, sizeof (FareGrokTurn));
  g_array_set_clear_func (self->turns, clear_turn);
  for (const char *line = text; line != NULL && line < text + length;)
    {
      const char *end = memchr (line, '\n', (gsize) (text + length - line));
      gsize n = (gsize) ((end != NULL ? end : text + length) - line);

      if (memmem (line, n, "turn_started", strlen ("turn_started")) != NULL)
        read_turn (self, line, n);
      line = end != NULL ? end + 1 : NULL;
    }
}

const char *
fare_grok_session_find_model (const FareGrokSession *self,
                              gint64                 time_ms)
{
  const FareGrokTurn *last = NULL;

  for (guint i = 0; self->turns != NULL && i < self->turns->len; i++)
    {
      const FareGrokTurn *turn = &g_array_index (self->turns, FareGrokTurn, i);

      if (turn->begin_ms <= time_ms && (last == NULL || turn->begin_ms >= last->begin_ms))
        last = turn;
    }

  return last != NULL ? last->model : self->model;
}

void
fare_grok_session_add_facts (const FareGrokSession *self,
                             FareLog               *log,
                             guint32                session)
{
  if (self->title != 0)
    fare_log_add_fact (log, session, FARE_FACT_TITLE, FARE_GROK_TITLE_GENERATED, 0, self->title);
  if (self->summary != 0)
    fare_log_add_fact (log, session, FARE_FACT_TITLE, FARE_GROK_TITLE_SUMMARY, 0, self->summary);
  fare_log_add_fact (log, session, FARE_FACT_PROJECT, 0, 0, fare_log_intern (log, self->cwd));
  if (*self->parent != '\0')
    fare_log_add_fact (log, session, FARE_FACT_PARENT, 0, 0, fare_log_intern (log, self->parent));
  if (self->is_subagent)
    fare_log_add_fact (log, session, FARE_FACT_SUBAGENT, 0, 0, 0);
}
