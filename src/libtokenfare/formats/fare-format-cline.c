/* fare-format-cline.c
 *
 * Sessions of the current store: sessions/<id>/<id>.messages.json for the session itself,
 * one more file for each of its helpers, and <id>.json about it.  A fork repeats the
 * messages before it, ids and all; the session that was there first shows them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "formats/fare-format-cline.h"

#include <string.h>

#include "base/fare-hash.h"
#include "formats/fare-content.h"
#include "formats/fare-parts.h"
#include "formats/fare-provider.h"

#define SUFFIX ".messages.json"

/* Ranks of projects, best first. */
enum
{
  PROJECT_CWD,
  PROJECT_ROOT
};

typedef struct
{
  FareSpan title;
  FareSpan cwd;
  FareSpan root;
  FareSpan parent;
} Manifest;

typedef struct
{
  FareSpan id;
  FareSpan role;
  FareSpan model;
  FareSpan provider;
  FareSpan content;   /* raw JSON */
  gint64   time_ms;
  gint64   offset;    /* of the metrics */
  gboolean has_metrics;
  FareRow  row;       /* usage and cost */
} Message;

typedef struct
{
  FareLog    *log;
  const char *text;     /* the document */
  char       *stem;     /* of the file's name */
  guint32     session;
  gboolean    is_helper;
  gboolean    has_prompt;
} Reading;

static gboolean
claims (const char *name)
{
  return g_str_has_suffix (name, SUFFIX) && strlen (name) > strlen (SUFFIX);
}

GStrv
fare_cline_list_data_folders (FarePaths *paths)
{
  const char *data = fare_paths_get_env (paths, "CLINE_DATA_DIR");
  const char *home = fare_paths_get_env (paths, "CLINE_DIR");
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) homes = NULL;

  if (data != NULL)
    return fare_paths_expand (paths, data);
  homes = fare_paths_expand (paths, home != NULL ? home : "~/.cline");
  for (guint i = 0; homes[i] != NULL; i++)
    {
      g_autofree char *folder = g_build_filename (homes[i], "data", NULL);

      g_strv_builder_add (builder, folder);
    }

  return g_strv_builder_end (builder);
}

static GStrv
list_roots (FarePaths *paths)
{
  const char *override = fare_paths_get_env (paths, "CLINE_SESSION_DATA_DIR");
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) folders = NULL;

  if (override != NULL)
    return fare_paths_expand (paths, override);
  folders = fare_cline_list_data_folders (paths);
  for (guint i = 0; folders[i] != NULL; i++)
    {
      g_autofree char *root = g_build_filename (folders[i], "sessions", NULL);

      g_strv_builder_add (builder, root);
    }

  return g_strv_builder_end (builder);
}

static char *
find_manifest (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *id = g_path_get_basename (folder);
  g_autofree char *name = g_strconcat (id, ".json", NULL);

  return g_build_filename (folder, name, NULL);
}

static GStrv
list_companions (const char *root,
                 const char *path)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *manifest = find_manifest (path);

  g_strv_builder_add (builder, manifest);

  return g_strv_builder_end (builder);
}

void
fare_cline_set_cost (FareRow *row,
                     double   cost)
{
  /* Zero is "unknown" here. */
  if (cost > 0)
    fare_row_take_cost (row, cost);
}

static void
read_metrics (FarePull *pull,
              Message  *message)
{
  FareSpan key;
  FareUsage *usage = &message->row.usage;
  gint64 prompt = 0, cache_read = 0, cache_write = 0;
  double cost;

  if (!fare_pull_enter (pull, '{'))
    return;
  message->has_metrics = TRUE;
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
      else if (!fare_span_equal (&key, "cost"))
        fare_pull_skip (pull);
      else if (fare_pull_number (pull, &cost))
        fare_cline_set_cost (&message->row, cost);
    }
  usage->cache_read = MIN (cache_read, prompt);
  usage->cache_write_5m = MIN (cache_write, prompt - usage->cache_read);
  usage->input = prompt - usage->cache_read - usage->cache_write_5m;
}

static void
read_model (FarePull *pull,
            Message  *message)
{
  FareSpan key;

  if (!fare_pull_enter (pull, '{'))
    return;
  while (fare_pull_next_member (pull, &key))
    {
      if (fare_span_equal (&key, "id"))
        fare_pull_string (pull, &message->model);
      else if (fare_span_equal (&key, "provider"))
        fare_pull_string (pull, &message->provider);
      else
        fare_pull_skip (pull);
    }
}

