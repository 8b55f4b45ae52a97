/* test-range.c
 *
 * Days, periods and their names, in zones that do unusual things.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "base/fare-range.h"
#include "base/fare-zone.h"

#define HOUR_MS (60 * 60 * G_GINT64_CONSTANT (1000))
#define QUARTER_MS (HOUR_MS / 4)

static GTimeZone *
open_zone (const char *name)
{
  GTimeZone *zone = g_time_zone_new_identifier (name);

  if (zone == NULL)
    g_error ("the zone %s is missing on this machine", name);

  return zone;
}

/* UTC milliseconds of an ISO 8601 moment with its offset. */
static gint64
at (const char *text)
{
  g_autoptr(GDateTime) moment = g_date_time_new_from_iso8601 (text, NULL);

  g_assert_nonnull (moment);

  return g_date_time_to_unix (moment) * 1000;
}

static FareDay
day (const char *text)
{
  g_autoptr(GError) error = NULL;
  FareNow now = { 0, NULL };
  FareDay result = 0;

  g_assert_true (fare_day_parse (text, &now, &result, &error));
  g_assert_no_error (error);

  return result;
}

static void
assert_starts (const char *zone_name,
               const char *day_text,
               const char *start,
               double      hours)
{
  g_autoptr(GTimeZone) zone = open_zone (zone_name);
  FareDay self = day (day_text);

  g_test_message ("%s in %s", day_text, zone_name);
  g_assert_cmpint (fare_day_start (zone, self), ==, at (start));
  g_assert_cmpint (fare_day_start (zone, self + 1) - fare_day_start (zone, self), ==,
                   hours * HOUR_MS);
}

static void
test_calendar (void)
{
  /* Every day from 1600 to 2400 against GLib's calendar. */
  g_autoptr(GDate) date = g_date_new_dmy (1, 1, 1600);
  FareDay self = fare_day_from_ymd (1600, 1, 1);
  int year, month, day_of_month;

  g_assert_cmpint (fare_day_from_ymd (1970, 1, 1), ==, 0);

  for (; g_date_get_year (date) < 2400; self++, g_date_add_days (date, 1))
    {
      fare_day_to_ymd (self, &year, &month, &day_of_month);
      if (year != g_date_get_year (date) || month != (int) g_date_get_month (date) ||
          day_of_month != g_date_get_day (date) ||
          fare_day_from_ymd (year, month, day_of_month) != self ||
          self - fare_day_get_week_start (self, 1) != (int) g_date_get_weekday (date) - 1)
        g_error ("day %d is wrong: %d-%d-%d", self, year, month, day_of_month);
    }
}

static void
test_text (void)
{
  static const char *const wrong[] = {
    "", "2026-1-02", "2026-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "2026-04-00",
    "0000-01-01", "2026-11-22 ", "+026-11-22", "2026/11/22", "22.11.2026", "tomorrow", "todayx",
  };
  g_autoptr(GTimeZone) berlin = open_zone ("Europe/Berlin");
  FareNow now = { at ("2026-11-22T23:30:00Z"), berlin };
  g_autofree char *leap = fare_day_to_string (day ("2024-02-29"));
  g_autoptr(GError) error = NULL;
  FareDay self;

  g_assert_cmpstr (leap, ==, "2024-02-29");
  g_assert_cmpint (day ("2024-03-01") - day ("2024-02-28"), ==, 2);

  /* Half past midnight in Berlin. */
  g_assert_true (fare_day_parse ("today", &now, &self, &error));
  g_assert_cmpint (self, ==, day ("2026-11-23"));
  g_assert_true (fare_day_parse ("Yesterday", &now, &self, &error));
  g_assert_cmpint (self, ==, day ("2026-11-22"));

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr(GError) reason = NULL;

      g_assert_false (fare_day_parse (wrong[i], &now, &self, &reason));
      g_assert_error (reason, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
    }
}

static void
test_plain_days (void)
{
  assert_starts ("UTC", "2026-11-22", "2026-11-22T00:00:00Z", 24);
  assert_starts ("UTC", "1969-12-31", "1969-12-31T00:00:00Z", 24);
  assert_starts ("Asia/Kolkata", "2026-11-22", "2026-11-22T00:00:00+05:30", 24);
  assert_starts ("Asia/Kathmandu", "2026-11-22", "2026-11-22T00:00:00+05:45", 24);
  assert_starts ("Pacific/Kiritimati", "2026-11-22", "2026-11-22T00:00:00+14:00", 24);
  assert_starts ("America/St_Johns", "2026-11-22", "2026-11-22T00:00:00-03:30", 24);
}

