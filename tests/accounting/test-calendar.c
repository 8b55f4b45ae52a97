/* test-calendar.c
 *
 * What calendars and cards compute from the values of days: levels, streaks, peaks,
 * the forecast of a month and unusual days, each against figures worked out by hand.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "accounting/fare-active-time.h"
#include "accounting/fare-calendar-levels.h"
#include "accounting/fare-forecast.h"
#include "accounting/fare-metric.h"
#include "accounting/fare-streaks.h"
#include "accounting/fare-unusual-day.h"
#include "pricing/fare-energy.h"

#define EPSILON 1e-9

static void
assert_levels (const double *values,
               guint         n_values,
               const guint  *expected)
{
  FareCalendarLevels levels;

  fare_calendar_levels_init (&levels, values, n_values);
  for (guint i = 0; i < n_values; i++)
    g_assert_cmpuint (fare_calendar_levels_get_level (&levels, values[i]), ==, expected[i]);
}

static void
test_levels_of_few_days (void)
{
  const double one[] = { 0, 5, 0 };
  const guint one_expected[] = { 0, 1, 0 };
  const double two[] = { 9, 1 };
  const guint two_expected[] = { 7, 1 };
  const double seven[] = { 7, 1, 6, 2, 5, 3, 4 };
  const guint seven_expected[] = { 7, 1, 6, 2, 5, 3, 4 };
  const double same[] = { 3, 3, 3, 3, 3, 3, 3 };
  const guint same_expected[] = { 1, 1, 1, 1, 1, 1, 1 };

  assert_levels (one, G_N_ELEMENTS (one), one_expected);
  assert_levels (two, G_N_ELEMENTS (two), two_expected);
  assert_levels (seven, G_N_ELEMENTS (seven), seven_expected);
  assert_levels (same, G_N_ELEMENTS (same), same_expected);
}

/* Each of 1 to 10 three times: the thresholds are at positions 4, 8, 12, 16, 20 and 24. */
static void
test_levels_of_a_month_with_ties (void)
{
  static const guint expected[] = { 0, 1, 1, 2, 3, 3, 4, 5, 6, 6, 7 };
  double values[30];
  FareCalendarLevels levels;

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    values[i] = 1 + (i * 7) % 10;

  fare_calendar_levels_init (&levels, values, G_N_ELEMENTS (values));
  for (guint value = 0; value <= 10; value++)
    g_assert_cmpuint (fare_calendar_levels_get_level (&levels, value), ==, expected[value]);
  g_assert_cmpuint (fare_calendar_levels_get_level (&levels, 1000), ==, 7);
}

static void
test_levels_tell_their_bounds (void)
{
  const double values[] = { 1, 1, 1, 1, 1, 1, 9 };
  FareCalendarLevels levels;
  double above, up_to;

  fare_calendar_levels_init (&levels, values, G_N_ELEMENTS (values));
  g_assert_true (fare_calendar_levels_get_bounds (&levels, 1, &above, &up_to));
  g_assert_cmpfloat (above, ==, 0);
  g_assert_cmpfloat (up_to, ==, 1);
  g_assert_false (fare_calendar_levels_get_bounds (&levels, 4, &above, &up_to));
  g_assert_true (fare_calendar_levels_get_bounds (&levels, 7, &above, &up_to));
  g_assert_cmpfloat (above, ==, 1);
  g_assert_cmpfloat (up_to, ==, 9);
}

static void
test_levels_without_use (void)
{
  const double values[] = { 0, 0 };
  FareCalendarLevels levels;

  fare_calendar_levels_init (&levels, values, G_N_ELEMENTS (values));
  g_assert_cmpuint (levels.n_values, ==, 0);
  g_assert_cmpuint (fare_calendar_levels_get_level (&levels, 0), ==, 0);
}

static void
test_a_streak_goes_on_while_today_is_empty (void)
{
  const double values[] = { 1, 1, 1, 0, 1, 1, 0, 0 };
  FareDay first = fare_day_from_ymd (2026, 11, 1);
  FareDayValues days = { first, G_N_ELEMENTS (values), values };
  FareStreaks streaks;

  fare_streaks_init (&streaks, days, first + 5);
  g_assert_cmpuint (streaks.current, ==, 2);
  g_assert_cmpuint (streaks.longest, ==, 3);
  g_assert_cmpint (streaks.longest_first, ==, first);
  g_assert_cmpuint (streaks.active_days, ==, 5);

  fare_streaks_init (&streaks, days, first + 6);
  g_assert_cmpuint (streaks.current, ==, 2);

  fare_streaks_init (&streaks, days, first + 7);
  g_assert_cmpuint (streaks.current, ==, 0);

  /* Long after the last day that the series has. */
  fare_streaks_init (&streaks, days, first + 100);
  g_assert_cmpuint (streaks.current, ==, 0);
  g_assert_cmpuint (streaks.longest, ==, 3);
}

