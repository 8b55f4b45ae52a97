/* fare-http-server.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "fare-http-server.h"

#include <string.h>

#include "fare-http-allowance.h"
#include "fare-http-hosts.h"
#include "fare-http-message.h"
#include "fare-http-meta.h"
#include "fare-http-page.h"
#include "fare-http-routes.h"

/* Fewer than a process may have files open; see main.c. */
#define MAX_CONNECTIONS 800

/* Line and headers of a request; a body, the price table is a fifth of that; what of a body that
 * is too large is read so that the answer gets through. */
#define MAX_HEAD (32 * 1024)
#define MAX_BODY (G_GINT64_CONSTANT (2) << 20)
#define MAX_WASTE (G_GINT64_CONSTANT (8) << 20)

/* Seconds for one request to come in, and for a connection on which nothing happens. */
#define MAX_SECONDS 20
#define IDLE_SECONDS 30

#define ALLOWANCE "fare-allowance"

struct _FareHttpServer
{
  SoupServer     *soup;
  GSocketService *service;
  FareHttpJobs   *jobs;
  FareHttpGate    gate;
  FareHttpHosts  *hosts;
  FareHttpPage   *page;
  GHashTable     *streams;       /* set of GObject: open connections */
  GHashTable     *waiting;       /* set of Call */
};

/* A request that a worker answers. */
typedef struct
{
  FareHttpServer      *server;
  SoupServerMessage   *message;
  const FareHttpRoute *route;
} Call;

static void
call_end (Call *self)
{
  g_hash_table_remove (self->server->waiting, self);
  g_signal_handlers_disconnect_by_data (self->message, self);
  g_object_unref (self->message);
  g_free (self);
}

/* The text of a JSON object with how old it is at its end. */
static GBytes *
add_age (const FareHttpResult *result)
{
  char age[G_ASCII_DTOSTR_BUF_SIZE];
  gsize size = g_bytes_get_size (result->body);
  char *text;

  g_ascii_formatd (age, sizeof age, "%.3f", result->age);
  text = g_strdup_printf ("%.*s,\"response_cache\":{\"status\":\"%s\",\"served_from_cache\":%s,"
                          "\"age_seconds\":%s}}",
                          (int) size - 1, (const char *) g_bytes_get_data (result->body, NULL),
                          result->is_kept ? "hit" : "recomputed",
                          result->is_kept ? "true" : "false", age);
  return g_bytes_new_take (text, strlen (text));
}

static void
answered_cb (const FareHttpResult *result,
             gpointer              user_data)
{
  Call *call = user_data;
  const char *type = call->route->type;
  g_autoptr(GBytes) body = call->route->tells_age && result->status == 200
                               ? add_age (result) : g_bytes_ref (result->body);

  if (type == NULL || result->status != 200)
    type = FARE_HTTP_JSON_TYPE;
  fare_http_message_respond (call->message, result->status, type, body);
  soup_server_message_unpause (call->message);
  call_end (call);
}

static void
disconnected_cb (SoupServerMessage *message,
                 gpointer           user_data)
{
  Call *call = user_data;

  fare_http_jobs_forget (call->server->jobs, call);
  call_end (call);
}

static FareHttpRequest *
new_request (SoupServerMessage *message)
{
  const char *query = g_uri_get_query (soup_server_message_get_uri (message));
  const char *type = fare_http_message_get_header (message, "Content-Type");
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  FareHttpRequest *request = fare_http_request_new (query);

  if (type != NULL)
    request->content_type = g_ascii_strdown (type, (gssize) strcspn (type, "; "));
  if (fare_http_message_is_write (message))
    request->body = soup_message_body_flatten (body);

  return request;
}

