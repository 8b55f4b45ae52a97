/* fare-http-usage.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-http-usage.h"

#include "fare-http-json.h"
#include "fare-http-rows.h"

#define TOP_MODELS 5

/* Tools as the summary shows them; OpenClaw is always there. */
static JsonObject *
list_tools (GPtrArray *entries)
{
  g_autoptr(GPtrArray) tools = fare_http_rows_list_tools (entries);
  JsonObject *by_tool = json_object_new ();

  if (!g_ptr_array_find_with_equal_func (tools, FARE_HTTP_OPENCLAW, g_str_equal, NULL))
    g_ptr_array_add (tools, (gpointer) FARE_HTTP_OPENCLAW);

  for (guint i = 0; i < tools->len; i++)
    {
      FareSums sums = fare_http_ledger_sum (entries, fare_http_entry_is_of, tools->pdata[i]);
      JsonObject *row = json_object_new ();

      json_object_set_int_member (row, "tokens", fare_usage_total (&sums.usage));
      json_object_set_double_member (row, "cost", sums.cost);
      json_object_set_int_member (row, "tokens_in", fare_http_usage_get_input (&sums.usage));
      json_object_set_int_member (row, "tokens_cache", sums.usage.cache_read);
      fare_http_json_set_rate (row, "cache_hit_rate", fare_usage_hit_rate (&sums.usage));
      json_object_set_int_member (row, "unpriced_tokens", sums.unpriced_tokens);
      json_object_set_object_member (by_tool, tools->pdata[i], row);
    }

  return by_tool;
}

static JsonArray *
cut_rows (JsonArray *rows,
          guint      count)
{
  JsonArray *first = json_array_new ();

  for (guint i = 0; i < MIN (count, json_array_get_length (rows)); i++)
    json_array_add_element (first, json_node_ref (json_array_get_element (rows, i)));

  return first;
}

static JsonObject *
compare (FareHttpQuestion    *question,
         const FareHttpSpan  *span,
         const FareSums      *now,
         GError             **error)
{
  FareQuery query = fare_http_question_get_query (question, span->before);
  g_autoptr(FareSummary) summary = fare_summary_new (question->reader, question->prices, &query,
                                                     FARE_GROUP_NONE, error);
  const FareSums *before = summary != NULL ? fare_summary_get_total (summary) : NULL;
  JsonObject *object;
  gint64 tokens;

  if (before == NULL)
    return NULL;

  object = json_object_new ();
  tokens = fare_usage_total (&before->usage);
  json_object_set_int_member (object, "tokens_prev", tokens);
  json_object_set_double_member (object, "cost_prev", fare_http_round (before->cost, 2));
  json_object_set_int_member (object, "messages_prev", before->messages);
  json_object_set_int_member (object, "unpriced_tokens_prev", before->unpriced_tokens);
  fare_http_json_set_change (object, "tokens_pct", fare_usage_total (&now->usage), tokens);
  fare_http_json_set_change (object, "cost_pct", fare_http_round (now->cost, 2),
                             fare_http_round (before->cost, 2));
  fare_http_json_set_change (object, "messages_pct", now->messages, before->messages);
  return object;
}

static void
set_models (JsonObject *answer,
            GPtrArray  *entries)
{
  JsonArray *combined = fare_http_rows_new_combined (entries);
  JsonObject *apps = fare_http_rows_new_apps (entries);

  json_object_set_object_member (answer, "by_tool", list_tools (entries));
  json_object_set_object_member (answer, "coding_apps", json_object_ref (apps));
  json_object_set_object_member (answer, "apps", apps);
  json_object_set_array_member (answer, "coding_models",
                                fare_http_rows_new_models (entries, fare_http_entry_is_not_of,
                                                           FARE_HTTP_OPENCLAW, TRUE));
  json_object_set_array_member (answer, "openclaw_models",
                                fare_http_rows_new_models (entries, fare_http_entry_is_of,
                                                           FARE_HTTP_OPENCLAW, FALSE));
  json_object_set_array_member (answer, "top_models", cut_rows (combined, TOP_MODELS));
  json_object_set_array_member (answer, "combined_models", combined);
}

static void
set_totals (JsonObject     *answer,
            const FareSums *sums,
            double          cost)
{
  json_object_set_int_member (answer, "total_tokens", fare_usage_total (&sums->usage));
  json_object_set_double_member (answer, "total_cost", cost);
  json_object_set_int_member (answer, "total_messages", sums->messages);
  fare_http_json_set_rate (answer, "cache_hit_rate", fare_usage_hit_rate (&sums->usage));
  json_object_set_int_member (answer, "unpriced_tokens", sums->unpriced_tokens);
}

