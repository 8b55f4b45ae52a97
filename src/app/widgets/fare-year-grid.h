/* fare-year-grid.h
 *
 * A year, or any days of about that many, as 53 columns of seven squares, with the names of months above and of weekdays on their
 * rows.  As wide as it can be; scrolls where that is not enough.
 *
 * Signal: "month-activated" (int first day), the name of a month was clicked.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "widgets/fare-calendar-canvas.h"

G_BEGIN_DECLS

#define FARE_TYPE_YEAR_GRID (fare_year_grid_get_type ())
G_DECLARE_FINAL_TYPE (FareYearGrid, fare_year_grid, FARE, YEAR_GRID, FareCalendarCanvas)

G_END_DECLS
