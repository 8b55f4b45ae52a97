/* fare-price-file.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pricing/fare-price-file.h"

#include <glib/gi18n-lib.h>

#include "formats/fare-pull.h"
#include "pricing/fare-price-json.h"
#include "pricing/fare-price-time.h"

static void
add_problem (FarePriceFile *self,
             const char    *format,
             ...) G_GNUC_PRINTF (2, 3);

static void
add_problem (FarePriceFile *self,
             const char    *format,
             ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_ptr_array_add (self->problems, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

static gboolean
has_other (JsonObject *root,
           const char *member,
           const char *expected)
{
  return json_object_has_member (root, member)
         && g_strcmp0 (fare_price_json_get_string (root, member), expected) != 0;
}

/* Whether @root is a price file, and none of a newer version. */
static gboolean
check_head (JsonObject  *root,
            const char  *path,
            GError     **error)
{
  gint64 schema = 0;

  if (g_strcmp0 (fare_price_json_get_string (root, "kind"), FARE_PRICE_KIND) != 0
      || !fare_price_json_node_to_int (json_object_get_member (root, "schema"), &schema)
      || schema < 1)
    {
      g_set_error (error, FARE_PRICE_ERROR, FARE_PRICE_ERROR_SCHEMA,
                   _("“%s” is not a price file"), path);
      return FALSE;
    }

  if (schema > FARE_PRICE_SCHEMA)
    {
      g_set_error (error, FARE_PRICE_ERROR, FARE_PRICE_ERROR_SCHEMA,
                   _("“%s” was written for a newer version of Tokenfare"), path);
      return FALSE;
    }

  if (has_other (root, "currency", "USD") || has_other (root, "unit", "per_1m_tokens"))
    {
      g_set_error (error, FARE_PRICE_ERROR, FARE_PRICE_ERROR_SCHEMA,
                   _("The prices in “%s” are not in USD per million tokens"), path);
      return FALSE;
    }

  return TRUE;
}