static void
test_days_after_today_do_not_count (void)
{
  const double values[] = { 1, 1, 1, 1, 1 };
  FareDayValues days = { 100, G_N_ELEMENTS (values), values };
  FareStreaks streaks;

  fare_streaks_init (&streaks, days, 101);
  g_assert_cmpuint (streaks.current, ==, 2);
  g_assert_cmpuint (streaks.longest, ==, 2);
  g_assert_cmpuint (streaks.active_days, ==, 2);
}

static void
test_a_month_has_its_own_longest_streak (void)
{
  const double values[] = { 1, 1, 1, 1, 1, 0, 1 };
  FareDayValues days = { 100, G_N_ELEMENTS (values), values };
  FareStreaks streaks;

  days = fare_day_values_cut (days, (FareRange) { 103, 200 });
  g_assert_cmpuint (days.n_days, ==, 4);
  fare_streaks_init (&streaks, days, 150);
  g_assert_cmpuint (streaks.longest, ==, 2);
  g_assert_cmpint (streaks.longest_first, ==, 103);
}

/* 1 November 2026 is a Sunday. */
static void
test_highlights (void)
{
  const double values[] = { 4, 1, 0, 5, 0, 0, 1, 0, 2, 5 };
  FareDay first = fare_day_from_ymd (2026, 11, 1);
  FareDayValues days = { first, G_N_ELEMENTS (values), values };
  FareHighlights highlights;

  fare_highlights_init (&highlights, days, 1);
  g_assert_true (highlights.has_value);
  g_assert_cmpuint (highlights.n_days, ==, 10);
  g_assert_cmpuint (highlights.active_days, ==, 6);
  g_assert_cmpfloat_with_epsilon (highlights.total, 18, EPSILON);
  g_assert_cmpfloat_with_epsilon (highlights.average, 3, EPSILON);
  g_assert_cmpint (highlights.peak_day, ==, first + 3);
  g_assert_cmpfloat (highlights.peak_day_value, ==, 5);
  g_assert_cmpint (highlights.peak_week, ==, first + 1);
  g_assert_cmpfloat_with_epsilon (highlights.peak_week_value, 7, EPSILON);
  g_assert_cmpint (highlights.top_weekday, ==, 2); /* only the 3rd, 0, and the 10th, 5 */
  g_assert_cmpfloat_with_epsilon (highlights.top_weekday_value, 5, EPSILON);

  /* With weeks from Sunday on. */
  fare_highlights_init (&highlights, days, 7);
  g_assert_cmpint (highlights.peak_week, ==, first);
  g_assert_cmpfloat_with_epsilon (highlights.peak_week_value, 11, EPSILON);
}

static void
test_highlights_without_use (void)
{
  const double values[] = { 0, 0 };
  FareHighlights highlights;

  fare_highlights_init (&highlights, (FareDayValues) { 100, 2, values }, 1);
  g_assert_false (highlights.has_value);
  g_assert_cmpfloat (highlights.average, ==, 0);
  g_assert_cmpint (highlights.top_weekday, ==, 0);
}

/* 4 to 17 November 2026 are the 14 days before the 18th, a Wednesday. */
static void
test_forecast_takes_weekends_apart (void)
{
  const double values[] = {
    0, 0, 0, 1, 2, 3, 0, 0, 4, 5, 6, 7, 8, 4, 6, 9, 10, 3,
  };
  FareDayValues days = { fare_day_from_ymd (2026, 11, 1), G_N_ELEMENTS (values), values };
  FareDay today = fare_day_from_ymd (2026, 11, 18);
  FareForecast forecast;

  g_assert_cmpint (fare_forecast_get_first_day (today), ==, fare_day_from_ymd (2026, 11, 1));
  g_assert_true (fare_forecast_init (&forecast, days, today));
  g_assert_cmpfloat_with_epsilon (forecast.spent, 68, EPSILON);
  g_assert_cmpfloat_with_epsilon (forecast.per_weekday, 5.5, EPSILON);
  g_assert_cmpfloat_with_epsilon (forecast.per_weekend, 2, EPSILON);
  g_assert_cmpuint (forecast.days_left, ==, 12);
  /* 8 weekdays and 4 days of weekends to come */
  g_assert_cmpfloat_with_epsilon (forecast.expected, 68 + 8 * 5.5 + 4 * 2, EPSILON);
}

