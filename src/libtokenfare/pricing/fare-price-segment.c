/* fare-price-segment.c
 *
 * Writes into an entry of a price file.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pricing/fare-price-segment.h"

#include "pricing/fare-price-document.h"
#include "pricing/fare-price-json.h"
#include "pricing/fare-price-time.h"

#define DAY_MS G_GINT64_CONSTANT (86400000)

/* Writes a rate unless the segment says just that; one that is not stated is taken out. */
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

JsonNode *
fare_price_segment_new (JsonNode           *model,
                        const char         *from,
                        const FareRateCard *card)
{
  /* The user's file may have anything there. */
  gboolean has_model = model != NULL && JSON_NODE_HOLDS_OBJECT (model);
  JsonNode *node = has_model ? fare_price_json_copy (model) : json_node_new (JSON_NODE_OBJECT);
  JsonObject *segment = NULL;

  if (!has_model)
    json_node_take_object (node, json_object_new ());

  segment = json_node_get_object (node);
  if (from != NULL)
    json_object_set_string_member (segment, "from", from);
  else if (!has_model)
    json_object_set_null_member (segment, "from");

  put_rate (segment, card, FARE_RATE_INPUT, "input", card->input);
  put_rate (segment, card, FARE_RATE_OUTPUT, "output", card->output);
  put_rate (segment, card, FARE_RATE_CACHE_READ, "cache_read", card->cache_read);
  put_rate (segment, card, FARE_RATE_CACHE_WRITE_5M, "cache_write_5m", card->cache_write_5m);
  put_rate (segment, card, FARE_RATE_CACHE_WRITE_1H, "cache_write_1h", card->cache_write_1h);
  put_rate (segment, card, FARE_RATE_REASONING, "reasoning", card->reasoning);
  return node;
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

JsonNode *
fare_price_segment_find (JsonArray *prices,
                         gint64     time_ms)
{
  guint length = prices != NULL ? json_array_get_length (prices) : 0;
  JsonNode *found = length > 0 ? json_array_get_element (prices, 0) : NULL;

  for (guint i = 0; i < length; i++)
    if (get_beginning (json_array_get_element (prices, i)) <= time_ms)
      found = json_array_get_element (prices, i);

  return found;
}

void
fare_price_segment_put (JsonObject *entry,
                        JsonArray  *old,
                        JsonNode   *segment)
{
  guint length = old != NULL ? json_array_get_length (old) : 0;
  JsonArray *prices = json_array_sized_new (length + 1);
  gint64 from_ms = get_beginning (segment);
  g_autoptr(JsonNode) waiting = segment;

  for (guint i = 0; i < length; i++)
    {
      JsonNode *element = json_array_get_element (old, i);
      gint64 other_ms = get_beginning (element);

      if (waiting != NULL && other_ms >= from_ms)
        json_array_add_element (prices, g_steal_pointer (&waiting));
      if (other_ms != from_ms)
        json_array_add_element (prices, json_node_copy (element));
    }

  if (waiting != NULL)
    json_array_add_element (prices, g_steal_pointer (&waiting));
  json_object_set_array_member (entry, "prices", prices);
}

void
fare_price_segment_put_evidence (JsonObject *entry,
                                 gint64      now_ms)
{
  g_autofree char *today = fare_price_time_to_string (now_ms - now_ms % DAY_MS);

  json_object_set_string_member (entry, "status", "list");
  json_object_set_string_member (entry, "as_of", today);
  if (json_object_has_member (entry, "review_after"))
    json_object_remove_member (entry, "review_after");
  fare_price_document_add_name (entry, "sources", "own");
}
