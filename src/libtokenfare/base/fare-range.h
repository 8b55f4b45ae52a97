/* fare-range.h
 *
 * Half-open spans of local days, and the clock they are counted on.  A day begins at
 * the first instant that bears its date in its own zone, so days of 23 and 25 hours,
 * and zones without a midnight, come out right.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A calendar day: days since 1970-01-01 in the proleptic Gregorian calendar. */
typedef gint32 FareDay;

/* Before and after every day that can have use; a range from one to the other is all time. */
#define FARE_DAY_MIN G_MININT32
#define FARE_DAY_MAX G_MAXINT32

typedef struct
{
  FareDay first; /* inclusive */
  FareDay end;   /* exclusive */
} FareRange;

typedef enum
{
  FARE_PERIOD_TODAY,
  FARE_PERIOD_YESTERDAY,
  FARE_PERIOD_LAST_7_DAYS,
  FARE_PERIOD_LAST_30_DAYS,
  FARE_PERIOD_WEEK,         /* this week so far; begins on the locale's first weekday */
  FARE_PERIOD_MONTH,        /* this month */
  FARE_PERIOD_LAST_MONTH,
  FARE_PERIOD_YEAR,         /* this year */
  FARE_PERIOD_ALL,          /* everything in the index */
  FARE_PERIOD_LAST_WEEK,    /* the whole week before this one */
  FARE_PERIOD_LAST_14_DAYS,
  FARE_PERIOD_LAST_28_DAYS, /* four weeks */
  FARE_PERIOD_LAST_YEAR,
  FARE_PERIOD_CUSTOM
} FarePeriod;

/* Now and the zone, replaceable in tests. */
typedef struct
{
  gint64     now_ms; /* UTC milliseconds */
  GTimeZone *zone;   /* (transfer none) */
} FareNow;

/**
 * fare_day_of:
 * @zone: the zone to count in
 * @time_ms: UTC milliseconds
 *
 * Returns: the local day that @time_ms belongs to: the one of the offset valid at that moment,
 *   except where clocks were set back over midnight: the day that had begun then goes on, so that
 *   days never overlap and fare_day_start() tells exactly where one ends
 */
FareDay     fare_day_of           (GTimeZone       *zone,
                                   gint64           time_ms);

/**
 * fare_day_start:
 *
 * Returns: the first instant of @day in @zone, UTC milliseconds; a multiple of 15 minutes in
 *   every zone in use today.  A day that a zone left out of its calendar begins, and ends, with
 *   the next one
 */
gint64      fare_day_start        (GTimeZone       *zone,
                                   FareDay          day);

/**
 * fare_day_from_ymd:
 * @year: -9999 to 99999
 * @month: 1 to 12
 * @day: 1 to 31; days beyond the end of the month run on into the next
 */
FareDay     fare_day_from_ymd     (int              year,
                                   int              month,
                                   int              day);
void        fare_day_to_ymd       (FareDay          self,
                                   int             *year,
                                   int             *month,
                                   int             *day);

/**
 * fare_day_parse:
 * @text: "YYYY-MM-DD", "today" or "yesterday"
 *
 * Returns: %FALSE with @error (%G_IO_ERROR_INVALID_ARGUMENT, a translated sentence) when @text is
 *   no date
 */
gboolean    fare_day_parse        (const char      *text,
                                   const FareNow   *now,
                                   FareDay         *day,
                                   GError         **error);

/**
 * fare_day_to_string:
 *
 * Returns: (transfer full): "YYYY-MM-DD"
 */
char       *fare_day_to_string    (FareDay          self) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_week_get_first_weekday:
 *
 * Returns: the weekday on which weeks begin in the locale (LC_TIME), 1 (Monday) to 7 (Sunday)
 */
int         fare_week_get_first_weekday
                                  (void);

/**
 * fare_day_get_week_start:
 * @first_weekday: 1 (Monday) to 7 (Sunday)
 *
 * Returns: the first day of the week that @self is in
 */
FareDay     fare_day_get_week_start
                                  (FareDay          self,
                                   int              first_weekday);

/**
 * fare_day_get_month_start:
 * @months: how many months later (or, if negative, earlier) than the month of @self
 *
 * Returns: the first day of that month
 */
FareDay     fare_day_get_month_start
                                  (FareDay          self,
                                   int              months);

/**
 * fare_range_for_period:
 * @period: any but %FARE_PERIOD_CUSTOM; for %FARE_PERIOD_ALL the range is all days
 *
 * Running periods (week, month, year) end with today.
 */
FareRange   fare_range_for_period (FarePeriod       period,
                                   const FareNow   *now);

/**
 * fare_range_to_span:
 * @from_ms: (out): UTC milliseconds, inclusive; %G_MININT64 for %FARE_DAY_MIN
 * @to_ms: (out): UTC milliseconds, exclusive; %G_MAXINT64 for %FARE_DAY_MAX
 */
void        fare_range_to_span    (FareRange        self,
                                   GTimeZone       *zone,
                                   gint64          *from_ms,
                                   gint64          *to_ms);

/**
 * fare_period_parse:
 * @text: today, yesterday, week, month, last-month, year, all, "N days", "N"
 * @range: (out): the days meant
 *
 * N days end with today; N is at least 1.
 *
 * Returns: %FALSE with @error (%G_IO_ERROR_INVALID_ARGUMENT, a translated sentence) for anything
 *   else
 */
gboolean    fare_period_parse     (const char      *text,
                                   const FareNow   *now,
                                   FarePeriod      *period,
                                   FareRange       *range,
                                   GError         **error);

/**
 * fare_range_to_title:
 *
 * Returns: (transfer full): the days by their dates: "2026", "November 2026", "3–17 Nov 2026",
 *   "22 Nov 2026", "All Time"; translated
 */
char       *fare_range_to_title   (FareRange        self) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_period_to_title:
 *
 * Returns: (transfer full): the range as a person calls it: "Today", "Last 7 Days",
 *   "November 2026", "3–17 Nov 2026"; translated.  Own days are named as in
 *   fare_range_to_title() unless they are today or yesterday
 */
char       *fare_period_to_title  (FarePeriod       period,
                                   FareRange        range,
                                   const FareNow   *now) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
