/* fare-pricing-item.h
 *
 * A line of the price table as an object of a list model: it stays the same object while its
 * figures change.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "models/fare-pricing-text.h"

G_BEGIN_DECLS

#define FARE_TYPE_PRICING_ITEM (fare_pricing_item_get_type ())
G_DECLARE_FINAL_TYPE (FarePricingItem, fare_pricing_item, FARE, PRICING_ITEM, GObject)

/**
 * fare_pricing_item_new:
 * @line: what it shows
 * @rank: its place among all lines, as they come
 *
 * Returns: (transfer full): an item.  Emits FarePricingItem::changed when what it shows is another.
 */
FarePricingItem       *fare_pricing_item_new      (FarePricingLine *line,
                                                   guint            rank) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_pricing_item_update:
 *
 * Returns: whether anything changed that lists are sorted or filtered by
 */
gboolean               fare_pricing_item_update   (FarePricingItem *self,
                                                   FarePricingLine *line,
                                                   guint            rank);

const FarePricingLine *fare_pricing_item_get_line (FarePricingItem *self);
guint                  fare_pricing_item_get_rank (FarePricingItem *self);

/**
 * fare_pricing_item_set_hide:
 * @hide: whether amounts are hidden
 */
void                   fare_pricing_item_set_hide (FarePricingItem *self,
                                                   gboolean         hide);
gboolean               fare_pricing_item_get_hide (FarePricingItem *self);

/**
 * fare_pricing_item_matches:
 * @words: (nullable): lower-case words, each of which has to be found
 *
 * Returns: whether the model's names or maker have all of @words
 */
gboolean               fare_pricing_item_matches  (FarePricingItem    *self,
                                                   const char * const *words);

/**
 * fare_pricing_item_compare:
 *
 * Returns: less than, equal to or greater than 0, as one goes before, with or after the other by
 *   this column
 */
int                    fare_pricing_item_compare  (FarePricingItem    *self,
                                                   FarePricingItem    *other,
                                                   FarePricingColumn   column);

G_END_DECLS
