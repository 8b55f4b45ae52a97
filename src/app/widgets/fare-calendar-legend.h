/* fare-calendar-legend.h
 *
 * “Less ▢▢▢▢▢▢▢▢ More”: the shades of a calendar, with the values they stand for in tooltips.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "models/fare-calendar-sheet.h"

G_BEGIN_DECLS

#define FARE_TYPE_CALENDAR_LEGEND (fare_calendar_legend_get_type ())
G_DECLARE_FINAL_TYPE (FareCalendarLegend, fare_calendar_legend, FARE, CALENDAR_LEGEND, GtkBox)

void fare_calendar_legend_show (FareCalendarLegend      *self,
                                const FareCalendarSheet *sheet);

G_END_DECLS