static void
test_changed_clocks (void)
{
  assert_starts ("Europe/Berlin", "2026-03-29", "2026-03-29T00:00:00+01:00", 23);
  assert_starts ("Europe/Berlin", "2026-10-25", "2026-10-25T00:00:00+02:00", 25);
  assert_starts ("Europe/Berlin", "2026-10-26", "2026-10-26T00:00:00+01:00", 24);
  assert_starts ("America/New_York", "2026-03-08", "2026-03-08T00:00:00-05:00", 23);
  assert_starts ("America/St_Johns", "2026-03-08", "2026-03-08T00:00:00-03:30", 23);
  assert_starts ("America/St_Johns", "2026-11-01", "2026-11-01T00:00:00-02:30", 25);
  /* Half an hour. */
  assert_starts ("Australia/Lord_Howe", "2026-04-05", "2026-04-05T00:00:00+11:00", 24.5);
  assert_starts ("Australia/Lord_Howe", "2026-10-04", "2026-10-04T00:00:00+10:30", 23.5);
}

static void
test_missing_midnight (void)
{
  assert_starts ("America/Sao_Paulo", "2018-11-04", "2018-11-04T01:00:00-02:00", 23);
  /* Set back at midnight: the last hour of Saturday comes twice. */
  assert_starts ("America/Sao_Paulo", "2018-02-17", "2018-02-17T00:00:00-02:00", 25);
  assert_starts ("America/Sao_Paulo", "2018-02-18", "2018-02-18T00:00:00-03:00", 24);
  /* Egypt: forward at midnight, back at the end of a Thursday. */
  assert_starts ("Africa/Cairo", "2026-04-24", "2026-04-24T01:00:00+03:00", 23);
  assert_starts ("Africa/Cairo", "2026-10-29", "2026-10-29T00:00:00+03:00", 25);
  assert_starts ("Africa/Cairo", "2026-10-30", "2026-10-30T00:00:00+02:00", 24);
}

static void
test_skipped_day (void)
{
  g_autoptr(GTimeZone) apia = open_zone ("Pacific/Apia");
  gint64 jump_ms = at ("2011-12-30T10:00:00Z");

  assert_starts ("Pacific/Apia", "2011-12-29", "2011-12-29T00:00:00-10:00", 24);
  assert_starts ("Pacific/Apia", "2011-12-30", "2011-12-31T00:00:00+14:00", 0);
  assert_starts ("Pacific/Apia", "2011-12-31", "2011-12-31T00:00:00+14:00", 24);

  g_assert_cmpint (fare_day_of (apia, jump_ms - 1), ==, day ("2011-12-29"));
  g_assert_cmpint (fare_day_of (apia, jump_ms), ==, day ("2011-12-31"));
}

/* Newfoundland changed its clocks at one minute past midnight, so that a Sunday began, was
 * Saturday again for an hour, and went on. */
static void
test_begun_day_goes_on (void)
{
  g_autoptr(GTimeZone) zone = open_zone ("America/St_Johns");
  FareDay sunday = day ("2010-11-07");

  assert_starts ("America/St_Johns", "2010-11-07", "2010-11-07T00:00:00-02:30", 25);
  g_assert_cmpint (fare_day_of (zone, at ("2010-11-06T23:59:59-02:30")), ==, sunday - 1);
  g_assert_cmpint (fare_day_of (zone, at ("2010-11-07T00:00:30-02:30")), ==, sunday);
  g_assert_cmpint (fare_day_of (zone, at ("2010-11-06T23:30:00-03:30")), ==, sunday);
  g_assert_cmpint (fare_day_of (zone, at ("2010-11-07T00:30:00-03:30")), ==, sunday);
}

