/* fare-chart.c
 *
 * What charts over time have in common.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "widgets/fare-chart.h"
#include "widgets/fare-key-tip.h"
#include "widgets/fare-palette.h"

typedef struct
{
  FareChartCursor cursor;
  FareChartLabels labels;
} FareChartPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (FareChart, fare_chart, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_MOVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static FareChartPrivate *
get_private (FareChart *self)
{
  return fare_chart_get_instance_private (self);
}

static guint
get_point (FareChart *self)
{
  return fare_chart_cursor_get_point (&get_private (self)->cursor,
                                      gtk_widget_has_focus (GTK_WIDGET (self)));
}

static guint
find_point (FareChart *self,
            double     x)
{
  FareChartPrivate *priv = get_private (self);
  FareChartAxis axis;

  if (priv->cursor.n_points == 0)
    return FARE_CHART_NO_POINT;

  FARE_CHART_GET_CLASS (self)->lay_out (self, &axis, &priv->labels);

  return FARE_CHART_GET_CLASS (self)->find_point (self, &axis, x);
}

static void
say_point (FareChart *self)
{
  g_autofree char *sentence = fare_chart_dup_sentence (self);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  sentence != NULL ? sentence : "", -1);
  g_signal_emit (self, signals[SIGNAL_MOVED], 0);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* What the pointer is told, the keyboard is told, too. */
static void
show_tip (FareChart *self)
{
  FareChartClass *klass = FARE_CHART_GET_CLASS (self);
  FareChartPrivate *priv = get_private (self);
  guint point = get_point (self);
  g_autofree char *sentence = NULL;
  FareChartAxis axis;

  if (klass->find_x == NULL || point == FARE_CHART_NO_POINT || point != priv->cursor.keyboard)
    {
      fare_key_tip_hide (GTK_WIDGET (self));
      return;
    }

  klass->lay_out (self, &axis, &priv->labels);
  sentence = klass->dup_sentence (self, point);
  fare_key_tip_show (GTK_WIDGET (self),
                     &(GdkRectangle) { (int) klass->find_x (self, &axis, point), (int) axis.top, 1, 1 },
                     sentence);
}

static void
activate_point (FareChart *self)
{
  guint point = get_private (self)->cursor.keyboard;

  fare_key_tip_hide (GTK_WIDGET (self));

  if (point != FARE_CHART_NO_POINT && FARE_CHART_GET_CLASS (self)->activate != NULL)
    FARE_CHART_GET_CLASS (self)->activate (self, point);
}

static void
motion_cb (FareChart *self,
           double     x,
           double     y)
{
  FareChartClass *klass = FARE_CHART_GET_CLASS (self);
  guint point = find_point (self, x);

  if (!fare_chart_cursor_hover (&get_private (self)->cursor, point))
    return;

  fare_key_tip_hide (GTK_WIDGET (self));
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self),
                                   point != FARE_CHART_NO_POINT && klass->leads_on != NULL &&
                                   klass->leads_on (self, point) ? "pointer" : NULL);
  say_point (self);
}

static void
leave_cb (FareChart *self)
{
  if (fare_chart_cursor_hover (&get_private (self)->cursor, FARE_CHART_NO_POINT))
    say_point (self);
}

static void
released_cb (FareChart *self,
             int        n_press,
             double     x,
             double     y)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  get_private (self)->cursor.keyboard = find_point (self, x);
  say_point (self);
  activate_point (self);
}

static void
focus_cb (FareChart *self)
{
  if (!gtk_widget_has_focus (GTK_WIDGET (self)))
    fare_key_tip_hide (GTK_WIDGET (self));

  fare_chart_cursor_enter (&get_private (self)->cursor);
  say_point (self);
}

static gboolean
move_cb (GtkWidget *widget,
         GVariant  *args,
         gpointer   user_data)
{
  FareChart *self = FARE_CHART (widget);

  if (!fare_chart_cursor_move (&get_private (self)->cursor, g_variant_get_int32 (args)))
    return FALSE;

  /* A pointer that rests over the chart says no more what is meant. */
  fare_chart_cursor_hover (&get_private (self)->cursor, FARE_CHART_NO_POINT);
  say_point (self);
  show_tip (self);

  return TRUE;
}

