/* fare-http-active-time.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-http-active-time.h"

#include <string.h>

#include "fare-http-json.h"
#include "fare-http-session-rows.h"

/* Sessions by client. */
typedef struct
{
  gboolean    with_reviews;
  GHashTable *counts;  /* client → number, in a pointer */
} Counts;

static void
count_session (Counts              *self,
               const FareHttpEntry *entry,
               GHashTable          *seen)
{
  gpointer key = (gpointer) g_intern_string (entry->session->client);
  guint count = GPOINTER_TO_UINT (g_hash_table_lookup (self->counts, key));

  if ((entry->session->is_review && !self->with_reviews)
      || !g_hash_table_add (seen, GUINT_TO_POINTER (entry->session->id)))
    return;

  g_hash_table_insert (self->counts, key, GUINT_TO_POINTER (count + 1));
}

static gboolean
count_sessions (FareHttpQuestion  *question,
                const FareQuery   *query,
                Counts            *counts,
                GError           **error)
{
  g_autoptr(GPtrArray) entries = fare_http_ledger_new (question, query, FARE_HTTP_SPLIT_SESSION,
                                                       error);
  g_autoptr(GHashTable) seen = g_hash_table_new (NULL, NULL);

  if (entries == NULL)
    return FALSE;

  for (guint i = 0; i < entries->len; i++)
    count_session (counts, entries->pdata[i], seen);

  return TRUE;
}

static void
add_tool (JsonObject            *by_tool,
          const char            *client,
          const FareActiveTimes *times,
          const Counts          *counts)
{
  const FareActiveTime *time = fare_active_times_find_client (times, client);
  guint count = GPOINTER_TO_UINT (g_hash_table_lookup (counts->counts, g_intern_string (client)));
  JsonObject *row = json_object_new ();

  json_object_set_string_member (row, "tool_label", fare_http_session_tool_get_label (client));
  json_object_set_int_member (row, "session_count", count);
  json_object_set_int_member (row, "active_ms", time != NULL ? time->active_ms : 0);
  json_object_set_int_member (row, "active_ms_sum", time != NULL ? time->sum_ms : 0);
  json_object_set_object_member (by_tool, fare_http_tool_from_client (client), row);
}

/* The tools that are always there, then all others with sessions. */
static JsonObject *
list_tools (const FareActiveTimes *times,
            const Counts          *counts)
{
  JsonObject *by_tool = json_object_new ();
  g_autoptr(GList) clients = g_hash_table_get_keys (counts->counts);
  guint n_tools;
  const FareHttpSessionTool *tools = fare_http_session_tools_get (&n_tools);

  for (guint i = 0; i < n_tools; i++)
    add_tool (by_tool, tools[i].tool, times, counts);

  clients = g_list_sort (clients, (GCompareFunc) strcmp);
  for (GList *l = clients; l != NULL; l = l->next)
    {
      if (!json_object_has_member (by_tool, fare_http_tool_from_client (l->data)))
        add_tool (by_tool, l->data, times, counts);
    }

  return by_tool;
}

static JsonObject *
compare (FareHttpQuestion      *question,
         const FareHttpSpan    *span,
         const FareActiveTime  *now,
         gboolean               with_reviews,
         GError               **error)
{
  FareQuery query = fare_http_question_get_query (question, span->before);
  g_autoptr(FareActiveTimes) times = fare_http_active_times_new (question, &query, with_reviews,
                                                                 error);
  const FareActiveTime *before = times != NULL ? fare_active_times_get_total (times) : NULL;
  JsonObject *object;

  if (before == NULL)
    return NULL;

  object = json_object_new ();
  json_object_set_int_member (object, "active_ms_prev", before->active_ms);
  json_object_set_int_member (object, "active_ms_sum_prev", before->sum_ms);
  fare_http_json_set_change (object, "active_ms_pct", now->active_ms, before->active_ms);
  fare_http_json_set_change (object, "active_ms_sum_pct", now->sum_ms, before->sum_ms);
  return object;
}

JsonNode *
fare_http_active_time_answer (FareHttpQuestion  *question,
                              GError           **error)
{
  const FareHttpRequest *request = question->request;
  g_autoptr(GHashTable) counts = g_hash_table_new (NULL, NULL);
  Counts counted = { FALSE, counts };
  g_autoptr(FareActiveTimes) times = NULL;
  const FareActiveTime *total;
  JsonObject *answer, *comparison;
  FareHttpSpan span;
  FareQuery query;

  if (!fare_http_request_get_boolean (request, "include_review_sessions", &counted.with_reviews,
                                      error)
      || !fare_http_request_get_span (request, TRUE, &span, error))
    return NULL;

  query = fare_http_question_get_query (question, span.range);
  times = fare_http_active_times_new (question, &query, counted.with_reviews, error);
  if (times == NULL || !count_sessions (question, &query, &counted, error))
    return NULL;

  total = fare_active_times_get_total (times);
  comparison = compare (question, &span, total, counted.with_reviews, error);
  if (comparison == NULL)
    return NULL;

  answer = json_object_new ();
  json_object_set_string_member (answer, "period", span.period);
  json_object_set_int_member (answer, "active_ms", total->active_ms);
  json_object_set_int_member (answer, "active_ms_sum", total->sum_ms);
  json_object_set_object_member (answer, "comparison", comparison);
  json_object_set_object_member (answer, "by_tool", list_tools (times, &counted));
  json_object_set_array_member (answer, "unavailable_tools", json_array_new ());
  fare_http_session_set_method (answer);
  json_object_set_boolean_member (answer, "include_review_sessions", counted.with_reviews);
  fare_http_question_set_end (question, answer);
  return fare_http_json_take_object (answer);
}
