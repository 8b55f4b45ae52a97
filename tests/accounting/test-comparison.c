/* test-comparison.c
 *
 * The span before, and how one amount is said to stand to another.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "accounting/fare-comparison.h"

static gint64
at (const char *text)
{
  g_autoptr(GDateTime) moment = g_date_time_new_from_iso8601 (text, NULL);

  g_assert_nonnull (moment);

  return g_date_time_to_unix (moment) * 1000;
}

static FareDay
day (int year,
     int month,
     int day_of_month)
{
  return fare_day_from_ymd (year, month, day_of_month);
}

static void
assert_previous (FareRange   range,
                 const char *now_text,
                 const char *from,
                 const char *to)
{
  g_autoptr(GTimeZone) berlin = g_time_zone_new_identifier ("Europe/Berlin");
  FareNow now = { at (now_text), berlin };
  gint64 from_ms, to_ms;

  g_assert_true (fare_previous_span (range, &now, &from_ms, &to_ms));
  g_assert_cmpint (from_ms, ==, at (from));
  g_assert_cmpint (to_ms, ==, at (to));
}

static void
test_complete_days (void)
{
  const char *now = "2026-11-22T14:32:00+01:00";

  /* Yesterday, October, two days across the change of clocks. */
  assert_previous ((FareRange) { day (2026, 11, 21), day (2026, 11, 22) }, now,
                   "2026-11-20T00:00:00+01:00", "2026-11-21T00:00:00+01:00");
  assert_previous ((FareRange) { day (2026, 10, 1), day (2026, 11, 1) }, now,
                   "2026-08-31T00:00:00+02:00", "2026-10-01T00:00:00+02:00");
  assert_previous ((FareRange) { day (2026, 10, 26), day (2026, 10, 28) }, now,
                   "2026-10-24T00:00:00+02:00", "2026-10-26T00:00:00+01:00");
}

static void
test_cut_at_same_clock (void)
{
  /* Today, and the last seven days. */
  assert_previous ((FareRange) { day (2026, 11, 22), day (2026, 11, 23) },
                   "2026-11-22T14:32:10+01:00",
                   "2026-11-21T00:00:00+01:00", "2026-11-21T14:32:10+01:00");
  assert_previous ((FareRange) { day (2026, 11, 16), day (2026, 11, 23) },
                   "2026-11-22T09:00:00+01:00",
                   "2026-11-09T00:00:00+01:00", "2026-11-15T09:00:00+01:00");
  /* A range that reaches into the future counts up to now as well. */
  assert_previous ((FareRange) { day (2026, 11, 22), day (2026, 11, 30) },
                   "2026-11-22T14:32:10+01:00",
                   "2026-11-21T00:00:00+01:00", "2026-11-21T14:32:10+01:00");
}

static void
test_cut_on_changed_clocks (void)
{
  /* The same reading of the clock, whatever it was changed by in between. */
  assert_previous ((FareRange) { day (2026, 10, 25), day (2026, 10, 26) },
                   "2026-10-25T14:00:00+01:00",
                   "2026-10-24T00:00:00+02:00", "2026-10-24T14:00:00+02:00");
  /* Yesterday had no 02:30: the moment of the jump. */
  assert_previous ((FareRange) { day (2026, 3, 30), day (2026, 3, 31) },
                   "2026-03-30T02:30:00+02:00",
                   "2026-03-29T00:00:00+01:00", "2026-03-29T03:00:00+02:00");
  /* Yesterday had 02:30 twice: the one with today's offset. */
  assert_previous ((FareRange) { day (2026, 10, 26), day (2026, 10, 27) },
                   "2026-10-26T02:30:00+01:00",
                   "2026-10-25T00:00:00+02:00", "2026-10-25T02:30:00+01:00");
}

static void
test_nothing_before (void)
{
  g_autoptr(GTimeZone) utc = g_time_zone_new_utc ();
  FareNow now = { at ("2026-11-22T14:32:00Z"), utc };
  FareRange future = { day (2026, 11, 24), day (2026, 11, 25) };
  gint64 from_ms, to_ms;

  g_assert_false (fare_previous_span (fare_range_for_period (FARE_PERIOD_ALL, &now), &now,
                                      &from_ms, &to_ms));
  g_assert_false (fare_previous_span (future, &now, &from_ms, &to_ms));
}

static gboolean
compare (double          now,
         double          before,
         FareComparison *comparison)
{
  FareSums now_sums = { .cost = now, .has_price = TRUE };
  FareSums before_sums = { .cost = before, .has_price = TRUE };

  return fare_comparison_make_cost (&now_sums, &before_sums, comparison);
}

static void
test_numbers (void)
{
  FareComparison comparison;

  g_assert_true (compare (88, 100, &comparison));
  g_assert_cmpint (comparison.trend, ==, FARE_TREND_DOWN);
  g_assert_cmpfloat_with_epsilon (comparison.change, 0.12, 1e-12);

  g_assert_true (compare (300, 100, &comparison));
  g_assert_cmpint (comparison.trend, ==, FARE_TREND_UP);
  g_assert_cmpfloat_with_epsilon (comparison.change, 2, 1e-12);

  g_assert_true (compare (0, 100, &comparison));
  g_assert_cmpint (comparison.trend, ==, FARE_TREND_DOWN);
  g_assert_cmpfloat_with_epsilon (comparison.change, 1, 1e-12);

  g_assert_false (compare (5, 0, &comparison));
  g_assert_false (compare (0, 0, &comparison));
}

