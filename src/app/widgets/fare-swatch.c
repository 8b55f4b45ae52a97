/* fare-swatch.c
 *
 * A dot in the colour of a series.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "widgets/fare-hatch.h"
#include "widgets/fare-palette.h"
#include "widgets/fare-swatch.h"

#define SWATCH_SIZE 12

struct _FareSwatch
{
  GtkWidget parent_instance;

  guint     slot;
};

G_DEFINE_FINAL_TYPE (FareSwatch, fare_swatch, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_SLOT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
fare_swatch_snapshot (GtkWidget   *widget,
                      GtkSnapshot *snapshot)
{
  FareSwatch *self = FARE_SWATCH (widget);
  float x = (gtk_widget_get_width (widget) - SWATCH_SIZE) / 2.0f;
  float y = (gtk_widget_get_height (widget) - SWATCH_SIZE) / 2.0f;
  GskRoundedRect dot;
  GdkRGBA color;

  fare_palette_lookup (self->slot, widget, &color);
  gsk_rounded_rect_init_from_rect (&dot, &GRAPHENE_RECT_INIT (x, y, SWATCH_SIZE, SWATCH_SIZE),
                                   SWATCH_SIZE / 2.0f);
  gtk_snapshot_push_rounded_clip (snapshot, &dot);
  gtk_snapshot_append_color (snapshot, &color, &dot.bounds);

  /* As in the chart that it stands for. */
  if (self->slot == FARE_PALETTE_OTHER)
    {
      cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &dot.bounds);

      fare_hatch_draw (cr, &color, x, y, SWATCH_SIZE, SWATCH_SIZE);
      cairo_destroy (cr);
    }

  gtk_snapshot_pop (snapshot);

  if (fare_palette_needs_outline ())
    {
      gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
      gtk_snapshot_append_border (snapshot, &dot, (float[4]) { 1, 1, 1, 1 },
                                  (GdkRGBA[4]) { color, color, color, color });
    }
}

static void
fare_swatch_measure (GtkWidget      *widget,
                     GtkOrientation  orientation,
                     int             for_size,
                     int            *minimum,
                     int            *natural,
                     int            *minimum_baseline,
                     int            *natural_baseline)
{
  *minimum = SWATCH_SIZE;
  *natural = SWATCH_SIZE;
}

static void
fare_swatch_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  FareSwatch *self = FARE_SWATCH (object);

  switch (prop_id)
    {
    case PROP_SLOT:
      g_value_set_uint (value, self->slot);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
fare_swatch_set_property (GObject      *object,
                          guint         prop_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  FareSwatch *self = FARE_SWATCH (object);

  switch (prop_id)
    {
    case PROP_SLOT:
      if (self->slot != g_value_get_uint (value))
        {
          self->slot = g_value_get_uint (value);
          gtk_widget_set_visible (GTK_WIDGET (self), self->slot <= FARE_PALETTE_OTHER);
          gtk_widget_queue_draw (GTK_WIDGET (self));
          g_object_notify_by_pspec (object, pspec);
        }
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
fare_swatch_class_init (FareSwatchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = fare_swatch_get_property;
  object_class->set_property = fare_swatch_set_property;

  widget_class->measure = fare_swatch_measure;
  widget_class->snapshot = fare_swatch_snapshot;

  properties[PROP_SLOT] =
    g_param_spec_uint ("slot", NULL, NULL, 0, G_MAXUINT, 0,
                       G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "swatch");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
fare_swatch_init (FareSwatch *self)
{
  fare_palette_redraw_on_change (GTK_WIDGET (self));
}
