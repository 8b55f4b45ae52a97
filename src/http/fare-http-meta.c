/* fare-http-meta.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "fare-http-meta.h"

#include "fare-http-json.h"
#include "index/fare-index-schema.h"

/* The name of the interface, by which its readers know it. */
#define SERVICE "tokdash"

/* Takes @object. */
static char *
to_text (JsonObject *object)
{
  g_autoptr(JsonNode) root = fare_http_json_take_object (object);

  return fare_http_json_to_text (root);
}

char *
fare_http_meta_health (void)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "status", "ok");
  json_object_set_string_member (object, "service", SERVICE);
  json_object_set_string_member (object, "version", FARE_VERSION);
  json_object_set_string_member (object, "implementation", "tokenfare");
  return to_text (object);
}

char *
fare_http_meta_version (void)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "service", SERVICE);
  json_object_set_string_member (object, "runtime_version", FARE_VERSION);
  json_object_set_string_member (object, "install_method", "package");
  json_object_set_boolean_member (object, "update_check_enabled", FALSE);
  json_object_set_int_member (object, "usage_db_schema_supported", FARE_SCHEMA_VERSION);
  return to_text (object);
}

char *
fare_http_meta_update (void)
{
  JsonObject *object = json_object_new ();

  json_object_set_boolean_member (object, "enabled", FALSE);
  json_object_set_boolean_member (object, "update_available", FALSE);
  return to_text (object);
}

char *
fare_http_meta_token (const char *token)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "token", token);
  return to_text (object);
}