static void
test_costs (void)
{
  FareSums before = { .cost = 10.001, .has_price = TRUE };
  FareSums same = { .cost = 9.996, .has_price = TRUE };
  FareSums idle = { .cost = 0 };
  FareSums unpriced = { .usage = { .input = 5 }, .unpriced_tokens = 5 };
  FareComparison comparison;

  /* Both read $10.00. */
  g_assert_true (fare_comparison_make_cost (&same, &before, &comparison));
  g_assert_cmpint (comparison.trend, ==, FARE_TREND_SAME);

  /* A day without use is cheaper; a day whose cost is unknown is not. */
  g_assert_true (fare_comparison_make_cost (&idle, &before, &comparison));
  g_assert_cmpint (comparison.trend, ==, FARE_TREND_DOWN);
  g_assert_false (fare_comparison_make_cost (&unpriced, &before, &comparison));
  g_assert_false (fare_comparison_make_cost (&same, &unpriced, &comparison));
}

static void
assert_sentence (double      now_amount,
                 double      before_amount,
                 FareRange   range,
                 const char *sentence,
                 const char *text)
{
  g_autoptr(GTimeZone) utc = g_time_zone_new_utc ();
  FareNow now = { at ("2026-11-22T14:32:00Z"), utc };
  FareComparison comparison;
  g_autofree char *words = NULL;
  g_autofree char *with_sign = NULL;

  g_assert_true (compare (now_amount, before_amount, &comparison));
  words = fare_comparison_to_sentence (&comparison, range, &now);
  with_sign = fare_comparison_to_text (&comparison, range, &now);
  g_assert_cmpstr (words, ==, sentence);
  g_assert_cmpstr (with_sign, ==, text);
}

static void
test_sentences (void)
{
  FareRange today = { day (2026, 11, 22), day (2026, 11, 23) };
  FareRange yesterday = { day (2026, 11, 21), day (2026, 11, 22) };
  FareRange week = { day (2026, 11, 16), day (2026, 11, 23) };
  FareRange november = { day (2026, 11, 1), day (2026, 12, 1) };

  assert_sentence (88, 100, today, "12% less than yesterday", "▼ 12% less than yesterday");
  assert_sentence (1001, 1000, today, "<1% more than yesterday", "▲ <1% more than yesterday");
  assert_sentence (7, 7, today, "Same as yesterday", "Same as yesterday");
  assert_sentence (999, 100, today, "899% more than yesterday", "▲ 899% more than yesterday");
  assert_sentence (1000, 100, today, "10 times as much as yesterday",
                   "▲ 10 times as much as yesterday");
  assert_sentence (4608, 100, yesterday, "46 times as much as the day before",
                   "▲ 46 times as much as the day before");
  assert_sentence (140, 100, yesterday, "40% more than the day before",
                   "▲ 40% more than the day before");
  assert_sentence (7, 7, yesterday, "Same as the day before", "Same as the day before");
  assert_sentence (0, 100, week, "100% less than the 7 days before",
                   "▼ 100% less than the 7 days before");
  assert_sentence (7, 7, week, "Same as the 7 days before", "Same as the 7 days before");
  assert_sentence (300, 100, november, "200% more than the 22 days before",
                   "▲ 200% more than the 22 days before");
}

static void
assert_span (FareRange   range,
             const char *text)
{
  g_autoptr(GTimeZone) utc = g_time_zone_new_utc ();
  FareNow now = { at ("2026-11-22T14:32:00Z"), utc };
  g_autofree char *span = fare_previous_span_to_text (range, &now);

  g_assert_cmpstr (span, ==, text);
}

/* A running day is compared with a part of a day, and that is said. */
static void
test_span_texts (void)
{
  assert_span ((FareRange) { day (2026, 11, 22), day (2026, 11, 23) },
               "Compared with yesterday until 14:32");
  assert_span ((FareRange) { day (2026, 11, 16), day (2026, 11, 23) },
               "Compared with 9–15 Nov 2026, on the last day until 14:32");
  assert_span ((FareRange) { day (2026, 11, 1), day (2026, 12, 1) },
               "Compared with 10–31 Oct 2026, on the last day until 14:32");
  assert_span ((FareRange) { day (2026, 11, 21), day (2026, 11, 22) }, NULL);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/accounting/previous-span/complete-days", test_complete_days);
  g_test_add_func ("/accounting/previous-span/cut-at-same-clock", test_cut_at_same_clock);
  g_test_add_func ("/accounting/previous-span/changed-clocks", test_cut_on_changed_clocks);
  g_test_add_func ("/accounting/previous-span/nothing-before", test_nothing_before);
  g_test_add_func ("/accounting/comparison/numbers", test_numbers);
  g_test_add_func ("/accounting/comparison/costs-as-shown", test_costs);
  g_test_add_func ("/accounting/comparison/sentences", test_sentences);
  g_test_add_func ("/accounting/comparison/says-until-when", test_span_texts);

  return g_test_run ();
}
