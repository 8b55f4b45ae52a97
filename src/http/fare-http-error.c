/* fare-http-error.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-http-error.h"

#include "fare-http-json.h"

G_DEFINE_QUARK (fare-http-error-quark, fare_http_error)

void
fare_http_error_set_parameter (GError     **error,
                               const char  *name,
                               const char  *type,
                               const char  *sentence)
{
  g_set_error (error, FARE_HTTP_ERROR, FARE_HTTP_UNPROCESSABLE, "%s\t%s\t%s", name, type,
               sentence);
}

/* [{"loc":["query",NAME],"msg":SENTENCE,"type":TYPE}] */
static JsonArray *
describe_parameter (const char *message)
{
  g_auto(GStrv) parts = g_strsplit (message, "\t", 3);
  JsonArray *list = json_array_new ();
  JsonArray *place = json_array_new ();
  JsonObject *object = json_object_new ();
  guint n_parts = g_strv_length (parts);
  gboolean is_body = n_parts > 0 && g_str_equal (parts[0], "body");

  json_array_add_string_element (place, is_body ? "body" : "query");
  if (!is_body)
    json_array_add_string_element (place, n_parts > 0 ? parts[0] : "");
  json_object_set_array_member (object, "loc", place);
  fare_http_json_set_text (object, "msg", n_parts > 2 ? parts[2] : message);
  json_object_set_string_member (object, "type", n_parts > 1 ? parts[1] : "value_error");
  json_array_add_object_element (list, object);
  return list;
}

char *
fare_http_error_to_text (const GError *error,
                         guint        *status)
{
  JsonObject *object = json_object_new ();
  g_autoptr(JsonNode) root = fare_http_json_take_object (object);

  *status = error->domain == FARE_HTTP_ERROR ? (guint) error->code : FARE_HTTP_FAULT;
  if (*status == FARE_HTTP_UNPROCESSABLE)
    json_object_set_array_member (object, "detail", describe_parameter (error->message));
  else
    fare_http_json_set_text (object, "detail", error->message);

  return fare_http_json_to_text (root);
}
