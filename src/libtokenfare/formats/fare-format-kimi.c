/* fare-format-kimi.c
 *
 * Kimi CLI writes a status update after each step; Kimi Code writes a usage record,
 * whose model is a configured alias, behind the request that names the model billed.
 * Every usage record counts, whatever its scope: "session" is what the compaction
 * call writes for its own use, no running sum.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "formats/fare-format-kimi.h"

#include <string.h>

#include "base/fare-hash.h"
#include "formats/fare-parts.h"

#define MAX_DEPTH 8

/* Helpers that start helpers, wrapped into each other. */
#define MAX_WRAPS 32

/* What Kimi CLI's log leaves unsaid.  Which model stood behind this name at what time is for the
 * price list to know. */
#define PROVIDER "moonshotai"
#define CLI_MODEL "kimi-for-coding"
#define CODE_PREFIX "kimi-code/"

/* An llm.request, as later usage records need it; numbers of texts. */
typedef struct
{
  guint32 alias;
  guint32 provider;
  guint32 model;
} Request;

typedef struct
{
  FareKimiPlace  place;
  FareKimiState  state;
  GArray        *requests; /* Request, the newest of each alias */
  Request        latest;
  gboolean       has_prompt;
} Reading;

typedef struct
{
  FareSpan type;
  FareSpan model;
  FareSpan alias;
  FareSpan provider;
  FareSpan cwd;
  FareSpan message; /* raw, Kimi CLI */
  FareSpan usage;   /* raw */
  FareSpan input;   /* raw */
  gint64   time_ms; /* 0 when it is no moment */
} Record;

static gboolean
claims (const char *name)
{
  return g_str_equal (name, "wire.jsonl");
}

static void
add_homes (GStrvBuilder *roots,
           FarePaths    *paths,
           const char   *list)
{
  g_auto(GStrv) homes = fare_paths_expand (paths, list);

  for (guint i = 0; homes[i] != NULL; i++)
    {
      g_autofree char *root = g_build_filename (homes[i], "sessions", NULL);

      g_strv_builder_add (roots, root);
    }
}

static GStrv
list_roots (FarePaths *paths)
{
  g_autoptr(GStrvBuilder) roots = g_strv_builder_new ();
  const char *cli = fare_paths_get_env (paths, "KIMI_SHARE_DIR");
  const char *code = fare_paths_get_env (paths, "KIMI_CODE_HOME");

  add_homes (roots, paths, cli != NULL ? cli : "~/.kimi");
  add_homes (roots, paths, code != NULL ? code : "~/.kimi-code");
  add_homes (roots, paths, fare_paths_get_env (paths, "KIMI_DATA_DIR"));

  return g_strv_builder_end (roots);
}

static gboolean
read_usage (const FareSpan *raw,
            FareUsage      *usage)
{
  const struct { const char *name; gint64 *count; } names[] = {
    { "input_other", &usage->input }, { "inputOther", &usage->input },
    { "output", &usage->output },
    { "input_cache_read", &usage->cache_read }, { "inputCacheRead", &usage->cache_read },
    { "input_cache_creation", &usage->cache_write_5m },
    { "inputCacheCreation", &usage->cache_write_5m },
  };
  FarePull pull;
  FareSpan key;

  fare_pull_init (&pull, raw->text, raw->length);
  if (raw->length == 0 || !fare_pull_enter (&pull, '{'))
    return FALSE;
  while (fare_pull_next_member (&pull, &key))
    {
      guint i = 0;

      while (i < G_N_ELEMENTS (names) && !fare_span_equal (&key, names[i].name))
        i++;
      if (i < G_N_ELEMENTS (names))
        *names[i].count = fare_parts_count (&pull);
      else
        fare_pull_skip (&pull);
    }

  return fare_usage_total (usage) > 0;
}

static guint64
hash_usage (guint64          hash,
            const FareUsage *usage)
{
  hash = fare_hash_int (hash, usage->input);
  hash = fare_hash_int (hash, usage->output);
  hash = fare_hash_int (hash, usage->cache_read);

  return fare_hash_int (hash, usage->cache_write_5m);
}