static void
ask (FareHttpServer      *self,
     SoupServerMessage   *message,
     const FareHttpRoute *route)
{
  gboolean writes = fare_http_message_is_write (message), is_fresh = FALSE;
  g_autoptr(FareHttpRequest) request = new_request (message);
  g_autofree char *key = writes ? NULL : fare_http_request_to_key (request, route->path);
  g_autoptr(GError) error = NULL;
  Call *call;

  if (!fare_http_request_get_boolean (request, "refresh", &is_fresh, &error))
    {
      fare_http_message_respond_error (message, error);
      return;
    }

  call = g_new0 (Call, 1);
  call->server = self;
  call->message = g_object_ref (message);
  call->route = route;
  g_hash_table_add (self->waiting, call);
  g_signal_connect (message, "disconnected", G_CALLBACK (disconnected_cb), call);
  soup_server_message_pause (message);

  if (!fare_http_jobs_ask (self->jobs, key, is_fresh, g_steal_pointer (&request),
                           writes ? route->write : route->means, answered_cb, call, &error))
    {
      fare_http_message_respond_error (message, error);
      soup_server_message_unpause (message);
      call_end (call);
    }
}

static void
answer_page (FareHttpServer    *self,
             SoupServerMessage *message)
{
  fare_http_message_set_header (message, "Cache-Control",
                                "no-store, no-cache, must-revalidate, max-age=0");
  fare_http_message_set_header (message, "Pragma", "no-cache");
  fare_http_message_set_header (message, "Expires", "0");
  fare_http_message_set_header (message, "Content-Security-Policy",
                                fare_http_page_get_policy (self->page));
  fare_http_message_set_header (message, "Referrer-Policy", "no-referrer");
  fare_http_message_set_header (message, "X-Frame-Options", "DENY");
  fare_http_message_respond (message, 200, "text/html; charset=utf-8",
                             fare_http_page_get_text (self->page));
}

static void
answer_route (FareHttpServer      *self,
              SoupServerMessage   *message,
              const FareHttpRoute *route)
{
  FareHttpCaller caller = fare_http_message_get_caller (message);
  g_autoptr(GError) error = NULL;

  switch (route->kind)
    {
    case FARE_HTTP_HEALTH:
      fare_http_message_respond_text (message, 200, fare_http_meta_health ());
      break;
    case FARE_HTTP_VERSION:
      fare_http_message_respond_text (message, 200, fare_http_meta_version ());
      break;
    case FARE_HTTP_UPDATE:
      fare_http_message_respond_text (message, 200, fare_http_meta_update ());
      break;
    case FARE_HTTP_TOKEN:
      if (fare_http_gate_may_have_token (&self->gate, &caller, &error))
        fare_http_message_respond_text (message, 200, fare_http_meta_token (self->gate.token));
      else
        fare_http_message_respond_sentence (message, FARE_HTTP_FORBIDDEN, "unavailable");
      break;
    case FARE_HTTP_PAGE:
      answer_page (self, message);
      break;
    case FARE_HTTP_REFUSE:
      fare_http_message_respond_sentence (message, FARE_HTTP_CONFLICT, route->sentence);
      break;
    case FARE_HTTP_ASK:
    default:
      ask (self, message, route);
      break;
    }
}

/* Sends what has a slash too many to where it belongs. */
static gboolean
redirect (SoupServerMessage *message,
          const char        *path)
{
  GUri *uri = soup_server_message_get_uri (message);
  gsize length = strlen (path);
  g_autofree char *plain = length > 1 && path[length - 1] == '/' ? g_strndup (path, length - 1)
                                                                 : NULL;
  g_autofree char *place = NULL;
  g_autofree char *prefix = fare_http_message_dup_prefix (message);
  const char *query = g_uri_get_query (uri);

  if (plain == NULL || fare_http_routes_find (plain) == NULL)
    return FALSE;

  place = g_strconcat (prefix, plain, query != NULL ? "?" : NULL, query, NULL);
  soup_server_message_set_status (message, 307, NULL);
  fare_http_message_set_header (message, "Location", place);
  return TRUE;
}

