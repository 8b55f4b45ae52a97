/* fare-http-gate.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-http-gate.h"

#include <string.h>
#include <sys/random.h>

#include "fare-http-error.h"

#define TOKEN_BYTES 32

static const char * const loopback[] = { "127.0.0.1", "localhost", "[::1]" };

void
fare_http_gate_init (FareHttpGate *self,
                     guint         port)
{
  guint8 bytes[TOKEN_BYTES];
  gsize done = 0;

  while (done < sizeof bytes)
    {
      gssize got = getrandom (bytes + done, sizeof bytes - done, 0);

      if (got > 0)
        done += (gsize) got;
    }

  /* Base64 as addresses have it, without the padding. */
  self->token = g_base64_encode (bytes, sizeof bytes);
  g_strdelimit (self->token, "+", '-');
  g_strdelimit (self->token, "/", '_');
  *strchrnul (self->token, '=') = '\0';
  self->port = port;
}

void
fare_http_gate_clear (FareHttpGate *self)
{
  g_clear_pointer (&self->token, g_free);
}

/* Whether @text is @name, or @name with some port. */
static gboolean
is_name_with_port (const char *text,
                   const char *name)
{
  gsize length = strlen (name);

  if (g_ascii_strncasecmp (text, name, length) != 0)
    return FALSE;

  return text[length] == '\0'
         || (text[length] == ':' && text[length + 1] != '\0' && strlen (text + length + 1) <= 5
             && strspn (text + length + 1, "0123456789") == strlen (text + length + 1));
}

/* Whether @text names us and our port; the port may be missing where it is that of HTTP. */
static gboolean
is_own_authority (const FareHttpGate *self,
                  const char         *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (loopback); i++)
    {
      g_autofree char *full = g_strdup_printf ("%s:%u", loopback[i], self->port);

      if (g_ascii_strcasecmp (text, full) == 0
          || (self->port == 80 && g_ascii_strcasecmp (text, loopback[i]) == 0))
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_own_origin (const FareHttpGate *self,
               const char         *origin)
{
  return g_str_has_prefix (origin, "http://") && is_own_authority (self, origin + 7);
}

static gboolean
is_own_referer (const FareHttpGate *self,
                const char         *referer)
{
  g_autofree char *origin = NULL;

  if (!g_str_has_prefix (referer, "http://"))
    return FALSE;

  origin = g_strndup (referer, 7 + strcspn (referer + 7, "/?#"));
  return is_own_origin (self, origin);
}

gboolean
fare_http_gate_is_allowed_origin (const char *origin)
{
  const char *rest = NULL;

  if (g_str_has_prefix (origin, "http://"))
    rest = origin + 7;
  else if (g_str_has_prefix (origin, "https://"))
    rest = origin + 8;

  return rest != NULL && (is_name_with_port (rest, "localhost")
                          || is_name_with_port (rest, "127.0.0.1"));
}

gboolean
fare_http_gate_may_read (const char * const    *hosts,
                         const FareHttpCaller  *caller,
                         GError               **error)
{
  const char *host = caller->host != NULL ? caller->host : "";

  for (guint i = 0; i < G_N_ELEMENTS (loopback); i++)
    {
      if (is_name_with_port (host, loopback[i]))
        return TRUE;
    }

  for (guint i = 0; hosts[i] != NULL; i++)
    {
      if (*hosts[i] != '\0' && is_name_with_port (host, hosts[i]))
        return TRUE;
    }

  g_set_error_literal (error, FARE_HTTP_ERROR, FARE_HTTP_FORBIDDEN,
                       "Host header is neither a loopback address nor an allowed name. "
                       "Allow a name with: tokenfare serve --host NAME");
  return FALSE;
}

static gboolean
refuse (GError     **error,
        const char  *detail)
{
  g_set_error_literal (error, FARE_HTTP_ERROR, FARE_HTTP_FORBIDDEN, detail);
  return FALSE;
}

gboolean
fare_http_gate_may_have_token (const FareHttpGate    *self,
                               const FareHttpCaller  *caller,
                               GError               **error)
{
  if (!caller->is_loopback)
    return refuse (error, "Writes are answered on this machine only.");
  if (caller->host == NULL || !is_own_authority (self, caller->host))
    return refuse (error, "Host header is not a recognized loopback address.");
  if (caller->is_forwarded)
    return refuse (error, "Writes through a proxy are refused.");
  if (caller->origin != NULL && !is_own_origin (self, caller->origin))
    return refuse (error, "Cross-origin request rejected.");
  if (caller->origin == NULL && caller->referer != NULL && !is_own_referer (self, caller->referer))
    return refuse (error, "Cross-origin referer rejected.");

  return TRUE;
}

/* In a time that says nothing about where they differ. */
static gboolean
is_same_token (const char *token,
               const char *sent)
{
  gsize length = strlen (token);
  guint difference;

  if (sent == NULL || strlen (sent) != length)
    return FALSE;

  difference = 0;
  for (gsize i = 0; i < length; i++)
    difference |= (guchar) (token[i] ^ sent[i]);

  return difference == 0;
}

gboolean
fare_http_gate_may_write (const FareHttpGate    *self,
                          const FareHttpCaller  *caller,
                          GError               **error)
{
  if (!fare_http_gate_may_have_token (self, caller, error))
    return FALSE;
  if (!is_same_token (self->token, caller->token))
    return refuse (error, "Missing or invalid write token.");

  return TRUE;
}

gboolean
fare_http_gate_is_loopback (GSocketAddress *address)
{
  return G_IS_INET_SOCKET_ADDRESS (address)
         && g_inet_address_get_is_loopback (
             g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address)));
}
