/* fare-format-amp.c
 *
 * A thread tells of its calls twice: in a ledger, which also has those made in the
 * background, and on its messages.  Where the ledger has anything it is used alone,
 * with the cache tokens that it lacks taken from the message it names.
 *
 * Credits are Amp's own unit and not stored.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "formats/fare-format-amp.h"

#include <string.h>

#include "base/fare-hash.h"
#include "base/fare-instant.h"
#include "formats/fare-parts.h"
#include "formats/fare-provider.h"

/* Ranks of titles, best first. */
enum
{
  TITLE_LOGGED,
  TITLE_PROMPT
};

/* The last moment of year 9999, and a message number that can be reckoned with. */
#define LAST_MS G_GINT64_CONSTANT (253402300799999)
#define MAX_MESSAGE G_GINT64_CONSTANT (1000000000)

/* What usage on a message or an entry of the ledger says. */
typedef struct
{
  FareSpan  model;
  FareUsage usage;
  gint64    total;
  gboolean  has_read;  /* the cache read is named and not null */
  gboolean  has_write;
  gint64    time_ms;   /* 0 when unknown */
} Use;

typedef struct
{
  gint64   number;     /* messageId, or the place in the array */
  gboolean is_assistant;
  gint64   sent_ms;
  Use      use;
} Message;

typedef struct
{
  FareSpan id;
  FareSpan title;
  FareSpan project;    /* a file:// URI */
  FareSpan messages;   /* raw JSON */
  FareSpan events;     /* raw JSON */
  gint64   created_ms;
} Thread;

/* A thread while it is gone through. */
typedef struct
{
  FareLog      *log;
  const Thread *thread;
  const char   *text;     /* the document */
  guint32       session;
  GArray       *messages; /* Message */
  GHashTable   *numbers;  /* messageId of an answer → Message */
} Reading;

static gboolean
claims (const char *name)
{
  return g_str_has_prefix (name, "T-") && g_str_has_suffix (name, ".json");
}

static void
add_sandboxes (FarePaths    *paths,
               GStrvBuilder *builder)
{
  g_autofree char *folder = g_build_filename (fare_paths_get_home (paths), ".var", "app", NULL);
  g_autoptr(GDir) apps = g_dir_open (folder, 0, NULL);
  const char *name;

  while (apps != NULL && (name = g_dir_read_name (apps)) != NULL)
    {
      g_autofree char *root = g_build_filename (folder, name, "data", "amp", "threads", NULL);

      if (g_file_test (root, G_FILE_TEST_IS_DIR))
        g_strv_builder_add (builder, root);
    }
}

static GStrv
list_roots (FarePaths *paths)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) homes = fare_paths_expand (paths, fare_paths_get_env (paths, "AMP_DATA_DIR"));

  for (guint i = 0; homes[i] != NULL; i++)
    {
      g_autofree char *root = g_build_filename (homes[i], "threads", NULL);

      g_strv_builder_add (builder, root);
    }
  if (homes[0] == NULL)
    {
      g_autofree char *root = g_build_filename (fare_paths_get_data_home (paths), "amp", "threads",
                                                NULL);

      g_strv_builder_add (builder, root);
      add_sandboxes (paths, builder);
    }

  return g_strv_builder_end (builder);
}

static gboolean
is_null (FarePull *pull)
{
  return fare_pull_peek (pull) == 'n';
}

static void
read_time (FarePull *pull,
           Use      *use)
{
  FareSpan text;

  if (!fare_pull_string (pull, &text)
      || !fare_instant_parse (text.text, text.length, &use->time_ms))
    use->time_ms = 0;
}

/* One member of usage or of an entry's tokens; both spellings stand in either. */
static gboolean
take_count (const FareSpan *key,
            FarePull       *pull,
            Use            *use)
{
  if (fare_span_equal (key, "inputTokens") || fare_span_equal (key, "input"))
    use->usage.input = fare_parts_count (pull);
  else if (fare_span_equal (key, "outputTokens") || fare_span_equal (key, "output"))
    use->usage.output = fare_parts_count (pull);
  else if (fare_span_equal (key, "cacheReadInputTokens"))
    {
      use->has_read = !is_null (pull);
      use->usage.cache_read = fare_parts_count (pull);
    }
  else if (fare_span_equal (key, "cacheCreationInputTokens"))
    {
      use->has_write = !is_null (pull);
      use->usage.cache_write_5m = fare_parts_count (pull);
    }
  else if (fare_span_equal (key, "totalTokens") || fare_span_equal (key, "total"))
    use->total = fare_parts_count (pull);
  else
    return FALSE;

  return TRUE;
}