/* Gives @answer, which it takes, a root. */
static JsonNode *
finish (FareHttpQuestion *question,
        JsonObject       *answer)
{
  fare_http_question_set_end (question, answer);
  return fare_http_json_take_object (answer);
}

/* What the span asked for has, without a split. */
static GPtrArray *
list_entries (FareHttpQuestion  *question,
              gboolean           takes_dates,
              GStrv              clients,
              FareHttpSpan      *span,
              GError           **error)
{
  FareQuery query;

  if (!fare_http_request_get_span (question->request, takes_dates, span, error))
    return NULL;

  query = fare_http_question_get_query (question, span->range);
  query.clients = clients;
  return fare_http_ledger_new (question, &query, FARE_HTTP_SPLIT_NONE, error);
}

JsonNode *
fare_http_usage_answer (FareHttpQuestion  *question,
                        GError           **error)
{
  FareHttpSpan span;
  g_autoptr(GPtrArray) entries = list_entries (question, TRUE, NULL, &span, error);
  JsonObject *answer, *comparison;
  FareSums total;

  if (entries == NULL)
    return NULL;

  total = fare_http_ledger_sum (entries, NULL, NULL);
  comparison = compare (question, &span, &total, error);
  if (comparison == NULL)
    return NULL;

  answer = json_object_new ();
  json_object_set_string_member (answer, "period", span.period);
  set_totals (answer, &total, fare_http_round (total.cost, 2));
  set_models (answer, entries);
  fare_http_question_set_source_errors (question, answer);
  json_object_set_object_member (answer, "comparison", comparison);
  return finish (question, answer);
}

JsonNode *
fare_http_tools_answer (FareHttpQuestion  *question,
                        GError           **error)
{
  FareHttpSpan span;
  g_autoptr(GPtrArray) entries = list_entries (question, FALSE, NULL, &span, error);
  JsonObject *answer;
  FareSums total;

  if (entries == NULL)
    return NULL;

  answer = json_object_new ();
  total = fare_http_ledger_sum (entries, fare_http_entry_is_not_of, FARE_HTTP_OPENCLAW);
  set_totals (answer, &total, total.cost);
  json_object_set_object_member (answer, "apps", fare_http_rows_new_apps (entries));
  json_object_set_array_member (answer, "all_models",
                                fare_http_rows_new_models (entries, fare_http_entry_is_not_of,
                                                           FARE_HTTP_OPENCLAW, TRUE));
  fare_http_question_set_source_errors (question, answer);
  json_object_set_string_member (answer, "period", span.period);
  return finish (question, answer);
}

static JsonObject *
list_models (GPtrArray *entries)
{
  g_autoptr(JsonArray) rows = fare_http_rows_new_models (entries, NULL, NULL, FALSE);
  JsonObject *models = json_object_new ();

  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);

      json_object_set_object_member (models, json_object_get_string_member (row, "name"),
                                     json_object_ref (row));
    }

  return models;
}

JsonNode *
fare_http_openclaw_answer (FareHttpQuestion  *question,
                           GError           **error)
{
  char *clients[] = { (char *) FARE_HTTP_OPENCLAW, NULL };
  FareHttpSpan span;
  g_autoptr(GPtrArray) entries = list_entries (question, FALSE, clients, &span, error);
  g_autoptr(GPtrArray) days = NULL;
  JsonObject *answer;
  FareQuery query;
  FareSums total;

  if (entries == NULL)
    return NULL;

  query = fare_http_question_get_query (question, span.range);
  query.clients = clients;
  days = fare_http_ledger_new (question, &query, FARE_HTTP_SPLIT_DAY, error);
  if (days == NULL)
    return NULL;

  answer = json_object_new ();
  total = fare_http_ledger_sum (entries, NULL, NULL);
  set_totals (answer, &total, total.cost);
  json_object_set_int_member (answer, "total_tokens_in", fare_http_usage_get_input (&total.usage));
  json_object_set_int_member (answer, "total_tokens_cache", total.usage.cache_read);
  json_object_set_object_member (answer, "models", list_models (entries));
  json_object_set_array_member (answer, "contributions", fare_http_rows_new_days (question, days));
  json_object_set_string_member (answer, "period", span.period);
  return finish (question, answer);
}