static void
test_forecast_reaches_into_the_month_before (void)
{
  FareDay today = fare_day_from_ymd (2026, 11, 2);

  g_assert_cmpint (fare_forecast_get_first_day (today), ==, fare_day_from_ymd (2026, 10, 19));
}

static void
test_no_forecast_before_three_active_days (void)
{
  const double values[] = { 5, 0, 5, 9 };
  const double enough[] = { 5, 5, 5, 9 };
  FareDay first = fare_day_from_ymd (2026, 11, 9); /* Monday */
  FareForecast forecast;

  g_assert_false (fare_forecast_init (&forecast, (FareDayValues) { first, 4, values }, first + 3));

  /* The days before the first use do not count, and weekends are taken to be like weekdays. */
  g_assert_true (fare_forecast_init (&forecast, (FareDayValues) { first, 4, enough }, first + 3));
  g_assert_cmpfloat_with_epsilon (forecast.per_weekday, 5, EPSILON);
  g_assert_cmpfloat_with_epsilon (forecast.per_weekend, 5, EPSILON);
  g_assert_cmpfloat_with_epsilon (forecast.expected, 24 + 18 * 5, EPSILON);
}

static void
test_last_day_of_month_is_what_was_spent (void)
{
  const double values[] = { 5, 5, 5, 7 };
  FareDay first = fare_day_from_ymd (2026, 11, 27);
  FareForecast forecast;

  g_assert_true (fare_forecast_init (&forecast, (FareDayValues) { first, 4, values }, first + 3));
  g_assert_cmpuint (forecast.days_left, ==, 0);
  g_assert_cmpfloat_with_epsilon (forecast.expected, 22, EPSILON);
}

/* 1 to 28, in no order and with idle days between: median 14.5, median absolute deviation 7. */
static void
test_unusual_day (void)
{
  double values[80] = { 0 };
  double limit = 14.5 + 3.5 * 1.4826 * 7;
  FareDayValues days = { 1000, G_N_ELEMENTS (values), values };
  FareUnusualDay unusual;
  g_autofree char *text = NULL;

  values[0] = 5000; /* longer ago than 28 active days */
  for (guint i = 0; i < 28; i++)
    values[10 + 2 * i] = 1 + (i * 5) % 28;

  values[79] = limit;
  g_assert_false (fare_unusual_day_init (&unusual, days, 1079));
  g_assert_cmpfloat_with_epsilon (unusual.limit, limit, EPSILON);
  values[79] = 58;
  g_assert_true (fare_unusual_day_init (&unusual, days, 1079));
  g_assert_cmpfloat_with_epsilon (unusual.median, 14.5, EPSILON);
  g_assert_cmpfloat_with_epsilon (unusual.ratio, 4, EPSILON);

  text = fare_unusual_day_to_text (&unusual);
  g_assert_cmpstr (text, ==, "4.0 × a usual active day");
}

static void
test_unusual_day_is_more_than_twice_a_usual_one (void)
{
  double values[] = { 10, 10, 10, 10, 10, 10, 10, 20 };
  FareDayValues days = { 0, G_N_ELEMENTS (values), values };
  FareUnusualDay unusual;

  g_assert_false (fare_unusual_day_init (&unusual, days, 7));
  values[7] = 20.01;
  g_assert_true (fare_unusual_day_init (&unusual, days, 7));

  /* One day less to compare with. */
  values[0] = 0;
  g_assert_false (fare_unusual_day_init (&unusual, days, 7));
}

static void
assert_text (char       *text,
             const char *expected)
{
  g_assert_cmpstr (text, ==, expected);
  g_free (text);
}

