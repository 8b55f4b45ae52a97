/* fare-level-swatch.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "widgets/fare-level-swatch.h"
#include "widgets/fare-palette.h"

struct _FareLevelSwatch
{
  GtkWidget parent_instance;

  guint     level;
};

G_DEFINE_FINAL_TYPE (FareLevelSwatch, fare_level_swatch, GTK_TYPE_WIDGET)

static void
fare_level_swatch_snapshot (GtkWidget   *widget,
                            GtkSnapshot *snapshot)
{
  FareLevelSwatch *self = FARE_LEVEL_SWATCH (widget);
  GskRoundedRect outline;
  GdkRGBA color;

  fare_palette_lookup_level (self->level, widget, &color);
  gsk_rounded_rect_init_from_rect (&outline,
                                   &GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget),
                                                        gtk_widget_get_height (widget)), 2.5);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &color, &outline.bounds);
  gtk_snapshot_pop (snapshot);

  if (fare_palette_needs_outline ())
    {
      const float widths[4] = { 1, 1, 1, 1 };
      GdkRGBA colors[4];

      gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
      for (guint i = 0; i < G_N_ELEMENTS (colors); i++)
        colors[i] = color;
      gtk_snapshot_append_border (snapshot, &outline, widths, colors);
    }
}

static void
fare_level_swatch_class_init (FareLevelSwatchClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = fare_level_swatch_snapshot;

  gtk_widget_class_set_css_name (widget_class, "levelswatch");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
fare_level_swatch_init (FareLevelSwatch *self)
{
  fare_palette_redraw_on_change (GTK_WIDGET (self));
}

GtkWidget *
fare_level_swatch_new (int width,
                       int height)
{
  GtkWidget *self = g_object_new (FARE_TYPE_LEVEL_SWATCH, NULL);

  gtk_widget_set_size_request (self, width, height);

  return self;
}

void
fare_level_swatch_set_level (FareLevelSwatch *self,
                             guint            level)
{
  g_return_if_fail (FARE_IS_LEVEL_SWATCH (self));

  if (self->level == level)
    return;

  self->level = level;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

guint
fare_level_swatch_get_level (FareLevelSwatch *self)
{
  g_return_val_if_fail (FARE_IS_LEVEL_SWATCH (self), 0);

  return self->level;
}
