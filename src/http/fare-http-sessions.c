/* fare-http-sessions.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-http-sessions.h"

#include "fare-http-error.h"
#include "fare-http-json.h"
#include "fare-http-rows.h"
#include "fare-http-session-rows.h"
#include "formats/fare-format.h"

/* Whether sessions of @client may be asked for: its logs are read, or they always could. */
static gboolean
is_session_client (const char *client)
{
  guint n_tools;
  const FareHttpSessionTool *tools = fare_http_session_tools_get (&n_tools);

  for (guint i = 0; i < n_tools; i++)
    {
      if (g_str_equal (client, tools[i].tool))
        return TRUE;
    }

  return fare_format_find (client) != NULL;
}

char *
fare_http_sessions_require_client (const FareHttpRequest  *request,
                                   const char             *fixed,
                                   GError                **error)
{
  const char *tool = fixed != NULL ? fixed : fare_http_request_require (request, "tool", error);
  g_autofree char *client = tool != NULL ? fare_http_tool_to_client (tool) : NULL;

  if (client == NULL || is_session_client (client))
    return g_steal_pointer (&client);

  g_set_error (error, FARE_HTTP_ERROR, FARE_HTTP_BAD_REQUEST, "Unsupported session tool: %s",
               client);
  return NULL;
}

/* What a summary of sessions says; their clock time is one, however many ran at a time. */
static JsonObject *
summarise (GPtrArray            *sessions,
           const FareActiveTime *time)
{
  JsonObject *summary = json_object_new ();
  FareTally total = { 0 };
  gint64 span_ms = 0;

  for (guint i = 0; i < sessions->len; i++)
    {
      const FareHttpSession *session = sessions->pdata[i];
      FareTally part = { .sums = session->tally.sums };

      fare_tally_join (&total, &part);
      span_ms += session->time.span_ms;
    }

  fare_tally_finish (&total);
  json_object_set_int_member (summary, "session_count", sessions->len);
  json_object_set_int_member (summary, "tokens", fare_usage_total (&total.sums.usage));
  json_object_set_double_member (summary, "cost", total.sums.cost);
  json_object_set_int_member (summary, "unpriced_tokens", total.sums.unpriced_tokens);
  json_object_set_int_member (summary, "active_ms", time->active_ms);
  json_object_set_int_member (summary, "active_ms_sum", time->sum_ms);
  json_object_set_int_member (summary, "span_ms", span_ms);
  fare_http_session_set_method (summary);
  return summary;
}

static JsonNode *
list_sessions (FareHttpQuestion  *question,
               const char        *fixed,
               GError           **error)
{
  const FareHttpRequest *request = question->request;
  g_autofree char *client = fare_http_sessions_require_client (request, fixed, error);
  char *clients[] = { client, NULL };
  gboolean with_reviews = FALSE;
  g_autoptr(FareActiveTimes) times = NULL;
  g_autoptr(GPtrArray) sessions = NULL;
  FareHttpSpan span;
  FareQuery query;
  JsonObject *answer;
  JsonArray *rows;

  if (client == NULL
      || !fare_http_request_get_boolean (request, "include_review_sessions", &with_reviews, error)
      || !fare_http_request_get_span (request, fixed == NULL, &span, error))
    return NULL;

  query = fare_http_question_get_query (question, span.range);
  query.clients = clients;
  times = fare_http_active_times_new (question, &query, with_reviews, error);
  sessions = times != NULL ? fare_http_sessions_list (question, &query, times, with_reviews, error)
                           : NULL;
  if (sessions == NULL)
    return NULL;

  answer = json_object_new ();
  rows = json_array_new ();
  for (guint i = 0; i < sessions->len; i++)
    json_array_add_object_element (rows, fare_http_session_to_row (sessions->pdata[i]));

  json_object_set_string_member (answer, "tool", fare_http_tool_from_client (client));
  json_object_set_string_member (answer, "tool_label", fare_http_session_tool_get_label (client));
  json_object_set_string_member (answer, "period", span.period);
  if (sessions->len > 0)
    json_object_set_object_member (answer, "latest_session",
                                   json_object_ref (json_array_get_object_element (rows, 0)));
  else
    json_object_set_null_member (answer, "latest_session");
  json_object_set_array_member (answer, "sessions", rows);
  json_object_set_object_member (answer, "summary",
                                 summarise (sessions, fare_active_times_get_total (times)));
  json_object_set_boolean_member (answer, "include_review_sessions", with_reviews);
  fare_http_question_set_end (question, answer);
  return fare_http_json_take_object (answer);
}

JsonNode *
fare_http_sessions_answer (FareHttpQuestion  *question,
                           GError           **error)
{
  return list_sessions (question, NULL, error);
}

JsonNode *
fare_http_codex_sessions_answer (FareHttpQuestion  *question,
                                 GError           **error)
{
  return list_sessions (question, "codex", error);
}
