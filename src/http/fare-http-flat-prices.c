/* fare-http-flat-prices.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-http-flat-prices.h"

#include <string.h>

#include <glib/gstdio.h>

#include "fare-http-error.h"
#include "fare-http-json.h"
#include "pricing/fare-model-name.h"
#include "pricing/fare-price-book.h"
#include "pricing/fare-price-entry.h"
#include "pricing/fare-price-import.h"
#include "pricing/fare-price-json.h"

#define UNIT "per_million_tokens"

FarePriceEdit *
fare_http_flat_prices_open (FarePaths  *paths,
                            JsonNode  **shipped,
                            GError    **error)
{
  g_autofree char *path = g_build_filename (fare_paths_get_pkgdata_dir (paths), "models.json",
                                            NULL);

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, FARE_HTTP_ERROR, FARE_HTTP_NOT_FOUND, "Pricing database not found: %s",
                   path);
      return NULL;
    }

  *shipped = fare_price_json_load (path, error);
  return *shipped != NULL
             ? fare_price_edit_open (path, fare_paths_get_prices_file (paths), error) : NULL;
}

static void
add_model (FarePriceEdit *edit,
           const char    *id,
           gint64         now_ms,
           JsonObject    *models,
           JsonObject    *aliases)
{
  g_autoptr(JsonNode) node = fare_price_edit_dup_entry (edit, id);
  g_autoptr(FarePriceEntry) entry = node != NULL
                                        ? fare_price_entry_read (json_node_get_object (node), NULL)
                                        : NULL;
  const FareRateSegment *segment
      = entry != NULL ? fare_rates_find_segment (fare_price_entry_get_rates (entry), now_ms) : NULL;
  const char *note = entry != NULL ? fare_price_entry_get_note (entry) : NULL;
  const char * const *names;
  g_autofree char *sources = NULL;
  JsonObject *model;

  if (segment == NULL)
    return;

  model = json_object_new ();
  sources = g_strjoinv (", ", (GStrv) fare_price_entry_get_sources (entry));
  fare_http_json_set_text (model, "provider", fare_price_entry_get_provider (entry));
  json_object_set_double_member (model, "input", segment->card.input);
  json_object_set_double_member (model, "output", segment->card.output);
  json_object_set_double_member (model, "cache_read", segment->card.cache_read);
  json_object_set_double_member (model, "cache_write", segment->card.cache_write_5m);
  json_object_set_string_member (model, "unit", UNIT);
  fare_http_json_set_text (model, "source", sources);
  if (note != NULL)
    fare_http_json_set_text (model, "note", note);

  json_object_set_object_member (models, fare_price_entry_get_id (entry), model);
  names = fare_price_entry_get_aliases (entry);
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    json_object_set_string_member (aliases, names[i], fare_price_entry_get_id (entry));
}

JsonObject *
fare_http_flat_prices_new (FarePriceEdit *edit,
                           JsonNode      *shipped,
                           gint64         now_ms)
{
  JsonObject *root = json_node_get_object (shipped);
  JsonArray *entries = fare_price_json_get_array (root, "models");
  const char *updated = fare_price_json_get_string (root, "updated");
  g_auto(GStrv) own = fare_price_edit_dup_ids (edit);
  JsonObject *table = json_object_new ();
  JsonObject *models = json_object_new ();
  JsonObject *aliases = json_object_new ();

  for (guint i = 0; entries != NULL && i < json_array_get_length (entries); i++)
    {
      JsonNode *node = json_array_get_element (entries, i);
      const char *id = JSON_NODE_HOLDS_OBJECT (node)
                           ? fare_price_json_get_string (json_node_get_object (node), "id") : NULL;

      if (id != NULL)
        add_model (edit, id, now_ms, models, aliases);
    }

  for (guint i = 0; own[i] != NULL; i++)
    {
      if (fare_price_edit_get_shipped (edit, own[i]) == NULL)
        add_model (edit, own[i], now_ms, models, aliases);
    }

  fare_http_json_set_text (table, "version", updated);
  fare_http_json_set_text (table, "lastUpdated", updated);
  json_object_set_object_member (table, "aliases", aliases);
  json_object_set_object_member (table, "models", models);
  return table;
}

/* A rate; what is missing counts as the table's readers have it. */
static double
get_rate (JsonObject *model,
          const char *name,
          double      fallback)
{
  JsonNode *node = json_object_get_member (model, name);
  double rate = 0.0;

  if (node == NULL)
    return fallback;

  return fare_price_json_node_to_number (node, &rate) ? rate : 0.0;
}

