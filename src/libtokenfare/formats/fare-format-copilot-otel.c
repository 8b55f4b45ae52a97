/* fare-format-copilot-otel.c
 *
 * Copilot's OpenTelemetry export: one span or log record a line.  The same call stands
 * in records of up to four classes; which class counts is decided in the fold, over
 * all files.  A record is a row in its trace's cluster, or its response's when it
 * belongs to no trace, and leaves a mark where it also has to be known.
 *
 * Assumed: a record names a trace and a response, or one of both.  A trace's record
 * whose response stands in another trace too is not compared with that one.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "formats/fare-format-copilot.h"

#include <string.h>

#include "base/fare-hash.h"
#include "base/fare-instant.h"
#include "formats/fare-parts.h"

/* Best first. */
typedef enum
{
  CLASS_CHAT,
  CLASS_INFERENCE,
  CLASS_TURN,
  CLASS_AGENT,
  CLASS_NONE
} Class;

/* Where a record's time may stand, best first. */
static const char * const times[] = {
  "endTime", "startTime", "hrTime", "time", "timestamp", "observedTimestamp", "timeUnixNano",
};

/* Names of a record's session, best first. */
static const char * const sessions[] = {
  "gen_ai.conversation.id", "copilot_chat.session_id", "copilot_chat.chat_session_id",
  "session.id",
};

typedef struct
{
  FareSpan trace;
  FareSpan span;
  FareSpan name;
  FareSpan body;
  FareSpan event;
  FareSpan operation;
  FareSpan response_model;
  FareSpan request_model;
  FareSpan response;
  FareSpan session;
  guint    session_rank;
  gint64   time_ms;
  guint    time_rank;
  gint64   prompt;
  gint64   output;
  gint64   cache_read;
  gint64   cache_write;
  gint64   reasoning;
  gint64   total;
} Record;

static gboolean
claims (const char *name)
{
  return g_str_has_suffix (name, ".jsonl");
}

/* The export's own variable names a file, which need not lie in the folder. */
static GStrv
list_roots (FarePaths *paths)
{
  static const char * const folders[] = { "otel", NULL };
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) roots = fare_copilot_list_folders (paths, folders);
  g_auto(GStrv) files = fare_paths_expand (
    paths, fare_paths_get_env (paths, "COPILOT_OTEL_FILE_EXPORTER_PATH"));

  g_strv_builder_addv (builder, (const char **) roots);
  g_strv_builder_addv (builder, (const char **) files);

  return g_strv_builder_end (builder);
}

/* A number of seconds, milli-, micro- or nanoseconds, told apart by its size. */
static gint64
scale_time (const FareSpan *text)
{
  g_autofree char *number = g_strndup (text->text, text->length);
  char *end;
  guint64 whole = g_ascii_strtoull (number, &end, 10);

  if (end == number || !g_ascii_isdigit (*number))
    return 0;
  if (whole >= G_GUINT64_CONSTANT (100000000000000000))
    return (gint64) (whole / 1000000);
  if (whole >= G_GUINT64_CONSTANT (100000000000000))
    return (gint64) (whole / 1000);
  if (whole >= G_GUINT64_CONSTANT (100000000000))
    return (gint64) whole;

  return (gint64) (g_ascii_strtod (number, NULL) * 1000);
}

/* [seconds, nanoseconds] */
static gint64
read_pair (FarePull *pull)
{
  gint64 parts[2] = { 0 };

  fare_pull_enter (pull, '[');
  for (guint i = 0; fare_pull_next_item (pull); i++)
    {
      gint64 part = fare_parts_count (pull);

      if (i < G_N_ELEMENTS (parts))
        parts[i] = part;
    }

  return parts[0] < G_GINT64_CONSTANT (1) << 40 ? parts[0] * 1000 + parts[1] / 1000000 : 0;
}

static gint64
read_time (FarePull *pull)
{
  gint64 time_ms = 0;
  FareSpan text;

  switch (fare_pull_peek (pull))
    {
    case '[':
      return read_pair (pull);
    case '"':
      fare_pull_string (pull, &text);
      if (!fare_instant_parse (text.text, text.length, &time_ms))
        time_ms = scale_time (&text);
      break;
    default:
      text = fare_pull_raw (pull);
      time_ms = scale_time (&text);
      break;
    }

  return time_ms;
}

static void
take_time (FarePull *pull,
           guint     rank,
           Record   *record)
{
  static const gint64 latest = G_GINT64_CONSTANT (253402300799999); /* the end of year 9999 */
  gint64 time_ms = read_time (pull);

  if (time_ms <= 0 || time_ms > latest || (record->time_ms != 0 && rank >= record->time_rank))
    return;
  record->time_ms = time_ms;
  record->time_rank = rank;
}

