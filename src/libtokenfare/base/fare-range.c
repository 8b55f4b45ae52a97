/* fare-range.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "base/fare-range.h"

#include <glib/gi18n-lib.h>
#include <langinfo.h>
#include <string.h>

#include "base/fare-zone.h"

#define DAY_MS (24 * 60 * 60 * G_GINT64_CONSTANT (1000))

/* A period of more days than this is a typing error. */
#define MAX_DAYS 36525

static gint64
floor_div (gint64 a,
           gint64 b)
{
  return a / b - (a % b < 0 ? 1 : 0);
}

FareDay
fare_day_of (GTimeZone *zone,
             gint64     time_ms)
{
  gint64 local_ms;
  FareDay day;

  /* The farthest moments exist as bounds only; adding an offset must not overflow. */
  if (time_ms <= (gint64) FARE_DAY_MIN * DAY_MS)
    return FARE_DAY_MIN;
  if (time_ms >= (gint64) (FARE_DAY_MAX - 1) * DAY_MS)
    return FARE_DAY_MAX;

  local_ms = time_ms + fare_zone_get_offset (zone, time_ms);
  day = floor_div (local_ms, DAY_MS);

  /* Only in the last hours before midnight can the next day have begun already. */
  if (local_ms - day * DAY_MS >= DAY_MS / 2 && fare_day_start (zone, day + 1) <= time_ms)
    return day + 1;

  return day;
}

gint64
fare_day_start (GTimeZone *zone,
                FareDay    day)
{
  return fare_zone_find_time (zone, day * DAY_MS);
}

/* The calendar repeats every 400 years (146097 days).  Counting years from March puts the leap
 * day last, so that a month's days before it follow from one line of arithmetic. */
FareDay
fare_day_from_ymd (int year,
                   int month,
                   int day)
{
  gint64 march_year = month > 2 ? year : year - 1;
  gint64 era = floor_div (march_year, 400);
  gint64 year_of_era = march_year - era * 400;
  gint64 day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  gint64 day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

  return era * 146097 + day_of_era - 719468;
}

void
fare_day_to_ymd (FareDay  self,
                 int     *year,
                 int     *month,
                 int     *day)
{
  gint64 days = (gint64) self + 719468;
  gint64 era = floor_div (days, 146097);
  gint64 day_of_era = days - era * 146097;
  gint64 year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 -
                        day_of_era / 146096) / 365;
  gint64 day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  gint64 march_month = (5 * day_of_year + 2) / 153;

  *day = day_of_year - (153 * march_month + 2) / 5 + 1;
  *month = march_month < 10 ? march_month + 3 : march_month - 9;
  *year = era * 400 + year_of_era + (*month <= 2 ? 1 : 0);
}

static gboolean
parse_digits (const char *text,
              guint       n_digits,
              int        *value)
{
  *value = 0;

  for (guint i = 0; i < n_digits; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return FALSE;

      *value = *value * 10 + (text[i] - '0');
    }

  return TRUE;
}

static gboolean
parse_iso_date (const char *text,
                FareDay    *self)
{
  int year, month, day;
  int same_year, same_month, same_day;

  if (strlen (text) != strlen ("YYYY-MM-DD") || text[4] != '-' || text[7] != '-' ||
      !parse_digits (text, 4, &year) || !parse_digits (text + 5, 2, &month) ||
      !parse_digits (text + 8, 2, &day))
    return FALSE;

  if (year < 1 || month < 1 || month > 12 || day < 1)
    return FALSE;

  /* 30 February runs on into March and so does not come back as it went in. */
  *self = fare_day_from_ymd (year, month, day);
  fare_day_to_ymd (*self, &same_year, &same_month, &same_day);

  return same_month == month && same_day == day;
}

gboolean
fare_day_parse (const char     *text,
                const FareNow  *now,
                FareDay        *day,
                GError        **error)
{
  g_return_val_if_fail (text != NULL && now != NULL && day != NULL, FALSE);

  if (g_ascii_strcasecmp (text, "today") == 0)
    *day = fare_day_of (now->zone, now->now_ms);
  else if (g_ascii_strcasecmp (text, "yesterday") == 0)
    *day = fare_day_of (now->zone, now->now_ms) - 1;
  else if (!parse_iso_date (text, day))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   /* Translators: do not translate "today" and "yesterday", they are typed */
                   _("“%s” is not a date. Use YYYY-MM-DD, today or yesterday."), text);
      return FALSE;
    }

  return TRUE;
}

char *
fare_day_to_string (FareDay self)
{
  int year, month, day;

  fare_day_to_ymd (self, &year, &month, &day);

  return g_strdup_printf ("%04d-%02d-%02d", year, month, day);
}

/* 1 (Monday) to 7 (Sunday). */
static int
get_weekday (FareDay self)
{
  /* 1970-01-01 was a Thursday. */
  gint64 since_monday = (gint64) self + 3;

  return since_monday - floor_div (since_monday, 7) * 7 + 1;
}

int
fare_week_get_first_weekday (void)
{
#ifdef __GLIBC__
  /* The locale counts from 1 at the day whose date it names as a number: a Sunday or a Monday.
   * The number is the pointer's own value. */
  guint origin = GPOINTER_TO_UINT (nl_langinfo (_NL_TIME_WEEK_1STDAY));
  int first = nl_langinfo (_NL_TIME_FIRST_WEEKDAY)[0];

  if (first >= 1 && first <= 7)
    {
      int since_monday = first - 1 + (origin == 19971130 ? 6 : 0);

      return since_monday % 7 + 1;
    }
#endif

  return 1;
}

