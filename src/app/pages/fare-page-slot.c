/* fare-page-slot.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "pages/fare-page-slot.h"

struct _FarePageSlot
{
  AdwBin parent_instance;

  GType  page_type;
};

G_DEFINE_FINAL_TYPE (FarePageSlot, fare_page_slot, ADW_TYPE_BIN)

enum
{
  PROP_PAGE_TYPE = 1,
  N_PROPERTIES
};

static void
fare_page_slot_set_property (GObject      *object,
                             guint         property_id,
                             const GValue *value,
                             GParamSpec   *spec)
{
  if (property_id == PROP_PAGE_TYPE)
    FARE_PAGE_SLOT (object)->page_type = g_value_get_gtype (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, spec);
}

static void
fare_page_slot_class_init (FarePageSlotClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = fare_page_slot_set_property;
  g_object_class_install_property (object_class, PROP_PAGE_TYPE,
                                   g_param_spec_gtype ("page-type", NULL, NULL, FARE_TYPE_PAGE,
                                                       G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY |
                                                       G_PARAM_STATIC_STRINGS));
}

static void
fare_page_slot_init (FarePageSlot *self)
{
}

FarePage *
fare_page_slot_get_page (FarePageSlot *self)
{
  g_return_val_if_fail (FARE_IS_PAGE_SLOT (self), NULL);

  return (FarePage *) adw_bin_get_child (ADW_BIN (self));
}

FarePage *
fare_page_slot_ensure_page (FarePageSlot          *self,
                            const FarePageContext *context)
{
  g_return_val_if_fail (FARE_IS_PAGE_SLOT (self), NULL);
  g_return_val_if_fail (context != NULL, NULL);

  if (adw_bin_get_child (ADW_BIN (self)) == NULL)
    {
      GtkWidget *page = g_object_new (self->page_type, NULL);

      adw_bin_set_child (ADW_BIN (self), page);
      fare_page_connect (FARE_PAGE (page), context);
    }

  return fare_page_slot_get_page (self);
}