static void
test_texts (void)
{
  assert_text (fare_energy_to_text (28.9 * 3600), "28.9 Wh");
  assert_text (fare_energy_to_text (3.421 * 3600), "3.42 Wh");
  assert_text (fare_energy_to_text (9.996 * 3600), "10.0 Wh");
  assert_text (fare_energy_to_text (999.96 * 3600), "1.00 kWh");
  assert_text (fare_energy_to_text (1310 * 3600), "1.31 kWh");
  assert_text (fare_energy_to_text (99.99 * 3.6e6), "99.99 kWh");
  assert_text (fare_energy_to_text (99.996 * 3.6e6), "100 kWh");
  assert_text (fare_energy_to_text (1234.5 * 3.6e6), "1234 kWh");
  assert_text (fare_energy_to_text (0), "0.00 Wh");
  assert_text (fare_energy_to_text (0.004 * 3600), "<0.01 Wh");
  assert_text (fare_energy_to_text (0.006 * 3600), "0.01 Wh");

  assert_text (fare_active_time_to_text (((14 * 60 + 41) * 60 + 59) * 1000), "14h 41m");
  assert_text (fare_active_time_to_text (41 * 60 * 1000), "41m");
  assert_text (fare_active_time_to_text (42 * 1000), "42s");
  assert_text (fare_active_time_to_text (300), "1s");
  assert_text (fare_active_time_to_text (0), "–");

  assert_text (fare_metric_value_to_text (FARE_METRIC_COST, 12.4), "$12.40");
  assert_text (fare_metric_value_to_text (FARE_METRIC_TOKENS, 3.1e6), "3.1M tokens");
  assert_text (fare_metric_value_to_text (FARE_METRIC_MESSAGES, 1), "1 message");
  assert_text (fare_metric_value_to_label (FARE_METRIC_MESSAGES, 88), "88");

  /* An axis says no more than its steps need. */
  assert_text (fare_metric_tick_to_label (FARE_METRIC_COST, 20.0, 10.0), "$20");
  assert_text (fare_metric_tick_to_label (FARE_METRIC_COST, 0.0, 10.0), "$0");
  assert_text (fare_metric_tick_to_label (FARE_METRIC_COST, 5.0, 2.5), "$5.00");
  assert_text (fare_metric_tick_to_label (FARE_METRIC_COST, 0.25, 0.25), "$0.25");
  assert_text (fare_metric_tick_to_label (FARE_METRIC_TOKENS, 2500.0, 2500.0), "2.5K");
  g_assert_cmpfloat_with_epsilon (fare_metric_get_unit (FARE_METRIC_COST), 0.01, 1e-12);
  g_assert_cmpfloat (fare_metric_get_unit (FARE_METRIC_MESSAGES), ==, 1.0);
  g_assert_cmpfloat (fare_metric_get_rate (FARE_METRIC_COST), ==, 1.0);
  g_assert_cmpint (fare_metric_from_id ("energy"), ==, FARE_METRIC_ENERGY);
  g_assert_cmpint (fare_metric_from_id ("nonsense"), ==, FARE_METRIC_COST);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/calendar/levels-of-few-days", test_levels_of_few_days);
  g_test_add_func ("/calendar/levels-of-a-month-with-ties", test_levels_of_a_month_with_ties);
  g_test_add_func ("/calendar/levels-tell-their-bounds", test_levels_tell_their_bounds);
  g_test_add_func ("/calendar/levels-without-use", test_levels_without_use);
  g_test_add_func ("/calendar/streak-goes-on-while-today-is-empty",
                   test_a_streak_goes_on_while_today_is_empty);
  g_test_add_func ("/calendar/days-after-today-do-not-count", test_days_after_today_do_not_count);
  g_test_add_func ("/calendar/month-has-its-own-longest-streak",
                   test_a_month_has_its_own_longest_streak);
  g_test_add_func ("/calendar/highlights", test_highlights);
  g_test_add_func ("/calendar/highlights-without-use", test_highlights_without_use);
  g_test_add_func ("/calendar/forecast-takes-weekends-apart", test_forecast_takes_weekends_apart);
  g_test_add_func ("/calendar/forecast-reaches-into-the-month-before",
                   test_forecast_reaches_into_the_month_before);
  g_test_add_func ("/calendar/no-forecast-before-three-active-days",
                   test_no_forecast_before_three_active_days);
  g_test_add_func ("/calendar/last-day-of-month-is-what-was-spent",
                   test_last_day_of_month_is_what_was_spent);
  g_test_add_func ("/calendar/unusual-day", test_unusual_day);
  g_test_add_func ("/calendar/unusual-day-is-more-than-twice-a-usual-one",
                   test_unusual_day_is_more_than_twice_a_usual_one);
  g_test_add_func ("/calendar/texts", test_texts);

  return g_test_run ();
}
