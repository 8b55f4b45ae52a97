/* fare-share-bar.c
 *
 * A share from 0 to 1 as a slim bar.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "widgets/fare-hatch.h"
#include "widgets/fare-palette.h"
#include "widgets/fare-share-bar.h"

struct _FareShareBar
{
  GtkWidget parent_instance;

  double    fraction;
  guint     slot;
};

G_DEFINE_FINAL_TYPE (FareShareBar, fare_share_bar, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_FRACTION,
  PROP_SLOT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
append_stripes (GtkSnapshot   *snapshot,
                float          x,
                float          width,
                float          height,
                const GdkRGBA *color)
{
  GskRoundedRect pill;
  cairo_t *cr;

  gsk_rounded_rect_init_from_rect (&pill, &GRAPHENE_RECT_INIT (x, 0, width, height), height / 2);
  gtk_snapshot_push_rounded_clip (snapshot, &pill);
  cr = gtk_snapshot_append_cairo (snapshot, &pill.bounds);
  fare_hatch_draw (cr, color, x, 0, width, height);
  cairo_destroy (cr);
  gtk_snapshot_pop (snapshot);
}

static void
append_pill (GtkSnapshot   *snapshot,
             float          x,
             float          width,
             float          height,
             const GdkRGBA *color,
             const GdkRGBA *outline)
{
  GskRoundedRect pill;

  gsk_rounded_rect_init_from_rect (&pill, &GRAPHENE_RECT_INIT (x, 0, width, height), height / 2);
  gtk_snapshot_push_rounded_clip (snapshot, &pill);
  gtk_snapshot_append_color (snapshot, color, &pill.bounds);
  gtk_snapshot_pop (snapshot);

  if (outline != NULL)
    gtk_snapshot_append_border (snapshot, &pill, (float[4]) { 1, 1, 1, 1 },
                                (GdkRGBA[4]) { *outline, *outline, *outline, *outline });
}

static void
fare_share_bar_snapshot (GtkWidget   *widget,
                         GtkSnapshot *snapshot)
{
  FareShareBar *self = FARE_SHARE_BAR (widget);
  float width = gtk_widget_get_width (widget);
  float height = gtk_widget_get_height (widget);
  GdkRGBA text, track, fill;
  float part, x;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &text);
  track = text;
  track.alpha *= 0.12f;
  append_pill (snapshot, 0, width, height, &track,
               fare_palette_needs_outline () ? &text : NULL);

  if (self->fraction <= 0.0)
    return;

  /* Never shorter than it is high: a tiny share is still one. */
  part = MAX (height, (float) self->fraction * width);
  fare_palette_lookup (self->slot, widget, &fill);
  x = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL ? width - part : 0;
  append_pill (snapshot, x, part, height, &fill, NULL);

  if (self->slot == FARE_PALETTE_OTHER)
    append_stripes (snapshot, x, part, height, &fill);
}

static void
fare_share_bar_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  FareShareBar *self = FARE_SHARE_BAR (object);

  switch (prop_id)
    {
    case PROP_FRACTION:
      g_value_set_double (value, self->fraction);
      break;

    case PROP_SLOT:
      g_value_set_uint (value, self->slot);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
fare_share_bar_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  FareShareBar *self = FARE_SHARE_BAR (object);

  switch (prop_id)
    {
    case PROP_FRACTION:
      if (self->fraction == g_value_get_double (value))
        return;

      self->fraction = g_value_get_double (value);
      break;

    case PROP_SLOT:
      if (self->slot == g_value_get_uint (value))
        return;

      self->slot = g_value_get_uint (value);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      return;
    }

  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (object, pspec);
}

static void
fare_share_bar_class_init (FareShareBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = fare_share_bar_get_property;
  object_class->set_property = fare_share_bar_set_property;

  widget_class->snapshot = fare_share_bar_snapshot;

  properties[PROP_FRACTION] =
    g_param_spec_double ("fraction", NULL, NULL, 0.0, 1.0, 0.0, flags);
  properties[PROP_SLOT] =
    g_param_spec_uint ("slot", NULL, NULL, 0, G_MAXUINT, 0, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "sharebar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
fare_share_bar_init (FareShareBar *self)
{
  fare_palette_redraw_on_change (GTK_WIDGET (self));
}