static void
add_row (FareLog       *log,
         const Reading *reading,
         FareRow       *row)
{
  if (row->own_ms == 0)
    {
      fare_log_malformed (log, row->offset);
      return;
    }
  row->own_session = reading->state.session;
  row->sub = row->lines = row->messages = 1;
  if (reading->place.is_helper)
    row->flags |= FARE_ROW_HELPER | FARE_ROW_SUBFILE;
  fare_log_add_row (log, row);
}

static void
note_prompt (FareLog        *log,
             Reading        *reading,
             const FareSpan *content,
             gint64          offset)
{
  guint32 title;

  if (reading->has_prompt || reading->place.is_helper || content->length == 0)
    return;
  title = fare_parts_title (log, content, NULL);
  if (title == 0)
    return;
  fare_log_add_fact (log, reading->state.session, FARE_FACT_TITLE, FARE_KIMI_TITLE_PROMPT, offset,
                     title);
  reading->has_prompt = TRUE;
}

/* A message of Kimi CLI, or an event of a helper's. */
typedef struct
{
  FareSpan type;
  FareSpan event;      /* raw */
  FareSpan user_input; /* raw */
  FareSpan usage;      /* raw */
  FareSpan id;
} Message;

static gboolean
read_message (const FareSpan *raw,
              Message        *message)
{
  FarePull pull;
  FareSpan key, payload = { "", 0 };

  fare_pull_init (&pull, raw->text, raw->length);
  if (!fare_pull_enter (&pull, '{'))
    return FALSE;
  while (fare_pull_next_member (&pull, &key))
    {
      if (fare_span_equal (&key, "type"))
        fare_pull_string (&pull, &message->type);
      else if (fare_span_equal (&key, "payload"))
        payload = fare_pull_raw (&pull);
      else
        fare_pull_skip (&pull);
    }
  fare_pull_init (&pull, payload.text, payload.length);
  if (payload.length == 0 || !fare_pull_enter (&pull, '{'))
    return FALSE;
  while (fare_pull_next_member (&pull, &key))
    {
      if (fare_span_equal (&key, "event"))
        message->event = fare_pull_raw (&pull);
      else if (fare_span_equal (&key, "user_input"))
        message->user_input = fare_pull_raw (&pull);
      else if (fare_span_equal (&key, "token_usage"))
        message->usage = fare_pull_raw (&pull);
      else if (fare_span_equal (&key, "message_id"))
        fare_pull_string (&pull, &message->id);
      else
        fare_pull_skip (&pull);
    }

  return !pull.failed;
}

static void
take_message (FareLog      *log,
              Reading      *reading,
              const Record *record,
              gint64        offset)
{
  FareRow row = { .offset = offset, .own_ms = record->time_ms };
  FareSpan raw = record->message;
  Message message;

  for (guint i = 0; i <= MAX_WRAPS; i++)
    {
      message = (Message) { .type = { "", 0 } };
      if (!read_message (&raw, &message))
        return;
      if (!fare_span_equal (&message.type, "SubagentEvent") || message.event.length == 0)
        break;
      row.flags |= FARE_ROW_HELPER | FARE_ROW_WRAPPED;
      raw = message.event;
    }
  if (fare_span_equal (&message.type, "TurnBegin") && row.flags == 0)
    note_prompt (log, reading, &message.user_input, offset);
  if (!fare_span_equal (&message.type, "StatusUpdate") || !read_usage (&message.usage, &row.usage))
    return;
  row.cluster = message.id.length > 0
                  ? fare_span_hash (&message.id)
                  : fare_hash_finish (hash_usage (fare_hash_int (FARE_HASH_SEED, row.own_ms),
                                                  &row.usage));
  row.model = fare_log_intern_model (log, PROVIDER, CLI_MODEL);
  add_row (log, reading, &row);
}

