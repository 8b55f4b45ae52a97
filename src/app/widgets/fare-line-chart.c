/* fare-line-chart.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <math.h>

#include "widgets/fare-bar-chart.h"
#include "widgets/fare-line-chart.h"
#include "widgets/fare-palette.h"

#define N_TICKS   3
#define LABEL_GAP 6
#define HEIGHT    150
#define NO_POINT  G_MAXUINT

struct _FareLineChart
{
  GtkWidget             parent_instance;

  double               *values;
  guint                 n_values;
  FareLineLabelFunc     label;
  FareLineSentenceFunc  sentence;
  gpointer              user_data;
  guint                 cursor;   /* where the keyboard is, or NO_POINT */
  guint                 hovered;  /* where the pointer is, or NO_POINT */
};

G_DEFINE_FINAL_TYPE (FareLineChart, fare_line_chart, GTK_TYPE_WIDGET)

/* Where things are, for one size and one set of values. */
typedef struct
{
  double left, right, top, bottom;
  double step, reach; /* of the axis, in values */
} Layout;

static PangoLayout *
write_label (FareLineChart *self,
             const char    *text)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  PangoAttrList *attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_scale_new (0.82));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);

  return layout;
}

static void
lay_out (FareLineChart *self,
         Layout        *layout)
{
  double greatest = self->n_values > 0 ? self->values[self->n_values - 1] : 0.0;
  int widest = 0;
  int line = 0;

  layout->step = fare_bar_chart_choose_step (greatest, N_TICKS);
  layout->reach = MAX (ceil (greatest / layout->step - 1e-9), 1.0) * layout->step;

  for (double value = 0.0; value <= layout->reach * (1.0 + 1e-9); value += layout->step)
    {
      g_autofree char *text = self->label (value, self->user_data);
      g_autoptr(PangoLayout) label = write_label (self, text);
      int width;

      pango_layout_get_pixel_size (label, &width, &line);
      widest = MAX (widest, width);
    }

  layout->left = widest + LABEL_GAP;
  layout->right = gtk_widget_get_width (GTK_WIDGET (self)) - 5.0;
  layout->top = line / 2.0 + 1.0;
  layout->bottom = gtk_widget_get_height (GTK_WIDGET (self)) - line / 2.0 - 1.0;
}

static double
get_x (FareLineChart *self,
       const Layout  *layout,
       guint          point)
{
  return layout->left + (layout->right - layout->left) * (point + 1.0) / self->n_values;
}

static double
get_y (const Layout *layout,
       double        value)
{
  return layout->bottom - (layout->bottom - layout->top) * value / layout->reach;
}

static void
draw_axis (FareLineChart *self,
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
      double y = get_y (layout, value);
      g_autofree char *words = self->label (value, self->user_data);
      g_autoptr(PangoLayout) label = write_label (self, words);
      int width, height;

      pango_layout_get_pixel_size (label, &width, &height);
      gdk_cairo_set_source_rgba (cr, &dim);
      cairo_move_to (cr, round (layout->left - LABEL_GAP - width), round (y - height / 2.0));
      pango_cairo_show_layout (cr, label);
      gdk_cairo_set_source_rgba (cr, &line);
      cairo_rectangle (cr, layout->left, round (y), layout->right - layout->left, 1.0);
      cairo_fill (cr);
    }
}

static void
trace (FareLineChart *self,
       cairo_t       *cr,
       const Layout  *layout)
{
  cairo_move_to (cr, layout->left, layout->bottom);
  for (guint i = 0; i < self->n_values; i++)
    cairo_line_to (cr, get_x (self, layout, i), get_y (layout, self->values[i]));
}

static void
draw_line (FareLineChart *self,
           cairo_t       *cr,
           const Layout  *layout,
           const GdkRGBA *text)
{
  GdkRGBA color, area;

  fare_palette_lookup (FARE_PALETTE_ACCENT, GTK_WIDGET (self), &color);
  if (fare_palette_needs_outline ())
    color = *text;
  area = color;
  area.alpha *= 0.16f;

  trace (self, cr, layout);
  cairo_line_to (cr, get_x (self, layout, self->n_values - 1), layout->bottom);
  cairo_close_path (cr);
  gdk_cairo_set_source_rgba (cr, &area);
  cairo_fill (cr);

  trace (self, cr, layout);
  gdk_cairo_set_source_rgba (cr, &color);
  cairo_set_line_width (cr, 2.0);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_stroke (cr);
}

static guint
get_shown_cursor (FareLineChart *self)
{
  guint point = self->hovered != NO_POINT ? self->hovered
                : gtk_widget_has_focus (GTK_WIDGET (self)) ? self->cursor : NO_POINT;

  return point < self->n_values ? point : NO_POINT;
}

