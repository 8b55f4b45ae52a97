/* fare-price-document.h
 *
 * The tree of a price file while it is being changed.  Knows where things stand in it,
 * not what they mean.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * fare_price_document_create:
 *
 * Returns: (transfer full): a price file that says nothing
 */
JsonNode   *fare_price_document_create   (void) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_price_document_create_entry:
 * @id: the model's id
 *
 * Returns: (transfer full): an element of "models" about which nothing is known yet, a price least
 */
JsonNode   *fare_price_document_create_entry (const char *id) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_price_document_find:
 * @id: an id, in any spelling
 *
 * Returns: (transfer none) (nullable): the element of "models" with that id, an object
 */
JsonNode   *fare_price_document_find     (JsonNode   *root,
                                          const char *id);

/**
 * fare_price_document_put:
 * @id: an id, in any spelling
 * @entry: (nullable): what takes the place of the element with that id; a new one stands before
 *   the first greater id.  %NULL only takes the element out
 *
 * Returns: whether there was such an element
 */
gboolean    fare_price_document_put      (JsonNode   *root,
                                          const char *id,
                                          JsonNode   *entry);

/**
 * fare_price_document_add_name:
 * @member: a list of strings, made when it is not there
 *
 * Adds @text to the list unless it is in it.
 */
void        fare_price_document_add_name (JsonObject *object,
                                          const char *member,
                                          const char *text);

/**
 * fare_price_document_ensure:
 *
 * Returns: (transfer none): the member, made when it is not there or no object
 */
JsonObject *fare_price_document_ensure   (JsonObject *object,
                                          const char *member);

/**
 * fare_price_document_merge:
 * @name: a list of names or an object
 *
 * Adds to @target what the member @name of @source says and that of @shipped does not say alike.
 */
void        fare_price_document_merge    (JsonObject *target,
                                          JsonObject *shipped,
                                          JsonObject *source,
                                          const char *name);

G_END_DECLS
