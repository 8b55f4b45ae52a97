/* fare-chart-cursor.c
 *
 * Which of a chart's points is spoken of.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "widgets/fare-chart-cursor.h"

/* No point, where there is none of that number. */
static guint
keep_within (const FareChartCursor *self,
             guint                  point)
{
  return point < self->n_points ? point : FARE_CHART_NO_POINT;
}

void
fare_chart_cursor_set_points (FareChartCursor *self,
                              guint            n_points,
                              guint            keyboard)
{
  self->n_points = n_points;
  self->keyboard = keep_within (self, keyboard);
  self->pointer = keep_within (self, self->pointer);
}

gboolean
fare_chart_cursor_hover (FareChartCursor *self,
                         guint            point)
{
  guint before = self->pointer;

  self->pointer = keep_within (self, point);

  return self->pointer != before;
}

void
fare_chart_cursor_enter (FareChartCursor *self)
{
  if (self->keyboard == FARE_CHART_NO_POINT && self->n_points > 0)
    self->keyboard = self->n_points - 1;
}

gboolean
fare_chart_cursor_move (FareChartCursor *self,
                        int              distance)
{
  if (self->n_points == 0)
    return FALSE;

  fare_chart_cursor_enter (self);
  self->keyboard = (guint) CLAMP ((gint64) self->keyboard + distance, 0,
                                  (gint64) self->n_points - 1);
  self->pointer = FARE_CHART_NO_POINT;

  return TRUE;
}

guint
fare_chart_cursor_get_point (const FareChartCursor *self,
                             gboolean               has_focus)
{
  if (self->pointer != FARE_CHART_NO_POINT)
    return self->pointer;

  return has_focus ? self->keyboard : FARE_CHART_NO_POINT;
}

void
fare_chart_cursor_bind_keys (GtkWidgetClass  *widget_class,
                             GtkShortcutFunc  move)
{
  static const struct
  {
    guint key;
    int   distance;
  } keys[] = {
    { GDK_KEY_Left, -1 }, { GDK_KEY_KP_Left, -1 }, { GDK_KEY_Right, 1 }, { GDK_KEY_KP_Right, 1 },
    { GDK_KEY_Home, -G_MAXINT }, { GDK_KEY_KP_Home, -G_MAXINT },
    { GDK_KEY_End, G_MAXINT }, { GDK_KEY_KP_End, G_MAXINT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding (widget_class, keys[i].key, 0, move, "i", keys[i].distance);
}
