/* fare-http-session-rows.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-http-session-rows.h"

#include <string.h>

#include "accounting/fare-query.h"
#include "base/fare-text.h"
#include "fare-http-json.h"
#include "fare-http-rows.h"

#define NAME_LENGTH 96
#define ID_LENGTH 8

static const FareHttpSessionTool tools[] = {
  { "codex", "Codex" },
  { "claude", "Claude Code" },
  { "opencode", "OpenCode" },
  { "pi_agent", "Pi" },
  { "mimo", "Mimo" },
  { "kimi", "Kimi" },
  { "dsh", "DeepSeek Harness" },
  { "reasonix", "Reasonix" },
  { "zcode", "ZCode" },
};

typedef struct
{
  FareHttpQuestion *question;
  const FareQuery  *query;
  gboolean          with_reviews;
  GHashTable       *sessions;   /* id → FareHttpSession */
} List;

const FareHttpSessionTool *
fare_http_session_tools_get (guint *n_tools)
{
  *n_tools = G_N_ELEMENTS (tools);
  return tools;
}

const char *
fare_http_session_tool_get_label (const char *client)
{
  for (guint i = 0; i < G_N_ELEMENTS (tools); i++)
    {
      if (g_str_equal (client, tools[i].tool))
        return tools[i].label;
    }

  return fare_text_client (client);
}

static void
add_entry (List                *self,
           const FareHttpEntry *entry)
{
  FareTally part = { .sums = entry->sums };
  gint64 tokens = fare_usage_total (&entry->sums.usage);
  FareHttpSession *session;

  if (entry->session->is_review && !self->with_reviews)
    return;

  session = g_hash_table_lookup (self->sessions, GUINT_TO_POINTER (entry->session->id));
  if (session == NULL)
    {
      session = g_new0 (FareHttpSession, 1);
      session->info = entry->session;
      g_hash_table_insert (self->sessions, GUINT_TO_POINTER (entry->session->id), session);
    }

  fare_tally_join (&session->tally, &part);
  if (session->model == NULL || tokens > session->model_tokens)
    {
      session->model = entry->model;
      session->model_tokens = tokens;
    }
}

static gboolean
bucket_cb (const FareBucket *bucket,
           gpointer          user_data)
{
  List *self = user_data;
  FareHttpSession *session = g_hash_table_lookup (self->sessions,
                                                  GUINT_TO_POINTER (bucket->session->id));

  if (session != NULL && fare_query_wants_machine (self->query, bucket->machine))
    session->events += bucket->events;

  return TRUE;
}

static gboolean
row_cb (const FareRow *row,
        gpointer       user_data)
{
  FareHttpSession *session = user_data;

  if (session->first_ms == 0)
    session->first_ms = row->event_ms;
  session->last_ms = row->event_ms;
  return TRUE;
}

/* With the machine it was on, which a row alone does not tell. */
typedef struct
{
  const FareQuery *query;
  FareHttpSession *session;
} Times;

static gboolean
event_cb (const FareEventRow *event,
          gpointer            user_data)
{
  Times *self = user_data;
  FareHttpSession *session = self->session;

  if (!fare_query_wants_machine (self->query, event->machine))
    return TRUE;

  if (session->first_ms == 0)
    session->first_ms = event->time_ms;
  session->last_ms = event->time_ms;
  return TRUE;
}

/* Only of a session that reaches over an edge of the span, or may be on several machines, its rows have
 * to be looked at. */
static gboolean
find_times (List             *self,
            FareHttpSession  *session,
            GError          **error)
{
  const FareSessionInfo *info = session->info;
  Times times = { self->query, session };

  if (self->query->machines != NULL)
    return fare_index_reader_foreach_event (self->question->reader, self->query->from_ms,
                                            self->query->to_ms, info, event_cb, &times, error);

  if (info->first_ms >= self->query->from_ms && info->last_ms < self->query->to_ms)
    {
      session->first_ms = info->first_ms;
      session->last_ms = info->last_ms;
      return TRUE;
    }

  return fare_index_reader_foreach_row (self->question->reader, self->query->from_ms,
                                        self->query->to_ms, info->id, row_cb, session, error);
}

/* The sessions of a span that are no reviews, or have none. */
typedef struct
{
  const FareQuery *query;
  GStrvBuilder    *uids;
  gboolean         has_reviews;
} Others;

static gboolean
other_cb (const FareSessionInfo *session,
          gpointer               user_data)
{
  Others *self = user_data;

  if (session->is_review)
    self->has_reviews = TRUE;
  else if (session->first_ms < self->query->to_ms && session->last_ms >= self->query->from_ms)
    g_strv_builder_add (self->uids, session->uid);

  return TRUE;
}

FareActiveTimes *
fare_http_active_times_new (FareHttpQuestion  *question,
                            const FareQuery   *query,
                            gboolean           with_reviews,
                            GError           **error)
{
  g_autoptr(GStrvBuilder) uids = g_strv_builder_new ();
  g_auto(GStrv) sessions = NULL;
  Others others = { query, uids, FALSE };
  FareQuery own = *query;

  if (!with_reviews
      && !fare_index_reader_foreach_session (question->reader, other_cb, &others, error))
    return NULL;

  if (others.has_reviews)
    {
      /* No session has an empty id, so that none stands for none. */
      g_strv_builder_add (uids, "");
      sessions = g_strv_builder_end (uids);
      own.sessions = sessions;
    }

  return fare_active_times_new (question->reader, &own, FARE_ACTIVE_CAP_MS, question->cancellable,
                                error);
}

