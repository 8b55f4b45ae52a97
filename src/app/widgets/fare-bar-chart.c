/* fare-bar-chart.c
 *
 * Bars over time.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <math.h>

#include "widgets/fare-bar-chart.h"
#include "widgets/fare-hatch.h"
#include "widgets/fare-palette.h"

#define HEIGHT    180
#define MIN_WIDTH 200
#define N_TICKS   4

#define MARK_RADIUS 2.5  /* pixels */

struct _FareBarChart
{
  FareChart           parent_instance;

  FareBars           *bars;    /* NULL: none were given yet */
  FareChartLabelFunc  label;   /* of the axis */
  int                 widest;  /* of the labels below, pixels; 0: not measured */
};

G_DEFINE_FINAL_TYPE (FareBarChart, fare_bar_chart, FARE_TYPE_CHART)

enum
{
  SIGNAL_OPENED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Where things are, for one size and one set of bars. */
typedef struct
{
  const FareChartAxis *axis;
  FareBarPlaces        places;
} Layout;

static Layout
make_layout (FareBarChart        *self,
             const FareChartAxis *axis)
{
  Layout layout = { .axis = axis };

  fare_bar_places_init (&layout.places, axis->left, axis->right, fare_bars_get_length (self->bars));

  return layout;
}

static void
set_steps (FareChartAxis *axis,
           FareBars      *bars)
{
  double greatest = fare_bars_get_greatest (bars);

  fare_chart_axis_set_reach (axis, greatest, N_TICKS);
  fare_chart_axis_round_step (axis, greatest, fare_bars_get_unit (bars));
}

static void
fare_bar_chart_lay_out (FareChart             *chart,
                        FareChartAxis         *axis,
                        const FareChartLabels *labels)
{
  set_steps (axis, FARE_BAR_CHART (chart)->bars);
  fare_chart_axis_lay_out (axis, GTK_WIDGET (chart), labels, 2.0, TRUE);
}

/* Writing text is most of the work here, and labels hardly ever change. */
static int
measure_times (FareBarChart *self)
{
  if (self->widest > 0)
    return self->widest;

  self->widest = 1;

  for (guint i = 0; i < fare_bars_get_length (self->bars); i++)
    {
      int width, height;

      fare_chart_axis_measure_text (GTK_WIDGET (self), fare_bars_get (self->bars, i)->label,
                                    &width, &height);
      self->widest = MAX (self->widest, width);
    }

  return self->widest;
}

static void
draw_times (FareBarChart  *self,
            cairo_t       *cr,
            const Layout  *layout,
            const GdkRGBA *text)
{
  int widest = measure_times (self);

  for (guint i = 0; i < fare_bars_get_length (self->bars); i++)
    {
      double x = fare_bar_places_get_middle (&layout->places, i);
      double align = 0.5;

      if (!fare_bar_places_has_label (&layout->places, i, widest))
        continue;

      /* The outermost ones stay inside. */
      if (x + widest / 2.0 > layout->axis->right)
        align = 1.0 - CLAMP ((layout->axis->right - x) / widest, 0.0, 0.5);

      fare_chart_axis_draw_text (GTK_WIDGET (self), cr, fare_bars_get (self->bars, i)->label, x,
                                 layout->axis->bottom + FARE_CHART_LABEL_GAP, align, text);
    }
}

static void
draw_bar (FareBarChart  *self,
          cairo_t       *cr,
          const Layout  *layout,
          guint          bar,
          const GdkRGBA *text)
{
  double thickness = layout->places.thickness;
  double x = round (fare_bar_places_get_middle (&layout->places, bar) - thickness / 2.0);
  double below = 0.0;

  for (guint series = 0; series < fare_bars_get_n_series (self->bars); series++)
    {
      guint slot = fare_bars_get_slot (self->bars, series);
      double value = fare_bars_get_value (self->bars, bar, series);
      double bottom = fare_chart_axis_get_y (layout->axis, below);
      double top = fare_chart_axis_get_y (layout->axis, below + value);
      GdkRGBA color;

      if (value <= 0.0)
        continue;

      /* What is there is seen, be it ever so little. */
      if (below == 0.0)
        top = MIN (top, bottom - 1.0);

      fare_palette_lookup (slot, GTK_WIDGET (self), &color);
      gdk_cairo_set_source_rgba (cr, &color);
      cairo_rectangle (cr, x, top, thickness, bottom - top);
      cairo_fill (cr);

      if (slot == FARE_PALETTE_OTHER || fare_bars_get (self->bars, bar)->is_incomplete)
        fare_hatch_draw (cr, &color, x, top, thickness, bottom - top);

      if (fare_palette_needs_outline () && bottom - top >= 1.0)
        {
          gdk_cairo_set_source_rgba (cr, text);
          cairo_set_line_width (cr, 1.0);
          cairo_rectangle (cr, x + 0.5, top + 0.5, MAX (thickness - 1.0, 0.5), bottom - top);
          cairo_stroke (cr);
        }

      below += value;
    }
}

/* As in the calendar, for what was used but has no price. */
static void
draw_mark (FareBarChart  *self,
           cairo_t       *cr,
           const Layout  *layout,
           guint          bar,
           const GdkRGBA *text)
{
  if (!fare_bars_get (self->bars, bar)->is_marked)
    return;

  for (guint series = 0; series < fare_bars_get_n_series (self->bars); series++)
    {
      if (fare_bars_get_value (self->bars, bar, series) > 0.0)
        return;
    }

  gdk_cairo_set_source_rgba (cr, text);
  cairo_new_sub_path (cr);
  cairo_arc (cr, fare_bar_places_get_middle (&layout->places, bar),
             layout->axis->bottom - 2.0 * MARK_RADIUS, MARK_RADIUS, 0.0, 2.0 * G_PI);
  cairo_fill (cr);
}

static void
draw_cursor (cairo_t       *cr,
             const Layout  *layout,
             guint          bar,
             const GdkRGBA *text)
{
  GdkRGBA band = *text;

  band.alpha *= 0.08f;
  gdk_cairo_set_source_rgba (cr, &band);
  cairo_rectangle (cr, layout->places.left + bar * layout->places.pitch, layout->axis->top,
                   layout->places.pitch, layout->axis->bottom - layout->axis->top);
  cairo_fill (cr);
}

static void
fare_bar_chart_draw (FareChart           *chart,
                     cairo_t             *cr,
                     const FareChartAxis *axis,
                     guint                point,
                     const GdkRGBA       *text)
{
  FareBarChart *self = FARE_BAR_CHART (chart);
  Layout layout = make_layout (self, axis);

  draw_times (self, cr, &layout, text);

  if (point != FARE_CHART_NO_POINT)
    draw_cursor (cr, &layout, point, text);

  for (guint i = 0; i < fare_bars_get_length (self->bars); i++)
    {
      draw_bar (self, cr, &layout, i, text);
      draw_mark (self, cr, &layout, i, text);
    }
}

static guint
fare_bar_chart_find_point (FareChart           *chart,
                           const FareChartAxis *axis,
                           double               x)
{
  Layout layout = make_layout (FARE_BAR_CHART (chart), axis);

  return fare_bar_places_find (&layout.places, x);
}

static double
fare_bar_chart_find_x (FareChart           *chart,
                       const FareChartAxis *axis,
                       guint                point)
{
  Layout layout = make_layout (FARE_BAR_CHART (chart), axis);

  return fare_bar_places_get_middle (&layout.places, point);
}

static gboolean
fare_bar_chart_leads_on (FareChart *chart,
                         guint      point)
{
  return fare_bars_get (FARE_BAR_CHART (chart)->bars, point)->target != NULL;
}

static char *
fare_bar_chart_dup_sentence (FareChart *chart,
                             guint      point)
{
  return g_strdup (fare_bars_get (FARE_BAR_CHART (chart)->bars, point)->sentence);
}

static void
fare_bar_chart_activate (FareChart *chart,
                         guint      point)
{
  const char *target = fare_bars_get (FARE_BAR_CHART (chart)->bars, point)->target;

  if (target != NULL)
    g_signal_emit (chart, signals[SIGNAL_OPENED], 0, target);
}

static void
fare_bar_chart_measure (GtkWidget      *widget,
                        GtkOrientation  orientation,
                        int             for_size,
                        int            *minimum,
                        int            *natural,
                        int            *minimum_baseline,
                        int            *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? MIN_WIDTH : HEIGHT;
}

/* The font may be another one. */
static void
fare_bar_chart_css_changed (GtkWidget         *widget,
                            GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (fare_bar_chart_parent_class)->css_changed (widget, change);
  FARE_BAR_CHART (widget)->widest = 0;
}

static void
fare_bar_chart_system_setting_changed (GtkWidget        *widget,
                                       GtkSystemSetting  setting)
{
  GTK_WIDGET_CLASS (fare_bar_chart_parent_class)->system_setting_changed (widget, setting);
  FARE_BAR_CHART (widget)->widest = 0;
}

static void
fare_bar_chart_finalize (GObject *object)
{
  g_clear_pointer (&FARE_BAR_CHART (object)->bars, fare_bars_free);

  G_OBJECT_CLASS (fare_bar_chart_parent_class)->finalize (object);
}

static void
fare_bar_chart_class_init (FareBarChartClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  FareChartClass *chart_class = FARE_CHART_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = fare_bar_chart_finalize;

  widget_class->css_changed = fare_bar_chart_css_changed;
  widget_class->measure = fare_bar_chart_measure;
  widget_class->system_setting_changed = fare_bar_chart_system_setting_changed;

  chart_class->activate = fare_bar_chart_activate;
  chart_class->draw = fare_bar_chart_draw;
  chart_class->dup_sentence = fare_bar_chart_dup_sentence;
  chart_class->find_point = fare_bar_chart_find_point;
  chart_class->find_x = fare_bar_chart_find_x;
  chart_class->lay_out = fare_bar_chart_lay_out;
  chart_class->leads_on = fare_bar_chart_leads_on;

  /**
   * FareBarChart::opened:
   * @target: of the bar
   *
   * Somebody wants to see what is behind a bar.
   */
  signals[SIGNAL_OPENED] =
    g_signal_new ("opened", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_css_name (widget_class, "barchart");
}

static void
fare_bar_chart_init (FareBarChart *self)
{
}

double
fare_bar_chart_find_step (FareBars *bars)
{
  FareChartAxis axis;

  g_return_val_if_fail (bars != NULL, 1.0);

  set_steps (&axis, bars);

  return axis.step;
}

void
fare_bar_chart_show (FareBarChart       *self,
                     FareBars           *bars,
                     FareChartLabelFunc  label_func,
                     gpointer            user_data,
                     const char         *summary)
{
  FareChart *chart = FARE_CHART (self);
  guint keyboard = fare_chart_get_keyboard (chart);

  g_return_if_fail (FARE_IS_BAR_CHART (self));
  g_return_if_fail (bars != NULL && label_func != NULL && summary != NULL);

  if (self->bars != NULL && fare_bars_equal (self->bars, bars) && self->label == label_func)
    {
      fare_bars_free (bars);
      return;
    }

  if (keyboard != FARE_CHART_NO_POINT)
    keyboard = fare_bars_find (bars, fare_bars_get (self->bars, keyboard)->label);

  g_clear_pointer (&self->bars, fare_bars_free);
  self->bars = bars;
  self->label = label_func;
  self->widest = 0;
  fare_chart_set_points (chart, fare_bars_get_length (bars), keyboard,
                         &(FareChartLabels) { label_func, user_data }, summary);
}
