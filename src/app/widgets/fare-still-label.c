/* fare-still-label.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "widgets/fare-still-label.h"

/* A cut text shows at least so many characters of itself. */
#define MIN_CHARACTERS 3

/* What wraps and may be cut, a long name for instance, takes so many lines. */
#define MAX_LINES 2

/* So many widths are remembered with the height that goes with them. */
#define N_FOLDS 4

/* What the text needs, in pixels.  A window asks for it some ten times before its first frame. */
typedef struct
{
  int minimum, natural; /* widths */
  int height, baseline; /* where the width is natural or more */
} Size;

/* What a text that wraps needs where it is narrower than it would like: a wider one is never higher,
 * so between two widths of the same height all have it. */
typedef struct
{
  int narrowest, widest;
  int height, baseline;
} Fold;

struct _FareStillLabel
{
  GtkWidget           parent_instance;

  char               *label;
  float               xalign;
  gboolean            wrap;
  PangoEllipsizeMode  ellipsize;

  PangoLayout        *layout;  /* as drawn; NULL when it has to be made anew */
  Size                size;
  Fold                folds[N_FOLDS];
  guint               n_folds;
  guint               serial;   /* of the Pango context that size and folds were taken with */
  gboolean            has_size; /* size and folds are of the text and the font as they are */
  guint               n_asked;
};

G_DEFINE_FINAL_TYPE (FareStillLabel, fare_still_label, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_LABEL,
  PROP_XALIGN,
  PROP_WRAP,
  PROP_ELLIPSIZE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* @width: pixels, -1 for no limit */
static PangoLayout *
new_layout (FareStillLabel *self,
            int             width)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), self->label);

  /* Font features are known to GtkLabel alone; figures need those of equal width. */
  if (gtk_widget_has_css_class (GTK_WIDGET (self), "numeric"))
    {
      PangoAttrList *attributes = pango_attr_list_new ();

      pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
      pango_layout_set_attributes (layout, attributes);
      pango_attr_list_unref (attributes);
    }

  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);

  if (width >= 0 && (self->wrap || self->ellipsize != PANGO_ELLIPSIZE_NONE))
    {
      pango_layout_set_width (layout, width * PANGO_SCALE);
      pango_layout_set_ellipsize (layout, self->ellipsize);

      /* A negative height is a number of lines; it counts only where text may be cut. */
      pango_layout_set_height (layout, self->wrap ? -MAX_LINES : 0);
    }

  return layout;
}

static void
forget_layout (FareStillLabel *self)
{
  g_clear_object (&self->layout);
}

/* Another text, another font. */
static void
forget (FareStillLabel *self)
{
  forget_layout (self);
  self->has_size = FALSE;
  self->n_folds = 0;
}

static guint
get_serial (FareStillLabel *self)
{
  return pango_context_get_serial (gtk_widget_get_pango_context (GTK_WIDGET (self)));
}

static PangoLayout *
get_layout (FareStillLabel *self)
{
  if (self->layout == NULL)
    self->layout = new_layout (self, gtk_widget_get_width (GTK_WIDGET (self)));

  return self->layout;
}

/* Whether the text as it is now goes where the one before stood. */
static gboolean
fits (FareStillLabel *self,
      int             height_before)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  int text_width, text_height;

  if (width <= 0 || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return FALSE;

  pango_layout_get_pixel_size (get_layout (self), &text_width, &text_height);

  return text_width <= width && text_height == height_before &&
         !pango_layout_is_ellipsized (get_layout (self));
}

void
fare_still_label_set_label (FareStillLabel *self,
                            const char     *label)
{
  int height_before = -1;

  g_return_if_fail (FARE_IS_STILL_LABEL (self));

  if (g_strcmp0 (self->label, label) == 0)
    return;

  if (self->layout != NULL)
    pango_layout_get_pixel_size (self->layout, NULL, &height_before);

  g_free (self->label);
  self->label = g_strdup (label != NULL ? label : "");
  forget (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, self->label, -1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LABEL]);

  if (height_before >= 0 && fits (self, height_before))
    {
      gtk_widget_queue_draw (GTK_WIDGET (self));
      return;
    }

  self->n_asked++;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static int
