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
#include "formats/fare-amp-thread.h"
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

/* A thread while it is gone through. */
typedef struct
{
  FareLog             *log;
  const FareAmpThread *thread;
  const char          *text;     /* the document */
  guint32              session;
  GArray              *messages; /* FareAmpMessage */
  GHashTable          *numbers;  /* messageId of an answer → FareAmpMessage */
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

/* A thread that names only a sum still was billed: as output, which is never too little. */
static void
use_total (FareAmpUse *use)
{
  if (fare_usage_total (&use->usage) == 0)
    use->usage.output = use->total;
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
read_messages (Reading *reading)
{
  FarePull pull;

  fare_pull_init (&pull, reading->thread->messages.text, reading->thread->messages.length);
  if (reading->thread->messages.length == 0 || !fare_pull_enter (&pull, '['))
    return;
  for (gint64 place = 0; fare_pull_next_item (&pull); place++)
    {
      FareAmpMessage message;

      if (!fare_amp_read_message (&pull, place, &message))
        continue;
      if (message.is_user)
        take_prompt (reading, &message.content, place);
      g_array_append_val (reading->messages, message);
    }
}

static gint64
message_time (const Reading        *reading,
              const FareAmpMessage *message)
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
add_row (Reading          *reading,
         const FareAmpUse *use,
         gint64            time_ms,
         gint64            cluster,
         const char       *where)
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
      FareAmpMessage *message = &g_array_index (reading->messages, FareAmpMessage, i);

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
      FareAmpMessage *message = &g_array_index (reading->messages, FareAmpMessage, i);

      if (message->is_assistant && !g_hash_table_contains (reading->numbers, &message->number))
        g_hash_table_insert (reading->numbers, &message->number, message);
    }
}

static gint64
entry_cluster (const Reading      *reading,
               const FareAmpEntry *entry)
{
  const char *thread = fare_log_text (reading->log, reading->session);
  guint64 hash = fare_hash_bytes (FARE_HASH_SEED, "ledger:", strlen ("ledger:"));

  if (entry->id.length > 0)
    return fare_hash_finish (fare_hash_int (hash, fare_span_hash (&entry->id)));
  hash = fare_hash_bytes (hash, thread, strlen (thread));
  hash = fare_hash_int (hash, entry->use.time_ms);

  return fare_hash_finish (fare_hash_int (hash, fare_span_hash (&entry->use.model)));
}

/* FALSE when the entry is of no use. */
static gboolean
take_entry (Reading      *reading,
            FareAmpEntry *entry)
{
  FareAmpUse *use = &entry->use;
  const FareAmpMessage *message = g_hash_table_lookup (reading->numbers, &entry->to);

  if (message != NULL && !use->has_read)
    use->usage.cache_read = message->use.usage.cache_read;
  if (message != NULL && !use->has_write)
    use->usage.cache_write_5m = message->use.usage.cache_write_5m;
  use_total (use);

  return add_row (reading, use, use->time_ms, entry_cluster (reading, entry), use->model.text);
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
    {
      FareAmpEntry entry;

      if (fare_amp_read_entry (&pull, &entry))
        is_used |= take_entry (reading, &entry);
    }

  return is_used;
}

static guint32
find_session (FareLog             *log,
              const FareAmpThread *thread)
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
  const FareAmpThread *thread = reading->thread;
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
  FareAmpThread thread;
  g_autoptr(GArray) messages = g_array_new (FALSE, FALSE, sizeof (FareAmpMessage));
  g_autoptr(GHashTable) numbers = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autofree char *text = NULL;
  Reading reading = { .log = log, .thread = &thread, .messages = messages, .numbers = numbers };
  gsize length;

  if (!fare_log_read_document (log, &text, &length, error))
    return FALSE;
  if (!fare_amp_read_thread (text, length, &thread))
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
