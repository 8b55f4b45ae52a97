/* fare-range-title.c
 *
 * What a person calls a range of days.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "base/fare-range.h"

#include <glib/gi18n-lib.h>

/* GLib's calendar knows the years 1 to 9999; what lies beyond is shown as its edge. */
static char *
format_day (FareDay     day,
            const char *format)
{
  g_autoptr(GDateTime) date = NULL;
  int year, month, day_of_month;

  day = CLAMP (day, fare_day_from_ymd (1, 1, 1), fare_day_from_ymd (9999, 12, 31));
  fare_day_to_ymd (day, &year, &month, &day_of_month);
  date = g_date_time_new_utc (year, month, day_of_month, 0, 0, 0);

  return g_date_time_format (date, format);
}

static gboolean
is_whole_month (FareRange range)
{
  return range.first == fare_day_get_month_start (range.first, 0) &&
         range.end == fare_day_get_month_start (range.first, 1);
}

static gboolean
is_whole_year (FareRange range)
{
  int year, month, day;

  fare_day_to_ymd (range.first, &year, &month, &day);

  return month == 1 && day == 1 && range.end == fare_day_from_ymd (year + 1, 1, 1);
}

static char *
join_days (FareDay     first,
           const char *first_format,
           FareDay     last,
           const char *last_format,
           const char *pattern)
{
  g_autofree char *from = format_day (first, first_format);
  g_autofree char *to = format_day (last, last_format);
  g_autoptr(GString) title = g_string_new (pattern);

  g_string_replace (title, "{from}", from, 1);
  g_string_replace (title, "{to}", to, 1);

  return g_string_free (g_steal_pointer (&title), FALSE);
}

static char *
format_days (FareRange range)
{
  FareDay last = MAX (range.first, range.end - 1);
  int first_year, first_month, last_year, last_month, day;

  fare_day_to_ymd (range.first, &first_year, &first_month, &day);
  fare_day_to_ymd (last, &last_year, &last_month, &day);

  /* Translators: formats of dates as in g_date_time_format(): "17 Nov 2026" */
  const char *whole = C_("date", "%-d %b %Y");

  if (range.first == last)
    return format_day (last, whole);

  if (first_year != last_year)
    return join_days (range.first, whole, last, whole,
                      /* Translators: days of two years: "30 Dec 2025 – 2 Jan 2026" */
                      C_("days of two years", "{from} – {to}"));

  if (first_month != last_month)
    return join_days (range.first,
                      /* Translators: a date whose year follows later: "30 Oct" */
                      C_("date without year", "%-d %b"), last, whole,
                      /* Translators: days of two months of a year: "30 Oct – 2 Nov 2026" */
                      C_("days of two months", "{from} – {to}"));

  return join_days (range.first,
                    /* Translators: a day whose month and year follow later: "3" */
                    C_("day of a month", "%-d"), last, whole,
                    /* Translators: days of one month: "3–17 Nov 2026" */
                    C_("days of one month", "{from}–{to}"));
}

char *
fare_range_to_title (FareRange self)
{
  if (self.first == FARE_DAY_MIN && self.end == FARE_DAY_MAX)
    return g_strdup (_("All Time"));

  if (is_whole_year (self))
    /* Translators: format of a year: "2026" */
    return format_day (self.first, C_("year", "%Y"));

  if (is_whole_month (self))
    /* Translators: format of a month that stands alone: "November 2026" */
    return format_day (self.first, C_("month", "%OB %Y"));

  return format_days (self);
}

static char *
format_own_range (FareRange      range,
                  const FareNow *now)
{
  FareDay today = fare_day_of (now->zone, now->now_ms);

  if (range.first == today && range.end == today + 1)
    return g_strdup (_("Today"));

  if (range.first == today - 1 && range.end == today)
    return g_strdup (_("Yesterday"));

  return fare_range_to_title (range);
}

char *
fare_period_to_title (FarePeriod     period,
                      FareRange      range,
                      const FareNow *now)
{
  switch (period)
    {
    case FARE_PERIOD_TODAY:
      return g_strdup (_("Today"));
    case FARE_PERIOD_YESTERDAY:
      return g_strdup (_("Yesterday"));
    case FARE_PERIOD_LAST_7_DAYS:
      return g_strdup (_("Last 7 Days"));
    case FARE_PERIOD_LAST_30_DAYS:
      return g_strdup (_("Last 30 Days"));
    case FARE_PERIOD_WEEK:
      return g_strdup (_("This Week"));
    case FARE_PERIOD_MONTH:
    case FARE_PERIOD_LAST_MONTH:
      return format_day (range.first, C_("month", "%OB %Y"));
    case FARE_PERIOD_LAST_WEEK:
      return g_strdup (_("Last Week"));
    case FARE_PERIOD_LAST_14_DAYS:
      return g_strdup (_("Last 14 Days"));
    case FARE_PERIOD_LAST_28_DAYS:
      return g_strdup (_("Last 4 Weeks"));
    case FARE_PERIOD_YEAR:
    case FARE_PERIOD_LAST_YEAR:
      return format_day (range.first, C_("year", "%Y"));
    case FARE_PERIOD_ALL:
      return g_strdup (_("All Time"));
    case FARE_PERIOD_CUSTOM:
    default:
      return format_own_range (range, now);
    }
}
