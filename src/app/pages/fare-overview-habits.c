/* fare-overview-habits.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "accounting/fare-unusual-day.h"
#include "base/fare-text.h"
#include "pages/fare-limits-text.h"
#include "pages/fare-overview-habits.h"
#include "pricing/fare-energy.h"

static void
speak (const FareOverviewText *self,
       const char             *caption,
       FareCardText           *text)
{
  if (*text->detail == '\0')
    text->spoken = g_strdup_printf (_("%s, %s: %s"), caption, self->data->range_title, text->value);
  else
    /* Translators: a figure read aloud: its name, the days it is of, the figure itself, more on it */
    text->spoken = g_strdup_printf (_("%s, %s: %s, %s"), caption, self->data->range_title,
                                    text->value, text->detail);
}

void
fare_overview_habits_saving (const FareOverviewText *self,
                             FareCardText           *text)
{
  const FareCacheSaving *saving = &self->data->saving;
  g_autofree char *sentence = fare_cache_saving_to_sentence (saving);
  /* No price is a state of its own, and not an amount to hide. */
  gboolean is_unknown = !saving->has_price && saving->unpriced_tokens > 0;

  text->value = self->hide_amounts && !is_unknown ? g_strdup (FARE_TEXT_HIDDEN)
                                                  : fare_cache_saving_to_text (saving);
  text->detail = self->hide_amounts || sentence == NULL ? g_strdup ("")
                                                        : g_steal_pointer (&sentence);
  text->tooltip = g_strdup (_("Tokens read from a cache × (price of input − price of cache reads), "
                              "less tokens written to it × (price of cache writes − price of input), "
                              "model by model"));
  speak (self, _("Saved by Cache"), text);
}

void
fare_overview_habits_energy (const FareOverviewText *self,
                             FareCardText           *text)
{
  text->value = fare_energy_to_text (self->data->energy_j);
  text->note = g_strdup (C_("energy", "rough"));
  text->detail = g_strdup (_("order of magnitude"));
  text->tooltip = g_strdup (_("What models of this size need for so many tokens in a data centre. "
                              "No provider publishes figures; the true value may well be a third of it "
                              "or three times as much."));
  speak (self, _("Energy"), text);
}

gboolean
fare_overview_habits_forecast (const FareOverviewText *self,
                               const FareYearData     *year,
                               const FareBudget       *budget,
                               guint                   warn_percent,
                               FareCardText           *text)
{
  g_autofree char *last = NULL;
  g_autofree char *spent = NULL;
  g_autofree char *share = NULL;
  g_autofree char *so_far = NULL;

  if (!year->has_forecast)
    return FALSE;

  last = fare_text_day (year->forecast.last, year->today);
  spent = self->hide_amounts ? g_strdup (FARE_TEXT_HIDDEN) : fare_text_money (year->forecast.spent);
  text->value = self->hide_amounts
                  ? g_strdup (FARE_TEXT_HIDDEN)
                  : fare_text_money (year->forecast.expected);
  text->note = g_strdup (C_("forecast", "about"));
  /* Translators: the first placeholder is a day, the second one an amount, as in “by 30 Nov, $184
   * so far” */
  so_far = g_strdup_printf (_("by %s, %s so far"), last, spent);
  if (budget != NULL)
    {
      share = fare_limits_text_budget (budget, self->hide_amounts);
      text->has_level = TRUE;
      text->level = budget->share;
      text->slot = fare_limits_text_slot (budget->share, warn_percent);
    }
  text->detail = share != NULL ? g_strdup_printf ("%s\n%s", so_far, share)
                               : g_steal_pointer (&so_far);
  text->tooltip = g_strdup (_("This month so far, and for each day left the median of the last 14 days, "
                              "weekdays and weekends apart"));
  speak (self, _("Month Forecast"), text);

  return TRUE;
}

static guint
count_days (const FareOverviewText *self,
            const FareYearData     *year,
            guint                  *active)
{
  FareRange range = self->data->range;
  FareRange known = fare_day_series_get_range (year->series);

  /* All time begins with the first use, and no day counts that is still to come. */
  range.first = MAX (range.first, known.first);
  range.end = MIN (range.end, year->today + 1);
  *active = range.end > range.first ? fare_year_data_get_active_days (year, range) : 0;

  return range.end > range.first ? (guint) (range.end - range.first) : 0;
}

void
fare_overview_habits_days (const FareOverviewText *self,
                           const FareYearData     *year,
                           FareCardText           *text)
{
  guint active = 0;
  guint n_days = count_days (self, year, &active);

  if (n_days > 0)
    /* Translators: days with use, of so many days, as in “18 of 30” */
    text->value = g_strdup_printf (C_("active days", "%u of %u"), active, n_days);
  else
    text->value = g_strdup ("0");

  /* Translators: days in a row with use: up to today, and the most there ever were */
  text->detail = g_strdup_printf (_("streak %u · longest %u"), year->streaks.current,
                                  year->streaks.longest);
  text->tooltip = g_strdup (_("Days with use, and days with use in a row: up to today, or yesterday "
                              "while today has none yet, and the most there ever were"));
  speak (self, _("Active Days"), text);
}

void
fare_overview_habits_time (const FareOverviewText *self,
                           const FareActiveTime   *work,
                           FareCardText           *text)
{
  g_autofree char *clock = fare_active_time_to_text (work->active_ms);

  text->value = fare_active_time_to_text (work->sum_ms);
  text->note = work->sum_ms > 0 ? g_strdup (C_("active time", "estimated")) : NULL;
  /* Translators: the time in which at least one agent worked */
  text->detail = work->sum_ms > 0 ? g_strdup_printf (_("%s by the clock"), clock) : g_strdup ("");
  text->tooltip = g_strdup (_("Time between the responses of a session, pauses of more than five minutes "
                              "cut to five. Agents at work side by side count each; by the clock they "
                              "count once."));
  speak (self, _("Agent Time"), text);
}

char *
fare_overview_habits_unusual (const FareOverviewText *self,
                              const FareYearData     *year)
{
  FareUnusualDay unusual;

  if (year->series == NULL || self->data->range.first != self->data->range.end - 1)
    return NULL;

  if (!fare_unusual_day_init (&unusual, fare_day_series_get_values (year->series, FARE_METRIC_COST),
                              self->data->range.first))
    return NULL;

  return fare_unusual_day_to_text (&unusual);
}
