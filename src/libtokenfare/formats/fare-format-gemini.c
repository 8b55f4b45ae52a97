/* fare-format-gemini.c
 *
 * A line is a header, a message, or a change to the list of messages.  A message is
 * written again as it gains token counts and finished tool calls, always under the
 * same id.  Checkpoints and rewinds change what the user sees, not what was billed:
 * all messages ever named are taken together.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "formats/fare-format-gemini.h"

#include <string.h>

#include "base/fare-hash.h"
#include "base/fare-instant.h"
#include "formats/fare-parts.h"

/* chats/ and what lies around it, with the extra levels of a folder named by the user. */
#define MAX_DEPTH 8

/* Ranks of titles, best first. */
enum
{
  TITLE_SUMMARY,
  TITLE_PROMPT
};

typedef struct
{
  guint32           session;     /* of the header in force; at first the file's stem */
  guint32           parent;      /* names the folder of a helper's file; 0 otherwise */
  guint32           project;     /* 0 when unknown */
  guint32           introduced;  /* session whose general facts were given */
  gboolean          has_prompt;  /* of this session */
  gboolean          is_document;
  const char       *text;        /* begin of the text that is read, for offsets in documents */
  FareProviderFunc  find_provider;
  FareMemo          model_memo;
} Reading;

/* Any of the objects that a log holds. */
typedef struct
{
  FareSpan session;
  FareSpan summary;
  FareSpan id;
  FareSpan type;
  FareSpan timestamp;
  FareSpan model;
  FareSpan tokens;   /* raw */
  FareSpan content;  /* raw */
  FareSpan messages; /* raw */
  FareSpan change;   /* raw */
} Record;

typedef struct
{
  gint64 input;    /* the prompt, usually with its cached part */
  gint64 output;   /* without thoughts */
  gint64 cached;
  gint64 thoughts;
  gint64 tool;     /* more prompt, not in input */
  gint64 total;
} Tokens;

static const char * const no_titles[] = { "/", "?", "<session_context>", "<hook_context>", NULL };

static gboolean
claims (const char *name)
{
  return g_str_has_suffix (name, ".jsonl");
}

static gboolean
claims_document (const char *name)
{
  return g_str_has_suffix (name, ".json");
}

/* GEMINI_CLI_HOME stands for the home folder; GEMINI_DATA_DIR, which other programs know, names
 * further folders like ~/.gemini/tmp. */
static GStrv
list_roots (FarePaths *paths)
{
  g_autoptr(GStrvBuilder) roots = g_strv_builder_new ();
  const char *override = fare_paths_get_env (paths, "GEMINI_CLI_HOME");
  g_auto(GStrv) homes = fare_paths_expand (paths, override != NULL ? override : "~");
  g_auto(GStrv) more = fare_paths_expand (paths, fare_paths_get_env (paths, "GEMINI_DATA_DIR"));

  for (guint i = 0; homes[i] != NULL; i++)
    {
      g_autofree char *root = g_build_filename (homes[i], ".gemini", "tmp", NULL);

      g_strv_builder_add (roots, root);
    }
  g_strv_builder_addv (roots, (const char **) more);

  return g_strv_builder_end (roots);
}

static void
read_tokens (const FareSpan *raw,
             Tokens         *tokens)
{
  FarePull pull;
  FareSpan key;

  fare_pull_init (&pull, raw->text, raw->length);
  if (!fare_pull_enter (&pull, '{'))
    return;
  while (fare_pull_next_member (&pull, &key))
    {
      if (fare_span_equal (&key, "input"))
        tokens->input = fare_parts_count (&pull);
      else if (fare_span_equal (&key, "output"))
        tokens->output = fare_parts_count (&pull);
      else if (fare_span_equal (&key, "cached"))
        tokens->cached = fare_parts_count (&pull);
      else if (fare_span_equal (&key, "thoughts"))
        tokens->thoughts = fare_parts_count (&pull);
      else if (fare_span_equal (&key, "tool"))
        tokens->tool = fare_parts_count (&pull);
      else if (fare_span_equal (&key, "total"))
        tokens->total = fare_parts_count (&pull);
      else
        fare_pull_skip (&pull);
    }
}

static const char *
find_google (const char *model)
{
  return "google";
}

/* The cached part is inside the prompt, unless the total proves it beside; what a total has beyond
 * its parts are thoughts that the endpoint billed without naming them. */
