/* fare-format-grok.c
 *
 * sessions/<encoded working directory>/<session id>/updates.jsonl: at the end of a turn
 * stands what it used by model, the turn's helper agents included.  A fork copies the
 * file with all events' ids and times, and stamps the lines anew.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "formats/fare-format-grok.h"

#include <string.h>

#include "base/fare-hash.h"
#include "formats/fare-grok-session.h"
#include "formats/fare-parts.h"
#include "formats/fare-provider.h"

#define TICKS_PER_USD 1e10

/* A number of seconds above this is milliseconds already. */
#define FIRST_MILLISECONDS 1e11

/* Beginnings of what the client itself puts before a prompt. */
static const char * const injected[] = { "<user_info", "<system-reminder", NULL };

typedef struct
{
  FareUsage usage;
  double    cost; /* USD, 0 when not known */
} Amount;

typedef struct
{
  FareSpan kind;
  FareSpan content;
  FareSpan usage;
  FareSpan event;
  gint64   agent_ms;
  gint64   line_ms;
} Record;

typedef struct
{
  FareLog         *log;
  FareGrokSession *session;
  guint32          id;
  gboolean         has_prompt;
} Reading;

static gboolean
claims (const char *name)
{
  return g_str_equal (name, "updates.jsonl");
}

GStrv
fare_grok_list_folders (FarePaths  *paths,
                        const char *name)
{
  const char *override = fare_paths_get_env (paths, "GROK_HOME");
  g_auto(GStrv) homes = fare_paths_expand (paths, override != NULL ? override : "~/.grok");
  g_autoptr(GStrvBuilder) folders = g_strv_builder_new ();

  for (guint i = 0; homes[i] != NULL; i++)
    {
      g_autofree char *folder = g_build_filename (homes[i], name, NULL);
      g_strv_builder_add (folders, folder);
    }

  return g_strv_builder_end (folders);
}

static GStrv
list_roots (FarePaths *paths)
{
  return fare_grok_list_folders (paths, "sessions");
}

static GStrv
list_companions (const char *root,
                 const char *path)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *summary = g_build_filename (folder, "summary.json", NULL);

  g_strv_builder_add (builder, summary);

  return g_strv_builder_end (builder);
}

gint64
fare_grok_hash_session (const char *id)
{
  guint64 hash = fare_hash_bytes (FARE_HASH_SEED, "session", strlen ("session") + 1);

  return fare_hash_finish (fare_hash_bytes (hash, id, strlen (id)));
}

static void
read_meta (FarePull *pull,
           Record   *record)
{
  FareSpan key;

  if (!fare_pull_enter (pull, '{'))
    return;
  while (fare_pull_next_member (pull, &key))
    {
      if (fare_span_equal (&key, "eventId"))
        fare_pull_string (pull, &record->event);
      else if (fare_span_equal (&key, "agentTimestampMs"))
        fare_parts_instant (pull, 1, &record->agent_ms);
      else
        fare_pull_skip (pull);
    }
}

static void
read_update (FarePull *pull,
             Record   *record)
{
  FareSpan key;

  if (!fare_pull_enter (pull, '{'))
    return;
  while (fare_pull_next_member (pull, &key))
    {
      if (fare_span_equal (&key, "sessionUpdate"))
        fare_pull_string (pull, &record->kind);
      else if (fare_span_equal (&key, "content"))
        record->content = fare_pull_raw (pull);
      else if (fare_span_equal (&key, "usage"))
        record->usage = fare_pull_raw (pull);
      else
        fare_pull_skip (pull);
    }
}

static void
read_params (FarePull *pull,
             Record   *record)
{
  FareSpan key;

  if (!fare_pull_enter (pull, '{'))
    return;
  while (fare_pull_next_member (pull, &key))
    {
      if (fare_span_equal (&key, "update"))
        read_update (pull, record);
      else if (fare_span_equal (&key, "_meta"))
        read_meta (pull, record);
      else
        fare_pull_skip (pull);
    }
}

static gint64
read_line_time (FarePull *pull)
{
  FarePull again = *pull;
  double value = 0;
  gint64 time_ms;

  fare_pull_number (&again, &value);
  fare_parts_instant (pull, value < FIRST_MILLISECONDS ? 1000 : 1, &time_ms);

  return time_ms;
}

