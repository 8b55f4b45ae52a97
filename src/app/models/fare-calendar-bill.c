/* fare-calendar-bill.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "models/fare-calendar-bill.h"
#include "pricing/fare-energy.h"

static void
line_free (gpointer data)
{
  FareBillLine *line = data;

  g_free (line->key);
  g_free (line->title);
  g_free (line->client);
  g_free (line->project);
  g_free (line);
}

static FareCalendarBill *
bill_new (FareRange range)
{
  FareCalendarBill *self = g_new0 (FareCalendarBill, 1);

  self->range = range;
  self->clients = g_ptr_array_new_with_free_func (line_free);
  self->models = g_ptr_array_new_with_free_func (line_free);
  self->sessions = g_ptr_array_new_with_free_func (line_free);

  return self;
}

void
fare_calendar_bill_free (FareCalendarBill *self)
{
  g_ptr_array_unref (self->clients);
  g_ptr_array_unref (self->models);
  g_ptr_array_unref (self->sessions);
  g_free (self);
}

GVariant *
fare_calendar_bill_make_subject (FareRange range)
{
  return g_variant_new ("(ii)", range.first, range.end);
}

static FareBillLine *
add_line (GPtrArray            *lines,
          const FareSummaryRow *row)
{
  FareBillLine *line = g_new0 (FareBillLine, 1);

  /* The same model name may be billed by two providers; both are lines of their own. */
  line->key = row->provider != NULL ? g_strconcat (row->provider, "/", row->key, NULL)
                                    : g_strdup (row->key);
  line->title = g_strdup (row->title);
  line->sums = row->sums;
  if (row->session != NULL)
    {
      line->client = g_strdup (row->session->client);
      line->project = g_strdup (row->session->project);
    }
  g_ptr_array_add (lines, line);

  return line;
}

static FareCalendarBill *
load_bill (const FareQuestion  *question,
           FareIndexReader     *reader,
           GError             **error)
{
  const FareGroup groups[] = { FARE_GROUP_CLIENT, FARE_GROUP_MODEL, FARE_GROUP_SESSION };
  FareSummary *summaries[G_N_ELEMENTS (groups)] = { NULL };
  g_autoptr(FarePriceBook) prices = fare_meter_ref_prices (question->meter);
  g_autoptr(FareEnergyTable) energy = NULL;
  g_autoptr(FareCalendarBill) bill = NULL;
  FareQuery query = { .zone = question->now.zone };
  FareRange range;

  energy = fare_energy_table_load_shipped (fare_meter_get_paths (question->meter), error);
  if (energy == NULL)
    return NULL;

  g_variant_get (question->subject, "(ii)", &range.first, &range.end);
  fare_filter_values_narrow (&question->filter, &query);
  fare_range_to_span (range, query.zone, &query.from_ms, &query.to_ms);
  if (!fare_summary_new_multi (reader, prices, &query, groups, G_N_ELEMENTS (groups), summaries, error))
    return NULL;

  bill = bill_new (range);
  bill->total = *fare_summary_get_total (summaries[0]);
  for (guint i = 0; i < fare_summary_get_n_rows (summaries[0]); i++)
    add_line (bill->clients, fare_summary_get_row (summaries[0], i));

  for (guint i = 0; i < fare_summary_get_n_rows (summaries[1]); i++)
    {
      const FareSummaryRow *row = fare_summary_get_row (summaries[1], i);
      FareBillLine *line = add_line (bill->models, row);

      line->energy_j = fare_energy_table_get_joules (energy, prices, row->provider, row->key,
                                                     &row->sums.usage);
      bill->energy_j += line->energy_j;
    }

  bill->n_sessions = fare_summary_get_n_rows (summaries[2]);
  for (guint i = 0; i < MIN (bill->n_sessions, FARE_BILL_N_SESSIONS); i++)
    add_line (bill->sessions, fare_summary_get_row (summaries[2], i));

  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    fare_summary_free (summaries[i]);

  return g_steal_pointer (&bill);
}

gpointer
fare_calendar_bill_load (const FareQuestion  *question,
                         GCancellable        *cancellable,
                         GError             **error)
{
  g_autoptr(FareIndexReader) reader = NULL;

  if (question->subject == NULL)
    return bill_new ((FareRange) { 0, 0 });

  reader = fare_meter_read (question->meter, error);

  return reader != NULL ? load_bill (question, reader, error) : NULL;
}
