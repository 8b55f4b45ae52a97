/* test-answers.c
 *
 * Days, bars, savings and repriced use from a real index, against the same use added up
 * one by one, in zones that change their clocks and across prices that change at odd
 * moments.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>
#include <string.h>

#include "accounting/fare-cache-saving.h"
#include "accounting/fare-day-series.h"
#include "accounting/fare-time-bars.h"
#include "accounting/fare-time-group.h"
#include "accounting/fare-what-if.h"
#include "accounting/fare-why.h"
#include "log-home.h"
#include "usage-home.h"

#define MONEY_EPSILON 1e-9
#define N_EVENTS 1500

static const char * const zones[] = {
  "UTC", "Europe/Berlin", "Australia/Lord_Howe", "America/St_Johns", "Africa/Cairo",
  "Asia/Kathmandu",
};

typedef struct
{
  UsageHome       *home;
  FareIndexReader *reader;
  FareEnergyTable *energy;
} Fixture;

static void
fixture_init (Fixture *self)
{
  g_autoptr(GError) error = NULL;

  self->home = usage_home_new (20261122, N_EVENTS);
  self->reader = fare_meter_read (self->home->meter, &error);
  g_assert_no_error (error);
  self->energy = fare_energy_table_load_shipped (fare_meter_get_paths (self->home->meter), &error);
  g_assert_no_error (error);
}

static void
fixture_clear (Fixture *self)
{
  fare_energy_table_free (self->energy);
  fare_index_reader_free (self->reader);
  usage_home_free (self->home);
}

/* What one event costs, and its energy. */
static double
get_cost (Fixture         *self,
          const HomeEvent *event)
{
  FarePrice price = usage_home_price (self->home, event);

  return price.reason == FARE_UNPRICED_NOT ? price.usd : 0;
}

static double
get_joules (Fixture         *self,
            const HomeEvent *event)
{
  return fare_energy_table_get_joules (self->energy, self->home->prices,
                                       usage_home_get_provider (event->model), event->model,
                                       &event->usage);
}

/* By GLib's calendar and nothing of ours. */
static FareDay
get_day (GTimeZone *zone,
         gint64     time_ms)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (time_ms / 1000);
  g_autoptr(GDateTime) local = g_date_time_to_timezone (utc, zone);

  return fare_day_from_ymd (g_date_time_get_year (local), g_date_time_get_month (local),
                            g_date_time_get_day_of_month (local));
}

static void
check_days (Fixture    *self,
            const char *zone_name)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_identifier (zone_name);
  FareQuery query = { .from_ms = G_MININT64, .to_ms = G_MAXINT64, .zone = zone };
  g_autoptr(GError) error = NULL;
  g_autoptr(FareDaySeries) series = fare_day_series_new (self->reader, self->home->prices,
                                                         self->energy, &query, NULL, &error);
  guint n_days = fare_day_series_get_n_days (series);
  FareRange range = fare_day_series_get_range (series);
  g_autofree double *costs = g_new0 (double, n_days);
  g_autofree double *joules = g_new0 (double, n_days);
  g_autofree gint64 *tokens = g_new0 (gint64, n_days);
  g_autofree gint64 *unpriced = g_new0 (gint64, n_days);
  g_autofree guint *messages = g_new0 (guint, n_days);

  g_assert_no_error (error);
  for (guint i = 0; i < self->home->events->len; i++)
    {
      const HomeEvent *event = &g_array_index (self->home->events, HomeEvent, i);
      gint64 place = get_day (zone, event->time_ms) - range.first;

      g_assert_cmpint (place, >=, 0);
      g_assert_cmpint (place, <, n_days);
      costs[place] += get_cost (self, event);
      joules[place] += get_joules (self, event);
      tokens[place] += fare_usage_total (&event->usage);
      messages[place]++;
      if (usage_home_price (self->home, event).reason != FARE_UNPRICED_NOT)
        unpriced[place] += fare_usage_total (&event->usage);
    }

  for (guint i = 0; i < n_days; i++)
    {
      const FareDayTotals *day = fare_day_series_get_day (series, i);

      g_assert_cmpint (day->day, ==, range.first + (FareDay) i);
      g_assert_cmpfloat_with_epsilon (day->sums.cost, costs[i], MONEY_EPSILON);
      g_assert_cmpfloat_with_epsilon (day->energy_j, joules[i], 1e-3);
      g_assert_cmpint (fare_usage_total (&day->sums.usage), ==, tokens[i]);
      g_assert_cmpint (day->sums.messages, ==, messages[i]);
      g_assert_cmpint (day->sums.unpriced_tokens, ==, unpriced[i]);
      g_assert_cmpstr (day->top_client, ==, messages[i] > 0 ? "claude" : NULL);
      g_assert_cmpfloat (fare_day_series_get_values (series, FARE_METRIC_TOKENS).values[i], ==,
                         (double) tokens[i]);
    }
}

