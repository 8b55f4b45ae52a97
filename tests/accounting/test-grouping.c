/* test-grouping.c
 *
 * Hours, days, weeks and months as groups, filters, the texts of sums, and whose word
 * counts for a cost.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "accounting/fare-cost-policy.h"
#include "accounting/fare-pair-set.h"
#include "accounting/fare-query.h"
#include "accounting/fare-sums.h"
#include "accounting/fare-tally.h"
#include "accounting/fare-time-group.h"

static gint64
at (const char *text)
{
  g_autoptr(GDateTime) moment = g_date_time_new_from_iso8601 (text, NULL);

  g_assert_nonnull (moment);

  return g_date_time_to_unix (moment) * 1000;
}

static void
assert_group (FareGroup   group,
              const char *zone_name,
              const char *moment,
              const char *start,
              const char *end,
              const char *key,
              const char *title)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_identifier (zone_name);
  FareTimeSpan span = fare_time_group_find (group, zone, 1, at (moment));
  g_autofree char *actual_key = fare_time_group_to_key (group, zone, span);
  g_autofree char *actual_title = fare_time_group_to_title (group, zone, span, FALSE);

  g_assert_cmpint (span.start_ms, ==, at (start));
  g_assert_cmpint (span.end_ms, ==, at (end));
  g_assert_cmpstr (actual_key, ==, key);
  g_assert_cmpstr (actual_title, ==, title);
}

static void
test_hours (void)
{
  assert_group (FARE_GROUP_HOUR, "UTC", "2026-11-22T14:59:59Z",
                "2026-11-22T14:00:00Z", "2026-11-22T15:00:00Z",
                "2026-11-22T14:00+00:00", "14:00");
  assert_group (FARE_GROUP_HOUR, "Asia/Kathmandu", "2026-11-22T14:10:00Z",
                "2026-11-22T19:00:00+05:45", "2026-11-22T20:00:00+05:45",
                "2026-11-22T19:00+05:45", "19:00");
  assert_group (FARE_GROUP_HOUR, "America/St_Johns", "1969-07-20T20:17:40Z",
                "1969-07-20T17:00:00-02:30", "1969-07-20T18:00:00-02:30",
                "1969-07-20T17:00-02:30", "17:00");
}

static void
test_repeated_hours (void)
{
  assert_group (FARE_GROUP_HOUR, "Europe/Berlin", "2026-10-25T02:30:00+02:00",
                "2026-10-25T02:00:00+02:00", "2026-10-25T03:00:00+02:00",
                "2026-10-25T02:00+02:00", "02:00 (+02:00)");
  assert_group (FARE_GROUP_HOUR, "Europe/Berlin", "2026-10-25T02:30:00+01:00",
                "2026-10-25T02:00:00+01:00", "2026-10-25T03:00:00+01:00",
                "2026-10-25T02:00+01:00", "02:00 (+01:00)");
  assert_group (FARE_GROUP_HOUR, "Europe/Berlin", "2026-10-25T03:30:00+01:00",
                "2026-10-25T03:00:00+01:00", "2026-10-25T04:00:00+01:00",
                "2026-10-25T03:00+01:00", "03:00");
  assert_group (FARE_GROUP_HOUR, "Europe/Berlin", "2026-03-29T03:10:00+02:00",
                "2026-03-29T03:00:00+02:00", "2026-03-29T04:00:00+02:00",
                "2026-03-29T03:00+02:00", "03:00");
}

/* A change of the clocks may cut an hour short, or into two. */
static void
test_cut_hours (void)
{
  assert_group (FARE_GROUP_HOUR, "Australia/Lord_Howe", "2026-04-05T01:45:00+11:00",
                "2026-04-05T01:00:00+11:00", "2026-04-05T02:00:00+11:00",
                "2026-04-05T01:00+11:00", "01:00 (+11:00)");
  assert_group (FARE_GROUP_HOUR, "Australia/Lord_Howe", "2026-04-05T01:45:00+10:30",
                "2026-04-05T01:30:00+10:30", "2026-04-05T02:00:00+10:30",
                "2026-04-05T01:30+10:30", "01:30 (+10:30)");
  assert_group (FARE_GROUP_HOUR, "Australia/Lord_Howe", "2026-10-04T02:45:00+11:00",
                "2026-10-04T02:30:00+11:00", "2026-10-04T03:00:00+11:00",
                "2026-10-04T02:30+11:00", "02:30");
  /* Set back one minute into the hour. */
  assert_group (FARE_GROUP_HOUR, "America/St_Johns", "2010-11-07T00:00:30-02:30",
                "2010-11-07T00:00:00-02:30", "2010-11-07T00:01:00-02:30",
                "2010-11-07T00:00-02:30", "00:00 (-02:30)");
  assert_group (FARE_GROUP_HOUR, "America/St_Johns", "2010-11-06T23:30:00-03:30",
                "2010-11-06T23:01:00-03:30", "2010-11-07T00:00:00-03:30",
                "2010-11-06T23:01-03:30", "23:01 (-03:30)");
}

