/* fare-price-revision.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pricing/fare-price-revision.h"

#include <string.h>

#include "pricing/fare-model-name.h"
#include "pricing/fare-price-book.h"
#include "pricing/fare-price-document.h"
#include "pricing/fare-price-json.h"
#include "pricing/fare-price-segment.h"
#include "pricing/fare-price-time.h"

static void
put_prices (JsonObject              *entry,
            const FarePriceRevision *revision)
{
  JsonArray *old = fare_price_json_get_array (entry, "prices");
  gint64 time_ms = revision->now_ms;

  if (revision->from != NULL)
    fare_price_time_parse (revision->from, &time_ms);
  fare_price_segment_put (entry, old,
                          fare_price_segment_new (fare_price_segment_find (old, time_ms),
                                                  revision->from, &revision->card));
  fare_price_segment_put_evidence (entry, revision->now_ms);
}

static void
put_aliases (JsonObject         *entry,
             const char * const *aliases)
{
  json_object_set_array_member (entry, "aliases", json_array_new ());
  for (guint i = 0; aliases[i] != NULL; i++)
    {
      g_autofree char *alias = fare_model_name_normalise (aliases[i]);

      if (alias[0] != '\0')
        fare_price_document_add_name (entry, "aliases", alias);
    }

  if (json_array_get_length (fare_price_json_get_array (entry, "aliases")) == 0)
    json_object_remove_member (entry, "aliases");
}

/* Lists for fare_price_edit_put(): a maker that is new needs a spelling, or its name as a prefix
 * would mean nothing. */
static JsonObject *
put_provider (FarePriceEdit *self,
              JsonObject    *entry,
              const char    *provider)
{
  g_autofree char *name = fare_model_name_normalise (provider);
  const char *vendor = NULL;
  JsonObject *lists = NULL;

  if (name[0] == '\0' || g_str_equal (name, "unknown"))
    {
      json_object_set_string_member (entry, "provider", "unknown");
      return NULL;
    }

  if (fare_sellers_find (fare_price_edit_get_sellers (self), name, &vendor) == FARE_SELLER_VENDOR)
    {
      json_object_set_string_member (entry, "provider", vendor);
      return NULL;
    }

  json_object_set_string_member (entry, "provider", name);
  lists = json_object_new ();
  fare_price_document_add_name (fare_price_document_ensure (lists, "vendors"), name, name);
  return lists;
}

static gboolean
is_known (FarePriceEdit *self,
          const char    *id)
{
  g_auto(GStrv) ids = fare_price_edit_dup_ids (self);
  g_autofree char *normal = fare_model_name_normalise (id);
  g_autofree char *key = fare_model_name_to_key (normal);

  for (guint i = 0; ids[i] != NULL; i++)
    {
      g_autofree char *other = fare_model_name_normalise (ids[i]);
      g_autofree char *other_key = fare_model_name_to_key (other);

      if (g_str_equal (other_key, key))
        return TRUE;
    }

  return FALSE;
}

/* Puts @entry unless it says what the shipped one says. */
static gboolean
put_entry (FarePriceEdit  *self,
           JsonNode       *entry,
           JsonObject     *lists,
           GError        **error)
{
  const char *id = fare_price_json_get_string (json_node_get_object (entry), "id");
  JsonNode *shipped = fare_price_edit_get_shipped (self, id);
  g_autoptr(GPtrArray) entries = g_ptr_array_new ();

  if (lists == NULL && shipped != NULL && json_node_equal (entry, shipped))
    {
      if (is_known (self, id))
        fare_price_edit_reset (self, id);
      return TRUE;
    }

  g_ptr_array_add (entries, entry);
  return fare_price_edit_put (self, entries, lists, error);
}

