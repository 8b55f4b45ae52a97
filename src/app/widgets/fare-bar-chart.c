/* fare-bar-chart.c
 *
 * Bars over time.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <math.h>
#include <string.h>

#include "widgets/fare-bar-chart.h"
#include "widgets/fare-palette.h"

#define HEIGHT      180
#define MIN_WIDTH   200
#define N_TICKS     4
#define LABEL_GAP   6   /* pixels between an axis and its labels */
#define MAX_BAR     48  /* a chart of three bars is no wall */
#define NO_BAR      G_MAXUINT

struct _FareBars
{
  GArray *bars;    /* FareBar */
  GArray *values;  /* double, of all series of the first bar, then of the second, … */
  GArray *slots;   /* guint */
};

struct _FareBarChart
{
  GtkWidget         parent_instance;

  FareBars         *bars;
  FareBarLabelFunc  label_func;
  gpointer          label_data;
  guint             cursor;   /* where the keyboard is, or NO_BAR */
  guint             hovered;  /* where the pointer is, or NO_BAR */

  int               widest;   /* of the labels below, pixels; 0: not measured */
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
  double left, right, top, bottom;  /* of the area of the bars */
  double step, reach;               /* of the axis, in values */
  double pitch, thickness;          /* of the bars, in pixels */
} Layout;

static void
bar_clear (gpointer data)
{
  FareBar *bar = data;

  g_clear_pointer (&bar->label, g_free);
  g_clear_pointer (&bar->sentence, g_free);
  g_clear_pointer (&bar->target, g_free);
}

FareBars *
fare_bars_new (const guint *slots,
               guint        n_slots)
{
  FareBars *self = g_new0 (FareBars, 1);

  self->bars = g_array_new (FALSE, TRUE, sizeof (FareBar));
  g_array_set_clear_func (self->bars, bar_clear);
  self->values = g_array_new (FALSE, TRUE, sizeof (double));
  self->slots = g_array_new (FALSE, TRUE, sizeof (guint));
  if (n_slots > 0)
    g_array_append_vals (self->slots, slots, n_slots);

  return self;
}

void
fare_bars_free (FareBars *self)
{
  g_array_unref (self->bars);
  g_array_unref (self->values);
  g_array_unref (self->slots);
  g_free (self);
}

void
fare_bars_add (FareBars     *self,
               FareBar       bar,
               const double *values)
{
  g_return_if_fail (self != NULL);

  g_array_append_val (self->bars, bar);
  if (self->slots->len > 0)
    g_array_append_vals (self->values, values, self->slots->len);
}

static const FareBar *
get_bar (FareBars *self,
         guint     i)
{
  return &g_array_index (self->bars, FareBar, i);
}

static double
get_value (FareBars *self,
           guint     bar,
           guint     series)
{
  return g_array_index (self->values, double, bar * self->slots->len + series);
}

static double
get_height (FareBars *self,
            guint     bar)
{
  double height = 0.0;

  for (guint series = 0; series < self->slots->len; series++)
    height += get_value (self, bar, series);

  return height;
}

double
fare_bar_chart_choose_step (double greatest,
                            guint  max_ticks)
{
  static const double steps[] = { 1.0, 2.0, 2.5, 5.0, 10.0 };
  double power;

  g_return_val_if_fail (max_ticks > 0, 1.0);

  if (!(greatest > 0.0) || !isfinite (greatest))
    return 1.0;

  power = pow (10.0, floor (log10 (greatest / max_ticks)));

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      /* A hair above counts as equal: 0.3 is not three times 0.1 in binary. */
      if (greatest <= steps[i] * power * max_ticks * (1.0 + 1e-9))
        return steps[i] * power;
    }

  return 10.0 * power;
}

static PangoLayout *
write_label (FareBarChart *self,
             const char   *text)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_scale_new (0.82));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);

  return layout;
}

static void
measure_label (FareBarChart *self,
               const char   *text,
               int          *width,
               int          *height)
{
  g_autoptr(PangoLayout) layout = write_label (self, text);

  pango_layout_get_pixel_size (layout, width, height);
}