/* Days follow each other without gap or overlap, and every moment is in the day it is said to. */
static void
test_days_tile (void)
{
  static const char *const zones[] = {
    "UTC", "Europe/Berlin", "Europe/Dublin", "America/Sao_Paulo", "America/Havana",
    "Asia/Kolkata", "Asia/Kathmandu", "Asia/Tehran", "Asia/Beirut", "Australia/Lord_Howe",
    "America/St_Johns", "Pacific/Apia", "Pacific/Chatham", "Africa/Cairo", "Africa/Casablanca",
    "America/Scoresbysund", "Antarctica/Troll", "Asia/Gaza",
  };

  for (guint i = 0; i < G_N_ELEMENTS (zones); i++)
    {
      g_autoptr(GTimeZone) zone = open_zone (zones[i]);
      FareDay end = day ("2027-01-01");

      for (FareDay self = day ("2005-01-01"); self < end; self++)
        {
          gint64 start_ms = fare_day_start (zone, self);
          gint64 end_ms = fare_day_start (zone, self + 1);

          if (start_ms == end_ms)
            continue;

          if (start_ms > end_ms || fare_day_of (zone, start_ms) != self ||
              fare_day_of (zone, end_ms - 1) != self ||
              fare_day_of (zone, start_ms + (end_ms - start_ms) / 2) != self)
            g_error ("%s: day %d is not where it should be", zones[i], self);

          /* Newfoundland's and some older changes aside, days begin on a quarter hour. */
          if (self >= day ("2012-01-01"))
            g_assert_cmpint (start_ms % QUARTER_MS, ==, 0);
        }
    }
}

static void
test_farthest_moments (void)
{
  g_autoptr(GTimeZone) berlin = open_zone ("Europe/Berlin");

  g_assert_cmpint (fare_day_of (berlin, G_MININT64), ==, FARE_DAY_MIN);
  g_assert_cmpint (fare_day_of (berlin, G_MAXINT64), ==, FARE_DAY_MAX);
  g_assert_cmpint (fare_day_of (berlin, fare_day_start (berlin, day ("9999-12-31"))), ==,
                   day ("9999-12-31"));
}

static void
test_wall_clock (void)
{
  g_autoptr(GTimeZone) berlin = open_zone ("Europe/Berlin");
  gint64 reading = at ("2026-10-25T02:30:00Z");
  gint64 jump = at ("2026-03-29T01:00:00Z");

  /* Twice, plainly, and never. */
  g_assert_cmpint (fare_zone_find_time (berlin, reading), ==, at ("2026-10-25T02:30:00+02:00"));
  g_assert_cmpint (fare_zone_find_time (berlin, reading + HOUR_MS), ==,
                   at ("2026-10-25T03:30:00+01:00"));
  g_assert_cmpint (fare_zone_find_time (berlin, at ("2026-03-29T02:30:00Z")), ==, jump);

  g_assert_cmpint (fare_zone_get_offset (berlin, jump - 1), ==, HOUR_MS);
  g_assert_cmpint (fare_zone_get_offset (berlin, jump), ==, 2 * HOUR_MS);
  g_assert_cmpint (fare_zone_find_change (berlin, jump - 5 * HOUR_MS, jump + HOUR_MS), ==, jump);
  g_assert_cmpint (fare_zone_find_change (berlin, jump, jump + HOUR_MS), ==, jump + HOUR_MS);
  g_assert_cmpint (fare_zone_find_change (berlin, jump - HOUR_MS, jump), ==, jump);
}

static void
assert_range (FareRange   range,
              const char *first,
              const char *last)
{
  g_autofree char *from = fare_day_to_string (range.first);
  g_autofree char *to = fare_day_to_string (range.end - 1);

  g_assert_cmpstr (from, ==, first);
  g_assert_cmpstr (to, ==, last);
}

