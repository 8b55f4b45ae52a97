/* fare-http-json.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-http-json.h"

#include <math.h>

#include "base/fare-zone.h"

static void append_node (GString  *text,
                         JsonNode *node);

static void
append_string (GString    *text,
               const char *string)
{
  g_string_append_c (text, '"');
  for (const char *p = string; *p != '\0'; p++)
    {
      guchar c = *p;

      if (c == '"' || c == '\\')
        {
          g_string_append_c (text, '\\');
          g_string_append_c (text, c);
        }
      else if (c == '\n')
        g_string_append (text, "\\n");
      else if (c < 0x20 || c == 0x7f)
        g_string_append_printf (text, "\\u%04x", c);
      else
        g_string_append_c (text, c);
    }
  g_string_append_c (text, '"');
}

static void
append_double (GString *text,
               double   value)
{
  static const char * const formats[] = { "%.15g", "%.16g", "%.17g" };
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isfinite (value))
    {
      g_string_append (text, "null");
      return;
    }

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_ascii_formatd (buffer, sizeof buffer, formats[i], value);
      if (g_ascii_strtod (buffer, NULL) == value)
        break;
    }

  g_string_append (text, buffer);
  /* So that a reader with two kinds of numbers sees the kind. */
  if (strpbrk (buffer, ".e") == NULL)
    g_string_append (text, ".0");
}

static void
append_value (GString  *text,
              JsonNode *node)
{
  GType type = json_node_get_value_type (node);

  if (type == G_TYPE_STRING)
    append_string (text, json_node_get_string (node));
  else if (type == G_TYPE_BOOLEAN)
    g_string_append (text, json_node_get_boolean (node) ? "true" : "false");
  else if (type == G_TYPE_DOUBLE)
    append_double (text, json_node_get_double (node));
  else
    g_string_append_printf (text, "%" G_GINT64_FORMAT, json_node_get_int (node));
}

static void
append_object (GString    *text,
               JsonObject *object)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;
  gboolean is_first = TRUE;

  g_string_append_c (text, '{');
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &member))
    {
      if (!is_first)
        g_string_append_c (text, ',');
      is_first = FALSE;
      append_string (text, name);
      g_string_append_c (text, ':');
      append_node (text, member);
    }
  g_string_append_c (text, '}');
}

static void
append_array (GString   *text,
              JsonArray *array)
{
  g_string_append_c (text, '[');
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      if (i > 0)
        g_string_append_c (text, ',');
      append_node (text, json_array_get_element (array, i));
    }
  g_string_append_c (text, ']');
}

static void
append_node (GString  *text,
             JsonNode *node)
{
  switch (json_node_get_node_type (node))
    {
    case JSON_NODE_OBJECT:
      append_object (text, json_node_get_object (node));
      break;
    case JSON_NODE_ARRAY:
      append_array (text, json_node_get_array (node));
      break;
    case JSON_NODE_VALUE:
      append_value (text, node);
      break;
    case JSON_NODE_NULL:
    default:
      g_string_append (text, "null");
      break;
    }
}

char *
fare_http_json_to_text (JsonNode *node)
{
  GString *text = g_string_sized_new (4096);

  append_node (text, node);
  return g_string_free (text, FALSE);
}

JsonNode *
fare_http_json_take_object (JsonObject *object)
{
  JsonNode *node = json_node_alloc ();

  json_node_init_object (node, object);
  json_object_unref (object);
  return node;
}

void
fare_http_json_set_text (JsonObject *object,
                         const char *name,
                         const char *text)
{
  g_autofree char *valid = text != NULL ? g_utf8_make_valid (text, -1) : NULL;

  if (valid != NULL)
    json_object_set_string_member (object, name, valid);
  else
    json_object_set_null_member (object, name);
}

double
fare_http_round (double value,
                 int    decimals)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  char format[8];

  /* Through text: the double nearest to what people would write. */
  g_snprintf (format, sizeof format, "%%.%df", decimals);
  if (!isfinite (value) || fabs (value) >= 1e15)
    return value;

  return g_ascii_strtod (g_ascii_formatd (buffer, sizeof buffer, format, value), NULL);
}

void
fare_http_json_set_rate (JsonObject *object,
                         const char *name,
                         double      rate)
{
  if (rate < 0)
    json_object_set_null_member (object, name);
  else
    json_object_set_double_member (object, name, fare_http_round (rate, 4));
}

void
fare_http_json_set_change (JsonObject *object,
                           const char *name,
                           double      now,
                           double      before)
{
  if (before == 0)
    json_object_set_null_member (object, name);
  else
    json_object_set_double_member (object, name,
                                   fare_http_round ((now - before) / before * 100.0, 1));
}

void
fare_http_json_set_local_time (JsonObject *object,
                               const char *name,
                               gint64      time_us,
                               GTimeZone  *zone)
{
  gint64 local_us = time_us + fare_zone_get_offset (zone, time_us / 1000) * 1000;
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc (local_us / G_USEC_PER_SEC);
  g_autofree char *text = g_date_time_format (time, "%Y-%m-%dT%H:%M:%S");
  g_autofree char *full = g_strdup_printf ("%s.%06d", text, (int) (local_us % G_USEC_PER_SEC));

  json_object_set_string_member (object, name, full);
}

void
fare_http_json_set_utc_time (JsonObject *object,
                             const char *name,
                             gint64      time_ms)
{
  g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc (time_ms / 1000);
  g_autofree char *text = g_date_time_format (time, "%Y-%m-%dT%H:%M:%S");
  g_autofree char *fraction = time_ms % 1000 != 0
                                  ? g_strdup_printf (".%03d000", (int) (time_ms % 1000)) : NULL;
  g_autofree char *full = g_strconcat (text, fraction != NULL ? fraction : "", "+00:00", NULL);

  json_object_set_string_member (object, name, full);
}
