/* fare-format-claude.c
 *
 * One line is one record.  While a response streams, one line per content block is
 * written, all with the same message id; only the output count grows.  Such lines
 * become one row.  Resumed and forked sessions copy lines into other files; what is
 * the same call across files is decided by fold.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "formats/fare-format-claude.h"

#include <string.h>

#include "base/fare-hash.h"
#include "base/fare-instant.h"
#include "formats/fare-claude-record.h"

/* Ranks of projects: a helper's folder only serves when nothing else is known. */
enum
{
  PROJECT_MAIN,
  PROJECT_HELPER
};

/* What a file's earlier lines tell its later ones; nothing of it is needed to count. */
typedef struct
{
  guint32  stem;         /* session id by file name */
  guint32  last_session;
  gboolean has_project;  /* for last_session */
  gboolean has_prompt;
  gboolean is_subfile;
  FareMemo session_memo;
  FareMemo branch_memo;
  FareMemo model_memo;
} Reading;

static gboolean
claims (const char *name)
{
  return g_str_has_suffix (name, ".jsonl");
}

static void
add_profiles (FarePaths    *paths,
              GStrvBuilder *roots)
{
  const char *home = fare_paths_get_home (paths);
  g_autoptr(GDir) dir = g_dir_open (home, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, ".claude"))
      {
        g_autofree char *root = g_build_filename (home, name, "projects", NULL);
        g_strv_builder_add (roots, root);
      }
}

/* CLAUDE_CONFIG_DIR, if one of its entries has projects: those and nothing else. */
static gboolean
add_override (FarePaths    *paths,
              GStrvBuilder *roots)
{
  g_auto(GStrv) entries = fare_paths_expand (paths, fare_paths_get_env (paths, "CLAUDE_CONFIG_DIR"));
  gboolean found = FALSE;

  for (guint i = 0; entries[i] != NULL; i++)
    {
      g_autofree char *root = g_build_filename (entries[i], "projects", NULL);
      g_autofree char *base = g_path_get_basename (entries[i]);

      if (g_file_test (root, G_FILE_TEST_IS_DIR))
        g_strv_builder_add (roots, root);
      else if (g_str_equal (base, "projects") && g_file_test (entries[i], G_FILE_TEST_IS_DIR))
        g_strv_builder_add (roots, entries[i]);
      else
        continue;
      found = TRUE;
    }

  return found;
}

static GStrv
list_roots (FarePaths *paths)
{
  g_autoptr(GStrvBuilder) roots = g_strv_builder_new ();

  if (!add_override (paths, roots))
    {
      g_autofree char *plain = g_build_filename (fare_paths_get_home (paths), ".claude", "projects",
                                                 NULL);
      g_autofree char *xdg = g_build_filename (fare_paths_get_config_home (paths), "claude",
                                               "projects", NULL);

      g_strv_builder_add (roots, plain);
      g_strv_builder_add (roots, xdg);
      add_profiles (paths, roots);
    }

  return g_strv_builder_end (roots);
}

static const char *
find_provider (const char *model)
{
  if (g_str_has_prefix (model, "claude"))
    return "anthropic";
  if (g_str_has_prefix (model, "gpt") || strstr (model, "codex") != NULL
      || (model[0] == 'o' && g_ascii_isdigit (model[1])))
    return "openai";
  if (strstr (model, "gemini") != NULL)
    return "google";

  return "";
}

/* Rows without a message id are told apart by what else names them. */
static void
identify (FareLog                *log,
          const FareClaudeRecord *record,
          const FareSpan         *id,
          FareRow                *row)
{
  const FareSpan *name = id->length > 0 ? id : record->request.length > 0 ? &record->request
                                                                          : &record->uuid;
  guint64 hash = FARE_HASH_SEED;

  if (id->length > 0)
    {
      row->cluster = fare_span_hash (id);
      row->sub = fare_span_hash (&record->request);
      /* Without a request id the message id alone proves nothing, so such rows stay single
       * until fold has seen them all. */
      if (row->sub == 0)
        row->flags |= FARE_ROW_ALONE;
      return;
    }
  if (name->length > 0)
    {
      hash = fare_hash_int (hash, name == &record->request ? 'r' : 'u');
      hash = fare_hash_int (hash, fare_span_hash (name));
    }
  else
    {
      const char *path = fare_log_get_relative_path (log);

      hash = fare_hash_bytes (hash, path, strlen (path));
      hash = fare_hash_int (hash, row->offset);
    }
  row->cluster = fare_hash_finish (hash);
  row->sub = 1;
}