FareDay
fare_day_get_week_start (FareDay self,
                         int     first_weekday)
{
  return self - (get_weekday (self) - first_weekday + 7) % 7;
}

FareDay
fare_day_get_month_start (FareDay self,
                          int     months)
{
  int year, month, day;
  gint64 month_index;

  fare_day_to_ymd (self, &year, &month, &day);
  month_index = (gint64) year * 12 + month - 1 + months;

  return fare_day_from_ymd (floor_div (month_index, 12),
                            month_index - floor_div (month_index, 12) * 12 + 1, 1);
}

static FareDay
get_year_start (FareDay self)
{
  int year, month, day;

  fare_day_to_ymd (self, &year, &month, &day);

  return fare_day_from_ymd (year, 1, 1);
}

FareRange
fare_range_for_period (FarePeriod     period,
                       const FareNow *now)
{
  FareDay today = fare_day_of (now->zone, now->now_ms);
  FareDay week;

  switch (period)
    {
    case FARE_PERIOD_TODAY:
      return (FareRange) { today, today + 1 };
    case FARE_PERIOD_YESTERDAY:
      return (FareRange) { today - 1, today };
    case FARE_PERIOD_LAST_7_DAYS:
      return (FareRange) { today - 6, today + 1 };
    case FARE_PERIOD_LAST_30_DAYS:
      return (FareRange) { today - 29, today + 1 };
    case FARE_PERIOD_WEEK:
      return (FareRange) { fare_day_get_week_start (today, fare_week_get_first_weekday ()),
                           today + 1 };
    case FARE_PERIOD_MONTH:
      return (FareRange) { fare_day_get_month_start (today, 0), today + 1 };
    case FARE_PERIOD_LAST_MONTH:
      return (FareRange) { fare_day_get_month_start (today, -1),
                           fare_day_get_month_start (today, 0) };
    case FARE_PERIOD_YEAR:
      return (FareRange) { get_year_start (today), today + 1 };
    case FARE_PERIOD_ALL:
      return (FareRange) { FARE_DAY_MIN, FARE_DAY_MAX };
    case FARE_PERIOD_LAST_WEEK:
      week = fare_day_get_week_start (today, fare_week_get_first_weekday ());
      return (FareRange) { week - 7, week };
    case FARE_PERIOD_LAST_14_DAYS:
      return (FareRange) { today - 13, today + 1 };
    case FARE_PERIOD_LAST_28_DAYS:
      return (FareRange) { today - 27, today + 1 };
    case FARE_PERIOD_LAST_YEAR:
      return (FareRange) { get_year_start (get_year_start (today) - 1), get_year_start (today) };
    case FARE_PERIOD_CUSTOM:
    default:
      g_return_val_if_reached (((FareRange) { today, today + 1 }));
    }
}

void
fare_range_to_span (FareRange  self,
                    GTimeZone *zone,
                    gint64    *from_ms,
                    gint64    *to_ms)
{
  *from_ms = self.first == FARE_DAY_MIN ? G_MININT64 : fare_day_start (zone, self.first);
  *to_ms = self.end == FARE_DAY_MAX ? G_MAXINT64 : fare_day_start (zone, self.end);
}

/* "N" or "N days"; one blank or more between. */
static gboolean
parse_n_days (const char *text,
              int        *n_days)
{
  guint64 value;
  char *rest;

  if (!g_ascii_isdigit (text[0]))
    return FALSE;

  value = g_ascii_strtoull (text, &rest, 10);
  if (value < 1 || value > MAX_DAYS)
    return FALSE;

  *n_days = value;
  if (*rest == '\0')
    return TRUE;
  if (*rest != ' ')
    return FALSE;

  rest += strspn (rest, " ");

  return g_ascii_strcasecmp (rest, "days") == 0 || g_ascii_strcasecmp (rest, "day") == 0;
}

static FarePeriod
period_of_n_days (int n_days)
{
  switch (n_days)
    {
    case 1:
      return FARE_PERIOD_TODAY;
    case 7:
      return FARE_PERIOD_LAST_7_DAYS;
    case 30:
      return FARE_PERIOD_LAST_30_DAYS;
    default:
      return FARE_PERIOD_CUSTOM;
    }
}

gboolean
fare_period_parse (const char     *text,
                   const FareNow  *now,
                   FarePeriod     *period,
                   FareRange      *range,
                   GError        **error)
{
  static const struct
  {
    const char *name;
    FarePeriod  period;
  } names[] = {
    { "today", FARE_PERIOD_TODAY },           { "yesterday", FARE_PERIOD_YESTERDAY },
    { "week", FARE_PERIOD_WEEK },             { "month", FARE_PERIOD_MONTH },
    { "last-month", FARE_PERIOD_LAST_MONTH }, { "year", FARE_PERIOD_YEAR },
    { "all", FARE_PERIOD_ALL },
  };
  int n_days;

  g_return_val_if_fail (text != NULL && now != NULL && period != NULL && range != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (g_ascii_strcasecmp (names[i].name, text) != 0)
        continue;

      *period = names[i].period;
      *range = fare_range_for_period (*period, now);
      return TRUE;
    }

  if (!parse_n_days (text, &n_days))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   /* Translators: do not translate the periods themselves, they are typed */
                   _("“%s” is not a period. Use today, yesterday, week, month, last-month, year, "
                     "all or a number of days."), text);
      return FALSE;
    }

  *period = period_of_n_days (n_days);
  range->end = fare_day_of (now->zone, now->now_ms) + 1;
  range->first = range->end - n_days;

  return TRUE;
}
