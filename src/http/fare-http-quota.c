/* fare-http-quota.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-http-quota.h"

#include <string.h>

#include "accounting/fare-limits.h"
#include "fare-http-error.h"
#include "fare-http-json.h"
#include "index/fare-index-limits.h"

#define ACCOUNT "local"
#define INTERVAL_MINUTES 15
#define COOLDOWN_SECONDS 60
#define MAX_POINTS 300

static const char * const providers[] = {
  "codex", "claude", "antigravity", "minimax", "kimi", "grok",
};

static GPtrArray *
load_limits (FareHttpQuestion *question)
{
  gint64 logged_ms = 0;
  g_autofree char *logged = fare_index_reader_dup_limits (question->reader, "codex", &logged_ms);

  return fare_limits_load (logged, logged_ms, fare_meter_get_paths (question->meter),
                           question->request->now_us / 1000);
}

static void
set_seconds (JsonObject *object,
             const char *name,
             gint64      time_ms)
{
  if (time_ms > 0)
    json_object_set_int_member (object, name, time_ms / 1000);
  else
    json_object_set_null_member (object, name);
}

static double
get_percent (double share)
{
  return fare_http_round (share * 100.0, 2);
}

static JsonObject *
new_bucket (const FareLimit *limit)
{
  g_autofree char *id = fare_limit_to_id (limit);
  g_autofree char *label = fare_limit_to_label (limit);
  JsonObject *bucket = json_object_new ();

  json_object_set_string_member (bucket, "account", ACCOUNT);
  json_object_set_string_member (bucket, "bucket", id);
  json_object_set_string_member (bucket, "bucket_label", label);

  /* Of a window that has begun anew nobody knows how much is used by now. */
  if (limit->is_stale)
    {
      json_object_set_null_member (bucket, "used_percent");
      json_object_set_null_member (bucket, "remaining_percent");
    }
  else
    {
      json_object_set_double_member (bucket, "used_percent", get_percent (limit->used));
      json_object_set_double_member (bucket, "remaining_percent",
                                     get_percent (MAX (1.0 - limit->used, 0.0)));
    }

  set_seconds (bucket, "resets_at", limit->resets_ms);
  set_seconds (bucket, "captured_at", limit->seen_ms);
  json_object_set_string_member (bucket, "source", g_str_equal (limit->client, "codex")
                                                       ? "session_log" : "statusline");
  json_object_set_string_member (bucket, "status", limit->is_stale ? "stale" : "ok");
  json_object_set_boolean_member (bucket, "unlimited", FALSE);
  return bucket;
}

static JsonObject *
new_provider (const char *name,
              GPtrArray  *limits,
              gboolean    is_detected)
{
  JsonObject *provider = json_object_new ();
  JsonArray *buckets = json_array_new ();
  JsonArray *sources = json_array_new ();
  gint64 seen_ms = 0;

  for (guint i = 0; i < limits->len; i++)
    {
      const FareLimit *limit = limits->pdata[i];

      if (!g_str_equal (limit->client, name))
        continue;

      json_array_add_object_element (buckets, new_bucket (limit));
      seen_ms = MAX (seen_ms, limit->seen_ms);
    }

  if (seen_ms > 0)
    json_array_add_string_element (sources, g_str_equal (name, "codex") ? "session_log"
                                                                        : "statusline");
  json_object_set_string_member (provider, "provider", name);
  json_object_set_boolean_member (provider, "network_enabled", FALSE);
  json_object_set_null_member (provider, "plan");
  json_object_set_array_member (provider, "buckets", buckets);
  json_object_set_string_member (provider, "status", seen_ms > 0 ? "ok" : "unavailable");
  json_object_set_null_member (provider, "status_detail");
  set_seconds (provider, "status_at", seen_ms);
  set_seconds (provider, "updated_at", seen_ms);
  json_object_set_array_member (provider, "sources", sources);
  json_object_set_boolean_member (provider, "estimated", seen_ms > 0);
  json_object_set_boolean_member (provider, "detected", seen_ms > 0 || is_detected);
  if (g_str_equal (name, "codex"))
    json_object_set_null_member (provider, "reset_credits");

  return provider;
}

static JsonObject *
new_consent (void)
{
  JsonObject *consent = json_object_new ();

  json_object_set_boolean_member (consent, "credential_scan", FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (providers); i++)
    {
      g_autofree char *name = g_strconcat (providers[i], "_api", NULL);

      json_object_set_boolean_member (consent, name, FALSE);
    }

  return consent;
}

static JsonObject *
new_poll (FareHttpQuestion *question)
{
  static const int choices[] = { 15, 30, 60, 120 };
  JsonObject *poll = json_object_new ();
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    json_array_add_int_element (array, choices[i]);

  json_object_set_boolean_member (poll, "enabled", FALSE);
  json_object_set_boolean_member (poll, "network_enabled", FALSE);
  json_object_set_int_member (poll, "interval", INTERVAL_MINUTES * 60);
  json_object_set_string_member (poll, "interval_source", "default");
  json_object_set_int_member (poll, "interval_minutes", INTERVAL_MINUTES);
  json_object_set_array_member (poll, "interval_choices", array);
  set_seconds (poll, "last_run", fare_index_reader_get_last_scan (question->reader));
  json_object_set_boolean_member (poll, "kill_switch", TRUE);
  return poll;
}

static gboolean
detect_cb (const FareSessionInfo *session,
           gpointer               user_data)
{
  g_hash_table_add (user_data, (gpointer) g_intern_string (session->client));
  return TRUE;
}

