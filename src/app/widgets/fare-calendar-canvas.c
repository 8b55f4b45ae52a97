/* fare-calendar-canvas.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "models/fare-calendar-text.h"
#include "widgets/fare-calendar-canvas.h"
#include "widgets/fare-key-tip.h"
#include "widgets/fare-style.h"

typedef struct
{
  FareCalendarSheet *sheet;
  GskRenderNode     *node;    /* the picture, NULL when it has to be drawn */
  int                width;   /* size and scale that it was drawn for */
  int                height;
  int                scale;
  guint              n_drawn;
  FareDay            cursor;
  FareDay            pointed; /* day under the pointer */
} FareCalendarCanvasPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (FareCalendarCanvas, fare_calendar_canvas, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_DAY_ACTIVATED,
  SIGNAL_STEP,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static FareCalendarCanvasPrivate *
get_private (FareCalendarCanvas *self)
{
  return fare_calendar_canvas_get_instance_private (self);
}

static void
drop_picture (FareCalendarCanvas *self)
{
  g_clear_pointer (&get_private (self)->node, gsk_render_node_unref);
}

void
fare_calendar_canvas_invalidate (FareCalendarCanvas *self)
{
  g_return_if_fail (FARE_IS_CALENDAR_CANVAS (self));

  drop_picture (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static const FareCalendarCell *
find_cell (FareCalendarCanvas *self,
           FareDay             day)
{
  FareCalendarCanvasPrivate *priv = get_private (self);

  if (priv->sheet == NULL || day == FARE_CALENDAR_NO_DAY)
    return NULL;

  return fare_calendar_sheet_find (priv->sheet, day);
}

static void
update_description (FareCalendarCanvas *self)
{
  const FareCalendarCell *cell = find_cell (self, get_private (self)->cursor);
  g_autofree char *sentence = NULL;

  if (cell != NULL)
    sentence = fare_calendar_text_sentence (get_private (self)->sheet, cell);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  sentence != NULL ? sentence : "", -1);
}

static void
update_label (FareCalendarCanvas *self)
{
  FareCalendarSheet *sheet = get_private (self)->sheet;
  g_autofree char *summary = sheet != NULL ? fare_calendar_text_summary (sheet) : g_strdup ("");

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, summary, -1);
}

/* Moves whatever scrolls so that the day can be seen. */
static void
scroll_to (FareCalendarCanvas *self,
           FareDay             day)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_SCROLLED_WINDOW);
  GtkWidget *child;
  graphene_rect_t bounds;
  graphene_point_t point;

  if (scroller == NULL)
    return;

  child = gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (scroller));
  if (GTK_IS_VIEWPORT (child))
    child = gtk_viewport_get_child (GTK_VIEWPORT (child));

  FARE_CALENDAR_CANVAS_GET_CLASS (self)->get_bounds (self, day, &bounds, NULL);
  if (!gtk_widget_compute_point (GTK_WIDGET (self), child, &bounds.origin, &point))
    return;

  gtk_adjustment_clamp_page (gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (scroller)),
                             point.x - 12, point.x + bounds.size.width + 12);
  gtk_adjustment_clamp_page (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller)),
                             point.y - 12, point.y + bounds.size.height + 12);
}

/* The one day that is drawn over the picture. */
static FareDay
get_raised (FareCalendarCanvas *self)
{
  FareCalendarCanvasPrivate *priv = get_private (self);

  if (find_cell (self, priv->pointed) != NULL)
    return priv->pointed;

  return gtk_widget_has_visible_focus (GTK_WIDGET (self)) && find_cell (self, priv->cursor) != NULL
         ? priv->cursor : FARE_CALENDAR_NO_DAY;
}

/* What the pointer is told, the keyboard is told, too. */
static void
show_tip (FareCalendarCanvas *self)
{
  FareCalendarCanvasPrivate *priv = get_private (self);
  const FareCalendarCell *cell = find_cell (self, priv->cursor);
  g_autofree char *sentence = NULL;
  GdkRectangle anchor;

  if (cell == NULL || !gtk_widget_has_focus (GTK_WIDGET (self)) ||
      find_cell (self, priv->pointed) != NULL)
    {
      fare_key_tip_hide (GTK_WIDGET (self));
      return;
    }

  sentence = fare_calendar_text_sentence (priv->sheet, cell);
  fare_calendar_canvas_get_anchor (self, priv->cursor, &anchor);
  fare_key_tip_show (GTK_WIDGET (self), &anchor, sentence);
}

