/* fare-http-page.h
 *
 * The page for people: one file without anything from outside, which asks the interface
 * for its figures.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _FareHttpPage FareHttpPage;

/**
 * fare_http_page_new:
 *
 * Returns: (transfer full): the page in the language of this process
 */
FareHttpPage *fare_http_page_new        (void) G_GNUC_WARN_UNUSED_RESULT;
void          fare_http_page_free       (FareHttpPage       *self);
GBytes       *fare_http_page_get_text   (const FareHttpPage *self);

/**
 * fare_http_page_get_policy:
 *
 * Returns: what the page may do, for the header Content-Security-Policy: its own two pieces, named
 *   by their hashes, and questions to where it came from
 */
const char   *fare_http_page_get_policy (const FareHttpPage *self);

G_END_DECLS