static void
test_days (void)
{
  assert_group (FARE_GROUP_DAY, "Europe/Berlin", "2026-10-25T12:00:00Z",
                "2026-10-25T00:00:00+02:00", "2026-10-26T00:00:00+01:00",
                "2026-10-25", "25 Oct 2026");
  assert_group (FARE_GROUP_DAY, "America/Sao_Paulo", "2018-11-04T12:00:00Z",
                "2018-11-04T01:00:00-02:00", "2018-11-05T00:00:00-02:00",
                "2018-11-04", "4 Nov 2018");
  assert_group (FARE_GROUP_DAY, "Pacific/Apia", "2011-12-30T09:59:59Z",
                "2011-12-29T00:00:00-10:00", "2011-12-31T00:00:00+14:00",
                "2011-12-29", "29 Dec 2011");
  assert_group (FARE_GROUP_WEEK, "Europe/Berlin", "2026-10-31T12:00:00Z",
                "2026-10-26T00:00:00+01:00", "2026-11-02T00:00:00+01:00",
                "2026-10-26", "26 Oct – 1 Nov 2026");
  assert_group (FARE_GROUP_MONTH, "Europe/Berlin", "2026-10-31T23:30:00Z",
                "2026-11-01T00:00:00+01:00", "2026-12-01T00:00:00+01:00",
                "2026-11", "November 2026");
}

static void
test_hour_with_day (void)
{
  g_autoptr(GTimeZone) utc = g_time_zone_new_utc ();
  FareTimeSpan span = { at ("2026-11-22T14:00:00Z"), at ("2026-11-22T15:00:00Z") };
  g_autofree char *title = fare_time_group_to_title (FARE_GROUP_HOUR, utc, span, TRUE);

  g_assert_cmpstr (title, ==, "22 Nov 2026, 14:00");
}

static void
test_filters (void)
{
  FareSessionInfo session = { .client = "claude", .uid = "s1", .project = "/home/me/fare" };
  FareModelInfo model = { .provider = "", .name = "Claude-Opus-4-8" };
  FareQuery query = { 0 };

  g_assert_true (fare_query_wants_session (&query, &session));
  g_assert_true (fare_query_wants_model (&query, &model));

  query.clients = (char *[]) { "codex", "claude", NULL };
  g_assert_true (fare_query_wants_session (&query, &session));
  query.sessions = (char *[]) { "s1", NULL };
  g_assert_true (fare_query_wants_session (&query, &session));
  query.clients = (char *[]) { "codex", NULL };
  g_assert_false (fare_query_wants_session (&query, &session));
  query.clients = NULL;
  query.sessions = (char *[]) { "S1", NULL };
  g_assert_false (fare_query_wants_session (&query, &session));

  query.models = (char *[]) { "gpt-5.5", "claude-OPUS-4-8", NULL };
  g_assert_true (fare_query_wants_model (&query, &model));
  query.models = (char *[]) { "opus", NULL };
  g_assert_false (fare_query_wants_model (&query, &model));
}

