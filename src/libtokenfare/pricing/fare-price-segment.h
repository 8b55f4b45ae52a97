/* fare-price-segment.h
 *
 * Writes into an entry of a price file: the elements of its "prices", each with the rates that hold
 * from some moment on, and whose evidence they are.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "pricing/fare-rates.h"

G_BEGIN_DECLS

/**
 * fare_price_segment_new:
 * @model: (nullable): a segment that the new one is like, apart from what is said here
 * @from: (nullable): first day or moment; %NULL for that of @model, or for always
 * @card: its rates; those that are not stated are left out
 *
 * Returns: (transfer full): the segment, an object
 */
JsonNode *fare_price_segment_new           (JsonNode           *model,
                                            const char         *from,
                                            const FareRateCard *card) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_price_segment_find:
 * @prices: (nullable): the segments of an entry
 * @time_ms: UTC milliseconds
 *
 * Returns: (transfer none) (nullable): the segment that holds at @time_ms, else the first one
 */
JsonNode *fare_price_segment_find          (JsonArray          *prices,
                                            gint64              time_ms);

/**
 * fare_price_segment_put:
 * @entry: the entry of a model
 * @old: (nullable): the segments that stay beside the new one
 * @segment: (transfer full): takes the place of one that begins at the same time
 *
 * Makes @old and @segment the entry's "prices", in the order of time.
 */
void      fare_price_segment_put           (JsonObject         *entry,
                                            JsonArray          *old,
                                            JsonNode           *segment);

/**
 * fare_price_segment_put_evidence:
 * @now_ms: UTC milliseconds
 *
 * Notes that the entry's prices are the user's own, as of today.  Whose evidence a price is changes
 * with the price.
 */
void      fare_price_segment_put_evidence  (JsonObject         *entry,
                                            gint64              now_ms);

G_END_DECLS