static int
compare_sessions (gconstpointer a,
                  gconstpointer b)
{
  const FareHttpSession *first = *(FareHttpSession * const *) a;
  const FareHttpSession *second = *(FareHttpSession * const *) b;
  gint64 tokens = fare_usage_total (&first->tally.sums.usage);
  gint64 other_tokens = fare_usage_total (&second->tally.sums.usage);

  if (first->last_ms != second->last_ms)
    return first->last_ms > second->last_ms ? -1 : 1;
  if (tokens != other_tokens)
    return tokens > other_tokens ? -1 : 1;

  return strcmp (first->info->uid, second->info->uid);
}

static gboolean
complete (List                   *self,
          const FareActiveTimes  *times,
          GPtrArray              *list,
          GError                **error)
{
  GHashTableIter iter;
  FareHttpSession *session;

  if (!fare_index_reader_foreach_bucket (self->question->reader, self->query->from_ms,
                                         self->query->to_ms, bucket_cb, self, error))
    return FALSE;

  g_hash_table_iter_init (&iter, self->sessions);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &session))
    {
      const FareActiveTime *time = fare_active_times_find_session (times, session->info);

      if (!find_times (self, session, error))
        return FALSE;

      fare_tally_finish (&session->tally);
      if (time != NULL)
        session->time = *time;
      g_ptr_array_add (list, g_memdup2 (session, sizeof *session));
    }

  g_ptr_array_sort (list, compare_sessions);
  return TRUE;
}

GPtrArray *
fare_http_sessions_list (FareHttpQuestion       *question,
                         const FareQuery        *query,
                         const FareActiveTimes  *times,
                         gboolean                with_reviews,
                         GError                **error)
{
  g_autoptr(GHashTable) sessions = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) entries = fare_http_ledger_new (question, query, FARE_HTTP_SPLIT_SESSION,
                                                       error);
  List self = { question, query, with_reviews, sessions };

  if (entries == NULL)
    return NULL;

  for (guint i = 0; i < entries->len; i++)
    add_entry (&self, entries->pdata[i]);

  return complete (&self, times, list, error) ? g_steal_pointer (&list) : NULL;
}

/* The last part of a path. */
static char *
get_last_part (const char *path)
{
  g_autofree char *base = *path != '\0' ? g_path_get_basename (path) : NULL;

  if (base == NULL || g_str_equal (base, "/") || g_str_equal (base, "."))
    return g_strdup ("unknown");

  return g_utf8_make_valid (base, -1);
}

/* One line, not too long. */
static char *
shorten (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_auto(GStrv) words = g_strsplit_set (valid, " \t\r\n\v\f", -1);
  GString *line = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    {
      if (*words[i] != '\0')
        g_string_append_printf (line, "%s%s", line->len > 0 ? " " : "", words[i]);
    }

  if (g_utf8_strlen (line->str, -1) > NAME_LENGTH)
    {
      g_string_truncate (line, (gsize) (g_utf8_offset_to_pointer (line->str, NAME_LENGTH)
                                        - line->str));
      g_string_append (line, "…");
    }

  return g_string_free (line, FALSE);
}

static char *
get_display_name (const FareSessionInfo *info,
                  const char            *project)
{
  g_autofree char *title = shorten (info->title);

  if (*title != '\0')
    return g_steal_pointer (&title);
  if (*info->project != '\0')
    return shorten (project);

  return g_strndup (info->uid, MIN (strlen (info->uid), ID_LENGTH));
}

JsonObject *
fare_http_session_to_row (const FareHttpSession *self)
{
  const FareSums *sums = &self->tally.sums;
  gint64 tokens = fare_usage_total (&sums->usage);
  g_autofree char *project = get_last_part (self->info->project);
  g_autofree char *name = get_display_name (self->info, project);
  JsonObject *row = json_object_new ();

  json_object_set_string_member (row, "tool", fare_http_tool_from_client (self->info->client));
  fare_http_json_set_text (row, "session_id", self->info->uid);
  fare_http_json_set_text (row, "display_name", name);
  fare_http_json_set_text (row, "project", project);
  json_object_set_boolean_member (row, "is_review_session", self->info->is_review);
  fare_http_json_set_text (row, "model", self->model->name);
  json_object_set_int_member (row, "token_events", self->events);
  json_object_set_int_member (row, "tokens_in", fare_http_usage_get_input (&sums->usage));
  json_object_set_int_member (row, "tokens_cache", sums->usage.cache_read);
  json_object_set_int_member (row, "tokens_out", sums->usage.output);
  json_object_set_int_member (row, "tokens_reasoning", sums->usage.reasoning);
  json_object_set_int_member (row, "tokens", tokens);
  json_object_set_double_member (row, "cache_ratio",
                                 tokens > 0 ? (double) sums->usage.cache_read / (double) tokens
                                            : 0.0);
  fare_http_json_set_rate (row, "cache_hit_rate", fare_usage_hit_rate (&sums->usage));
  json_object_set_double_member (row, "cost", sums->cost);
  json_object_set_int_member (row, "unpriced_tokens", sums->unpriced_tokens);
  fare_http_json_set_utc_time (row, "started_at", self->first_ms);
  fare_http_json_set_utc_time (row, "last_seen_at", self->last_ms);
  json_object_set_int_member (row, "span_ms", self->time.span_ms);
  json_object_set_int_member (row, "active_ms", self->time.active_ms);
  json_object_set_int_member (row, "active_ms_sum", self->time.sum_ms);
  return row;
}

void
fare_http_session_set_method (JsonObject *object)
{
  json_object_set_int_member (object, "active_gap_cap_ms", FARE_ACTIVE_CAP_MS);
  json_object_set_boolean_member (object, "active_time_estimated", TRUE);
  json_object_set_string_member (object, "active_time_method", FARE_HTTP_ACTIVE_METHOD);
}
