/* fare-http-message.h
 *
 * A message on the wire: what it says about itself and its caller, and how it is answered.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

#include "fare-http-error.h"
#include "fare-http-gate.h"
#include "fare-http-routes.h"

G_BEGIN_DECLS

/* May stand in front of every path, and are taken away: one that clients of Tokdash know, and one for
 * proxies that pass on the path below which they have us. */
#define FARE_HTTP_PREFIX "/tokdash"
#define FARE_HTTP_OWN_PREFIX "/tokenfare"
#define FARE_HTTP_JSON_TYPE "application/json"

/* Of the request; NULL when it was not sent. */
const char     *fare_http_message_get_header       (SoupServerMessage *message,
                                                    const char        *name);

/* Of the reply. */
void            fare_http_message_set_header       (SoupServerMessage *message,
                                                    const char        *name,
                                                    const char        *value);

/**
 * fare_http_message_get_path:
 *
 * Returns: (nullable): the path without the prefix; %NULL when there is none
 */
const char     *fare_http_message_get_path         (SoupServerMessage *message);

/**
 * fare_http_message_dup_prefix:
 *
 * Returns: (transfer full): the prefix that the path has, "" when it has none
 */
char           *fare_http_message_dup_prefix       (SoupServerMessage *message) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_http_message_get_method:
 *
 * Returns: 0 for one that no route takes
 */
FareHttpMethods fare_http_message_get_method       (SoupServerMessage *message);

/**
 * fare_http_message_is_write:
 *
 * Returns: whether the method may change something, be it known or not
 */
gboolean        fare_http_message_is_write         (SoupServerMessage *message);

/**
 * fare_http_message_get_caller:
 *
 * Returns: who asks; refers to the message
 */
FareHttpCaller  fare_http_message_get_caller       (SoupServerMessage *message);

void            fare_http_message_respond          (SoupServerMessage *message,
                                                    guint              status,
                                                    const char        *type,
                                                    GBytes            *body);

/* Takes @text, which is JSON. */
void            fare_http_message_respond_text     (SoupServerMessage *message,
                                                    guint              status,
                                                    char              *text);
void            fare_http_message_respond_error    (SoupServerMessage *message,
                                                    const GError      *error);
void            fare_http_message_respond_sentence (SoupServerMessage *message,
                                                    FareHttpError      status,
                                                    const char        *sentence);

/**
 * fare_http_message_add_origin:
 *
 * Lets pages of this machine read what is answered.
 */
void            fare_http_message_add_origin       (SoupServerMessage *message);

/**
 * fare_http_message_answer_preflight:
 *
 * Says whether a page may ask at all, before it does.
 */
void            fare_http_message_answer_preflight (SoupServerMessage *message);

G_END_DECLS