gboolean
fare_price_edit_revise (FarePriceEdit            *self,
                        const FarePriceRevision  *revision,
                        GError                  **error)
{
  g_autofree char *id = fare_model_name_normalise (revision->id);
  g_autoptr(JsonNode) entry = fare_price_edit_dup_entry (self, id);
  g_autoptr(JsonObject) lists = NULL;
  JsonObject *object = NULL;

  /* A hidden model comes back with what the shipped table says of it. */
  if (entry == NULL && fare_price_edit_get_shipped (self, id) != NULL)
    entry = fare_price_json_copy (fare_price_edit_get_shipped (self, id));
  if (entry == NULL)
    entry = fare_price_document_create_entry (id);

  object = json_node_get_object (entry);
  if (revision->name != NULL)
    json_object_set_string_member (object, "name", revision->name);
  if (revision->provider != NULL)
    lists = put_provider (self, object, revision->provider);
  if (revision->aliases != NULL)
    put_aliases (object, revision->aliases);
  if (revision->has_card)
    put_prices (object, revision);

  return put_entry (self, entry, lists, error);
}

gboolean
fare_price_edit_hide (FarePriceEdit  *self,
                      const char     *id,
                      GError        **error)
{
  JsonNode *shipped = fare_price_edit_get_shipped (self, id);
  g_autoptr(JsonNode) removal = NULL;
  JsonObject *object = NULL;

  if (shipped == NULL)
    {
      fare_price_edit_reset (self, id);
      return TRUE;
    }

  object = json_object_new ();
  json_object_set_string_member (object, "id",
                                 fare_price_json_get_string (json_node_get_object (shipped), "id"));
  json_object_set_boolean_member (object, "remove", TRUE);
  removal = json_node_init_object (json_node_alloc (), object);
  json_object_unref (object);
  return put_entry (self, removal, NULL, error);
}

gboolean
fare_price_edit_add_seller (FarePriceEdit   *self,
                            FareSellerKind   kind,
                            const char      *name,
                            const char      *detail,
                            GError         **error)
{
  g_autoptr(GPtrArray) entries = g_ptr_array_new ();
  g_autoptr(JsonObject) lists = json_object_new ();
  g_autofree char *normal = fare_model_name_normalise (name);
  JsonObject *list = NULL;

  g_return_val_if_fail (kind == FARE_SELLER_GATEWAY || kind == FARE_SELLER_HOST
                        || kind == FARE_SELLER_LOCAL, FALSE);

  if (kind == FARE_SELLER_LOCAL)
    fare_price_document_add_name (lists, "local_hosts", normal);
  else
    {
      list = fare_price_document_ensure (lists, kind == FARE_SELLER_GATEWAY ? "gateways" : "hosts");
      if (detail != NULL)
        json_object_set_string_member (list, normal, detail);
      else
        json_object_set_null_member (list, normal);
    }

  return fare_price_edit_put (self, entries, lists, error);
}

/* The seller in front of @name that nobody knows, with the model's name behind it. */
static char *
find_unknown (FarePriceEdit  *self,
              const char     *name,
              const char    **model)
{
  g_auto(GStrv) parts = g_strsplit (name, "/", -1);
  const char *slash = strrchr (name, '/');

  *model = slash != NULL ? slash + 1 : name;
  for (guint i = 0; parts[i] != NULL && parts[i + 1] != NULL; i++)
    if (fare_sellers_find (fare_price_edit_get_sellers (self), parts[i], NULL) == FARE_SELLER_UNKNOWN)
      return g_strdup (parts[i]);

  return NULL;
}

char *
fare_price_edit_dup_target (FarePriceEdit  *self,
                            const char     *provider,
                            const char     *name,
                            char          **seller)
{
  g_autofree char *normal = fare_model_name_normalise (name);
  g_autofree char *prefix = fare_model_name_normalise (provider != NULL ? provider : "");
  g_autofree char *joined = NULL;
  g_autofree char *unknown = NULL;
  const char *model = NULL;
  char *id = NULL;

  *seller = NULL;
  if (prefix[0] == '\0'
      || (g_str_has_prefix (normal, prefix) && normal[strlen (prefix)] == '/'))
    joined = g_strdup (normal);
  else
    joined = g_strconcat (prefix, "/", normal, NULL);

  id = fare_price_edit_dup_id (self, joined);
  if (id != NULL)
    return id;

  unknown = find_unknown (self, joined, &model);
  if (unknown == NULL || unknown[0] == '\0' || model[0] == '\0')
    return NULL;

  id = g_strconcat (unknown, "/", model, NULL);
  *seller = g_steal_pointer (&unknown);
  return id;
}