static void
lay_out (FareBarChart *self,
         Layout       *layout)
{
  double greatest = 0.0;
  int widest = 0;
  int line = 0;

  for (guint i = 0; i < self->bars->bars->len; i++)
    greatest = MAX (greatest, get_height (self->bars, i));

  layout->step = fare_bar_chart_choose_step (greatest, N_TICKS);
  layout->reach = MAX (ceil (greatest / layout->step - 1e-9), 1.0) * layout->step;

  for (double value = 0.0; value <= layout->reach * (1.0 + 1e-9); value += layout->step)
    {
      g_autofree char *text = self->label_func (value, self->label_data);
      int width;

      measure_label (self, text, &width, &line);
      widest = MAX (widest, width);
    }

  layout->left = widest + LABEL_GAP;
  layout->right = gtk_widget_get_width (GTK_WIDGET (self)) - 2.0;
  layout->top = line / 2.0 + 1.0;
  layout->bottom = gtk_widget_get_height (GTK_WIDGET (self)) - line - LABEL_GAP;
  layout->pitch = MAX (layout->right - layout->left, 0.0) / MAX (self->bars->bars->len, 1);
  layout->thickness = CLAMP (floor (layout->pitch * 0.72), 1.0, MAX_BAR);
}

static void
draw_label (FareBarChart  *self,
            cairo_t       *cr,
            const char    *text,
            double         x,
            double         y,
            double         align,
            const GdkRGBA *color)
{
  g_autoptr(PangoLayout) layout = write_label (self, text);
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  gdk_cairo_set_source_rgba (cr, color);
  cairo_move_to (cr, round (x - width * align), round (y));
  pango_cairo_show_layout (cr, layout);
}

static void
draw_axis (FareBarChart  *self,
           cairo_t       *cr,
           const Layout  *layout,
           const GdkRGBA *text)
{
  GdkRGBA line = *text;
  GdkRGBA dim = *text;

  line.alpha *= 0.14f;
  dim.alpha *= fare_palette_needs_outline () ? 1.0f : 0.7f;

  for (double value = 0.0; value <= layout->reach * (1.0 + 1e-9); value += layout->step)
    {
      double y = layout->bottom - (layout->bottom - layout->top) * value / layout->reach;
      g_autofree char *label = self->label_func (value, self->label_data);
      int width, height;

      measure_label (self, label, &width, &height);
      draw_label (self, cr, label, layout->left - LABEL_GAP, y - height / 2.0, 1.0, &dim);
      gdk_cairo_set_source_rgba (cr, &line);
      cairo_rectangle (cr, layout->left, round (y), layout->right - layout->left, 1.0);
      cairo_fill (cr);
    }
}

/* Writing text is most of the work here, and labels hardly ever change. */
static int
measure_times (FareBarChart *self)
{
  if (self->widest > 0)
    return self->widest;

  self->widest = 1;

  for (guint i = 0; i < self->bars->bars->len; i++)
    {
      int width, height;

      measure_label (self, get_bar (self->bars, i)->label, &width, &height);
      self->widest = MAX (self->widest, width);
    }

  return self->widest;
}

/* As many labels as fit, evenly spaced and ending with the last bar, which is now. */
static void
draw_times (FareBarChart  *self,
            cairo_t       *cr,
            const Layout  *layout,
            const GdkRGBA *text)
{
  guint n_bars = self->bars->bars->len;
  GdkRGBA dim = *text;
  int widest = measure_times (self);
  guint every;

  dim.alpha *= fare_palette_needs_outline () ? 1.0f : 0.7f;

  every = MAX ((guint) ceil ((widest + 12.0) / MAX (layout->pitch, 0.1)), 1);

  for (guint i = 0; i < n_bars; i++)
    {
      double x = layout->left + (i + 0.5) * layout->pitch;
      double align = 0.5;

      if ((n_bars - 1 - i) % every != 0 && n_bars > 1)
        continue;

      /* The outermost ones stay inside. */
      if (x + widest / 2.0 > layout->right)
        align = 1.0 - CLAMP ((layout->right - x) / widest, 0.0, 0.5);

      draw_label (self, cr, get_bar (self->bars, i)->label, x, layout->bottom + LABEL_GAP, align, &dim);
    }
}

static void
hatch (cairo_t *cr,
       double   x,
       double   y,
       double   width,
       double   height)
{
  cairo_save (cr);
  cairo_rectangle (cr, x, y, width, height);
  cairo_clip (cr);
  cairo_set_source_rgba (cr, 1, 1, 1, 0.45);
  cairo_set_line_width (cr, 1.5);

  for (double start = x - height; start < x + width; start += 6.0)
    {
      cairo_move_to (cr, start, y + height);
      cairo_line_to (cr, start + height, y);
    }

  cairo_stroke (cr);
  cairo_restore (cr);
}

