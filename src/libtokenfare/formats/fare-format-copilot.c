/* fare-format-copilot.c
 *
 * One line is one record.  A session.shutdown ends a segment of the log and sums up
 * what each model used since the last one; after a resume the sums begin at zero.
 * Messages only tell their output, so they stand in for a segment that has no sums.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "formats/fare-copilot-reading.h"

#include <string.h>

#include "base/fare-hash.h"
#include "base/fare-instant.h"
#include "formats/fare-parts.h"

/* More responses than any segment has; keeps a damaged count out of the sums. */
#define MAX_REQUESTS 10000000

typedef enum
{
  RECORD_OTHER,
  RECORD_START,
  RECORD_MODEL,
  RECORD_PROMPT,
  RECORD_MESSAGE,
  RECORD_SHUTDOWN
} RecordType;

typedef struct
{
  RecordType type;
  gboolean   has_agent;
  gboolean   has_time;
  gint64     time_ms;
  gint64     offset;
  FareSpan   data;     /* raw JSON */
} Record;

static gboolean
claims (const char *name)
{
  g_autofree char *id = NULL;

  if (g_str_equal (name, "events.jsonl"))
    return TRUE;
  if (!g_str_has_suffix (name, ".jsonl"))
    return FALSE;
  /* The older layouts: <uuid>.jsonl */
  id = g_strndup (name, strlen (name) - strlen (".jsonl"));

  return g_uuid_string_is_valid (id);
}

static GStrv
list_roots (FarePaths *paths)
{
  static const char * const folders[] = { "session-state", "history-session-state", NULL };

  return fare_copilot_list_folders (paths, folders);
}

static FareRow
prepare_row (const FareCopilotReading *reading,
             const Record             *record,
             FareCopilotKind           kind,
             gint64                    hash)
{
  return (FareRow) {
    .cluster = fare_copilot_log_cluster (),
    .sub = fare_copilot_pack (kind, reading->segment, hash),
    .own_ms = record->time_ms,
    .offset = record->offset,
    .own_session = reading->session,
  };
}

/* For what only its session tells apart from its like. */
static gint64
hash_in_session (FareLog                  *log,
                 const FareCopilotReading *reading,
                 gint64                    hash)
{
  const char *session = fare_log_text (log, reading->session);
  guint64 start = fare_hash_bytes (FARE_HASH_SEED, session, strlen (session));

  return fare_hash_finish (fare_hash_int (start, hash));
}

static void
add_mark (FareLog                  *log,
          const FareCopilotReading *reading,
          const Record             *record,
          FareCopilotKind           kind)
{
  FareRow row = prepare_row (reading, record, kind, 0);

  row.model = fare_copilot_intern_model (log, fare_log_text (log, reading->model));
  fare_copilot_add_mark (log, &row);
}

static void
read_message (FareLog            *log,
              FareCopilotReading *reading,
              const Record       *record)
{
  FareRow row;
  FarePull pull;
  FareSpan key, text, id = { "", 0 };
  guint32 model = reading->model;
  gint64 output = 0;

  fare_pull_init (&pull, record->data.text, record->data.length);
  if (!record->has_time || !fare_pull_enter (&pull, '{'))
    return;
  while (fare_pull_next_member (&pull, &key))
    {
      if (fare_span_equal (&key, "messageId"))
        fare_pull_string (&pull, &id);
      else if (fare_span_equal (&key, "outputTokens"))
        output = fare_parts_count (&pull);
      else if (fare_span_equal (&key, "model"))
        model = fare_pull_string (&pull, &text) && text.length > 0
                ? fare_log_intern_span (log, &text, NULL) : model;
      else
        fare_pull_skip (&pull);
    }
  fare_copilot_reading_hear (reading, model, record->time_ms);
  if (!reading->has_first)
    add_mark (log, reading, record, FARE_COPILOT_MARK_FIRST);
  reading->has_first = TRUE;

  row = prepare_row (reading, record, FARE_COPILOT_MESSAGE,
                     id.length > 0 ? fare_span_hash (&id)
                                   : hash_in_session (log, reading, record->offset));
  row.usage.output = output;
  row.model = fare_copilot_intern_model (log, fare_log_text (log, model));
  row.lines = row.messages = 1;
  row.flags = FARE_ROW_FIRST | (record->has_agent ? FARE_ROW_HELPER : 0);
  fare_log_add_row (log, &row);
}

static void
read_sum (FarePull *pull,
          FareRow  *row)
{
  gint64 prompt = 0, cache_read = 0, cache_write = 0;
  FareUsage *usage = &row->usage;
  FareSpan key;

  if (!fare_pull_enter (pull, '{'))
    return;
  while (fare_pull_next_member (pull, &key))
    {
      if (fare_span_equal (&key, "inputTokens"))
        prompt = fare_parts_count (pull);
      else if (fare_span_equal (&key, "outputTokens"))
        usage->output = fare_parts_count (pull);
      else if (fare_span_equal (&key, "cacheReadTokens"))
        cache_read = fare_parts_count (pull);
      else if (fare_span_equal (&key, "cacheWriteTokens"))
        cache_write = fare_parts_count (pull);
      else if (fare_span_equal (&key, "reasoningTokens"))
        usage->reasoning = fare_parts_count (pull);
      else
        fare_pull_skip (pull);
    }
  fare_copilot_split_prompt (usage, prompt, cache_read, cache_write);
  usage->reasoning = MIN (usage->reasoning, usage->output);
}

