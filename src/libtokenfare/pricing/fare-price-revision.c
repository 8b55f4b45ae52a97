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
#include "pricing/fare-price-time.h"

#define DAY_MS G_GINT64_CONSTANT (86400000)

/* Writes a rate unless the entry says just that; one that is not stated is taken out. */
static void
put_rate (JsonObject         *segment,
          const FareRateCard *card,
          FareRateKinds       kind,
          const char         *name,
          double              rate)
{
  double present = 0.0;

  if ((card->stated & kind) == 0)
    {
      if (json_object_has_member (segment, name))
        json_object_remove_member (segment, name);
      return;
    }

  if (fare_price_json_node_to_number (json_object_get_member (segment, name), &present)
      && present == rate)
    return;

  if (rate >= 0.0 && rate < 1e15 && rate == (double) (gint64) rate)
    json_object_set_int_member (segment, name, (gint64) rate);
  else
    json_object_set_double_member (segment, name, rate);
}

static void
put_card (JsonObject         *segment,
          const FareRateCard *card)
{
  put_rate (segment, card, FARE_RATE_INPUT, "input", card->input);
  put_rate (segment, card, FARE_RATE_OUTPUT, "output", card->output);
  put_rate (segment, card, FARE_RATE_CACHE_READ, "cache_read", card->cache_read);
  put_rate (segment, card, FARE_RATE_CACHE_WRITE_5M, "cache_write_5m", card->cache_write_5m);
  put_rate (segment, card, FARE_RATE_CACHE_WRITE_1H, "cache_write_1h", card->cache_write_1h);
  put_rate (segment, card, FARE_RATE_REASONING, "reasoning", card->reasoning);
}

static gint64
get_beginning (JsonNode *segment)
{
  const char *text = JSON_NODE_HOLDS_OBJECT (segment)
                         ? fare_price_json_get_string (json_node_get_object (segment), "from")
                         : NULL;
  gint64 from_ms = FARE_RATES_ALWAYS;

  return text != NULL && fare_price_time_parse (text, &from_ms) ? from_ms : FARE_RATES_ALWAYS;
}

/* The segment that holds at @time_ms, else the first one; -1 without any. */
static int
find_segment (JsonArray *prices,
              gint64     time_ms)
{
  guint length = prices != NULL ? json_array_get_length (prices) : 0;
  int found = length > 0 ? 0 : -1;

  for (guint i = 0; i < length; i++)
    if (get_beginning (json_array_get_element (prices, i)) <= time_ms)
      found = (int) i;

  return found;
}

/* A segment with the rates of @revision, which begins at @from_ms and else is like @model. */
static JsonNode *
create_segment (const FarePriceRevision *revision,
                JsonNode                *model)
{
  JsonNode *node = model != NULL ? fare_price_json_copy (model) : json_node_new (JSON_NODE_OBJECT);
  JsonObject *segment = NULL;

  if (model == NULL)
    json_node_take_object (node, json_object_new ());

  segment = json_node_get_object (node);
  if (revision->from != NULL)
    json_object_set_string_member (segment, "from", revision->from);
  else if (model == NULL)
    json_object_set_null_member (segment, "from");

  put_card (segment, &revision->card);
  return node;
}

static void
put_prices (JsonObject              *entry,
            const FarePriceRevision *revision)
{
  JsonArray *old = fare_price_json_get_array (entry, "prices");
  guint length = old != NULL ? json_array_get_length (old) : 0;
  JsonArray *prices = json_array_sized_new (length + 1);
  gint64 time_ms = revision->now_ms;
  g_autoptr(JsonNode) segment = NULL;
  gint64 from_ms;
  int model;

  if (revision->from != NULL)
    fare_price_time_parse (revision->from, &time_ms);
  model = find_segment (old, time_ms);
  segment = create_segment (revision, model >= 0 ? json_array_get_element (old, (guint) model) : NULL);
  from_ms = get_beginning (segment);

  for (guint i = 0; i < length; i++)
    {
      JsonNode *element = json_array_get_element (old, i);
      gint64 other_ms = get_beginning (element);

      if (segment != NULL && other_ms >= from_ms)
        json_array_add_element (prices, g_steal_pointer (&segment));
      if (other_ms != from_ms)
        json_array_add_element (prices, json_node_copy (element));
    }

  if (segment != NULL)
    json_array_add_element (prices, g_steal_pointer (&segment));
  json_object_set_array_member (entry, "prices", prices);
}

/* Whose evidence a price is changes with the price. */
static void
put_evidence (JsonObject              *entry,
              const FarePriceRevision *revision)
{
  g_autofree char *today = fare_price_time_to_string (revision->now_ms - revision->now_ms % DAY_MS);

  json_object_set_string_member (entry, "status", "list");
  json_object_set_string_member (entry, "as_of", today);
  if (json_object_has_member (entry, "review_after"))
    json_object_remove_member (entry, "review_after");
  fare_price_document_add_name (entry, "sources", "own");
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

static JsonNode *
create_entry (const char *id)
{
  JsonObject *object = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_string_member (object, "id", id);
  json_object_set_string_member (object, "provider", "unknown");
  json_object_set_string_member (object, "name", id);
  json_object_set_string_member (object, "class", "default");
  json_object_set_string_member (object, "status", "unpriced");
  json_object_set_array_member (object, "prices", json_array_new ());
  json_node_take_object (node, object);
  return node;
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
    entry = create_entry (id);

  object = json_node_get_object (entry);
  if (revision->name != NULL)
    json_object_set_string_member (object, "name", revision->name);
  if (revision->provider != NULL)
    lists = put_provider (self, object, revision->provider);
  if (revision->aliases != NULL)
    put_aliases (object, revision->aliases);
  if (revision->has_card)
    {
      put_prices (object, revision);
      put_evidence (object, revision);
    }

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
