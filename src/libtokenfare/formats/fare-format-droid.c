/* fare-format-droid.c
 *
 * A session's settings hold its running counters, rewritten at every turn: the whole
 * session is one row, as nothing says when its tokens were used.  Its own counters are
 * taken, not those that include its children, which have files of their own.
 *
 * Assumed, as others do: thinking tokens are billed on top of the output.  Credits are
 * no money and not stored.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "formats/fare-format-droid.h"

#include <string.h>
#include <sys/stat.h>

#include "base/fare-hash.h"
#include "base/fare-instant.h"
#include "formats/fare-parts.h"
#include "formats/fare-provider.h"

#define SUFFIX ".settings.json"

/* Ranks of titles, best first. */
enum
{
  TITLE_LOGGED,
  TITLE_PROMPT
};

typedef struct
{
  FareSpan  model;
  FareSpan  provider;
  FareSpan  parent;
  gint64    time_ms;
  gboolean  has_own;
  gboolean  has_children;
  FareUsage own;
  FareUsage inclusive;
} Settings;

static gboolean
claims (const char *name)
{
  return g_str_has_suffix (name, SUFFIX) && strlen (name) > strlen (SUFFIX);
}

static GStrv
list_roots (FarePaths *paths)
{
  const char *override = fare_paths_get_env (paths, "DROID_SESSIONS_DIR");

  return fare_paths_expand (paths, override != NULL ? override : "~/.factory/sessions");
}

static char *
find_transcript (const char *path)
{
  g_autofree char *stem = g_strndup (path, strlen (path) - strlen (SUFFIX));

  return g_strconcat (stem, ".jsonl", NULL);
}

static GStrv
list_companions (const char *root,
                 const char *path)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *transcript = find_transcript (path);

  g_strv_builder_add (builder, transcript);

  return g_strv_builder_end (builder);
}

static gboolean
read_usage (FarePull  *pull,
            FareUsage *usage)
{
  FareSpan key;

  if (!fare_pull_enter (pull, '{'))
    return FALSE;
  while (fare_pull_next_member (pull, &key))
    {
      if (fare_span_equal (&key, "inputTokens"))
        usage->input = fare_parts_count (pull);
      else if (fare_span_equal (&key, "outputTokens"))
        usage->output = fare_parts_count (pull);
      else if (fare_span_equal (&key, "cacheCreationTokens"))
        usage->cache_write_5m = fare_parts_count (pull);
      else if (fare_span_equal (&key, "cacheReadTokens"))
        usage->cache_read = fare_parts_count (pull);
      else if (fare_span_equal (&key, "thinkingTokens"))
        usage->reasoning = fare_parts_count (pull);
      else
        fare_pull_skip (pull);
    }
  usage->output += usage->reasoning;

  return TRUE;
}

static gboolean
has_member (FarePull *pull)
{
  FareSpan key;
  gboolean found = FALSE;

  if (!fare_pull_enter (pull, '{'))
    return FALSE;
  while (fare_pull_next_member (pull, &key))
    {
      fare_pull_skip (pull);
      found = TRUE;
    }

  return found;
}

static void
read_caller (FarePull *pull,
             Settings *settings)
{
  FareSpan key;

  if (!fare_pull_enter (pull, '{'))
    return;
  while (fare_pull_next_member (pull, &key))
    {
      if (fare_span_equal (&key, "callingSessionId") && settings->parent.length == 0)
        fare_pull_string (pull, &settings->parent);
      else
        fare_pull_skip (pull);
    }
}

static void
read_tags (FarePull *pull,
           Settings *settings)
{
  FareSpan key;

  if (!fare_pull_enter (pull, '['))
    return;
  while (fare_pull_next_item (pull))
    {
      if (!fare_pull_enter (pull, '{'))
        continue;
      while (fare_pull_next_member (pull, &key))
        {
          if (fare_span_equal (&key, "metadata"))
            read_caller (pull, settings);
          else
            fare_pull_skip (pull);
        }
    }
}

/* FALSE when the document is not whole. */
static gboolean
read_settings (const char *text,
               gsize       length,
               Settings   *settings)
{
  FareSpan key, span;
  FarePull pull;

  fare_pull_init (&pull, text, length);
  if (!fare_pull_enter (&pull, '{'))
    return FALSE;
  while (fare_pull_next_member (&pull, &key))
    {
      if (fare_span_equal (&key, "tokenUsage"))
        settings->has_own = read_usage (&pull, &settings->own);
      else if (fare_span_equal (&key, "inclusiveTokenUsage"))
        read_usage (&pull, &settings->inclusive);
      else if (fare_span_equal (&key, "childInclusiveTokenUsageBySessionId"))
        settings->has_children = has_member (&pull);
      else if (fare_span_equal (&key, "tags"))
        read_tags (&pull, settings);
      else if (!fare_pull_string (&pull, &span))
        continue;
      else if (fare_span_equal (&key, "model"))
        settings->model = span;
      else if (fare_span_equal (&key, "providerLock"))
        settings->provider = span;
      else if (fare_span_equal (&key, "providerLockTimestamp")
               && !fare_instant_parse (span.text, span.length, &settings->time_ms))
        settings->time_ms = 0;
    }

  return fare_pull_at_end (&pull);
}