/* Calls to another model inside a response, which the response's own numbers leave out. */
static void
add_iterations (FareLog                 *log,
                Reading                 *reading,
                const FareClaudeMessage *message,
                const FareRow           *owner)
{
  FarePull pull;
  gint64 n = 0;

  if (message->iterations.length == 0)
    return;
  fare_pull_init (&pull, message->iterations.text, message->iterations.length);
  if (!fare_pull_enter (&pull, '['))
    return;
  while (fare_pull_next_item (&pull))
    {
      FareRow row = *owner;
      FareSpan type = { "", 0 }, model = { "", 0 };

      if (!fare_pull_enter (&pull, '{'))
        continue;
      row.usage = (FareUsage) { 0 };
      row.web_searches = 0;
      row.reported_pico = 0;
      row.modes = 0;
      row.flags &= (guint16) ~(FARE_ROW_REPORTED | FARE_ROW_FAST);
      row.flags |= FARE_ROW_HELPER;
      fare_claude_usage_read (&pull, &row, &type, &model, NULL);
      if (!fare_span_equal (&type, "advisor_message") && !fare_span_equal (&type, "compaction"))
        continue;
      row.cluster = fare_hash_finish (fare_hash_int (fare_hash_int (FARE_HASH_SEED, owner->cluster),
                                                     n++));
      if (model.length > 0)
        row.model = fare_log_intern_model_span (log, &model, find_provider,
                                                &reading->model_memo);
      fare_log_add_row (log, &row);
    }
}

static gboolean
is_synthetic (const FareSpan *model)
{
  g_autofree char *text = NULL;

  if (memchr (model->text, '\\', model->length) == NULL)
    return fare_span_equal (model, "<synthetic>");
  text = fare_span_dup (model, 0);

  return g_str_equal (text, "<synthetic>");
}

/* Turns a message into a row; @record is the line it stands in. */
static void
add_message (FareLog                *log,
             Reading                *reading,
             const FareClaudeRecord *record,
             FareClaudeMessage      *message,
             guint32                 session,
             gint64                  offset)
{
  FareRow *row = &message->row;

  if (!message->has_usage || message->wrong_role || is_synthetic (&message->model))
    return;
  if (!fare_instant_parse (record->timestamp.text, record->timestamp.length, &row->own_ms))
    {
      if (fare_usage_total (&row->usage) > 0)
        fare_log_malformed (log, offset);
      return;
    }

  row->offset = offset;
  row->own_session = session;
  row->model = fare_log_intern_model_span (log, &message->model, find_provider,
                                           &reading->model_memo);
  row->branch = fare_log_intern_span (log, &record->branch, &reading->branch_memo);
  row->lines = 1;
  row->messages = 1;
  if (record->is_sidechain)
    row->flags |= FARE_ROW_SIDECHAIN;
  if (reading->is_subfile)
    row->flags |= FARE_ROW_SUBFILE;
  if (record->has_agent || record->is_sidechain || reading->is_subfile)
    row->flags |= FARE_ROW_HELPER;
  if (record->has_cost)
    fare_row_take_cost (row, record->cost);
  identify (log, record, &message->id, row);
  fare_log_add_row (log, row);
  add_iterations (log, reading, message, row);
}

/* A helper agent's record inside its parent's progress record: the only trace of a billed call
 * where the helper's own file is gone. */
