/* fare-http-meta.h
 *
 * What the server says of itself, without a look at the index.  Each function returns
 * (transfer full) the text of a reply.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *fare_http_meta_health  (void) G_GNUC_WARN_UNUSED_RESULT;
char *fare_http_meta_version (void) G_GNUC_WARN_UNUSED_RESULT;
char *fare_http_meta_update  (void) G_GNUC_WARN_UNUSED_RESULT;
char *fare_http_meta_token   (const char *token) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
