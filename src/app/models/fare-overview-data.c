/* fare-overview-data.c
 *
 * Everything the Overview page shows of one range.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "accounting/fare-comparison.h"
#include "base/fare-text.h"
#include "pricing/fare-energy.h"
#include "models/fare-overview-data.h"

static void
share_free (gpointer data)
{
  FareShare *share = data;

  g_free (share->key);
  g_free (share->title);
  g_free (share->name);
  g_free (share->provider);
  g_free (share);
}

FareOverviewData *
fare_overview_data_new (void)
{
  FareOverviewData *self = g_new0 (FareOverviewData, 1);

  self->clients = g_ptr_array_new_with_free_func (share_free);
  self->models = g_ptr_array_new_with_free_func (share_free);
  self->range_title = g_strdup ("");

  return self;
}

void
fare_overview_data_free (FareOverviewData *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->bars, fare_time_bars_free);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_ptr_array_unref (self->clients);
  g_ptr_array_unref (self->models);
  g_free (self->range_title);
  g_free (self->comparison);
  g_free (self->comparison_spoken);
  g_free (self->comparison_span);
  g_free (self);
}

FareShare *
fare_overview_data_add (GPtrArray  *list,
                        const char *key,
                        const char *title)
{
  FareShare *share;

  g_return_val_if_fail (list != NULL, NULL);
  g_return_val_if_fail (key != NULL && title != NULL, NULL);

  share = g_new0 (FareShare, 1);
  share->key = g_strdup (key);
  share->title = g_strdup (title);
  share->name = g_strdup (key);
  g_ptr_array_add (list, share);

  return share;
}

/* What a load needs besides its result. */
typedef struct
{
  const FareQuestion *question;
  FareIndexReader    *reader;
  FarePriceBook      *prices;
  FareOverviewData   *data;
} Load;

static void
get_query (Load      *load,
           FareQuery *query)
{
  *query = (FareQuery) { .zone = load->question->now.zone };
  fare_filter_values_narrow (&load->question->filter, query);
  fare_range_to_span (load->question->range, query->zone, &query->from_ms, &query->to_ms);
}

/* Energy does not depend on time, so the sums by model are enough. */
static gboolean
load_energy (Load         *load,
             FareSummary  *by_model,
             GError      **error)
{
  g_autoptr(FareEnergyTable) table =
    fare_energy_table_load_shipped (fare_meter_get_paths (load->question->meter), error);

  if (table == NULL)
    return FALSE;

  for (guint i = 0; i < fare_summary_get_n_rows (by_model); i++)
    {
      const FareSummaryRow *row = fare_summary_get_row (by_model, i);

      load->data->energy_j += fare_energy_table_get_joules (table, load->prices, row->provider,
                                                            row->key, &row->sums.usage);
    }

  return TRUE;
}

static void
add_shares (FareSummary *summary,
            GPtrArray   *list)
{
  for (guint i = 0; i < fare_summary_get_n_rows (summary); i++)
    {
      const FareSummaryRow *row = fare_summary_get_row (summary, i);
      g_autofree char *key = NULL;
      FareShare *share;

      /* The same model name may be billed by two providers; both are rows of their own. */
      key = row->provider != NULL ? g_strconcat (row->provider, "/", row->key, NULL)
                                  : g_strdup (row->key);
      share = fare_overview_data_add (list, key, row->title);
      g_free (share->name);
      share->name = g_strdup (row->key);
      share->provider = g_strdup (row->provider);
      share->sums = row->sums;
      share->reason = row->reason;
    }
}

static gboolean
load_shares (Load    *load,
             GError **error)
{
  static const FareGroup groups[] = { FARE_GROUP_CLIENT, FARE_GROUP_MODEL };
  FareSummary *summaries[G_N_ELEMENTS (groups)] = { NULL };
  g_autoptr(FareSummary) by_client = NULL;
  g_autoptr(FareSummary) by_model = NULL;
  FareQuery query;

  get_query (load, &query);
  if (!fare_summary_new_multi (load->reader, load->prices, &query, groups, G_N_ELEMENTS (groups),
                               summaries, error))
    return FALSE;

  by_client = summaries[0];
  by_model = summaries[1];
  add_shares (by_client, load->data->clients);
  add_shares (by_model, load->data->models);
  load->data->total = *fare_summary_get_total (by_client);

  return load_energy (load, by_model, error);
}

