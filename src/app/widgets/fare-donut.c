/* fare-donut.c
 *
 * Shares as a ring with a child in its middle.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <math.h>

#include "models/fare-share-item.h"
#include "widgets/fare-donut.h"
#include "widgets/fare-hatch.h"
#include "widgets/fare-palette.h"

#define MIN_SIZE   168
#define RING_PART  0.13  /* width of the ring as a part of its diameter */
#define GAP_PIXELS 3.0   /* between neighbours, so that the colours do not have to tell them apart */
#define FULL       (2.0 * G_PI)

typedef struct
{
  double  fraction;
  guint   slot;
  char   *key;
  char   *tooltip;
} Segment;

struct _FareDonut
{
  GtkWidget  parent_instance;

  GtkWidget *child;
  GArray    *segments; /* Segment */
};

static void fare_donut_buildable_init (GtkBuildableIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FareDonut, fare_donut, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE,
                                                      fare_donut_buildable_init))

enum
{
  PROP_0,
  PROP_CHILD,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  SIGNAL_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static GtkBuildableIface *parent_buildable;

static void
segment_clear (gpointer data)
{
  Segment *segment = data;

  g_clear_pointer (&segment->key, g_free);
  g_clear_pointer (&segment->tooltip, g_free);
}

static gboolean
segments_equal (GArray *a,
                GArray *b)
{
  if (a->len != b->len)
    return FALSE;

  for (guint i = 0; i < a->len; i++)
    {
      const Segment *left = &g_array_index (a, Segment, i);
      const Segment *right = &g_array_index (b, Segment, i);

      if (left->fraction != right->fraction || left->slot != right->slot ||
          g_strcmp0 (left->key, right->key) != 0 ||
          g_strcmp0 (left->tooltip, right->tooltip) != 0)
        return FALSE;
    }

  return TRUE;
}

/* The middle line of the ring. */
static void
get_geometry (GtkWidget *widget,
              double    *center_x,
              double    *center_y,
              double    *radius,
              double    *thickness)
{
  double size = MIN (gtk_widget_get_width (widget), gtk_widget_get_height (widget));

  *center_x = gtk_widget_get_width (widget) / 2.0;
  *center_y = gtk_widget_get_height (widget) / 2.0;
  *thickness = size * RING_PART;
  *radius = MAX (0.0, (size - *thickness) / 2.0 - 1.0);
}

static void
stroke_arc (cairo_t       *cr,
            double         radius,
            double         thickness,
            double         from,
            double         to,
            const GdkRGBA *color)
{
  gdk_cairo_set_source_rgba (cr, color);
  cairo_set_line_width (cr, thickness);
  cairo_new_path (cr);
  cairo_arc (cr, 0, 0, radius, from - G_PI / 2.0, to - G_PI / 2.0);
  cairo_stroke (cr);
}

/* Clipped to a piece of the ring. */
static void
hatch_arc (cairo_t       *cr,
           double         radius,
           double         thickness,
           double         from,
           double         to,
           const GdkRGBA *ground)
{
  double outer = radius + thickness / 2.0;

  cairo_save (cr);
  cairo_new_path (cr);
  cairo_arc (cr, 0, 0, outer, from - G_PI / 2.0, to - G_PI / 2.0);
  cairo_arc_negative (cr, 0, 0, radius - thickness / 2.0, to - G_PI / 2.0, from - G_PI / 2.0);
  cairo_close_path (cr);
  cairo_clip (cr);
  fare_hatch_draw (cr, ground, -outer, -outer, 2.0 * outer, 2.0 * outer);
  cairo_restore (cr);
}

static void
outline_arc (cairo_t       *cr,
             double         radius,
             double         thickness,
             double         from,
             double         to,
             const GdkRGBA *color)
{
  gdk_cairo_set_source_rgba (cr, color);
  cairo_set_line_width (cr, 1.0);
  cairo_new_path (cr);
  cairo_arc (cr, 0, 0, radius + thickness / 2.0, from - G_PI / 2.0, to - G_PI / 2.0);
  cairo_arc_negative (cr, 0, 0, radius - thickness / 2.0, to - G_PI / 2.0, from - G_PI / 2.0);
  cairo_close_path (cr);
  cairo_stroke (cr);
}

static void
draw_segments (FareDonut *self,
               cairo_t   *cr,
               double     radius,
               double     thickness)
{
  double gap = self->segments->len > 1 ? GAP_PIXELS / radius : 0.0;
  double start = 0.0;
  GdkRGBA text;

  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (self)), &text);

  for (guint i = 0; i < self->segments->len; i++)
    {
      const Segment *segment = &g_array_index (self->segments, Segment, i);
      double end = start + segment->fraction * FULL;
      double from = start + gap / 2.0;
      double to = MAX (end - gap / 2.0, from + 0.01);
      GdkRGBA color;

      if (segment->fraction > 0.0)
        {
          fare_palette_lookup (segment->slot, GTK_WIDGET (self), &color);
          stroke_arc (cr, radius, thickness, from, to, &color);

          if (segment->slot == FARE_PALETTE_OTHER)
            hatch_arc (cr, radius, thickness, from, to, &color);

          if (fare_palette_needs_outline ())
            outline_arc (cr, radius, thickness, from, to, &text);
        }

      start = end;
    }
}

