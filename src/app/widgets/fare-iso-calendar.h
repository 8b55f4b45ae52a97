/* fare-iso-calendar.h
 *
 * The calendar in three dimensions: a cube for each day, higher and darker the more it was.  Turns by
 * quarters, zooms, and grows once when a period is shown for the first time.
 *
 * Keys besides those of every canvas: [ and ] turn, Ctrl and plus, minus or 0 zoom.  Two fingers
 * turn and zoom, too, and so does the wheel with Ctrl.  Meant to lie in a scrolled window.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "widgets/fare-calendar-canvas.h"
#include "widgets/fare-iso-scene.h"

G_BEGIN_DECLS

#define FARE_ISO_MIN_ZOOM 0.75
#define FARE_ISO_MAX_ZOOM 3.0

#define FARE_TYPE_ISO_CALENDAR (fare_iso_calendar_get_type ())
G_DECLARE_FINAL_TYPE (FareIsoCalendar, fare_iso_calendar, FARE, ISO_CALENDAR, FareCalendarCanvas)

/* Signal "view-changed": the rotation or the zoom is another. */

/**
 * fare_iso_calendar_turn:
 * @quarters: 1 clockwise, -1 counterclockwise
 */
void                fare_iso_calendar_turn         (FareIsoCalendar *self,
                                                    int              quarters);
int                 fare_iso_calendar_get_rotation (FareIsoCalendar *self);

/**
 * fare_iso_calendar_set_zoom:
 * @zoom: 1 shows all of it; kept between %FARE_ISO_MIN_ZOOM and %FARE_ISO_MAX_ZOOM
 */
void                fare_iso_calendar_set_zoom     (FareIsoCalendar *self,
                                                    double           zoom);
double              fare_iso_calendar_get_zoom     (FareIsoCalendar *self);

/**
 * fare_iso_calendar_set_root:
 * @is_root: whether heights go by square roots
 */
void                fare_iso_calendar_set_root     (FareIsoCalendar *self,
                                                    gboolean         is_root);

const FareIsoScene  *fare_iso_calendar_get_scene   (FareIsoCalendar *self);

G_END_DECLS
