/* fare-calendar-figures.h
 *
 * What is written beside the pictures of the calendar: the totals of a month, the cards and months of
 * a year, the words in the corners of the 3D view.
 *
 * Signal: "month-activated" (int first day), a month of the list was chosen.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "models/fare-calendar-bill.h"
#include "models/fare-calendar-sheet.h"

G_BEGIN_DECLS

#define FARE_TYPE_CALENDAR_FIGURES (fare_calendar_figures_get_type ())
G_DECLARE_FINAL_TYPE (FareCalendarFigures, fare_calendar_figures, FARE, CALENDAR_FIGURES, GtkBox)

/**
 * fare_calendar_figures_show:
 * @bill: (nullable): the bill of the same days; %NULL while it is being summed
 *
 * Of a month the totals, of a year cards and months.
 */
void  fare_calendar_figures_show      (FareCalendarFigures     *self,
                                       const FareCalendarSheet *sheet,
                                       const FareCalendarBill  *bill);

/**
 * fare_calendar_figures_total:
 * @is_plain: whether no text may be paler than another, for high contrast
 *
 * Returns: (transfer full): for a corner, markup: the period's total and what else belongs to it
 */
char *fare_calendar_figures_total     (const FareCalendarSheet *sheet,
                                       gboolean                 is_plain) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_calendar_figures_habits:
 * @is_plain: whether no text may be paler than another, for high contrast
 *
 * Returns: (transfer full): for the other corner, markup: busiest day, streaks, average
 */
char *fare_calendar_figures_habits    (const FareCalendarSheet *sheet,
                                       gboolean                 is_plain) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
