/* fare-format-grok-log.c
 *
 * logs/unified.jsonl: what all processes of Grok Build do, among it every call with its
 * counts, but without its model.  Only sessions without a ledger are taken from here;
 * fare_grok_fold() decides that, from the mark that a ledger leaves.
 *
 * The calls of a subagent stand in the cluster of the session that began it all, whose
 * ledger has them too.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "formats/fare-format-grok.h"

#include <string.h>

#include "base/fare-hash.h"
#include "base/fare-instant.h"
#include "formats/fare-grok-session.h"
#include "formats/fare-parts.h"
#include "formats/fare-provider.h"

/* More than subagents ever nest; only damage goes in circles. */
#define MAX_PARENTS 16

typedef struct
{
  FareLog    *log;
  GHashTable *folders;  /* session id → folder */
  GHashTable *sessions; /* session id → FareGrokSession */
  GHashTable *models;   /* process id → model named last */
  GHashTable *told;     /* numbers of sessions whose facts were given */
} Reading;

typedef struct
{
  FareSpan message;
  FareSpan session;
  FareSpan process; /* as it stands in the line */
  FareSpan model;
  gint64   time_ms;
  gint64   loop;
  gint64   prompt;
  gint64   cached;
  gint64   output;
  gint64   reasoning;
} Record;

static gboolean
claims (const char *name)
{
  return g_str_equal (name, "unified.jsonl");
}

static GStrv
list_roots (FarePaths *paths)
{
  return fare_grok_list_folders (paths, "logs");
}

static int
compare_paths (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(char * const *) a, *(char * const *) b);
}

static GPtrArray *
list_below (const char *folder)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (paths, g_build_filename (folder, name, NULL));
  g_ptr_array_sort (paths, compare_paths);

  return paths;
}

/* Folders of all sessions of the home that the log belongs to, in a fixed order. */
static GPtrArray *
list_sessions (const char *path)
{
  g_autofree char *home = fare_parts_folder (path, 2);
  g_autofree char *folder = g_build_filename (home, "sessions", NULL);
  g_autoptr(GPtrArray) projects = list_below (folder);
  GPtrArray *all = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < projects->len; i++)
    {
      g_autoptr(GPtrArray) sessions = list_below (g_ptr_array_index (projects, i));

      for (guint j = 0; j < sessions->len; j++)
        g_ptr_array_add (all, g_strdup (g_ptr_array_index (sessions, j)));
    }

  return all;
}

static GStrv
list_companions (const char *root,
                 const char *path)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr(GPtrArray) sessions = list_sessions (path);

  for (guint i = 0; i < sessions->len; i++)
    {
      const char *folder = g_ptr_array_index (sessions, i);
      g_autofree char *summary = g_build_filename (folder, "summary.json", NULL);
      g_autofree char *events = g_build_filename (folder, "events.jsonl", NULL);

      g_strv_builder_add (builder, summary);
      g_strv_builder_add (builder, events);
    }

  return g_strv_builder_end (builder);
}

static GHashTable *
map_sessions (const char *path)
{
  GHashTable *folders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr(GPtrArray) sessions = list_sessions (path);

  for (guint i = 0; i < sessions->len; i++)
    {
      const char *folder = g_ptr_array_index (sessions, i);
      char *name = g_path_get_basename (folder);

      if (g_hash_table_contains (folders, name))
        g_free (name);
      else
        g_hash_table_insert (folders, name, g_strdup (folder));
    }

  return folders;
}

/* NULL when there is no folder of that session. */
static FareGrokSession *
find_session (Reading    *reading,
              const char *id)
{
  FareGrokSession *session = g_hash_table_lookup (reading->sessions, id);
  const char *folder = g_hash_table_lookup (reading->folders, id);

  if (session != NULL || folder == NULL)
    return session;
  session = fare_grok_session_load (reading->log, folder);
  fare_grok_session_load_turns (session, folder);
  g_hash_table_insert (reading->sessions, g_strdup (id), session);

  return session;
}

static gint64
hash_root (Reading    *reading,
           const char *id)
{
  for (guint i = 0; i < MAX_PARENTS; i++)
    {
      const FareGrokSession *session = find_session (reading, id);

      if (session == NULL || !session->is_subagent || *session->parent == '\0')
        break;
      id = session->parent;
    }

  return fare_grok_hash_session (id);
}

static void
read_context (FarePull *pull,
              Record   *record)
{
  FareSpan key;

  if (!fare_pull_enter (pull, '{'))
    return;
  while (fare_pull_next_member (pull, &key))
    {
      if (fare_span_equal (&key, "loop_index"))
        record->loop = fare_pull_count (pull);
      else if (fare_span_equal (&key, "prompt_tokens"))
        record->prompt = fare_parts_count (pull);
      else if (fare_span_equal (&key, "cached_prompt_tokens"))
        record->cached = fare_parts_count (pull);
      else if (fare_span_equal (&key, "completion_tokens"))
        record->output = fare_parts_count (pull);
      else if (fare_span_equal (&key, "reasoning_tokens"))
        record->reasoning = fare_parts_count (pull);
      else if (fare_span_equal (&key, "model") || fare_span_equal (&key, "model_id")
               || fare_span_equal (&key, "current_model_id"))
        fare_pull_string (pull, &record->model);
      else
        fare_pull_skip (pull);
    }
}