static void
add_wrapped (FareLog                *log,
             Reading                *reading,
             const FareClaudeRecord *outer,
             guint32                 session,
             gint64                  offset)
{
  FarePull pull;
  FareSpan key, kind = { "", 0 }, wrapped = { "", 0 };
  FareClaudeRecord inner = { .session = { "", 0 } };
  const FareClaudeKnown known = { .has_prompt = TRUE };

  if (outer->data.length == 0)
    return;
  fare_pull_init (&pull, outer->data.text, outer->data.length);
  if (!fare_pull_enter (&pull, '{'))
    return;
  while (fare_pull_next_member (&pull, &key))
    {
      if (fare_span_equal (&key, "type"))
        fare_pull_string (&pull, &kind);
      else if (fare_span_equal (&key, "message"))
        wrapped = fare_pull_raw (&pull);
      else
        fare_pull_skip (&pull);
    }
  if (pull.failed || !fare_span_equal (&kind, "agent_progress") || wrapped.length == 0)
    return;

  fare_pull_init (&pull, wrapped.text, wrapped.length);
  if (!fare_claude_record_read (&pull, &inner, &known) || inner.type != FARE_CLAUDE_ASSISTANT || !inner.has_message)
    return;
  inner.message.row.flags |= FARE_ROW_WRAPPED | FARE_ROW_HELPER | FARE_ROW_SIDECHAIN;
  if (inner.branch.length == 0)
    inner.branch = outer->branch;
  if (inner.timestamp.length == 0)
    inner.timestamp = outer->timestamp;
  add_message (log, reading, &inner, &inner.message, session, offset);
}

static gboolean
is_prompt (const char *text)
{
  return text[0] != '\0'
         && !g_str_has_prefix (text, "<command-name>")
         && !g_str_has_prefix (text, "<command-message>")
         && !g_str_has_prefix (text, "<local-command")
         && !g_str_has_prefix (text, "Caveat:");
}

/* The first text of a prompt: the string itself, or its first text block. */
static gboolean
find_prompt_text (const FareSpan *content,
                  FareSpan       *text)
{
  FarePull pull;
  FareSpan key;

  fare_pull_init (&pull, content->text, content->length);
  if (fare_pull_peek (&pull) == '"')
    return fare_pull_string (&pull, text);
  if (!fare_pull_enter (&pull, '['))
    return FALSE;
  while (fare_pull_next_item (&pull))
    {
      FareSpan type = { "", 0 }, block = { "", 0 };

      if (!fare_pull_enter (&pull, '{'))
        continue;
      while (fare_pull_next_member (&pull, &key))
        {
          if (fare_span_equal (&key, "type"))
            fare_pull_string (&pull, &type);
          else if (fare_span_equal (&key, "text"))
            fare_pull_string (&pull, &block);
          else
            fare_pull_skip (&pull);
        }
      if (fare_span_equal (&type, "text") && block.length > 0)
        {
          *text = block;
          return TRUE;
        }
    }

  return FALSE;
}

static void
note_prompt (FareLog                *log,
             Reading                *reading,
             const FareClaudeRecord *record,
             guint32                 session,
             gint64                  offset)
{
  FareSpan text;
  g_autofree char *start = NULL;
  guint32 title;

  if (reading->has_prompt || record->is_meta || record->is_sidechain || reading->is_subfile
      || record->has_agent || record->message.prompt.length == 0
      || !find_prompt_text (&record->message.prompt, &text))
    return;
  start = fare_span_dup (&text, 64);
  if (!is_prompt (g_strchug (start)))
    return;
  title = fare_log_intern_title (log, &text);
  if (title == 0)
    return;
  fare_log_add_fact (log, session, FARE_FACT_TITLE, FARE_CLAUDE_TITLE_PROMPT, offset, title);
  reading->has_prompt = TRUE;
}

static void
note_title (FareLog                *log,
            const FareClaudeRecord *record,
            guint32                 session,
            gint64                  offset)
{
  /* The first summary, but the last of the others. */
  gint64 order = record->title_rank == FARE_CLAUDE_TITLE_SUMMARY ? offset : -offset;
  guint32 title = fare_log_intern_title (log, &record->title);

  if (title != 0)
    fare_log_add_fact (log, session, FARE_FACT_TITLE, (guint) record->title_rank, order, title);
}

static void
note_project (FareLog                *log,
              Reading                *reading,
              const FareClaudeRecord *record,
              guint32                 session,
              gint64                  offset)
{
  gboolean is_helper = record->is_sidechain || record->has_agent || reading->is_subfile;

  if (reading->has_project || record->cwd.length == 0
      || (record->type != FARE_CLAUDE_ASSISTANT && record->type != FARE_CLAUDE_USER
          && record->type != FARE_CLAUDE_PROGRESS))
    return;
  fare_log_add_fact (log, session, FARE_FACT_PROJECT, is_helper ? PROJECT_HELPER : PROJECT_MAIN,
                     offset, fare_log_intern_span (log, &record->cwd, NULL));
  reading->has_project = !is_helper || reading->is_subfile;
}