/* "Claude-Sonnet-4.6-[Proxy]-0", which the user may have named at will, → "claude-sonnet-4.6" */
static char *
clean_custom_model (const char *name)
{
  g_autoptr(GString) clean = g_string_new (NULL);
  gsize length = strlen (name), digits = 0;
  gboolean in_brackets = FALSE;

  while (digits < length && g_ascii_isdigit (name[length - 1 - digits]))
    digits++;
  if (digits > 0 && digits < length && name[length - 1 - digits] == '-')
    length -= digits + 1;
  for (gsize i = 0; i < length; i++)
    {
      char c = name[i];

      if (c == '[')
        in_brackets = TRUE;
      if (!in_brackets && !(c == '-' && (clean->len == 0 || clean->str[clean->len - 1] == '-')))
        g_string_append_c (clean, g_ascii_tolower (c));
      if (c == ']')
        in_brackets = FALSE;
    }
  while (clean->len > 0 && clean->str[clean->len - 1] == '-')
    g_string_truncate (clean, clean->len - 1);

  return g_string_free (g_steal_pointer (&clean), FALSE);
}

static guint32
find_model (FareLog                   *log,
            const Settings            *settings,
            const FareDroidTranscript *transcript)
{
  g_autofree char *model = fare_span_dup (&settings->model, 0);
  g_autofree char *provider = fare_span_dup (&settings->provider, 0);

  if (g_str_has_prefix (model, "custom:"))
    {
      char *clean = clean_custom_model (model + strlen ("custom:"));

      g_free (model);
      model = clean;
    }
  if (*model == '\0')
    {
      g_free (model);
      model = g_strdup (transcript->model != NULL ? transcript->model : "unknown");
    }

  return fare_log_intern_model (log, *provider != '\0' ? provider
                                                       : fare_provider_guess (model, ""), model);
}

/* The last resort; a copied file has another. */
static gint64
modified_ms (const char *path)
{
  struct stat info;

  return stat (path, &info) == 0 ? (gint64) info.st_mtim.tv_sec * 1000
                                   + info.st_mtim.tv_nsec / 1000000 : 0;
}

static void
add_facts (FareLog                   *log,
           guint32                    session,
           const Settings            *settings,
           const FareDroidTranscript *transcript)
{
  guint32 parent = fare_log_intern_span (log, &settings->parent, NULL);

  fare_log_add_fact (log, session, FARE_FACT_PRESENT, 0, 0, 0);
  if (transcript->title != 0)
    fare_log_add_fact (log, session, FARE_FACT_TITLE, TITLE_LOGGED, 0, transcript->title);
  if (transcript->prompt != 0)
    fare_log_add_fact (log, session, FARE_FACT_TITLE, TITLE_PROMPT, 0, transcript->prompt);
  if (transcript->project != 0)
    fare_log_add_fact (log, session, FARE_FACT_PROJECT, 0, 0, transcript->project);
  if (parent != 0)
    fare_log_add_fact (log, session, FARE_FACT_PARENT, 0, 0, parent);
}

static gboolean
read_log (FareLog  *log,
          GError  **error)
{
  g_auto(FareDroidTranscript) transcript = { 0 };
  g_autofree char *path = find_transcript (log->path);
  g_autofree char *name = g_path_get_basename (log->path);
  g_autofree char *text = NULL;
  Settings settings = { .model = { "", 0 }, .provider = { "", 0 }, .parent = { "", 0 } };
  FareRow row = { .sub = 1, .lines = 1, .messages = 1 };
  gsize length;

  if (!fare_log_read_document (log, &text, &length, error))
    return FALSE;
  if (!read_settings (text, length, &settings))
    return fare_parts_fail (error);
  if (settings.has_own)
    row.usage = settings.own;
  else if (!settings.has_children)
    row.usage = settings.inclusive;

  fare_droid_read_transcript (log, path, &transcript);
  name[strlen (name) - strlen (SUFFIX)] = '\0';
  row.own_session = fare_parts_intern_name (log, name);
  row.cluster = fare_hash_finish (fare_hash_bytes (FARE_HASH_SEED, name, strlen (name)));
  row.model = find_model (log, &settings, &transcript);
  row.own_ms = settings.time_ms != 0     ? settings.time_ms
               : transcript.time_ms != 0 ? transcript.time_ms
                                         : modified_ms (log->path);
  add_facts (log, row.own_session, &settings, &transcript);
  fare_log_add_row (log, &row);

  return TRUE;
}

/* Copies of a session, in an archive say, are earlier states of it: the largest is the newest. */
static void
fold (const FareFoldContext  *context,
      FareRow               **rows,
      guint                   n_rows)
{
  FareRow *best = rows[0];

  for (guint i = 0; i < n_rows; i++)
    {
      gint64 total = fare_usage_total (&rows[i]->usage), known = fare_usage_total (&best->usage);

      if (total > known
          || (total == known && fare_fold_compare_place (context, rows[i], best) < 0))
        best = rows[i];
    }
  for (guint i = 0; i < n_rows; i++)
    {
      fare_fold_single (rows[i]);
      if (rows[i] != best)
        rows[i]->role = FARE_ROLE_COPY;
    }
}

const FareFormat fare_format_droid = {
  .id = "droid",
  .claims = claims,
  .list_roots = list_roots,
  .list_companions = list_companions,
  .read = read_log,
  .fold = fold,
  .is_document = TRUE,
};