/* Whether no earlier entry of this file has one of @entry's keys; notes them if so. */
static gboolean
claim_keys (FarePriceEntry  *entry,
            GHashTable      *owners,
            char           **taken)
{
  const char * const *aliases = fare_price_entry_get_aliases (entry);
  g_autoptr(GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (keys, fare_model_name_to_key (fare_price_entry_get_id (entry)));
  for (guint i = 0; aliases[i] != NULL; i++)
    g_ptr_array_add (keys, fare_model_name_to_key (aliases[i]));

  for (guint i = 0; i < keys->len; i++)
    {
      const FarePriceEntry *owner = g_hash_table_lookup (owners, keys->pdata[i]);

      if (owner != NULL && owner != entry)
        {
          *taken = g_strdup (keys->pdata[i]);
          return FALSE;
        }
    }

  g_ptr_array_set_free_func (keys, NULL);
  for (guint i = 0; i < keys->len; i++)
    g_hash_table_replace (owners, keys->pdata[i], entry);
  return TRUE;
}

static void
check_class (FarePriceFile  *self,
             FarePriceEntry *entry,
             GHashTable     *classes)
{
  const char *id = fare_price_entry_get_class (entry);

  if (classes == NULL || g_hash_table_contains (classes, id))
    return;

  add_problem (self, _("“%s” has the unknown energy class “%s” and counts as “default”."),
               fare_price_entry_get_id (entry), id);
  fare_price_entry_set_class (entry, "default");
}

static void
read_entry (FarePriceFile *self,
            JsonObject    *object,
            GHashTable    *classes,
            GHashTable    *owners)
{
  const char *id = fare_price_json_get_string (object, "id");
  g_autoptr(FarePriceEntry) entry = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *taken = NULL;

  entry = fare_price_entry_read (object, &error);
  if (entry == NULL)
    {
      add_problem (self, _("The price of “%s” is left out: %s."), id != NULL ? id : "?",
                   error->message);
      return;
    }

  if (!claim_keys (entry, owners, &taken))
    {
      add_problem (self, _("The price of “%s” is left out: the name “%s” is taken in this file."),
                   id, taken);
      return;
    }

  check_class (self, entry, classes);
  g_ptr_array_add (self->entries, g_steal_pointer (&entry));
}

static void
read_removal (FarePriceFile *self,
              JsonObject    *object)
{
  const char *id = fare_price_json_get_string (object, "id");
  g_autofree char *name = id != NULL ? fare_model_name_normalise (id) : NULL;

  if (name != NULL)
    g_ptr_array_add (self->removed, fare_model_name_to_key (name));
  else
    add_problem (self, _("An entry that removes a price has no id."));
}

static gboolean
is_removal (JsonObject *object)
{
  JsonNode *node = json_object_get_member (object, "remove");

  return node != NULL && json_node_get_value_type (node) == G_TYPE_BOOLEAN
         && json_node_get_boolean (node);
}

static void
read_entries (FarePriceFile *self,
              JsonObject    *root,
              GHashTable    *classes)
{
  JsonArray *models = fare_price_json_get_array (root, "models");
  g_autoptr(GHashTable) owners = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (models == NULL && json_object_has_member (root, "models"))
    add_problem (self, _("“%s” is left out: it must be a list of objects."), "models");

  for (guint i = 0; models != NULL && i < json_array_get_length (models); i++)
    {
      JsonNode *node = json_array_get_element (models, i);

      if (!JSON_NODE_HOLDS_OBJECT (node))
        add_problem (self, _("An entry of “%s” is left out: it must be an object."), "models");
      else if (is_removal (json_node_get_object (node)))
        read_removal (self, json_node_get_object (node));
      else
        read_entry (self, json_node_get_object (node), classes, owners);
    }
}

static gboolean
is_string (JsonNode *node)
{
  return json_node_get_value_type (node) == G_TYPE_STRING;
}

static void
add_vendor (FarePriceFile *self,
            FareSellers   *sellers,
            const char    *id,
            JsonNode      *node)
{
  JsonArray *names = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (names == NULL)
    add_problem (self, _("“%s” in “%s” is left out."), id, "vendors");

  for (guint i = 0; names != NULL && i < json_array_get_length (names); i++)
    {
      JsonNode *name = json_array_get_element (names, i);

      if (is_string (name))
        fare_sellers_add (sellers, FARE_SELLER_VENDOR, json_node_get_string (name), id);
      else
        add_problem (self, _("“%s” in “%s” is left out."), id, "vendors");
    }
}

static void
add_members (FarePriceFile  *self,
             FareSellers    *sellers,
             const char     *list,
             FareSellerKind  kind)
{
  JsonObject *root = json_node_get_object (self->root);
  JsonObject *object = fare_price_json_get_object (root, list);
  g_autoptr(GList) names = object != NULL ? json_object_get_members (object) : NULL;

  if (object == NULL && json_object_has_member (root, list))
    add_problem (self, _("“%s” is left out: it must be an object."), list);

  for (GList *l = names; l != NULL; l = l->next)
    {
      JsonNode *node = json_object_get_member (object, l->data);

      if (kind == FARE_SELLER_VENDOR)
        add_vendor (self, sellers, l->data, node);
      else if (is_string (node))
        fare_sellers_add (sellers, kind, l->data, json_node_get_string (node));
      else if (kind == FARE_SELLER_GATEWAY && JSON_NODE_HOLDS_NULL (node))
        fare_sellers_add (sellers, kind, l->data, NULL);
      else
        add_problem (self, _("“%s” in “%s” is left out."), (const char *) l->data, list);
    }
}

static void
add_local_hosts (FarePriceFile *self,
                 FareSellers   *sellers)
{
  static const char list[] = "local_hosts";
  JsonObject *root = json_node_get_object (self->root);
  JsonArray *names = fare_price_json_get_array (root, list);

  if (names == NULL && json_object_has_member (root, list))
    add_problem (self, _("“%s” is left out: it must be a list of names."), list);

  for (guint i = 0; names != NULL && i < json_array_get_length (names); i++)
    {
      JsonNode *node = json_array_get_element (names, i);

      if (is_string (node))
        fare_sellers_add (sellers, FARE_SELLER_LOCAL, json_node_get_string (node), NULL);
      else
        add_problem (self, _("An entry of “%s” is left out: it must be a name."), list);
    }
}

void
fare_price_file_add_sellers (FarePriceFile *self,
                             FareSellers   *sellers)
{
  /* Of one name in several lists of a file the last holds: nearest to the machine. */
  add_members (self, sellers, "vendors", FARE_SELLER_VENDOR);
  add_members (self, sellers, "gateways", FARE_SELLER_GATEWAY);
  add_members (self, sellers, "hosts", FARE_SELLER_HOST);
  add_local_hosts (self, sellers);
}

FarePriceFile *
fare_price_file_read (JsonNode    *root,
                      const char  *path,
                      GHashTable  *classes,
                      GError     **error)
{
  JsonObject *object = json_node_get_object (root);
  const char *updated = NULL;
  FarePriceFile *self = NULL;

  if (!check_head (object, path, error))
    return NULL;

  self = g_new0 (FarePriceFile, 1);
  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) fare_price_entry_free);
  self->removed = g_ptr_array_new_with_free_func (g_free);
  self->problems = g_ptr_array_new_with_free_func (g_free);
  self->root = json_node_ref (root);

  updated = fare_price_json_get_string (object, "updated");
  if (updated != NULL && fare_price_date_parse (updated, NULL))
    self->updated = g_strdup (updated);
  else if (json_object_has_member (object, "updated"))
    add_problem (self, _("“%s” is left out: it must be a date."), "updated");

  read_entries (self, object, classes);
  return self;
}

