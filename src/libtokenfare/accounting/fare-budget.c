/* fare-budget.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "accounting/fare-budget.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "accounting/fare-sums.h"
#include "base/fare-conventions.h"
#include "base/fare-text.h"

#define FULL FARE_MARKS_FULL

/* Periods remembered, more than one of each kind. */
#define MAX_MARKS 48

static const char * const period_ids[FARE_N_BUDGETS] = { "day", "week", "month" };

const char *
fare_budget_period_to_id (FareBudgetPeriod period)
{
  g_return_val_if_fail (period < FARE_N_BUDGETS, NULL);

  return period_ids[period];
}

FareRange
fare_budget_get_range (FareBudgetPeriod  period,
                       const FareNow    *now)
{
  FareDay today = fare_day_of (now->zone, now->now_ms);
  FareDay first;

  switch (period)
    {
    case FARE_BUDGET_WEEK:
      first = fare_day_get_week_start (today, fare_week_get_first_weekday ());
      return (FareRange) { first, first + 7 };
    case FARE_BUDGET_MONTH:
      return (FareRange) { fare_day_get_month_start (today, 0),
                           fare_day_get_month_start (today, 1) };
    case FARE_BUDGET_DAY:
    default:
      return (FareRange) { today, today + 1 };
    }
}

static gboolean
is_limit (double limit)
{
  return isfinite (limit) && limit > 0;
}

gboolean
fare_budget_init (FareBudget       *self,
                  FareBudgetPeriod  period,
                  const FareNow    *now,
                  double            limit,
                  const FareSums   *sums)
{
  memset (self, 0, sizeof *self);
  if (!is_limit (limit))
    return FALSE;

  self->period = period;
  self->range = fare_budget_get_range (period, now);
  self->limit = limit;
  self->spent = sums->cost;
  self->share = sums->cost / limit;
  self->unpriced_tokens = sums->unpriced_tokens;
  self->is_over = sums->cost >= limit;
  return TRUE;
}

gboolean
fare_budget_read (FareBudget        *self,
                  FareBudgetPeriod   period,
                  const FareNow     *now,
                  double             limit,
                  FareIndexReader   *reader,
                  FarePriceBook     *prices,
                  GError           **error)
{
  g_autoptr(FareSummary) summary = NULL;
  FareQuery query = { .zone = now->zone };

  if (!is_limit (limit))
    return TRUE;

  fare_range_to_span (fare_budget_get_range (period, now), now->zone, &query.from_ms,
                      &query.to_ms);
  summary = fare_summary_new (reader, prices, &query, FARE_GROUP_NONE, error);
  if (summary == NULL)
    return FALSE;

  fare_budget_init (self, period, now, limit, fare_summary_get_total (summary));
  return TRUE;
}

/* Limits are usually whole dollars; then no cents are shown. */
static char *
format_limit (double limit)
{
  const FareMoneyUnit *unit = fare_currency_get_unit ();
  double amount = limit * unit->rate;
  FareConventions conventions;

  fare_conventions_init (&conventions);

  return fare_conventions_format_amount (&conventions, amount, unit->symbol,
                                         amount == floor (amount) ? 0 : unit->decimals);
}

/* Unlike other percentages this one says 100 only when the limit is reached. */
static int
get_percent (const FareBudget *self)
{
  double percent = floor (self->share * FULL + 1e-9);

  if (!self->is_over)
    percent = MIN (percent, FULL - 1);

  return (int) CLAMP (percent, 0, G_MAXINT);
}

char *
fare_budget_to_text (const FareBudget *self)
{
  g_autofree char *limit = format_limit (self->limit);

  /* Translators: how much of a budget is used: "67% of $100" */
  return g_strdup_printf (_("%d%% of %s"), get_percent (self), limit);
}

char *
fare_budget_warning_to_title (const FareBudget *self,
                              guint             percent)
{
  switch (self->period)
    {
    case FARE_BUDGET_WEEK:
      return g_strdup_printf (_("%u%% of this week’s budget used"), percent);
    case FARE_BUDGET_MONTH:
      return g_strdup_printf (_("%u%% of this month’s budget used"), percent);
    case FARE_BUDGET_DAY:
    default:
      return g_strdup_printf (_("%u%% of today’s budget used"), percent);
    }
}

char *
fare_budget_warning_to_body (const FareBudget *self,
                             const char       *client,
                             double            client_cost)
{
  g_autofree char *spent = fare_text_money (self->spent);
  g_autofree char *limit = format_limit (self->limit);
  /* Translators: what was spent and a limit: "$8.10 of $10." */
  g_autoptr(GString) body = g_string_new (NULL);

  g_string_append_printf (body, _("%s of %s."), spent, limit);
  if (client != NULL)
    {
      g_autofree char *cost = fare_text_money (client_cost);

      g_string_append_c (body, ' ');
      /* Translators: an agent and what it cost: "Mostly Claude Code ($7.20)." */
      g_string_append_printf (body, _("Mostly %s (%s)."), fare_text_client (client), cost);
    }

  if (self->unpriced_tokens > 0)
    {
      FareSums missing = { .unpriced_tokens = self->unpriced_tokens };
      g_autofree char *text = fare_sums_unpriced_to_text (&missing);

      g_string_append_c (body, ' ');
      /* Translators: what a sum lacks: "Not in it: 1.2M tokens without price." */
      g_string_append_printf (body, _("Not in it: %s."), text);
    }

  return g_string_free (g_steal_pointer (&body), FALSE);
}

/* A mark is of one limit in one day, week or month: "PERIOD DAY LIMIT", the first day of it and
 * ten-thousandths of a dollar. */
static gboolean
is_key (const char *key)
{
  g_auto(GStrv) words = g_strsplit (key, " ", -1);
  gint64 number;

  if (g_strv_length (words) != 3
      || !fare_marks_parse_number (words[1], G_MININT32, G_MAXINT32, &number)
      || !fare_marks_parse_number (words[2], 1, G_MAXINT64, &number))
    return FALSE;

  for (guint i = 0; i < FARE_N_BUDGETS; i++)
    {
      if (g_str_equal (words[0], period_ids[i]))
        return TRUE;
    }

  return FALSE;
}

FareMarks *
fare_budget_memory_new (const char *text)
{
  return fare_marks_new (text, MAX_MARKS, is_key);
}

/* The highest threshold that @budget has reached, 0 for none. */
static guint
find_threshold (const FareBudget *budget,
                guint             warn_percent)
{
  if (budget->is_over)
    return FULL;

  return warn_percent > 0 && budget->spent >= budget->limit * warn_percent / FULL
             ? MIN (warn_percent, FULL)
             : 0;
}

guint
fare_budget_memory_look (FareMarks        *memory,
                         const FareBudget *budget,
                         guint             warn_percent,
                         gboolean          is_live)
{
  gint64 limit = (gint64) MAX (1, round (MIN (budget->limit, 1e12) * 10000));
  g_autofree char *key = g_strdup_printf ("%s %d %" G_GINT64_FORMAT, period_ids[budget->period],
                                          budget->range.first, limit);
  guint reached = find_threshold (budget, warn_percent);

  return fare_marks_raise (memory, key, reached, NULL) && is_live ? reached : 0;
}
