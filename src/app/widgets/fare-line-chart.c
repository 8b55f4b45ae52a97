/* fare-line-chart.c
 *
 * A line over an area.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <math.h>

#include "widgets/fare-line-chart.h"
#include "widgets/fare-palette.h"

#define N_TICKS 3
#define HEIGHT  150

struct _FareLineChart
{
  FareChart             parent_instance;

  double               *values;     /* one for each point */
  FareLineSentenceFunc  sentence;
  gpointer              user_data;  /* of the sentence */
};

G_DEFINE_FINAL_TYPE (FareLineChart, fare_line_chart, FARE_TYPE_CHART)

static void
fare_line_chart_lay_out (FareChart             *chart,
                         FareChartAxis         *axis,
                         const FareChartLabels *labels)
{
  guint last = fare_chart_get_n_points (chart) - 1;

  fare_chart_axis_set_reach (axis, FARE_LINE_CHART (chart)->values[last], N_TICKS);
  fare_chart_axis_lay_out (axis, GTK_WIDGET (chart), labels, 5.0, FALSE);
}

static double
get_x (FareLineChart       *self,
       const FareChartAxis *axis,
       guint                point)
{
  return axis->left + (axis->right - axis->left) * (point + 1.0) /
                      fare_chart_get_n_points (FARE_CHART (self));
}

static void
trace (FareLineChart       *self,
       cairo_t             *cr,
       const FareChartAxis *axis)
{
  guint n_points = fare_chart_get_n_points (FARE_CHART (self));

  cairo_move_to (cr, axis->left, axis->bottom);
  for (guint i = 0; i < n_points; i++)
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
  cairo_line_to (cr, axis->right, axis->bottom);
  cairo_close_path (cr);
  gdk_cairo_set_source_rgba (cr, &area);
  cairo_fill (cr);

  trace (self, cr, axis);
  gdk_cairo_set_source_rgba (cr, &color);
  cairo_set_line_width (cr, 2.0);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_stroke (cr);
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
fare_line_chart_draw (FareChart           *chart,
                      cairo_t             *cr,
                      const FareChartAxis *axis,
                      guint                point,
                      const GdkRGBA       *text)
{
  FareLineChart *self = FARE_LINE_CHART (chart);

  draw_line (self, cr, axis, text);
  if (point != FARE_CHART_NO_POINT)
    draw_cursor (self, cr, axis, point, text);
}

static guint
fare_line_chart_find_point (FareChart           *chart,
                            const FareChartAxis *axis,
                            double               x)
{
  guint n_points = fare_chart_get_n_points (chart);
  double part = (x - axis->left) / MAX (axis->right - axis->left, 1.0);

  if (part < 0.0 || part > 1.0)
    return FARE_CHART_NO_POINT;

  return (guint) CLAMP (round (part * n_points) - 1.0, 0.0, n_points - 1.0);
}

static char *
fare_line_chart_dup_sentence (FareChart *chart,
                              guint      point)
{
  FareLineChart *self = FARE_LINE_CHART (chart);

  return self->sentence (point, self->user_data);
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
fare_line_chart_finalize (GObject *object)
{
  g_free (FARE_LINE_CHART (object)->values);

  G_OBJECT_CLASS (fare_line_chart_parent_class)->finalize (object);
}

static void
fare_line_chart_class_init (FareLineChartClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  FareChartClass *chart_class = FARE_CHART_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = fare_line_chart_finalize;

  widget_class->measure = fare_line_chart_measure;

  chart_class->draw = fare_line_chart_draw;
  chart_class->dup_sentence = fare_line_chart_dup_sentence;
  chart_class->find_point = fare_line_chart_find_point;
  chart_class->lay_out = fare_line_chart_lay_out;

  fare_chart_class_bind_key (chart_class, GDK_KEY_Page_Up, -10);
  fare_chart_class_bind_key (chart_class, GDK_KEY_Page_Down, 10);
  gtk_widget_class_set_css_name (widget_class, "linechart");
}

static void
fare_line_chart_init (FareLineChart *self)
{
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
  FareChart *chart = FARE_CHART (self);

  g_return_if_fail (FARE_IS_LINE_CHART (self));

  g_free (self->values);
  self->values = n_values > 0 ? g_memdup2 (values, n_values * sizeof *values) : NULL;
  self->sentence = sentence;
  self->user_data = user_data;
  fare_chart_set_points (chart, n_values, fare_chart_get_keyboard (chart),
                         &(FareChartLabels) { label, user_data }, summary);
}