static void
draw_bar (FareBarChart  *self,
          cairo_t       *cr,
          const Layout  *layout,
          guint          bar,
          const GdkRGBA *text)
{
  double x = round (layout->left + (bar + 0.5) * layout->pitch - layout->thickness / 2.0);
  double scale = (layout->bottom - layout->top) / layout->reach;
  double below = 0.0;

  for (guint series = 0; series < self->bars->slots->len; series++)
    {
      guint slot = g_array_index (self->bars->slots, guint, series);
      double value = get_value (self->bars, bar, series);
      double bottom = layout->bottom - below * scale;
      double top = layout->bottom - (below + value) * scale;
      GdkRGBA color;

      if (value <= 0.0)
        continue;

      /* What is there is seen, be it ever so little. */
      if (below == 0.0)
        top = MIN (top, bottom - 1.0);

      fare_palette_lookup (slot, GTK_WIDGET (self), &color);
      gdk_cairo_set_source_rgba (cr, &color);
      cairo_rectangle (cr, x, top, layout->thickness, bottom - top);
      cairo_fill (cr);

      if (slot == FARE_PALETTE_OTHER || get_bar (self->bars, bar)->is_incomplete)
        hatch (cr, x, top, layout->thickness, bottom - top);

      if (fare_palette_needs_outline () && bottom - top >= 1.0)
        {
          gdk_cairo_set_source_rgba (cr, text);
          cairo_set_line_width (cr, 1.0);
          cairo_rectangle (cr, x + 0.5, top + 0.5, MAX (layout->thickness - 1.0, 0.5), bottom - top);
          cairo_stroke (cr);
        }

      below += value;
    }
}

static guint
get_shown_cursor (FareBarChart *self)
{
  if (self->hovered != NO_BAR)
    return self->hovered;

  return gtk_widget_has_focus (GTK_WIDGET (self)) ? self->cursor : NO_BAR;
}

static void
fare_bar_chart_snapshot (GtkWidget   *widget,
                         GtkSnapshot *snapshot)
{
  FareBarChart *self = FARE_BAR_CHART (widget);
  guint cursor = get_shown_cursor (self);
  GdkRGBA text, band;
  Layout layout;
  cairo_t *cr;

  if (self->bars == NULL || self->bars->bars->len == 0)
    return;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &text);
  cr = gtk_snapshot_append_cairo (snapshot,
                                  &GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget),
                                                       gtk_widget_get_height (widget)));
  lay_out (self, &layout);
  draw_axis (self, cr, &layout, &text);
  draw_times (self, cr, &layout, &text);

  if (cursor != NO_BAR)
    {
      band = text;
      band.alpha *= 0.08f;
      gdk_cairo_set_source_rgba (cr, &band);
      cairo_rectangle (cr, layout.left + cursor * layout.pitch, layout.top, layout.pitch,
                       layout.bottom - layout.top);
      cairo_fill (cr);
    }

  for (guint i = 0; i < self->bars->bars->len; i++)
    draw_bar (self, cr, &layout, i, &text);

  cairo_destroy (cr);
}

static guint
find_bar (FareBarChart *self,
          double        x)
{
  Layout layout;

  if (self->bars == NULL || self->bars->bars->len == 0)
    return NO_BAR;

  lay_out (self, &layout);

  if (x < layout.left || x >= layout.right || layout.pitch <= 0.0)
    return NO_BAR;

  return MIN ((guint) ((x - layout.left) / layout.pitch), self->bars->bars->len - 1);
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

static void
motion_cb (FareBarChart *self,
           double        x,
           double        y)
{
  guint hovered = find_bar (self, x);

  if (self->hovered == hovered)
    return;

  self->hovered = hovered;
  say_cursor (self);
}

static void
leave_cb (FareBarChart *self)
{
  if (self->hovered == NO_BAR)
    return;

  self->hovered = NO_BAR;
  say_cursor (self);
}

static void
open_bar (FareBarChart *self,
          guint         i)
{
  if (i != NO_BAR && get_bar (self->bars, i)->target != NULL)
    g_signal_emit (self, signals[SIGNAL_OPENED], 0, get_bar (self->bars, i)->target);
}

static void
released_cb (FareBarChart *self,
             int           n_press,
             double        x,
             double        y)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  self->cursor = find_bar (self, x);
  open_bar (self, self->cursor);
}

static gboolean
move_cb (GtkWidget *widget,
         GVariant  *args,
         gpointer   user_data)
{
  FareBarChart *self = FARE_BAR_CHART (widget);
  int distance = g_variant_get_int32 (args);
  guint n_bars = self->bars != NULL ? self->bars->bars->len : 0;

  if (n_bars == 0)
    return FALSE;

  if (self->cursor == NO_BAR)
    self->cursor = n_bars - 1;

  /* Home and End go as far as there are bars. */
  self->cursor = (guint) CLAMP ((gint64) self->cursor + distance, 0, (gint64) n_bars - 1);
  self->hovered = NO_BAR;
  say_cursor (self);

  return TRUE;
}

