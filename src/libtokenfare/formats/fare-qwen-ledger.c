/* fare-qwen-ledger.c
 *
 * usage_record.jsonl holds a summary of each session that ended or was deleted; the
 * last one of a session stands.  What all readers of Qwen Code share is here too, and
 * its chats of old.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "formats/fare-format-qwen.h"

#include <string.h>

#include "base/fare-hash.h"
#include "base/fare-instant.h"
#include "formats/fare-format-gemini.h"
#include "formats/fare-parts.h"
#include "formats/fare-provider.h"

#define MAX_DEPTH 8

/* Thoughts are outside the candidates exactly where the total says so (Gemini's way), and without
 * a total where they could not be inside. */
void
fare_qwen_fill_usage (FareUsage            *usage,
                      const FareQwenCounts *counts)
{
  gint64 sum = counts->prompt + counts->candidates + counts->thoughts;
  gboolean is_outside = counts->total != 0 ? counts->total == sum
                                           : counts->thoughts > counts->candidates;

  usage->cache_read = MIN (counts->cached, counts->prompt);
  usage->input = counts->prompt - usage->cache_read;
  usage->output = counts->candidates + (is_outside ? counts->thoughts : 0);
  usage->reasoning = MIN (counts->thoughts, usage->output);
}

const char *
fare_qwen_find_provider (const char *model)
{
  static const struct { const char *part; const char *provider; } parts[] = {
    { "qwen", "alibaba" }, { "qwq", "alibaba" }, { "qvq", "alibaba" },
    { "coder-model", "alibaba" }, { "vision-model", "alibaba" },
    { "deepseek", "deepseek" }, { "kimi", "moonshotai" }, { "glm", "zai" },
    { "minimax", "minimax" }, { "mistral", "mistral" },
  };
  g_autofree char *name = g_ascii_strdown (model, -1);

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (strstr (name, parts[i].part) != NULL)
      return parts[i].provider;

  return fare_provider_guess (name, "");
}

/* QWEN_HOME moves everything, QWEN_RUNTIME_DIR only sessions; QWEN_DATA_DIR, which other programs
 * know, names further folders like ~/.qwen. */
GStrv
fare_qwen_list_folders (FarePaths  *paths,
                        const char *name,
                        gboolean    is_session)
{
  g_autoptr(GStrvBuilder) roots = g_strv_builder_new ();
  const char *home = fare_paths_get_env (paths, "QWEN_HOME");
  const char *base = is_session ? fare_paths_get_env (paths, "QWEN_RUNTIME_DIR") : NULL;
  const char *more = fare_paths_get_env (paths, "QWEN_DATA_DIR");
  g_autofree char *list = NULL;
  g_auto(GStrv) folders = NULL;

  if (base == NULL)
    base = home != NULL ? home : "~/.qwen";
  list = g_strjoin (",", base, more, NULL);
  folders = fare_paths_expand (paths, list);
  for (guint i = 0; folders[i] != NULL; i++)
    {
      g_autofree char *root = g_build_filename (folders[i], name, NULL);

      g_strv_builder_add (roots, root);
    }

  return g_strv_builder_end (roots);
}

/* Where marks and ledger rows of a session come together. */
static gint64
make_session_cluster (const char *session)
{
  guint64 hash = fare_hash_bytes (FARE_HASH_SEED, "session\0", sizeof "session\0");

  return fare_hash_finish (fare_hash_bytes (hash, session, strlen (session)));
}

void
fare_qwen_mark_session (FareLog       *log,
                        const FareRow *row)
{
  FareRow mark = {
    .cluster = make_session_cluster (fare_log_text (log, row->own_session)),
    .sub = 1,
    .own_ms = row->own_ms,
    .value_ms = row->own_ms,
    .offset = row->offset,
    .own_session = row->own_session,
    .model = row->model,
  };

  /* fare_log_add_row() leaves out what has no use. */
  g_array_append_val (log->rows, mark);
}

typedef struct
{
  FareSpan session;
  FareSpan project;
  FareSpan models; /* raw */
  gint64   time_ms;
} Summary;

static gboolean
claims (const char *name)
{
  return g_str_equal (name, "usage_record.jsonl");
}

static GStrv
list_roots (FarePaths *paths)
{
  return fare_qwen_list_folders (paths, NULL, FALSE);
}

static void
read_model (FarePull       *pull,
            FareQwenCounts *counts,
            gint64         *requests)
{
  FareSpan key;

  if (!fare_pull_enter (pull, '{'))
    return;
  while (fare_pull_next_member (pull, &key))
    {
      if (fare_span_equal (&key, "requests"))
        *requests = fare_pull_count (pull);
      else if (fare_span_equal (&key, "inputTokens"))
        counts->prompt = fare_parts_count (pull);
      else if (fare_span_equal (&key, "outputTokens"))
        counts->candidates = fare_parts_count (pull);
      else if (fare_span_equal (&key, "cachedTokens"))
        counts->cached = fare_parts_count (pull);
      else if (fare_span_equal (&key, "thoughtsTokens"))
        counts->thoughts = fare_parts_count (pull);
      else if (fare_span_equal (&key, "totalTokens"))
        counts->total = fare_parts_count (pull);
      else
        fare_pull_skip (pull);
    }
}