static void
read_counts (FarePull *pull,
             Use      *use)
{
  FareSpan key;

  if (!fare_pull_enter (pull, '{'))
    return;
  while (fare_pull_next_member (pull, &key))
    if (!take_count (&key, pull, use))
      fare_pull_skip (pull);
}

static void
read_usage (FarePull *pull,
            Use      *use)
{
  FareSpan key;

  if (!fare_pull_enter (pull, '{'))
    return;
  while (fare_pull_next_member (pull, &key))
    {
      if (fare_span_equal (&key, "model"))
        fare_pull_string (pull, &use->model);
      else if (fare_span_equal (&key, "timestamp"))
        read_time (pull, use);
      else if (fare_span_equal (&key, "tokens"))
        read_counts (pull, use);
      else if (!take_count (&key, pull, use))
        fare_pull_skip (pull);
    }
}

/* A thread that names only a sum still was billed: as output, which is never too little. */
static void
use_total (Use *use)
{
  if (fare_usage_total (&use->usage) == 0)
    use->usage.output = use->total;
}

static gint64
read_sent (FarePull *pull)
{
  FareSpan key;
  gint64 sent_ms = 0;

  if (!fare_pull_enter (pull, '{'))
    return 0;
  while (fare_pull_next_member (pull, &key))
    {
      if (fare_span_equal (&key, "sentAt"))
        fare_parts_instant (pull, 1, &sent_ms);
      else
        fare_pull_skip (pull);
    }

  return sent_ms;
}

/* The first prompt may be the thread's title. */
static void
take_prompt (Reading        *reading,
             const FareSpan *content,
             gint64          place)
{
  guint32 title = fare_parts_title (reading->log, content, NULL);

  if (title != 0)
    fare_log_add_fact (reading->log, reading->session, FARE_FACT_TITLE, TITLE_PROMPT, place, title);
}

static void
read_message (Reading  *reading,
              FarePull *pull,
              gint64    place)
{
  FareSpan key, role = { "", 0 }, content = { "", 0 }, model = { "", 0 };
  Message message = { .number = place, .use = { .model = { "", 0 } } };
  Use own = { .model = { "", 0 } };

  if (!fare_pull_enter (pull, '{'))
    return;
  while (fare_pull_next_member (pull, &key))
    {
      if (fare_span_equal (&key, "role"))
        fare_pull_string (pull, &role);
      else if (fare_span_equal (&key, "messageId") && !is_null (pull))
        message.number = fare_parts_count (pull);
      else if (fare_span_equal (&key, "content"))
        content = fare_pull_raw (pull);
      else if (fare_span_equal (&key, "meta"))
        message.sent_ms = read_sent (pull);
      else if (fare_span_equal (&key, "usage"))
        read_usage (pull, &message.use);
      else if (fare_span_equal (&key, "model"))
        fare_pull_string (pull, &model);
      else if (fare_span_equal (&key, "timestamp"))
        read_time (pull, &own);
      else
        fare_pull_skip (pull);
    }
  if (message.use.model.length == 0)
    message.use.model = model;
  if (message.use.time_ms == 0)
    message.use.time_ms = own.time_ms;
  message.is_assistant = fare_span_equal (&role, "assistant");
  if (fare_span_equal (&role, "user"))
    take_prompt (reading, &content, place);
  g_array_append_val (reading->messages, message);
}

static void
read_messages (Reading *reading)
{
  FarePull pull;

  fare_pull_init (&pull, reading->thread->messages.text, reading->thread->messages.length);
  if (reading->thread->messages.length == 0 || !fare_pull_enter (&pull, '['))
    return;
  for (gint64 place = 0; fare_pull_next_item (&pull); place++)
    read_message (reading, &pull, place);
}

static gint64
message_time (const Reading *reading,
              const Message *message)
{
  gint64 created_ms = reading->thread->created_ms;

  if (message->use.time_ms != 0)
    return message->use.time_ms;
  if (message->sent_ms != 0)
    return message->sent_ms;
  if (created_ms == 0)
    return 0;

  return MIN (created_ms + MIN (message->number, MAX_MESSAGE) * 1000, LAST_MS);
}

