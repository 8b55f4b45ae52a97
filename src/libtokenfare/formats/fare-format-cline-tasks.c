/* fare-format-cline-tasks.c
 *
 * Tasks of the classic extension: <storage>/tasks/<id>/ui_messages.json, where requests
 * carry their counts in a JSON text of their own.  Cancelled and rewound requests were
 * billed too.  Which model a request went to is in task_metadata.json beside it.
 *
 * The list of tasks is only looked into when that file names no model: it changes with
 * every turn of any task, and all tasks would have to be read again.  So a request from
 * before the first model that task_metadata.json names is taken for that model's.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "formats/fare-format-cline.h"

#include <string.h>

#include "base/fare-hash.h"
#include "formats/fare-cline-messages.h"
#include "formats/fare-parts.h"
#include "formats/fare-provider.h"

typedef struct
{
  gint64   time_ms;
  FareSpan model;
  FareSpan provider;
} Use;

typedef struct
{
  FareLog    *log;
  char       *id;         /* of the task */
  guint32     session;
  GArray     *uses;       /* Use, points into metadata */
  char       *metadata;
  char       *model;      /* (nullable): as the list of tasks has it */
  gboolean    has_prompt;
} Reading;

static gboolean
claims (const char *name)
{
  return g_str_equal (name, "ui_messages.json");
}

static GStrv
list_roots (FarePaths *paths)
{
  return fare_cline_list_storages (paths, "tasks");
}

static char *
find_metadata (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  return g_build_filename (folder, "task_metadata.json", NULL);
}

static char *
find_history (const char *path)
{
  g_autofree char *storage = fare_parts_folder (path, 3);

  return g_build_filename (storage, "state", "taskHistory.json", NULL);
}

static void
read_use (FarePull *pull,
          GArray   *uses)
{
  Use use = { .model = { "", 0 }, .provider = { "", 0 } };
  FareSpan key;

  if (!fare_pull_enter (pull, '{'))
    return;
  while (fare_pull_next_member (pull, &key))
    {
      if (fare_span_equal (&key, "ts"))
        fare_parts_instant (pull, 1, &use.time_ms);
      else if (fare_span_equal (&key, "model_id"))
        fare_pull_string (pull, &use.model);
      else if (fare_span_equal (&key, "model_provider_id"))
        fare_pull_string (pull, &use.provider);
      else
        fare_pull_skip (pull);
    }
  if (!pull->failed && use.model.length > 0)
    g_array_append_val (uses, use);
}

static int
compare_uses (gconstpointer a,
              gconstpointer b)
{
  const Use *first = a, *second = b;

  return (first->time_ms > second->time_ms) - (first->time_ms < second->time_ms);
}

/* Returns: (transfer full) (nullable): the text that @uses points into */
static char *
load_uses (const char *path,
           GArray     *uses)
{
  g_autofree char *metadata = find_metadata (path);
  gsize length = 0;
  g_autofree char *text = fare_parts_load (metadata, &length);
  FarePull pull;
  FareSpan key;

  if (text == NULL)
    return NULL;
  fare_pull_init (&pull, text, length);
  if (!fare_pull_enter (&pull, '{'))
    return NULL;
  while (fare_pull_next_member (&pull, &key))
    {
      if (!fare_span_equal (&key, "model_usage"))
        fare_pull_skip (&pull);
      else if (fare_pull_enter (&pull, '['))
        while (fare_pull_next_item (&pull))
          read_use (&pull, uses);
    }
  if (!fare_pull_at_end (&pull))
    g_array_set_size (uses, 0);
  g_array_sort (uses, compare_uses);

  return g_steal_pointer (&text);
}

static GStrv
list_companions (const char *root,
                 const char *path)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr(GArray) uses = g_array_new (FALSE, FALSE, sizeof (Use));
  g_autofree char *metadata = find_metadata (path);
  g_autofree char *text = load_uses (path, uses);

  g_strv_builder_add (builder, metadata);
  if (uses->len == 0)
    {
      g_autofree char *history = find_history (path);

      g_strv_builder_add (builder, history);
    }

  return g_strv_builder_end (builder);
}

static void
take_task (const FareClineTask *task,
           gpointer             user_data)
{
  Reading *reading = user_data;
  g_autofree char *id = fare_span_dup (&task->id, 0);

  if (g_str_equal (id, reading->id) && task->model.length > 0 && reading->model == NULL)
    reading->model = fare_span_dup (&task->model, 0);
}

static void
load_models (Reading *reading)
{
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  gsize length = 0;

  reading->metadata = load_uses (reading->log->path, reading->uses);
  if (reading->uses->len > 0)
    return;
  path = find_history (reading->log->path);
  text = fare_parts_load (path, &length);
  if (text != NULL)
    fare_cline_foreach_task (text, length, take_task, reading);
}

