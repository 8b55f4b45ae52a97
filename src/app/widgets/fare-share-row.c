/* fare-share-row.c
 *
 * The row that shows a #FareShareItem.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "widgets/fare-share-bar.h"
#include "widgets/fare-share-row.h"
#include "widgets/fare-still-label.h"
#include "widgets/fare-swatch.h"

struct _FareShareRow
{
  GtkListBoxRow  parent_instance;

  FareShareItem *item;
};

G_DEFINE_FINAL_TYPE (FareShareRow, fare_share_row, GTK_TYPE_LIST_BOX_ROW)

enum
{
  PROP_0,
  PROP_ITEM,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
update_spoken (FareShareRow *self)
{
  const char *spoken = fare_share_item_get_spoken (self->item);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, spoken != NULL ? spoken : "",
                                  -1);
}

static void
fare_share_row_constructed (GObject *object)
{
  FareShareRow *self = FARE_SHARE_ROW (object);

  G_OBJECT_CLASS (fare_share_row_parent_class)->constructed (object);

  /* Not in the template: GTK 4.8 warns when an expression both starts and ends at one widget. */
  g_object_bind_property (self->item, "tooltip", self, "tooltip-text", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (self->item, "notify::spoken",
                           G_CALLBACK (update_spoken), self, G_CONNECT_SWAPPED);
  update_spoken (self);
}

static void
fare_share_row_dispose (GObject *object)
{
  FareShareRow *self = FARE_SHARE_ROW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), FARE_TYPE_SHARE_ROW);
  g_clear_object (&self->item);

  G_OBJECT_CLASS (fare_share_row_parent_class)->dispose (object);
}

static void
fare_share_row_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  FareShareRow *self = FARE_SHARE_ROW (object);

  switch (prop_id)
    {
    case PROP_ITEM:
      g_value_set_object (value, self->item);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
fare_share_row_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  FareShareRow *self = FARE_SHARE_ROW (object);

  switch (prop_id)
    {
    case PROP_ITEM:
      self->item = g_value_dup_object (value);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
fare_share_row_class_init (FareShareRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = fare_share_row_constructed;
  object_class->dispose = fare_share_row_dispose;
  object_class->get_property = fare_share_row_get_property;
  object_class->set_property = fare_share_row_set_property;

  properties[PROP_ITEM] =
    g_param_spec_object ("item", NULL, NULL, FARE_TYPE_SHARE_ITEM,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (FARE_TYPE_SHARE_BAR);
  g_type_ensure (FARE_TYPE_SHARE_ITEM);
  g_type_ensure (FARE_TYPE_STILL_LABEL);
  g_type_ensure (FARE_TYPE_SWATCH);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/tokenfare/Tokenfare/fare-share-row.ui");
}

static void
fare_share_row_init (FareShareRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
fare_share_row_new (FareShareItem *item)
{
  g_return_val_if_fail (FARE_IS_SHARE_ITEM (item), NULL);

  return g_object_new (FARE_TYPE_SHARE_ROW, "item", item, NULL);
}

FareShareItem *
fare_share_row_get_item (FareShareRow *self)
{
  g_return_val_if_fail (FARE_IS_SHARE_ROW (self), NULL);

  return self->item;
}
