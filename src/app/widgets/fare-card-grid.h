/* fare-card-grid.h
 *
 * Cards of equal width in as many columns as fit.  Rows are filled evenly: five cards
 * on a width for four become three and two, and every row reaches both edges.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define FARE_TYPE_CARD_GRID (fare_card_grid_get_type ())
G_DECLARE_FINAL_TYPE (FareCardGrid, fare_card_grid, FARE, CARD_GRID, GtkBox)

G_END_DECLS
