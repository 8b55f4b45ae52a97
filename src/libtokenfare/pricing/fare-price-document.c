/* fare-price-document.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pricing/fare-price-document.h"

#include <string.h>

#include "pricing/fare-model-name.h"
#include "pricing/fare-price-file.h"
#include "pricing/fare-price-json.h"

JsonNode *
fare_price_document_create (void)
{
  g_autoptr(JsonObject) object = json_object_new ();
  JsonNode *root = json_node_new (JSON_NODE_OBJECT);

  json_object_set_int_member (object, "schema", FARE_PRICE_SCHEMA);
  json_object_set_string_member (object, "kind", FARE_PRICE_KIND);
  json_node_set_object (root, object);
  return root;
}

static char *
dup_key (const char *name)
{
  g_autofree char *normal = fare_model_name_normalise (name);

  return fare_model_name_to_key (normal);
}

static gboolean
has_key (JsonNode   *entry,
         const char *key)
{
  const char *id = JSON_NODE_HOLDS_OBJECT (entry)
                       ? fare_price_json_get_string (json_node_get_object (entry), "id")
                       : NULL;
  g_autofree char *own_key = id != NULL ? dup_key (id) : NULL;

  return g_strcmp0 (own_key, key) == 0;
}

JsonNode *
fare_price_document_create_entry (const char *id)
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

JsonNode *
fare_price_document_find (JsonNode   *root,
                          const char *id)
{
  JsonArray *models = fare_price_json_get_array (json_node_get_object (root), "models");
  g_autofree char *key = dup_key (id);

  for (guint i = 0; models != NULL && i < json_array_get_length (models); i++)
    if (has_key (json_array_get_element (models, i), key))
      return json_array_get_element (models, i);

  return NULL;
}

static gboolean
comes_after (JsonNode   *entry,
             const char *id)
{
  const char *other = JSON_NODE_HOLDS_OBJECT (entry)
                          ? fare_price_json_get_string (json_node_get_object (entry), "id")
                          : NULL;

  return other != NULL && strcmp (other, id) > 0;
}

/* Puts @entry where @key is, else before the first greater id; NULL only takes out. */
gboolean
fare_price_document_put (JsonNode   *root,
                         const char *id,
                         JsonNode   *entry)
{
  JsonObject *object = json_node_get_object (root);
  JsonArray *models = fare_price_json_get_array (object, "models");
  guint length = models != NULL ? json_array_get_length (models) : 0;
  g_autofree char *key = dup_key (id);
  JsonArray *changed = json_array_sized_new (length + 1);
  g_autoptr(JsonNode) waiting = entry != NULL ? json_node_copy (entry) : NULL;
  gboolean is_found = FALSE;
  gboolean has_place = FALSE;

  for (guint i = 0; i < length; i++)
    has_place |= has_key (json_array_get_element (models, i), key);

  for (guint i = 0; i < length; i++)
    {
      JsonNode *element = json_array_get_element (models, i);
      gboolean is_same = has_key (element, key);

      is_found |= is_same;
      if (waiting != NULL && (has_place ? is_same : comes_after (element, id)))
        json_array_add_element (changed, g_steal_pointer (&waiting));
      if (!is_same)
        json_array_add_element (changed, json_node_copy (element));
    }

  if (waiting != NULL)
    json_array_add_element (changed, g_steal_pointer (&waiting));
  json_object_set_array_member (object, "models", changed);
  return is_found;
}

static gboolean
holds_string (JsonArray  *array,
              const char *text)
{
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (json_node_get_value_type (node) == G_TYPE_STRING
          && g_str_equal (json_node_get_string (node), text))
        return TRUE;
    }

  return FALSE;
}

void
fare_price_document_add_name (JsonObject *object,
                              const char *member,
                              const char *text)
{
  JsonArray *list = fare_price_json_get_array (object, member);

  if (list == NULL)
    {
      list = json_array_new ();
      json_object_set_array_member (object, member, list);
    }

  if (!holds_string (list, text))
    json_array_add_string_element (list, text);
}

JsonObject *
fare_price_document_ensure (JsonObject *object,
                            const char *member)
{
  JsonObject *found = fare_price_json_get_object (object, member);

  if (found == NULL)
    {
      found = json_object_new ();
      json_object_set_object_member (object, member, found);
    }

  return found;
}

/* Adds what the list @name of @source says and @shipped does not say alike. */
void
fare_price_document_merge (JsonObject *target,
                           JsonObject *shipped,
                           JsonObject *source,
                           const char *name)
{
  JsonArray *array = fare_price_json_get_array (source, name);
  JsonObject *object = fare_price_json_get_object (source, name);
  JsonObject *shipped_object = fare_price_json_get_object (shipped, name);
  g_autoptr(GList) members = object != NULL ? json_object_get_members (object) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (json_node_get_value_type (node) == G_TYPE_STRING
          && !holds_string (fare_price_json_get_array (shipped, name),
                            json_node_get_string (node)))
        fare_price_document_add_name (target, name, json_node_get_string (node));
    }

  for (GList *l = members; l != NULL; l = l->next)
    {
      JsonNode *node = json_object_get_member (object, l->data);
      JsonNode *known = shipped_object != NULL ? json_object_get_member (shipped_object, l->data)
                                               : NULL;

      if (known == NULL || !json_node_equal (node, known))
        json_object_set_member (fare_price_document_ensure (target, name), l->data,
                                json_node_copy (node));
    }
}