static void
test_periods (void)
{
  g_autoptr(GTimeZone) berlin = open_zone ("Europe/Berlin");
  /* Already the 22nd, a Sunday, in Berlin. */
  FareNow now = { at ("2026-11-21T23:15:00Z"), berlin };
  FareNow january = { at ("2026-01-01T12:00:00Z"), berlin };

  assert_range (fare_range_for_period (FARE_PERIOD_TODAY, &now), "2026-11-22", "2026-11-22");
  assert_range (fare_range_for_period (FARE_PERIOD_YESTERDAY, &now), "2026-11-21", "2026-11-21");
  assert_range (fare_range_for_period (FARE_PERIOD_LAST_7_DAYS, &now), "2026-11-16", "2026-11-22");
  assert_range (fare_range_for_period (FARE_PERIOD_LAST_14_DAYS, &now), "2026-11-09", "2026-11-22");
  assert_range (fare_range_for_period (FARE_PERIOD_LAST_28_DAYS, &now), "2026-10-26", "2026-11-22");
  assert_range (fare_range_for_period (FARE_PERIOD_LAST_YEAR, &now), "2025-01-01", "2025-12-31");
  assert_range (fare_range_for_period (FARE_PERIOD_LAST_30_DAYS, &now), "2026-10-24",
                "2026-11-22");
  assert_range (fare_range_for_period (FARE_PERIOD_MONTH, &now), "2026-11-01", "2026-11-22");
  assert_range (fare_range_for_period (FARE_PERIOD_LAST_MONTH, &now), "2026-10-01", "2026-10-31");
  assert_range (fare_range_for_period (FARE_PERIOD_LAST_MONTH, &january), "2025-12-01",
                "2025-12-31");
  assert_range (fare_range_for_period (FARE_PERIOD_YEAR, &now), "2026-01-01", "2026-11-22");
  /* The C locale's week begins on Sunday. */
  assert_range (fare_range_for_period (FARE_PERIOD_WEEK, &now), "2026-11-22", "2026-11-22");
  assert_range (fare_range_for_period (FARE_PERIOD_LAST_WEEK, &now), "2026-11-15", "2026-11-21");
}

static void
test_weeks (void)
{
  FareDay sunday = day ("2026-11-22");

  g_assert_cmpint (fare_week_get_first_weekday (), ==, 7);
  g_assert_cmpint (fare_day_get_week_start (sunday, 1), ==, day ("2026-11-16"));
  g_assert_cmpint (fare_day_get_week_start (sunday, 7), ==, sunday);
  g_assert_cmpint (fare_day_get_week_start (sunday, 6), ==, day ("2026-11-21"));
  g_assert_cmpint (fare_day_get_week_start (day ("2026-11-16"), 1), ==, day ("2026-11-16"));
  g_assert_cmpint (fare_day_get_month_start (sunday, -11), ==, day ("2025-12-01"));
  g_assert_cmpint (fare_day_get_month_start (sunday, 2), ==, day ("2027-01-01"));
}

static void
test_spans (void)
{
  g_autoptr(GTimeZone) berlin = open_zone ("Europe/Berlin");
  FareNow now = { at ("2026-10-25T12:00:00Z"), berlin };
  gint64 from_ms, to_ms;

  fare_range_to_span (fare_range_for_period (FARE_PERIOD_TODAY, &now), berlin, &from_ms, &to_ms);
  g_assert_cmpint (from_ms, ==, at ("2026-10-24T22:00:00Z"));
  g_assert_cmpint (to_ms, ==, at ("2026-10-25T23:00:00Z"));

  fare_range_to_span (fare_range_for_period (FARE_PERIOD_ALL, &now), berlin, &from_ms, &to_ms);
  g_assert_cmpint (from_ms, ==, G_MININT64);
  g_assert_cmpint (to_ms, ==, G_MAXINT64);
}

static void
assert_parses (const char    *text,
               const FareNow *now,
               FarePeriod     period,
               const char    *first,
               const char    *last)
{
  g_autoptr(GError) error = NULL;
  FarePeriod parsed;
  FareRange range;

  g_assert_true (fare_period_parse (text, now, &parsed, &range, &error));
  g_assert_no_error (error);
  g_assert_cmpint (parsed, ==, period);
  assert_range (range, first, last);
}

