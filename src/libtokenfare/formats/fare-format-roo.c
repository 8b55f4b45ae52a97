/* fare-format-roo.c
 *
 * Requests carry their counts in a JSON text of their own, which is filled in when the
 * answer is there.  What "tokensIn" means changed on the way: the whole prompt today, for
 * some providers only its uncached rest before.  A row does not say which; its time and
 * its other counts do.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "formats/fare-format-roo.h"

#include <string.h>

#include "base/fare-hash.h"
#include "formats/fare-cline-messages.h"
#include "formats/fare-editors.h"
#include "formats/fare-format-cline.h"
#include "formats/fare-parts.h"
#include "formats/fare-provider.h"
#include "formats/fare-roo-history.h"

#define EXTENSION "rooveterinaryinc.roo-cline"
#define CUSTOM_STORAGE "\"roo-cline.customStoragePath\""

/* 2025-11-01T00:00Z: from release 3.29.5 on, "tokensIn" is the whole prompt for every provider. */
#define WHOLE_PROMPTS_MS G_GINT64_CONSTANT (1761955200000)

/* Ranks of titles and of projects, best first. */
enum
{
  TITLE_PROMPT,
  TITLE_LISTED
};
enum
{
  PROJECT_LISTED,
  PROJECT_SENT
};

typedef struct
{
  FareLog    *log;
  char       *id;       /* of the task */
  guint32     session;
  GArray     *requests; /* FareClineMessage */
  gboolean    has_prompt;
} Reading;

static gboolean
claims (const char *name)
{
  return g_str_equal (name, "ui_messages.json");
}

/* A folder that the user chose in the editor's settings, which may hold comments and are no plain
 * JSON therefore. */
static void
add_custom_storage (GStrvBuilder *builder,
                    const char   *tasks)
{
  g_autofree char *user = fare_parts_folder (tasks, 3);
  g_autofree char *path = g_build_filename (user, "settings.json", NULL);
  g_autofree char *folder = NULL, *root = NULL, *text = NULL;
  const char *setting;
  FareSpan span;
  FarePull pull;
  gsize length;

  text = fare_parts_load (path, &length);
  setting = text != NULL ? g_strstr_len (text, (gssize) length, CUSTOM_STORAGE) : NULL;
  if (setting == NULL)
    return;
  setting += strlen (CUSTOM_STORAGE);
  setting += strspn (setting, " \t\r\n:");
  fare_pull_init (&pull, setting, length - (gsize) (setting - text));
  if (!fare_pull_string (&pull, &span))
    return;
  folder = fare_span_dup (&span, 0);
  root = g_build_filename (folder, "tasks", NULL);
  if (g_path_is_absolute (folder))
    g_strv_builder_add (builder, root);
}

static GStrv
list_roots (FarePaths *paths)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) storages = fare_editors_list_storages (paths, EXTENSION, "tasks");

  g_strv_builder_addv (builder, (const char **) storages);
  for (guint i = 0; storages[i] != NULL; i++)
    add_custom_storage (builder, storages[i]);

  return g_strv_builder_end (builder);
}

static char *
find_beside (const char *path,
             const char *name)
{
  g_autofree char *folder = g_path_get_dirname (path);

  return g_build_filename (folder, name, NULL);
}

static GStrv
list_companions (const char *root,
                 const char *path)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *history = find_beside (path, "api_conversation_history.json");
  g_autofree char *item = find_beside (path, "history_item.json");

  g_strv_builder_add (builder, history);
  g_strv_builder_add (builder, item);

  return g_strv_builder_end (builder);
}

static void
set_model (FareLog    *log,
           FareRow    *row,
           const char *model)
{
  row->model = fare_log_intern_model (log, fare_provider_guess (model != NULL ? model : "", ""),
                                      model != NULL ? model : "unknown");
  row->flags |= model == NULL ? FARE_ROW_NO_MODEL : 0;
}

static void
add_row (const Reading          *reading,
         const FareClineMessage *message,
         FareRow                *row,
         const char             *model)
{
  FareLog *log = reading->log;
  guint64 hash = fare_hash_bytes (FARE_HASH_SEED, reading->id, strlen (reading->id) + 1);

  if (message->time_ms == 0)
    {
      fare_log_malformed (log, message->say_offset);
      return;
    }
  hash = fare_hash_int (hash, message->time_ms);
  row->cluster = fare_hash_finish (fare_hash_int (hash, fare_span_hash (&message->say)));
  row->sub = 1;
  row->own_ms = row->value_ms = message->time_ms;
  row->offset = message->say_offset;
  row->own_session = reading->session;
  row->lines = row->messages = 1;
  if (fare_usage_total (&row->usage) > 0)
    {
      set_model (log, row, model);
      fare_log_add_row (log, row);
    }
  else if (row->flags & FARE_ROW_REPORTED)
    {
      /* A cost without tokens is use all the same.  No model is named with it: a price list would
       * make nothing of no tokens, and a summary may have been another model's work. */
      set_model (log, row, NULL);
      g_array_append_val (log->rows, *row);
      log->newest_ms = MAX (log->newest_ms, row->own_ms);
    }
}