static Request *
find_request (const Reading *reading,
              guint32        alias)
{
  for (guint i = 0; i < reading->requests->len; i++)
    if (g_array_index (reading->requests, Request, i).alias == alias)
      return &g_array_index (reading->requests, Request, i);

  return NULL;
}

static void
take_request (FareLog      *log,
              Reading      *reading,
              const Record *record)
{
  Request request = {
    .alias = fare_log_intern_span (log, &record->alias, NULL),
    .provider = fare_log_intern_span (log, &record->provider, NULL),
    .model = fare_log_intern_span (log, &record->model, NULL),
  };
  Request *known = find_request (reading, request.alias);

  if (request.model == 0)
    return;
  if (known != NULL)
    *known = request;
  else
    g_array_append_val (reading->requests, request);
  reading->latest = request;
}

static const char *
provider_id (const char *name)
{
  if (*name == '\0' || g_str_equal (name, "kimi"))
    return PROVIDER;

  return g_str_equal (name, "google-genai") ? "google" : name;
}

/* The model that was billed: that of the newest request under the record's alias. */
static guint32
intern_model (FareLog       *log,
              const Reading *reading,
              guint32        alias)
{
  const Request *request = alias != 0 ? find_request (reading, alias) : &reading->latest;
  const char *name = fare_log_text (log, alias);

  if (request != NULL && request->model != 0)
    return fare_log_intern_model (log, provider_id (fare_log_text (log, request->provider)),
                                  fare_log_text (log, request->model));
  if (g_str_has_prefix (name, CODE_PREFIX))
    name += strlen (CODE_PREFIX);

  return fare_log_intern_model (log, PROVIDER, *name != '\0' ? name : "unknown");
}

/* Two helpers may end in the same millisecond with equal counts, and a fork keeps their names. */
static void
take_usage (FareLog      *log,
            Reading      *reading,
            const Record *record,
            gint64        offset)
{
  FareRow row = { .offset = offset, .own_ms = record->time_ms };
  guint32 alias = fare_log_intern_span (log, &record->model, NULL);
  const char *name = fare_log_text (log, alias);
  guint64 hash;

  if (!read_usage (&record->usage, &row.usage))
    return;
  hash = fare_hash_bytes (FARE_HASH_SEED, reading->place.agent, strlen (reading->place.agent) + 1);
  hash = fare_hash_bytes (hash, name, strlen (name) + 1);
  row.cluster = fare_hash_finish (hash_usage (fare_hash_int (hash, row.own_ms), &row.usage));
  row.model = intern_model (log, reading, alias);
  add_row (log, reading, &row);
}

static void
read_record (FarePull *pull,
             Record   *record)
{
  FareSpan key;

  while (fare_pull_next_member (pull, &key))
    {
      if (fare_span_equal (&key, "type"))
        fare_pull_string (pull, &record->type);
      else if (fare_span_equal (&key, "timestamp"))
        fare_parts_instant (pull, 1000, &record->time_ms);
      else if (fare_span_equal (&key, "time"))
        fare_parts_instant (pull, 1, &record->time_ms);
      else if (fare_span_equal (&key, "message"))
        record->message = fare_pull_raw (pull);
      else if (fare_span_equal (&key, "usage"))
        record->usage = fare_pull_raw (pull);
      else if (fare_span_equal (&key, "input"))
        record->input = fare_pull_raw (pull);
      else if (fare_span_equal (&key, "model"))
        fare_pull_string (pull, &record->model);
      else if (fare_span_equal (&key, "modelAlias"))
        fare_pull_string (pull, &record->alias);
      else if (fare_span_equal (&key, "provider"))
        fare_pull_string (pull, &record->provider);
      else if (fare_span_equal (&key, "cwd"))
        fare_pull_string (pull, &record->cwd);
      else
        fare_pull_skip (pull);
    }
}