static gboolean
activate_cb (GtkWidget *widget,
             GVariant  *args,
             gpointer   user_data)
{
  open_bar (FARE_BAR_CHART (widget), FARE_BAR_CHART (widget)->cursor);

  return TRUE;
}

static void
focus_cb (FareBarChart *self)
{
  if (self->cursor == NO_BAR && self->bars != NULL && self->bars->bars->len > 0)
    self->cursor = self->bars->bars->len - 1;

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
  guint bar = is_keyboard ? self->cursor : find_bar (self, x);

  if (bar == NO_BAR)
    return FALSE;

  gtk_tooltip_set_text (tooltip, get_bar (self->bars, bar)->sentence);

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
fare_bar_chart_finalize (GObject *object)
{
  g_clear_pointer (&FARE_BAR_CHART (object)->bars, fare_bars_free);

  G_OBJECT_CLASS (fare_bar_chart_parent_class)->finalize (object);
}

static void
fare_bar_chart_class_init (FareBarChartClass *klass)
{
  static const struct
  {
    guint key;
    int   distance;
  } moves[] = {
    { GDK_KEY_Left, -1 }, { GDK_KEY_KP_Left, -1 }, { GDK_KEY_Right, 1 }, { GDK_KEY_KP_Right, 1 },
    { GDK_KEY_Home, -G_MAXINT16 }, { GDK_KEY_End, G_MAXINT16 },
  };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

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

  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    gtk_widget_class_add_binding (widget_class, moves[i].key, 0, move_cb, "i", moves[i].distance);

  gtk_widget_class_add_binding (widget_class, GDK_KEY_Return, 0, activate_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Enter, 0, activate_cb, NULL);
  gtk_widget_class_set_css_name (widget_class, "barchart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
fare_bar_chart_init (FareBarChart *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  self->cursor = NO_BAR;
  self->hovered = NO_BAR;
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

static guint
find_label (FareBars   *bars,
            const char *label)
{
  for (guint i = 0; i < bars->bars->len; i++)
    {
      if (g_str_equal (get_bar (bars, i)->label, label))
        return i;
    }

  return NO_BAR;
}

static gboolean
are_equal (FareBars *a,
           FareBars *b)
{
  if (a->bars->len != b->bars->len || a->slots->len != b->slots->len ||
      memcmp (a->slots->data, b->slots->data, a->slots->len * sizeof (guint)) != 0)
    return FALSE;

  for (guint i = 0; i < a->bars->len; i++)
    {
      if (!g_str_equal (get_bar (a, i)->sentence, get_bar (b, i)->sentence) ||
          !g_str_equal (get_bar (a, i)->label, get_bar (b, i)->label) ||
          get_bar (a, i)->is_incomplete != get_bar (b, i)->is_incomplete)
        return FALSE;
    }

  for (guint i = 0; i < a->values->len; i++)
    {
      if (g_array_index (a->values, double, i) != g_array_index (b->values, double, i))
        return FALSE;
    }

  return TRUE;
}

void
fare_bar_chart_show (FareBarChart     *self,
                     FareBars         *bars,
                     FareBarLabelFunc  label_func,
                     gpointer          user_data,
                     const char       *summary)
{
  g_return_if_fail (FARE_IS_BAR_CHART (self));
  g_return_if_fail (bars != NULL && label_func != NULL && summary != NULL);

  if (self->bars != NULL && are_equal (self->bars, bars) && self->label_func == label_func)
    {
      fare_bars_free (bars);
      return;
    }

  self->widest = 0;
  if (self->cursor != NO_BAR)
    self->cursor = find_label (bars, get_bar (self->bars, self->cursor)->label);
  if (self->hovered != NO_BAR && self->hovered >= bars->bars->len)
    self->hovered = NO_BAR;

  g_clear_pointer (&self->bars, fare_bars_free);
  self->bars = bars;
  self->label_func = label_func;
  self->label_data = user_data;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, summary, -1);
  say_cursor (self);
}

const char *
fare_bar_chart_get_sentence (FareBarChart *self)
{
  guint cursor;

  g_return_val_if_fail (FARE_IS_BAR_CHART (self), NULL);

  cursor = get_shown_cursor (self);

  return cursor != NO_BAR && self->bars != NULL ? get_bar (self->bars, cursor)->sentence : NULL;
}