static void
fill_usage (FareUsage    *usage,
            const Tokens *tokens)
{
  gint64 sum = tokens->input + tokens->output + tokens->thoughts + tokens->tool;
  gint64 thoughts = tokens->thoughts, fresh = tokens->input, cached = tokens->cached;

  if (!(cached > 0 && tokens->total == sum + cached))
    {
      cached = MIN (cached, fresh);
      fresh -= cached;
    }
  thoughts += MAX (tokens->total - (fresh + tokens->tool + cached + tokens->output + thoughts), 0);
  usage->input = fresh + tokens->tool;
  usage->cache_read = cached;
  usage->output = tokens->output + thoughts;
  usage->reasoning = thoughts;
}

/* A message without an id is told apart by everything else about it. */
static gint64
identify (FareLog       *log,
          const Reading *reading,
          const Record  *record,
          const FareRow *row)
{
  const char *session = fare_log_text (log, reading->session);
  guint64 hash;

  if (record->id.length > 0)
    return fare_span_hash (&record->id);
  hash = fare_hash_bytes (FARE_HASH_SEED, session, strlen (session));
  hash = fare_hash_int (hash, row->own_ms);
  hash = fare_hash_int (hash, fare_usage_prompt (&row->usage));

  return fare_hash_finish (fare_hash_int (hash, row->usage.output));
}

static void
take_answer (FareLog      *log,
             Reading      *reading,
             const Record *record,
             gint64        offset)
{
  FareRow row = { .offset = offset, .lines = 1, .messages = 1 };
  Tokens tokens = { 0 };

  read_tokens (&record->tokens, &tokens);
  fill_usage (&row.usage, &tokens);
  if (fare_usage_total (&row.usage) == 0)
    return;
  if (!fare_instant_parse (record->timestamp.text, record->timestamp.length, &row.own_ms))
    {
      fare_log_malformed (log, offset);
      return;
    }
  row.cluster = identify (log, reading, record, &row);
  row.own_session = reading->session;
  row.model = fare_log_intern_model_span (log, &record->model, reading->find_provider,
                                          &reading->model_memo);
  fare_log_add_row (log, &row);
}

/* What is known of a session from where its file lies. */
static void
introduce (FareLog *log,
           Reading *reading)
{
  if (reading->introduced == reading->session)
    return;
  reading->introduced = reading->session;
  fare_log_add_fact (log, reading->session, FARE_FACT_PRESENT, 0, 0, 0);
  if (reading->project != 0)
    fare_log_add_fact (log, reading->session, FARE_FACT_PROJECT, 0, 0, reading->project);
  if (reading->parent != 0 && reading->parent != reading->session)
    fare_log_add_fact (log, reading->session, FARE_FACT_PARENT, 0, 0, reading->parent);
}

static void
take_message (FareLog      *log,
              Reading      *reading,
              const Record *record,
              gint64        offset)
{
  guint32 title;

  introduce (log, reading);
  if (fare_span_equal (&record->type, "gemini"))
    {
      take_answer (log, reading, record, offset);
      return;
    }
  if (reading->has_prompt || !fare_span_equal (&record->type, "user"))
    return;
  title = fare_parts_title (log, &record->content, no_titles);
  if (title == 0)
    return;
  fare_log_add_fact (log, reading->session, FARE_FACT_TITLE, TITLE_PROMPT, offset, title);
  reading->has_prompt = TRUE;
}

static void
read_record (FarePull *pull,
             Record   *record)
{
  const FareMember members[] = {
    { "sessionId", &record->session }, { "summary", &record->summary },
    { "id", &record->id }, { "type", &record->type },
    { "timestamp", &record->timestamp }, { "model", &record->model },
    { "tokens", &record->tokens, TRUE }, { "content", &record->content, TRUE },
    { "messages", &record->messages, TRUE }, { "$set", &record->change, TRUE },
  };

  fare_pull_members (pull, members, G_N_ELEMENTS (members));
}

static void
take_messages (FareLog        *log,
               Reading        *reading,
               const FareSpan *messages,
               gint64          offset)
{
  FarePull pull;

  fare_pull_init (&pull, messages->text, messages->length);
  if (messages->length == 0 || !fare_pull_enter (&pull, '['))
    return;
  while (fare_pull_next_item (&pull))
    {
      Record record = { .id = { "", 0 } };
      gint64 at = reading->is_document ? (gint64) (pull.p - reading->text) : offset;

      if (!fare_pull_enter (&pull, '{'))
        continue;
      read_record (&pull, &record);
      if (!pull.failed)
        take_message (log, reading, &record, at);
    }
}

