/* fare-pricing-table.h
 *
 * The price table as columns, or as rows of two lines where it is narrow.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "models/fare-pricing-list.h"
#include "widgets/fare-width-bin.h"

G_BEGIN_DECLS

#define FARE_TYPE_PRICING_TABLE (fare_pricing_table_get_type ())
G_DECLARE_FINAL_TYPE (FarePricingTable, fare_pricing_table, FARE, PRICING_TABLE, AdwBin)

/**
 * fare_pricing_table_set_list:
 *
 * Shows @list.  Called once.  Activates the action "pricing.edit" for the line that is
 * activated, and opens a menu of the actions "pricing.…" that fit the selected line.
 */
void       fare_pricing_table_set_list     (FarePricingTable *self,
                                            FarePricingList  *list);
void       fare_pricing_table_set_width    (FarePricingTable *self,
                                            FareWidth         width);

/**
 * fare_pricing_table_set_can_edit:
 * @can_edit: whether prices can be set now
 */
void       fare_pricing_table_set_can_edit (FarePricingTable *self,
                                            gboolean          can_edit);

/**
 * fare_pricing_table_show_line:
 * @position: its place among those shown
 *
 * Selects the line, scrolls to it and takes the keyboard there.
 */
void       fare_pricing_table_show_line    (FarePricingTable *self,
                                            guint             position);

/**
 * fare_pricing_table_sort:
 * @column: what to sort by, as a click on its title does
 */
void       fare_pricing_table_sort         (FarePricingTable  *self,
                                            FarePricingColumn  column,
                                            GtkSortType        direction);

G_END_DECLS
