/* fare-http-message.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-http-message.h"

#include <string.h>

const char *
fare_http_message_get_header (SoupServerMessage *message,
                              const char        *name)
{
  return soup_message_headers_get_one (soup_server_message_get_request_headers (message), name);
}

void
fare_http_message_set_header (SoupServerMessage *message,
                              const char        *name,
                              const char        *value)
{
  soup_message_headers_replace (soup_server_message_get_response_headers (message), name, value);
}

void
fare_http_message_respond (SoupServerMessage *message,
                           guint              status,
                           const char        *type,
                           GBytes            *body)
{
  gsize size;
  const char *data = g_bytes_get_data (body, &size);

  soup_server_message_set_status (message, status, NULL);
  fare_http_message_set_header (message, "X-Content-Type-Options", "nosniff");
  soup_server_message_set_response (message, type, SOUP_MEMORY_COPY, data, size);
}

void
fare_http_message_respond_text (SoupServerMessage *message,
                                guint              status,
                                char              *text)
{
  g_autoptr(GBytes) body = g_bytes_new_take (text, strlen (text));

  fare_http_message_respond (message, status, FARE_HTTP_JSON_TYPE, body);
}

void
fare_http_message_respond_error (SoupServerMessage *message,
                                 const GError      *error)
{
  guint status;
  char *text = fare_http_error_to_text (error, &status);

  fare_http_message_respond_text (message, status, text);
}

void
fare_http_message_respond_sentence (SoupServerMessage *message,
                                    FareHttpError      status,
                                    const char        *sentence)
{
  g_autoptr(GError) error = g_error_new_literal (FARE_HTTP_ERROR, (int) status, sentence);

  fare_http_message_respond_error (message, error);
}

FareHttpCaller
fare_http_message_get_caller (SoupServerMessage *message)
{
  static const char * const forwards[] = { "Forwarded", "X-Forwarded-For", "X-Forwarded-Host",
                                           "X-Forwarded-Proto", "X-Real-IP", "Via" };
  FareHttpCaller caller = {
    .host = fare_http_message_get_header (message, "Host"),
    .origin = fare_http_message_get_header (message, "Origin"),
    .referer = fare_http_message_get_header (message, "Referer"),
    .token = fare_http_message_get_header (message, "X-Tokdash-Token"),
    .is_loopback = fare_http_gate_is_loopback (soup_server_message_get_remote_address (message)),
  };

  for (guint i = 0; i < G_N_ELEMENTS (forwards); i++)
    caller.is_forwarded |= fare_http_message_get_header (message, forwards[i]) != NULL;

  return caller;
}

/* How much of @path is a prefix below which everything is once more. */
static gsize
get_prefix_length (const char *path)
{
  static const char * const prefixes[] = { FARE_HTTP_PREFIX, FARE_HTTP_OWN_PREFIX };

  for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++)
    {
      gsize length = strlen (prefixes[i]);

      if (strncmp (path, prefixes[i], length) == 0 && (path[length] == '/' || path[length] == '\0'))
        return length;
    }

  return 0;
}

const char *
fare_http_message_get_path (SoupServerMessage *message)
{
  const char *path = g_uri_get_path (soup_server_message_get_uri (message));

  if (path == NULL || *path != '/')
    return NULL;

  path += get_prefix_length (path);
  return *path != '\0' ? path : "/";
}

char *
fare_http_message_dup_prefix (SoupServerMessage *message)
{
  const char *path = g_uri_get_path (soup_server_message_get_uri (message));

  return g_strndup (path, get_prefix_length (path));
}

FareHttpMethods
fare_http_message_get_method (SoupServerMessage *message)
{
  const char *method = soup_server_message_get_method (message);

  if (g_str_equal (method, "GET") || g_str_equal (method, "HEAD"))
    return FARE_HTTP_READ;
  if (g_str_equal (method, "PUT"))
    return FARE_HTTP_PUT;
  if (g_str_equal (method, "POST"))
    return FARE_HTTP_POST;

  return 0;
}

gboolean
fare_http_message_is_write (SoupServerMessage *message)
{
  const char *method = soup_server_message_get_method (message);

  return !g_str_equal (method, "GET") && !g_str_equal (method, "HEAD")
         && !g_str_equal (method, "OPTIONS");
}

void
fare_http_message_add_origin (SoupServerMessage *message)
{
  const char *origin = fare_http_message_get_header (message, "Origin");

  if (origin == NULL || !fare_http_gate_is_allowed_origin (origin))
    return;

  fare_http_message_set_header (message, "Access-Control-Allow-Origin", origin);
  fare_http_message_set_header (message, "Vary", "Origin");
}

void
fare_http_message_answer_preflight (SoupServerMessage *message)
{
  const char *origin = fare_http_message_get_header (message, "Origin");
  const char *headers = fare_http_message_get_header (message, "Access-Control-Request-Headers");
  gboolean is_allowed = origin != NULL && fare_http_gate_is_allowed_origin (origin);
  const char *text = is_allowed ? "OK" : "Disallowed CORS origin";
  g_autoptr(GBytes) body = g_bytes_new_static (text, strlen (text));

  fare_http_message_set_header (message, "Access-Control-Allow-Methods", "GET, HEAD, OPTIONS");
  fare_http_message_set_header (message, "Access-Control-Max-Age", "600");
  if (is_allowed && headers != NULL)
    fare_http_message_set_header (message, "Access-Control-Allow-Headers", headers);
  fare_http_message_respond (message, is_allowed ? 200 : 400, "text/plain; charset=utf-8", body);
}
