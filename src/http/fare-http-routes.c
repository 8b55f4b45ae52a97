/* fare-http-routes.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-http-routes.h"

#include "fare-http-active-time.h"
#include "fare-http-insights.h"
#include "fare-http-metrics.h"
#include "fare-http-pricing.h"
#include "fare-http-quota.h"
#include "fare-http-sessions.h"
#include "fare-http-stats.h"
#include "fare-http-usage.h"

static const FareHttpRoute routes[] = {
  { .path = "/", .methods = FARE_HTTP_READ, .kind = FARE_HTTP_PAGE },
  { .path = "/metrics", .methods = FARE_HTTP_READ, .type = FARE_HTTP_METRICS_TYPE,
    .means = { .text = fare_http_metrics_text } },
  { .path = "/health", .methods = FARE_HTTP_READ, .kind = FARE_HTTP_HEALTH },
  { .path = "/api/version", .methods = FARE_HTTP_READ, .kind = FARE_HTTP_VERSION },
  { .path = "/api/update-check", .methods = FARE_HTTP_READ, .kind = FARE_HTTP_UPDATE },
  { .path = "/api/csrf-token", .methods = FARE_HTTP_READ, .kind = FARE_HTTP_TOKEN },
  { .path = "/api/usage", .methods = FARE_HTTP_READ, .tells_age = TRUE,
    .means = { .answer = fare_http_usage_answer } },
  { .path = "/api/tools", .methods = FARE_HTTP_READ,
    .means = { .answer = fare_http_tools_answer } },
  { .path = "/api/openclaw", .methods = FARE_HTTP_READ,
    .means = { .answer = fare_http_openclaw_answer } },
  { .path = "/api/stats", .methods = FARE_HTTP_READ,
    .means = { .answer = fare_http_stats_answer } },
  { .path = "/api/activity-insights", .methods = FARE_HTTP_READ,
    .means = { .answer = fare_http_insights_answer } },
  { .path = "/api/pricing-db", .methods = FARE_HTTP_READ | FARE_HTTP_PUT,
    .means = { .answer = fare_http_pricing_answer },
    .write = { .answer = fare_http_pricing_write } },
  { .path = "/api/quota", .methods = FARE_HTTP_READ,
    .means = { .answer = fare_http_quota_answer } },
  { .path = "/api/quota/history", .methods = FARE_HTTP_READ,
    .means = { .answer = fare_http_quota_history_answer } },
  { .path = "/api/quota/refresh", .methods = FARE_HTTP_READ,
    .means = { .answer = fare_http_quota_refresh_answer } },
  { .path = "/api/quota/consent", .methods = FARE_HTTP_POST, .kind = FARE_HTTP_REFUSE,
    .sentence = FARE_HTTP_QUOTA_SENTENCE },
  { .path = "/api/quota/settings", .methods = FARE_HTTP_POST, .kind = FARE_HTTP_REFUSE,
    .sentence = FARE_HTTP_QUOTA_SENTENCE },
  { .path = "/api/sessions", .methods = FARE_HTTP_READ,
    .means = { .answer = fare_http_sessions_answer } },
  { .path = "/api/session", .methods = FARE_HTTP_READ,
    .means = { .answer = fare_http_session_answer } },
  { .path = "/api/codex/sessions", .methods = FARE_HTTP_READ,
    .means = { .answer = fare_http_codex_sessions_answer } },
  { .path = "/api/codex/session", .methods = FARE_HTTP_READ,
    .means = { .answer = fare_http_codex_session_answer } },
  { .path = "/api/active-time", .methods = FARE_HTTP_READ,
    .means = { .answer = fare_http_active_time_answer } },
};

const FareHttpRoute *
fare_http_routes_find (const char *path)
{
  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    {
      if (g_str_equal (path, routes[i].path))
        return &routes[i];
    }

  return NULL;
}

char *
fare_http_route_to_allow (const FareHttpRoute *self)
{
  static const struct
  {
    FareHttpMethods method;
    const char     *name;
  } names[] = {
    { FARE_HTTP_READ, "GET, HEAD" },
    { FARE_HTTP_PUT, "PUT" },
    { FARE_HTTP_POST, "POST" },
  };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if ((self->methods & names[i].method) != 0)
        g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", names[i].name);
    }

  return g_string_free (text, FALSE);
}