static gint64
find_input (const FareClineCounts *counts,
            gint64                 time_ms)
{
  gint64 cached = counts->cache_reads + counts->cache_writes;
  gboolean may_be_rest = counts->protocol.length == 0
                         || fare_span_equal (&counts->protocol, "anthropic");

  if (counts->tokens_in < cached || (may_be_rest && time_ms < WHOLE_PROMPTS_MS))
    return counts->tokens_in;

  return counts->tokens_in - cached;
}

static void
take_request (const Reading          *reading,
              const FareClineMessage *message,
              const char             *model)
{
  g_autofree char *text = fare_span_dup (&message->text, 0);
  FareClineCounts counts;
  FareRow row = { 0 };

  /* Nothing yet of a request that has just begun. */
  if (*text == '\0')
    return;
  if (!fare_cline_read_counts (&counts, text))
    {
      fare_log_malformed (reading->log, message->say_offset);
      return;
    }
  if (!counts.has_counts)
    return;
  row.usage.input = find_input (&counts, message->time_ms);
  row.usage.output = counts.tokens_out;
  row.usage.cache_write_5m = counts.cache_writes;
  row.usage.cache_read = counts.cache_reads;
  fare_cline_set_cost (&row, counts.cost);
  add_row (reading, message, &row, model);
}

static void
take_condensation (const Reading          *reading,
                   const FareClineMessage *message)
{
  FareRow row = { 0 };

  fare_cline_set_cost (&row, message->condense_cost);
  add_row (reading, message, &row, NULL);
}

static void
take_message (const FareClineMessage *message,
              gpointer                user_data)
{
  Reading *reading = user_data;

  if (fare_span_equal (&message->say, "api_req_started"))
    g_array_append_vals (reading->requests, message, 1);
  else if (fare_span_equal (&message->say, "condense_context"))
    take_condensation (reading, message);
  else if (!reading->has_prompt && fare_span_equal (&message->say, "text"))
    reading->has_prompt = fare_log_add_text (reading->log, reading->session, FARE_FACT_TITLE,
                                             TITLE_PROMPT, 0, &message->text);
}

static void
take_requests (const Reading *reading)
{
  FareLog *log = reading->log;
  g_autofree char *path = find_beside (log->path, "api_conversation_history.json");
  g_autoptr(FareRooHistory) history = fare_roo_history_load (path);
  g_autofree gint64 *times = g_new0 (gint64, MAX (reading->requests->len, 1));
  g_autofree const char **models = NULL;
  const char *project = fare_roo_history_get_project (history);

  for (guint i = 0; i < reading->requests->len; i++)
    times[i] = g_array_index (reading->requests, FareClineMessage, i).time_ms;
  models = fare_roo_history_list_models (history, times, reading->requests->len);
  for (guint i = 0; i < reading->requests->len; i++)
    take_request (reading, &g_array_index (reading->requests, FareClineMessage, i), models[i]);
  if (project != NULL)
    fare_log_add_fact (log, reading->session, FARE_FACT_PROJECT, PROJECT_SENT, 0,
                       fare_log_intern (log, project));
}

/* Of an item that is broken nothing is believed. */
static void
take_item (const Reading *reading)
{
  FareLog *log = reading->log;
  g_autofree char *path = find_beside (log->path, "history_item.json");
  FareSpan key, value, title = { "", 0 }, project = { "", 0 }, parent = { "", 0 };
  gsize length = 0;
  g_autofree char *text = fare_parts_load (path, &length);
  FarePull pull;

  fare_pull_init (&pull, text != NULL ? text : "", length);
  if (!fare_pull_enter (&pull, '{'))
    return;
  while (fare_pull_next_member (&pull, &key))
    {
      if (!fare_pull_string (&pull, &value))
        continue;
      if (fare_span_equal (&key, "task"))
        title = value;
      else if (fare_span_equal (&key, "workspace") || fare_span_equal (&key, "cwd"))
        project = value;
      else if (fare_span_equal (&key, "parentTaskId"))
        parent = value;
    }
  if (!fare_pull_at_end (&pull))
    return;
  fare_log_add_text (log, reading->session, FARE_FACT_TITLE, TITLE_LISTED, 0, &title);
  fare_log_add_text (log, reading->session, FARE_FACT_PROJECT, PROJECT_LISTED, 0, &project);
  fare_log_add_text (log, reading->session, FARE_FACT_PARENT, 0, 0, &parent);
}

static gboolean
read_log (FareLog  *log,
          GError  **error)
{
  g_autofree char *folder = g_path_get_dirname (log->path);
  g_autofree char *id = g_path_get_basename (folder);
  g_autoptr(GArray) requests = g_array_new (FALSE, FALSE, sizeof (FareClineMessage));
  g_autofree char *text = NULL;
  Reading reading = { .log = log, .id = id, .requests = requests };
  gsize length;

  if (!fare_log_read_document (log, &text, &length, error))
    return FALSE;
  reading.session = fare_parts_intern_name (log, id);
  fare_log_add_fact (log, reading.session, FARE_FACT_PRESENT, 0, 0, 0);
  if (!fare_cline_foreach_message (text, length, take_message, &reading))
    return fare_parts_fail (error);
  take_requests (&reading);
  take_item (&reading);

  return TRUE;
}

const FareFormat fare_format_roo = {
  .id = "roo_code",
  .claims = claims,
  .list_roots = list_roots,
  .max_depth = 2,
  .list_companions = list_companions,
  .read = read_log,
  .fold = fare_cline_fold,
  .is_document = TRUE,
};