static gboolean
activate_cb (GtkWidget *widget,
             GVariant  *args,
             gpointer   user_data)
{
  if (FARE_CHART_GET_CLASS (widget)->activate == NULL)
    return FALSE;

  activate_point (FARE_CHART (widget));

  return TRUE;
}

static gboolean
fare_chart_query_tooltip (GtkWidget  *widget,
                          int         x,
                          int         y,
                          gboolean    is_keyboard,
                          GtkTooltip *tooltip)
{
  FareChart *self = FARE_CHART (widget);
  guint point = is_keyboard ? get_private (self)->cursor.keyboard : find_point (self, x);
  g_autofree char *sentence = NULL;

  if (point == FARE_CHART_NO_POINT)
    return FALSE;

  sentence = FARE_CHART_GET_CLASS (self)->dup_sentence (self, point);
  gtk_tooltip_set_text (tooltip, sentence);

  return TRUE;
}

static void
fare_chart_snapshot (GtkWidget   *widget,
                     GtkSnapshot *snapshot)
{
  FareChart *self = FARE_CHART (widget);
  FareChartPrivate *priv = get_private (self);
  FareChartAxis axis;
  GdkRGBA text;
  cairo_t *cr;

  if (priv->cursor.n_points == 0)
    return;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &text);
  cr = gtk_snapshot_append_cairo (snapshot,
                                  &GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget),
                                                       gtk_widget_get_height (widget)));
  FARE_CHART_GET_CLASS (self)->lay_out (self, &axis, &priv->labels);
  fare_chart_axis_draw (&axis, widget, cr, &priv->labels, &text);
  FARE_CHART_GET_CLASS (self)->draw (self, cr, &axis, get_point (self), &text);
  cairo_destroy (cr);
}

static void
fare_chart_dispose (GObject *object)
{
  fare_key_tip_dispose (GTK_WIDGET (object));

  G_OBJECT_CLASS (fare_chart_parent_class)->dispose (object);
}

static void
fare_chart_class_init (FareChartClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fare_chart_dispose;

  widget_class->query_tooltip = fare_chart_query_tooltip;
  widget_class->snapshot = fare_chart_snapshot;

  signals[SIGNAL_MOVED] =
    g_signal_new ("moved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 0);

  fare_chart_cursor_bind_keys (widget_class, move_cb);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Return, 0, activate_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Enter, 0, activate_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_space, 0, activate_cb, NULL);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
fare_chart_init (FareChart *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  get_private (self)->cursor = FARE_CHART_CURSOR_INIT;
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

void
fare_chart_class_bind_key (FareChartClass *klass,
                           guint           key,
                           int             distance)
{
  gtk_widget_class_add_binding (GTK_WIDGET_CLASS (klass), key, 0, move_cb, "i", distance);
}

void
fare_chart_set_points (FareChart             *self,
                       guint                  n_points,
                       guint                  keyboard,
                       const FareChartLabels *labels,
                       const char            *summary)
{
  FareChartPrivate *priv = get_private (self);

  g_return_if_fail (FARE_IS_CHART (self));
  g_return_if_fail (labels != NULL && labels->func != NULL && summary != NULL);

  priv->labels = *labels;
  fare_chart_cursor_set_points (&priv->cursor, n_points, keyboard);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, summary, -1);
  say_point (self);
  if (fare_key_tip_get_text (GTK_WIDGET (self)) != NULL)
    show_tip (self);
}

guint
fare_chart_get_n_points (FareChart *self)
{
  g_return_val_if_fail (FARE_IS_CHART (self), 0);

  return get_private (self)->cursor.n_points;
}

guint
fare_chart_get_keyboard (FareChart *self)
{
  g_return_val_if_fail (FARE_IS_CHART (self), FARE_CHART_NO_POINT);

  return get_private (self)->cursor.keyboard;
}

char *
fare_chart_dup_sentence (FareChart *self)
{
  guint point;

  g_return_val_if_fail (FARE_IS_CHART (self), NULL);

  point = get_point (self);

  return point != FARE_CHART_NO_POINT ? FARE_CHART_GET_CLASS (self)->dup_sentence (self, point) : NULL;
}
