/* fare-http-days.c
 *
 * The days of fare-http-rows.h.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-http-rows.h"

#include "fare-http-json.h"

static JsonObject *
break_down (const FareUsage *usage)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "input", fare_http_usage_get_input (usage));
  json_object_set_int_member (object, "output", usage->output);
  json_object_set_int_member (object, "cacheRead", usage->cache_read);
  /* Inside input, as readers of this interface expect. */
  json_object_set_int_member (object, "cacheWrite", 0);
  json_object_set_int_member (object, "reasoning", usage->reasoning);
  return object;
}

static double
get_joules (const FareHttpQuestion *question,
            const FareHttpEntry    *entry)
{
  if (question->energy == NULL)
    return 0;

  return fare_energy_table_get_joules (question->energy, question->prices, entry->model->provider,
                                       entry->model->name, &entry->sums.usage);
}

static JsonObject *
new_source (const FareHttpEntry *entry,
            double               joules)
{
  JsonObject *row = json_object_new ();
  const char *provider = entry->model->provider;

  json_object_set_string_member (row, "source", entry->tool);
  fare_http_json_set_text (row, "modelId", entry->model->name);
  fare_http_json_set_text (row, "providerId", *provider != '\0' ? provider : "unknown");
  json_object_set_object_member (row, "tokens", break_down (&entry->sums.usage));
  json_object_set_double_member (row, "cost", entry->sums.cost);
  json_object_set_int_member (row, "messages", entry->sums.messages);
  json_object_set_int_member (row, "unpriced_tokens", entry->sums.unpriced_tokens);
  json_object_set_double_member (row, "energy_j", joules);
  return row;
}

/* The entries of one day, which lie side by side. */
static JsonObject *
new_day (const FareHttpQuestion  *question,
         FareHttpEntry          **entries,
         guint                    n_entries)
{
  g_autofree char *date = fare_day_to_string (entries[0]->day);
  JsonObject *day = json_object_new ();
  JsonObject *totals = json_object_new ();
  JsonArray *sources = json_array_new ();
  FareTally tally = { 0 };
  double day_joules = 0;

  for (guint pass = 0; pass < 2; pass++)
    {
      for (guint i = 0; i < n_entries; i++)
        {
          const FareHttpEntry *entry = entries[i];
          FareTally part = { .sums = entry->sums };
          double joules;

          /* OpenClaw comes first. */
          if (fare_http_entry_is_of (entry, FARE_HTTP_OPENCLAW) != (pass == 0))
            continue;

          joules = get_joules (question, entry);
          day_joules += joules;
          fare_tally_join (&tally, &part);
          json_array_add_object_element (sources, new_source (entry, joules));
        }
    }

  fare_tally_finish (&tally);
  json_object_set_int_member (totals, "tokens", fare_usage_total (&tally.sums.usage));
  json_object_set_double_member (totals, "cost", tally.sums.cost);
  json_object_set_int_member (totals, "messages", tally.sums.messages);
  json_object_set_int_member (totals, "unpriced_tokens", tally.sums.unpriced_tokens);

  json_object_set_string_member (day, "date", date);
  json_object_set_object_member (day, "totals", totals);
  json_object_set_int_member (day, "intensity", 0);
  json_object_set_object_member (day, "tokenBreakdown", break_down (&tally.sums.usage));
  json_object_set_double_member (day, "energy_j", day_joules);
  json_object_set_array_member (day, "sources", sources);
  return day;
}

static gint64
get_tokens (JsonArray *days,
            guint      i)
{
  JsonObject *totals = json_object_get_object_member (json_array_get_object_element (days, i),
                                                      "totals");

  return json_object_get_int_member (totals, "tokens");
}

static int
compare_tokens (gconstpointer a,
                gconstpointer b)
{
  gint64 first = *(const gint64 *) a, second = *(const gint64 *) b;

  return (first > second) - (first < second);
}

/* 1 to 4, by quarters of the days; 0 without tokens. */
static void
set_intensities (JsonArray *days)
{
  g_autoptr(GArray) values = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < json_array_get_length (days); i++)
    {
      gint64 tokens = get_tokens (days, i);

      if (tokens > 0)
        g_array_append_val (values, tokens);
    }

  g_array_sort (values, compare_tokens);
  for (guint i = 0; i < json_array_get_length (days); i++)
    {
      gint64 tokens = get_tokens (days, i);
      int level = tokens > 0 ? 1 : 0;

      for (guint quarter = 1; tokens > 0 && quarter < 4; quarter++)
        {
          if (tokens > g_array_index (values, gint64, (values->len - 1) * quarter / 4))
            level++;
        }

      json_object_set_int_member (json_array_get_object_element (days, i), "intensity", level);
    }
}

JsonArray *
fare_http_rows_new_days (const FareHttpQuestion *question,
                         GPtrArray              *entries)
{
  JsonArray *days = json_array_new ();
  guint next;

  for (guint i = 0; i < entries->len; i = next)
    {
      FareHttpEntry **first = (FareHttpEntry **) entries->pdata + i;

      for (next = i + 1; next < entries->len; next++)
        {
          if (((FareHttpEntry *) entries->pdata[next])->day != first[0]->day)
            break;
        }

      json_array_add_object_element (days, new_day (question, first, next - i));
    }

  set_intensities (days);
  return days;
}
