/* fare-calendar-page.h
 *
 * The calendar page: every day of the index by month, by year and in three dimensions, with the
 * details of each.  It has a period of its own; of the range button it is independent.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "models/fare-calendar-sheet.h"
#include "pages/fare-page.h"

G_BEGIN_DECLS

/* In the order of the enumeration in the settings schema. */
typedef enum
{
  FARE_CALENDAR_MONTH,
  FARE_CALENDAR_YEAR,
  FARE_CALENDAR_ISO
} FareCalendarKind;

#define FARE_TYPE_CALENDAR_PAGE (fare_calendar_page_get_type ())
G_DECLARE_FINAL_TYPE (FareCalendarPage, fare_calendar_page, FARE, CALENDAR_PAGE, AdwBin)

/**
 * fare_calendar_page_get_sheet:
 *
 * Returns: (transfer none) (nullable): what is shown; %NULL while it is being summed
 */
FareCalendarSheet *fare_calendar_page_get_sheet (FareCalendarPage *self);

/**
 * fare_calendar_page_show_period:
 * @day: a day of the period to show
 */
void               fare_calendar_page_show_period (FareCalendarPage *self,
                                                   FareCalendarKind  kind,
                                                   FareDay           day);

/**
 * fare_calendar_page_open_day:
 *
 * Opens Day Details of @day, as a click on it does.
 */
void               fare_calendar_page_open_day  (FareCalendarPage *self,
                                                 FareDay           day);

/**
 * fare_calendar_page_show_day:
 *
 * Turns to the period of @day and opens Day Details, as soon as the days are known.
 */
void               fare_calendar_page_show_day  (FareCalendarPage *self,
                                                 FareDay           day);

/**
 * fare_calendar_page_get_open_day:
 *
 * Returns: the day whose details are open, or %FARE_DAY_MIN
 */
FareDay            fare_calendar_page_get_open_day (FareCalendarPage *self);

G_END_DECLS