static gboolean
read_message (const Reading *reading,
              FarePull      *pull,
              Message       *message)
{
  FareSpan key;

  if (!fare_pull_enter (pull, '{'))
    return FALSE;
  while (fare_pull_next_member (pull, &key))
    {
      if (fare_span_equal (&key, "id"))
        fare_pull_string (pull, &message->id);
      else if (fare_span_equal (&key, "role"))
        fare_pull_string (pull, &message->role);
      else if (fare_span_equal (&key, "ts"))
        fare_parts_instant (pull, 1, &message->time_ms);
      else if (fare_span_equal (&key, "modelInfo"))
        read_model (pull, message);
      else if (fare_span_equal (&key, "content"))
        message->content = fare_pull_raw (pull);
      else if (fare_span_equal (&key, "metrics"))
        {
          message->offset = key.text - reading->text;
          read_metrics (pull, message);
        }
      else
        fare_pull_skip (pull);
    }

  return !pull->failed;
}

static gboolean
is_legacy_warning (const FareSpan *text,
                   gpointer        user_data)
{
  static const char warning[] = "Warning: this is a legacy conversation";

  return text->length >= strlen (warning) && memcmp (text->text, warning, strlen (warning)) == 0;
}

/* A classic task that is opened again begins with one message for all that it used before; that was
 * counted from its own file. */
static void
take_prompt (Reading       *reading,
             const Message *message)
{
  FareLog *log = reading->log;
  FareSpan text;
  guint32 title;

  if (fare_content_find_text (&message->content, is_legacy_warning, NULL, &text))
    {
      g_array_set_size (log->rows, 0);
      log->newest_ms = 0;
      return;
    }
  if (reading->is_helper || reading->has_prompt)
    return;
  title = fare_parts_title (log, &message->content, NULL);
  if (title == 0)
    return;
  fare_log_add_fact (log, reading->session, FARE_FACT_TITLE, FARE_CLINE_TITLE_PROMPT, 0, title);
  reading->has_prompt = TRUE;
}

static gint64
identify (const Reading *reading,
          const Message *message,
          gint64         index)
{
  const char *session = fare_log_text (reading->log, reading->session);
  guint64 hash = fare_hash_bytes (FARE_HASH_SEED, "message:", strlen ("message:"));

  if (message->id.length > 0)
    return fare_hash_finish (fare_hash_int (hash, fare_span_hash (&message->id)));
  hash = fare_hash_bytes (hash, session, strlen (session) + 1);
  hash = fare_hash_bytes (hash, reading->stem, strlen (reading->stem) + 1);

  return fare_hash_finish (fare_hash_int (hash, index));
}

static void
take_response (const Reading *reading,
               Message       *message,
               gint64         index)
{
  g_autofree char *model = fare_span_dup (&message->model, 0);
  g_autofree char *provider = fare_span_dup (&message->provider, 0);
  FareRow *row = &message->row;

  if (!message->has_metrics || message->time_ms == 0)
    return;
  row->cluster = identify (reading, message, index);
  row->sub = 1;
  row->own_ms = message->time_ms;
  row->offset = message->offset;
  row->own_session = reading->session;
  row->model = fare_log_intern_model (reading->log, *provider != '\0'
                                                    ? provider : fare_provider_guess (model, ""),
                                      *model != '\0' ? model : "unknown");
  row->lines = row->messages = 1;
  row->flags |= reading->is_helper ? FARE_ROW_HELPER : 0;
  row->flags |= *model == '\0' ? FARE_ROW_NO_MODEL : 0;
  fare_log_add_row (reading->log, row);
}

static void
read_messages (Reading        *reading,
               const FareSpan *messages)
{
  FarePull pull;

  fare_pull_init (&pull, messages->text, messages->length);
  if (messages->length == 0 || !fare_pull_enter (&pull, '['))
    return;
  for (gint64 index = 0; fare_pull_next_item (&pull); index++)
    {
      Message message = {
        .id = { "", 0 }, .role = { "", 0 }, .model = { "", 0 }, .provider = { "", 0 },
        .content = { "", 0 },
      };

      if (!read_message (reading, &pull, &message))
        continue;
      if (fare_span_equal (&message.role, "user"))
        take_prompt (reading, &message);
      else if (fare_span_equal (&message.role, "assistant"))
        take_response (reading, &message, index);
    }
}

static void
read_fork (FarePull *pull,
           Manifest *manifest)
{
  FareSpan key;

  if (!fare_pull_enter (pull, '{'))
    return;
  while (fare_pull_next_member (pull, &key))
    {
      if (fare_span_equal (&key, "forkedFromSessionId"))
        fare_pull_string (pull, &manifest->parent);
      else
        fare_pull_skip (pull);
    }
}

static void
read_metadata (FarePull *pull,
               Manifest *manifest)
{
  FareSpan key;

  if (!fare_pull_enter (pull, '{'))
    return;
  while (fare_pull_next_member (pull, &key))
    {
      if (fare_span_equal (&key, "title"))
        fare_pull_string (pull, &manifest->title);
      else if (fare_span_equal (&key, "fork"))
        read_fork (pull, manifest);
      else
        fare_pull_skip (pull);
    }
}

