/* fare-http-gate.h
 *
 * Who may ask and who may change something.  Pure: texts in, a decision out.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  guint   port;
  char   *token;  /* of this start; writes must bring it */
} FareHttpGate;

/* What a request says about where it comes from; each is NULL when not sent. */
typedef struct
{
  const char *host;
  const char *origin;
  const char *referer;
  const char *token;
  gboolean    is_loopback;  /* the peer is this machine */
  gboolean    is_forwarded; /* a proxy says that it stands between */
} FareHttpCaller;

/**
 * fare_http_gate_init:
 *
 * Draws a new token.
 */
void     fare_http_gate_init         (FareHttpGate         *self,
                                      guint                 port);
void     fare_http_gate_clear        (FareHttpGate         *self);

/**
 * fare_http_gate_may_read:
 * @hosts: names besides loopback under which reads are answered
 *
 * Checks the name by which the caller calls us: a page in a browser that was led here by a name
 * of its own must learn nothing.
 *
 * Returns: %FALSE with a #FareHttpError
 */
gboolean fare_http_gate_may_read     (const char * const   *hosts,
                                      const FareHttpCaller *caller,
                                      GError              **error);

/**
 * fare_http_gate_may_write:
 *
 * Returns: %FALSE with %FARE_HTTP_FORBIDDEN unless the caller is on this machine, calls us by a
 *   loopback name and our port, is no foreign page, and has the token
 */
gboolean fare_http_gate_may_write    (const FareHttpGate   *self,
                                      const FareHttpCaller *caller,
                                      GError              **error);

/**
 * fare_http_gate_may_have_token:
 *
 * Returns: %FALSE with %FARE_HTTP_FORBIDDEN unless all that writing needs but the token is there
 */
gboolean fare_http_gate_may_have_token (const FareHttpGate *self,
                                      const FareHttpCaller *caller,
                                      GError              **error);

/**
 * fare_http_gate_is_allowed_origin:
 *
 * Returns: whether a page of @origin may read replies: one of this machine, whatever its port
 */
gboolean fare_http_gate_is_allowed_origin (const char      *origin);

/**
 * fare_http_gate_is_loopback:
 *
 * Returns: whether @address is of this machine
 */
gboolean fare_http_gate_is_loopback  (GSocketAddress       *address);

G_END_DECLS
