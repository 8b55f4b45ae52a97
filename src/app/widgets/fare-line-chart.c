/* fare-line-chart.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <math.h>

#include "widgets/fare-chart-cursor.h"
#include "widgets/fare-line-chart.h"
#include "widgets/fare-palette.h"

#define N_TICKS 3
#define HEIGHT  150

struct _FareLineChart
{
  GtkWidget             parent_instance;

  double               *values;
  FareChartLabels       labels;
  FareLineSentenceFunc  sentence;  /* gets what the labels get */
  FareChartCursor       cursor;    /* as many points as values */
};

G_DEFINE_FINAL_TYPE (FareLineChart, fare_line_chart, GTK_TYPE_WIDGET)

static void
lay_out (FareLineChart *self,
         FareChartAxis *axis)
{
  fare_chart_axis_set_reach (axis, self->values[self->cursor.n_points - 1], N_TICKS);
  fare_chart_axis_lay_out (axis, GTK_WIDGET (self), &self->labels, 5.0, FALSE);
}

static double
get_x (FareLineChart       *self,
       const FareChartAxis *axis,
       guint                point)
{
  return axis->left + (axis->right - axis->left) * (point + 1.0) / self->cursor.n_points;
}

static void
trace (FareLineChart       *self,
       cairo_t             *cr,
       const FareChartAxis *axis)
{
  cairo_move_to (cr, axis->left, axis->bottom);
  for (guint i = 0; i < self->cursor.n_points; i++)
    cairo_line_to (cr, get_x (self, axis, i), fare_chart_axis_get_y (axis, self->values[i]));
}

static void
draw_line (FareLineChart       *self,
           cairo_t             *cr,
           const FareChartAxis *axis,
           const GdkRGBA       *text)
{
  GdkRGBA color, area;

  fare_palette_lookup (FARE_PALETTE_ACCENT, GTK_WIDGET (self), &color);
  if (fare_palette_needs_outline ())
    color = *text;
  area = color;
  area.alpha *= 0.16f;

  trace (self, cr, axis);
  cairo_line_to (cr, get_x (self, axis, self->cursor.n_points - 1), axis->bottom);
  cairo_close_path (cr);
  gdk_cairo_set_source_rgba (cr, &area);
  cairo_fill (cr);

  trace (self, cr, axis);
  gdk_cairo_set_source_rgba (cr, &color);
  cairo_set_line_width (cr, 2.0);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_stroke (cr);
}

static guint
get_point (FareLineChart *self)
{
  return fare_chart_cursor_get_point (&self->cursor, gtk_widget_has_focus (GTK_WIDGET (self)));
}

static void
draw_cursor (FareLineChart       *self,
             cairo_t             *cr,
             const FareChartAxis *axis,
             guint                point,
             const GdkRGBA       *text)
{
  double x = get_x (self, axis, point);

  gdk_cairo_set_source_rgba (cr, text);
  cairo_set_line_width (cr, 1.0);
  cairo_move_to (cr, round (x) + 0.5, axis->top);
  cairo_line_to (cr, round (x) + 0.5, axis->bottom);
  cairo_stroke (cr);
  cairo_arc (cr, x, fare_chart_axis_get_y (axis, self->values[point]), 4.0, 0.0, 2.0 * G_PI);
  cairo_fill (cr);
}

static void
fare_line_chart_snapshot (GtkWidget   *widget,
                          GtkSnapshot *snapshot)
{
  FareLineChart *self = FARE_LINE_CHART (widget);
  guint point = get_point (self);
  FareChartAxis axis;
  GdkRGBA text;
  cairo_t *cr;

  if (self->cursor.n_points == 0)
    return;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &text);
  cr = gtk_snapshot_append_cairo (snapshot,
                                  &GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget),
                                                       gtk_widget_get_height (widget)));
  lay_out (self, &axis);
  fare_chart_axis_draw (&axis, widget, cr, &self->labels, &text);
  draw_line (self, cr, &axis, &text);
  if (point != FARE_CHART_NO_POINT)
    draw_cursor (self, cr, &axis, point, &text);
  cairo_destroy (cr);
}

static void
fare_line_chart_measure (GtkWidget      *widget,
                         GtkOrientation  orientation,
                         int             for_size,
                         int            *minimum,
                         int            *natural,
                         int            *minimum_baseline,
                         int            *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT : 120;
  *natural = orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT : 320;
}

