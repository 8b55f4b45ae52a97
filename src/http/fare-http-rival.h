/* fare-http-rival.h
 *
 * Who has the port that we want.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * fare_http_rival_find:
 * @port: a port of 127.0.0.1 on which somebody listens
 *
 * Asks the server itself, for a second at most, then the system.
 *
 * Returns: (transfer full) (nullable): "Tokenfare", "Tokdash", or the name and number of the
 *   process; %NULL when nobody may know
 */
char *fare_http_rival_find (guint port) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