static gboolean
find_name (const FareSpan     *key,
           const char * const *names,
           guint               n_names,
           guint              *place)
{
  for (*place = 0; *place < n_names; (*place)++)
    if (fare_span_equal (key, names[*place]))
      return TRUE;

  return FALSE;
}

static gboolean
take_count (const FareSpan *key,
            FarePull       *pull,
            Record         *record)
{
  static const struct { const char *name; gsize at; } counts[] = {
    { "input_tokens", G_STRUCT_OFFSET (Record, prompt) },
    { "output_tokens", G_STRUCT_OFFSET (Record, output) },
    { "cache_read.input_tokens", G_STRUCT_OFFSET (Record, cache_read) },
    { "cache_creation.input_tokens", G_STRUCT_OFFSET (Record, cache_write) },
    { "cache_write.input_tokens", G_STRUCT_OFFSET (Record, cache_write) },
    { "reasoning.output_tokens", G_STRUCT_OFFSET (Record, reasoning) },
    { "reasoning_tokens", G_STRUCT_OFFSET (Record, reasoning) },
    { "total_tokens", G_STRUCT_OFFSET (Record, total) },
    { "total.token_count", G_STRUCT_OFFSET (Record, total) },
  };
  static const char prefix[] = "gen_ai.usage.";
  FareSpan rest = { key->text + strlen (prefix), key->length - strlen (prefix) };

  if (key->length < sizeof prefix || memcmp (key->text, prefix, strlen (prefix)) != 0)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    if (fare_span_equal (&rest, counts[i].name))
      {
        gint64 count = fare_parts_count (pull);
        gint64 *known = G_STRUCT_MEMBER_P (record, counts[i].at);

        *known = MAX (*known, count);
        return TRUE;
      }

  return FALSE;
}

static void
take_text (const FareSpan *key,
           FarePull       *pull,
           Record         *record)
{
  FareSpan text;
  guint rank;

  if (!fare_pull_string (pull, &text) || text.length == 0)
    return;
  if (find_name (key, sessions, G_N_ELEMENTS (sessions), &rank))
    {
      if (record->session.length > 0 && rank >= record->session_rank)
        return;
      record->session = text;
      record->session_rank = rank;
    }
  else if (fare_span_equal (key, "event.name"))
    record->event = text;
  else if (fare_span_equal (key, "gen_ai.operation.name"))
    record->operation = text;
  else if (fare_span_equal (key, "gen_ai.response.model"))
    record->response_model = text;
  else if (fare_span_equal (key, "gen_ai.request.model"))
    record->request_model = text;
  else if (fare_span_equal (key, "gen_ai.response.id"))
    record->response = text;
}

static void
read_attributes (FarePull *pull,
                 Record   *record)
{
  FareSpan key;

  if (!fare_pull_enter (pull, '{'))
    return;
  while (fare_pull_next_member (pull, &key))
    if (!take_count (&key, pull, record))
      take_text (&key, pull, record);
}

static void
read_span_context (FarePull *pull,
                   Record   *record)
{
  FareSpan key;

  if (!fare_pull_enter (pull, '{'))
    return;
  while (fare_pull_next_member (pull, &key))
    {
      if (fare_span_equal (&key, "traceId"))
        fare_pull_string (pull, &record->trace);
      else if (fare_span_equal (&key, "spanId"))
        fare_pull_string (pull, &record->span);
      else
        fare_pull_skip (pull);
    }
}

static gboolean
starts_with (const FareSpan *text,
             const char     *start)
{
  gsize length = strlen (start);

  return text->length >= length && memcmp (text->text, start, length) == 0;
}

/* A log record about a chat names that operation too, so the logs come first. */
static Class
find_class (const Record *record)
{
  if (fare_span_equal (&record->event, "gen_ai.client.inference.operation.details")
      || starts_with (&record->body, "GenAI inference:"))
    return CLASS_INFERENCE;
  if (fare_span_equal (&record->event, "copilot_chat.agent.turn")
      || starts_with (&record->body, "copilot_chat.agent.turn"))
    return CLASS_TURN;
  if (fare_span_equal (&record->operation, "invoke_agent")
      || starts_with (&record->name, "invoke_agent"))
    return CLASS_AGENT;
  if (fare_span_equal (&record->operation, "chat") || starts_with (&record->name, "chat "))
    return CLASS_CHAT;

  return CLASS_NONE;
}

static gint64
hash_name (const char     *kind,
           const FareSpan *name)
{
  guint64 hash = fare_hash_bytes (FARE_HASH_SEED, kind, strlen (kind));

  return fare_hash_finish (fare_hash_int (hash, fare_span_hash (name)));
}

static gint64
hash_place (const FareLog *log,
            gint64         offset)
{
  return fare_hash_finish (fare_hash_int (fare_hash_bytes (FARE_HASH_SEED, log->key,
                                                           strlen (log->key)), offset));
}