JsonNode *
fare_http_quota_answer (FareHttpQuestion  *question,
                        GError           **error)
{
  g_autoptr(GHashTable) clients = g_hash_table_new (NULL, NULL);
  g_autoptr(GPtrArray) limits = NULL;
  JsonObject *answer, *all;

  if (!fare_index_reader_foreach_session (question->reader, detect_cb, clients, error))
    return NULL;

  limits = load_limits (question);
  all = json_object_new ();
  for (guint i = 0; i < G_N_ELEMENTS (providers); i++)
    json_object_set_object_member (all, providers[i],
                                   new_provider (providers[i], limits,
                                                 g_hash_table_contains (
                                                     clients, g_intern_string (providers[i]))));

  answer = json_object_new ();
  json_object_set_object_member (answer, "providers", all);
  json_object_set_object_member (answer, "consent", new_consent ());
  json_object_set_boolean_member (answer, "enabled", TRUE);
  json_object_set_object_member (answer, "poll", new_poll (question));
  json_object_set_int_member (answer, "timestamp", question->request->now_us / G_USEC_PER_SEC);
  return fare_http_json_take_object (answer);
}

static JsonObject *
new_series (const FareLimit *limit)
{
  g_autofree char *id = fare_limit_to_id (limit);
  g_autofree char *label = fare_limit_to_label (limit);
  JsonObject *series = json_object_new ();
  JsonObject *point = json_object_new ();
  JsonArray *points = json_array_new ();

  set_seconds (point, "captured_at", limit->seen_ms);
  json_object_set_double_member (point, "used_percent", get_percent (limit->used));
  json_array_add_object_element (points, point);

  json_object_set_string_member (series, "provider", limit->client);
  json_object_set_string_member (series, "account", ACCOUNT);
  json_object_set_string_member (series, "bucket", id);
  json_object_set_string_member (series, "bucket_label", label);
  json_object_set_array_member (series, "points", points);
  json_object_set_array_member (series, "consumption", json_array_new ());
  json_object_set_boolean_member (series, "estimated", TRUE);
  return series;
}

/* Whether @client is among the comma-separated ones asked for. */
static gboolean
is_wanted (const char *list,
           const char *client)
{
  g_auto(GStrv) names = list != NULL && *list != '\0' ? g_strsplit (list, ",", -1) : NULL;

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    g_strstrip (names[i]);

  return names == NULL || g_strv_contains ((const char * const *) names, client);
}

static gboolean
refuse (GError     **error,
        const char  *detail)
{
  g_set_error_literal (error, FARE_HTTP_ERROR, FARE_HTTP_BAD_REQUEST, detail);
  return FALSE;
}

static gboolean
parse_span (const FareHttpRequest  *request,
            const char             *granularity,
            gint64                 *start,
            gint64                 *end,
            GError                **error)
{
  gint64 max_points = MAX_POINTS;

  if (!g_str_equal (granularity, "hour") && !g_str_equal (granularity, "day"))
    return refuse (error, "granularity must be hour or day");
  if (!fare_http_request_get_int (request, "max_points", &max_points, error)
      || !fare_http_request_get_int (request, "start", start, error)
      || !fare_http_request_get_int (request, "end", end, error))
    return FALSE;

  return max_points >= 1 || refuse (error, "max_points must be at least 1");
}

JsonNode *
fare_http_quota_history_answer (FareHttpQuestion  *question,
                                GError           **error)
{
  const char *list = fare_http_request_get (question->request, "providers");
  const char *granularity = fare_http_request_get (question->request, "granularity");
  gint64 start = G_MININT64, end = G_MAXINT64;
  g_autoptr(GPtrArray) limits = NULL;
  JsonObject *answer;
  JsonArray *array;

  if (granularity == NULL)
    granularity = "hour";
  if (!parse_span (question->request, granularity, &start, &end, error))
    return NULL;

  limits = load_limits (question);
  array = json_array_new ();
  for (guint i = 0; i < limits->len; i++)
    {
      const FareLimit *limit = limits->pdata[i];

      if (is_wanted (list, limit->client) && limit->seen_ms / 1000 >= start
          && limit->seen_ms / 1000 <= end)
        json_array_add_object_element (array, new_series (limit));
    }

  answer = json_object_new ();
  json_object_set_string_member (answer, "granularity", granularity);
  json_object_set_boolean_member (answer, "any_estimated", json_array_get_length (array) > 0);
  json_object_set_array_member (answer, "series", array);
  return fare_http_json_take_object (answer);
}

JsonNode *
fare_http_quota_refresh_answer (FareHttpQuestion  *question,
                                GError           **error)
{
  g_autoptr(GMutexLocker) locker = g_mutex_locker_new (question->write_lock);
  gint64 now_us = g_get_monotonic_time ();
  gint64 left = *question->refreshed_us > 0
                    ? COOLDOWN_SECONDS - (now_us - *question->refreshed_us) / G_USEC_PER_SEC : 0;
  g_autoptr(GPtrArray) limits = NULL;
  JsonObject *answer;

  if (left > 0)
    {
      g_set_error (error, FARE_HTTP_ERROR, FARE_HTTP_TOO_MANY,
                   "Quota refresh cooldown active for %" G_GINT64_FORMAT "s", left);
      return NULL;
    }

  *question->refreshed_us = now_us;
  fare_meter_refresh (question->meter);
  limits = load_limits (question);
  answer = json_object_new ();
  json_object_set_int_member (answer, "snapshots", limits->len);
  json_object_set_int_member (answer, "inserted", 0);
  return fare_http_json_take_object (answer);
}