FarePriceFile *
fare_price_file_load (const char  *path,
                      GHashTable  *classes,
                      GError     **error)
{
  g_autoptr(JsonNode) root = fare_price_json_load (path, error);

  return root != NULL ? fare_price_file_read (root, path, classes, error) : NULL;
}

void
fare_price_file_free (FarePriceFile *self)
{
  g_free (self->updated);
  g_ptr_array_unref (self->entries);
  g_ptr_array_unref (self->removed);
  g_ptr_array_unref (self->problems);
  json_node_unref (self->root);
  g_free (self);
}

/* Adds the id of the object that comes, if it has one. */
static void
read_class (FarePull   *pull,
            GHashTable *ids)
{
  FareSpan key, id;

  if (!fare_pull_enter (pull, '{'))
    return;

  while (fare_pull_next_member (pull, &key))
    if (!fare_span_equal (&key, "id"))
      fare_pull_skip (pull);
    else if (fare_pull_string (pull, &id))
      g_hash_table_add (ids, fare_span_dup (&id, 0));
}

GHashTable *
fare_price_file_load_classes (const char *path)
{
  gsize length = 0;
  g_autofree char *text = fare_price_json_read_text (path, &length, NULL);
  g_autoptr(GHashTable) ids = NULL;
  gboolean is_found = FALSE;
  FarePull pull;
  FareSpan key;

  if (text == NULL)
    return NULL;

  ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  fare_pull_init (&pull, text, length);
  if (!fare_pull_enter (&pull, '{'))
    return NULL;

  while (fare_pull_next_member (&pull, &key))
    if (!fare_span_equal (&key, "classes"))
      fare_pull_skip (&pull);
    else if (fare_pull_enter (&pull, '['))
      for (is_found = TRUE; fare_pull_next_item (&pull);)
        read_class (&pull, ids);

  return is_found && fare_pull_at_end (&pull) ? g_steal_pointer (&ids) : NULL;
}