static void
say_cursor (FareLineChart *self)
{
  g_autofree char *sentence = fare_line_chart_dup_sentence (self);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  sentence != NULL ? sentence : "", -1);
  g_signal_emit_by_name (self, "moved");
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static guint
find_point (FareLineChart *self,
            double         x)
{
  guint n_points = self->cursor.n_points;
  FareChartAxis axis;
  double part;

  if (n_points == 0)
    return FARE_CHART_NO_POINT;

  lay_out (self, &axis);
  part = (x - axis.left) / MAX (axis.right - axis.left, 1.0);

  if (part < 0.0 || part > 1.0)
    return FARE_CHART_NO_POINT;

  return (guint) CLAMP (round (part * n_points) - 1.0, 0.0, n_points - 1.0);
}

static void
motion_cb (FareLineChart *self,
           double         x,
           double         y)
{
  if (fare_chart_cursor_hover (&self->cursor, find_point (self, x)))
    say_cursor (self);
}

static void
leave_cb (FareLineChart *self)
{
  if (fare_chart_cursor_hover (&self->cursor, FARE_CHART_NO_POINT))
    say_cursor (self);
}

static void
pressed_cb (FareLineChart *self,
            int            n_press,
            double         x,
            double         y)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  self->cursor.keyboard = find_point (self, x);
  say_cursor (self);
}

static gboolean
move_cb (GtkWidget *widget,
         GVariant  *args,
         gpointer   user_data)
{
  FareLineChart *self = FARE_LINE_CHART (widget);

  if (!fare_chart_cursor_move (&self->cursor, g_variant_get_int32 (args)))
    return FALSE;

  say_cursor (self);

  return TRUE;
}

static void
focus_cb (FareLineChart *self)
{
  fare_chart_cursor_enter (&self->cursor);

  say_cursor (self);
}

static gboolean
query_tooltip_cb (FareLineChart *self,
                  int            x,
                  int            y,
                  gboolean       is_keyboard,
                  GtkTooltip    *tooltip)
{
  g_autofree char *sentence = fare_line_chart_dup_sentence (self);

  if (sentence == NULL)
    return FALSE;

  gtk_tooltip_set_text (tooltip, sentence);
  gtk_tooltip_set_tip_area (tooltip, &(GdkRectangle) { x - 3, y - 3, 6, 6 });

  return TRUE;
}

static void
fare_line_chart_finalize (GObject *object)
{
  g_free (FARE_LINE_CHART (object)->values);

  G_OBJECT_CLASS (fare_line_chart_parent_class)->finalize (object);
}

static void
fare_line_chart_class_init (FareLineChartClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = fare_line_chart_finalize;
  widget_class->snapshot = fare_line_chart_snapshot;
  widget_class->measure = fare_line_chart_measure;
  gtk_widget_class_set_css_name (widget_class, "linechart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);

  fare_chart_cursor_bind_keys (widget_class, move_cb);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Page_Up, 0, move_cb, "i", -10);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Page_Down, 0, move_cb, "i", 10);

  g_signal_new ("moved", FARE_TYPE_LINE_CHART, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);
}

static void
fare_line_chart_init (FareLineChart *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  self->cursor = FARE_CHART_CURSOR_INIT;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (leave_cb), self);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  g_signal_connect (self, "notify::has-focus", G_CALLBACK (focus_cb), NULL);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
  fare_palette_redraw_on_change (GTK_WIDGET (self));
}

void
fare_line_chart_show (FareLineChart        *self,
                      const double         *values,
                      guint                 n_values,
                      FareChartLabelFunc    label,
                      FareLineSentenceFunc  sentence,
                      gpointer              user_data,
                      const char           *summary)
{
  g_return_if_fail (FARE_IS_LINE_CHART (self));

  g_free (self->values);
  self->values = n_values > 0 ? g_memdup2 (values, n_values * sizeof *values) : NULL;
  self->labels = (FareChartLabels) { label, user_data };
  self->sentence = sentence;
  fare_chart_cursor_set_points (&self->cursor, n_values, self->cursor.keyboard);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, summary, -1);
  say_cursor (self);
}

char *
fare_line_chart_dup_sentence (FareLineChart *self)
{
  guint point;

  g_return_val_if_fail (FARE_IS_LINE_CHART (self), NULL);

  point = get_point (self);

  return point != FARE_CHART_NO_POINT ? self->sentence (point, self->labels.user_data) : NULL;
}