static gboolean
is_same_model (JsonObject *old,
               JsonObject *model)
{
  static const char * const names[] = { "input", "output", "cache_read", "cache_write" };
  double input = get_rate (model, "input", 0.0);
  const double fallbacks[] = { 0.0, 0.0, input / 10.0, input };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      JsonNode *node = json_object_get_member (model, names[i]);
      double number;

      if (node != NULL && !JSON_NODE_HOLDS_NULL (node)
          && !fare_price_json_node_to_number (node, &number))
        return FALSE;
      if (get_rate (old, names[i], 0.0) != get_rate (model, names[i], fallbacks[i]))
        return FALSE;
    }

  return TRUE;
}

/* What names are compared by: a file of somebody else's spells them in its own way. */
static char *
to_key (const char *name)
{
  g_autofree char *plain = fare_model_name_normalise (name);

  return fare_model_name_to_key (plain);
}

/* The models of a table, by those keys. */
static GHashTable *
sort_by_key (JsonObject *models)
{
  GHashTable *sorted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GList) names = json_object_get_members (models);

  for (GList *l = names; l != NULL; l = l->next)
    {
      JsonObject *model = fare_price_json_get_object (models, l->data);

      if (model != NULL)
        g_hash_table_insert (sorted, to_key (l->data), model);
    }

  return sorted;
}

/* The models of @table that are not in @old alike. */
static JsonObject *
find_changed (JsonObject *old,
              JsonObject *table)
{
  JsonObject *changed = json_object_new ();
  g_autoptr(GHashTable) sorted = sort_by_key (old);
  g_autoptr(GList) names = json_object_get_members (table);

  for (GList *l = names; l != NULL; l = l->next)
    {
      JsonObject *model = fare_price_json_get_object (table, l->data);
      g_autofree char *key = to_key (l->data);
      JsonObject *before = g_hash_table_lookup (sorted, key);

      /* Plain texts between the models are headings. */
      if (model != NULL && (before == NULL || !is_same_model (before, model)))
        json_object_set_object_member (changed, l->data, json_object_ref (model));
    }

  return changed;
}

static gboolean
import (FarePriceEdit  *edit,
        JsonObject     *models,
        gint64          now_ms,
        GError        **error)
{
  g_auto(FarePriceImport) report = { 0 };
  JsonObject *object = json_object_new ();
  g_autoptr(JsonNode) root = fare_http_json_take_object (object);
  g_autofree char *text = NULL;
  g_autofree char *path = NULL;
  gboolean is_done;
  int file;

  json_object_set_object_member (object, "models", json_object_ref (models));
  text = fare_http_json_to_text (root);
  file = g_file_open_tmp ("tokenfare-XXXXXX.json", &path, error);
  if (file < 0)
    return FALSE;

  g_close (file, NULL);
  is_done = g_file_set_contents (path, text, -1, error)
            && fare_price_import (edit, path, now_ms, &report, error);
  g_unlink (path);
  if (!is_done)
    return FALSE;

  if (report.problems->len > 0)
    {
      g_set_error_literal (error, FARE_HTTP_ERROR, FARE_HTTP_BAD_REQUEST,
                           report.problems->pdata[0]);
      return FALSE;
    }

  return TRUE;
}

static gboolean
put_entry (FarePriceEdit  *edit,
           JsonNode       *entry,
           GError        **error)
{
  g_autoptr(GPtrArray) entries = g_ptr_array_new ();

  g_ptr_array_add (entries, entry);
  return fare_price_edit_put (edit, entries, NULL, error);
}

