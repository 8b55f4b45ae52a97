/* fare-http-names.h
 *
 * Model names as they are merged over tools: one spelling for what is one model.  For
 * showing only: prices are found by fare_price_book_match().
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * fare_http_name_merge:
 * @name: as logged
 *
 * Returns: (transfer full): without provider, date, effort and the like, "-4-8" as "-4.8"; "unknown"
 *   when nothing is left
 */
char *fare_http_name_merge (const char *name) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_http_name_join:
 * @provider: "" when none is known
 *
 * Returns: (transfer full): "provider/model", or the model alone; valid UTF-8
 */
char *fare_http_name_join  (const char *provider,
                            const char *model) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