static const Use *
find_use (const Reading *reading,
          gint64         time_ms)
{
  const Use *found = NULL;

  for (guint i = 0; i < reading->uses->len; i++)
    {
      const Use *use = &g_array_index (reading->uses, Use, i);

      if (found == NULL || use->time_ms <= time_ms)
        found = use;
    }

  return found;
}

static void
set_model (const Reading          *reading,
           const FareClineMessage *message,
           FareRow                *row)
{
  const Use *use = find_use (reading, message->time_ms);
  g_autofree char *model = NULL, *provider = NULL;

  if (message->model.length > 0)
    {
      model = fare_span_dup (&message->model, 0);
      provider = fare_span_dup (&message->provider, 0);
    }
  else if (use != NULL)
    {
      model = fare_span_dup (&use->model, 0);
      provider = fare_span_dup (&use->provider, 0);
    }
  else if (reading->model != NULL)
    model = g_strdup (reading->model);
  else
    row->flags |= FARE_ROW_NO_MODEL;

  row->model = fare_log_intern_model (
    reading->log,
    provider != NULL && *provider != '\0' ? provider
                                          : fare_provider_guess (model != NULL ? model : "", ""),
    model != NULL ? model : "unknown");
}

static void
take_request (const Reading          *reading,
              const FareClineMessage *message)
{
  g_autofree char *text = fare_span_dup (&message->text, 0);
  FareRow row = { .sub = 1, .lines = 1, .messages = 1 };
  guint64 hash = fare_hash_bytes (FARE_HASH_SEED, "task:", strlen ("task:"));
  FareClineCounts counts;

  if (!fare_cline_read_counts (&counts, text) || message->time_ms == 0)
    {
      fare_log_malformed (reading->log, message->text_offset);
      return;
    }
  row.usage.input = counts.tokens_in;
  row.usage.output = counts.tokens_out;
  row.usage.cache_write_5m = counts.cache_writes;
  row.usage.cache_read = counts.cache_reads;
  fare_cline_set_cost (&row, counts.cost);
  hash = fare_hash_bytes (hash, reading->id, strlen (reading->id) + 1);
  hash = fare_hash_int (hash, message->time_ms);
  row.cluster = fare_hash_finish (fare_hash_int (hash, fare_span_hash (&message->say)));
  row.own_ms = message->time_ms;
  row.offset = message->text_offset;
  row.own_session = reading->session;
  if (fare_span_equal (&message->say, "subagent_usage"))
    row.flags |= FARE_ROW_HELPER;
  set_model (reading, message, &row);
  fare_log_add_row (reading->log, &row);
}

static void
take_message (const FareClineMessage *message,
              gpointer                user_data)
{
  Reading *reading = user_data;

  if (fare_span_equal (&message->say, "api_req_started")
      || fare_span_equal (&message->say, "deleted_api_reqs")
      || fare_span_equal (&message->say, "subagent_usage"))
    take_request (reading, message);
  else if (!reading->has_prompt
           && (fare_span_equal (&message->say, "task") || fare_span_equal (&message->say, "text")))
    reading->has_prompt = fare_log_add_text (reading->log, reading->session, FARE_FACT_TITLE,
                                             FARE_CLINE_TITLE_PROMPT, 0, &message->text);
}

static gboolean
read_log (FareLog  *log,
          GError  **error)
{
  g_autofree char *folder = g_path_get_dirname (log->path);
  g_autofree char *id = g_path_get_basename (folder);
  g_autoptr(GArray) uses = g_array_new (FALSE, FALSE, sizeof (Use));
  g_autofree char *text = NULL;
  Reading reading = { .log = log, .id = id, .uses = uses };
  gboolean is_whole;
  gsize length;

  if (!fare_log_read_document (log, &text, &length, error))
    return FALSE;
  reading.session = fare_parts_intern_name (log, id);
  fare_log_add_fact (log, reading.session, FARE_FACT_PRESENT, 0, 0, 0);
  fare_log_add_fact (log, reading.session, FARE_FACT_TITLE, FARE_CLINE_TITLE_ID, 0,
                     reading.session);
  load_models (&reading);
  is_whole = fare_cline_foreach_message (text, length, take_message, &reading);
  g_free (reading.metadata);
  g_free (reading.model);

  return is_whole || fare_parts_fail (error);
}

const FareFormat fare_format_cline_tasks = {
  .id = "cline",
  .claims = claims,
  .list_roots = list_roots,
  .max_depth = 2,
  .list_companions = list_companions,
  .read = read_log,
  .fold = fare_cline_fold,
  .is_document = TRUE,
};
