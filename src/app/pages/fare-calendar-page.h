/* fare-calendar-page.h
 *
 * The calendar page.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "pages/fare-page.h"

G_BEGIN_DECLS

#define FARE_TYPE_CALENDAR_PAGE (fare_calendar_page_get_type ())
G_DECLARE_FINAL_TYPE (FareCalendarPage, fare_calendar_page, FARE, CALENDAR_PAGE, AdwBin)

G_END_DECLS