static gboolean
read_record (Record     *record,
             const char *line,
             gsize       length)
{
  FareSpan key, time = { "", 0 };
  FarePull pull;

  *record = (Record) { .message = { "", 0 }, .session = { "", 0 }, .process = { "", 0 },
                       .model = { "", 0 } };
  fare_pull_init (&pull, line, length);
  if (!fare_pull_enter (&pull, '{'))
    return FALSE;
  while (fare_pull_next_member (&pull, &key))
    {
      if (fare_span_equal (&key, "ts"))
        fare_pull_string (&pull, &time);
      else if (fare_span_equal (&key, "sid"))
        fare_pull_string (&pull, &record->session);
      else if (fare_span_equal (&key, "pid"))
        record->process = fare_pull_raw (&pull);
      else if (fare_span_equal (&key, "msg"))
        fare_pull_string (&pull, &record->message);
      else if (fare_span_equal (&key, "ctx"))
        read_context (&pull, record);
      else
        fare_pull_skip (&pull);
    }
  if (!fare_instant_parse (time.text, time.length, &record->time_ms))
    record->time_ms = 0;

  return fare_pull_at_end (&pull);
}

static gint64
hash_call (const Record *record)
{
  guint64 hash = fare_hash_int (FARE_HASH_SEED, record->time_ms);

  hash = fare_hash_int (hash, fare_span_hash (&record->session));
  hash = fare_hash_int (hash, record->loop);
  hash = fare_hash_int (hash, record->prompt);
  hash = fare_hash_int (hash, record->cached);
  hash = fare_hash_int (hash, record->output);

  return fare_hash_finish (fare_hash_int (hash, record->reasoning));
}

static const char *
find_model (Reading               *reading,
            const FareGrokSession *session,
            const Record          *record)
{
  const char *model = session != NULL ? fare_grok_session_find_model (session, record->time_ms)
                                      : "";

  if (*model == '\0')
    {
      g_autofree char *process = g_strndup (record->process.text, record->process.length);

      model = g_hash_table_lookup (reading->models, process);
    }

  return model != NULL ? model : "unknown";
}

static void
take_call (Reading      *reading,
           const Record *record,
           gint64        offset)
{
  FareLog *log = reading->log;
  g_autofree char *id = fare_span_dup (&record->session, 0);
  const FareGrokSession *session = find_session (reading, id);
  const char *model = find_model (reading, session, record);
  FareRow row = { .own_ms = record->time_ms, .lines = 1, .messages = 1, .offset = offset };

  row.usage.cache_read = MIN (record->cached, record->prompt);
  row.usage.input = record->prompt - row.usage.cache_read;
  row.usage.output = record->output;
  row.usage.reasoning = MIN (record->reasoning, record->output);
  /* Without a session nothing tells whether a ledger has it. */
  if (record->time_ms == 0 || *id == '\0')
    {
      if (fare_usage_total (&row.usage) > 0)
        fare_log_malformed (log, offset);
      return;
    }
  row.own_session = fare_log_intern (log, id);
  row.cluster = hash_root (reading, id);
  row.sub = hash_call (record);
  row.model = fare_log_intern_model (log, fare_provider_guess (model, "xai"), model);
  if (session != NULL && session->is_subagent)
    row.flags |= FARE_ROW_HELPER;
  if (!fare_log_add_row (log, &row)
      || !g_hash_table_add (reading->told, GUINT_TO_POINTER (row.own_session)))
    return;
  fare_log_add_fact (log, row.own_session, FARE_FACT_PRESENT, 0, offset, 0);
  if (session != NULL)
    fare_grok_session_add_facts (session, log, row.own_session);
}

static void
read_line (Reading    *reading,
           const char *line,
           gsize       length,
           gint64      offset)
{
  Record record;

  if (memmem (line, length, "inference_done", strlen ("inference_done")) == NULL
      && memmem (line, length, "\"model", strlen ("\"model")) == NULL)
    return;
  if (!read_record (&record, line, length))
    {
      fare_log_malformed (reading->log, offset);
      return;
    }
  if (fare_span_equal (&record.message, "shell.turn.inference_done"))
    take_call (reading, &record, offset);
  else if (record.message.length >= strlen ("model")
           && memcmp (record.message.text, "model", strlen ("model")) == 0
           && record.model.length > 0 && record.process.length > 0)
    g_hash_table_replace (reading->models,
                          g_strndup (record.process.text, record.process.length),
                          fare_span_dup (&record.model, 0));
}

static gboolean
read_log (FareLog  *log,
          GError  **error)
{
  g_autoptr(GHashTable) folders = map_sessions (log->path);
  g_autoptr(GHashTable) sessions = NULL;
  g_autoptr(GHashTable) models = NULL;
  g_autoptr(GHashTable) told = g_hash_table_new (NULL, NULL);
  Reading reading = { .log = log, .folders = folders, .told = told };
  const char *line;
  gsize length;
  gint64 offset;

  reading.sessions = sessions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                       (GDestroyNotify) fare_grok_session_free);
  reading.models = models = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  while (fare_log_next_line (log, &line, &length, &offset))
    read_line (&reading, line, length, offset);

  return TRUE;
}

/* Read as a whole: what a call needs may stand far before it, and in files that change with it. */
const FareFormat fare_format_grok_log = {
  .id = "grok",
  .claims = claims,
  .list_roots = list_roots,
  .max_depth = 1,
  .list_companions = list_companions,
  .read = read_log,
  .fold = fare_grok_fold,
  .is_document = TRUE,
};
