/* fare-json-parse.h
 *
 * JSON that others wrote, as a tree.  json-glib's parser calls itself for each level of nesting, so
 * that a few hundred thousand brackets end the program; and it takes comments and other things for
 * JSON.  Nothing from outside goes to it but through here, or through fare-price-json.h.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* No document that anybody writes on purpose is nested deeper. */
#define FARE_JSON_MAX_DEPTH 200

/**
 * fare_json_parse:
 * @text: need not end in NUL
 * @length: bytes
 * @error: %G_IO_ERROR_INVALID_DATA, or what json-glib complains of, in its own words
 *
 * Returns: (transfer full): the root, or %NULL when it is no JSON, no UTF-8, empty or nested too deep
 */
JsonNode *fare_json_parse (const char  *text,
                           gsize        length,
                           GError     **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