static gint64
read_requests (FarePull *pull)
{
  FareSpan key;
  gint64 count = 0;

  if (!fare_pull_enter (pull, '{'))
    return 0;
  while (fare_pull_next_member (pull, &key))
    {
      if (fare_span_equal (&key, "count"))
        count = fare_parts_count (pull);
      else
        fare_pull_skip (pull);
    }

  return count <= MAX_REQUESTS ? count : 0;
}

/* FALSE when the model was not used, or nobody knows when. */
static gboolean
read_model_sum (FareLog                  *log,
                const FareCopilotReading *reading,
                const Record             *record,
                const FareSpan           *name,
                FarePull                 *pull)
{
  guint32 model = fare_log_intern_span (log, name, NULL);
  gint64 heard_ms = fare_copilot_reading_heard (reading, model);
  FareRow row = prepare_row (reading, record, FARE_COPILOT_MODEL,
                             hash_in_session (log, reading, fare_span_hash (name)));
  gint64 requests = 0;
  FareSpan key;

  if (!fare_pull_enter (pull, '{'))
    return FALSE;
  while (fare_pull_next_member (pull, &key))
    {
      if (fare_span_equal (&key, "usage"))
        read_sum (pull, &row);
      else if (fare_span_equal (&key, "requests"))
        requests = read_requests (pull);
      else
        fare_pull_skip (pull);
    }
  /* A terminal that was left open overnight does not move yesterday's use to today. */
  if (heard_ms != 0)
    row.own_ms = heard_ms;
  row.model = fare_copilot_intern_model (log, fare_log_text (log, model));
  row.lines = 1;
  row.messages = (guint32) MAX (requests, 1);

  return row.own_ms != 0 && !pull->failed && fare_log_add_row (log, &row);
}

/* A shutdown without sums leaves its messages to what comes next. */
static void
read_shutdown (FareLog            *log,
               FareCopilotReading *reading,
               Record             *record)
{
  gboolean has_sums = FALSE;
  FarePull pull;
  FareSpan key, name;

  if (!record->has_time)
    record->time_ms = reading->last_ms;
  fare_pull_init (&pull, record->data.text, record->data.length);
  if (!fare_pull_enter (&pull, '{'))
    return;
  while (fare_pull_next_member (&pull, &key))
    {
      if (!fare_span_equal (&key, "modelMetrics"))
        fare_pull_skip (&pull);
      else if (fare_pull_enter (&pull, '{'))
        while (fare_pull_next_member (&pull, &name))
          has_sums |= read_model_sum (log, reading, record, &name, &pull);
    }
  if (!has_sums)
    return;
  add_mark (log, reading, record, FARE_COPILOT_MARK_END);
  reading->segment = MIN (reading->segment + 1, FARE_COPILOT_MAX_NUMBER);
  reading->has_begin = reading->has_first = FALSE;
  g_array_set_size (reading->heard, 0);
}

static void
read_context (FareLog                  *log,
              const FareCopilotReading *reading,
              const Record             *record,
              FarePull                 *pull)
{
  FareSpan key, text;
  guint32 project;

  if (!fare_pull_enter (pull, '{'))
    return;
  while (fare_pull_next_member (pull, &key))
    {
      gboolean is_cwd = fare_span_equal (&key, "cwd");

      if (!is_cwd && !fare_span_equal (&key, "gitRoot"))
        {
          fare_pull_skip (pull);
          continue;
        }
      project = fare_pull_string (pull, &text) ? fare_log_intern_span (log, &text, NULL) : 0;
      if (project != 0)
        fare_log_add_fact (log, reading->session, FARE_FACT_PROJECT,
                           is_cwd ? FARE_COPILOT_PROJECT_START : FARE_COPILOT_PROJECT_GIT,
                           record->offset, project);
    }
}

static void
read_start (FareLog            *log,
            FareCopilotReading *reading,
            const Record       *record)
{
  FarePull pull;
  FareSpan key, text, context = { "", 0 };
  guint32 session = 0;

  fare_pull_init (&pull, record->data.text, record->data.length);
  if (!fare_pull_enter (&pull, '{'))
    return;
  while (fare_pull_next_member (&pull, &key))
    {
      if (fare_span_equal (&key, "context"))
        context = fare_pull_raw (&pull);
      else if (!fare_pull_string (&pull, &text))
        continue;
      else if (fare_span_equal (&key, "sessionId"))
        session = fare_log_intern_span (log, &text, NULL);
      else if (fare_span_equal (&key, "selectedModel") && text.length > 0)
        reading->model = fare_log_intern_span (log, &text, NULL);
    }
  if (session != 0 && session != reading->session)
    fare_copilot_reading_begin (reading, log, session, record->offset);
  fare_pull_init (&pull, context.text, context.length);
  if (context.length > 0)
    read_context (log, reading, record, &pull);
}

