/* fare-http-question.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-http-question.h"

#include <string.h>

#include "fare-http-json.h"

/* The one client whose name differs. */
#define ANTIGRAVITY_CLIENT "antigravity"
#define ANTIGRAVITY_TOOL "antigravity_cli"

FareQuery
fare_http_question_get_query (const FareHttpQuestion *self,
                              FareRange               range)
{
  FareQuery query = { .zone = self->request->zone, .machines = self->request->machines };

  fare_range_to_span (range, query.zone, &query.from_ms, &query.to_ms);
  return query;
}

gboolean
fare_http_question_cut_range (const FareHttpQuestion *self,
                              FareRange              *range)
{
  GTimeZone *zone = self->request->zone;
  gint64 first, last;

  if (!fare_index_reader_get_span (self->reader, &first, &last))
    return FALSE;

  range->first = MAX (range->first, fare_day_of (zone, first * FARE_QUARTER_MS));
  range->end = MIN (range->end, fare_day_of (zone, (last + 1) * FARE_QUARTER_MS - 1) + 1);
  return range->first < range->end;
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

void
fare_http_question_set_source_errors (const FareHttpQuestion *self,
                                      JsonObject             *object)
{
  g_auto(GStrv) failures = fare_meter_dup_failures (self->meter);
  g_autoptr(GPtrArray) tools = g_ptr_array_new ();
  JsonArray *array = json_array_new ();

  for (guint i = 0; failures != NULL && failures[i] != NULL; i++)
    {
      g_autofree char *client = g_strndup (failures[i], strcspn (failures[i], "\t"));
      const char *tool = g_intern_string (fare_http_tool_from_client (client));

      if (*tool != '\0' && !g_ptr_array_find (tools, tool, NULL))
        g_ptr_array_add (tools, (gpointer) tool);
    }

  g_ptr_array_sort (tools, compare_names);
  for (guint i = 0; i < tools->len; i++)
    json_array_add_string_element (array, tools->pdata[i]);
  json_object_set_array_member (object, "source_errors", array);
}

void
fare_http_question_set_end (const FareHttpQuestion *self,
                            JsonObject             *object)
{
  FareProgress progress = { 0 };

  if (fare_meter_get_progress (self->meter, &progress))
    {
      JsonObject *scan = json_object_new ();

      json_object_set_boolean_member (scan, "running", TRUE);
      json_object_set_int_member (scan, "done", progress.files_done);
      json_object_set_int_member (scan, "total", progress.files_total);
      json_object_set_object_member (object, "scan", scan);
    }

  fare_http_json_set_local_time (object, "timestamp", self->request->now_us, self->request->zone);
}

const char *
fare_http_tool_from_client (const char *client)
{
  return g_str_equal (client, ANTIGRAVITY_CLIENT) ? ANTIGRAVITY_TOOL : client;
}

char *
fare_http_tool_to_client (const char *tool)
{
  g_autofree char *name = g_ascii_strdown (tool, -1);

  g_strstrip (name);
  return g_strdup (g_str_equal (name, ANTIGRAVITY_TOOL) ? ANTIGRAVITY_CLIENT : name);
}