static gboolean
load_bars (Load          *load,
           GCancellable  *cancellable,
           GError       **error)
{
  FareQuery query;

  get_query (load, &query);
  load->data->bars = fare_time_bars_new (load->reader, load->prices, &query, load->question->range,
                                         &load->question->now, cancellable, error);

  return load->data->bars != NULL;
}

static gboolean
load_saving (Load          *load,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autoptr(FareCacheSavings) savings = NULL;
  FareQuery query;

  get_query (load, &query);
  savings = fare_cache_savings_new (load->reader, load->prices, &query, cancellable, error);
  if (savings == NULL)
    return FALSE;

  load->data->saving = *fare_cache_savings_get_total (savings);

  return TRUE;
}

/* Days before the first use are not known to be empty: comparing with them would mislead. */
static gboolean
is_known_since (Load    *load,
                FareDay  day)
{
  gint64 first, last;

  return fare_index_reader_get_span (load->reader, &first, &last) &&
         fare_day_of (load->question->now.zone, first * FARE_QUARTER_MS) <= day;
}

static gboolean
load_comparison (Load    *load,
                 GError **error)
{
  g_autoptr(FareSummary) summary = NULL;
  const FareQuestion *question = load->question;
  FareQuery query = { .zone = question->now.zone };
  FareComparison comparison;

  fare_filter_values_narrow (&question->filter, &query);
  if (!fare_previous_span (question->range, &question->now, &query.from_ms, &query.to_ms) ||
      !is_known_since (load, fare_day_of (query.zone, query.from_ms)))
    return TRUE;

  summary = fare_summary_new (load->reader, load->prices, &query, FARE_GROUP_NONE, error);
  if (summary == NULL)
    return FALSE;

  if (fare_comparison_make_cost (&load->data->total, fare_summary_get_total (summary), &comparison))
    {
      load->data->comparison =
        fare_comparison_to_text (&comparison, question->range, &question->now);
      load->data->comparison_spoken =
        fare_comparison_to_sentence (&comparison, question->range, &question->now);
      load->data->comparison_span = fare_previous_span_to_text (question->range, &question->now);
    }

  return TRUE;
}

static gboolean
load_state (Load    *load,
            GError **error)
{
  FareOverviewData *data = load->data;
  gint64 first = 0;
  gint64 last = 0;

  data->last_scan_ms = fare_index_reader_get_last_scan (load->reader);
  data->is_empty = !fare_index_reader_get_span (load->reader, &first, &last);

  for (guint i = 0; i < FARE_FILTER_N_KINDS; i++)
    if (load->question->filter.values[i] != NULL)
      data->is_filtered = TRUE;

  if (!data->is_empty)
    data->last_day = fare_day_of (load->question->now.zone, last * FARE_QUARTER_MS);

  return TRUE;
}

static gboolean
load_all (Load          *load,
          GCancellable  *cancellable,
          GError       **error)
{
  return load_state (load, error) &&
         !g_cancellable_set_error_if_cancelled (cancellable, error) &&
         load_shares (load, error) &&
         !g_cancellable_set_error_if_cancelled (cancellable, error) &&
         load_comparison (load, error) &&
         load_bars (load, cancellable, error) &&
         load_saving (load, cancellable, error);
}

static FareOverviewData *
load_snapshot (const FareQuestion  *question,
               GCancellable        *cancellable,
               GError             **error)
{
  g_autoptr(FareIndexReader) reader = fare_meter_read (question->meter, error);
  g_autoptr(FarePriceBook) prices = NULL;
  g_autoptr(FareOverviewData) data = NULL;
  Load load;

  if (reader == NULL)
    return NULL;

  prices = fare_meter_ref_prices (question->meter);
  data = fare_overview_data_new ();
  data->zone = g_time_zone_ref (question->now.zone);
  data->period = question->period;
  data->range = question->range;
  data->today = fare_day_of (question->now.zone, question->now.now_ms);
  g_free (data->range_title);
  data->range_title = fare_period_to_title (data->period, data->range, &question->now);
  load = (Load) { question, reader, prices, data };

  return load_all (&load, cancellable, error) ? g_steal_pointer (&data) : NULL;
}

gpointer
fare_overview_data_load (const FareQuestion  *question,
                        GCancellable        *cancellable,
                        GError             **error)
{
  g_return_val_if_fail (question != NULL, NULL);

  return load_snapshot (question, cancellable, error);
}