static void
test_days_in_every_zone (void)
{
  Fixture fixture;

  fixture_init (&fixture);
  for (guint i = 0; i < G_N_ELEMENTS (zones); i++)
    {
      g_test_message ("%s", zones[i]);
      check_days (&fixture, zones[i]);
    }
  fixture_clear (&fixture);
}

static void
test_days_without_use_have_their_place (void)
{
  Fixture fixture;
  g_autoptr(GTimeZone) zone = g_time_zone_new_identifier ("Europe/Berlin");
  FareRange range = { fare_day_from_ymd (2027, 3, 1), fare_day_from_ymd (2027, 4, 1) };
  FareQuery query = { .zone = zone };
  g_autoptr(FareDaySeries) series = NULL;
  g_autoptr(GError) error = NULL;

  fixture_init (&fixture);
  fare_range_to_span (range, zone, &query.from_ms, &query.to_ms);
  series = fare_day_series_new (fixture.reader, fixture.home->prices, NULL, &query, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (fare_day_series_get_n_days (series), ==, 31);
  g_assert_cmpfloat (fare_day_series_get_values (series, FARE_METRIC_COST).values[30], ==, 0);
  g_assert_nonnull (fare_day_series_find (series, range.first));
  g_assert_null (fare_day_series_find (series, range.end));
  fixture_clear (&fixture);
}

static void
check_bars (Fixture      *self,
            const char   *zone_name,
            FareRange     range,
            FareGroup     group)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_identifier (zone_name);
  FareNow now = { log_home_get_time ("2026-11-22T12:00:00Z"), zone };
  FareQuery query = { .zone = zone };
  g_autoptr(FareTimeBars) bars = NULL;
  g_autoptr(FareSummary) summary = NULL;
  g_autoptr(GError) error = NULL;
  double sums[FARE_METRIC_MESSAGES + 1] = { 0 };
  guint row = 0;

  fare_range_to_span (range, zone, &query.from_ms, &query.to_ms);
  bars = fare_time_bars_new (self->reader, self->home->prices, &query, range, &now, NULL, &error);
  g_assert_no_error (error);
  summary = fare_summary_new (self->reader, self->home->prices, &query, group, &error);
  g_assert_no_error (error);
  g_assert_cmpint (fare_time_bars_get_group (bars), ==, group);

  for (guint i = 0; i < fare_time_bars_get_n_bars (bars); i++)
    {
      const FareTimeBar *bar = fare_time_bars_get_bar (bars, i);

      if (i > 0)
        g_assert_cmpint (bar->start_ms, ==, fare_time_bars_get_bar (bars, i - 1)->end_ms);
      for (FareMetric metric = 0; metric < G_N_ELEMENTS (sums); metric++)
        sums[metric] += fare_time_bars_get_height (bars, metric, i);
      if (bar->sums.messages == 0)
        continue;

      /* The summary has rows with use alone, in the order of time. */
      g_assert_cmpuint (row, <, fare_summary_get_n_rows (summary));
      g_assert_cmpint (fare_summary_get_row (summary, row)->sums.messages, ==, bar->sums.messages);
      g_assert_cmpint (fare_summary_get_row (summary, row)->sums.sessions, ==, bar->sums.sessions);
      g_assert_cmpint (fare_summary_get_row (summary, row)->sums.unpriced_tokens, ==,
                       bar->sums.unpriced_tokens);
      g_assert_cmpfloat_with_epsilon (fare_summary_get_row (summary, row)->sums.cost,
                                      bar->sums.cost, MONEY_EPSILON);
      row++;
    }

  g_assert_cmpuint (row, ==, fare_summary_get_n_rows (summary));
  g_assert_cmpfloat_with_epsilon (sums[FARE_METRIC_COST], fare_summary_get_total (summary)->cost,
                                  1e-6);
  g_assert_cmpfloat (sums[FARE_METRIC_MESSAGES], ==,
                     (double) fare_summary_get_total (summary)->messages);
}