/* A header, or the part of it that changes. */
static void
take_header (FareLog      *log,
             Reading      *reading,
             const Record *record,
             gint64        offset)
{
  guint32 session, title;

  session = fare_log_intern_span (log, &record->session, NULL);
  if (session != 0 && session != reading->session)
    {
      reading->session = session;
      reading->has_prompt = FALSE;
    }
  introduce (log, reading);
  title = fare_log_intern_title (log, &record->summary);
  if (title != 0)
    fare_log_add_fact (log, reading->session, FARE_FACT_TITLE, TITLE_SUMMARY, -offset, title);
  take_messages (log, reading, &record->messages, offset);
}

/* FALSE: not a whole JSON object. */
static gboolean
read_object (FareLog    *log,
             Reading    *reading,
             const char *text,
             gsize       length,
             gint64      offset)
{
  FarePull pull;
  Record record = { .id = { "", 0 } };

  /* A mark that some editors put in front. */
  if (offset == 0 && length >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    text += 3, length -= 3;
  fare_pull_init (&pull, text, length);
  if (!fare_pull_enter (&pull, '{'))
    return FALSE;
  read_record (&pull, &record);
  if (!fare_pull_at_end (&pull))
    return FALSE;

  if (record.type.length > 0)
    take_message (log, reading, &record, offset);
  else if (record.change.length > 0)
    {
      Record change = { .id = { "", 0 } };

      fare_pull_init (&pull, record.change.text, record.change.length);
      if (fare_pull_enter (&pull, '{'))
        read_record (&pull, &change);
      if (!pull.failed)
        take_header (log, reading, &change, offset);
    }
  else
    take_header (log, reading, &record, offset);

  return TRUE;
}

/* FALSE: the file is not a chat. */
static gboolean
begin (FareLog *log,
       Reading *reading)
{
  g_autofree char *folder = fare_gemini_find_folder (log->path);
  g_autofree char *name = NULL;
  g_autofree char *above = NULL;
  g_autofree char *above_name = NULL;

  if (folder == NULL)
    return FALSE;
  name = g_path_get_basename (log->path);
  *strrchr (name, '.') = '\0';
  above = g_path_get_dirname (log->path);
  above_name = g_path_get_basename (above);
  reading->session = fare_parts_intern_name (log, name);
  reading->project = fare_gemini_find_project (log, folder);
  if (!g_str_has_suffix (above, "/chats"))
    reading->parent = fare_parts_intern_name (log, above_name);

  return TRUE;
}

static void
restore (FareLog *log,
         Reading *reading)
{
  g_autoptr(GVariant) note = fare_log_open_note (log, "(sb)");
  const char *session;

  if (note == NULL)
    return;
  g_variant_get (note, "(&sb)", &session, &reading->has_prompt);
  reading->session = fare_log_intern (log, session);
}

static void
save (FareLog       *log,
      const Reading *reading)
{
  fare_log_leave_note (log, g_variant_new ("(sb)", fare_log_text (log, reading->session),
                                           reading->has_prompt));
}

static gboolean
read_log (FareLog *log,
          GError **error)
{
  Reading reading = { .find_provider = find_google };
  const char *line;
  gsize length;
  gint64 offset;

  if (!begin (log, &reading))
    return TRUE;
  restore (log, &reading);
  while (fare_log_next_line (log, &line, &length, &offset))
    if (!read_object (log, &reading, line, length, offset))
      fare_log_malformed (log, offset);
  save (log, &reading);

  return TRUE;
}

gboolean
fare_gemini_read_document (FareLog           *log,
                           FareProviderFunc   find_provider,
                           GError           **error)
{
  Reading reading = {
    .is_document = TRUE, .find_provider = find_provider != NULL ? find_provider : find_google
  };
  g_autofree char *text = NULL;
  gsize length;

  if (!begin (log, &reading))
    return TRUE;
  if (!fare_log_read_document (log, &text, &length, error))
    return FALSE;
  reading.text = text;
  /* These files are written anew as a whole; while that is under way the last good rows stay. */

  return read_object (log, &reading, text, length, 0) || fare_parts_fail (error);
}

static gboolean
read_document (FareLog *log,
               GError **error)
{
  return fare_gemini_read_document (log, NULL, error);
}

const FareFormat fare_format_gemini = {
  .id = "gemini_cli",
  .claims = claims,
  .list_roots = list_roots,
  .max_depth = MAX_DEPTH,
  .list_companions = fare_gemini_list_companions,
  .read = read_log,
  .fold = fare_fold_by_key,
  .read_prompt = fare_gemini_read_prompt,
};

const FareFormat fare_format_gemini_documents = {
  .id = "gemini_cli",
  .claims = claims_document,
  .list_roots = list_roots,
  .max_depth = MAX_DEPTH,
  .list_companions = fare_gemini_list_companions,
  .read = read_document,
  .fold = fare_fold_by_key,
  .is_document = TRUE,
};