static gboolean
read_record (Record     *record,
             const char *line,
             gsize       length)
{
  FareSpan key;
  FarePull pull;

  *record = (Record) { .kind = { "", 0 }, .content = { "", 0 }, .usage = { "", 0 },
                       .event = { "", 0 } };
  fare_pull_init (&pull, line, length);
  if (!fare_pull_enter (&pull, '{'))
    return FALSE;
  while (fare_pull_next_member (&pull, &key))
    {
      if (fare_span_equal (&key, "params"))
        read_params (&pull, record);
      else if (fare_span_equal (&key, "_meta"))
        read_meta (&pull, record);
      else if (fare_span_equal (&key, "timestamp"))
        record->line_ms = read_line_time (&pull);
      else
        fare_pull_skip (&pull);
    }

  return fare_pull_at_end (&pull);
}

/* The prompt holds what was cached, the output what was thought. */
static Amount
read_amount (FarePull *pull,
             FareSpan *models)
{
  gint64 input = 0, read = 0, written = 0;
  Amount amount = { .cost = 0 };
  FareSpan key;

  if (!fare_pull_enter (pull, '{'))
    return amount;
  while (fare_pull_next_member (pull, &key))
    {
      if (fare_span_equal (&key, "inputTokens"))
        input = fare_parts_count (pull);
      else if (fare_span_equal (&key, "outputTokens"))
        amount.usage.output = fare_parts_count (pull);
      else if (fare_span_equal (&key, "cachedReadTokens"))
        read = fare_parts_count (pull);
      else if (fare_span_equal (&key, "cacheCreationTokens"))
        written = fare_parts_count (pull);
      else if (fare_span_equal (&key, "reasoningTokens"))
        amount.usage.reasoning = fare_parts_count (pull);
      else if (fare_span_equal (&key, "costUsdTicks"))
        {
          if (!fare_pull_number (pull, &amount.cost))
            amount.cost = 0;
        }
      else if (models != NULL && fare_span_equal (&key, "modelUsage"))
        *models = fare_pull_raw (pull);
      else
        fare_pull_skip (pull);
    }
  amount.cost /= TICKS_PER_USD;
  amount.usage.cache_read = MIN (read, input);
  amount.usage.cache_write_5m = MIN (written, input - amount.usage.cache_read);
  amount.usage.input = input - amount.usage.cache_read - amount.usage.cache_write_5m;
  amount.usage.reasoning = MIN (amount.usage.reasoning, amount.usage.output);

  return amount;
}

static gint64
hash_call (const Record *record,
           const char   *model,
           const Amount *amount)
{
  gint64 event = fare_span_hash (&record->event);
  guint64 hash = fare_hash_bytes (FARE_HASH_SEED, model, strlen (model) + 1);
  const FareUsage *usage = &amount->usage;

  if (event != 0)
    return fare_hash_finish (fare_hash_int (hash, event));
  hash = fare_hash_int (hash, record->agent_ms != 0 ? record->agent_ms : record->line_ms);
  hash = fare_hash_int (hash, usage->input);
  hash = fare_hash_int (hash, usage->cache_read);
  hash = fare_hash_int (hash, usage->cache_write_5m);
  hash = fare_hash_int (hash, usage->output);

  return fare_hash_finish (fare_hash_int (hash, usage->reasoning));
}

static void
add_amount (Reading      *reading,
            const Record *record,
            const char   *model,
            const Amount *amount,
            gint64        offset)
{
  FareRow row = { .sub = FARE_GROK_SUB_LEDGER, .lines = 1, .messages = 1, .offset = offset };

  row.own_ms = record->agent_ms != 0 ? record->agent_ms : record->line_ms;
  row.usage = amount->usage;
  if (row.own_ms == 0)
    {
      if (fare_usage_total (&row.usage) > 0)
        fare_log_malformed (reading->log, offset);
      return;
    }
  if (*model == '\0')
    model = "unknown";
  row.cluster = hash_call (record, model, amount);
  row.own_session = reading->id;
  row.model = fare_log_intern_model (reading->log, fare_provider_guess (model, "xai"), model);
  /* Left out when a call of the turn did not report one. */
  if (amount->cost > 0)
    fare_row_take_cost (&row, amount->cost);
  if (fare_log_add_row (reading->log, &row))
    fare_log_add_fact (reading->log, reading->id, FARE_FACT_PRESENT, 0, offset, 0);
}

/* Returns whether any model has counts of its own. */
static gboolean
add_models (Reading        *reading,
            const Record   *record,
            const FareSpan *models,
            gint64          offset)
{
  gboolean found = FALSE;
  FareSpan key;
  FarePull pull;

  fare_pull_init (&pull, models->text, models->length);
  if (models->length == 0 || !fare_pull_enter (&pull, '{'))
    return FALSE;
  while (fare_pull_next_member (&pull, &key))
    {
      g_autofree char *model = fare_span_dup (&key, 0);
      Amount amount = read_amount (&pull, NULL);

      if (fare_usage_total (&amount.usage) == 0)
        continue;
      found = TRUE;
      add_amount (reading, record, model, &amount, offset);
    }

  return found;
}

