/* fare-calendar-text.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "accounting/fare-sums.h"
#include "base/fare-text.h"
#include "models/fare-calendar-text.h"

static char *
format_day (FareDay     day,
            const char *format)
{
  g_autoptr(GDateTime) time = NULL;
  int year, month, mday;

  fare_day_to_ymd (day, &year, &month, &mday);
  time = g_date_time_new_utc (CLAMP (year, 1, 9999), month, mday, 12, 0, 0);

  return time != NULL ? g_date_time_format (time, format) : g_strdup ("");
}

char *
fare_calendar_text_day (FareDay day)
{
  /* Translators: a day as in “Tue 4 Mar 2026”, see g_date_time_format() */
  return format_day (day, C_("calendar day", "%a %-d %b %Y"));
}

char *
fare_calendar_text_short_day (FareDay day)
{
  /* Translators: a day without its year as in “Tue 4 Mar”, see g_date_time_format() */
  return format_day (day, C_("calendar day", "%a %-d %b"));
}

char *
fare_calendar_text_month (FareDay  day,
                          gboolean is_short)
{
  return format_day (day, is_short ? "%Ob" : "%OB");
}

char *
fare_calendar_text_weekday (const FareCalendarSheet *self,
                            int                      row,
                            gboolean                 is_short)
{
  FareDay day = fare_day_get_week_start (self->range.first, self->first_weekday) + row;

  return format_day (day, is_short ? "%a" : "%A");
}

char *
fare_calendar_text_title (FareCalendarPeriod period)
{
  return fare_range_to_title (fare_calendar_period_get_range (period));
}

char *
fare_calendar_text_money (const FareCalendarSheet *self,
                          const FareSums          *sums)
{
  /* No price is a state of its own, and not an amount to hide. */
  if (self->hide_amounts && fare_sums_has_cost (sums))
    return g_strdup (FARE_TEXT_HIDDEN);

  return fare_sums_cost_to_text (sums);
}

char *
fare_calendar_text_amount (const FareCalendarSheet *self,
                           double                   value)
{
  if (self->metric == FARE_METRIC_COST && self->hide_amounts)
    return g_strdup (FARE_TEXT_HIDDEN);

  return fare_metric_value_to_text (self->metric, value);
}

char *
fare_calendar_text_cell (const FareCalendarSheet *self,
                         const FareCalendarCell  *cell)
{
  if (!cell->is_used)
    return g_strdup ("");

  if (self->metric == FARE_METRIC_COST)
    return fare_calendar_text_money (self, &cell->sums);

  return fare_metric_value_to_label (self->metric, cell->value);
}

char *
fare_calendar_text_sentence (const FareCalendarSheet *self,
                             const FareCalendarCell  *cell)
{
  g_autofree char *day = fare_calendar_text_day (cell->day);
  g_autofree char *unpriced = fare_sums_unpriced_to_text (&cell->sums);
  g_autofree char *money = fare_calendar_text_money (self, &cell->sums);
  g_autofree char *tokens = NULL;
  g_autofree char *messages = NULL;
  g_autofree char *energy = NULL;
  g_autoptr(GString) text = g_string_new (NULL);

  if (!cell->is_used)
    {
      if (cell->is_future)
        /* Translators: the placeholder is a day */
        return g_strdup_printf (_("%s — still to come"), day);

      /* Translators: the placeholder is a day */
      return g_strdup_printf (_("%s — no use"), day);
    }

  tokens = fare_metric_value_to_text (FARE_METRIC_TOKENS, fare_usage_total (&cell->sums.usage));
  messages = fare_metric_value_to_text (FARE_METRIC_MESSAGES, cell->sums.messages);
  g_string_printf (text, "%s — %s · %s · %s", day, money, tokens, messages);

  if (self->metric == FARE_METRIC_ENERGY)
    {
      energy = fare_metric_value_to_text (FARE_METRIC_ENERGY, cell->energy_j);
      g_string_append (text, " · ");
      /* Translators: an amount of energy, “28.9 Wh” */
      g_string_append_printf (text, _("%s (order of magnitude)"), energy);
    }

  /* Where nothing has a price the amount says so already. */
  if (unpriced != NULL && fare_sums_has_cost (&cell->sums))
    g_string_append_printf (text, " · %s", unpriced);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
fare_calendar_text_total (const FareCalendarSheet *self)
{
  switch (self->metric)
    {
    case FARE_METRIC_TOKENS:
      return fare_metric_value_to_text (self->metric, fare_usage_total (&self->total.usage));
    case FARE_METRIC_MESSAGES:
      return fare_metric_value_to_text (self->metric, self->total.messages);
    case FARE_METRIC_ENERGY:
      return fare_metric_value_to_text (self->metric, self->total_energy_j);
    case FARE_METRIC_COST:
    default:
      return fare_calendar_text_money (self, &self->total);
    }
}

char *
fare_calendar_text_summary (const FareCalendarSheet *self)
{
  g_autofree char *title = fare_range_to_title (self->range);
  g_autofree char *total = fare_calendar_text_total (self);
  g_autofree char *day = NULL;

  if (!self->highlights.has_value)
    /* Translators: a period and its total, as in “Calendar 2026, total $0.00” */
    return g_strdup_printf (_("Calendar %s, total %s"), title, total);

  day = fare_calendar_text_day (self->highlights.peak_day);

  /* Translators: a period, its total, a day */
  return g_strdup_printf (_("Calendar %s, total %s, busiest day %s"), title, total, day);
}

char *
fare_calendar_text_level (const FareCalendarSheet *self,
                          guint                    level)
{
  g_autofree char *low = NULL;
  g_autofree char *high = NULL;
  double above, up_to;

  if (level == 0)
    return g_strdup (_("No use"));

  if (!fare_calendar_levels_get_bounds (&self->levels, level, &above, &up_to))
    return g_strdup (_("No day of this period"));

  high = fare_calendar_text_amount (self, up_to);
  if (above <= 0.0)
    /* Translators: an amount */
    return g_strdup_printf (_("Up to %s"), high);

  low = fare_calendar_text_amount (self, above);

  /* Translators: two amounts */
  return g_strdup_printf (_("More than %s, up to %s"), low, high);
}

char *
fare_calendar_text_days (guint n_days)
{
  return g_strdup_printf (ngettext ("%u day", "%u days", n_days), n_days);
}

char *
fare_calendar_text_active (const FareCalendarSheet *self)
{
  if (self->n_days_so_far == 0)
    return g_strdup ("0");

  /* Translators: days with use, of so many days, as in “18 of 30” */
  return g_strdup_printf (C_("active days", "%u of %u"), self->streaks.active_days,
                          self->n_days_so_far);
}
