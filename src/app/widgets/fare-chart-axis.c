/* fare-chart-axis.c
 *
 * The value axis that charts share.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <math.h>

#include "widgets/fare-chart-axis.h"
#include "widgets/fare-font.h"
#include "widgets/fare-palette.h"

static double
choose_step (double greatest,
             guint  max_steps)
{
  static const double steps[] = { 1.0, 2.0, 2.5, 5.0, 10.0 };
  double power;

  /* Below a normal number there is nothing to divide. */
  if (!isnormal (greatest / max_steps) || greatest < 0.0)
    return 1.0;

  power = pow (10.0, floor (log10 (greatest / max_steps)));

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      /* A hair above counts as equal: 0.3 is not three times 0.1 in binary. */
      if (greatest <= steps[i] * power * max_steps * (1.0 + 1e-9))
        return steps[i] * power;
    }

  return 10.0 * power;
}

void
fare_chart_axis_set_reach (FareChartAxis *self,
                           double         greatest,
                           guint          max_steps)
{
  double n_steps;

  g_return_if_fail (self != NULL && max_steps > 0);

  self->step = choose_step (greatest, max_steps);
  n_steps = ceil (greatest / self->step - 1e-9);
  self->n_steps = isfinite (n_steps) ? (guint) CLAMP (n_steps, 1.0, max_steps) : 1;
}

void
fare_chart_axis_round_step (FareChartAxis *self,
                            double         greatest,
                            double         unit)
{
  double n_units;

  g_return_if_fail (self != NULL && self->step > 0.0);

  if (unit <= 0.0)
    return;

  n_units = ceil (self->step / unit - 1e-9);
  if (fabs (n_units * unit - self->step) <= 1e-9 * self->step)
    return;

  /* Longer steps than before, so their number is still a small one. */
  self->step = n_units * unit;
  self->n_steps = (guint) CLAMP (ceil (greatest / self->step - 1e-9), 1.0, self->n_steps);
}

double
fare_chart_axis_get_reach (const FareChartAxis *self)
{
  return self->n_steps * self->step;
}

double
fare_chart_axis_get_y (const FareChartAxis *self,
                       double               value)
{
  return self->bottom - (self->bottom - self->top) * value / fare_chart_axis_get_reach (self);
}

static PangoLayout *
write_text (GtkWidget  *widget,
            const char *text)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (widget, text);
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_scale_new (FARE_FONT_CAPTION));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);

  return layout;
}

void
fare_chart_axis_measure_text (GtkWidget  *widget,
                              const char *text,
                              int        *width,
                              int        *height)
{
  g_autoptr(PangoLayout) layout = write_text (widget, text);

  pango_layout_get_pixel_size (layout, width, height);
}

static void
draw_layout (cairo_t       *cr,
             PangoLayout   *layout,
             double         x,
             double         y,
             const GdkRGBA *color)
{
  GdkRGBA dim = *color;

  dim.alpha *= fare_palette_needs_outline () ? 1.0f : 0.7f;
  gdk_cairo_set_source_rgba (cr, &dim);
  cairo_move_to (cr, round (x), round (y));
  pango_cairo_show_layout (cr, layout);
}

void
fare_chart_axis_draw_text (GtkWidget     *widget,
                           cairo_t       *cr,
                           const char    *text,
                           double         x,
                           double         y,
                           double         align,
                           const GdkRGBA *color)
{
  g_autoptr(PangoLayout) layout = write_text (widget, text);
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  draw_layout (cr, layout, x - width * align, y, color);
}

void
fare_chart_axis_lay_out (FareChartAxis         *self,
                         GtkWidget             *widget,
                         const FareChartLabels *labels,
                         double                 right_margin,
                         gboolean               has_line_below)
{
  int widest = 0;
  int line = 0;

  for (guint i = 0; i <= self->n_steps; i++)
    {
      g_autofree char *text = labels->func (i * self->step, labels->user_data);
      int width;

      fare_chart_axis_measure_text (widget, text, &width, &line);
      widest = MAX (widest, width);
    }

  self->left = widest + FARE_CHART_LABEL_GAP;
  self->right = gtk_widget_get_width (widget) - right_margin;
  self->top = line / 2.0 + 1.0;
  self->bottom = gtk_widget_get_height (widget) -
                 (has_line_below ? line + FARE_CHART_LABEL_GAP : self->top);
}

void
fare_chart_axis_draw (const FareChartAxis   *self,
                      GtkWidget             *widget,
                      cairo_t               *cr,
                      const FareChartLabels *labels,
                      const GdkRGBA         *color)
{
  GdkRGBA line = *color;

  line.alpha *= 0.14f;

  for (guint i = 0; i <= self->n_steps; i++)
    {
      double y = fare_chart_axis_get_y (self, i * self->step);
      g_autofree char *text = labels->func (i * self->step, labels->user_data);
      g_autoptr(PangoLayout) layout = write_text (widget, text);
      int width, height;

      pango_layout_get_pixel_size (layout, &width, &height);
      draw_layout (cr, layout, self->left - FARE_CHART_LABEL_GAP - width, y - height / 2.0, color);
      gdk_cairo_set_source_rgba (cr, &line);
      cairo_rectangle (cr, self->left, round (y), self->right - self->left, 1.0);
      cairo_fill (cr);
    }
}
