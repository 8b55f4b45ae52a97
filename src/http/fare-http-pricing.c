/* fare-http-pricing.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-http-pricing.h"

#include <string.h>

#include "base/fare-json-parse.h"
#include "fare-http-error.h"
#include "fare-http-flat-prices.h"
#include "fare-http-json.h"
#include "pricing/fare-price-json.h"

/* Takes @table. */
static JsonNode *
new_answer (FareHttpQuestion *question,
            FarePriceEdit    *edit,
            JsonObject       *table)
{
  FarePaths *paths = fare_meter_get_paths (question->meter);
  g_autofree char *shipped = g_build_filename (fare_paths_get_pkgdata_dir (paths), "models.json",
                                               NULL);
  g_auto(GStrv) own = fare_price_edit_dup_ids (edit);
  g_autoptr(JsonNode) root = fare_http_json_take_object (table);
  g_autofree char *text = fare_price_json_to_text (root);
  JsonObject *answer = json_object_new ();

  fare_http_json_set_text (answer, "path", fare_paths_get_prices_file (paths));
  fare_http_json_set_text (answer, "baseline_path", shipped);
  fare_http_json_set_text (answer, "baseline_version",
                           fare_price_book_get_updated (question->prices));
  json_object_set_string_member (answer, "source", *own != NULL ? "override" : "baseline");
  json_object_set_member (answer, "data", g_steal_pointer (&root));
  json_object_set_string_member (answer, "text", text);
  return fare_http_json_take_object (answer);
}

JsonNode *
fare_http_pricing_answer (FareHttpQuestion  *question,
                          GError           **error)
{
  gint64 now_ms = question->request->now_us / 1000;
  g_autoptr(JsonNode) shipped = NULL;
  g_autoptr(FarePriceEdit) edit = fare_http_flat_prices_open (
      fare_meter_get_paths (question->meter), &shipped, error);

  if (edit == NULL)
    return NULL;

  return new_answer (question, edit, fare_http_flat_prices_new (edit, shipped, now_ms));
}

/* Returns: (nullable): the document of the body */
static JsonNode *
parse_body (const FareHttpRequest  *request,
            GError                **error)
{
  gsize size = 0;
  const char *data = request->body != NULL ? g_bytes_get_data (request->body, &size) : NULL;
  g_autoptr(JsonNode) root = NULL;

  if (g_strcmp0 (request->content_type, "application/json") == 0 && size > 0)
    root = fare_json_parse (data, size, NULL);
  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    return g_steal_pointer (&root);

  fare_http_error_set_parameter (error, "body", "json_object",
                                 "The body should be a JSON object, sent as application/json");
  return NULL;
}

static JsonNode *
refuse (GError     **error,
        const char  *detail)
{
  g_set_error_literal (error, FARE_HTTP_ERROR, FARE_HTTP_BAD_REQUEST, detail);
  return NULL;
}

/* The table itself, either as text or as it is. */
static JsonNode *
find_table (JsonNode  *body,
            GError   **error)
{
  JsonObject *object = json_node_get_object (body);
  const char *text = fare_price_json_get_string (object, "text");
  g_autoptr(GError) reason = NULL;
  g_autoptr(JsonNode) table = NULL;
  JsonNode *aliases;

  if (text != NULL)
    {
      table = fare_json_parse (text, strlen (text), &reason);
      if (table == NULL)
        {
          g_set_error (error, FARE_HTTP_ERROR, FARE_HTTP_BAD_REQUEST, "Invalid JSON: %s",
                       reason->message);
          return NULL;
        }
    }
  else if (json_object_has_member (object, "data"))
    table = json_node_ref (json_object_get_member (object, "data"));

  if (table == NULL || !JSON_NODE_HOLDS_OBJECT (table))
    return refuse (error, "pricing_db.json must be a JSON object");
  if (fare_price_json_get_object (json_node_get_object (table), "models") == NULL)
    return refuse (error, "pricing_db.json must include a models object");

  aliases = json_object_get_member (json_node_get_object (table), "aliases");
  if (aliases != NULL && !JSON_NODE_HOLDS_OBJECT (aliases))
    return refuse (error, "pricing_db.json aliases must be an object");

  return g_steal_pointer (&table);
}

/* A value that can be no price is the sender's fault; a file that cannot be written is not. */
static void
blame (GError **error)
{
  if (error != NULL && g_error_matches (*error, FARE_PRICE_ERROR, FARE_PRICE_ERROR_VALUE))
    {
      (*error)->domain = FARE_HTTP_ERROR;
      (*error)->code = FARE_HTTP_BAD_REQUEST;
    }
}

static gboolean
save (FareHttpQuestion  *question,
      FarePriceEdit     *edit,
      GError           **error)
{
  g_autoptr(GError) reason = NULL;

  if (fare_price_edit_save (edit, &reason))
    return fare_meter_reload_prices (question->meter, error);

  g_set_error (error, FARE_HTTP_ERROR, FARE_HTTP_FAULT, "Failed to write the prices: %s",
               reason->message);
  return FALSE;
}

static JsonNode *
write_table (FareHttpQuestion  *question,
             JsonObject        *table,
             GError           **error)
{
  gint64 now_ms = question->request->now_us / 1000;
  g_autoptr(JsonNode) shipped = NULL;
  g_autoptr(FarePriceEdit) edit = fare_http_flat_prices_open (
      fare_meter_get_paths (question->meter), &shipped, error);
  g_autoptr(JsonObject) old = NULL;

  if (edit == NULL)
    return NULL;

  old = fare_http_flat_prices_new (edit, shipped, now_ms);
  if (!fare_http_flat_prices_apply (edit, old, table, now_ms, error))
    {
      blame (error);
      return NULL;
    }

  return save (question, edit, error)
             ? new_answer (question, edit, fare_http_flat_prices_new (edit, shipped, now_ms)) : NULL;
}

JsonNode *
fare_http_pricing_write (FareHttpQuestion  *question,
                         GError           **error)
{
  g_autoptr(JsonNode) body = parse_body (question->request, error);
  g_autoptr(JsonNode) table = body != NULL ? find_table (body, error) : NULL;
  g_autoptr(GMutexLocker) locker = NULL;

  if (table == NULL)
    return NULL;

  locker = g_mutex_locker_new (question->write_lock);
  return write_table (question, json_node_get_object (table), error);
}
