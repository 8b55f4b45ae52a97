/* fare-pricing-list.h
 *
 * The price table as a list model: updated line by line, so that selection, focus and scroll
 * position stay; narrowed by a search and by use.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "models/fare-pricing-item.h"

G_BEGIN_DECLS

#define FARE_TYPE_PRICING_LIST (fare_pricing_list_get_type ())
G_DECLARE_FINAL_TYPE (FarePricingList, fare_pricing_list, FARE, PRICING_LIST, GObject)

FarePricingList    *fare_pricing_list_new            (void) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_pricing_list_get_model:
 *
 * Returns: (transfer none): the items to show, of FarePricingItem, sorted and narrowed.  After the
 *   first update it has some of them, and more with every turn of the main loop
 */
GtkSelectionModel  *fare_pricing_list_get_model      (FarePricingList   *self);

/**
 * fare_pricing_list_count:
 *
 * Returns: how many items there are to show, also of those that the model does not have yet
 */
guint               fare_pricing_list_count          (FarePricingList   *self);

/**
 * fare_pricing_list_update:
 * @lines: (nullable): of FarePricingLine in their usual order; %NULL for none
 */
void                fare_pricing_list_update         (FarePricingList   *self,
                                                      GPtrArray         *lines);

/**
 * fare_pricing_list_set_search:
 * @text: words, "" for everything
 */
void                fare_pricing_list_set_search     (FarePricingList   *self,
                                                      const char        *text);
void                fare_pricing_list_set_only_used  (FarePricingList   *self,
                                                      gboolean           only_used);

void                fare_pricing_list_set_hide       (FarePricingList   *self,
                                                      gboolean           hide);

/**
 * fare_pricing_list_set_sorter:
 * @sorter: (nullable): what the user sorts by; models that miss a price stay first
 */
void                fare_pricing_list_set_sorter     (FarePricingList   *self,
                                                      GtkSorter         *sorter);

/**
 * fare_pricing_list_get_selected:
 *
 * Returns: (transfer none) (nullable): the selected line
 */
FarePricingItem    *fare_pricing_list_get_selected   (FarePricingList   *self);

/**
 * fare_pricing_list_find:
 * @key: a line's key
 *
 * Returns: its place among those shown, or %GTK_INVALID_LIST_POSITION
 */
guint               fare_pricing_list_find           (FarePricingList   *self,
                                                      const char        *key);

G_END_DECLS