static void
request_cb (SoupServer        *soup,
            SoupServerMessage *message,
            const char        *unused_path,
            GHashTable        *unused_query,
            gpointer           user_data)
{
  FareHttpServer *self = user_data;
  const char *path = fare_http_message_get_path (message);
  const FareHttpRoute *route = path != NULL ? fare_http_routes_find (path) : NULL;

  if (route == NULL)
    {
      if (path == NULL || !redirect (message, path))
        fare_http_message_respond_sentence (message, FARE_HTTP_NOT_FOUND, "Not Found");
      return;
    }

  if ((route->methods & fare_http_message_get_method (message)) == 0)
    {
      g_autofree char *allow = fare_http_route_to_allow (route);

      fare_http_message_set_header (message, "Allow", allow);
      fare_http_message_respond_sentence (message, FARE_HTTP_NOT_ALLOWED, "Method Not Allowed");
      return;
    }

  answer_route (self, message, route);
}

/* Whether the caller may have an answer; everything is refused before its body is read. */
static gboolean
is_let_in (FareHttpServer     *self,
           SoupServerMessage  *message,
           GError            **error)
{
  FareHttpCaller caller = fare_http_message_get_caller (message);
  const char *path = fare_http_message_get_path (message);

  if (soup_message_headers_get_content_length (
          soup_server_message_get_request_headers (message)) > MAX_BODY)
    {
      g_set_error_literal (error, FARE_HTTP_ERROR, FARE_HTTP_TOO_LARGE, "Request body too large");
      return FALSE;
    }

  if (fare_http_message_is_write (message))
    return fare_http_gate_may_write (&self->gate, &caller, error);

  return (path != NULL && g_str_equal (path, "/health"))
         || fare_http_gate_may_read (fare_http_hosts_get (self->hosts), &caller, error);
}

static void
headers_cb (SoupServer        *soup,
            SoupServerMessage *message,
            const char        *unused_path,
            GHashTable        *unused_query,
            gpointer           user_data)
{
  FareHttpServer *self = user_data;
  GSocketAddress *remote = soup_server_message_get_remote_address (message);
  FareHttpAllowance *allowance = remote != NULL
                                     ? g_object_get_data (G_OBJECT (remote), ALLOWANCE) : NULL;
  g_autoptr(GError) error = NULL;
  gboolean is_in = is_let_in (self, message, &error);

  if (allowance != NULL)
    fare_http_allowance_set (allowance, MAX_HEAD + (is_in ? MAX_BODY : MAX_WASTE), MAX_SECONDS);

  /* One request each: libsoup keeps connections only if it accepted them itself. */
  fare_http_message_set_header (message, "Connection", "close");
  fare_http_message_add_origin (message);
  if (!is_in)
    {
      soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
      fare_http_message_respond_error (message, error);
    }
  else if (g_str_equal (soup_server_message_get_method (message), "OPTIONS")
           && fare_http_message_get_header (message, "Access-Control-Request-Method") != NULL)
    fare_http_message_answer_preflight (message);
}

static void
gone_cb (gpointer  user_data,
         GObject  *where)
{
  FareHttpServer *self = user_data;

  g_hash_table_remove (self->streams, where);
  if (!g_socket_service_is_active (self->service)
      && g_hash_table_size (self->streams) < MAX_CONNECTIONS)
    g_socket_service_start (self->service);
}

static gboolean
incoming_cb (GSocketService    *service,
             GSocketConnection *connection,
             GObject           *source,
             gpointer           user_data)
{
  FareHttpServer *self = user_data;
  g_autoptr(GSocketAddress) local = g_socket_connection_get_local_address (connection, NULL);
  g_autoptr(GSocketAddress) remote = g_socket_connection_get_remote_address (connection, NULL);
  g_autoptr(GIOStream) stream = NULL;
  FareHttpAllowance *allowance;

  if (local == NULL || remote == NULL || !fare_http_gate_is_loopback (remote))
    return TRUE;

  g_socket_set_timeout (g_socket_connection_get_socket (connection), IDLE_SECONDS);
  allowance = fare_http_allowance_wrap (connection, &stream);
  fare_http_allowance_set (allowance, MAX_HEAD, MAX_SECONDS);
  g_object_set_data_full (G_OBJECT (remote), ALLOWANCE, allowance,
                          (GDestroyNotify) fare_http_allowance_unref);

  g_hash_table_add (self->streams, stream);
  g_object_weak_ref (G_OBJECT (stream), gone_cb, self);
  /* Others wait in the system's queue until a place is free. */
  if (g_hash_table_size (self->streams) >= MAX_CONNECTIONS)
    g_socket_service_stop (service);
  soup_server_accept_iostream (self->soup, stream, local, remote, NULL);
  return TRUE;
}

