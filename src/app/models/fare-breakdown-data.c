/* fare-breakdown-data.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "models/fare-breakdown-data.h"

static void
row_free (gpointer data)
{
  FareBreakdownRow *row = data;

  g_free (row->client);
  g_free (row->model);
  g_free (row->provider);
  g_free (row->title);
  g_free (row);
}

FareBreakdownData *
fare_breakdown_data_new (void)
{
  FareBreakdownData *self = g_new0 (FareBreakdownData, 1);

  self->tools = g_ptr_array_new_with_free_func (row_free);
  self->parts = g_ptr_array_new_with_free_func (row_free);
  self->models = g_ptr_array_new_with_free_func (row_free);

  return self;
}

void
fare_breakdown_data_free (FareBreakdownData *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->tools);
  g_ptr_array_unref (self->parts);
  g_ptr_array_unref (self->models);
  g_free (self);
}

FareBreakdownRow *
fare_breakdown_data_add (GPtrArray  *list,
                         const char *client,
                         const char *model,
                         const char *provider,
                         const char *title)
{
  FareBreakdownRow *row;

  g_return_val_if_fail (list != NULL && title != NULL, NULL);

  row = g_new0 (FareBreakdownRow, 1);
  row->client = g_strdup (client);
  row->model = g_strdup (model);
  row->provider = g_strdup (provider);
  row->title = g_strdup (title);
  g_ptr_array_add (list, row);

  return row;
}

static void
add_rows (FareSummary *summary,
          FareGroup    group,
          GPtrArray   *list)
{
  for (guint i = 0; i < fare_summary_get_n_rows (summary); i++)
    {
      const FareSummaryRow *row = fare_summary_get_row (summary, i);
      gboolean is_tool = group == FARE_GROUP_CLIENT;

      fare_breakdown_data_add (list, is_tool ? row->key : row->client, is_tool ? NULL : row->key,
                               row->provider, row->title)->sums = row->sums;
    }
}

gpointer
fare_breakdown_data_load (const FareQuestion  *question,
                          GCancellable        *cancellable,
                          GError             **error)
{
  static const FareGroup groups[] = { FARE_GROUP_CLIENT, FARE_GROUP_CLIENT_MODEL,
                                      FARE_GROUP_MODEL };
  FareSummary *summaries[G_N_ELEMENTS (groups)] = { NULL };
  g_autoptr(FareBreakdownData) data = NULL;
  g_autoptr(FareIndexReader) reader = NULL;
  g_autoptr(FarePriceBook) prices = NULL;
  FareQuery query;

  g_return_val_if_fail (question != NULL, NULL);

  query = (FareQuery) { .zone = question->now.zone };
  fare_filter_values_narrow (&question->filter, &query);
  fare_range_to_span (question->range, query.zone, &query.from_ms, &query.to_ms);

  reader = fare_meter_read (question->meter, error);
  if (reader == NULL || g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  prices = fare_meter_ref_prices (question->meter);
  if (!fare_summary_new_multi (reader, prices, &query, groups, G_N_ELEMENTS (groups), summaries,
                               error))
    return NULL;

  data = fare_breakdown_data_new ();
  data->total = *fare_summary_get_total (summaries[0]);
  add_rows (summaries[0], groups[0], data->tools);
  add_rows (summaries[1], groups[1], data->parts);
  add_rows (summaries[2], groups[2], data->models);

  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    fare_summary_free (summaries[i]);

  return g_steal_pointer (&data);
}
