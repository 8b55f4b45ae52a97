/* fare-limits-text.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "base/fare-text.h"
#include "pages/fare-limits-text.h"
#include "widgets/fare-palette.h"

guint
fare_limits_text_slot (double share,
                       guint  warn_percent)
{
  if (share >= 1.0)
    return FARE_PALETTE_ALERT;

  return share * 100.0 >= warn_percent ? FARE_PALETTE_WARNING : FARE_PALETTE_ACCENT;
}

char *
fare_limits_text_budget (const FareBudget *budget,
                         gboolean          hide_amounts)
{
  g_autofree char *share = NULL;

  if (!hide_amounts)
    return fare_budget_to_text (budget);

  share = fare_text_percent (budget->share);

  /* Translators: a percentage */
  return g_strdup_printf (_("%s of the budget"), share);
}

/* "14:40", or "23 Nov 14:40" on another day than today. */
static char *
format_moment (const FareLimitsText *self,
               gint64                time_ms)
{
  FareDay day = fare_day_of (self->now.zone, time_ms);
  FareDay today = fare_day_of (self->now.zone, self->now.now_ms);
  g_autofree char *clock = fare_text_clock (time_ms, self->now.zone);
  g_autofree char *date = NULL;

  if (day == today)
    return g_steal_pointer (&clock);

  date = fare_text_day (day, today);

  /* Translators: a day and a time of day, “23 Nov 14:40” */
  return g_strdup_printf (C_("moment", "%s %s"), date, clock);
}

static const char *
get_budget_title (FareBudgetPeriod period)
{
  switch (period)
    {
    case FARE_BUDGET_DAY:
      return _("Budget for Today");

    case FARE_BUDGET_WEEK:
      return _("Budget for This Week");

    case FARE_BUDGET_MONTH:
    default:
      return _("Budget for This Month");
    }
}

/* How far it is used, and what is missing from that. */
static char *
describe_budget (const FareLimitsText *self,
                 const FareBudget     *budget)
{
  g_autofree char *spent = self->hide_amounts ? g_strdup (FARE_TEXT_HIDDEN)
                                              : fare_text_money (budget->spent);
  g_autoptr(GString) text = g_string_new (NULL);

  /* Translators: an amount that was spent so far */
  g_string_append_printf (text, _("%s so far"), spent);
  if (budget->is_over)
    g_string_append_printf (text, " · %s", _("over budget"));

  if (budget->unpriced_tokens > 0)
    {
      g_autofree char *tokens = fare_text_tokens (budget->unpriced_tokens);

      g_string_append (text, " · ");
      g_string_append_printf (text, _("%s tokens without price"), tokens);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
add_item (GPtrArray  *items,
          const char *key,
          const char *title,
          const char *subtitle,
          const char *value,
          const char *tooltip,
          double      share,
          guint       slot)
{
  FareShareItem *item = fare_share_item_new (key);
  /* Translators: a row read aloud: a name, how much of it is used, details */
  g_autofree char *spoken = g_strdup_printf (_("%s: %s, %s"), title, value, subtitle);

  g_object_set (item,
                "title", title,
                "subtitle", subtitle,
                "value", value,
                "tooltip", tooltip,
                "spoken", spoken,
                "fraction", CLAMP (share, 0.0, 1.0),
                "slot", slot,
                NULL);
  g_ptr_array_add (items, item);
}

static void
add_budget (const FareLimitsText *self,
            GPtrArray            *items,
            const FareBudget     *budget)
{
  g_autofree char *key = g_strdup_printf ("budget-%s", fare_budget_period_to_id (budget->period));
  g_autofree char *subtitle = describe_budget (self, budget);
  g_autofree char *value = fare_limits_text_budget (budget, self->hide_amounts);

  add_item (items, key, get_budget_title (budget->period), subtitle, value, NULL, budget->share,
            fare_limits_text_slot (budget->share, self->budget_warn));
}

static gboolean
is_stale (const FareLimitsText *self,
          const FareLimit      *limit)
{
  return limit->is_stale || (limit->resets_ms > 0 && limit->resets_ms <= self->now.now_ms);
}

static char *
describe_limit (const FareLimitsText *self,
                const FareLimit      *limit)
{
  g_autofree char *countdown = fare_limit_to_countdown (limit, self->now.now_ms);
  g_autofree char *moment = format_moment (self, limit->resets_ms > 0 ? limit->resets_ms
                                                                      : limit->seen_ms);

  if (is_stale (self, limit))
    return g_strdup (_("has begun anew, waiting for new data"));

  if (limit->resets_ms == 0)
    /* Translators: a moment at which something was known, “14:32” */
    return g_strdup_printf (_("as of %s"), moment);

  /* Translators: a moment and the time until then: “resets 14:40 (in 2h 11m)” */
  return g_strdup_printf (_("resets %s (in %s)"), moment, countdown);
}

static void
add_limit (const FareLimitsText *self,
           GPtrArray            *items,
           const FareLimit      *limit)
{
  gboolean is_known = !is_stale (self, limit);
  g_autofree char *window = fare_limit_to_label (limit);
  g_autofree char *id = fare_limit_to_id (limit);
  g_autofree char *key = g_strdup_printf ("%s-%s", limit->client, id);
  g_autofree char *title = *window == '\0'
                             ? g_strdup (fare_text_client (limit->client))
                             : g_strdup_printf ("%s · %s", fare_text_client (limit->client), window);
  g_autofree char *share = fare_text_percent (limit->used);
  /* Translators: a percentage */
  g_autofree char *value = is_known ? g_strdup_printf (_("%s used"), share) : g_strdup ("—");
  g_autofree char *subtitle = describe_limit (self, limit);
  g_autofree char *seen = format_moment (self, limit->seen_ms);
  g_autofree char *tooltip = NULL;

  tooltip = g_str_equal (limit->client, "claude")
              /* Translators: a moment */
              ? g_strdup_printf (_("What Claude Code told the status line, as of %s"), seen)
              /* Translators: a tool, a moment */
              : g_strdup_printf (_("From the logs of %s, as of %s"), fare_text_client (limit->client),
                                 seen);

  add_item (items, key, title, subtitle, value, tooltip, is_known ? limit->used : 0.0,
            fare_limits_text_slot (is_known ? limit->used : 0.0, self->limit_warn));
}

GPtrArray *
fare_limits_text_items (const FareLimitsText *self)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < FARE_N_BUDGETS; i++)
    {
      if (self->standing->budgets[i].has_budget)
        add_budget (self, items, &self->standing->budgets[i].budget);
    }

  for (guint i = 0; self->standing->limits != NULL && i < self->standing->limits->len; i++)
    add_limit (self, items, g_ptr_array_index (self->standing->limits, i));

  return items;
}

char *
fare_limits_text_title (const FareLimitsText *self)
{
  gboolean has_limits = self->standing->limits != NULL && self->standing->limits->len > 0;
  gboolean has_budgets = FALSE;

  for (guint i = 0; i < FARE_N_BUDGETS; i++)
    has_budgets = has_budgets || self->standing->budgets[i].has_budget;

  if (has_limits && has_budgets)
    return g_strdup (_("Budgets and Limits"));

  return g_strdup (has_limits ? _("Limits") : _("Budgets"));
}
