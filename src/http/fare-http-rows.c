/* fare-http-rows.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-http-rows.h"

#include <string.h>

#include "fare-http-json.h"
#include "fare-http-names.h"

/* One model or tool over several entries. */
typedef struct
{
  char      *name;
  FareTally  tally;
} Sum;

static void
sum_free (Sum *self)
{
  g_free (self->name);
  g_free (self);
}

gint64
fare_http_usage_get_input (const FareUsage *usage)
{
  return usage->input + usage->cache_write_5m + usage->cache_write_1h;
}

static void
set_sums (JsonObject     *row,
          const FareSums *sums)
{
  json_object_set_int_member (row, "tokens", fare_usage_total (&sums->usage));
  json_object_set_int_member (row, "tokens_in", fare_http_usage_get_input (&sums->usage));
  json_object_set_int_member (row, "tokens_out", sums->usage.output);
  json_object_set_int_member (row, "tokens_cache", sums->usage.cache_read);
  json_object_set_double_member (row, "cost", sums->cost);
  json_object_set_int_member (row, "messages", sums->messages);
  fare_http_json_set_rate (row, "cache_hit_rate", fare_usage_hit_rate (&sums->usage));
  json_object_set_int_member (row, "unpriced_tokens", sums->unpriced_tokens);
}

JsonArray *
fare_http_rows_new_models (GPtrArray         *entries,
                           FareHttpEntryFunc  func,
                           gconstpointer      user_data,
                           gboolean           has_source)
{
  JsonArray *rows = json_array_new ();

  for (guint i = 0; i < entries->len; i++)
    {
      const FareHttpEntry *entry = entries->pdata[i];
      g_autofree char *name = NULL;
      JsonObject *row;

      if (fare_usage_total (&entry->sums.usage) == 0
          || (func != NULL && !func (entry, user_data)))
        continue;

      row = json_object_new ();
      name = fare_http_name_join (entry->model->provider, entry->model->name);
      json_object_set_string_member (row, "name", name);
      if (has_source)
        json_object_set_string_member (row, "source", entry->tool);
      set_sums (row, &entry->sums);
      json_array_add_object_element (rows, row);
    }

  return rows;
}

static int
compare_sums (gconstpointer a,
              gconstpointer b)
{
  const Sum *first = *(Sum * const *) a;
  const Sum *second = *(Sum * const *) b;
  gint64 tokens = fare_usage_total (&first->tally.sums.usage);
  gint64 other_tokens = fare_usage_total (&second->tally.sums.usage);

  if (first->tally.sums.cost != second->tally.sums.cost)
    return first->tally.sums.cost > second->tally.sums.cost ? -1 : 1;
  if (tokens != other_tokens)
    return tokens > other_tokens ? -1 : 1;

  return strcmp (first->name, second->name);
}

/* Takes @name. */
static void
add_to_sum (GHashTable          *sums,
            char                *name,
            const FareHttpEntry *entry)
{
  Sum *sum = g_hash_table_lookup (sums, name);
  FareTally part = { .sums = entry->sums };

  if (sum == NULL)
    {
      sum = g_new0 (Sum, 1);
      sum->name = name;
      g_hash_table_insert (sums, name, sum);
    }
  else
    g_free (name);

  fare_tally_join (&sum->tally, &part);
}

static GPtrArray *
sort_sums (GHashTable *sums)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) sum_free);
  GHashTableIter iter;
  Sum *sum;

  g_hash_table_iter_init (&iter, sums);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &sum))
    {
      fare_tally_finish (&sum->tally);
      g_ptr_array_add (list, sum);
    }

  g_ptr_array_sort (list, compare_sums);
  return list;
}

JsonArray *
fare_http_rows_new_combined (GPtrArray *entries)
{
  g_autoptr(GHashTable) sums = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GPtrArray) list = NULL;
  JsonArray *rows = json_array_new ();

  for (guint i = 0; i < entries->len; i++)
    {
      const FareHttpEntry *entry = entries->pdata[i];

      if (fare_usage_total (&entry->sums.usage) > 0)
        add_to_sum (sums, fare_http_name_merge (entry->model->name), entry);
    }

  list = sort_sums (sums);
  for (guint i = 0; i < list->len; i++)
    {
      const Sum *sum = list->pdata[i];
      JsonObject *row = json_object_new ();

      json_object_set_string_member (row, "name", sum->name);
      set_sums (row, &sum->tally.sums);
      json_array_add_object_element (rows, row);
    }

  return rows;
}

GPtrArray *
fare_http_rows_list_tools (GPtrArray *entries)
{
  g_autoptr(GHashTable) sums = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GPtrArray) list = NULL;
  GPtrArray *tools = g_ptr_array_new ();

  for (guint i = 0; i < entries->len; i++)
    {
      const FareHttpEntry *entry = entries->pdata[i];

      add_to_sum (sums, g_strdup (entry->tool), entry);
    }

  list = sort_sums (sums);
  for (guint i = 0; i < list->len; i++)
    g_ptr_array_add (tools, (gpointer) g_intern_string (((Sum *) list->pdata[i])->name));

  return tools;
}

JsonObject *
fare_http_rows_new_apps (GPtrArray *entries)
{
  g_autoptr(GPtrArray) tools = fare_http_rows_list_tools (entries);
  JsonObject *apps = json_object_new ();

  for (guint i = 0; i < tools->len; i++)
    {
      const char *tool = tools->pdata[i];
      FareSums sums;
      JsonObject *app;

      if (g_str_equal (tool, FARE_HTTP_OPENCLAW))
        continue;

      app = json_object_new ();
      sums = fare_http_ledger_sum (entries, fare_http_entry_is_of, tool);
      set_sums (app, &sums);
      json_object_set_array_member (app, "models",
                                    fare_http_rows_new_models (entries, fare_http_entry_is_of,
                                                               tool, FALSE));
      json_object_set_object_member (apps, tool, app);
    }

  return apps;
}
