/* fare-calendar-day.h
 *
 * Day Details: what one day cost, by tool and by model, its largest sessions, and the way to its
 * neighbours.  Follows the index; while another day is being summed nothing of the last one stays.
 *
 * Signals: "step" (int direction), the neighbouring day is wanted; "left", the reader went elsewhere;
 * "back", the reader is done.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "models/fare-calendar-bill.h"
#include "models/fare-calendar-sheet.h"
#include "pages/fare-page.h"

G_BEGIN_DECLS

#define FARE_TYPE_CALENDAR_DAY (fare_calendar_day_get_type ())
G_DECLARE_FINAL_TYPE (FareCalendarDay, fare_calendar_day, FARE, CALENDAR_DAY, GtkBox)

/**
 * fare_calendar_day_connect:
 *
 * Gives it what to ask.  Called once.
 */
void           fare_calendar_day_connect    (FareCalendarDay       *self,
                                             const FarePageContext *context);

/**
 * fare_calendar_day_set_active:
 * @is_active: whether somebody looks
 */
void           fare_calendar_day_set_active (FareCalendarDay       *self,
                                             gboolean               is_active);

/**
 * fare_calendar_day_show:
 * @first: the first day of the index, before which there is nothing to step to
 *
 * Shows @day, which may lie outside of @sheet.
 */
void           fare_calendar_day_show       (FareCalendarDay       *self,
                                             FareCalendarSheet     *sheet,
                                             FareDay                day,
                                             FareDay                first);

/**
 * fare_calendar_day_set_page:
 * @is_page: whether it fills the page and needs a way back, instead of lying in a popover
 */
void           fare_calendar_day_set_page   (FareCalendarDay       *self,
                                             gboolean               is_page);

FareDay        fare_calendar_day_get_day    (FareCalendarDay       *self);

/**
 * fare_calendar_day_get_bill:
 *
 * Returns: (transfer none) (nullable): what is shown; %NULL while it is being summed
 */
const FareCalendarBill *
               fare_calendar_day_get_bill   (FareCalendarDay       *self);

G_END_DECLS