/* Returns whether the row stands for a call. */
static gboolean
add_row (Reading       *reading,
         const Use     *use,
         gint64         time_ms,
         gint64         cluster,
         const char    *where)
{
  FareLog *log = reading->log;
  g_autofree char *model = fare_span_dup (&use->model, 0);
  FareRow row = { .cluster = cluster, .sub = 1, .own_ms = time_ms, .lines = 1, .messages = 1 };

  if (time_ms == 0 || use->model.length == 0)
    return FALSE;
  row.usage = use->usage;
  row.offset = where - reading->text;
  row.own_session = reading->session;
  row.model = fare_log_intern_model (log, fare_provider_guess (model, ""), model);

  return fare_log_add_row (log, &row);
}

static void
add_messages (Reading *reading)
{
  const char *thread = fare_log_text (reading->log, reading->session);
  guint64 hash = fare_hash_bytes (FARE_HASH_SEED, thread, strlen (thread));

  for (guint i = 0; i < reading->messages->len; i++)
    {
      Message *message = &g_array_index (reading->messages, Message, i);

      if (!message->is_assistant)
        continue;
      use_total (&message->use);
      add_row (reading, &message->use, message_time (reading, message),
               fare_hash_finish (fare_hash_int (hash, message->number)), message->use.model.text);
    }
}

/* The first message of a number stands for it. */
static void
number_messages (Reading *reading)
{
  for (guint i = 0; i < reading->messages->len; i++)
    {
      Message *message = &g_array_index (reading->messages, Message, i);

      if (message->is_assistant && !g_hash_table_contains (reading->numbers, &message->number))
        g_hash_table_insert (reading->numbers, &message->number, message);
    }
}

static gint64
entry_cluster (const Reading  *reading,
               const Use      *use,
               const FareSpan *id)
{
  const char *thread = fare_log_text (reading->log, reading->session);
  guint64 hash = fare_hash_bytes (FARE_HASH_SEED, "ledger:", strlen ("ledger:"));

  if (id->length > 0)
    return fare_hash_finish (fare_hash_int (hash, fare_span_hash (id)));
  hash = fare_hash_bytes (hash, thread, strlen (thread));
  hash = fare_hash_int (hash, use->time_ms);

  return fare_hash_finish (fare_hash_int (hash, fare_span_hash (&use->model)));
}

static gboolean
read_entry (Reading  *reading,
            FarePull *pull)
{
  FareSpan key, id = { "", 0 };
  Use use = { .model = { "", 0 } };
  gint64 to = -1;
  const Message *message;

  if (!fare_pull_enter (pull, '{'))
    return FALSE;
  while (fare_pull_next_member (pull, &key))
    {
      if (fare_span_equal (&key, "id"))
        fare_pull_string (pull, &id);
      else if (fare_span_equal (&key, "model"))
        fare_pull_string (pull, &use.model);
      else if (fare_span_equal (&key, "timestamp"))
        read_time (pull, &use);
      else if (fare_span_equal (&key, "tokens"))
        read_counts (pull, &use);
      else if (fare_span_equal (&key, "toMessageId") && !is_null (pull))
        to = fare_parts_count (pull);
      else
        fare_pull_skip (pull);
    }
  if (pull->failed || use.time_ms == 0)
    return FALSE;
  message = g_hash_table_lookup (reading->numbers, &to);
  if (message != NULL && !use.has_read)
    use.usage.cache_read = message->use.usage.cache_read;
  if (message != NULL && !use.has_write)
    use.usage.cache_write_5m = message->use.usage.cache_write_5m;
  use_total (&use);

  return add_row (reading, &use, use.time_ms, entry_cluster (reading, &use, &id), use.model.text);
}

/* Returns whether the ledger has anything of use. */
static gboolean
read_ledger (Reading *reading)
{
  gboolean is_used = FALSE;
  FarePull pull;

  fare_pull_init (&pull, reading->thread->events.text, reading->thread->events.length);
  if (reading->thread->events.length == 0 || !fare_pull_enter (&pull, '['))
    return FALSE;
  while (fare_pull_next_item (&pull))
    is_used |= read_entry (reading, &pull);

  return is_used;
}

static FareSpan
read_tree (FarePull *pull)
{
  FareSpan key, uri = { "", 0 };

  if (!fare_pull_enter (pull, '{'))
    return uri;
  while (fare_pull_next_member (pull, &key))
    {
      if (fare_span_equal (&key, "uri"))
        fare_pull_string (pull, &uri);
      else
        fare_pull_skip (pull);
    }

  return uri;
}

/* The first working directory on this machine. */
static void
read_trees (FarePull *pull,
            Thread   *thread)
{
  if (!fare_pull_enter (pull, '['))
    return;
  while (fare_pull_next_item (pull))
    {
      FareSpan uri = read_tree (pull);

      if (thread->project.length == 0 && uri.length > strlen ("file://")
          && memcmp (uri.text, "file://", strlen ("file://")) == 0)
        thread->project = uri;
    }
}