static void
test_bars_of_every_width (void)
{
  Fixture fixture;
  FareDay may = fare_day_from_ymd (2026, 5, 5);
  FareDay october = fare_day_from_ymd (2026, 10, 25);

  fixture_init (&fixture);
  for (guint i = 0; i < G_N_ELEMENTS (zones); i++)
    {
      g_test_message ("%s", zones[i]);
      check_bars (&fixture, zones[i], (FareRange) { may, may + 1 }, FARE_GROUP_HOUR);
      check_bars (&fixture, zones[i], (FareRange) { october, october + 1 }, FARE_GROUP_HOUR);
      check_bars (&fixture, zones[i], (FareRange) { october - 31, october + 31 }, FARE_GROUP_DAY);
      check_bars (&fixture, zones[i], (FareRange) { october - 200, october + 30 },
                  FARE_GROUP_WEEK);
      check_bars (&fixture, zones[i], (FareRange) { october - 700, october + 60 },
                  FARE_GROUP_MONTH);
      check_bars (&fixture, zones[i], (FareRange) { FARE_DAY_MIN, FARE_DAY_MAX },
                  FARE_GROUP_MONTH);
    }
  fixture_clear (&fixture);
}

static void
test_the_day_of_changed_clocks_has_its_hours (void)
{
  static const struct
  {
    int month, day;
    guint n_hours;
  } days[] = { { 3, 29, 23 }, { 10, 25, 25 }, { 11, 22, 24 } };
  Fixture fixture;
  g_autoptr(GTimeZone) zone = g_time_zone_new_identifier ("Europe/Berlin");
  FareNow now = { log_home_get_time ("2026-11-22T12:34:00Z"), zone };

  fixture_init (&fixture);
  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      FareDay day = fare_day_from_ymd (2026, days[i].month, days[i].day);
      FareRange range = { day, day + 1 };
      FareQuery query = { .zone = zone };
      g_autoptr(FareTimeBars) bars = NULL;
      g_autoptr(GError) error = NULL;

      fare_range_to_span (range, zone, &query.from_ms, &query.to_ms);
      bars = fare_time_bars_new (fixture.reader, fixture.home->prices, &query, range, &now, NULL,
                                 &error);
      g_assert_no_error (error);
      g_assert_cmpuint (fare_time_bars_get_n_bars (bars), ==, days[i].n_hours);
      if (i < 2)
        continue;

      /* 13:34 in Berlin */
      g_assert_false (fare_time_bars_get_bar (bars, 12)->is_incomplete);
      g_assert_true (fare_time_bars_get_bar (bars, 13)->is_incomplete);
      g_assert_false (fare_time_bars_get_bar (bars, 13)->is_future);
      g_assert_true (fare_time_bars_get_bar (bars, 14)->is_future);
      g_assert_cmpstr (fare_time_bars_get_bar (bars, 13)->title, ==, "13:00");
    }
  fixture_clear (&fixture);
}

static void
test_widths (void)
{
  g_assert_cmpint (fare_time_bars_choose_group (1), ==, FARE_GROUP_HOUR);
  g_assert_cmpint (fare_time_bars_choose_group (2), ==, FARE_GROUP_DAY);
  g_assert_cmpint (fare_time_bars_choose_group (62), ==, FARE_GROUP_DAY);
  g_assert_cmpint (fare_time_bars_choose_group (63), ==, FARE_GROUP_WEEK);
  g_assert_cmpint (fare_time_bars_choose_group (366), ==, FARE_GROUP_WEEK);
  g_assert_cmpint (fare_time_bars_choose_group (367), ==, FARE_GROUP_MONTH);
}

static double
get_table_cost (Fixture         *self,
                const HomeEvent *event,
                const FareUsage *usage)
{
  FarePriceMatch match = fare_price_book_match (self->home->prices,
                                                usage_home_get_provider (event->model),
                                                event->model);
  FarePrice price = fare_price_book_cost (self->home->prices, &match,
                                          event->is_fast ? FARE_MODE_FAST : FARE_MODE_NONE,
                                          fare_usage_prompt (&event->usage), event->time_ms, usage);

  return price.reason == FARE_UNPRICED_NOT ? price.usd : NAN;
}

