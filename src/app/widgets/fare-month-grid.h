/* fare-month-grid.h
 *
 * A month as a page of a wall calendar: a button for each day with its number, its value and a bar in
 * its shade.
 *
 * Signals: "day-activated" (int day); "step" (int direction), Page Up or Page Down.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "models/fare-calendar-sheet.h"

G_BEGIN_DECLS

#define FARE_TYPE_MONTH_GRID (fare_month_grid_get_type ())
G_DECLARE_FINAL_TYPE (FareMonthGrid, fare_month_grid, FARE, MONTH_GRID, GtkGrid)

/**
 * fare_month_grid_set_sheet:
 * @sheet: a month; buttons stay and are relabelled, so that the focus stays, too
 */
void       fare_month_grid_set_sheet   (FareMonthGrid     *self,
                                        FareCalendarSheet *sheet);

/**
 * fare_month_grid_find_button:
 *
 * Returns: (transfer none) (nullable): the button of @day
 */
GtkWidget *fare_month_grid_find_button (FareMonthGrid     *self,
                                        FareDay            day);

/**
 * fare_month_grid_set_narrow:
 * @is_narrow: whether to use as little room as possible
 */
void       fare_month_grid_set_narrow  (FareMonthGrid     *self,
                                        gboolean           is_narrow);

G_END_DECLS