static void
focus_cb (FareCalendarCanvas *self)
{
  if (!gtk_widget_has_focus (GTK_WIDGET (self)))
    fare_key_tip_hide (GTK_WIDGET (self));

  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
append_picture (FareCalendarCanvas *self,
                GtkSnapshot        *snapshot)
{
  FareCalendarCanvasPrivate *priv = get_private (self);
  GtkWidget *widget = GTK_WIDGET (self);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  int scale = gtk_widget_get_scale_factor (widget);

  if (priv->width != width || priv->height != height || priv->scale != scale)
    drop_picture (self);

  if (priv->node == NULL)
    {
      cairo_t *cr;

      priv->node = gsk_cairo_node_new (&GRAPHENE_RECT_INIT (0, 0, width, height));
      cr = gsk_cairo_node_get_draw_context (priv->node);
      FARE_CALENDAR_CANVAS_GET_CLASS (self)->draw (self, cr, width, height);
      cairo_destroy (cr);
      priv->width = width;
      priv->height = height;
      priv->scale = scale;
      priv->n_drawn++;
    }

  gtk_snapshot_append_node (snapshot, priv->node);
}

static void
append_day (FareCalendarCanvas *self,
            GtkSnapshot        *snapshot,
            FareDay             day)
{
  FareCalendarCanvasClass *klass = FARE_CALENDAR_CANVAS_GET_CLASS (self);
  graphene_rect_t bounds;
  cairo_t *cr;

  klass->get_bounds (self, day, &bounds, NULL);
  graphene_rect_inset (&bounds, -2, -2);
  cr = gtk_snapshot_append_cairo (snapshot, &bounds);
  klass->draw_day (self, cr, day);
  cairo_destroy (cr);
}

static void
fare_calendar_canvas_snapshot (GtkWidget   *widget,
                               GtkSnapshot *snapshot)
{
  FareCalendarCanvas *self = FARE_CALENDAR_CANVAS (widget);
  FareDay raised = get_raised (self);

  if (get_private (self)->sheet == NULL || gtk_widget_get_width (widget) <= 0 ||
      gtk_widget_get_height (widget) <= 0)
    return;

  append_picture (self, snapshot);
  if (raised != FARE_CALENDAR_NO_DAY)
    append_day (self, snapshot, raised);
}

static void
set_pointed (FareCalendarCanvas *self,
             FareDay             day)
{
  FareCalendarCanvasPrivate *priv = get_private (self);

  if (priv->pointed == day)
    return;

  priv->pointed = day;
  if (day != FARE_CALENDAR_NO_DAY)
    fare_key_tip_hide (GTK_WIDGET (self));
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), find_cell (self, day) != NULL ? "pointer" : NULL);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  /* The pointer leaves a window that is being closed, too. */
  if (day != FARE_CALENDAR_NO_DAY && gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_trigger_tooltip_query (GTK_WIDGET (self));
}

static void
motion_cb (FareCalendarCanvas *self,
           double              x,
           double              y)
{
  set_pointed (self, fare_calendar_canvas_find_day (self, x, y));
}

static void
leave_cb (FareCalendarCanvas *self)
{
  set_pointed (self, FARE_CALENDAR_NO_DAY);
}

static void
activate_day (FareCalendarCanvas *self,
              FareDay             day)
{
  const FareCalendarCell *cell = find_cell (self, day);

  if (cell != NULL && !cell->is_future)
    g_signal_emit (self, signals[SIGNAL_DAY_ACTIVATED], 0, day);
}

static void
pressed_cb (FareCalendarCanvas *self,
            int                 n_press,
            double              x,
            double              y)
{
  FareDay day = fare_calendar_canvas_find_day (self, x, y);
  const FareCalendarCell *cell = find_cell (self, day);

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (cell == NULL || cell->is_future || n_press > 1)
    return;

  fare_calendar_canvas_set_cursor (self, day);
  activate_day (self, day);
}

/* Days run on as time does, whatever way the picture is turned or the language reads. */
static FareDay
get_target (FareCalendarCanvas *self,
            guint               key)
{
  FareCalendarCanvasPrivate *priv = get_private (self);

  switch (key)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      return priv->cursor - 7;
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      return priv->cursor + 7;
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      return priv->cursor - 1;
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      return priv->cursor + 1;
    case GDK_KEY_Home:
    case GDK_KEY_KP_Home:
      return priv->sheet->range.first;
    case GDK_KEY_End:
    case GDK_KEY_KP_End:
      return priv->sheet->range.end;
    case GDK_KEY_t:
    case GDK_KEY_T:
      return priv->sheet->today;
    case GDK_KEY_m:
    case GDK_KEY_M:
      return priv->sheet->highlights.has_value ? priv->sheet->highlights.peak_day : priv->cursor;
    default:
      return FARE_CALENDAR_NO_DAY;
    }
}