/* The one member of a record's data that is of interest. */
static FareSpan
find_member (const Record *record,
             const char   *name)
{
  FareSpan key, value = { "", 0 };
  FarePull pull;

  fare_pull_init (&pull, record->data.text, record->data.length);
  if (!fare_pull_enter (&pull, '{'))
    return value;
  while (fare_pull_next_member (&pull, &key))
    {
      if (fare_span_equal (&key, name))
        value = fare_pull_raw (&pull);
      else
        fare_pull_skip (&pull);
    }

  return value;
}

static void
read_prompt (FareLog            *log,
             FareCopilotReading *reading,
             const Record       *record)
{
  FareSpan content = { "", 0 };
  guint32 title;

  if (record->has_agent || reading->has_prompt)
    return;
  content = find_member (record, "content");
  title = fare_parts_title (log, &content, NULL);
  if (title == 0)
    return;
  fare_log_add_fact (log, reading->session, FARE_FACT_TITLE, FARE_COPILOT_TITLE_PROMPT,
                     record->offset, title);
  reading->has_prompt = TRUE;
}

static void
read_new_model (FareLog            *log,
                FareCopilotReading *reading,
                const Record       *record)
{
  FareSpan value = find_member (record, "newModel"), text;
  FarePull pull;

  fare_pull_init (&pull, value.text, value.length);
  if (value.length > 0 && fare_pull_string (&pull, &text) && text.length > 0)
    reading->model = fare_log_intern_span (log, &text, NULL);
}

static void
take_record (FareLog            *log,
             FareCopilotReading *reading,
             Record             *record)
{
  if (record->type == RECORD_START)
    read_start (log, reading, record);
  if (record->has_time)
    {
      reading->last_ms = MAX (reading->last_ms, record->time_ms);
      if (!reading->has_begin)
        add_mark (log, reading, record, FARE_COPILOT_MARK_BEGIN);
      reading->has_begin = TRUE;
    }
  switch (record->type)
    {
    case RECORD_MODEL:
      read_new_model (log, reading, record);
      break;
    case RECORD_PROMPT:
      read_prompt (log, reading, record);
      break;
    case RECORD_MESSAGE:
      read_message (log, reading, record);
      break;
    case RECORD_SHUTDOWN:
      read_shutdown (log, reading, record);
      break;
    case RECORD_START:
    case RECORD_OTHER:
    default:
      break;
    }
}

static RecordType
record_type (const FareSpan *type)
{
  static const struct { const char *name; RecordType type; } types[] = {
    { "session.start", RECORD_START },
    { "session.resume", RECORD_START },
    { "session.model_change", RECORD_MODEL },
    { "user.message", RECORD_PROMPT },
    { "assistant.message", RECORD_MESSAGE },
    { "session.shutdown", RECORD_SHUTDOWN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (fare_span_equal (type, types[i].name))
      return types[i].type;

  return RECORD_OTHER;
}

static void
read_line (FareLog            *log,
           FareCopilotReading *reading,
           const char         *line,
           gsize               length,
           gint64              offset)
{
  Record record = { .offset = offset, .data = { "", 0 } };
  FareSpan key, text;
  FarePull pull;

  fare_pull_init (&pull, line, length);
  if (!fare_pull_enter (&pull, '{'))
    {
      fare_log_malformed (log, offset);
      return;
    }
  while (fare_pull_next_member (&pull, &key))
    {
      if (fare_span_equal (&key, "type"))
        record.type = fare_pull_string (&pull, &text) ? record_type (&text) : RECORD_OTHER;
      else if (fare_span_equal (&key, "timestamp"))
        record.has_time = fare_pull_string (&pull, &text)
                          && fare_instant_parse (text.text, text.length, &record.time_ms);
      else if (fare_span_equal (&key, "agentId"))
        record.has_agent = fare_pull_string (&pull, &text) && text.length > 0;
      else if (fare_span_equal (&key, "data"))
        record.data = fare_pull_raw (&pull);
      else
        fare_pull_skip (&pull);
    }
  if (!fare_pull_at_end (&pull))
    fare_log_malformed (log, offset);
  else
    take_record (log, reading, &record);
}

static gboolean
read_log (FareLog  *log,
          GError  **error)
{
  g_auto(FareCopilotReading) reading = { 0 };
  const char *line;
  gsize length;
  gint64 offset;

  fare_copilot_reading_init (&reading, log);
  while (fare_log_next_line (log, &line, &length, &offset))
    read_line (log, &reading, line, length, offset);
  fare_copilot_reading_save (&reading, log);

  return TRUE;
}

const FareFormat fare_format_copilot = {
  .id = "copilot_cli",
  .claims = claims,
  .list_roots = list_roots,
  .max_depth = 2,
  .read = read_log,
  .fold = fare_copilot_fold,
};