static void
fare_donut_snapshot (GtkWidget   *widget,
                     GtkSnapshot *snapshot)
{
  FareDonut *self = FARE_DONUT (widget);
  double x, y, radius, thickness;
  GdkRGBA track;
  cairo_t *cr;

  get_geometry (widget, &x, &y, &radius, &thickness);

  if (radius > 0.0)
    {
      cr = gtk_snapshot_append_cairo (snapshot,
                                      &GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget),
                                                           gtk_widget_get_height (widget)));
      cairo_translate (cr, x, y);

      if (self->segments->len == 0)
        {
          gtk_style_context_get_color (gtk_widget_get_style_context (widget), &track);
          track.alpha *= 0.12f;
          stroke_arc (cr, radius, thickness, 0.0, FULL, &track);
        }

      draw_segments (self, cr, radius, thickness);
      cairo_destroy (cr);
    }

  if (self->child != NULL)
    gtk_widget_snapshot_child (widget, self->child, snapshot);
}

static const Segment *
find_segment (FareDonut *self,
              double     x,
              double     y)
{
  double center_x, center_y, radius, thickness, angle, distance;
  double end = 0.0;

  get_geometry (GTK_WIDGET (self), &center_x, &center_y, &radius, &thickness);
  distance = hypot (x - center_x, y - center_y);

  if (fabs (distance - radius) > thickness / 2.0)
    return NULL;

  angle = atan2 (y - center_y, x - center_x) + G_PI / 2.0;
  if (angle < 0.0)
    angle += FULL;

  for (guint i = 0; i < self->segments->len; i++)
    {
      const Segment *segment = &g_array_index (self->segments, Segment, i);

      end += segment->fraction * FULL;
      if (angle < end)
        return segment;
    }

  return NULL;
}

static gboolean
fare_donut_query_tooltip (GtkWidget  *widget,
                          int         x,
                          int         y,
                          gboolean    is_keyboard,
                          GtkTooltip *tooltip)
{
  const Segment *segment = is_keyboard ? NULL : find_segment (FARE_DONUT (widget), x, y);

  if (segment == NULL || segment->tooltip == NULL)
    return FALSE;

  gtk_tooltip_set_text (tooltip, segment->tooltip);

  return TRUE;
}

/* A pointer shows that a piece leads somewhere. */
static void
motion_cb (FareDonut *self,
           double     x,
           double     y)
{
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self),
                                   find_segment (self, x, y) != NULL ? "pointer" : NULL);
}

static void
leave_cb (FareDonut *self)
{
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), NULL);
}

static void
released_cb (FareDonut *self,
             int        n_press,
             double     x,
             double     y)
{
  const Segment *segment = find_segment (self, x, y);

  if (segment != NULL && n_press == 1)
    {
      /* What is shown may be another answer before the signal is through. */
      g_autofree char *key = g_strdup (segment->key);

      g_signal_emit (self, signals[SIGNAL_ACTIVATED], 0, key);
    }
}

static GtkSizeRequestMode
fare_donut_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

/* The hole must take the child: its diagonal has to fit between the inner edges. */
static void
fare_donut_measure (GtkWidget      *widget,
                    GtkOrientation  orientation,
                    int             for_size,
                    int            *minimum,
                    int            *natural,
                    int            *minimum_baseline,
                    int            *natural_baseline)
{
  FareDonut *self = FARE_DONUT (widget);
  int size = 0;

  if (self->child != NULL)
    {
      int width, height;

      gtk_widget_measure (self->child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);
      gtk_widget_measure (self->child, GTK_ORIENTATION_VERTICAL, -1, NULL, &height, NULL, NULL);
      size = (int) ceil (hypot (width, height) / (1.0 - 2.0 * RING_PART)) + 8;
    }

  *minimum = MAX (MIN_SIZE, size);
  *natural = *minimum;
}