static gboolean
key_pressed_cb (FareCalendarCanvas *self,
                guint               key,
                guint               code,
                GdkModifierType     modifiers)
{
  FareCalendarCanvasPrivate *priv = get_private (self);
  FareDay target;

  if (priv->sheet == NULL || (modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;

  switch (key)
    {
    case GDK_KEY_Page_Up:
    case GDK_KEY_KP_Page_Up:
    case GDK_KEY_Page_Down:
    case GDK_KEY_KP_Page_Down:
      g_signal_emit (self, signals[SIGNAL_STEP], 0,
                     key == GDK_KEY_Page_Up || key == GDK_KEY_KP_Page_Up ? -1 : 1);
      return GDK_EVENT_STOP;

    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_ISO_Enter:
    case GDK_KEY_space:
      fare_key_tip_hide (GTK_WIDGET (self));
      activate_day (self, priv->cursor);
      return GDK_EVENT_STOP;

    default:
      target = get_target (self, key);
    }

  if (target == FARE_CALENDAR_NO_DAY)
    return GDK_EVENT_PROPAGATE;

  priv->pointed = FARE_CALENDAR_NO_DAY;
  fare_calendar_canvas_set_cursor (self, fare_calendar_sheet_clamp (priv->sheet, target));
  show_tip (self);

  return GDK_EVENT_STOP;
}

static gboolean
fare_calendar_canvas_query_tooltip (GtkWidget  *widget,
                                    int         x,
                                    int         y,
                                    gboolean    is_keyboard,
                                    GtkTooltip *tooltip)
{
  FareCalendarCanvas *self = FARE_CALENDAR_CANVAS (widget);
  FareDay day = is_keyboard ? get_private (self)->cursor : fare_calendar_canvas_find_day (self, x, y);
  const FareCalendarCell *cell = find_cell (self, day);
  g_autofree char *sentence = NULL;
  GdkRectangle area;

  if (cell == NULL)
    return FALSE;

  sentence = fare_calendar_text_sentence (get_private (self)->sheet, cell);
  fare_calendar_canvas_get_area (self, day, &area);
  gtk_tooltip_set_text (tooltip, sentence);
  gtk_tooltip_set_tip_area (tooltip, &area);

  return TRUE;
}

static void
fare_calendar_canvas_css_changed (GtkWidget         *widget,
                                  GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (fare_calendar_canvas_parent_class)->css_changed (widget, change);
  fare_calendar_canvas_invalidate (FARE_CALENDAR_CANVAS (widget));
}

static void
fare_calendar_canvas_direction_changed (GtkWidget        *widget,
                                        GtkTextDirection  previous)
{
  GTK_WIDGET_CLASS (fare_calendar_canvas_parent_class)->direction_changed (widget, previous);
  fare_calendar_canvas_invalidate (FARE_CALENDAR_CANVAS (widget));
}

static void
fare_calendar_canvas_dispose (GObject *object)
{
  FareCalendarCanvas *self = FARE_CALENDAR_CANVAS (object);

  fare_key_tip_dispose (GTK_WIDGET (self));
  drop_picture (self);
  g_clear_pointer (&get_private (self)->sheet, fare_calendar_sheet_unref);

  G_OBJECT_CLASS (fare_calendar_canvas_parent_class)->dispose (object);
}

static void
fare_calendar_canvas_class_init (FareCalendarCanvasClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = fare_calendar_canvas_dispose;

  widget_class->css_changed = fare_calendar_canvas_css_changed;
  widget_class->direction_changed = fare_calendar_canvas_direction_changed;
  widget_class->query_tooltip = fare_calendar_canvas_query_tooltip;
  widget_class->snapshot = fare_calendar_canvas_snapshot;

  signals[SIGNAL_DAY_ACTIVATED] =
    g_signal_new ("day-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[SIGNAL_STEP] =
    g_signal_new ("step", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
add_controllers (FareCalendarCanvas *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect_swapped (motion, "enter", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (leave_cb), self);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  g_signal_connect_swapped (focus, "enter", G_CALLBACK (focus_cb), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (fare_key_tip_hide), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (focus_cb), self);
  g_signal_connect_swapped (click, "released", G_CALLBACK (pressed_cb), self);

  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

static void
fare_calendar_canvas_init (FareCalendarCanvas *self)
{
  FareCalendarCanvasPrivate *priv = get_private (self);
  FareStyle *style = fare_style_get_for_display (gtk_widget_get_display (GTK_WIDGET (self)));

  priv->cursor = FARE_CALENDAR_NO_DAY;
  priv->pointed = FARE_CALENDAR_NO_DAY;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  add_controllers (self);

  g_signal_connect_object (style, "changed",
                           G_CALLBACK (fare_calendar_canvas_invalidate), self, G_CONNECT_SWAPPED);
}

void
fare_calendar_canvas_set_sheet (FareCalendarCanvas *self,
                                FareCalendarSheet  *sheet)
{
  FareCalendarCanvasPrivate *priv;
  gboolean has_same_days;

  g_return_if_fail (FARE_IS_CALENDAR_CANVAS (self));

  priv = get_private (self);
  if (priv->sheet == sheet || fare_calendar_sheet_equal (priv->sheet, sheet))
    return;

  has_same_days = priv->sheet != NULL && sheet != NULL &&
                  priv->sheet->range.first == sheet->range.first &&
                  priv->sheet->range.end == sheet->range.end;
  g_clear_pointer (&priv->sheet, fare_calendar_sheet_unref);
  priv->sheet = sheet != NULL ? fare_calendar_sheet_ref (sheet) : NULL;
  /* News of the same days leave the pointer where it is. */
  if (!has_same_days)
    set_pointed (self, FARE_CALENDAR_NO_DAY);
  if (sheet != NULL && find_cell (self, priv->cursor) == NULL)
    priv->cursor = fare_calendar_sheet_clamp (sheet, sheet->today);

  if (FARE_CALENDAR_CANVAS_GET_CLASS (self)->sheet_changed != NULL)
    FARE_CALENDAR_CANVAS_GET_CLASS (self)->sheet_changed (self);

  update_label (self);
  update_description (self);
  fare_calendar_canvas_invalidate (self);

  if (!has_same_days)
    fare_key_tip_hide (GTK_WIDGET (self));
  else if (fare_key_tip_get_text (GTK_WIDGET (self)) != NULL)
    show_tip (self);
  else if (find_cell (self, priv->pointed) != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_trigger_tooltip_query (GTK_WIDGET (self));
}

FareCalendarSheet *
fare_calendar_canvas_get_sheet (FareCalendarCanvas *self)
{
  g_return_val_if_fail (FARE_IS_CALENDAR_CANVAS (self), NULL);

  return get_private (self)->sheet;
}

FareDay
fare_calendar_canvas_get_cursor (FareCalendarCanvas *self)
{
  g_return_val_if_fail (FARE_IS_CALENDAR_CANVAS (self), FARE_CALENDAR_NO_DAY);

  return get_private (self)->cursor;
}

void
fare_calendar_canvas_set_cursor (FareCalendarCanvas *self,
                                 FareDay             day)
{
  g_return_if_fail (FARE_IS_CALENDAR_CANVAS (self));

  if (find_cell (self, day) == NULL)
    return;

  get_private (self)->cursor = day;
  update_description (self);
  scroll_to (self, day);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
fare_calendar_canvas_get_anchor (FareCalendarCanvas *self,
                                 FareDay             day,
                                 GdkRectangle       *anchor)
{
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, 1, 1);
  graphene_rect_t target = bounds;

  g_return_if_fail (FARE_IS_CALENDAR_CANVAS (self));

  if (find_cell (self, day) != NULL)
    FARE_CALENDAR_CANVAS_GET_CLASS (self)->get_bounds (self, day, &bounds, &target);

  *anchor = (GdkRectangle) { (int) target.origin.x, (int) target.origin.y,
                             MAX (1, (int) target.size.width), MAX (1, (int) target.size.height) };
}

void
fare_calendar_canvas_get_area (FareCalendarCanvas *self,
                               FareDay             day,
                               GdkRectangle       *area)
{
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, 1, 1);

  g_return_if_fail (FARE_IS_CALENDAR_CANVAS (self));

  if (find_cell (self, day) != NULL)
    FARE_CALENDAR_CANVAS_GET_CLASS (self)->get_bounds (self, day, &bounds, NULL);

  /* Gaps belong to their day, too. */
  graphene_rect_inset (&bounds, -1, -1);
  graphene_rect_round_extents (&bounds, &bounds);
  *area = (GdkRectangle) { (int) bounds.origin.x, (int) bounds.origin.y,
                           (int) bounds.size.width, (int) bounds.size.height };
}

FareDay
fare_calendar_canvas_find_day (FareCalendarCanvas *self,
                               double              x,
                               double              y)
{
  g_return_val_if_fail (FARE_IS_CALENDAR_CANVAS (self), FARE_CALENDAR_NO_DAY);

  if (get_private (self)->sheet == NULL)
    return FARE_CALENDAR_NO_DAY;

  return FARE_CALENDAR_CANVAS_GET_CLASS (self)->find_day (self, x, y);
}

guint
fare_calendar_canvas_get_n_drawn (FareCalendarCanvas *self)
{
  g_return_val_if_fail (FARE_IS_CALENDAR_CANVAS (self), 0);

  return get_private (self)->n_drawn;
}
