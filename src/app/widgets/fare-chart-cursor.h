/* fare-chart-cursor.h
 *
 * Which of a chart's points is spoken of: the one under the pointer, or else the one that the
 * keyboard stands on while the chart has the focus.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define FARE_CHART_NO_POINT G_MAXUINT

/* Points are counted from 0; nowhere is FARE_CHART_NO_POINT. */
typedef struct
{
  guint n_points;
  guint keyboard;  /* where the keyboard stands */
  guint pointer;   /* what the pointer is over */
} FareChartCursor;

#define FARE_CHART_CURSOR_INIT ((FareChartCursor) { 0, FARE_CHART_NO_POINT, FARE_CHART_NO_POINT })

/**
 * fare_chart_cursor_set_points:
 * @keyboard: the point that the keyboard stands on from now on
 *
 * There are other points.  One that is none of them is nowhere.
 */
void      fare_chart_cursor_set_points (FareChartCursor       *self,
                                        guint                  n_points,
                                        guint                  keyboard);

/**
 * fare_chart_cursor_hover:
 *
 * Returns: whether the pointer is over another point than before
 */
gboolean  fare_chart_cursor_hover      (FareChartCursor       *self,
                                        guint                  point);

/**
 * fare_chart_cursor_move:
 * @distance: in points, however far beyond the last one
 *
 * Moves the keyboard's point, which begins with the last one, and leaves the pointer's.
 *
 * Returns: whether there are any points
 */
gboolean  fare_chart_cursor_move       (FareChartCursor       *self,
                                        int                    distance);

/* The chart got the focus: the keyboard begins with the last point. */
void      fare_chart_cursor_enter      (FareChartCursor       *self);

/**
 * fare_chart_cursor_get_point:
 * @has_focus: whether the keyboard counts
 *
 * Returns: the point that is spoken of, or FARE_CHART_NO_POINT
 */
guint     fare_chart_cursor_get_point  (const FareChartCursor *self,
                                        gboolean               has_focus);

/**
 * fare_chart_cursor_bind_keys:
 * @move: gets the distance as "i", for fare_chart_cursor_move()
 *
 * Binds left and right, Home and End.  Time has no other direction in other languages.
 */
void      fare_chart_cursor_bind_keys  (GtkWidgetClass        *widget_class,
                                        GtkShortcutFunc        move);

G_END_DECLS
