/* fare-bar-chart.c
 *
 * Bars over time.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <math.h>

#include "widgets/fare-bar-chart.h"
#include "widgets/fare-chart-cursor.h"
#include "widgets/fare-hatch.h"
#include "widgets/fare-key-tip.h"
#include "widgets/fare-palette.h"

#define HEIGHT    180
#define MIN_WIDTH 200
#define N_TICKS   4

#define MARK_RADIUS 2.5  /* pixels */

struct _FareBarChart
{
  GtkWidget        parent_instance;

  FareBars        *bars;     /* NULL: none were given yet */
  FareChartLabels  labels;
  FareChartCursor  cursor;

  int              widest;   /* of the labels below, pixels; 0: not measured */
};

G_DEFINE_FINAL_TYPE (FareBarChart, fare_bar_chart, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_MOVED,
  SIGNAL_OPENED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Where things are, for one size and one set of bars. */
typedef struct
{
  FareChartAxis axis;
  FareBarPlaces places;
} Layout;

static void
set_steps (FareChartAxis *axis,
           FareBars      *bars)
{
  double greatest = fare_bars_get_greatest (bars);

  fare_chart_axis_set_reach (axis, greatest, N_TICKS);
  fare_chart_axis_round_step (axis, greatest, fare_bars_get_unit (bars));
}

static void
lay_out (FareBarChart *self,
         Layout       *layout)
{
  set_steps (&layout->axis, self->bars);
  fare_chart_axis_lay_out (&layout->axis, GTK_WIDGET (self), &self->labels, 2.0, TRUE);
  fare_bar_places_init (&layout->places, layout->axis.left, layout->axis.right,
                        fare_bars_get_length (self->bars));
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
      if (x + widest / 2.0 > layout->axis.right)
        align = 1.0 - CLAMP ((layout->axis.right - x) / widest, 0.0, 0.5);

      fare_chart_axis_draw_text (GTK_WIDGET (self), cr, fare_bars_get (self->bars, i)->label, x,
                                 layout->axis.bottom + FARE_CHART_LABEL_GAP, align, text);
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
      double bottom = fare_chart_axis_get_y (&layout->axis, below);
      double top = fare_chart_axis_get_y (&layout->axis, below + value);
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
             layout->axis.bottom - 2.0 * MARK_RADIUS, MARK_RADIUS, 0.0, 2.0 * G_PI);
  cairo_fill (cr);
}

static guint
get_point (FareBarChart *self)
{
  return fare_chart_cursor_get_point (&self->cursor, gtk_widget_has_focus (GTK_WIDGET (self)));
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
  cairo_rectangle (cr, layout->places.left + bar * layout->places.pitch, layout->axis.top,
                   layout->places.pitch, layout->axis.bottom - layout->axis.top);
  cairo_fill (cr);
}

static void
fare_bar_chart_snapshot (GtkWidget   *widget,
                         GtkSnapshot *snapshot)
{
  FareBarChart *self = FARE_BAR_CHART (widget);
  guint point = get_point (self);
  GdkRGBA text;
  Layout layout;
  cairo_t *cr;

  if (self->cursor.n_points == 0)
    return;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &text);
  cr = gtk_snapshot_append_cairo (snapshot,
                                  &GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget),
                                                       gtk_widget_get_height (widget)));
  lay_out (self, &layout);
  fare_chart_axis_draw (&layout.axis, widget, cr, &self->labels, &text);
  draw_times (self, cr, &layout, &text);

  if (point != FARE_CHART_NO_POINT)
    draw_cursor (cr, &layout, point, &text);

  for (guint i = 0; i < self->cursor.n_points; i++)
    {
      draw_bar (self, cr, &layout, i, &text);
      draw_mark (self, cr, &layout, i, &text);
    }

  cairo_destroy (cr);
}

static guint
find_bar (FareBarChart *self,
          double        x)
{
  Layout layout;

  if (self->cursor.n_points == 0)
    return FARE_CHART_NO_POINT;

  lay_out (self, &layout);

  return fare_bar_places_find (&layout.places, x);
}

static void
say_cursor (FareBarChart *self)
{
  const char *sentence = fare_bar_chart_get_sentence (self);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  sentence != NULL ? sentence : "", -1);
  g_signal_emit (self, signals[SIGNAL_MOVED], 0);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* What the pointer is told, the keyboard is told, too. */
static void
show_tip (FareBarChart *self)
{
  guint bar = get_point (self);
  Layout layout;

  if (bar == FARE_CHART_NO_POINT || bar != self->cursor.keyboard)
    {
      fare_key_tip_hide (GTK_WIDGET (self));
      return;
    }

  lay_out (self, &layout);
  fare_key_tip_show (GTK_WIDGET (self),
                     &(GdkRectangle) { (int) fare_bar_places_get_middle (&layout.places, bar),
                                       (int) layout.axis.top, 1, 1 },
                     fare_bars_get (self->bars, bar)->sentence);
}

static void
motion_cb (FareBarChart *self,
           double        x,
           double        y)
{
  guint bar = find_bar (self, x);

  if (!fare_chart_cursor_hover (&self->cursor, bar))
    return;

  fare_key_tip_hide (GTK_WIDGET (self));

  gtk_widget_set_cursor_from_name (GTK_WIDGET (self),
                                   bar != FARE_CHART_NO_POINT &&
                                   fare_bars_get (self->bars, bar)->target != NULL ? "pointer" : NULL);
  say_cursor (self);
}