static void
test_period_texts (void)
{
  static const char *const wrong[] = {
    "", "0", "0 days", "-3", "3 weeks", "7days", "1e3", "99999999999999999999", "last month",
    "days", "7 days ago", " 7",
  };
  g_autoptr(GTimeZone) utc = g_time_zone_new_utc ();
  FareNow now = { at ("2026-11-22T12:00:00Z"), utc };

  assert_parses ("today", &now, FARE_PERIOD_TODAY, "2026-11-22", "2026-11-22");
  assert_parses ("Last-Month", &now, FARE_PERIOD_LAST_MONTH, "2026-10-01", "2026-10-31");
  assert_parses ("year", &now, FARE_PERIOD_YEAR, "2026-01-01", "2026-11-22");
  assert_parses ("1", &now, FARE_PERIOD_TODAY, "2026-11-22", "2026-11-22");
  assert_parses ("1 day", &now, FARE_PERIOD_TODAY, "2026-11-22", "2026-11-22");
  assert_parses ("7 days", &now, FARE_PERIOD_LAST_7_DAYS, "2026-11-16", "2026-11-22");
  assert_parses ("30", &now, FARE_PERIOD_LAST_30_DAYS, "2026-10-24", "2026-11-22");
  assert_parses ("14  days", &now, FARE_PERIOD_CUSTOM, "2026-11-09", "2026-11-22");

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr(GError) error = NULL;
      FarePeriod period;
      FareRange range;

      g_assert_false (fare_period_parse (wrong[i], &now, &period, &range, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
    }
}

static void
assert_title (FarePeriod  period,
              const char *first,
              const char *last,
              const char *expected)
{
  g_autoptr(GTimeZone) utc = g_time_zone_new_utc ();
  FareNow now = { at ("2026-11-22T12:00:00Z"), utc };
  FareRange range = { day (first), day (last) + 1 };
  g_autofree char *title = fare_period_to_title (period, range, &now);

  g_assert_cmpstr (title, ==, expected);
}

static void
test_titles (void)
{
  FareRange all = { FARE_DAY_MIN, FARE_DAY_MAX };
  g_autofree char *all_title = fare_range_to_title (all);

  assert_title (FARE_PERIOD_TODAY, "2026-11-22", "2026-11-22", "Today");
  assert_title (FARE_PERIOD_YESTERDAY, "2026-11-21", "2026-11-21", "Yesterday");
  assert_title (FARE_PERIOD_LAST_7_DAYS, "2026-11-16", "2026-11-22", "Last 7 Days");
  assert_title (FARE_PERIOD_LAST_30_DAYS, "2026-10-24", "2026-11-22", "Last 30 Days");
  assert_title (FARE_PERIOD_WEEK, "2026-11-22", "2026-11-22", "This Week");
  assert_title (FARE_PERIOD_MONTH, "2026-11-01", "2026-11-22", "November 2026");
  assert_title (FARE_PERIOD_LAST_MONTH, "2026-10-01", "2026-10-31", "October 2026");
  assert_title (FARE_PERIOD_YEAR, "2026-01-01", "2026-11-22", "2026");
  assert_title (FARE_PERIOD_CUSTOM, "2026-11-03", "2026-11-17", "3–17 Nov 2026");
  assert_title (FARE_PERIOD_CUSTOM, "2026-10-30", "2026-11-02", "30 Oct – 2 Nov 2026");
  assert_title (FARE_PERIOD_CUSTOM, "2025-12-30", "2026-01-02", "30 Dec 2025 – 2 Jan 2026");
  assert_title (FARE_PERIOD_CUSTOM, "2026-11-04", "2026-11-04", "4 Nov 2026");
  assert_title (FARE_PERIOD_CUSTOM, "2026-11-22", "2026-11-22", "Today");
  assert_title (FARE_PERIOD_CUSTOM, "2026-02-01", "2026-02-28", "February 2026");
  assert_title (FARE_PERIOD_CUSTOM, "2024-02-01", "2024-02-28", "1–28 Feb 2024");
  assert_title (FARE_PERIOD_CUSTOM, "2025-01-01", "2025-12-31", "2025");
  g_assert_cmpstr (all_title, ==, "All Time");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/base/range/calendar-agrees-with-glib", test_calendar);
  g_test_add_func ("/base/range/dates-are-read-strictly", test_text);
  g_test_add_func ("/base/range/plain-days", test_plain_days);
  g_test_add_func ("/base/range/days-of-changed-clocks", test_changed_clocks);
  g_test_add_func ("/base/range/days-without-midnight", test_missing_midnight);
  g_test_add_func ("/base/range/skipped-day-is-empty", test_skipped_day);
  g_test_add_func ("/base/range/begun-day-goes-on", test_begun_day_goes_on);
  g_test_add_func ("/base/range/days-tile-time", test_days_tile);
  g_test_add_func ("/base/range/farthest-moments", test_farthest_moments);
  g_test_add_func ("/base/range/wall-clock", test_wall_clock);
  g_test_add_func ("/base/range/periods", test_periods);
  g_test_add_func ("/base/range/weeks-and-months", test_weeks);
  g_test_add_func ("/base/range/spans", test_spans);
  g_test_add_func ("/base/range/period-texts", test_period_texts);
  g_test_add_func ("/base/range/titles", test_titles);

  return g_test_run ();
}