static void
read_line (FareLog    *log,
           Reading    *reading,
           const char *line,
           gsize       length,
           gint64      offset)
{
  FarePull pull;
  Record record = { .type = { "", 0 } };

  fare_pull_init (&pull, line, length);
  if (!fare_pull_enter (&pull, '{'))
    {
      fare_log_malformed (log, offset);
      return;
    }
  read_record (&pull, &record);
  if (!fare_pull_at_end (&pull))
    {
      fare_log_malformed (log, offset);
      return;
    }
  if (fare_span_equal (&record.type, "usage.record"))
    take_usage (log, reading, &record, offset);
  else if (fare_span_equal (&record.type, "llm.request"))
    take_request (log, reading, &record);
  else if (fare_span_equal (&record.type, "turn.prompt"))
    note_prompt (log, reading, &record.input, offset);
  else if (fare_span_equal (&record.type, "config.update") && record.cwd.length > 0)
    fare_log_add_fact (log, reading->state.session, FARE_FACT_PROJECT, FARE_KIMI_PROJECT_WIRE,
                       offset, fare_log_intern_span (log, &record.cwd, NULL));
  else if (record.message.length > 0)
    take_message (log, reading, &record, offset);
}

#define NOTE_TYPE "(bssa(sss))"

static void
restore (FareLog *log,
         Reading *reading)
{
  g_autoptr(GVariant) note = fare_log_open_note (log, NOTE_TYPE);
  g_autoptr(GVariantIter) requests = NULL;
  const char *alias, *provider, *model;

  if (note == NULL)
    return;
  g_variant_get (note, "(b&s&sa(sss))", &reading->has_prompt, &provider, &model, &requests);
  reading->latest.provider = fare_log_intern (log, provider);
  reading->latest.model = fare_log_intern (log, model);
  while (g_variant_iter_next (requests, "(&s&s&s)", &alias, &provider, &model))
    {
      Request request = {
        fare_log_intern (log, alias), fare_log_intern (log, provider), fare_log_intern (log, model)
      };

      g_array_append_val (reading->requests, request);
    }
}

static void
save (FareLog       *log,
      const Reading *reading)
{
  GVariantBuilder requests;

  g_variant_builder_init (&requests, G_VARIANT_TYPE ("a(sss)"));
  for (guint i = 0; i < reading->requests->len; i++)
    {
      const Request *request = &g_array_index (reading->requests, Request, i);

      g_variant_builder_add (&requests, "(sss)", fare_log_text (log, request->alias),
                             fare_log_text (log, request->provider),
                             fare_log_text (log, request->model));
    }
  fare_log_leave_note (log, g_variant_new (NOTE_TYPE, reading->has_prompt,
                                           fare_log_text (log, reading->latest.provider),
                                           fare_log_text (log, reading->latest.model),
                                           &requests));
}

static gboolean
read_log (FareLog  *log,
          GError  **error)
{
  g_autoptr(GArray) requests = g_array_new (FALSE, FALSE, sizeof (Request));
  g_auto(FareKimiPlace) place = { 0 };
  Reading reading = { .requests = requests };
  const char *line;
  gsize length;
  gint64 offset;

  fare_kimi_place_init (&place, log->path);
  reading.place = place;
  fare_kimi_read_state (log, &place, &reading.state);
  fare_log_add_fact (log, reading.state.session, FARE_FACT_PRESENT, 0, 0, 0);
  restore (log, &reading);
  while (fare_log_next_line (log, &line, &length, &offset))
    read_line (log, &reading, line, length, offset);
  save (log, &reading);

  log->is_fork = reading.state.is_fork;
  /* Of forks, the oldest shows what they have in common. */
  if (reading.state.created_ms != 0)
    log->newest_ms = reading.state.created_ms;

  return TRUE;
}

const FareFormat fare_format_kimi = {
  .id = "kimi",
  .claims = claims,
  .list_roots = list_roots,
  .max_depth = MAX_DEPTH,
  .list_companions = fare_kimi_list_companions,
  .read = read_log,
  .fold = fare_kimi_fold,
};