get_minimum (FareStillLabel *self,
             PangoLayout    *layout,
             int             natural)
{
  PangoFontMetrics *metrics;
  int minimum;

  if (self->ellipsize == PANGO_ELLIPSIZE_NONE && !self->wrap)
    return natural;

  if (self->wrap)
    {
      /* The longest word. */
      pango_layout_set_wrap (layout, PANGO_WRAP_WORD);
      pango_layout_set_width (layout, 0);
      pango_layout_get_pixel_size (layout, &minimum, NULL);
      return minimum;
    }

  metrics = pango_context_get_metrics (pango_layout_get_context (layout), NULL, NULL);
  minimum = MIN_CHARACTERS * PANGO_PIXELS (pango_font_metrics_get_approximate_char_width (metrics));
  pango_font_metrics_unref (metrics);

  return MIN (natural, minimum);
}

static const Size *
get_size (FareStillLabel *self)
{
  g_autoptr(PangoLayout) layout = NULL;
  Size *size = &self->size;

  if (self->has_size)
    return size;

  self->serial = get_serial (self);
  layout = new_layout (self, -1);
  pango_layout_get_pixel_size (layout, &size->natural, &size->height);
  size->baseline = PANGO_PIXELS (pango_layout_get_baseline (layout));
  size->minimum = get_minimum (self, layout, size->natural);
  self->has_size = TRUE;

  return size;
}

/* @width: pixels, less than the text would like */
static Fold
get_fold (FareStillLabel *self,
          int             width)
{
  g_autoptr(PangoLayout) layout = NULL;
  Fold fold = { width, width, 0, 0 };

  for (guint i = 0; i < self->n_folds; i++)
    {
      if (self->folds[i].narrowest <= width && width <= self->folds[i].widest)
        return self->folds[i];
    }

  layout = new_layout (self, width);
  pango_layout_get_pixel_size (layout, NULL, &fold.height);
  fold.baseline = PANGO_PIXELS (pango_layout_get_baseline (layout));

  for (guint i = 0; i < self->n_folds; i++)
    {
      if (self->folds[i].height == fold.height)
        {
          self->folds[i].narrowest = MIN (self->folds[i].narrowest, width);
          self->folds[i].widest = MAX (self->folds[i].widest, width);
          return fold;
        }
    }

  if (self->n_folds < N_FOLDS)
    self->folds[self->n_folds++] = fold;

  return fold;
}

static void
fare_still_label_measure (GtkWidget      *widget,
                          GtkOrientation  orientation,
                          int             for_size,
                          int            *minimum,
                          int            *natural,
                          int            *minimum_baseline,
                          int            *natural_baseline)
{
  FareStillLabel *self = FARE_STILL_LABEL (widget);
  const Size *size = get_size (self);
  Fold fold;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = size->minimum;
      *natural = size->natural;
      return;
    }

  /* Text of one line is as high however much of it is cut. */
  if (for_size < 0 || for_size >= size->natural || !self->wrap)
    {
      *minimum = *natural = size->height;
      *minimum_baseline = *natural_baseline = size->baseline;
      return;
    }

  fold = get_fold (self, for_size);
  *minimum = *natural = fold.height;
  *minimum_baseline = *natural_baseline = fold.baseline;
}

static GtkSizeRequestMode
fare_still_label_get_request_mode (GtkWidget *widget)
{
  return FARE_STILL_LABEL (widget)->wrap ? GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH
                                         : GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
fare_still_label_size_allocate (GtkWidget *widget,
                                int        width,
                                int        height,
                                int        baseline)
{
  forget_layout (FARE_STILL_LABEL (widget));
}

static void
fare_still_label_snapshot (GtkWidget   *widget,
                           GtkSnapshot *snapshot)
{
  FareStillLabel *self = FARE_STILL_LABEL (widget);
  PangoLayout *layout = get_layout (self);
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  PangoRectangle extents;
  GdkRGBA color;
  float x;

  if (*self->label == '\0')
    return;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  pango_layout_get_pixel_extents (layout, NULL, &extents);
  x = (gtk_widget_get_width (widget) - extents.width) *
      (is_rtl ? 1.0f - self->xalign : self->xalign) - extents.x;

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((int) x, 0));
  gtk_snapshot_append_layout (snapshot, layout, &color);
  gtk_snapshot_restore (snapshot);
}

