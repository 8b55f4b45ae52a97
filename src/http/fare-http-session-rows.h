/* fare-http-session-rows.h
 *
 * What the routes about sessions and active time share: which tools have sessions, and a
 * session as an object.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "accounting/fare-active-time.h"
#include "fare-http-ledger.h"

G_BEGIN_DECLS

/* What the cap on pauses is called in replies. */
#define FARE_HTTP_ACTIVE_METHOD "capped-inter-event-gap"

/* A tool whose sessions readers of this interface have always been able to ask for. */
typedef struct
{
  const char *tool;
  const char *label;
} FareHttpSessionTool;

/**
 * fare_http_session_tools_get:
 *
 * Returns: the tools that are always there, in their order
 */
const FareHttpSessionTool *fare_http_session_tools_get (guint *n_tools);

/**
 * fare_http_session_tool_get_label:
 * @client: a client id
 *
 * Returns: the tool's name for people; static or @client
 */
const char *fare_http_session_tool_get_label (const char *client);

/* A session in a span. */
typedef struct
{
  const FareSessionInfo *info;
  const FareModelInfo   *model;      /* the one with most tokens */
  gint64                 model_tokens;
  FareTally              tally;
  gint64                 events;
  gint64                 first_ms;   /* first and last event in the span */
  gint64                 last_ms;
  FareActiveTime         time;
} FareHttpSession;

/**
 * fare_http_active_times_new:
 * @query: the span, and which clients
 * @with_reviews: whether automatic reviews count
 *
 * Returns: (transfer full): as fare_active_times_new()
 */
FareActiveTimes *fare_http_active_times_new  (FareHttpQuestion      *question,
                                              const FareQuery       *query,
                                              gboolean               with_reviews,
                                              GError               **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_http_sessions_list:
 * @query: the span, and which clients
 * @times: of the same query
 * @with_reviews: whether automatic reviews are listed
 *
 * Returns: (transfer full) (element-type FareHttpSession): the sessions with use in the span, last
 *   used first; %NULL with @error
 */
GPtrArray  *fare_http_sessions_list          (FareHttpQuestion      *question,
                                              const FareQuery       *query,
                                              const FareActiveTimes *times,
                                              gboolean               with_reviews,
                                              GError               **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_http_session_to_row:
 *
 * Returns: (transfer full): the session as an object
 */
JsonObject *fare_http_session_to_row         (const FareHttpSession *self) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_http_session_set_method:
 *
 * Sets how active time was estimated.
 */
void        fare_http_session_set_method     (JsonObject            *object);

G_END_DECLS
