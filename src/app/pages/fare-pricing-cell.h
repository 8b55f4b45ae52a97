/* fare-pricing-cell.h
 *
 * One cell of the price table, or on a narrow screen a whole row.  Follows its item.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "models/fare-pricing-item.h"

G_BEGIN_DECLS

/* In place of a column: all of them, in two lines. */
#define FARE_PRICING_COLUMN_ROW FARE_PRICING_N_COLUMNS

#define FARE_TYPE_PRICING_CELL (fare_pricing_cell_get_type ())
G_DECLARE_FINAL_TYPE (FarePricingCell, fare_pricing_cell, FARE, PRICING_CELL, GtkBox)

/**
 * fare_pricing_cell_new:
 * @column: a #FarePricingColumn or %FARE_PRICING_COLUMN_ROW
 *
 * The cell of the source of a model that misses a price has a button, of the action
 * “pricing-table.set-price” with the line's key.
 *
 * Returns: (transfer floating): a cell without item
 */
GtkWidget       *fare_pricing_cell_new      (guint            column);

/**
 * fare_pricing_cell_set_item:
 * @item: (nullable): what to show
 */
void             fare_pricing_cell_set_item (FarePricingCell *self,
                                             FarePricingItem *item);

/**
 * fare_pricing_cell_get_item:
 *
 * Returns: (transfer none) (nullable): what is shown
 */
FarePricingItem *fare_pricing_cell_get_item (FarePricingCell *self);

G_END_DECLS