static void
fare_still_label_css_changed (GtkWidget         *widget,
                              GtkCssStyleChange *change)
{
  FareStillLabel *self = FARE_STILL_LABEL (widget);

  GTK_WIDGET_CLASS (fare_still_label_parent_class)->css_changed (widget, change);

  /* Another colour, for instance, changes no size. */
  if (!self->has_size || self->serial == get_serial (self))
    return;

  forget (self);
  gtk_widget_queue_resize (widget);
}

static void
fare_still_label_system_setting_changed (GtkWidget        *widget,
                                         GtkSystemSetting  setting)
{
  GTK_WIDGET_CLASS (fare_still_label_parent_class)->system_setting_changed (widget, setting);
  forget (FARE_STILL_LABEL (widget));
  gtk_widget_queue_resize (widget);
}

static void
fare_still_label_direction_changed (GtkWidget        *widget,
                                    GtkTextDirection  previous)
{
  GTK_WIDGET_CLASS (fare_still_label_parent_class)->direction_changed (widget, previous);
  forget (FARE_STILL_LABEL (widget));
}

static void
fare_still_label_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  FareStillLabel *self = FARE_STILL_LABEL (object);

  switch (prop_id)
    {
    case PROP_LABEL:
      g_value_set_string (value, self->label);
      break;

    case PROP_XALIGN:
      g_value_set_float (value, self->xalign);
      break;

    case PROP_WRAP:
      g_value_set_boolean (value, self->wrap);
      break;

    case PROP_ELLIPSIZE:
      g_value_set_enum (value, self->ellipsize);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
fare_still_label_set_property (GObject      *object,
                               guint         prop_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  FareStillLabel *self = FARE_STILL_LABEL (object);

  switch (prop_id)
    {
    case PROP_LABEL:
      fare_still_label_set_label (self, g_value_get_string (value));
      return;

    case PROP_XALIGN:
      self->xalign = g_value_get_float (value);
      break;

    case PROP_WRAP:
      self->wrap = g_value_get_boolean (value);
      break;

    case PROP_ELLIPSIZE:
      self->ellipsize = g_value_get_enum (value);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      return;
    }

  forget (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
fare_still_label_finalize (GObject *object)
{
  FareStillLabel *self = FARE_STILL_LABEL (object);

  g_clear_pointer (&self->label, g_free);
  g_clear_object (&self->layout);

  G_OBJECT_CLASS (fare_still_label_parent_class)->finalize (object);
}

static void
fare_still_label_class_init (FareStillLabelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = fare_still_label_finalize;
  object_class->get_property = fare_still_label_get_property;
  object_class->set_property = fare_still_label_set_property;
  widget_class->css_changed = fare_still_label_css_changed;
  widget_class->direction_changed = fare_still_label_direction_changed;
  widget_class->get_request_mode = fare_still_label_get_request_mode;
  widget_class->measure = fare_still_label_measure;
  widget_class->size_allocate = fare_still_label_size_allocate;
  widget_class->snapshot = fare_still_label_snapshot;
  widget_class->system_setting_changed = fare_still_label_system_setting_changed;

  properties[PROP_LABEL] =
    g_param_spec_string ("label", NULL, NULL, "", flags | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_XALIGN] =
    g_param_spec_float ("xalign", NULL, NULL, 0.0f, 1.0f, 0.5f, flags);
  properties[PROP_WRAP] =
    g_param_spec_boolean ("wrap", NULL, NULL, FALSE, flags);
  properties[PROP_ELLIPSIZE] =
    g_param_spec_enum ("ellipsize", NULL, NULL, PANGO_TYPE_ELLIPSIZE_MODE, PANGO_ELLIPSIZE_NONE, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "label");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LABEL);
}

static void
fare_still_label_init (FareStillLabel *self)
{
  self->label = g_strdup ("");
  self->xalign = 0.5f;
}

const char *
fare_still_label_get_label (FareStillLabel *self)
{
  g_return_val_if_fail (FARE_IS_STILL_LABEL (self), NULL);

  return self->label;
}

guint
fare_still_label_get_n_asked (FareStillLabel *self)
{
  g_return_val_if_fail (FARE_IS_STILL_LABEL (self), 0);

  return self->n_asked;
}
