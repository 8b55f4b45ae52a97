/* fare-calendar-canvas.h
 *
 * What the painted views of the calendar have in common: a sheet, a day under the pointer, a day
 * under the keyboard's cursor, what is said about it, and the keys.  The picture is kept as one
 * render node and drawn again only when it changes; pointing draws no more than one day.
 *
 * For a screen reader a canvas is an image: its label is the sheet's summary, its description the
 * sentence of the day under the cursor.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "models/fare-calendar-sheet.h"

G_BEGIN_DECLS

#define FARE_TYPE_CALENDAR_CANVAS (fare_calendar_canvas_get_type ())
G_DECLARE_DERIVABLE_TYPE (FareCalendarCanvas, fare_calendar_canvas, FARE, CALENDAR_CANVAS, GtkWidget)

/* No day. */
#define FARE_CALENDAR_NO_DAY FARE_DAY_MIN

struct _FareCalendarCanvasClass
{
  GtkWidgetClass parent_class;

  /* The sheet is another.  May be NULL. */
  void     (*sheet_changed) (FareCalendarCanvas *self);
  /* Draws the picture on a canvas of this size. */
  void     (*draw)          (FareCalendarCanvas *self,
                             cairo_t            *cr,
                             double              width,
                             double              height);
  /* Draws one day over the picture. */
  void     (*draw_day)      (FareCalendarCanvas *self,
                             cairo_t            *cr,
                             FareDay             day);
  /* Tells where a day is drawn, and where what lies over it points at (may be NULL). */
  void     (*get_bounds)    (FareCalendarCanvas *self,
                             FareDay             day,
                             graphene_rect_t    *bounds,
                             graphene_rect_t    *anchor);
  /* FARE_CALENDAR_NO_DAY where there is none. */
  FareDay  (*find_day)      (FareCalendarCanvas *self,
                             double              x,
                             double              y);
};

/* Signals:
 *   day-activated (int day)       a day was clicked, or Enter pressed on it
 *   step (int direction)          Page Up or Page Down
 */

/**
 * fare_calendar_canvas_set_sheet:
 * @sheet: (nullable): what to show; the cursor stays where it is if the day is still there
 */
void               fare_calendar_canvas_set_sheet   (FareCalendarCanvas *self,
                                                     FareCalendarSheet  *sheet);
FareCalendarSheet *fare_calendar_canvas_get_sheet   (FareCalendarCanvas *self);

/**
 * fare_calendar_canvas_get_cursor:
 *
 * Returns: the day under the keyboard's cursor, or %FARE_CALENDAR_NO_DAY
 */
FareDay            fare_calendar_canvas_get_cursor  (FareCalendarCanvas *self);
void               fare_calendar_canvas_set_cursor  (FareCalendarCanvas *self,
                                                     FareDay             day);

/**
 * fare_calendar_canvas_get_anchor:
 *
 * Tells where a popover about @day points at, in the canvas.
 */
void               fare_calendar_canvas_get_anchor  (FareCalendarCanvas *self,
                                                     FareDay             day,
                                                     GdkRectangle       *anchor);

/**
 * fare_calendar_canvas_get_area:
 * @area: (out): all of the day, with its sides
 *
 * A tooltip stays while the pointer is in this area; GTK takes it away, or never shows it, outside.
 */
void               fare_calendar_canvas_get_area   (FareCalendarCanvas *self,
                                                    FareDay             day,
                                                    GdkRectangle       *area);

/**
 * fare_calendar_canvas_find_day:
 *
 * Returns: the day seen at a point, or %FARE_CALENDAR_NO_DAY
 */
FareDay            fare_calendar_canvas_find_day    (FareCalendarCanvas *self,
                                                     double              x,
                                                     double              y);

/**
 * fare_calendar_canvas_invalidate:
 *
 * The picture has to be drawn again.
 */
void               fare_calendar_canvas_invalidate  (FareCalendarCanvas *self);

/**
 * fare_calendar_canvas_get_n_drawn:
 *
 * Returns: how often the whole picture was drawn
 */
guint              fare_calendar_canvas_get_n_drawn (FareCalendarCanvas *self);

G_END_DECLS