/* FALSE when it is broken: then nothing of it is believed. */
static gboolean
read_manifest (const char *text,
               gsize       length,
               Manifest   *manifest)
{
  FarePull pull;
  FareSpan key;

  fare_pull_init (&pull, text, length);
  if (!fare_pull_enter (&pull, '{'))
    return FALSE;
  while (fare_pull_next_member (&pull, &key))
    {
      if (fare_span_equal (&key, "cwd"))
        fare_pull_string (&pull, &manifest->cwd);
      else if (fare_span_equal (&key, "workspace_root"))
        fare_pull_string (&pull, &manifest->root);
      else if (fare_span_equal (&key, "metadata"))
        read_metadata (&pull, manifest);
      else
        fare_pull_skip (&pull);
    }

  return fare_pull_at_end (&pull);
}

static void
take_manifest (const Reading *reading)
{
  FareLog *log = reading->log;
  g_autofree char *path = find_manifest (log->path);
  gsize length = 0;
  g_autofree char *text = fare_parts_load (path, &length);
  Manifest manifest = {
    .title = { "", 0 }, .cwd = { "", 0 }, .root = { "", 0 }, .parent = { "", 0 },
  };

  if (text == NULL || !read_manifest (text, length, &manifest))
    return;
  fare_log_add_text (log, reading->session, FARE_FACT_TITLE, FARE_CLINE_TITLE_LOGGED, 0, &manifest.title);
  fare_log_add_text (log, reading->session, FARE_FACT_PROJECT, PROJECT_CWD, 0, &manifest.cwd);
  fare_log_add_text (log, reading->session, FARE_FACT_PROJECT, PROJECT_ROOT, 0, &manifest.root);
  fare_log_add_text (log, reading->session, FARE_FACT_PARENT, 0, 0, &manifest.parent);
  log->is_fork = manifest.parent.length > 0;
}

/* FALSE when the document is not whole. */
static gboolean
read_document (const char *text,
               gsize       length,
               FareSpan   *session,
               FareSpan   *messages)
{
  FarePull pull;
  FareSpan key;

  fare_pull_init (&pull, text, length);
  if (!fare_pull_enter (&pull, '{'))
    return FALSE;
  while (fare_pull_next_member (&pull, &key))
    {
      if (fare_span_equal (&key, "sessionId"))
        fare_pull_string (&pull, session);
      else if (fare_span_equal (&key, "messages"))
        *messages = fare_pull_raw (&pull);
      else
        fare_pull_skip (&pull);
    }

  return fare_pull_at_end (&pull);
}

static gboolean
read_log (FareLog  *log,
          GError  **error)
{
  g_autofree char *stem = g_path_get_basename (log->path);
  g_autofree char *folder = g_path_get_dirname (log->path);
  g_autofree char *id = g_path_get_basename (folder);
  g_autofree char *text = NULL;
  FareSpan session = { "", 0 }, messages = { "", 0 };
  Reading reading = { .log = log, .stem = stem };
  gsize length;

  if (!fare_log_read_document (log, &text, &length, error))
    return FALSE;
  if (!read_document (text, length, &session, &messages))
    return fare_parts_fail (error);
  stem[strlen (stem) - strlen (SUFFIX)] = '\0';
  reading.text = text;
  reading.session = session.length > 0 ? fare_log_intern_span (log, &session, NULL)
                                       : fare_parts_intern_name (log, id);
  reading.is_helper = fare_parts_intern_name (log, stem) != reading.session;

  fare_log_add_fact (log, reading.session, FARE_FACT_PRESENT, 0, 0, 0);
  fare_log_add_fact (log, reading.session, FARE_FACT_TITLE, FARE_CLINE_TITLE_ID, 0,
                     reading.session);
  take_manifest (&reading);
  read_messages (&reading, &messages);

  return TRUE;
}

void
fare_cline_fold (const FareFoldContext  *context,
                 FareRow               **rows,
                 guint                   n_rows)
{
  guint n_known = 0;

  for (guint i = 0; i < n_rows; i++)
    if (!(rows[i]->flags & FARE_ROW_NO_MODEL))
      {
        FareRow *row = rows[i];

        rows[i] = rows[n_known];
        rows[n_known++] = row;
      }
  if (n_known == 0)
    n_known = n_rows;
  fare_fold_by_key (context, rows, n_known);
  for (guint i = n_known; i < n_rows; i++)
    {
      fare_fold_single (rows[i]);
      rows[i]->role = FARE_ROLE_COPY;
    }
}

const FareFormat fare_format_cline = {
  .id = "cline",
  .claims = claims,
  .list_roots = list_roots,
  .max_depth = 2,
  .list_companions = list_companions,
  .read = read_log,
  .fold = fare_cline_fold,
  .is_document = TRUE,
};