static void
test_savings_of_every_request (void)
{
  Fixture fixture;
  FareQuery query = { .from_ms = G_MININT64, .to_ms = G_MAXINT64 };
  g_autoptr(FareCacheSavings) savings = NULL;
  g_autoptr(GError) error = NULL;
  const FareCacheSaving *total;
  double expected = 0;
  gint64 unpriced = 0, cached = 0;

  fixture_init (&fixture);
  savings = fare_cache_savings_new (fixture.reader, fixture.home->prices, &query, NULL, &error);
  g_assert_no_error (error);

  for (guint i = 0; i < fixture.home->events->len; i++)
    {
      const HomeEvent *event = &g_array_index (fixture.home->events, HomeEvent, i);
      gint64 tokens = fare_usage_prompt (&event->usage) - event->usage.input;
      FareUsage without = { .input = fare_usage_prompt (&event->usage),
                            .output = event->usage.output };
      double saved = get_table_cost (&fixture, event, &without) -
                     get_table_cost (&fixture, event, &event->usage);

      if (isnan (saved))
        unpriced += tokens;
      else
        cached += tokens, expected += saved;
    }

  total = fare_cache_savings_get_total (savings);
  g_assert_cmpfloat_with_epsilon (total->saved, expected, 1e-6);
  g_assert_cmpint (total->unpriced_tokens, ==, unpriced);
  g_assert_cmpint (total->cache_read + total->cache_write, ==, cached);
  g_assert_true (total->has_price);
  fixture_clear (&fixture);
}

static void
add_turn (LogHome    *home,
          const char *model,
          FareUsage   usage)
{
  LogTurn turn = {
    .file = "s.jsonl", .session = "s", .time = "2026-03-02T10:00:00Z", .model = model,
    .usage = usage,
  };

  log_home_add_turn (home, &turn);
}

static void
assert_saving (FareUsage   usage,
               const char *model,
               double      saved,
               const char *text,
               const char *sentence)
{
  g_autoptr(LogHome) home = log_home_new ();
  FareQuery query = { .from_ms = G_MININT64, .to_ms = G_MAXINT64 };
  g_autoptr(FareCacheSavings) savings = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *actual_text = NULL;
  g_autofree char *actual_sentence = NULL;
  const FareCacheSaving *total;

  add_turn (home, model, usage);
  log_home_scan (home);
  savings = fare_cache_savings_new (home->reader, home->prices, &query, NULL, &error);
  g_assert_no_error (error);
  total = fare_cache_savings_get_total (savings);
  actual_text = fare_cache_saving_to_text (total);
  actual_sentence = fare_cache_saving_to_sentence (total);
  g_assert_cmpfloat_with_epsilon (total->saved, saved, MONEY_EPSILON);
  g_assert_cmpstr (actual_text, ==, text);
  g_assert_cmpstr (actual_sentence, ==, sentence);
}

/* Opus 4.8, per million: input $5, cache read $0.50, writes $6.25 and $10. */
static void
test_savings_by_hand (void)
{
  assert_saving ((FareUsage) { .cache_read = 1000000, .cache_write_5m = 100000,
                               .cache_write_1h = 100000, .output = 1 },
                 "claude-opus-4-8", 4.5 - 0.125 - 0.5, "$3.88", NULL);
  assert_saving ((FareUsage) { .cache_write_1h = 220000, .output = 1 }, "claude-opus-4-8", -1.1,
                 "-$1.10", "costs $1.10 more than no cache");
  assert_saving ((FareUsage) { .cache_read = 3100000, .output = 1 }, "unheard-of", 0, "no price",
                 NULL);
}

