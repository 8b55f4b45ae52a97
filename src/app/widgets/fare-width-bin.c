/* fare-width-bin.c
 *
 * Watches the width its child is given.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "widgets/fare-width-bin.h"

#define WIDE_WIDTH   860
#define MEDIUM_WIDTH 520
#define HYSTERESIS   8

/* In 1024ths, as the setting has it. */
#define USUAL_DPI (96 * 1024)

struct _FareWidthBin
{
  AdwBin     parent_instance;

  FareWidth  mode;
  int        width;
  guint      idle_id;
};

G_DEFINE_FINAL_TYPE (FareWidthBin, fare_width_bin, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_MODE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_ENUM_TYPE (FareWidth, fare_width,
                    G_DEFINE_ENUM_VALUE (FARE_WIDTH_WIDE, "wide"),
                    G_DEFINE_ENUM_VALUE (FARE_WIDTH_MEDIUM, "medium"),
                    G_DEFINE_ENUM_VALUE (FARE_WIDTH_NARROW, "narrow"))

/* Larger text leaves room for less of it: a wide window with text twice as large is a narrow one. */
static int
scale_to_text (int width)
{
  int dpi = -1;

  g_object_get (gtk_settings_get_default (), "gtk-xft-dpi", &dpi, NULL);

  return dpi > USUAL_DPI ? (int) ((gint64) width * USUAL_DPI / dpi) : width;
}

/* A border lies a little further out for whoever is inside it. */
static FareWidth
mode_for_width (FareWidth current,
                int       width)
{
  int wide = WIDE_WIDTH - (current == FARE_WIDTH_WIDE ? HYSTERESIS : 0);
  int medium = MEDIUM_WIDTH - (current != FARE_WIDTH_NARROW ? HYSTERESIS : 0);

  width = scale_to_text (width);

  if (width >= wide)
    return FARE_WIDTH_WIDE;

  return width >= medium ? FARE_WIDTH_MEDIUM : FARE_WIDTH_NARROW;
}

static gboolean
update_mode_cb (gpointer user_data)
{
  FareWidthBin *self = user_data;
  FareWidth mode = mode_for_width (self->mode, self->width);

  self->idle_id = 0;

  if (mode != self->mode)
    {
      self->mode = mode;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MODE]);
    }

  return G_SOURCE_REMOVE;
}

static int
get_child_minimum (GtkWidget *child)
{
  int minimum;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);

  return minimum;
}

/* The child's own minimum is that of its present mode, and must not keep it from a narrower one;
 * how narrow is allowed is for whoever contains us to say. */
static void
fare_width_bin_measure (GtkWidget      *widget,
                        GtkOrientation  orientation,
                        int             for_size,
                        int            *minimum,
                        int            *natural,
                        int            *minimum_baseline,
                        int            *natural_baseline)
{
  GtkWidget *child = adw_bin_get_child (ADW_BIN (widget));

  *minimum = 0;
  *natural = 0;

  if (child == NULL)
    return;

  if (orientation == GTK_ORIENTATION_VERTICAL && for_size >= 0)
    for_size = MAX (for_size, get_child_minimum (child));

  gtk_widget_measure (child, orientation, for_size, minimum, natural,
                      minimum_baseline, natural_baseline);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = 0;
}

static void
fare_width_bin_size_allocate (GtkWidget *widget,
                              int        width,
                              int        height,
                              int        baseline)
{
  FareWidthBin *self = FARE_WIDTH_BIN (widget);
  GtkWidget *child = adw_bin_get_child (ADW_BIN (widget));

  self->width = width;

  /* Widgets must not change what they ask for while they are being given their size. */
  if (mode_for_width (self->mode, width) != self->mode && self->idle_id == 0)
    self->idle_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, update_mode_cb, self, NULL);

  /* Until the mode has changed the child may be wider than there is room; that part is cut off. */
  if (child != NULL)
    gtk_widget_allocate (child, MAX (width, get_child_minimum (child)), height, baseline, NULL);
}

static void
fare_width_bin_dispose (GObject *object)
{
  FareWidthBin *self = FARE_WIDTH_BIN (object);

  g_clear_handle_id (&self->idle_id, g_source_remove);

  G_OBJECT_CLASS (fare_width_bin_parent_class)->dispose (object);
}

static void
fare_width_bin_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_MODE:
      g_value_set_enum (value, fare_width_bin_get_mode (FARE_WIDTH_BIN (object)));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
fare_width_bin_class_init (FareWidthBinClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = fare_width_bin_dispose;
  object_class->get_property = fare_width_bin_get_property;

  widget_class->measure = fare_width_bin_measure;
  widget_class->size_allocate = fare_width_bin_size_allocate;

  properties[PROP_MODE] =
    g_param_spec_enum ("mode", NULL, NULL, FARE_TYPE_WIDTH, FARE_WIDTH_WIDE,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
fare_width_bin_init (FareWidthBin *self)
{
  /* AdwBin brings a layout manager, which would be asked instead of our own functions. */
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  g_signal_connect_object (gtk_settings_get_default (), "notify::gtk-xft-dpi",
                           G_CALLBACK (gtk_widget_queue_allocate), self, G_CONNECT_SWAPPED);
}

FareWidth
fare_width_bin_get_mode (FareWidthBin *self)
{
  g_return_val_if_fail (FARE_IS_WIDTH_BIN (self), FARE_WIDTH_WIDE);

  return self->mode;
}
