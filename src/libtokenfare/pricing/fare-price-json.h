/* fare-price-json.h
 *
 * JSON of price files: reading what strangers wrote without trusting it, and
 * writing it so that people can read it and numbers come back as they were.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * fare_price_json_load:
 * @path: a file
 *
 * Refuses what is no regular file, larger than 16 MiB, no UTF-8, no strict JSON or nested deeper
 * than any price file.
 *
 * Returns: (transfer full): the document's root, an object, or %NULL with a #FarePriceError whose
 *   message names @path and, for syntax, the line
 */
JsonNode   *fare_price_json_load         (const char  *path,
                                          GError     **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_price_json_read_text:
 * @path: a file
 * @length: (out): in bytes
 *
 * Refuses what is no regular file or larger than 16 MiB.
 *
 * Returns: (transfer full): the file's bytes with a zero behind them, or %NULL with a
 *   #FarePriceError
 */
char       *fare_price_json_read_text    (const char  *path,
                                          gsize       *length,
                                          GError     **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_price_json_parse:
 * @text: @length bytes with a zero behind them
 * @path: what to call the document in sentences
 *
 * As fare_price_json_load(), of text in memory.
 */
JsonNode   *fare_price_json_parse        (const char  *text,
                                          gsize        length,
                                          const char  *path,
                                          GError     **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_price_json_copy:
 *
 * Returns: (transfer full): a copy of @node in depth
 */
JsonNode   *fare_price_json_copy         (JsonNode    *node) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_price_json_to_text:
 *
 * Returns: (transfer full): @node with two spaces of indentation and a final newline; every number
 *   in the shortest form that reads back as the same
 */
char       *fare_price_json_to_text      (JsonNode    *node) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_price_json_get_string:
 *
 * Returns: (transfer none) (nullable): the member when it is a string
 */
const char *fare_price_json_get_string   (JsonObject  *object,
                                          const char  *name);

/**
 * fare_price_json_get_object:
 *
 * Returns: (transfer none) (nullable): the member when it is an object
 */
JsonObject *fare_price_json_get_object   (JsonObject  *object,
                                          const char  *name);

/**
 * fare_price_json_get_array:
 *
 * Returns: (transfer none) (nullable): the member when it is an array
 */
JsonArray  *fare_price_json_get_array    (JsonObject  *object,
                                          const char  *name);

/**
 * fare_price_json_node_to_number:
 * @node: (nullable): any node
 * @number: (out): its value
 *
 * Returns: %FALSE when @node is no finite number
 */
gboolean    fare_price_json_node_to_number (JsonNode *node,
                                            double   *number);

/**
 * fare_price_json_node_to_int:
 *
 * Returns: %FALSE when @node is no whole number
 */
gboolean    fare_price_json_node_to_int    (JsonNode *node,
                                            gint64   *number);

G_END_DECLS
