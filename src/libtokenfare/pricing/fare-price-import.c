/* fare-price-import.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pricing/fare-price-import.h"

#include <glib/gi18n-lib.h>

#include "pricing/fare-model-name.h"
#include "pricing/fare-price-book.h"
#include "pricing/fare-price-entry.h"
#include "pricing/fare-price-file.h"
#include "pricing/fare-price-json.h"
#include "pricing/fare-price-time.h"

#define DAY_MS G_GINT64_CONSTANT (86400000)

static void
add_problem (FarePriceImport *report,
             const char      *name,
             const char      *reason)
{
  g_ptr_array_add (report->problems,
                   g_strdup_printf (_("The price of “%s” is left out: %s."), name, reason));
}

/* Adds @entry unless it is no valid one or @shipped says the same. */
static void
take_entry (GPtrArray       *entries,
            JsonNode        *entry,
            JsonNode        *shipped,
            FarePriceImport *report)
{
  JsonObject *object = json_node_get_object (entry);
  const char *id = fare_price_json_get_string (object, "id");
  g_autoptr(FarePriceEntry) checked = NULL;
  g_autoptr(GError) error = NULL;

  if (shipped != NULL && json_node_equal (entry, shipped))
    {
      report->n_same++;
      return;
    }

  if (!json_object_has_member (object, "remove"))
    {
      checked = fare_price_entry_read (object, &error);
      if (checked == NULL)
        {
          add_problem (report, id != NULL ? id : "?", error->message);
          return;
        }
    }
  else if (id == NULL)
    {
      add_problem (report, "?", _("it has no id"));
      return;
    }

  g_ptr_array_add (entries, json_node_ref (entry));
}

static gboolean
collect_own (FarePriceEdit    *edit,
             JsonNode         *root,
             const char       *path,
             GPtrArray        *entries,
             FarePriceImport  *report,
             GError          **error)
{
  g_autoptr(FarePriceFile) file = fare_price_file_read (root, path, NULL, error);
  g_autoptr(FareSellers) sellers = fare_sellers_new ();
  JsonArray *models = fare_price_json_get_array (json_node_get_object (root), "models");

  if (file == NULL)
    return FALSE;

  for (guint i = 0; models != NULL && i < json_array_get_length (models); i++)
    {
      JsonNode *node = json_array_get_element (models, i);
      const char *id = JSON_NODE_HOLDS_OBJECT (node)
                           ? fare_price_json_get_string (json_node_get_object (node), "id")
                           : NULL;

      if (JSON_NODE_HOLDS_OBJECT (node))
        take_entry (entries, node, id != NULL ? fare_price_edit_get_shipped (edit, id) : NULL,
                    report);
    }

  /* The file as a whole knows its faults better: those of its lists are among them. */
  fare_price_file_add_sellers (file, sellers);
  g_ptr_array_set_size (report->problems, 0);
  for (guint i = 0; i < file->problems->len; i++)
    g_ptr_array_add (report->problems, g_strdup (file->problems->pdata[i]));
  return TRUE;
}

/* A rate of a flat file: null counts as 0, an absent one as @fallback. */
static gboolean
read_flat (JsonObject *model,
           const char *member,
           double      fallback,
           double     *rate)
{
  JsonNode *node = json_object_get_member (model, member);

  *rate = node != NULL ? 0.0 : fallback;
  return node == NULL || JSON_NODE_HOLDS_NULL (node)
         || fare_price_json_node_to_number (node, rate);
}

/* A tenth as people write it: of 0.7 it is 0.07, whatever binary fractions make of it. */
static double
tenth_of (double rate)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  return g_ascii_strtod (g_ascii_formatd (text, sizeof text, "%.14g", rate / 10.0), NULL);
}

static gboolean
read_flat_card (JsonObject   *model,
                FareRateCard *card)
{
  *card = (FareRateCard) { .stated = FARE_RATE_INPUT | FARE_RATE_OUTPUT | FARE_RATE_CACHE_READ
                                     | FARE_RATE_CACHE_WRITE_5M };

  return (json_object_has_member (model, "input") || json_object_has_member (model, "output"))
         && read_flat (model, "input", 0.0, &card->input)
         && read_flat (model, "output", 0.0, &card->output)
         && read_flat (model, "cache_read", tenth_of (card->input), &card->cache_read)
         && read_flat (model, "cache_write", card->input, &card->cache_write_5m);
}

/* Whether the shipped price of today is this flat one. */
static gboolean
is_same_price (JsonNode           *shipped,
               const FareRateCard *card,
               gint64              now_ms)
{
  g_autoptr(FarePriceEntry) entry = fare_price_entry_read (json_node_get_object (shipped), NULL);
  const FareRates *rates = entry != NULL ? fare_price_entry_get_rates (entry) : NULL;
  const FareRateSegment *segment = rates != NULL ? fare_rates_find_segment (rates, now_ms) : NULL;

  return segment != NULL && segment->card.input == card->input
         && segment->card.output == card->output
         && segment->card.cache_read == card->cache_read
         && segment->card.cache_write_5m == card->cache_write_5m;
}

