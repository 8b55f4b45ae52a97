/* fare-http-server.h
 *
 * tokenfare's interface for other programs: HTTP on this machine, as Tokdash has it.
 * Connections, limits and the gate are here; what is answered is in the routes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "fare-meter.h"

G_BEGIN_DECLS

#define FARE_HTTP_PORT 55423

typedef struct _FareHttpServer FareHttpServer;

/**
 * fare_http_server_new:
 * @meter: a started meter
 * @port: 0 for any that is free
 * @hosts: (nullable): names besides loopback under which reads are answered, together with those that
 *   the settings allow
 *
 * Listens on 127.0.0.1, and answers from the main context.
 *
 * Returns: (transfer full): the server, or %NULL with @error, %G_IO_ERROR_ADDRESS_IN_USE when
 *   another program has the port
 */
FareHttpServer *fare_http_server_new      (FareMeter           *meter,
                                           guint                port,
                                           const char * const  *hosts,
                                           GError             **error) G_GNUC_WARN_UNUSED_RESULT;
void            fare_http_server_free     (FareHttpServer      *self);
guint           fare_http_server_get_port (FareHttpServer      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareHttpServer, fare_http_server_free)

G_END_DECLS
