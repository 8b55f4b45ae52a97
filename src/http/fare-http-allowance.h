/* fare-http-allowance.h
 *
 * What a connection may still send, and until when.  Its bytes are counted where they
 * come in, before anything makes sense of them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _FareHttpAllowance FareHttpAllowance;

/**
 * fare_http_allowance_wrap:
 * @connection: an accepted connection
 * @stream: (out) (transfer full): what to read from and write to in its place; its reading ends
 *   with an error when more comes, or later, than is allowed
 *
 * Returns: (transfer full): the connection's allowance, which fare_http_allowance_set() has to set
 */
FareHttpAllowance *fare_http_allowance_wrap  (GSocketConnection  *connection,
                                              GIOStream         **stream) G_GNUC_WARN_UNUSED_RESULT;
FareHttpAllowance *fare_http_allowance_ref   (FareHttpAllowance  *self);
void               fare_http_allowance_unref (FareHttpAllowance  *self);

/**
 * fare_http_allowance_set:
 * @bytes: that may come from now on
 * @seconds: from the first of them to the last
 */
void               fare_http_allowance_set   (FareHttpAllowance  *self,
                                              gint64              bytes,
                                              guint               seconds);

G_END_DECLS