static void
leave_cb (FareBarChart *self)
{
  if (fare_chart_cursor_hover (&self->cursor, FARE_CHART_NO_POINT))
    say_cursor (self);
}

static void
open_bar (FareBarChart *self)
{
  guint bar = self->cursor.keyboard;

  if (bar != FARE_CHART_NO_POINT && fare_bars_get (self->bars, bar)->target != NULL)
    g_signal_emit (self, signals[SIGNAL_OPENED], 0, fare_bars_get (self->bars, bar)->target);
}

static void
released_cb (FareBarChart *self,
             int           n_press,
             double        x,
             double        y)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  self->cursor.keyboard = find_bar (self, x);
  open_bar (self);
}

static gboolean
move_cb (GtkWidget *widget,
         GVariant  *args,
         gpointer   user_data)
{
  FareBarChart *self = FARE_BAR_CHART (widget);

  if (!fare_chart_cursor_move (&self->cursor, g_variant_get_int32 (args)))
    return FALSE;

  /* A pointer that rests over the chart says no more what is meant. */
  fare_chart_cursor_hover (&self->cursor, FARE_CHART_NO_POINT);

  say_cursor (self);
  show_tip (self);

  return TRUE;
}

static gboolean
activate_cb (GtkWidget *widget,
             GVariant  *args,
             gpointer   user_data)
{
  open_bar (FARE_BAR_CHART (widget));

  return TRUE;
}

static void
focus_cb (FareBarChart *self)
{
  if (!gtk_widget_has_focus (GTK_WIDGET (self)))
    fare_key_tip_hide (GTK_WIDGET (self));

  fare_chart_cursor_enter (&self->cursor);
  say_cursor (self);
}

static gboolean
fare_bar_chart_query_tooltip (GtkWidget  *widget,
                              int         x,
                              int         y,
                              gboolean    is_keyboard,
                              GtkTooltip *tooltip)
{
  FareBarChart *self = FARE_BAR_CHART (widget);
  guint bar = is_keyboard ? self->cursor.keyboard : find_bar (self, x);

  if (bar == FARE_CHART_NO_POINT)
    return FALSE;

  gtk_tooltip_set_text (tooltip, fare_bars_get (self->bars, bar)->sentence);

  return TRUE;
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
fare_bar_chart_dispose (GObject *object)
{
  fare_key_tip_dispose (GTK_WIDGET (object));

  G_OBJECT_CLASS (fare_bar_chart_parent_class)->dispose (object);
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

  G_OBJECT_CLASS (klass)->dispose = fare_bar_chart_dispose;
  G_OBJECT_CLASS (klass)->finalize = fare_bar_chart_finalize;
  widget_class->css_changed = fare_bar_chart_css_changed;
  widget_class->measure = fare_bar_chart_measure;
  widget_class->query_tooltip = fare_bar_chart_query_tooltip;
  widget_class->snapshot = fare_bar_chart_snapshot;
  widget_class->system_setting_changed = fare_bar_chart_system_setting_changed;

  /**
   * FareBarChart::moved:
   *
   * fare_bar_chart_get_sentence() says something else.
   */
  signals[SIGNAL_MOVED] =
    g_signal_new ("moved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * FareBarChart::opened:
   * @target: of the bar
   *
   * Somebody wants to see what is behind a bar.
   */
  signals[SIGNAL_OPENED] =
    g_signal_new ("opened", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  fare_chart_cursor_bind_keys (widget_class, move_cb);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Return, 0, activate_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Enter, 0, activate_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_space, 0, activate_cb, NULL);
  gtk_widget_class_set_css_name (widget_class, "barchart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
fare_bar_chart_init (FareBarChart *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  self->cursor = FARE_CHART_CURSOR_INIT;
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (leave_cb), self);
  g_signal_connect_swapped (click, "released", G_CALLBACK (released_cb), self);
  g_signal_connect (self, "notify::has-focus", G_CALLBACK (focus_cb), NULL);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  fare_palette_redraw_on_change (GTK_WIDGET (self));
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
  guint keyboard = FARE_CHART_NO_POINT;

  g_return_if_fail (FARE_IS_BAR_CHART (self));
  g_return_if_fail (bars != NULL && label_func != NULL && summary != NULL);

  if (self->bars != NULL && fare_bars_equal (self->bars, bars) && self->labels.func == label_func)
    {
      fare_bars_free (bars);
      return;
    }

  if (self->cursor.keyboard != FARE_CHART_NO_POINT)
    keyboard = fare_bars_find (bars, fare_bars_get (self->bars, self->cursor.keyboard)->label);

  g_clear_pointer (&self->bars, fare_bars_free);
  self->bars = bars;
  self->labels = (FareChartLabels) { label_func, user_data };
  self->widest = 0;
  fare_chart_cursor_set_points (&self->cursor, fare_bars_get_length (bars), keyboard);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, summary, -1);
  say_cursor (self);
  if (fare_key_tip_get_text (GTK_WIDGET (self)) != NULL)
    show_tip (self);
}

const char *
fare_bar_chart_get_sentence (FareBarChart *self)
{
  guint bar;

  g_return_val_if_fail (FARE_IS_BAR_CHART (self), NULL);

  bar = get_point (self);

  return bar != FARE_CHART_NO_POINT ? fare_bars_get (self->bars, bar)->sentence : NULL;
}
