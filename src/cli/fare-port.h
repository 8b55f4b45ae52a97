/* fare-port.h
 *
 * Who answers on a port of this computer, and whether that is our server.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "base/fare-paths.h"

G_BEGIN_DECLS

/* Where the server listens when nothing else is set. */
#define FARE_PORT_DEFAULT 55423

typedef struct
{
  guint     port;
  gboolean  is_open;      /* somebody listens there */
  gboolean  is_tokenfare; /* and /health answers as our server does */
  gboolean  is_tokdash;   /* and /health answers as Tokdash does, whose interface ours has */
  char     *version;      /* (nullable): what /health says, of either */
} FarePort;

/**
 * fare_port_get_wanted:
 *
 * Returns: the port that the settings name for the server
 */
guint     fare_port_get_wanted (FarePaths *paths);

/**
 * fare_port_parse:
 * @text: (nullable): as typed; %NULL leaves @port alone
 * @least: the smallest port that will do
 * @port: (inout): a port in decimal digits, without blanks or a sign
 *
 * Returns: %FALSE when @text is no port from @least to 65535
 */
gboolean  fare_port_parse      (const char *text,
                                guint       least,
                                guint      *port);

/**
 * fare_port_is_free:
 *
 * Returns: whether a server could listen on @port of 127.0.0.1 now
 */
gboolean  fare_port_is_free    (guint      port);

/**
 * fare_port_find_free:
 *
 * Returns: the first free port from @port on; 0 when there is none near it
 */
guint     fare_port_find_free  (guint      port);

/**
 * fare_port_ask:
 * @port: of 127.0.0.1
 * @result: (out): cleared with fare_port_clear()
 *
 * Asks /health there; takes two seconds at most.
 */
void      fare_port_ask        (guint      port,
                                FarePort  *result);
void      fare_port_clear      (FarePort  *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (FarePort, fare_port_clear)

G_END_DECLS