/* Returns the session's rows, one for each model. */
static GArray *
read_models (FareLog       *log,
             const Summary *summary,
             guint32        session,
             gint64         offset)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (FareRow));
  FarePull pull;
  FareSpan name;

  fare_pull_init (&pull, summary->models.text, summary->models.length);
  if (summary->models.length == 0 || !fare_pull_enter (&pull, '{'))
    return rows;
  while (fare_pull_next_member (&pull, &name))
    {
      FareRow row = { .offset = offset, .own_ms = summary->time_ms, .lines = 1 };
      FareQwenCounts counts = { 0 };
      gint64 requests = 0;
      g_autofree char *model = fare_span_dup (&name, 0);

      read_model (&pull, &counts, &requests);
      fare_qwen_fill_usage (&row.usage, &counts);
      row.cluster = make_session_cluster (fare_log_text (log, session));
      row.sub = fare_span_hash (&name);
      if (row.sub == 0)
        row.sub = 1;
      row.own_session = session;
      row.model = fare_log_intern_model (log, fare_qwen_find_provider (model),
                                         *model != '\0' ? model : "unknown");
      row.messages = (guint32) CLAMP (requests, 1, G_MAXINT32);
      g_array_append_val (rows, row);
    }

  return rows;
}

static void
read_time (FarePull *pull,
           gint64   *time_ms)
{
  FareSpan text;

  if (fare_pull_peek (pull) != '"')
    fare_parts_instant (pull, 1, time_ms);
  else if (fare_pull_string (pull, &text)
           && !fare_instant_parse (text.text, text.length, time_ms))
    *time_ms = 0;
}

static gboolean
read_summary (const char *line,
              gsize       length,
              Summary    *summary)
{
  FarePull pull;
  FareSpan key;

  fare_pull_init (&pull, line, length);
  if (!fare_pull_enter (&pull, '{'))
    return FALSE;
  while (fare_pull_next_member (&pull, &key))
    {
      if (fare_span_equal (&key, "sessionId"))
        fare_pull_string (&pull, &summary->session);
      else if (fare_span_equal (&key, "project"))
        fare_pull_string (&pull, &summary->project);
      else if (fare_span_equal (&key, "timestamp"))
        read_time (&pull, &summary->time_ms);
      else if (fare_span_equal (&key, "models"))
        summary->models = fare_pull_raw (&pull);
      else
        fare_pull_skip (&pull);
    }

  return fare_pull_at_end (&pull) && summary->session.length > 0 && summary->time_ms != 0;
}

static gboolean
read_ledger (FareLog  *log,
             GError  **error)
{
  g_autoptr(GHashTable) sessions = NULL;
  GHashTableIter iter;
  gpointer rows;
  const char *line;
  gsize length;
  gint64 offset;

  sessions = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_array_unref);
  while (fare_log_next_line (log, &line, &length, &offset))
    {
      Summary summary = { .session = { "", 0 } };
      guint32 session;

      if (!read_summary (line, length, &summary))
        {
          fare_log_malformed (log, offset);
          continue;
        }
      session = fare_log_intern_span (log, &summary.session, NULL);
      fare_log_add_fact (log, session, FARE_FACT_PRESENT, 0, 0, 0);
      if (summary.project.length > 0)
        fare_log_add_fact (log, session, FARE_FACT_PROJECT, FARE_QWEN_PROJECT_LEDGER, -offset,
                           fare_log_intern_span (log, &summary.project, NULL));
      log->repeated += g_hash_table_contains (sessions, GUINT_TO_POINTER (session));
      g_hash_table_insert (sessions, GUINT_TO_POINTER (session),
                           read_models (log, &summary, session, offset));
    }
  g_hash_table_iter_init (&iter, sessions);
  while (g_hash_table_iter_next (&iter, NULL, &rows))
    for (guint i = 0; i < ((GArray *) rows)->len; i++)
      fare_log_add_row (log, &g_array_index ((GArray *) rows, FareRow, i));

  return TRUE;
}

static gboolean
claims_old (const char *name)
{
  return g_str_has_prefix (name, "session-") && g_str_has_suffix (name, ".json");
}

static GStrv
list_old_roots (FarePaths *paths)
{
  return fare_qwen_list_folders (paths, "tmp", TRUE);
}

static gboolean
read_old (FareLog  *log,
          GError  **error)
{
  g_autoptr(GHashTable) marked = g_hash_table_new (NULL, NULL);
  guint n_rows;

  if (!fare_gemini_read_document (log, fare_qwen_find_provider, error))
    return FALSE;
  n_rows = log->rows->len;
  for (guint i = 0; i < n_rows; i++)
    {
      FareRow row = g_array_index (log->rows, FareRow, i);

      if (g_hash_table_add (marked, GUINT_TO_POINTER (row.own_session)))
        fare_qwen_mark_session (log, &row);
    }

  return TRUE;
}

const FareFormat fare_format_qwen_ledger = {
  .id = "qwen",
  .claims = claims,
  .list_roots = list_roots,
  .max_depth = 1,
  .read = read_ledger,
  .fold = fare_qwen_fold,
  .is_document = TRUE, /* the last record of a session may be far from the one before */
};

const FareFormat fare_format_qwen_old = {
  .id = "qwen",
  .claims = claims_old,
  .list_roots = list_old_roots,
  .max_depth = MAX_DEPTH,
  .list_companions = fare_gemini_list_companions,
  .read = read_old,
  .fold = fare_qwen_fold,
  .is_document = TRUE,
};