/* Tells the log's reader, by way of the index, that this session needs no other source. */
static void
add_mark (Reading *reading,
          gint64   time_ms,
          gint64   offset)
{
  FareRow mark = { .sub = FARE_GROK_SUB_MARK, .offset = offset };

  mark.own_ms = mark.value_ms = time_ms;
  mark.cluster = fare_grok_hash_session (reading->session->id);
  mark.own_session = reading->id;
  g_array_append_val (reading->log->rows, mark);
}

static void
take_turn (Reading      *reading,
           const Record *record,
           gint64        offset)
{
  FareSpan models = { "", 0 };
  Amount amount;
  FarePull pull;

  fare_pull_init (&pull, record->usage.text, record->usage.length);
  if (fare_pull_peek (&pull) != '{')
    return;
  amount = read_amount (&pull, &models);
  add_mark (reading, record->agent_ms, offset);
  /* It stands in the parent's turn already. */
  if (reading->session->is_subagent)
    {
      reading->log->repeated++;
      return;
    }
  if (!add_models (reading, record, &models, offset))
    add_amount (reading, record, reading->session->model, &amount, offset);
}

static void
read_line (Reading    *reading,
           const char *line,
           gsize       length,
           gint64      offset)
{
  gboolean is_turn = memmem (line, length, "turn_completed", strlen ("turn_completed")) != NULL;
  Record record;

  /* Most lines are pieces of text and of tools' output. */
  if (!is_turn && (reading->has_prompt
                   || memmem (line, length, "user_message", strlen ("user_message")) == NULL))
    return;
  if (!read_record (&record, line, length))
    {
      fare_log_malformed (reading->log, offset);
      return;
    }
  if (fare_span_equal (&record.kind, "turn_completed"))
    take_turn (reading, &record, offset);
  else if (fare_span_equal (&record.kind, "user_message_chunk"))
    {
      guint32 title = fare_parts_title (reading->log, &record.content, injected);

      if (title != 0)
        fare_log_add_fact (reading->log, reading->id, FARE_FACT_TITLE, FARE_GROK_TITLE_PROMPT,
                           offset, title);
      reading->has_prompt = title != 0;
    }
}

static gboolean
read_log (FareLog  *log,
          GError  **error)
{
  g_autofree char *folder = g_path_get_dirname (log->path);
  g_autoptr(FareGrokSession) session = fare_grok_session_load (log, folder);
  Reading reading = { .log = log, .session = session };
  const char *line;
  gsize length;
  gint64 offset;

  reading.id = fare_log_intern (log, session->id);
  fare_grok_session_add_facts (session, log, reading.id);
  log->is_fork = !session->is_subagent && *session->parent != '\0';
  while (fare_log_next_line (log, &line, &length, &offset))
    read_line (&reading, line, length, offset);

  return TRUE;
}

/* A session with a ledger is taken from there alone. */
static void
fold_session (const FareFoldContext  *context,
              FareRow               **rows,
              guint                   n_rows)
{
  g_autoptr(GHashTable) firsts = g_hash_table_new (g_int64_hash, g_int64_equal);
  gboolean has_ledger = FALSE;

  for (guint i = 0; i < n_rows; i++)
    {
      const FareRow *known = g_hash_table_lookup (firsts, &rows[i]->sub);

      has_ledger |= rows[i]->sub == FARE_GROK_SUB_MARK;
      if (known == NULL || fare_fold_compare_place (context, rows[i], known) < 0)
        g_hash_table_replace (firsts, &rows[i]->sub, rows[i]);
    }
  for (guint i = 0; i < n_rows; i++)
    {
      fare_fold_single (rows[i]);
      if (has_ledger || g_hash_table_lookup (firsts, &rows[i]->sub) != rows[i])
        rows[i]->role = FARE_ROLE_COPY;
    }
}

void
fare_grok_fold (const FareFoldContext  *context,
                FareRow               **rows,
                guint                   n_rows)
{
  if (rows[0]->sub == FARE_GROK_SUB_LEDGER)
    fare_fold_by_key (context, rows, n_rows);
  else
    fold_session (context, rows, n_rows);
}

const FareFormat fare_format_grok = {
  .id = "grok",
  .claims = claims,
  .list_roots = list_roots,
  .max_depth = 3,
  .list_companions = list_companions,
  .read = read_log,
  .fold = fare_grok_fold,
};