/* The value of @name in an object, as raw JSON. */
static FareSpan
read_member (FarePull   *pull,
             const char *name)
{
  FareSpan key, value = { "", 0 };

  if (!fare_pull_enter (pull, '{'))
    return value;
  while (fare_pull_next_member (pull, &key))
    {
      if (fare_span_equal (&key, name))
        value = fare_pull_raw (pull);
      else
        fare_pull_skip (pull);
    }

  return value;
}

static void
read_environment (FarePull *pull,
                  Thread   *thread)
{
  FareSpan initial = read_member (pull, "initial"), trees;
  FarePull inner;

  fare_pull_init (&inner, initial.text, initial.length);
  trees = initial.length > 0 ? read_member (&inner, "trees") : initial;
  fare_pull_init (&inner, trees.text, trees.length);
  if (trees.length > 0)
    read_trees (&inner, thread);
}

/* FALSE when the document is not whole. */
static gboolean
read_thread (const char *text,
             gsize       length,
             Thread     *thread)
{
  FarePull pull;
  FareSpan key;

  fare_pull_init (&pull, text, length);
  if (!fare_pull_enter (&pull, '{'))
    return FALSE;
  while (fare_pull_next_member (&pull, &key))
    {
      if (fare_span_equal (&key, "id"))
        fare_pull_string (&pull, &thread->id);
      else if (fare_span_equal (&key, "title"))
        fare_pull_string (&pull, &thread->title);
      else if (fare_span_equal (&key, "created"))
        fare_parts_instant (&pull, 1, &thread->created_ms);
      else if (fare_span_equal (&key, "env"))
        read_environment (&pull, thread);
      else if (fare_span_equal (&key, "messages"))
        thread->messages = fare_pull_raw (&pull);
      else if (fare_span_equal (&key, "usageLedger"))
        thread->events = read_member (&pull, "events");
      else
        fare_pull_skip (&pull);
    }

  return fare_pull_at_end (&pull);
}

static guint32
find_session (FareLog      *log,
              const Thread *thread)
{
  g_autofree char *name = g_path_get_basename (log->path);

  if (thread->id.length > 0)
    return fare_log_intern_span (log, &thread->id, NULL);
  name[strlen (name) - strlen (".json")] = '\0';

  return fare_parts_intern_name (log, name);
}

static void
add_facts (const Reading *reading)
{
  const Thread *thread = reading->thread;
  g_autofree char *uri = fare_span_dup (&thread->project, 0);
  g_autofree char *project = thread->project.length > 0 ? g_filename_from_uri (uri, NULL, NULL)
                                                        : NULL;
  guint32 title = fare_log_intern_title (reading->log, &thread->title);

  fare_log_add_fact (reading->log, reading->session, FARE_FACT_PRESENT, 0, 0, 0);
  if (title != 0)
    fare_log_add_fact (reading->log, reading->session, FARE_FACT_TITLE, TITLE_LOGGED, 0, title);
  if (project != NULL)
    fare_log_add_fact (reading->log, reading->session, FARE_FACT_PROJECT, 0, 0,
                       fare_parts_intern_name (reading->log, project));
}

static gboolean
read_log (FareLog  *log,
          GError  **error)
{
  Thread thread = {
    .id = { "", 0 }, .title = { "", 0 }, .project = { "", 0 }, .messages = { "", 0 },
    .events = { "", 0 },
  };
  g_autoptr(GArray) messages = g_array_new (FALSE, FALSE, sizeof (Message));
  g_autoptr(GHashTable) numbers = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autofree char *text = NULL;
  Reading reading = { .log = log, .thread = &thread, .messages = messages, .numbers = numbers };
  gsize length;

  if (!fare_log_read_document (log, &text, &length, error))
    return FALSE;
  if (!read_thread (text, length, &thread))
    return fare_parts_fail (error);
  reading.text = text;
  reading.session = find_session (log, &thread);
  add_facts (&reading);
  read_messages (&reading);
  number_messages (&reading);
  if (!read_ledger (&reading))
    add_messages (&reading);

  return TRUE;
}

const FareFormat fare_format_amp = {
  .id = "amp",
  .claims = claims,
  .list_roots = list_roots,
  .max_depth = 1,
  .read = read_log,
  .fold = fare_fold_by_key,
  .is_document = TRUE,
};