static void
fill_row (FareLog      *log,
          const Record *record,
          Class         class,
          FareRow      *row)
{
  const FareSpan *model = record->response_model.length > 0 ? &record->response_model
                                                            : &record->request_model;
  const FareSpan *session = record->session.length > 0 ? &record->session
                            : record->trace.length > 0 ? &record->trace : &record->response;
  FareCopilotKind kind = record->session.length > 0 ? FARE_COPILOT_NAMED_CALL : FARE_COPILOT_CALL;
  gint64 place = hash_place (log, row->offset);
  gint64 own = record->span.length > 0       ? hash_name ("span:", &record->span)
               : record->response.length > 0 ? hash_name ("response:", &record->response)
                                             : place;

  row->cluster = record->trace.length > 0      ? hash_name ("trace:", &record->trace)
                 : record->response.length > 0 ? hash_name ("response:", &record->response)
                                               : place;
  row->sub = fare_copilot_pack (kind, class, own);
  row->own_ms = record->time_ms;
  row->own_session = fare_log_intern_span (log, session, NULL);
  if (row->own_session == 0)
    row->own_session = fare_log_intern (log, "unknown");
  row->model = fare_copilot_intern_model (
    log, fare_log_text (log, fare_log_intern_span (log, model, NULL)));
  row->lines = row->messages = 1;
  fare_copilot_split_prompt (&row->usage, record->prompt, record->cache_read,
                             record->cache_write);
  row->usage.output = record->output;
  if (fare_usage_total (&row->usage) == 0)
    row->usage.output = record->total;
  row->usage.reasoning = MIN (record->reasoning, row->usage.output);
}

static void
add_marks (FareLog       *log,
           const Record  *record,
           Class          class,
           const FareRow *row)
{
  FareRow mark = *row;

  mark.usage = (FareUsage) { 0 };
  mark.lines = mark.messages = 0;
  if (record->session.length > 0)
    {
      mark.cluster = fare_copilot_log_cluster ();
      mark.sub = fare_copilot_pack (FARE_COPILOT_MARK_EXPORT, 0, row->cluster ^ row->sub);
      fare_copilot_add_mark (log, &mark);
    }
  if (record->trace.length > 0 && record->response.length > 0)
    {
      mark.cluster = hash_name ("response:", &record->response);
      mark.sub = fare_copilot_pack (FARE_COPILOT_MARK_CALL, class, row->cluster ^ row->sub);
      fare_copilot_add_mark (log, &mark);
    }
}

static void
take_record (FareLog      *log,
             const Record *record,
             gint64        offset)
{
  FareRow row = { .offset = offset };
  Class class = find_class (record);

  if (class == CLASS_NONE)
    return;
  if (record->time_ms == 0)
    {
      fare_log_malformed (log, offset);
      return;
    }
  fill_row (log, record, class, &row);
  if (!fare_log_add_row (log, &row))
    return;
  fare_copilot_add_session (log, row.own_session, offset);
  add_marks (log, record, class, &row);
}

static void
read_line (FareLog    *log,
           const char *line,
           gsize       length,
           gint64      offset)
{
  Record record = { 0 };
  FarePull pull;
  FareSpan key;
  guint rank;

  fare_pull_init (&pull, line, length);
  if (!fare_pull_enter (&pull, '{'))
    {
      fare_log_malformed (log, offset);
      return;
    }
  while (fare_pull_next_member (&pull, &key))
    {
      if (fare_span_equal (&key, "traceId"))
        fare_pull_string (&pull, &record.trace);
      else if (fare_span_equal (&key, "spanId"))
        fare_pull_string (&pull, &record.span);
      else if (fare_span_equal (&key, "spanContext"))
        read_span_context (&pull, &record);
      else if (fare_span_equal (&key, "name"))
        fare_pull_string (&pull, &record.name);
      else if (fare_span_equal (&key, "body") || fare_span_equal (&key, "_body"))
        fare_pull_string (&pull, &record.body);
      else if (fare_span_equal (&key, "attributes"))
        read_attributes (&pull, &record);
      else if (find_name (&key, times, G_N_ELEMENTS (times), &rank))
        take_time (&pull, rank, &record);
      else
        fare_pull_skip (&pull);
    }
  if (!fare_pull_at_end (&pull))
    fare_log_malformed (log, offset);
  else
    take_record (log, &record, offset);
}

static gboolean
read_log (FareLog  *log,
          GError  **error)
{
  const char *line;
  gsize length;
  gint64 offset;

  while (fare_log_next_line (log, &line, &length, &offset))
    read_line (log, line, length, offset);

  return TRUE;
}

const FareFormat fare_format_copilot_otel = {
  .id = "copilot_cli",
  .claims = claims,
  .list_roots = list_roots,
  .read = read_log,
  .fold = fare_copilot_fold,
};
