/* fare-format-codex.c
 *
 * One line is one record.  A token_count record gives the thread's running counters
 * and those of the newest call; up to half of them repeat what was said before.  The
 * difference rule is in fare-codex-counters.c.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "formats/fare-format-codex.h"

#include <string.h>

#include "base/fare-hash.h"
#include "base/fare-instant.h"
#include "formats/fare-codex-meta.h"
#include "formats/fare-codex-reading.h"

static gboolean
claims (const char *name)
{
  return g_str_has_prefix (name, "rollout-")
         && (g_str_has_suffix (name, ".jsonl") || g_str_has_suffix (name, ".jsonl.zst"));
}

GStrv
fare_codex_list_homes (FarePaths *paths)
{
  const char *override = fare_paths_get_env (paths, "CODEX_HOME");

  return fare_paths_expand (paths, override != NULL ? override : "~/.codex");
}

static GStrv
list_roots (FarePaths *paths)
{
  g_autoptr(GStrvBuilder) roots = g_strv_builder_new ();
  g_auto(GStrv) homes = fare_codex_list_homes (paths);

  for (guint i = 0; homes[i] != NULL; i++)
    {
      g_autofree char *live = g_build_filename (homes[i], "sessions", NULL);
      g_autofree char *archived = g_build_filename (homes[i], "archived_sessions", NULL);

      g_strv_builder_add (roots, live);
      g_strv_builder_add (roots, archived);
    }

  return g_strv_builder_end (roots);
}

/* Archiving moves a rollout, and a background worker compresses it: it stays the same log. */
static char *
make_key (const char *root,
          const char *path)
{
  g_autofree char *home = g_path_get_dirname (root);
  g_autofree char *name = g_path_get_basename (path);

  if (g_str_has_suffix (name, ".zst"))
    name[strlen (name) - strlen (".zst")] = '\0';

  return g_build_filename (home, name, NULL);
}

static int
preference (const char *path)
{
  return (strstr (path, "/archived_sessions/") != NULL ? 2 : 0)
         + (g_str_has_suffix (path, ".zst") ? 1 : 0);
}

static gboolean
is_preferred (const char *path,
              const char *other)
{
  int a = preference (path), b = preference (other);

  return a != b ? a < b : strcmp (path, other) < 0;
}

static void
identify (FareLog                 *log,
          const FareCodexReading  *reading,
          const FareCodexCounters *total,
          const FareCodexCounters *last,
          FareRow                 *row)
{
  guint64 hash = FARE_HASH_SEED;

  if (!total->present)
    {
      /* Without running counters nothing shows a copy; counting a replay twice is better than
       * taking two calls for one. */
      hash = fare_hash_bytes (hash, log->key, strlen (log->key));
      row->cluster = fare_hash_finish (fare_hash_int (hash, row->offset));
      row->sub = reading->turn;
      return;
    }
  for (int i = 0; i < FARE_CODEX_N_COUNTERS; i++)
    hash = fare_hash_int (hash, total->v[i]);
  for (int i = 0; i < FARE_CODEX_N_COUNTERS; i++)
    hash = fare_hash_int (hash, last->v[i]);
  row->cluster = fare_hash_finish (hash);
  row->sub = reading->turn;
}

static guint32
model_number (FareLog          *log,
              FareCodexReading *reading,
              guint32           model)
{
  if (model == 0)
    return fare_log_intern_model (log, fare_log_text (log, reading->provider), "unknown");
  if (reading->model_number == 0 || reading->numbered != model)
    {
      reading->model_number = fare_log_intern_model (log, fare_log_text (log, reading->provider),
                                                     fare_log_text (log, model));
      reading->numbered = model;
    }

  return reading->model_number;
}

/* The first model a file names also stands for the calls before it. */
static void
note_first_model (FareLog          *log,
                  FareCodexReading *reading,
                  guint32           model)
{
  if (reading->first_model != 0 || model == 0)
    return;
  reading->first_model = model;
  if (reading->nameless > 0)
    log->restart = TRUE;
  for (guint i = 0; i < log->rows->len; i++)
    {
      FareRow *row = &g_array_index (log->rows, FareRow, i);

      if (row->flags & FARE_ROW_NO_MODEL)
        {
          row->model = model_number (log, reading, model);
          row->flags &= (guint16) ~FARE_ROW_NO_MODEL;
        }
    }
}