static void
read_line (FareLog    *log,
           Reading    *reading,
           const char *line,
           gsize       length,
           gint64      offset)
{
  FarePull pull;
  FareClaudeRecord record = { .session = { "", 0 } };
  const FareClaudeKnown known = {
    .session = reading->session_memo.text,
    .length = reading->session_memo.length,
    .has_prompt = reading->has_prompt,
    .is_settled = reading->has_prompt && reading->has_project
                  && reading->last_session == reading->session_memo.number,
  };
  guint32 session;

  fare_pull_init (&pull, line, length);
  if (!fare_claude_record_read (&pull, &record, &known))
    {
      fare_log_malformed (log, offset);
      return;
    }
  if (record.type == FARE_CLAUDE_OTHER || record.type == FARE_CLAUDE_UNKNOWN)
    return;

  session = record.session.length > 0
              ? fare_log_intern_span (log, &record.session, &reading->session_memo)
              : reading->stem;
  if (session != reading->last_session)
    {
      reading->last_session = session;
      reading->has_project = FALSE;
      reading->has_prompt = reading->is_subfile; /* a helper's prompt is no title */
      fare_log_add_fact (log, session, FARE_FACT_PRESENT, 0, offset, 0);
    }
  log->is_fork |= record.is_fork;
  note_project (log, reading, &record, session, offset);
  if (record.type == FARE_CLAUDE_NAMING)
    note_title (log, &record, session, offset);
  else if (record.type == FARE_CLAUDE_USER)
    note_prompt (log, reading, &record, session, offset);
  else if (record.type == FARE_CLAUDE_ASSISTANT && record.has_message)
    add_message (log, reading, &record, &record.message, session, offset);
  else if (record.type == FARE_CLAUDE_PROGRESS)
    add_wrapped (log, reading, &record, session, offset);
}

/* The session a file belongs to by its name: its stem, or for a helper's file the folder above
 * "subagents". */
static guint32
intern_stem (FareLog  *log,
             gboolean *is_subfile)
{
  g_auto(GStrv) parts = g_strsplit (fare_log_get_relative_path (log), "/", -1);
  guint n = g_strv_length (parts);
  g_autofree char *name = g_utf8_make_valid (parts[n - 1], -1);

  *is_subfile = FALSE;
  for (guint i = 1; i + 1 < n; i++)
    if (g_str_equal (parts[i], "subagents"))
      {
        g_autofree char *session = g_utf8_make_valid (parts[i - 1], -1);

        *is_subfile = TRUE;
        return fare_log_intern (log, session);
      }
  if (g_str_has_suffix (name, ".jsonl"))
    name[strlen (name) - strlen (".jsonl")] = '\0';

  return fare_log_intern (log, name);
}

/* The resume note only spares work: whether the last session's project and first prompt are
 * already known, so that prompts need not be looked at. */
static void
restore (FareLog *log,
         Reading *reading)
{
  g_autoptr(GVariant) note = fare_log_open_note (log, "(sbb)");
  const char *session;

  if (note == NULL)
    return;
  g_variant_get (note, "(&sbb)", &session, &reading->has_project, &reading->has_prompt);
  reading->last_session = fare_log_intern (log, session);
}

static void
save (FareLog       *log,
      const Reading *reading)
{
  fare_log_leave_note (log, g_variant_new ("(sbb)", fare_log_text (log, reading->last_session),
                                           reading->has_project, reading->has_prompt));
}

static gboolean
read_log (FareLog  *log,
          GError  **error)
{
  Reading reading = { 0 };
  const char *line;
  gsize length;
  gint64 offset;

  reading.stem = intern_stem (log, &reading.is_subfile);
  restore (log, &reading);
  while (fare_log_next_line (log, &line, &length, &offset))
    read_line (log, &reading, line, length, offset);
  save (log, &reading);

  return TRUE;
}

const FareFormat fare_format_claude = {
  .id = "claude",
  .claims = claims,
  .list_roots = list_roots,
  .read = read_log,
  .fold = fare_claude_fold,
  .read_prompt = fare_claude_read_prompt,
};
