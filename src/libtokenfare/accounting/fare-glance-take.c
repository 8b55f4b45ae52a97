/* fare-glance-take.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "accounting/fare-glance-take.h"

#include "accounting/fare-budget.h"
#include "accounting/fare-sums.h"
#include "base/fare-settings.h"
#include "base/fare-text.h"
#include "index/fare-index-limits.h"

typedef struct
{
  FareGlance      *glance;
  FareIndexReader *reader;
  FarePriceBook   *prices;
  FareSettings    *settings;
  const FareNow   *now;
} Taking;

/* What is missing from an amount is no amount: it is shown beside dots too. */
static char *
format_cost (const Taking   *taking,
             const FareSums *sums)
{
  g_autofree char *unpriced = NULL;

  if (!taking->glance->hides_amounts)
    return sums->messages > 0 ? fare_sums_total_to_text (sums) : fare_text_money (0);

  unpriced = fare_sums_unpriced_to_text (sums);

  return unpriced != NULL
           ? g_strconcat (FARE_TEXT_HIDDEN " + ", unpriced, NULL)
           : g_strdup (FARE_TEXT_HIDDEN);
}

static void
fill_sum (const Taking   *taking,
          FareGlanceSum  *sum,
          const FareSums *sums)
{
  sum->cost = sums->cost;
  sum->tokens = fare_usage_total (&sums->usage);
  sum->unpriced_tokens = sums->unpriced_tokens;
  sum->cost_text = format_cost (taking, sums);
  sum->tokens_text = fare_text_tokens (sum->tokens);
}

static FareSummary *
sum_up (const Taking  *taking,
        FareRange      range,
        FareGroup      group,
        GError       **error)
{
  FareQuery query = { .zone = taking->now->zone };

  fare_range_to_span (range, taking->now->zone, &query.from_ms, &query.to_ms);

  return fare_summary_new (taking->reader, taking->prices, &query, group, error);
}

static gboolean
take_range (const Taking   *taking,
            FareRange       range,
            FareGlanceSum  *sum,
            GError        **error)
{
  g_autoptr(FareSummary) summary = sum_up (taking, range, FARE_GROUP_NONE, error);

  if (summary == NULL)
    return FALSE;
  fill_sum (taking, sum, fare_summary_get_total (summary));

  return TRUE;
}

static gboolean
take_period (const Taking  *taking,
             FareRange      range,
             GError       **error)
{
  FareGlance *glance = taking->glance;
  g_autoptr(FareSummary) summary = sum_up (taking, range, FARE_GROUP_CLIENT, error);

  if (summary == NULL)
    return FALSE;
  fill_sum (taking, &glance->sum, fare_summary_get_total (summary));
  glance->n_tools = MIN (fare_summary_get_n_rows (summary), FARE_GLANCE_N_TOOLS);
  for (guint i = 0; i < glance->n_tools; i++)
    {
      const FareSummaryRow *row = fare_summary_get_row (summary, i);

      glance->tools[i] = g_strdup (row->key);
      fill_sum (taking, &glance->tool_sums[i], &row->sums);
    }

  return TRUE;
}

static gboolean
take_budgets (const Taking  *taking,
              GError       **error)
{
  static const char * const keys[FARE_N_BUDGETS] = { "budget-day", "budget-week", "budget-month" };
  FareGlance *glance = taking->glance;

  for (guint i = 0; i < FARE_N_BUDGETS; i++)
    {
      FareBudget budget = { 0 };

      if (!fare_budget_read (&budget, i, taking->now,
                             fare_settings_get_double (taking->settings, keys[i], 0), taking->reader,
                             taking->prices, error))
        return FALSE;
      if (budget.limit == 0)
        continue;
      glance->is_over = glance->is_over || budget.is_over;
      if (glance->budget != NULL && budget.share <= glance->budget_share)
        continue;
      glance->budget_share = budget.share;
      g_free (glance->budget);
      g_free (glance->budget_text);
      glance->budget = g_strdup (fare_budget_period_to_id (budget.period));
      glance->budget_text = glance->hides_amounts ? fare_text_percent (budget.share)
                                                  : fare_budget_to_text (&budget);
    }
  if (glance->budget == NULL)
    {
      glance->budget = g_strdup ("");
      glance->budget_text = g_strdup ("");
    }

  return TRUE;
}

FareGlance *
fare_glance_take (FarePaths        *paths,
                  FareIndexReader  *reader,
                  FarePriceBook    *prices,
                  const char       *period,
                  const FareNow    *now,
                  GError          **error)
{
  g_autoptr(FareGlance) self = g_new0 (FareGlance, 1);
  g_autoptr(FareSettings) settings = fare_settings_load (paths);
  g_autoptr(FareCurrency) currency = fare_currency_new (settings);
  Taking taking = { self, reader, prices, settings, now };
  FareDay today = fare_day_of (now->zone, now->now_ms);
  FarePeriod kind;
  FareRange range;
  gint64 first_ms, last_ms;

  if (!fare_period_parse (period, now, &kind, &range, error))
    return NULL;
  fare_currency_use (currency, today);

  self->unit = *fare_currency_get_unit ();
  self->period = g_strdup (period);
  self->title = fare_period_to_title (kind, range, now);
  self->hides_amounts = fare_settings_get_boolean (settings, "hide-amounts", FALSE);
  self->has_use = fare_index_reader_get_span (reader, &first_ms, &last_ms);
  self->last_scan_ms = fare_index_reader_get_last_scan (reader);
  self->taken_ms = now->now_ms;
  self->until_ms = fare_day_start (now->zone, today + 1);
  self->limits = fare_index_reader_dup_limits (reader, "codex", &self->limits_ms);
  if (self->limits == NULL)
    self->limits = g_strdup ("");

  if (!take_period (&taking, range, error)
      || !take_range (&taking, fare_range_for_period (FARE_PERIOD_TODAY, now), &self->today, error)
      || !take_range (&taking, fare_range_for_period (FARE_PERIOD_WEEK, now), &self->week, error)
      || !take_budgets (&taking, error))
    return NULL;

  return g_steal_pointer (&self);
}
