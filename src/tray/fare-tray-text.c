/* fare-tray-text.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include <string.h>

#include "accounting/fare-sums.h"
#include "base/fare-currency.h"
#include "base/fare-text.h"
#include "fare-tray-text.h"

#define NOTHING "–"

/* There is a figure to show, be it zero. */
static gboolean
has_figures (const FareTrayState *state)
{
  return state->standing != NULL && state->standing->has_use;
}

static char *
format_cost (const FareTrayState *state,
             const FareSums      *sums)
{
  return state->hide_amounts ? g_strdup (FARE_TEXT_HIDDEN) : fare_sums_cost_to_text (sums);
}

char *
fare_tray_text_title (const FareTrayState *state)
{
  g_autofree char *cost = NULL;

  if (!has_figures (state))
    return g_strdup (_("Tokenfare"));

  cost = state->hide_amounts
           ? g_strdup (FARE_TEXT_HIDDEN)
           : fare_sums_total_to_text (&state->standing->today);

  /* Translators: a cost: "Tokenfare — $12.40 today" */
  return g_strdup_printf (_("Tokenfare — %s today"), cost);
}

static char *
format_narrow_cost (const FareSums *sums)
{
  g_autofree char *money = NULL;

  if (!fare_sums_has_cost (sums))
    return fare_sums_cost_to_text (sums);

  money = fare_text_money_short (sums->cost);
  return g_strconcat (sums->is_estimate ? "≈" : "", money,
                      sums->unpriced_tokens > 0 ? "+" : "", NULL);
}

char *
fare_tray_text_label (const FareTrayState *state)
{
  if (state->display == FARE_TRAY_ICON)
    return g_strdup ("");
  if (!has_figures (state))
    return g_strdup (NOTHING);
  if (state->display == FARE_TRAY_TOKENS)
    return fare_text_tokens (fare_usage_total (&state->standing->today.usage));

  return state->hide_amounts
           ? g_strdup (FARE_TEXT_HIDDEN)
           : format_narrow_cost (&state->standing->today);
}

/* In dollars it would be $888.88; a label is wider when it is of thousands, or has a mark beside it. */
char *
fare_tray_text_guide (const FareTrayState *state)
{
  FareMoneyUnit unit = *fare_currency_get_unit ();
  g_autofree char *money = NULL;
  const char *digit;

  if (state->display == FARE_TRAY_ICON)
    return g_strdup ("");
  if (state->display == FARE_TRAY_TOKENS)
    return fare_text_tokens (G_GINT64_CONSTANT (888800000));

  unit.rate = 1;
  money = fare_text_money_in (&unit, 888.88);
  digit = strchr (money, '8');
  return digit != NULL
           ? g_strdup_printf ("%.*s8%s", (int) (digit - money), money, digit)
           : g_strdup (money);
}

static char *
format_cost_today (const FareTrayState *state)
{
  const FareStandingBudget *day = &state->standing->budgets[FARE_BUDGET_DAY];
  g_autofree char *cost = format_cost (state, &state->standing->today);
  g_autofree char *limit = NULL;

  if (!day->has_budget || state->hide_amounts)
    /* Translators: a cost: "$12.40 today" */
    return g_strdup_printf (_("%s today"), cost);

  limit = fare_text_money (day->budget.limit);

  /* Translators: a cost and a budget: "$12.40 of $20.00 today" */
  return g_strdup_printf (_("%s of %s today"), cost, limit);
}

/* Facts side by side, separated by dots. */
char *
fare_tray_text_today (const FareTrayState *state)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) facts = NULL;
  g_autofree char *cost = NULL, *count = NULL, *tokens = NULL, *unpriced = NULL, *age = NULL;

  if (state->standing == NULL || (!state->standing->has_use && state->standing->last_scan_ms == 0))
    return g_strdup (_("Reading the Logs…"));
  if (!state->standing->has_use)
    return g_strdup (_("No Use Found Yet"));

  cost = format_cost_today (state);
  g_strv_builder_add (builder, cost);

  count = fare_text_tokens (fare_usage_total (&state->standing->today.usage));
  /* Translators: a number: "3.1M tokens" */
  tokens = g_strdup_printf (_("%s tokens"), count);
  g_strv_builder_add (builder, tokens);

  unpriced = fare_sums_unpriced_to_text (&state->standing->today);
  if (unpriced != NULL)
    g_strv_builder_add (builder, unpriced);

  if (state->age_minutes > 0)
    {
      age = fare_text_age (state->age_minutes);
      g_strv_builder_add (builder, age);
    }
  else if (state->standing->last_scan_ms == 0)
    g_strv_builder_add (builder, _("reading"));

  facts = g_strv_builder_end (builder);
  return g_strjoinv (" · ", facts);
}