static gboolean
listen (FareHttpServer  *self,
        guint           *port,
        GError         **error)
{
  g_autoptr(GSocketAddress) wanted = g_inet_socket_address_new_from_string ("127.0.0.1", *port);
  g_autoptr(GSocketAddress) got = NULL;

  self->service = g_socket_service_new ();
  g_socket_listener_set_backlog (G_SOCKET_LISTENER (self->service), 1024);
  if (!g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), wanted,
                                      G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL, &got,
                                      error))
    return FALSE;

  *port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (got));
  return TRUE;
}

FareHttpServer *
fare_http_server_new (FareMeter           *meter,
                      guint                port,
                      const char * const  *hosts,
                      GError             **error)
{
  g_autoptr(FareHttpServer) self = g_new0 (FareHttpServer, 1);

  if (!listen (self, &port, error))
    return NULL;

  self->soup = soup_server_new (NULL, NULL);
  self->jobs = fare_http_jobs_new (meter);
  self->page = fare_http_page_new ();
  self->waiting = g_hash_table_new (NULL, NULL);
  self->streams = g_hash_table_new (NULL, NULL);
  self->hosts = fare_http_hosts_new (fare_meter_get_paths (meter), hosts);
  fare_http_gate_init (&self->gate, port);

  soup_server_add_early_handler (self->soup, NULL, headers_cb, self, NULL);
  soup_server_add_handler (self->soup, NULL, request_cb, self, NULL);
  g_signal_connect (self->service, "incoming", G_CALLBACK (incoming_cb), self);
  g_socket_service_start (self->service);
  return g_steal_pointer (&self);
}

/* No connection outlives what it would tell. */
static void
forget_streams (FareHttpServer *self)
{
  GHashTableIter iter;
  gpointer stream;

  g_hash_table_iter_init (&iter, self->streams);
  while (g_hash_table_iter_next (&iter, &stream, NULL))
    g_object_weak_unref (stream, gone_cb, self);
  g_hash_table_remove_all (self->streams);
}

static void
forget_calls (FareHttpServer *self)
{
  g_autoptr(GList) calls = g_hash_table_get_keys (self->waiting);

  for (GList *l = calls; l != NULL; l = l->next)
    {
      fare_http_jobs_forget (self->jobs, l->data);
      call_end (l->data);
    }
}

void
fare_http_server_free (FareHttpServer *self)
{
  if (self->service != NULL)
    {
      g_socket_service_stop (self->service);
      g_socket_listener_close (G_SOCKET_LISTENER (self->service));
    }

  if (self->soup != NULL)
    {
      forget_streams (self);
      forget_calls (self);
      soup_server_disconnect (self->soup);
      g_clear_pointer (&self->jobs, fare_http_jobs_free);
      g_clear_object (&self->soup);
    }

  g_clear_object (&self->service);
  g_clear_pointer (&self->page, fare_http_page_free);
  g_clear_pointer (&self->hosts, fare_http_hosts_free);
  g_clear_pointer (&self->waiting, g_hash_table_unref);
  g_clear_pointer (&self->streams, g_hash_table_unref);
  fare_http_gate_clear (&self->gate);
  g_free (self);
}

guint
fare_http_server_get_port (FareHttpServer *self)
{
  return self->gate.port;
}