static void
fare_donut_size_allocate (GtkWidget *widget,
                          int        width,
                          int        height,
                          int        baseline)
{
  FareDonut *self = FARE_DONUT (widget);
  GtkRequisition natural;

  if (self->child == NULL)
    return;

  gtk_widget_get_preferred_size (self->child, NULL, &natural);
  gtk_widget_size_allocate (self->child,
                            &(GtkAllocation) { (width - natural.width) / 2,
                                               (height - natural.height) / 2,
                                               natural.width, natural.height },
                            -1);
}

static void
set_child (FareDonut *self,
           GtkWidget *child)
{
  g_clear_pointer (&self->child, gtk_widget_unparent);
  self->child = child;

  if (child != NULL)
    gtk_widget_set_parent (child, GTK_WIDGET (self));
}

static void
fare_donut_dispose (GObject *object)
{
  set_child (FARE_DONUT (object), NULL);

  G_OBJECT_CLASS (fare_donut_parent_class)->dispose (object);
}

static void
fare_donut_finalize (GObject *object)
{
  g_clear_pointer (&FARE_DONUT (object)->segments, g_array_unref);

  G_OBJECT_CLASS (fare_donut_parent_class)->finalize (object);
}

static void
fare_donut_get_property (GObject    *object,
                         guint       prop_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_CHILD:
      g_value_set_object (value, FARE_DONUT (object)->child);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
fare_donut_set_property (GObject      *object,
                         guint         prop_id,
                         const GValue *value,
                         GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_CHILD:
      set_child (FARE_DONUT (object), g_value_get_object (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
fare_donut_add_child (GtkBuildable *buildable,
                      GtkBuilder   *builder,
                      GObject      *child,
                      const char   *type)
{
  if (GTK_IS_WIDGET (child) && type == NULL)
    set_child (FARE_DONUT (buildable), GTK_WIDGET (child));
  else
    parent_buildable->add_child (buildable, builder, child, type);
}

static void
fare_donut_buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = fare_donut_add_child;
}

static void
fare_donut_class_init (FareDonutClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = fare_donut_dispose;
  object_class->finalize = fare_donut_finalize;
  object_class->get_property = fare_donut_get_property;
  object_class->set_property = fare_donut_set_property;

  widget_class->get_request_mode = fare_donut_get_request_mode;
  widget_class->measure = fare_donut_measure;
  widget_class->query_tooltip = fare_donut_query_tooltip;
  widget_class->size_allocate = fare_donut_size_allocate;
  widget_class->snapshot = fare_donut_snapshot;

  properties[PROP_CHILD] =
    g_param_spec_object ("child", NULL, NULL, GTK_TYPE_WIDGET,
                         G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * FareDonut::activated:
   * @key: of the item
   *
   * A piece of the ring was clicked.  Whoever uses the keyboard has the list beside it.
   */
  signals[SIGNAL_ACTIVATED] =
    g_signal_new ("activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_css_name (widget_class, "donut");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
fare_donut_init (FareDonut *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (leave_cb), self);
  g_signal_connect_swapped (click, "released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));

  self->segments = g_array_new (FALSE, TRUE, sizeof (Segment));
  g_array_set_clear_func (self->segments, segment_clear);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  fare_palette_redraw_on_change (GTK_WIDGET (self));
}

void
fare_donut_set_shares (FareDonut  *self,
                       GPtrArray  *items,
                       const char *summary)
{
  g_autoptr(GArray) segments = NULL;

  g_return_if_fail (FARE_IS_DONUT (self));
  g_return_if_fail (items != NULL);
  g_return_if_fail (summary != NULL);

  segments = g_array_new (FALSE, TRUE, sizeof (Segment));
  g_array_set_clear_func (segments, segment_clear);

  for (guint i = 0; i < items->len; i++)
    {
      FareShareItem *item = g_ptr_array_index (items, i);
      Segment segment = { fare_share_item_get_fraction (item), fare_share_item_get_slot (item), NULL, NULL };

      g_object_get (item, "key", &segment.key, "tooltip", &segment.tooltip, NULL);
      g_array_append_val (segments, segment);
    }

  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, summary, -1);

  if (segments_equal (self->segments, segments))
    return;

  g_array_unref (self->segments);
  self->segments = g_steal_pointer (&segments);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
