/* fare-standing.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "accounting/fare-standing.h"

#include "index/fare-index-limits.h"

static FareSummary *
sum_up (FareIndexReader  *reader,
        FarePriceBook    *prices,
        FareRange         range,
        const FareNow    *now,
        FareGroup         group,
        GError          **error)
{
  FareQuery query = { .zone = now->zone };

  fare_range_to_span (range, now->zone, &query.from_ms, &query.to_ms);
  return fare_summary_new (reader, prices, &query, group, error);
}

static void
set_tool (FareStandingTool       *self,
          const FareSummaryRow *row)
{
  self->client = g_strdup (row->key);
  self->sums = row->sums;
}

static gboolean
read_today (FareStanding       *self,
            FareIndexReader  *reader,
            FarePriceBook    *prices,
            const FareNow    *now,
            GError          **error)
{
  FareRange range = fare_range_for_period (FARE_PERIOD_TODAY, now);
  g_autoptr(FareSummary) summary = sum_up (reader, prices, range, now, FARE_GROUP_CLIENT, error);

  if (summary == NULL)
    return FALSE;

  self->day = range.first;
  self->today = *fare_summary_get_total (summary);
  self->n_tools = MIN (fare_summary_get_n_rows (summary), FARE_STANDING_TOOLS);
  for (guint i = 0; i < self->n_tools; i++)
    set_tool (&self->tools[i], fare_summary_get_row (summary, i));

  return TRUE;
}

static gboolean
read_month (FareStanding       *self,
            FareIndexReader  *reader,
            FarePriceBook    *prices,
            const FareNow    *now,
            GError          **error)
{
  g_autoptr(FareSummary) summary = sum_up (reader, prices,
                                           fare_range_for_period (FARE_PERIOD_MONTH, now), now,
                                           FARE_GROUP_NONE, error);

  if (summary == NULL)
    return FALSE;

  self->month = *fare_summary_get_total (summary);
  return TRUE;
}

static gboolean
read_budget (FareStandingBudget  *self,
             FareBudgetPeriod   period,
             double             limit,
             FareIndexReader   *reader,
             FarePriceBook     *prices,
             const FareNow     *now,
             GError           **error)
{
  g_autoptr(FareSummary) summary = NULL;

  if (!(limit > 0))
    return TRUE;

  summary = sum_up (reader, prices, fare_budget_get_range (period, now), now, FARE_GROUP_CLIENT,
                    error);
  if (summary == NULL)
    return FALSE;

  self->has_budget = fare_budget_init (&self->budget, period, now, limit,
                                       fare_summary_get_total (summary));
  if (fare_summary_get_n_rows (summary) > 0)
    set_tool (&self->top, fare_summary_get_row (summary, 0));

  return TRUE;
}

FareStanding *
fare_standing_new (FareIndexReader       *reader,
                 FarePriceBook         *prices,
                 const FareStandingWish  *wish,
                 const FareNow         *now,
                 GError               **error)
{
  g_autoptr(FareStanding) self = g_new0 (FareStanding, 1);
  gint64 first, last;

  self->now_ms = now->now_ms;
  self->last_scan_ms = fare_index_reader_get_last_scan (reader);
  self->has_use = fare_index_reader_get_span (reader, &first, &last);
  if (!read_today (self, reader, prices, now, error)
      || !read_month (self, reader, prices, now, error))
    return NULL;

  for (guint i = 0; i < FARE_N_BUDGETS; i++)
    {
      if (!read_budget (&self->budgets[i], i, wish->budgets[i], reader, prices, now, error))
        return NULL;
    }

  if (wish->paths != NULL)
    {
      gint64 logged_ms = 0;
      g_autofree char *logged = fare_index_reader_dup_limits (reader, "codex", &logged_ms);

      self->limits = fare_limits_load (logged, logged_ms, wish->paths, now->now_ms);
    }

  return g_steal_pointer (&self);
}

void
fare_standing_free (FareStanding *self)
{
  if (self == NULL)
    return;

  for (guint i = 0; i < self->n_tools; i++)
    g_free (self->tools[i].client);
  for (guint i = 0; i < FARE_N_BUDGETS; i++)
    g_free (self->budgets[i].top.client);
  g_clear_pointer (&self->limits, g_ptr_array_unref);
  g_free (self);
}

gboolean
fare_standing_is_over (const FareStanding *self)
{
  for (guint i = 0; i < FARE_N_BUDGETS; i++)
    {
      if (self->budgets[i].has_budget && self->budgets[i].budget.is_over)
        return TRUE;
    }

  return FALSE;
}