static void
set_flat_prices (JsonObject         *entry,
                 const FareRateCard *card,
                 gint64              now_ms)
{
  g_autofree char *today = fare_price_time_to_string (now_ms - now_ms % DAY_MS);
  JsonObject *segment = json_object_new ();
  JsonArray *prices = json_array_new ();
  JsonArray *sources = json_array_new ();

  json_object_set_null_member (segment, "from");
  json_object_set_double_member (segment, "input", card->input);
  json_object_set_double_member (segment, "output", card->output);
  json_object_set_double_member (segment, "cache_read", card->cache_read);
  json_object_set_double_member (segment, "cache_write_5m", card->cache_write_5m);
  json_array_add_object_element (prices, segment);
  json_array_add_string_element (sources, "tokdash");

  json_object_set_string_member (entry, "status", "estimated");
  json_object_set_array_member (entry, "prices", prices);
  json_object_set_string_member (entry, "as_of", today);
  json_object_set_array_member (entry, "sources", sources);
  if (json_object_has_member (entry, "review_after"))
    json_object_remove_member (entry, "review_after");
  if (json_object_has_member (entry, "note"))
    json_object_remove_member (entry, "note");
}

static JsonNode *
create_entry (FarePriceEdit *edit,
              const char    *id,
              JsonObject    *model)
{
  const char *provider = fare_price_json_get_string (model, "provider");
  g_autofree char *spelling = fare_model_name_normalise (provider != NULL ? provider : "");
  const char *vendor = NULL;
  g_autoptr(JsonObject) object = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  if (fare_sellers_find (fare_price_edit_get_sellers (edit), spelling, &vendor)
      != FARE_SELLER_VENDOR)
    vendor = "unknown";

  json_object_set_string_member (object, "id", id);
  json_object_set_string_member (object, "provider", vendor);
  json_object_set_string_member (object, "name", id);
  json_object_set_string_member (object, "class", "default");
  json_node_set_object (node, object);
  return node;
}

static void
take_flat (FarePriceEdit   *edit,
           const char      *name,
           JsonObject      *model,
           gint64           now_ms,
           GPtrArray       *entries,
           FarePriceImport *report)
{
  g_autofree char *id = fare_price_edit_dup_id (edit, name);
  JsonNode *shipped = id != NULL ? fare_price_edit_get_shipped (edit, id) : NULL;
  g_autoptr(JsonNode) entry = NULL;
  FareRateCard card;

  if (id == NULL)
    {
      add_problem (report, name, _("who sells it is not known"));
      return;
    }
  if (!read_flat_card (model, &card))
    {
      add_problem (report, name, _("it has no rates that are numbers"));
      return;
    }
  if (shipped != NULL && is_same_price (shipped, &card, now_ms))
    {
      report->n_same++;
      return;
    }

  entry = shipped != NULL ? fare_price_json_copy (shipped) : create_entry (edit, id, model);
  set_flat_prices (json_node_get_object (entry), &card, now_ms);
  take_entry (entries, entry, NULL, report);
}

static void
collect_flat (FarePriceEdit   *edit,
              JsonObject      *models,
              gint64           now_ms,
              GPtrArray       *entries,
              FarePriceImport *report)
{
  g_autoptr(GList) names = json_object_get_members (models);

  for (GList *l = names; l != NULL; l = l->next)
    {
      JsonObject *model = fare_price_json_get_object (models, l->data);

      /* Such a file uses plain texts between its entries as headings. */
      if (model != NULL)
        take_flat (edit, l->data, model, now_ms, entries, report);
    }
}

gboolean
fare_price_import (FarePriceEdit    *edit,
                   const char       *path,
                   gint64            now_ms,
                   FarePriceImport  *report,
                   GError          **error)
{
  g_autoptr(JsonNode) root = fare_price_json_load (path, error);
  g_autoptr(GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  JsonObject *object = root != NULL ? json_node_get_object (root) : NULL;
  JsonObject *flat = object != NULL ? fare_price_json_get_object (object, "models") : NULL;

  *report = (FarePriceImport) { .problems = g_ptr_array_new_with_free_func (g_free) };
  if (root == NULL)
    return FALSE;

  if (flat != NULL && !json_object_has_member (object, "kind"))
    collect_flat (edit, flat, now_ms, entries, report);
  else if (!collect_own (edit, root, path, entries, report, error))
    return FALSE;

  if (!fare_price_edit_put (edit, entries, flat == NULL ? object : NULL, error))
    return FALSE;

  report->n_taken = entries->len;
  return TRUE;
}

void
fare_price_import_clear (FarePriceImport *self)
{
  g_clear_pointer (&self->problems, g_ptr_array_unref);
}