/* A rollout whose session_meta is missing still carries its id in its name:
 * rollout-YYYY-MM-DDTHH-MM-SS-<uuid>.jsonl */
static guint32
find_session (FareLog          *log,
              FareCodexReading *reading)
{
  g_autofree char *name = NULL;
  const char *uuid;

  if (reading->own != 0)
    return reading->is_fork ? reading->own : reading->logical;
  if (reading->nameless_session != 0)
    return reading->nameless_session;
  name = g_path_get_basename (log->key);
  uuid = strlen (name) > 34 ? name + 28 : name;

  reading->nameless_session = fare_log_intern_span (log, &(FareSpan) { uuid, strcspn (uuid, ".") },
                                                    NULL);
  fare_log_add_fact (log, reading->nameless_session, FARE_FACT_PRESENT, 0, 0, 0);

  return reading->nameless_session;
}

static void
read_token_count (FareLog          *log,
                  FareCodexReading *reading,
                  const FareSpan   *info,
                  guint32           payload_model,
                  const FareSpan   *timestamp,
                  gint64            offset)
{
  FareCodexCounters total = { 0 }, last = { 0 }, call = { 0 };
  FareRow row = { .offset = offset, .lines = 1, .messages = 1 };
  guint32 model = payload_model;
  FarePull pull;
  FareSpan key, text;

  fare_pull_init (&pull, info->text, info->length);
  if (!fare_pull_enter (&pull, '{'))
    {
      log->repeated++;
      return;
    }
  while (fare_pull_next_member (&pull, &key))
    {
      if (fare_span_equal (&key, "total_token_usage"))
        fare_codex_counters_read (&pull, &total);
      else if (fare_span_equal (&key, "last_token_usage"))
        fare_codex_counters_read (&pull, &last);
      else if (fare_span_equal (&key, "model"))
        model = fare_pull_string (&pull, &text) ? fare_log_intern_span (log, &text, NULL) : model;
      else
        fare_pull_skip (&pull);
    }
  if (!fare_instant_parse (timestamp->text, timestamp->length, &row.own_ms))
    {
      fare_log_malformed (log, offset);
      return;
    }
  if (!fare_codex_take_call (&reading->total, &total, &last, &call))
    {
      log->repeated++;
      return;
    }

  note_first_model (log, reading, model);
  if (model == 0)
    model = reading->model != 0 ? reading->model : reading->first_model;
  fare_codex_fill_usage (&row.usage, &call);
  identify (log, reading, &total, &last, &row);
  row.own_session = find_session (log, reading);
  row.model = model_number (log, reading, model);
  row.branch = reading->branch;
  row.modes = reading->modes;
  row.flags = FARE_ROW_FIRST | (reading->is_fast ? FARE_ROW_FAST : 0) | (reading->is_helper ? FARE_ROW_HELPER : 0)
              | (model == 0 ? FARE_ROW_NO_MODEL : 0);
  fare_log_add_row (log, &row);
}

static guint32
declared_parent (FareLog             *log,
                 const FareCodexMeta *meta)
{
  guint32 parent = fare_log_intern_span (log, &meta->origin.parent, NULL);

  if (parent == 0)
    parent = meta->forked_from;
  if (parent == 0)
    parent = meta->parent;

  return parent != meta->id ? parent : 0;
}

/* An ordinary resume opens with a fresh id and then names the old one: the rows belong to the old
 * session.  A fork's file belongs to the fork, whatever ancestors it names later. */
