/* test-budget.c
 *
 * When a budget speaks: once per threshold and period, live, and never again for what
 * was said before a restart or a change of the clock.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "accounting/fare-budget.h"

#define WARN 80

typedef struct
{
  FareMarks *memory;
  GTimeZone        *zone;
} Watch;

static void
watch_begin (Watch *self)
{
  self->memory = fare_budget_memory_new (NULL);
  self->zone = g_time_zone_new_utc ();
}

static void
watch_end (Watch *self)
{
  fare_marks_free (self->memory);
  g_time_zone_unref (self->zone);
}

/* As a new process does. */
static void
restart (Watch *self)
{
  g_autofree char *text = fare_marks_to_text (self->memory);

  fare_marks_free (self->memory);
  self->memory = fare_budget_memory_new (text);
}

static guint
look (Watch    *self,
      FareDay   day,
      double    spent,
      double    limit,
      gboolean  is_live)
{
  FareNow now = { (gint64) day * 86400000 + 43200000, self->zone };
  FareSums sums = { .cost = spent, .has_price = TRUE };
  FareBudget budget;

  g_assert_true (fare_budget_init (&budget, FARE_BUDGET_DAY, &now, limit, &sums));
  g_assert_cmpint (budget.range.first, ==, day);

  return fare_budget_memory_look (self->memory, &budget, WARN, is_live);
}

static void
test_each_threshold_is_told_once (void)
{
  Watch watch;

  watch_begin (&watch);
  g_assert_cmpuint (look (&watch, 100, 1, 10, FALSE), ==, 0);
  g_assert_cmpuint (look (&watch, 100, 7.99, 10, TRUE), ==, 0);
  g_assert_cmpuint (look (&watch, 100, 8, 10, TRUE), ==, 80);
  g_assert_cmpuint (look (&watch, 100, 9, 10, TRUE), ==, 0);
  g_assert_cmpuint (look (&watch, 100, 10, 10, TRUE), ==, 100);
  g_assert_cmpuint (look (&watch, 100, 50, 10, TRUE), ==, 0);

  /* An edited price takes it below and above again. */
  g_assert_cmpuint (look (&watch, 100, 5, 10, FALSE), ==, 0);
  g_assert_cmpuint (look (&watch, 100, 11, 10, TRUE), ==, 0);
  watch_end (&watch);
}

static void
test_both_at_once_are_one_warning (void)
{
  Watch watch;

  watch_begin (&watch);
  g_assert_cmpuint (look (&watch, 100, 0, 10, FALSE), ==, 0);
  g_assert_cmpuint (look (&watch, 100, 12, 10, TRUE), ==, 100);
  g_assert_cmpuint (look (&watch, 100, 12, 10, TRUE), ==, 0);
  watch_end (&watch);
}

static void
test_next_day_begins_anew (void)
{
  Watch watch;

  watch_begin (&watch);
  g_assert_cmpuint (look (&watch, 100, 9, 10, TRUE), ==, 80);
  g_assert_cmpuint (look (&watch, 101, 0.5, 10, TRUE), ==, 0);
  g_assert_cmpuint (look (&watch, 101, 9, 10, TRUE), ==, 80);
  watch_end (&watch);
}

static void
test_restart_repeats_nothing (void)
{
  Watch watch;

  watch_begin (&watch);
  g_assert_cmpuint (look (&watch, 100, 9, 10, TRUE), ==, 80);
  restart (&watch);
  g_assert_cmpuint (look (&watch, 100, 9.5, 10, FALSE), ==, 0);
  g_assert_cmpuint (look (&watch, 100, 9.6, 10, TRUE), ==, 0);
  g_assert_cmpuint (look (&watch, 100, 10, 10, TRUE), ==, 100);
  restart (&watch);
  g_assert_cmpuint (look (&watch, 100, 11, 10, TRUE), ==, 0);
  watch_end (&watch);
}

static void
test_clock_changes_repeat_nothing (void)
{
  Watch watch;

  watch_begin (&watch);
  g_assert_cmpuint (look (&watch, 100, 9, 10, TRUE), ==, 80);
  g_assert_cmpuint (look (&watch, 230, 0, 10, TRUE), ==, 0);
  g_assert_cmpuint (look (&watch, 100, 9, 10, TRUE), ==, 0);
  g_assert_cmpuint (look (&watch, 99, 9, 10, FALSE), ==, 0);
  g_assert_cmpuint (look (&watch, 100, 9, 10, TRUE), ==, 0);
  watch_end (&watch);
}

static void
test_history_is_silent (void)
{
  Watch watch;

  watch_begin (&watch);
  g_assert_cmpuint (look (&watch, 100, 9, 10, FALSE), ==, 0);
  g_assert_cmpuint (look (&watch, 100, 9.5, 10, TRUE), ==, 0);
  g_assert_cmpuint (look (&watch, 100, 10.5, 10, TRUE), ==, 100);
  watch_end (&watch);
}

