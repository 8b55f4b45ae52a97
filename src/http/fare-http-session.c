/* fare-http-session.c
 *
 * One session of fare-http-sessions.h.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-http-sessions.h"

#include "fare-http-error.h"
#include "fare-http-json.h"
#include "fare-http-rows.h"
#include "fare-http-session-rows.h"

typedef struct
{
  FareHttpQuestion *question;
  JsonArray        *turns;
} Turns;

static gboolean
turn_cb (const FareEventRow *event,
         gpointer            user_data)
{
  Turns *self = user_data;
  FarePrice price = fare_event_price (event, self->question->prices);
  gint64 tokens = fare_usage_total (&event->usage);
  JsonObject *turn = json_object_new ();

  json_object_set_int_member (turn, "turn_index", json_array_get_length (self->turns) + 1);
  fare_http_json_set_utc_time (turn, "timestamp", event->time_ms);
  fare_http_json_set_text (turn, "model", event->model->name);
  json_object_set_int_member (turn, "tokens_in", fare_http_usage_get_input (&event->usage));
  json_object_set_int_member (turn, "tokens_cache", event->usage.cache_read);
  json_object_set_int_member (turn, "tokens_out", event->usage.output);
  json_object_set_int_member (turn, "tokens_reasoning", event->usage.reasoning);
  json_object_set_int_member (turn, "tokens", tokens);
  fare_http_json_set_rate (turn, "cache_hit_rate", fare_usage_hit_rate (&event->usage));
  json_object_set_double_member (turn, "cost",
                                 price.reason == FARE_UNPRICED_NOT ? price.usd : 0.0);
  json_object_set_int_member (turn, "unpriced_tokens",
                              price.reason == FARE_UNPRICED_NOT ? 0 : tokens);
  json_array_add_object_element (self->turns, turn);
  return TRUE;
}

/* The client's session with this id. */
static const FareSessionInfo *
find_session (FareHttpQuestion  *question,
              const char        *client,
              const char        *uid,
              GError           **error)
{
  g_autoptr(GArray) numbers = g_array_new (FALSE, FALSE, sizeof (guint32));

  if (!fare_index_reader_find_uid (question->reader, uid, numbers, error))
    return NULL;

  for (guint i = 0; i < numbers->len; i++)
    {
      const FareSessionInfo *info
          = fare_index_reader_get_session (question->reader, g_array_index (numbers, guint32, i));

      if (info != NULL && g_str_equal (info->client, client))
        return info;
    }

  g_set_error (error, FARE_HTTP_ERROR, FARE_HTTP_NOT_FOUND, "%s session not found: %s",
               fare_http_session_tool_get_label (client), uid);
  return NULL;
}

static JsonObject *
new_row (FareHttpQuestion       *question,
         const FareSessionInfo  *info,
         GError                **error)
{
  char *clients[] = { (char *) info->client, NULL };
  char *uids[] = { (char *) info->uid, NULL };
  FareQuery query = {
    .from_ms = info->first_ms,
    .to_ms = info->last_ms + 1,
    .zone = question->request->zone,
    .clients = clients,
    .sessions = uids,
  };
  g_autoptr(FareActiveTimes) times = fare_http_active_times_new (question, &query, TRUE, error);
  g_autoptr(GPtrArray) sessions = NULL;

  if (times == NULL)
    return NULL;

  sessions = fare_http_sessions_list (question, &query, times, TRUE, error);
  if (sessions == NULL)
    return NULL;
  if (sessions->len == 0)
    {
      g_set_error (error, FARE_HTTP_ERROR, FARE_HTTP_NOT_FOUND, "%s session not found: %s",
                   fare_http_session_tool_get_label (info->client), info->uid);
      return NULL;
    }

  return fare_http_session_to_row (sessions->pdata[0]);
}

static JsonNode *
show_session (FareHttpQuestion  *question,
              const char        *fixed,
              GError           **error)
{
  g_autofree char *client = fare_http_sessions_require_client (question->request, fixed, error);
  const char *uid = client != NULL
                        ? fare_http_request_require (question->request, "session_id", error) : NULL;
  const FareSessionInfo *info = uid != NULL ? find_session (question, client, uid, error) : NULL;
  JsonObject *row = info != NULL ? new_row (question, info, error) : NULL;
  Turns turns = { .question = question };
  JsonObject *answer;

  if (row == NULL)
    return NULL;

  answer = json_object_new ();
  json_object_set_object_member (answer, "session", row);
  turns.turns = json_array_new ();
  json_object_set_array_member (answer, "turns", turns.turns);
  if (!fare_index_reader_foreach_event (question->reader, G_MININT64, G_MAXINT64, info, turn_cb,
                                        &turns, error))
    {
      json_object_unref (answer);
      return NULL;
    }

  fare_http_question_set_end (question, answer);
  return fare_http_json_take_object (answer);
}

JsonNode *
fare_http_session_answer (FareHttpQuestion  *question,
                          GError           **error)
{
  return show_session (question, NULL, error);
}

JsonNode *
fare_http_codex_session_answer (FareHttpQuestion  *question,
                                GError           **error)
{
  return show_session (question, "codex", error);
}
