/* fare-port.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "fare-port.h"

#include <string.h>

#include "base/fare-json-parse.h"
#include "base/fare-settings.h"

#define TIMEOUT_S 2
#define ANSWER_SIZE 4096

/* How many ports are tried. */
#define N_TRIES 100

/* What /health says of its interface, and of who answers by it. */
#define SERVICE        "tokdash"
#define IMPLEMENTATION "tokenfare"

guint
fare_port_get_wanted (FarePaths *paths)
{
  g_autoptr(FareSettings) settings = fare_settings_load (paths);

  return MIN (fare_settings_get_uint (settings, "api-port", FARE_PORT_DEFAULT), 65535);
}

gboolean
fare_port_parse (const char *text,
                 guint       least,
                 guint      *port)
{
  guint64 number;

  if (text == NULL)
    return TRUE;
  if (!g_ascii_string_to_unsigned (text, 10, least, G_MAXUINT16, &number, NULL))
    return FALSE;
  *port = (guint) number;

  return TRUE;
}

gboolean
fare_port_is_free (guint port)
{
  g_autoptr(GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr(GSocketAddress) address = g_inet_socket_address_new (loopback, (guint16) port);
  g_autoptr(GSocket) socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM,
                                            G_SOCKET_PROTOCOL_TCP, NULL);

  return socket != NULL && g_socket_bind (socket, address, TRUE, NULL)
         && g_socket_listen (socket, NULL);
}

guint
fare_port_find_free (guint port)
{
  for (guint i = 0; i < N_TRIES && port + i <= 65535; i++)
    if (fare_port_is_free (port + i))
      return port + i;

  return 0;
}

/* Returns: (transfer full) (nullable): the body of a good answer */
static char *
read_answer (GSocketConnection *connection,
             guint              port)
{
  g_autofree char *question = g_strdup_printf ("GET /health HTTP/1.0\r\nHost: 127.0.0.1:%u\r\n\r\n",
                                               port);
  g_autofree char *answer = g_malloc (ANSWER_SIZE);
  const char *body;
  gsize size = 0;

  if (!g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), question,
                                  strlen (question), NULL, NULL, NULL))
    return NULL;

  g_input_stream_read_all (g_io_stream_get_input_stream (G_IO_STREAM (connection)), answer,
                           ANSWER_SIZE - 1, &size, NULL, NULL);
  answer[size] = '\0';
  body = strstr (answer, "\r\n\r\n");

  return g_str_has_prefix (answer, "HTTP/1.") && strncmp (answer + 8, " 200", 4) == 0 && body != NULL
         ? g_strdup (body + 4) : NULL;
}

static const char *
get_text (JsonObject *object,
          const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
         ? json_node_get_string (node) : NULL;
}

static void
read_body (FarePort   *self,
           const char *body)
{
  g_autoptr(JsonNode) root = fare_json_parse (body, strlen (body), NULL);
  JsonObject *object = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root)
                                                                     : NULL;

  if (object == NULL || g_strcmp0 (get_text (object, "service"), SERVICE) != 0)
    return;

  self->is_tokenfare = g_strcmp0 (get_text (object, "implementation"), IMPLEMENTATION) == 0;
  self->is_tokdash = !self->is_tokenfare;
  self->version = g_strdup (get_text (object, "version"));
}

void
fare_port_ask (guint     port,
               FarePort *result)
{
  g_autoptr(GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr(GSocketAddress) address = g_inet_socket_address_new (loopback, (guint16) port);
  g_autoptr(GSocketClient) client = g_socket_client_new ();
  g_autoptr(GSocketConnection) connection = NULL;
  g_autofree char *body = NULL;

  *result = (FarePort) { .port = port };
  g_socket_client_set_timeout (client, TIMEOUT_S);
  g_socket_client_set_enable_proxy (client, FALSE);
  connection = g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, NULL);
  if (connection == NULL)
    return;

  result->is_open = TRUE;
  body = read_answer (connection, port);
  if (body != NULL)
    read_body (result, body);
}

void
fare_port_clear (FarePort *self)
{
  g_clear_pointer (&self->version, g_free);
}