static void
test_another_limit_is_another_budget (void)
{
  Watch watch;

  watch_begin (&watch);
  g_assert_cmpuint (look (&watch, 100, 10, 10, TRUE), ==, 100);
  g_assert_cmpuint (look (&watch, 100, 10, 20, TRUE), ==, 0);
  g_assert_cmpuint (look (&watch, 100, 16, 20, TRUE), ==, 80);
  watch_end (&watch);
}

static void
test_memory_stays_small_and_outlives_damage (void)
{
  Watch watch;
  g_autofree char *text = NULL;
  g_autofree char *read_again = NULL;
  g_autoptr(FareMarks) damaged = NULL;

  watch_begin (&watch);
  for (FareDay day = 0; day < 1000; day++)
    look (&watch, day, 9, 10, TRUE);
  text = fare_marks_to_text (watch.memory);
  g_assert_cmpuint (strlen (text), <, 2000);
  watch_end (&watch);

  damaged = fare_budget_memory_new ("day 100 100000 80\nday x 1 80\nfortnight 1 1 80\n\nday 1 2\n"
                                    "week -3 500 900\nmonth 7 250000 100");
  read_again = fare_marks_to_text (damaged);
  g_assert_cmpstr (read_again, ==, "day 100 100000 80\nmonth 7 250000 100\n");
}

static void
test_state (void)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr(GDateTime) moment = g_date_time_new_from_iso8601 ("2026-11-22T12:00:00Z", NULL);
  FareNow now = { g_date_time_to_unix (moment) * 1000, zone };
  FareSums sums = { .cost = 67.4, .has_price = TRUE, .unpriced_tokens = 1200000 };
  FareBudget budget;
  g_autofree char *text = NULL;
  g_autofree char *title = NULL;
  g_autofree char *body = NULL;

  g_assert_false (fare_budget_init (&budget, FARE_BUDGET_MONTH, &now, 0, &sums));
  g_assert_false (fare_budget_init (&budget, FARE_BUDGET_MONTH, &now, -5, &sums));
  g_assert_true (fare_budget_init (&budget, FARE_BUDGET_MONTH, &now, 100, &sums));
  g_assert_cmpint (budget.range.first, ==, fare_day_from_ymd (2026, 11, 1));
  g_assert_cmpint (budget.range.end, ==, fare_day_from_ymd (2026, 12, 1));
  g_assert_cmpint (budget.unpriced_tokens, ==, 1200000);
  g_assert_false (budget.is_over);

  text = fare_budget_to_text (&budget);
  g_assert_cmpstr (text, ==, "67% of $100");
  title = fare_budget_warning_to_title (&budget, 80);
  g_assert_cmpstr (title, ==, "80% of this month’s budget used");
  body = fare_budget_warning_to_body (&budget, "claude", 50);
  g_assert_cmpstr (body, ==, "$67.40 of $100. Mostly Claude Code ($50.00). "
                             "Not in it: 1.2M tokens without price.");
}

static void
test_full_only_when_reached (void)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_utc ();
  FareNow now = { 0, zone };
  FareSums sums = { .cost = 99.999, .has_price = TRUE };
  FareBudget budget;
  g_autofree char *nearly = NULL;
  g_autofree char *full = NULL;

  g_assert_true (fare_budget_init (&budget, FARE_BUDGET_DAY, &now, 100, &sums));
  nearly = fare_budget_to_text (&budget);
  g_assert_cmpstr (nearly, ==, "99% of $100");

  sums.cost = 100;
  g_assert_true (fare_budget_init (&budget, FARE_BUDGET_DAY, &now, 100, &sums));
  full = fare_budget_to_text (&budget);
  g_assert_cmpstr (full, ==, "100% of $100");
  g_assert_true (budget.is_over);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/budget/each-threshold-is-told-once", test_each_threshold_is_told_once);
  g_test_add_func ("/budget/both-at-once-are-one-warning", test_both_at_once_are_one_warning);
  g_test_add_func ("/budget/next-day-begins-anew", test_next_day_begins_anew);
  g_test_add_func ("/budget/restart-repeats-nothing", test_restart_repeats_nothing);
  g_test_add_func ("/budget/clock-changes-repeat-nothing", test_clock_changes_repeat_nothing);
  g_test_add_func ("/budget/history-is-silent", test_history_is_silent);
  g_test_add_func ("/budget/another-limit-is-another-budget",
                   test_another_limit_is_another_budget);
  g_test_add_func ("/budget/memory-stays-small-and-outlives-damage",
                   test_memory_stays_small_and_outlives_damage);
  g_test_add_func ("/budget/state", test_state);
  g_test_add_func ("/budget/full-only-when-reached", test_full_only_when_reached);

  return g_test_run ();
}
