/* test-all-clients.c
 *
 * The homes of all clients in one: which of them have a colour of their own in a chart,
 * and that the prompts of every session add up to what it cost.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "accounting/fare-day-series.h"
#include "accounting/fare-prompts.h"
#include "accounting/fare-time-bars.h"
#include "log-home.h"

static const FareQuery everything = { .from_ms = G_MININT64, .to_ms = G_MAXINT64 };

static LogHome *
open_all (void)
{
  g_autofree char *data = g_test_build_filename (G_TEST_DIST, "data", NULL);
  g_autoptr(GDir) dir = NULL;
  g_autoptr(GError) error = NULL;
  LogHome *home = log_home_new ();
  const char *client;

  dir = g_dir_open (data, 0, &error);
  g_assert_no_error (error);
  while ((client = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *source = g_build_filename (data, client, "home", ".", NULL);
      const char *arguments[] = { "cp", "-r", source, home->folder, NULL };
      int status;

      if (!g_file_test (source, G_FILE_TEST_IS_DIR))
        continue;
      g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL,
                    &status, &error);
      g_assert_no_error (error);
      g_assert_cmpint (status, ==, 0);
    }
  log_home_scan (home);

  return home;
}

static const FareSums *
find_client (FareSummary *clients,
             const char  *client)
{
  for (guint i = 0; i < fare_summary_get_n_rows (clients); i++)
    if (g_str_equal (fare_summary_get_row (clients, i)->key, client))
      return &fare_summary_get_row (clients, i)->sums;

  g_assert_not_reached ();
}

static double
get_value (const FareSums *sums,
           FareMetric      metric)
{
  return metric == FARE_METRIC_COST     ? sums->cost
         : metric == FARE_METRIC_TOKENS ? (double) fare_usage_total (&sums->usage)
                                        : (double) sums->messages;
}

static void
check_series (FareTimeBars *bars,
              FareSummary  *clients,
              FareMetric    metric)
{
  guint n_series;
  const FareBarSeries *series = fare_time_bars_get_series (bars, metric, &n_series);
  double rest = get_value (fare_summary_get_total (clients), metric);

  g_assert_cmpuint (n_series, ==, FARE_TIME_BARS_N_CLIENTS + 1);
  for (guint i = 0; i < FARE_TIME_BARS_N_CLIENTS; i++)
    {
      double value = get_value (find_client (clients, series[i].client), metric);

      g_assert_cmpfloat_with_epsilon (series[i].total, value, 1e-9);
      if (i > 0)
        g_assert_cmpfloat (series[i].total, <=, series[i - 1].total);
      rest -= value;
    }
  g_assert_null (series[FARE_TIME_BARS_N_CLIENTS].client);
  g_assert_cmpfloat_with_epsilon (series[FARE_TIME_BARS_N_CLIENTS].total, rest, 1e-6);

  for (guint i = 0; i < fare_time_bars_get_n_bars (bars); i++)
    {
      double height = 0;

      for (guint j = 0; j < n_series; j++)
        height += fare_time_bars_get_value (bars, metric, i, j);
      g_assert_cmpfloat_with_epsilon (height, fare_time_bars_get_height (bars, metric, i), 1e-9);
    }
}

static void
test_six_clients_and_the_others (void)
{
  g_autoptr(LogHome) home = open_all ();
  g_autoptr(GTimeZone) zone = g_time_zone_new_utc ();
  FareNow now = { log_home_get_time ("2026-11-22T12:00:00Z"), zone };
  FareQuery query = everything;
  g_autoptr(FareTimeBars) bars = NULL;
  g_autoptr(FareSummary) clients = NULL;
  g_autoptr(GError) error = NULL;

  query.zone = zone;
  bars = fare_time_bars_new (home->reader, home->prices, &query,
                             (FareRange) { FARE_DAY_MIN, FARE_DAY_MAX }, &now, NULL, &error);
  g_assert_no_error (error);
  clients = fare_summary_new (home->reader, home->prices, &query, FARE_GROUP_CLIENT, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (fare_summary_get_n_rows (clients), >, 12);

  check_series (bars, clients, FARE_METRIC_COST);
  check_series (bars, clients, FARE_METRIC_TOKENS);
  check_series (bars, clients, FARE_METRIC_MESSAGES);
}

static void
test_top_client_of_each_day (void)
{
  g_autoptr(LogHome) home = open_all ();
  g_autoptr(GTimeZone) zone = g_time_zone_new_utc ();
  FareQuery query = everything;
  g_autoptr(FareDaySeries) series = NULL;
  g_autoptr(GError) error = NULL;
  guint n_active = 0;

  query.zone = zone;
  series = fare_day_series_new (home->reader, home->prices, NULL, &query, NULL, &error);
  g_assert_no_error (error);

  for (guint i = 0; i < fare_day_series_get_n_days (series); i++)
    {
      const FareDayTotals *day = fare_day_series_get_day (series, i);
      g_autoptr(FareSummary) clients = NULL;
      double top = 0;

      if (day->sums.messages == 0)
        {
          g_assert_null (day->top_client);
          continue;
        }
      query.from_ms = fare_day_start (zone, day->day);
      query.to_ms = fare_day_start (zone, day->day + 1);
      clients = fare_summary_new (home->reader, home->prices, &query, FARE_GROUP_CLIENT, &error);
      g_assert_no_error (error);
      for (guint j = 0; j < fare_summary_get_n_rows (clients); j++)
        top = MAX (top, fare_summary_get_row (clients, j)->sums.cost);
      g_assert_cmpfloat_with_epsilon (find_client (clients, day->top_client)->cost, top, 1e-12);
      g_assert_cmpint (day->sums.sessions, ==, fare_summary_get_total (clients)->sessions);
      n_active++;
    }
  g_assert_cmpuint (n_active, >, 20);
}

static void
test_prompts_add_up_to_their_session (void)
{
  g_autoptr(LogHome) home = open_all ();
  g_autoptr(FareSummary) sessions = NULL;
  g_autoptr(GError) error = NULL;
  guint n_read = 0, n_with_text = 0;

  sessions = fare_summary_new (home->reader, home->prices, &everything, FARE_GROUP_SESSION, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (fare_summary_get_n_rows (sessions), >, 50);

  for (guint i = 0; i < fare_summary_get_n_rows (sessions); i++)
    {
      const FareSummaryRow *row = fare_summary_get_row (sessions, i);
      g_autoptr(FarePrompts) prompts = fare_prompts_new (home->reader, home->prices, row->session,
                                                         NULL, &error);
      guint n_groups = fare_prompts_get_n_groups (prompts);
      const FareSums *running;
      gint64 messages = 0;

      g_assert_no_error (error);
      g_test_message ("%s %s", row->session->client, row->key);
      g_assert_cmpuint (n_groups, >, 0);
      running = &fare_prompts_get_group (prompts, n_groups - 1)->running;
      g_assert_cmpfloat_with_epsilon (running->cost, row->sums.cost, 1e-9);
      g_assert_cmpint (running->unpriced_tokens, ==, row->sums.unpriced_tokens);
      for (guint j = 0; j < n_groups; j++)
        {
          const FarePromptGroup *group = fare_prompts_get_group (prompts, j);

          messages += group->sums.messages;
          n_with_text += group->text != NULL;
          if (j > 0)
            g_assert_cmpint (group->time_ms, >=,
                             fare_prompts_get_group (prompts, j - 1)->time_ms);
        }
      g_assert_cmpint (messages, ==, row->sums.messages);
      n_read += fare_prompts_get_basis (prompts) == FARE_PROMPTS_READ;
    }
  g_assert_cmpuint (n_read, >, 20);
  g_assert_cmpuint (n_with_text, >, 20);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/all-clients/six-and-the-others", test_six_clients_and_the_others);
  g_test_add_func ("/all-clients/top-client-of-each-day", test_top_client_of_each_day);
  g_test_add_func ("/all-clients/prompts-add-up-to-their-session",
                   test_prompts_add_up_to_their_session);

  return g_test_run ();
}