static void
test_what_if_of_every_request (void)
{
  Fixture fixture;
  FareQuery query = { .from_ms = G_MININT64, .to_ms = G_MAXINT64 };
  const char *models[] = { "gpt-5.4", "odd-launch", "deepseek-chat", "claude-opus-4-8" };
  const gboolean has_fast[] = { TRUE, FALSE, FALSE, TRUE };
  g_autoptr(GError) error = NULL;

  fixture_init (&fixture);
  for (guint m = 0; m < G_N_ELEMENTS (models); m++)
    {
      g_autoptr(FareWhatIf) answer = fare_what_if_new (fixture.reader, fixture.home->prices, &query,
                                                       models[m], NULL, &error);
      const FareWhatIfSums *total;
      double now = 0, then = 0, difference = 0;
      gint64 left_out = 0;

      g_assert_no_error (error);
      for (guint i = 0; i < fixture.home->events->len; i++)
        {
          HomeEvent other = g_array_index (fixture.home->events, HomeEvent, i);
          FarePrice before = usage_home_price (fixture.home, &other);
          FarePrice after;

          /* The only mode of these logs, which not all of these models have. */
          other.is_fast = other.is_fast && has_fast[m];
          other.model = models[m];
          other.reported = -1;
          after = usage_home_price (fixture.home, &other);
          now += before.usd;
          then += after.usd;
          if (before.reason == FARE_UNPRICED_NOT && after.reason == FARE_UNPRICED_NOT)
            difference += after.usd - before.usd;
          else
            left_out += fare_usage_total (&other.usage);
        }

      total = fare_what_if_get_total (answer);
      g_test_message ("%s", models[m]);
      g_assert_cmpfloat_with_epsilon (total->now.cost, now, 1e-6);
      g_assert_cmpfloat_with_epsilon (total->then.cost, then, 1e-6);
      g_assert_cmpfloat_with_epsilon (fare_what_if_sums_get_difference (total), difference, 1e-6);
      g_assert_cmpint (total->left_out_tokens, ==, left_out);
      g_assert_cmpint (total->now.sessions, ==, N_HOME_SESSIONS);
    }
  fixture_clear (&fixture);
}

static void
test_what_if_wants_a_price (void)
{
  Fixture fixture;
  FareQuery query = { .from_ms = G_MININT64, .to_ms = G_MAXINT64 };
  g_autoptr(FareWhatIf) answer = NULL;
  g_autoptr(GError) error = NULL;

  fixture_init (&fixture);
  answer = fare_what_if_new (fixture.reader, fixture.home->prices, &query, "unheard-of", NULL,
                             &error);
  g_assert_null (answer);
  g_assert_error (error, FARE_PRICE_ERROR, FARE_PRICE_ERROR_VALUE);
  fixture_clear (&fixture);
}

static void
test_why_of_one_session (void)
{
  Fixture fixture;
  char *sessions[] = { (char *) usage_home_sessions[2].id, NULL };
  FareQuery query = { .from_ms = G_MININT64, .to_ms = G_MAXINT64, .sessions = sessions };
  const char * const failures[] = { "claude\t/gone.jsonl\tno luck", "codex\t/x\ty", NULL };
  char *clients[] = { (char *) "claude", NULL };
  g_autoptr(FareWhy) why = NULL;
  g_autoptr(GError) error = NULL;
  guint n = 0;

  fixture_init (&fixture);
  for (guint i = 0; i < fixture.home->events->len; i++)
    n += g_array_index (fixture.home->events, HomeEvent, i).session == 2;

  query.clients = clients;
  why = fare_why_new (fixture.reader, fixture.home->prices, &query, failures, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (why->events, ==, n);
  g_assert_cmpint (why->files_read, ==, N_HOME_SESSIONS);
  g_assert_cmpint (why->lines, ==, N_EVENTS);
  g_assert_cmpuint (why->used_files->len, ==, 1);
  g_assert_true (g_str_has_suffix (why->used_files->pdata[0], "000000000003.jsonl"));
  g_assert_cmpuint (why->unreadable->len, ==, 1);
  g_assert_cmpint (fare_summary_get_total (why->models)->messages, ==, n);
  g_assert_nonnull (why->prices_updated);
  g_clear_pointer (&why, fare_why_free);
  fixture_clear (&fixture);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/answers/days-in-every-zone", test_days_in_every_zone);
  g_test_add_func ("/answers/days-without-use-have-their-place",
                   test_days_without_use_have_their_place);
  g_test_add_func ("/answers/bars-of-every-width", test_bars_of_every_width);
  g_test_add_func ("/answers/day-of-changed-clocks-has-its-hours",
                   test_the_day_of_changed_clocks_has_its_hours);
  g_test_add_func ("/answers/widths", test_widths);
  g_test_add_func ("/answers/savings-of-every-request", test_savings_of_every_request);
  g_test_add_func ("/answers/savings-by-hand", test_savings_by_hand);
  g_test_add_func ("/answers/what-if-of-every-request", test_what_if_of_every_request);
  g_test_add_func ("/answers/what-if-wants-a-price", test_what_if_wants_a_price);
  g_test_add_func ("/answers/why-of-one-session", test_why_of_one_session);

  return g_test_run ();
}