static void
take_meta (FareLog             *log,
           FareCodexReading    *reading,
           const FareCodexMeta *meta,
           gint64               offset)
{
  guint32 parent = declared_parent (log, meta);
  gboolean is_own = reading->own == 0;

  if (meta->id == 0)
    return;
  if (parent != 0)
    fare_log_add_fact (log, meta->id, FARE_FACT_PARENT, is_own ? 0 : 1, offset, parent);
  if (is_own)
    {
      reading->own = meta->id;
      reading->provider = meta->provider;
      reading->is_fork = parent != 0;
      log->is_fork |= reading->is_fork;
    }
  if (!is_own && reading->is_fork)
    return;

  reading->logical = meta->id;
  reading->branch = meta->branch;
  reading->is_helper = meta->origin.is_subagent && !meta->origin.is_review;
  reading->has_project = meta->cwd != 0;
  fare_log_add_fact (log, meta->id, FARE_FACT_PRESENT, 0, offset, 0);
  if (meta->cwd != 0)
    fare_log_add_fact (log, meta->id, FARE_FACT_PROJECT, 0, offset, meta->cwd);
  if (reading->is_helper)
    fare_log_add_fact (log, meta->id, FARE_FACT_SUBAGENT, 0, offset, 0);
  if (meta->origin.is_review)
    fare_log_add_fact (log, meta->id, FARE_FACT_REVIEW, 0, offset, 0);
}

static void
take_tier (FareCodexReading *reading,
           const FareSpan   *tier)
{
  if (fare_span_equal (tier, "fast"))
    reading->modes = FARE_MODE_FAST;
  else if (fare_span_equal (tier, "priority"))
    reading->modes = FARE_MODE_PRIORITY;
  else if (fare_span_equal (tier, "flex"))
    reading->modes = FARE_MODE_FLEX;
  else if (fare_span_equal (tier, "batch"))
    reading->modes = FARE_MODE_BATCH;
  else
    reading->modes = 0;
  reading->is_fast = (reading->modes & (FARE_MODE_FAST | FARE_MODE_PRIORITY)) != 0;
}

static void
read_turn (FareLog          *log,
           FareCodexReading *reading,
           FarePull         *pull,
           gint64            offset)
{
  FareSpan key, text, tier = { "", 0 };
  guint32 model = 0, cwd = 0;

  while (fare_pull_next_member (pull, &key))
    {
      if (!fare_pull_string (pull, &text))
        continue;
      if (fare_span_equal (&key, "turn_id"))
        reading->turn = fare_span_hash (&text);
      else if (fare_span_equal (&key, "model"))
        model = fare_log_intern_span (log, &text, &reading->model_memo);
      else if (fare_span_equal (&key, "cwd"))
        cwd = reading->has_project ? 0 : fare_log_intern_span (log, &text, NULL);
      else if (fare_span_equal (&key, "service_tier"))
        tier = text;
    }
  take_tier (reading, &tier);
  if (model != 0)
    {
      note_first_model (log, reading, model);
      reading->model = model;
      reading->has_turn = TRUE;
    }
  if (cwd != 0)
    {
      fare_log_add_fact (log, find_session (log, reading), FARE_FACT_PROJECT, 1, offset, cwd);
      reading->has_project = TRUE;
    }
}

static void
take_settings (FareLog          *log,
               FareCodexReading *reading,
               const FareSpan   *settings)
{
  FarePull pull;
  FareSpan key, text;

  fare_pull_init (&pull, settings->text, settings->length);
  if (reading->has_turn || !fare_pull_enter (&pull, '{'))
    return;
  while (fare_pull_next_member (&pull, &key))
    {
      if (fare_span_equal (&key, "model") && fare_pull_string (&pull, &text) && text.length > 0)
        {
          reading->model = fare_log_intern_span (log, &text, NULL);
          note_first_model (log, reading, reading->model);
        }
      else if (!fare_span_equal (&key, "model"))
        fare_pull_skip (&pull);
    }
}

static void
add_title (FareLog          *log,
           FareCodexReading *reading,
           FareCodexTitle    rank,
           gint64            order,
           const FareSpan   *text)
{
  guint32 title = fare_log_intern_title (log, text);

  if (title != 0)
    fare_log_add_fact (log, find_session (log, reading), FARE_FACT_TITLE, rank, order, title);
}

typedef enum
{
  EVENT_UNKNOWN,
  EVENT_TOKEN_COUNT,
  EVENT_SETTINGS,
  EVENT_RENAMED,
  EVENT_PROMPT,
  EVENT_STARTED,
  EVENT_OTHER
} EventType;

