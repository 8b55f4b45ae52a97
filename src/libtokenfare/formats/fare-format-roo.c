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

/* An entry of the array. */
typedef struct
{
  FareSpan say;
  FareSpan text;
  gint64   time_ms;
  gint64   offset;
  double   condense_cost;
} Entry;

/* What a request says of itself. */
typedef struct
{
  FareSpan protocol;
  gint64   prompt;    /* tokensIn */
  gboolean has_counts;
  gboolean is_whole;
} Request;

typedef struct
{
  FareLog    *log;
  const char *text;     /* the document */
  char       *id;       /* of the task */
  guint32     session;
  GArray     *requests; /* Entry */
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
add_row (const Reading *reading,
         const Entry   *entry,
         FareRow       *row,
         const char    *model)
{
  FareLog *log = reading->log;
  guint64 hash = fare_hash_bytes (FARE_HASH_SEED, reading->id, strlen (reading->id) + 1);

  if (entry->time_ms == 0)
    {
      fare_log_malformed (log, entry->offset);
      return;
    }
  hash = fare_hash_int (hash, entry->time_ms);
  row->cluster = fare_hash_finish (fare_hash_int (hash, fare_span_hash (&entry->say)));
  row->sub = 1;
  row->own_ms = row->value_ms = entry->time_ms;
  row->offset = entry->offset;
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

static void
take_cost (FareRow *row,
           double   cost)
{
  if (cost > 0)
    fare_row_take_cost (row, cost);
}

static gint64
read_counter (FarePull *pull,
              Request  *request)
{
  request->has_counts = TRUE;

  return fare_parts_count (pull);
}

/* All of "text" but the prompt goes right into the row. */
static void
read_request (const char *text,
              FareRow    *row,
              Request    *request)
{
  FarePull pull;
  FareSpan key;
  double cost;

  fare_pull_init (&pull, text, strlen (text));
  if (!fare_pull_enter (&pull, '{'))
    return;
  while (fare_pull_next_member (&pull, &key))
    {
      if (fare_span_equal (&key, "tokensIn"))
        request->prompt = read_counter (&pull, request);
      else if (fare_span_equal (&key, "tokensOut"))
        row->usage.output = read_counter (&pull, request);
      else if (fare_span_equal (&key, "cacheWrites"))
        row->usage.cache_write_5m = read_counter (&pull, request);
      else if (fare_span_equal (&key, "cacheReads"))
        row->usage.cache_read = read_counter (&pull, request);
      else if (fare_span_equal (&key, "apiProtocol"))
        fare_pull_string (&pull, &request->protocol);
      else if (!fare_span_equal (&key, "cost"))
        fare_pull_skip (&pull);
      else if (fare_pull_number (&pull, &cost))
        take_cost (row, cost);
    }
  request->is_whole = fare_pull_at_end (&pull);
}

static gint64
find_input (const Request   *request,
            const FareUsage *usage,
            gint64           time_ms)
{
  gint64 cached = usage->cache_read + usage->cache_write_5m;
  gboolean may_be_rest = request->protocol.length == 0
                         || fare_span_equal (&request->protocol, "anthropic");

  if (request->prompt < cached || (may_be_rest && time_ms < WHOLE_PROMPTS_MS))
    return request->prompt;

  return request->prompt - cached;
}

static void
take_request (const Reading *reading,
              const Entry   *entry,
              const char    *model)
{
  g_autofree char *text = fare_span_dup (&entry->text, 0);
  Request request = { .protocol = { "", 0 } };
  FareRow row = { 0 };

  /* Nothing yet of a request that has just begun. */
  if (*text == '\0')
    return;
  read_request (text, &row, &request);
  if (!request.is_whole)
    {
      fare_log_malformed (reading->log, entry->offset);
      return;
    }
  if (!request.has_counts)
    return;
  row.usage.input = find_input (&request, &row.usage, entry->time_ms);
  add_row (reading, entry, &row, model);
}

static void
take_condensation (const Reading *reading,
                   const Entry   *entry)
{
  FareRow row = { 0 };

  take_cost (&row, entry->condense_cost);
  add_row (reading, entry, &row, NULL);
}

static void
take_prompt (Reading     *reading,
             const Entry *entry)
{
  guint32 title = fare_log_intern_title (reading->log, &entry->text);

  if (title == 0)
    return;
  fare_log_add_fact (reading->log, reading->session, FARE_FACT_TITLE, TITLE_PROMPT, 0, title);
  reading->has_prompt = TRUE;
}

static void
read_condensation (FarePull *pull,
                   Entry    *entry)
{
  FareSpan key;

  if (!fare_pull_enter (pull, '{'))
    return;
  while (fare_pull_next_member (pull, &key))
    {
      if (!fare_span_equal (&key, "cost"))
        fare_pull_skip (pull);
      else if (!fare_pull_number (pull, &entry->condense_cost))
        entry->condense_cost = 0;
    }
}

static void
read_entry (Reading  *reading,
            FarePull *pull)
{
  Entry entry = { .say = { "", 0 }, .text = { "", 0 } };
  FareSpan key;

  if (!fare_pull_enter (pull, '{'))
    return;
  while (fare_pull_next_member (pull, &key))
    {
      if (fare_span_equal (&key, "ts"))
        fare_parts_instant (pull, 1, &entry.time_ms);
      else if (fare_span_equal (&key, "text"))
        fare_pull_string (pull, &entry.text);
      else if (fare_span_equal (&key, "contextCondense"))
        read_condensation (pull, &entry);
      else if (fare_span_equal (&key, "say"))
        {
          entry.offset = key.text - reading->text;
          fare_pull_string (pull, &entry.say);
        }
      else
        fare_pull_skip (pull);
    }
  if (pull->failed)
    return;
  if (fare_span_equal (&entry.say, "api_req_started"))
    g_array_append_val (reading->requests, entry);
  else if (fare_span_equal (&entry.say, "condense_context"))
    take_condensation (reading, &entry);
  else if (!reading->has_prompt && fare_span_equal (&entry.say, "text"))
    take_prompt (reading, &entry);
}

static gboolean
read_entries (Reading *reading,
              gsize    length)
{
  FarePull pull;

  fare_pull_init (&pull, reading->text, length);
  if (!fare_pull_enter (&pull, '['))
    return FALSE;
  while (fare_pull_next_item (&pull))
    read_entry (reading, &pull);

  return fare_pull_at_end (&pull);
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
    times[i] = g_array_index (reading->requests, Entry, i).time_ms;
  models = fare_roo_history_list_models (history, times, reading->requests->len);
  for (guint i = 0; i < reading->requests->len; i++)
    take_request (reading, &g_array_index (reading->requests, Entry, i), models[i]);
  if (project != NULL)
    fare_log_add_fact (log, reading->session, FARE_FACT_PROJECT, PROJECT_SENT, 0,
                       fare_log_intern (log, project));
}

static void
add_listed (const Reading  *reading,
            FareFactKind    kind,
            guint           rank,
            const FareSpan *text)
{
  guint32 number = kind == FARE_FACT_TITLE ? fare_log_intern_title (reading->log, text)
                                           : fare_log_intern_span (reading->log, text, NULL);

  if (number != 0)
    fare_log_add_fact (reading->log, reading->session, kind, rank, 0, number);
}

/* Of an item that is broken nothing is believed. */
static void
take_item (const Reading *reading)
{
  g_autofree char *path = find_beside (reading->log->path, "history_item.json");
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
  add_listed (reading, FARE_FACT_TITLE, TITLE_LISTED, &title);
  add_listed (reading, FARE_FACT_PROJECT, PROJECT_LISTED, &project);
  add_listed (reading, FARE_FACT_PARENT, 0, &parent);
}

static gboolean
read_log (FareLog  *log,
          GError  **error)
{
  g_autofree char *folder = g_path_get_dirname (log->path);
  g_autofree char *id = g_path_get_basename (folder);
  g_autoptr(GArray) requests = g_array_new (FALSE, FALSE, sizeof (Entry));
  g_autofree char *text = NULL;
  Reading reading = { .log = log, .id = id, .requests = requests };
  gsize length;

  if (!fare_log_read_document (log, &text, &length, error))
    return FALSE;
  reading.text = text;
  reading.session = fare_parts_intern_name (log, id);
  fare_log_add_fact (log, reading.session, FARE_FACT_PRESENT, 0, 0, 0);
  if (!read_entries (&reading, length))
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
