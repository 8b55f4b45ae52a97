/* test-multi.c
 *
 * Several splits at once give what each gives alone, for any span, zone and filter.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "fare-meter.h"
#include "usage-home.h"

static const FareGroup groups[] = {
  FARE_GROUP_NONE, FARE_GROUP_CLIENT, FARE_GROUP_MODEL, FARE_GROUP_PROJECT, FARE_GROUP_BRANCH,
  FARE_GROUP_CLIENT_MODEL, FARE_GROUP_SESSION, FARE_GROUP_HOUR, FARE_GROUP_DAY, FARE_GROUP_WEEK,
  FARE_GROUP_MONTH,
};

/* In the last one no day begins on a quarter hour of UTC before 1972. */
static const char * const zones[] = {
  "UTC", "Europe/Berlin", "Asia/Kathmandu", "Australia/Lord_Howe", "America/St_Johns",
  "Africa/Monrovia",
};

static void
assert_sums (const FareSums *actual,
             const FareSums *expected)
{
  double limit = 1e-9 * MAX (1.0, ABS (expected->cost));

  g_assert_cmpmem (&actual->usage, sizeof actual->usage, &expected->usage, sizeof expected->usage);
  g_assert_cmpint (actual->messages, ==, expected->messages);
  g_assert_cmpint (actual->sessions, ==, expected->sessions);
  g_assert_cmpint (actual->web_searches, ==, expected->web_searches);
  g_assert_cmpint (actual->unpriced_tokens, ==, expected->unpriced_tokens);
  g_assert_cmpint (actual->has_price, ==, expected->has_price);
  g_assert_cmpint (actual->is_estimate, ==, expected->is_estimate);
  g_assert_cmpfloat_with_epsilon (actual->cost, expected->cost, limit);
}

static const FareSummaryRow *
find_row (FareSummary          *summary,
          const FareSummaryRow *wanted)
{
  for (guint i = 0; i < fare_summary_get_n_rows (summary); i++)
    {
      const FareSummaryRow *row = fare_summary_get_row (summary, i);

      if (g_str_equal (row->key, wanted->key)
          && g_strcmp0 (row->provider, wanted->provider) == 0
          && g_strcmp0 (row->client, wanted->client) == 0
          && g_strcmp0 (row->project, wanted->project) == 0
          && row->start_ms == wanted->start_ms && row->session == wanted->session)
        return row;
    }

  return NULL;
}

static void
check_query (FareIndexReader *reader,
             FarePriceBook   *prices,
             const FareQuery *query)
{
  FareSummary *together[G_N_ELEMENTS (groups)];
  g_autoptr(GError) error = NULL;

  g_assert_true (fare_summary_new_multi (reader, prices, query, groups, G_N_ELEMENTS (groups),
                                         together, &error));
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    {
      g_autoptr(FareSummary) alone = fare_summary_new (reader, prices, query, groups[i], &error);
      guint n = fare_summary_get_n_rows (alone);

      g_assert_no_error (error);
      assert_sums (fare_summary_get_total (together[i]), fare_summary_get_total (alone));
      g_assert_cmpuint (fare_summary_get_n_rows (together[i]), ==, n);
      for (guint j = 0; j < n; j++)
        {
          const FareSummaryRow *expected = fare_summary_get_row (alone, j);
          const FareSummaryRow *actual = find_row (together[i], expected);

          g_assert_nonnull (actual);
          g_assert_cmpstr (actual->title, ==, expected->title);
          g_assert_cmpint (actual->reason == FARE_UNPRICED_NOT, ==,
                           expected->reason == FARE_UNPRICED_NOT);
          assert_sums (&actual->sums, &expected->sums);
        }
    }
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    fare_summary_free (together[i]);
}

static void
test_alike (void)
{
  g_autoptr(UsageHome) home = usage_home_new (31, 600);
  g_autoptr(GRand) random = g_rand_new_with_seed (32);
  g_autoptr(FarePriceBook) edited = usage_home_load_edited_prices (home);
  g_autoptr(GError) error = NULL;
  g_autoptr(FareIndexReader) reader = fare_meter_read (home->meter, &error);
  char *clients[] = { (char *) "claude", NULL };
  char *projects[] = { (char *) usage_home_sessions[1].project, NULL };
  char *sessions[] = { (char *) usage_home_sessions[0].id, (char *) "nobody", NULL };

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (zones) * 6; i++)
    {
      g_autoptr(GTimeZone) zone = g_time_zone_new_identifier (zones[i % G_N_ELEMENTS (zones)]);
      guint first = (guint) g_rand_int_range (random, 0, (gint32) home->events->len);
      guint second = (guint) g_rand_int_range (random, 0, (gint32) home->events->len);
      gint64 a = g_array_index (home->events, HomeEvent, first).time_ms;
      gint64 b = g_array_index (home->events, HomeEvent, second).time_ms;
      FareQuery query = { .from_ms = MIN (a, b), .to_ms = MAX (a, b) + 1, .zone = zone };

      if (i % 5 == 0)
        query = (FareQuery) { .from_ms = G_MININT64, .to_ms = G_MAXINT64, .zone = zone };
      query.clients = i % 2 == 0 ? clients : NULL;
      query.projects = i % 4 == 3 ? projects : NULL;
      query.sessions = i % 7 == 4 ? sessions : NULL;
      check_query (reader, i % 3 == 2 ? edited : home->prices, &query);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/summary/several-splits-at-once", test_alike);

  return g_test_run ();
}