/* Takes away what @table does not have any more. */
static gboolean
hide_missing (FarePriceEdit  *edit,
              JsonObject     *old,
              JsonObject     *table,
              GError        **error)
{
  g_autoptr(GHashTable) sorted = sort_by_key (table);
  g_autoptr(GList) names = json_object_get_members (old);

  for (GList *l = names; l != NULL; l = l->next)
    {
      g_autofree char *key = to_key (l->data);
      JsonObject *object;
      g_autoptr(JsonNode) entry = NULL;

      if (g_hash_table_contains (sorted, key))
        continue;

      fare_price_edit_reset (edit, l->data);
      if (fare_price_edit_get_shipped (edit, l->data) == NULL)
        continue;

      object = json_object_new ();
      entry = fare_http_json_take_object (object);
      json_object_set_string_member (object, "id", l->data);
      json_object_set_boolean_member (object, "remove", TRUE);
      if (!put_entry (edit, entry, error))
        return FALSE;
    }

  return TRUE;
}

/* Adds @alias to an entry, or takes it away. */
static gboolean
change_alias (FarePriceEdit  *edit,
              const char     *alias,
              const char     *id,
              gboolean        is_wanted,
              GError        **error)
{
  g_autoptr(JsonNode) entry = fare_price_edit_dup_entry (edit, id);
  JsonNode *shipped = fare_price_edit_get_shipped (edit, id);
  JsonArray *old, *names;

  if (entry == NULL && !is_wanted)
    return TRUE;
  if (entry == NULL)
    {
      g_set_error (error, FARE_HTTP_ERROR, FARE_HTTP_BAD_REQUEST,
                   "The alias \"%s\" leads to \"%s\", which has no price", alias, id);
      return FALSE;
    }

  names = json_array_new ();
  old = fare_price_json_get_array (json_node_get_object (entry), "aliases");
  for (guint i = 0; old != NULL && i < json_array_get_length (old); i++)
    {
      JsonNode *name = json_array_get_element (old, i);

      if (JSON_NODE_HOLDS_VALUE (name) && g_strcmp0 (json_node_get_string (name), alias) != 0)
        json_array_add_element (names, json_node_ref (name));
    }

  if (is_wanted)
    json_array_add_string_element (names, alias);
  json_object_set_array_member (json_node_get_object (entry), "aliases", names);
  if (shipped != NULL && json_node_equal (entry, shipped))
    {
      fare_price_edit_reset (edit, id);
      return TRUE;
    }

  return put_entry (edit, entry, error);
}

/* Aliases of @from that @to does not have alike. */
static gboolean
change_aliases (FarePriceEdit  *edit,
                JsonObject     *from,
                JsonObject     *to,
                gboolean        is_wanted,
                GError        **error)
{
  g_autoptr(GList) names = json_object_get_members (from);

  for (GList *l = names; l != NULL; l = l->next)
    {
      const char *id = fare_price_json_get_string (from, l->data);

      if (id != NULL && g_strcmp0 (id, fare_price_json_get_string (to, l->data)) != 0
          && !change_alias (edit, l->data, id, is_wanted, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
fare_http_flat_prices_apply (FarePriceEdit  *edit,
                             JsonObject     *old,
                             JsonObject     *table,
                             gint64          now_ms,
                             GError        **error)
{
  JsonObject *old_models = fare_price_json_get_object (old, "models");
  JsonObject *models = fare_price_json_get_object (table, "models");
  JsonObject *old_aliases = fare_price_json_get_object (old, "aliases");
  JsonObject *aliases = fare_price_json_get_object (table, "aliases");
  g_autoptr(JsonObject) changed = find_changed (old_models, models);
  g_autoptr(GList) names = json_object_get_members (changed);

  /* A model that goes back to its shipped price has no edit any more. */
  for (GList *l = names; l != NULL; l = l->next)
    fare_price_edit_reset (edit, l->data);

  if (!hide_missing (edit, old_models, models, error)
      || (names != NULL && !import (edit, changed, now_ms, error)))
    return FALSE;

  /* A table without aliases says nothing about them. */
  return aliases == NULL
         || (change_aliases (edit, old_aliases, aliases, FALSE, error)
             && change_aliases (edit, aliases, old_aliases, TRUE, error));
}