static char *
format_week_over (const FareTrayState *state)
{
  const FareBudget *week = &state->standing->budgets[FARE_BUDGET_WEEK].budget;
  g_autofree char *spent = fare_text_money (week->spent);
  g_autofree char *limit = fare_text_money (week->limit);
  g_autofree char *share = fare_text_percent (week->share);

  if (state->hide_amounts)
    /* Translators: a percentage: "This week 112% of the budget" */
    return g_strdup_printf (_("This week %s of the budget"), share);

  /* Translators: a cost and a budget: "This week $60.00 of $50.00" */
  return g_strdup_printf (_("This week %s of %s"), spent, limit);
}

char *
fare_tray_text_month (const FareTrayState *state)
{
  const FareStandingBudget *week, *month;
  g_autofree char *cost = NULL, *limit = NULL;

  if (!has_figures (state))
    return NULL;

  week = &state->standing->budgets[FARE_BUDGET_WEEK];
  month = &state->standing->budgets[FARE_BUDGET_MONTH];
  if (week->has_budget && week->budget.is_over && !(month->has_budget && month->budget.is_over))
    return format_week_over (state);

  if (month->has_budget && state->hide_amounts)
    {
      g_autofree char *share = fare_text_percent (month->budget.share);

      /* Translators: a percentage: "This month 74% of the budget" */
      return g_strdup_printf (_("This month %s of the budget"), share);
    }

  cost = state->hide_amounts
           ? g_strdup (FARE_TEXT_HIDDEN)
           : fare_sums_total_to_text (&state->standing->month);
  if (!month->has_budget)
    /* Translators: a cost: "This month $184.00" */
    return g_strdup_printf (_("This month %s"), cost);

  limit = fare_text_money (month->budget.limit);

  /* Translators: a cost and a budget: "This month $184.00 of $250.00" */
  return g_strdup_printf (_("This month %s of %s"), cost, limit);
}

char *
fare_tray_text_tool (const FareTrayState *state,
                     guint                i)
{
  const FareStandingTool *tool;
  g_autofree char *value = NULL;

  if (state->standing == NULL || i >= state->standing->n_tools)
    return NULL;

  tool = &state->standing->tools[i];
  if (state->hide_amounts)
    value = fare_text_percent (fare_sums_get_share (&tool->sums, &state->standing->today));
  else
    value = fare_sums_cost_to_text (&tool->sums);

  /* Translators: a tool and its cost or share, as in a table: "Claude Code  $10.10" */
  return g_strdup_printf (C_("tray", "%s  %s"), fare_text_client (tool->client), value);
}

/* What is used now must be known. */
static gboolean
is_shown (const FareLimit *limit,
          gint64           now_ms)
{
  return !limit->is_stale && (limit->resets_ms == 0 || limit->resets_ms > now_ms);
}

/* The one after @last in order of use; the first one without. */
static const FareLimit *
find_next (GPtrArray       *limits,
           const FareLimit *last,
           gint64           now_ms)
{
  const FareLimit *best = NULL;
  gboolean is_past = last == NULL;

  for (guint i = 0; i < limits->len; i++)
    {
      const FareLimit *limit = g_ptr_array_index (limits, i);
      gboolean is_after = last == NULL || limit->used < last->used
                          || (limit->used == last->used && is_past);

      if (limit == last)
        is_past = TRUE;
      else if (is_shown (limit, now_ms) && is_after && (best == NULL || limit->used > best->used))
        best = limit;
    }

  return best;
}

char *
fare_tray_text_limit (const FareTrayState *state,
                      guint                i)
{
  gint64 now_ms = g_get_real_time () / 1000;
  const FareLimit *limit = NULL;
  g_autofree char *window = NULL, *share = NULL, *time = NULL;
  const char *client;

  if (state->standing == NULL || state->standing->limits == NULL)
    return NULL;

  for (guint n = 0; n <= i; n++)
    {
      limit = find_next (state->standing->limits, limit, now_ms);
      if (limit == NULL)
        return NULL;
    }

  client = fare_text_client (limit->client);
  window = fare_limit_to_label (limit);
  share = fare_text_percent (limit->used);
  time = fare_limit_to_countdown (limit, now_ms);
  if (time[0] == '\0')
    /* Translators: a tool, a length of time, a share: "Claude Code 5 h  38% used" */
    return g_strdup_printf (_("%s %s  %s used"), client, window, share);

  /* Translators: a tool, a length of time, a share, a time to wait: "Claude Code 5 h  38% used · resets in 2h 11m" */
  return g_strdup_printf (_("%s %s  %s used · resets in %s"), client, window, share, time);
}