static void
draw_cursor (FareLineChart *self,
             cairo_t       *cr,
             const Layout  *layout,
             const GdkRGBA *text)
{
  guint cursor = get_shown_cursor (self);
  double x, y;

  if (cursor == NO_POINT)
    return;

  x = get_x (self, layout, cursor);
  y = get_y (layout, self->values[cursor]);
  gdk_cairo_set_source_rgba (cr, text);
  cairo_set_line_width (cr, 1.0);
  cairo_move_to (cr, round (x) + 0.5, layout->top);
  cairo_line_to (cr, round (x) + 0.5, layout->bottom);
  cairo_stroke (cr);
  cairo_arc (cr, x, y, 4.0, 0.0, 2.0 * G_PI);
  cairo_fill (cr);
}

static void
fare_line_chart_snapshot (GtkWidget   *widget,
                          GtkSnapshot *snapshot)
{
  FareLineChart *self = FARE_LINE_CHART (widget);
  GdkRGBA text;
  Layout layout;
  cairo_t *cr;

  if (self->n_values == 0)
    return;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &text);
  cr = gtk_snapshot_append_cairo (snapshot,
                                  &GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget),
                                                       gtk_widget_get_height (widget)));
  lay_out (self, &layout);
  draw_axis (self, cr, &layout, &text);
  draw_line (self, cr, &layout, &text);
  draw_cursor (self, cr, &layout, &text);
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
  Layout layout;
  double part;

  if (self->n_values == 0)
    return NO_POINT;

  lay_out (self, &layout);
  part = (x - layout.left) / MAX (layout.right - layout.left, 1.0);

  if (part < 0.0 || part > 1.0)
    return NO_POINT;

  return (guint) CLAMP (round (part * self->n_values) - 1.0, 0.0, self->n_values - 1.0);
}

static void
motion_cb (FareLineChart *self,
           double         x,
           double         y)
{
  guint hovered = find_point (self, x);

  if (self->hovered == hovered)
    return;

  self->hovered = hovered;
  say_cursor (self);
}

static void
leave_cb (FareLineChart *self)
{
  if (self->hovered == NO_POINT)
    return;

  self->hovered = NO_POINT;
  say_cursor (self);
}

static void
pressed_cb (FareLineChart *self,
            int            n_press,
            double         x,
            double         y)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  self->cursor = find_point (self, x);
  say_cursor (self);
}

static gboolean
move_cb (GtkWidget *widget,
         GVariant  *args,
         gpointer   user_data)
{
  FareLineChart *self = FARE_LINE_CHART (widget);
  gint64 distance = g_variant_get_int32 (args);

  if (self->n_values == 0)
    return FALSE;

  if (self->cursor == NO_POINT)
    self->cursor = self->n_values - 1;

  /* Home and End go as far as there are points. */
  self->cursor = (guint) CLAMP ((gint64) self->cursor + distance, 0, (gint64) self->n_values - 1);
  self->hovered = NO_POINT;
  say_cursor (self);

  return TRUE;
}

static void
focus_cb (FareLineChart *self)
{
  if (gtk_widget_has_focus (GTK_WIDGET (self)) && self->cursor == NO_POINT && self->n_values > 0)
    self->cursor = self->n_values - 1;

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
  static const struct
  {
    guint key;
    int   distance;
  } moves[] = {
    { GDK_KEY_Left, -1 }, { GDK_KEY_Right, 1 }, { GDK_KEY_Home, -G_MAXINT32 },
    { GDK_KEY_End, G_MAXINT32 }, { GDK_KEY_Page_Up, -10 }, { GDK_KEY_Page_Down, 10 },
  };

  G_OBJECT_CLASS (klass)->finalize = fare_line_chart_finalize;
  widget_class->snapshot = fare_line_chart_snapshot;
  widget_class->measure = fare_line_chart_measure;
  gtk_widget_class_set_css_name (widget_class, "linechart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);

  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    gtk_widget_class_add_binding (widget_class, moves[i].key, 0, move_cb, "i", moves[i].distance);

  g_signal_new ("moved", FARE_TYPE_LINE_CHART, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);
}

static void
fare_line_chart_init (FareLineChart *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  self->cursor = self->hovered = NO_POINT;
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
                      FareLineLabelFunc     label,
                      FareLineSentenceFunc  sentence,
                      gpointer              user_data,
                      const char           *summary)
{
  g_return_if_fail (FARE_IS_LINE_CHART (self));

  g_free (self->values);
  self->values = n_values > 0 ? g_memdup2 (values, n_values * sizeof *values) : NULL;
  self->n_values = n_values;
  self->label = label;
  self->sentence = sentence;
  self->user_data = user_data;
  if (self->cursor >= n_values)
    self->cursor = NO_POINT;
  if (self->hovered >= n_values)
    self->hovered = NO_POINT;

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, summary, -1);
  say_cursor (self);
}

char *
fare_line_chart_dup_sentence (FareLineChart *self)
{
  guint point;

  g_return_val_if_fail (FARE_IS_LINE_CHART (self), NULL);

  point = get_shown_cursor (self);

  return point != NO_POINT ? self->sentence (point, self->user_data) : NULL;
}