static EventType
event_type (const FareSpan *type)
{
  static const struct { const char *name; EventType type; } types[] = {
    { "token_count", EVENT_TOKEN_COUNT },
    { "thread_settings_applied", EVENT_SETTINGS },
    { "thread_name_updated", EVENT_RENAMED },
    { "user_message", EVENT_PROMPT },
    { "task_started", EVENT_STARTED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (fare_span_equal (type, types[i].name))
      return types[i].type;

  return EVENT_OTHER;
}

/* The payload of an event_msg; FALSE when the line is of no interest and need not be read on. */
static gboolean
read_event (FareLog          *log,
            FareCodexReading *reading,
            FarePull         *pull,
            const FareSpan   *timestamp,
            gint64            offset)
{
  EventType type = EVENT_UNKNOWN;
  FareSpan key, text, info = { "", 0 }, message = { "", 0 }, settings = { "", 0 };
  FareSpan turn = { "", 0 }, limits = { "", 0 };
  guint32 model = 0;

  while (fare_pull_next_member (pull, &key))
    {
      if (fare_span_equal (&key, "type"))
        {
          fare_pull_string (pull, &text);
          type = event_type (&text);
          if (type == EVENT_OTHER || (type == EVENT_PROMPT && reading->has_prompt))
            return FALSE;
        }
      else if (fare_span_equal (&key, "info"))
        info = fare_pull_raw (pull);
      else if (fare_span_equal (&key, "rate_limits"))
        limits = fare_pull_raw (pull);
      else if (fare_span_equal (&key, "thread_settings"))
        settings = fare_pull_raw (pull);
      else if (fare_span_equal (&key, "message") || fare_span_equal (&key, "thread_name"))
        fare_pull_string (pull, &message);
      else if (fare_span_equal (&key, "turn_id"))
        fare_pull_string (pull, &turn);
      else if (fare_span_equal (&key, "model"))
        model = fare_pull_string (pull, &text) ? fare_log_intern_span (log, &text, NULL) : 0;
      else
        fare_pull_skip (pull);
    }
  if (pull->failed)
    return TRUE;

  if (type == EVENT_TOKEN_COUNT)
    {
      fare_codex_limits_remember (&reading->limits, &limits, timestamp);
      read_token_count (log, reading, &info, model, timestamp, offset);
    }
  else if (type == EVENT_SETTINGS)
    take_settings (log, reading, &settings);
  else if (type == EVENT_RENAMED)
    add_title (log, reading, FARE_CODEX_TITLE_RENAMED, -offset, &message);
  else if (type == EVENT_PROMPT)
    {
      add_title (log, reading, FARE_CODEX_TITLE_PROMPT, offset, &message);
      reading->has_prompt = message.length > 0;
    }
  else if (type == EVENT_STARTED && turn.length > 0)
    reading->turn = fare_span_hash (&turn);

  return TRUE;
}

static gboolean
is_injected (const char *text)
{
  return g_str_has_prefix (text, "<environment_context>")
         || g_str_has_prefix (text, "<user_instructions>")
         || g_str_has_prefix (text, "# AGENTS.md instructions")
         || g_str_has_prefix (text, "<recommended_plugins>");
}

/* What the user typed, where no user_message record says it. */
static void
read_input (FareLog          *log,
            FareCodexReading *reading,
            FarePull         *pull,
            gint64            offset)
{
  FareSpan key, role = { "", 0 }, content = { "", 0 };
  FarePull items;

  while (fare_pull_next_member (pull, &key))
    {
      if (fare_span_equal (&key, "role"))
        fare_pull_string (pull, &role);
      else if (fare_span_equal (&key, "content"))
        content = fare_pull_raw (pull);
      else
        fare_pull_skip (pull);
    }
  if (pull->failed || !fare_span_equal (&role, "user"))
    return;
  fare_pull_init (&items, content.text, content.length);
  if (!fare_pull_enter (&items, '['))
    return;
  while (!reading->has_input && fare_pull_next_item (&items))
    {
      FareSpan text = { "", 0 };
      g_autofree char *start = NULL;

      if (!fare_pull_enter (&items, '{'))
        continue;
      while (fare_pull_next_member (&items, &key))
        {
          if (fare_span_equal (&key, "text"))
            fare_pull_string (&items, &text);
          else
            fare_pull_skip (&items);
        }
      start = fare_span_dup (&text, 64);
      if (*g_strchug (start) == '\0' || is_injected (start))
        continue;
      add_title (log, reading, FARE_CODEX_TITLE_INPUT, offset, &text);
      reading->has_input = TRUE;
    }
}

/* FALSE when the rest of the line does not matter. */
static gboolean
read_payload (FareLog          *log,
              FareCodexReading *reading,
              FarePull         *pull,
              const FareSpan   *type,
              const FareSpan   *timestamp,
              gint64            offset)
{
  if (!fare_pull_enter (pull, '{'))
    return TRUE;
  if (fare_span_equal (type, "event_msg"))
    return read_event (log, reading, pull, timestamp, offset);
  if (fare_span_equal (type, "turn_context"))
    read_turn (log, reading, pull, offset);
  else if (fare_span_equal (type, "session_meta"))
    {
      FareCodexMeta meta = { .origin = { .parent = { "", 0 } } };

      fare_codex_meta_read (log, pull, &meta);
      if (!pull->failed)
        take_meta (log, reading, &meta, offset);
    }
  else
    read_input (log, reading, pull, offset);

  return TRUE;
}

static gboolean
is_wanted (const FareCodexReading *reading,
           const FareSpan         *type)
{
  if (fare_span_equal (type, "response_item"))
    return !reading->has_prompt && !reading->has_input && !reading->is_fork && reading->own != 0;

  return fare_span_equal (type, "event_msg") || fare_span_equal (type, "turn_context")
         || fare_span_equal (type, "session_meta");
}

static void
read_line (FareLog          *log,
           FareCodexReading *reading,
           const char       *line,
           gsize             length,
           gint64            offset)
{
  FarePull pull, late;
  FareSpan key, type = { "", 0 }, timestamp = { "", 0 }, payload = { "", 0 };

  fare_pull_init (&pull, line, length);
  if (!fare_pull_enter (&pull, '{'))
    {
      fare_log_malformed (log, offset);
      return;
    }
  while (fare_pull_next_member (&pull, &key))
    {
      if (fare_span_equal (&key, "timestamp"))
        fare_pull_string (&pull, &timestamp);
      else if (fare_span_equal (&key, "type"))
        {
          fare_pull_string (&pull, &type);
          if (!is_wanted (reading, &type))
            return;
        }
      /* A session_meta names its own time inside too; what matters is read at once only when
       * both type and time are known. */
      else if (fare_span_equal (&key, "payload") && type.length > 0 && timestamp.length > 0)
        {
          if (!read_payload (log, reading, &pull, &type, &timestamp, offset))
            return;
        }
      else if (fare_span_equal (&key, "payload"))
        payload = fare_pull_raw (&pull);
      else
        fare_pull_skip (&pull);
    }
  if (!fare_pull_at_end (&pull))
    {
      fare_log_malformed (log, offset);
      return;
    }
  if (payload.length > 0 && type.length > 0)
    {
      fare_pull_init (&late, payload.text, payload.length);
      read_payload (log, reading, &late, &type, &timestamp, offset);
    }
}

static gboolean
read_log (FareLog  *log,
          GError  **error)
{
  FareCodexReading reading = { 0 };
  const char *line;
  gsize length;
  gint64 offset;

  fare_codex_reading_restore (&reading, log);
  while (!log->restart && fare_log_next_line (log, &line, &length, &offset))
    read_line (log, &reading, line, length, offset);
  fare_codex_limits_finish (&reading.limits, log);
  fare_codex_reading_save (&reading, log);

  return TRUE;
}

const FareFormat fare_format_codex = {
  .id = "codex",
  .claims = claims,
  .list_roots = list_roots,
  .make_key = make_key,
  .is_preferred = is_preferred,
  .read = read_log,
  .fold = fare_codex_fold,
  .keys_by_session = TRUE,
  .read_prompt = fare_codex_read_prompt,
};
