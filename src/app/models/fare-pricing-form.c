/* fare-pricing-form.c
 *
 * What a form says about a model's price.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "models/fare-pricing-form.h"
#include "pricing/fare-price-book.h"
#include "pricing/fare-price-json.h"

FarePricingForm *
fare_pricing_form_new (void)
{
  return g_new0 (FarePricingForm, 1);
}

void
fare_pricing_form_free (FarePricingForm *self)
{
  g_free (self->id);
  g_free (self->logged_provider);
  g_free (self->logged_name);
  g_free (self->name);
  g_free (self->provider);
  g_strfreev (self->aliases);
  g_free (self->from);
  g_free (self);
}

/* The id of the entry meant, which its seller may have to be made known for. */
static char *
find_id (FarePriceEdit    *edit,
         FarePricingForm  *self,
         GError          **error)
{
  g_autofree char *seller = NULL;
  g_autofree char *id = NULL;

  if (self->id != NULL)
    return g_strdup (self->id);

  id = fare_price_edit_dup_target (edit, self->logged_provider, self->logged_name, &seller);
  if (id == NULL)
    {
      g_set_error (error, FARE_PRICE_ERROR, FARE_PRICE_ERROR_VALUE,
                   _("No entry can ever price “%s”."), self->logged_name);
      return NULL;
    }

  if (seller != NULL &&
      !fare_price_edit_add_seller (edit, FARE_SELLER_HOST, seller, seller, error))
    return NULL;

  return g_steal_pointer (&id);
}

gboolean
fare_pricing_form_save (FarePriceEdit  *edit,
                        gpointer        form,
                        GError        **error)
{
  FarePricingForm *self = form;
  g_autofree char *id = find_id (edit, self, error);
  FarePriceRevision revision = {
    .id = id, .name = self->name, .provider = self->provider,
    .aliases = (const char * const *) self->aliases, .has_card = self->has_card,
    .from = self->from, .card = self->card, .now_ms = g_get_real_time () / 1000,
  };

  return id != NULL && fare_price_edit_revise (edit, &revision, error);
}

static void
add_strings (GStrvBuilder *names,
             JsonNode     *entry,
             const char   *member)
{
  JsonArray *array = fare_price_json_get_array (json_node_get_object (entry), member);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (json_node_get_value_type (node) == G_TYPE_STRING)
        g_strv_builder_add (names, json_node_get_string (node));
    }
}

gboolean
fare_pricing_form_add_names (FarePriceEdit  *edit,
                             gpointer        form,
                             GError        **error)
{
  FarePricingForm *self = form;
  g_autoptr(JsonNode) entry = fare_price_edit_dup_entry (edit, self->id);
  g_autoptr(GStrvBuilder) names = g_strv_builder_new ();
  g_auto(GStrv) all = NULL;
  FarePriceRevision revision = { .id = self->id };

  if (entry == NULL)
    {
      g_set_error (error, FARE_PRICE_ERROR, FARE_PRICE_ERROR_VALUE,
                   _("There is no model “%s” any more."), self->id);
      return FALSE;
    }

  add_strings (names, entry, "aliases");
  g_strv_builder_addv (names, (const char **) self->aliases);
  all = g_strv_builder_end (names);
  revision.aliases = (const char * const *) all;

  return fare_price_edit_revise (edit, &revision, error);
}

gboolean
fare_pricing_form_hide (FarePriceEdit  *edit,
                        gpointer        form,
                        GError        **error)
{
  FarePricingForm *self = form;

  return fare_price_edit_hide (edit, self->id, error);
}

gboolean
fare_pricing_form_reset (FarePriceEdit  *edit,
                         gpointer        form,
                         GError        **error)
{
  FarePricingForm *self = form;

  fare_price_edit_reset (edit, self->id);

  return TRUE;
}

gboolean
fare_pricing_form_reset_all (FarePriceEdit  *edit,
                             gpointer        form,
                             GError        **error)
{
  fare_price_edit_reset_all (edit);

  return TRUE;
}

static gboolean
add_seller (FarePriceEdit    *edit,
            FarePricingForm  *self,
            FareSellerKind    kind,
            GError          **error)
{
  g_autofree char *seller = NULL;
  g_autofree char *id = fare_price_edit_dup_target (edit, self->logged_provider, self->logged_name,
                                                    &seller);

  /* Known by now, so there is nothing left to say. */
  return seller == NULL || fare_price_edit_add_seller (edit, kind, seller, NULL, error);
}

gboolean
fare_pricing_form_gateway (FarePriceEdit  *edit,
                           gpointer        form,
                           GError        **error)
{
  return add_seller (edit, form, FARE_SELLER_GATEWAY, error);
}

gboolean
fare_pricing_form_local (FarePriceEdit  *edit,
                         gpointer        form,
                         GError        **error)
{
  return add_seller (edit, form, FARE_SELLER_LOCAL, error);
}