static void
test_project_filter (void)
{
  static const struct
  {
    const char *value;
    const char *project;
    gboolean    is_wanted;
  } cases[] = {
    { "/home/me/fare", "/home/me/fare", TRUE },
    { "/home/me/fare/", "/home/me/fare", TRUE },
    { "fare", "/home/me/fare", TRUE },
    { "fare/", "/home/me/fare/", TRUE },
    { "are", "/home/me/fare", FALSE },
    { "me", "/home/me/fare", FALSE },
    { "me/fare", "/home/me/fare", FALSE },
    { "/home/me", "/home/me/fare", FALSE },
    { "Fare", "/home/me/fare", FALSE },
    { "", "", TRUE },
    { "", "/home/me/fare", FALSE },
    { "/", "/", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      FareSessionInfo session = { .client = "claude", .uid = "s", .project = cases[i].project };
      char *values[] = { (char *) cases[i].value, NULL };
      FareQuery query = { .projects = values };

      g_test_message ("“%s” for “%s”", cases[i].value, cases[i].project);
      g_assert_cmpint (fare_query_wants_session (&query, &session), ==, cases[i].is_wanted);
    }
}

static void
test_policy (void)
{
  static const char *const table[] = {
    "claude", "codex", "opencode", "kilocode", "mimo", "omp", "cline", "something_new",
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    g_assert_false (fare_cost_policy_prefers_log (table[i]));

  g_assert_true (fare_cost_policy_prefers_log ("pi_agent"));
  g_assert_true (fare_cost_policy_prefers_log ("hermes"));
  g_assert_true (fare_cost_policy_prefers_log ("openclaw"));
  g_assert_true (fare_cost_policy_prefers_log ("grok"));
}

static void
assert_texts (const FareSums *sums,
              const char     *cost,
              const char     *unpriced,
              const char     *total)
{
  g_autofree char *cost_text = fare_sums_cost_to_text (sums);
  g_autofree char *unpriced_text = fare_sums_unpriced_to_text (sums);
  g_autofree char *total_text = fare_sums_total_to_text (sums);

  g_assert_cmpstr (cost_text, ==, cost);
  g_assert_cmpstr (unpriced_text, ==, unpriced);
  g_assert_cmpstr (total_text, ==, total);
  g_assert_cmpint (fare_sums_has_cost (sums), ==, !g_str_equal (cost, "no price"));
}

static void
test_sums_texts (void)
{
  FareSums none = { 0 };
  FareSums priced = { .usage = { 5, 80, 10, 5, 9, 0 }, .cost = 64.91, .has_price = TRUE };
  FareSums mixed = { .usage = { .output = 4000000 }, .cost = 1, .has_price = TRUE,
                     .is_estimate = TRUE, .unpriced_tokens = 3100000 };
  FareSums unpriced = { .usage = { .input = 1 }, .unpriced_tokens = 1 };
  FareSums gift = { .usage = { .input = 1000 }, .has_price = TRUE };

  assert_texts (&none, "$0.00", NULL, "$0.00");
  assert_texts (&priced, "$64.91", NULL, "$64.91");
  assert_texts (&mixed, "≈$1.00", "3.1M tokens without price",
                "≈$1.00 + 3.1M tokens without price");
  assert_texts (&unpriced, "no price", "1 token without price", "1 token without price");
  assert_texts (&gift, "$0.00", NULL, "$0.00");

  g_assert_cmpfloat (fare_sums_get_share (&mixed, &mixed), ==, 1);
  g_assert_cmpfloat (fare_sums_get_share (&none, &mixed), ==, 0);
  g_assert_cmpfloat (fare_sums_get_share (&unpriced, &unpriced), ==, 1);
  g_assert_cmpfloat (fare_sums_get_share (&none, &none), ==, -1);
}

/* A naive sum of these is off by more than a whole dollar's cents. */
static void
test_money_keeps_small_parts (void)
{
  FareTally tally = { 0 };
  FareUsage usage = { 0 };
  FareTallyItem item = { .usage = &usage };

  item.price.usd = 1e9;
  fare_tally_add (&tally, &item);
  item.price.usd = 1e-8;
  for (guint i = 0; i < 1000000; i++)
    fare_tally_add (&tally, &item);
  item.price.usd = -1e9;
  fare_tally_add (&tally, &item);
  fare_tally_finish (&tally);

  g_assert_cmpfloat_with_epsilon (tally.sums.cost, 0.01, 1e-12);
}

static void
test_pair_set (void)
{
  FarePairSet set = { 0 };
  guint n_new = 0;

  for (guint round = 0; round < 2; round++)
    for (guint32 first = 0; first < 300; first++)
      for (guint32 second = 0; second < 300; second += 7)
        n_new += fare_pair_set_add (&set, first, second);

  g_assert_cmpuint (n_new, ==, 300 * 43);
  g_assert_true (fare_pair_set_add (&set, G_MAXUINT32 - 1, G_MAXUINT32));
  g_assert_false (fare_pair_set_add (&set, G_MAXUINT32 - 1, G_MAXUINT32));
  fare_pair_set_clear (&set);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/accounting/time-group/hours", test_hours);
  g_test_add_func ("/accounting/time-group/repeated-hours-are-two", test_repeated_hours);
  g_test_add_func ("/accounting/time-group/changed-clocks-cut-an-hour", test_cut_hours);
  g_test_add_func ("/accounting/time-group/days-weeks-months", test_days);
  g_test_add_func ("/accounting/time-group/hour-with-its-day", test_hour_with_day);
  g_test_add_func ("/accounting/query/any-of-each-filter", test_filters);
  g_test_add_func ("/accounting/query/project-by-path-or-name", test_project_filter);
  g_test_add_func ("/accounting/cost-policy/whose-word-counts", test_policy);
  g_test_add_func ("/accounting/sums/texts", test_sums_texts);
  g_test_add_func ("/accounting/tally/keeps-small-parts", test_money_keeps_small_parts);
  g_test_add_func ("/accounting/pair-set/holds-each-once", test_pair_set);

  return g_test_run ();
}
