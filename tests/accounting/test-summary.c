/* test-summary.c
 *
 * Answers from a real index against sums made by hand: every figure, every group, every
 * filter, in zones that change their clocks, across prices that change at odd moments.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>
#include <string.h>

#include "usage-home.h"

#define MONEY_EPSILON 1e-9

static const char *const zones[] = {
  "UTC", "Europe/Berlin", "Australia/Lord_Howe", "America/St_Johns", "Africa/Cairo",
  "Asia/Kathmandu",
};

/* Sums by hand; the group's sessions as a bit each. */
typedef struct
{
  FareSums sums;
  guint32  sessions;
} Expected;

static void
expect (UsageHome       *home,
        Expected        *self,
        const HomeEvent *event)
{
  FarePrice price = usage_home_price (home, event);

  fare_usage_add (&self->sums.usage, &event->usage, 1);
  self->sums.messages++;
  self->sums.web_searches += event->web_searches;
  self->sessions |= 1u << event->session;
  self->sums.sessions = __builtin_popcount (self->sessions);

  if (price.reason != FARE_UNPRICED_NOT)
    {
      self->sums.unpriced_tokens += fare_usage_total (&event->usage);
      return;
    }

  self->sums.has_price = TRUE;
  self->sums.is_estimate = self->sums.is_estimate || price.is_estimate;
  self->sums.cost += price.usd;
}

static void
assert_sums (const FareSums *actual,
             const FareSums *expected)
{
  g_assert_cmpint (actual->usage.input, ==, expected->usage.input);
  g_assert_cmpint (actual->usage.cache_read, ==, expected->usage.cache_read);
  g_assert_cmpint (actual->usage.cache_write_5m, ==, expected->usage.cache_write_5m);
  g_assert_cmpint (actual->usage.cache_write_1h, ==, expected->usage.cache_write_1h);
  g_assert_cmpint (actual->usage.output, ==, expected->usage.output);
  g_assert_cmpint (actual->messages, ==, expected->messages);
  g_assert_cmpint (actual->sessions, ==, expected->sessions);
  g_assert_cmpint (actual->web_searches, ==, expected->web_searches);
  g_assert_cmpint (actual->unpriced_tokens, ==, expected->unpriced_tokens);
  g_assert_cmpint (actual->has_price, ==, expected->has_price);
  g_assert_cmpint (actual->is_estimate, ==, expected->is_estimate);
  g_assert_cmpfloat_with_epsilon (actual->cost, expected->cost, MONEY_EPSILON);
}

static gboolean
matches_any (GStrv       values,
             const char *text)
{
  return values == NULL || g_strv_contains ((const char *const *) values, text);
}

static gboolean
is_wanted (const FareQuery *query,
           const HomeEvent *event)
{
  const HomeSession *session = &usage_home_sessions[event->session];
  const char *slash = strrchr (session->project, '/');

  return event->time_ms >= query->from_ms && event->time_ms < query->to_ms &&
         matches_any (query->clients, "claude") &&
         matches_any (query->models, event->model) &&
         matches_any (query->sessions, session->id) &&
         (matches_any (query->projects, session->project) ||
             (slash != NULL && matches_any (query->projects, slash + 1)));
}

/* What tells a group from all others, by GLib's calendar and nothing of ours. */
static char *
name_group (FareGroup        group,
            GTimeZone       *zone,
            const HomeEvent *event)
{
  const HomeSession *session = &usage_home_sessions[event->session];
  g_autoptr(GDateTime) utc = NULL;
  g_autoptr(GDateTime) local = NULL;
  g_autoptr(GDateTime) sunday = NULL;

  if (group == FARE_GROUP_CLIENT)
    return g_strdup ("claude");
  if (group == FARE_GROUP_MODEL)
    return g_strconcat (event->model, "|", usage_home_get_provider (event->model), NULL);
  if (group == FARE_GROUP_CLIENT_MODEL)
    return g_strconcat ("claude|", event->model, "|", usage_home_get_provider (event->model), NULL);
  if (group == FARE_GROUP_PROJECT)
    return g_strdup (session->project);
  if (group == FARE_GROUP_BRANCH)
    return g_strconcat (event->branch, "|", session->project, NULL);
  if (group == FARE_GROUP_SESSION)
    return g_strdup (session->id);

  utc = g_date_time_new_from_unix_utc (event->time_ms / 1000);
  local = g_date_time_to_timezone (utc, zone);
  if (group == FARE_GROUP_HOUR)
    return g_date_time_format (local, "%Y-%m-%dT%H%:z");
  if (group == FARE_GROUP_DAY)
    return g_date_time_format (local, "%Y-%m-%d");
  if (group == FARE_GROUP_MONTH)
    return g_date_time_format (local, "%Y-%m");

  /* Half a day off midnight, no change of clocks leads to another date. */
  g_clear_pointer (&utc, g_date_time_unref);
  utc = g_date_time_new_utc (g_date_time_get_year (local), g_date_time_get_month (local),
                             g_date_time_get_day_of_month (local), 12, 0, 0);
  sunday = g_date_time_add_days (utc, -(g_date_time_get_day_of_week (local) % 7));

  return g_date_time_format (sunday, "%Y-%m-%d");
}

static char *
name_row (FareGroup             group,
          const FareSummaryRow *row)
{
  if (group == FARE_GROUP_MODEL)
    return g_strconcat (row->key, "|", row->provider, NULL);
  if (group == FARE_GROUP_CLIENT_MODEL)
    return g_strconcat (row->client, "|", row->key, "|", row->provider, NULL);
  if (group == FARE_GROUP_BRANCH)
    return g_strconcat (row->key, "|", row->project, NULL);
  /* The minute at which a cut hour begins is not part of its name here. */
  if (group == FARE_GROUP_HOUR)
    return g_strdup_printf ("%.13s%s", row->key, row->key + strlen ("YYYY-MM-DDTHH:MM"));

  return g_strdup (row->key);
}

static void
assert_order (FareGroup             group,
              const FareSummaryRow *row,
              const FareSummaryRow *next)
{
  if (group == FARE_GROUP_HOUR || group == FARE_GROUP_DAY || group == FARE_GROUP_WEEK ||
      group == FARE_GROUP_MONTH)
    {
      g_assert_cmpint (row->start_ms, <, next->start_ms);
      return;
    }

  g_assert_cmpint (row->start_ms, ==, 0);
  g_assert_cmpfloat (row->sums.cost, >=, next->sums.cost);
  if (row->sums.cost == next->sums.cost)
    g_assert_cmpint (fare_usage_total (&row->sums.usage), >=,
                     fare_usage_total (&next->sums.usage));
}

static void
assert_rows (FareSummary *summary,
             FareGroup    group,
             GHashTable  *expected)
{
  guint n_rows = fare_summary_get_n_rows (summary);

  g_assert_cmpuint (n_rows, ==, g_hash_table_size (expected));

  for (guint i = 0; i < n_rows; i++)
    {
      const FareSummaryRow *row = fare_summary_get_row (summary, i);
      g_autofree char *name = name_row (group, row);
      const Expected *group_sums = g_hash_table_lookup (expected, name);

      g_test_message ("row %s", name);
      g_assert_nonnull (group_sums);
      g_assert_nonnull (row->title);
      g_assert_cmpstr (row->title, !=, "");
      assert_sums (&row->sums, &group_sums->sums);
      g_assert_cmpint (row->reason != FARE_UNPRICED_NOT, ==, row->sums.unpriced_tokens > 0);
      if (i + 1 < n_rows)
        assert_order (group, row, fare_summary_get_row (summary, i + 1));
    }
}

static void
assert_summary (UsageHome       *home,
                const FareQuery *query,
                FareGroup        group)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(FareIndexReader) reader = fare_meter_read (home->meter, &error);
  g_autoptr(FareSummary) summary = NULL;
  g_autoptr(GHashTable) expected = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  Expected total = { 0 };

  g_assert_no_error (error);
  summary = fare_summary_new (reader, home->prices, query, group, &error);
  g_assert_no_error (error);

  for (guint i = 0; i < home->events->len; i++)
    {
      const HomeEvent *event = &g_array_index (home->events, HomeEvent, i);
      g_autofree char *name = NULL;
      Expected *sums;

      if (!is_wanted (query, event))
        continue;

      expect (home, &total, event);
      if (group == FARE_GROUP_NONE)
        continue;

      name = name_group (group, query->zone, event);
      sums = g_hash_table_lookup (expected, name);
      if (sums == NULL)
        {
          sums = g_new0 (Expected, 1);
          g_hash_table_insert (expected, g_steal_pointer (&name), sums);
        }

      expect (home, sums, event);
    }

  assert_sums (fare_summary_get_total (summary), &total.sums);
  assert_rows (summary, group, expected);
}

static UsageHome *
get_home (void)
{
  static UsageHome *home = NULL;

  /* One home for all tests: writing and reading it is most of the work. */
  if (home == NULL)
    home = usage_home_new (20261122, 4000);

  return home;
}

static gboolean
add_event_cb (const FareEventRow *event,
              gpointer            user_data)
{
  struct
  {
    FarePriceBook *prices;
    FareSums       sums;
  } *sum = user_data;
  FarePrice price = fare_event_price (event, sum->prices);

  fare_usage_add (&sum->sums.usage, &event->usage, 1);
  sum->sums.messages += event->messages;
  if (price.reason == FARE_UNPRICED_NOT)
    sum->sums.cost += price.usd;
  else
    sum->sums.unpriced_tokens += fare_usage_total (&event->usage);

  return TRUE;
}

static void
test_events_equal_buckets (void)
{
  UsageHome *home = get_home ();
  g_autoptr(GError) error = NULL;
  g_autoptr(FareIndexReader) reader = fare_meter_read (home->meter, &error);
  g_autoptr(FareSummary) summary = NULL;
  FareQuery query = { .from_ms = G_MININT64, .to_ms = G_MAXINT64 };
  const FareSums *total;
  struct
  {
    FarePriceBook *prices;
    FareSums       sums;
  } events = { home->prices };

  g_assert_no_error (error);
  summary = fare_summary_new (reader, home->prices, &query, FARE_GROUP_NONE, &error);
  g_assert_no_error (error);
  fare_index_reader_foreach_event (reader, G_MININT64, G_MAXINT64, NULL, add_event_cb, &events,
                                   &error);
  g_assert_no_error (error);

  total = fare_summary_get_total (summary);
  g_assert_cmpint (total->messages, ==, home->events->len);
  g_assert_cmpint (total->messages, ==, events.sums.messages);
  g_assert_cmpint (fare_usage_total (&total->usage), ==, fare_usage_total (&events.sums.usage));
  g_assert_cmpint (total->unpriced_tokens, ==, events.sums.unpriced_tokens);
  g_assert_cmpfloat_with_epsilon (total->cost, events.sums.cost, MONEY_EPSILON);
  g_assert_cmpuint (fare_summary_get_n_rows (summary), ==, 0);
}

static void
test_groups (void)
{
  g_autoptr(GTimeZone) utc = g_time_zone_new_utc ();
  FareQuery query = { .from_ms = G_MININT64, .to_ms = G_MAXINT64, .zone = utc };

  for (FareGroup group = FARE_GROUP_NONE; group <= FARE_GROUP_SESSION; group++)
    assert_summary (get_home (), &query, group);
}

static void
test_time_groups (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (zones); i++)
    {
      g_autoptr(GTimeZone) zone = g_time_zone_new_identifier (zones[i]);
      FareQuery query = { .from_ms = G_MININT64, .to_ms = G_MAXINT64, .zone = zone };

      g_test_message ("%s", zones[i]);
      for (FareGroup group = FARE_GROUP_HOUR; group <= FARE_GROUP_MONTH; group++)
        assert_summary (get_home (), &query, group);
    }
}

/* Spans that begin and end at any millisecond, and at edges of days. */
static void
test_spans (void)
{
  UsageHome *home = get_home ();
  g_autoptr(GRand) random = g_rand_new_with_seed (7);

  for (guint i = 0; i < 60; i++)
    {
      const HomeEvent *first = &g_array_index (home->events, HomeEvent,
                                               g_rand_int_range (random, 0, home->events->len));
      const HomeEvent *second = &g_array_index (home->events, HomeEvent,
                                                g_rand_int_range (random, 0, home->events->len));
      g_autoptr(GTimeZone) zone = g_time_zone_new_identifier (zones[i % G_N_ELEMENTS (zones)]);
      FareQuery query = { .zone = zone };

      query.from_ms = MIN (first->time_ms, second->time_ms);
      query.to_ms = i % 3 == 0 ? query.from_ms + g_rand_int_range (random, 0, 1000000)
                               : MAX (first->time_ms, second->time_ms);
      assert_summary (home, &query, i % 2 == 0 ? FARE_GROUP_DAY : FARE_GROUP_MODEL);
    }
}

static void
test_changed_clocks (void)
{
  g_autoptr(GTimeZone) berlin = g_time_zone_new_identifier ("Europe/Berlin");

  for (guint i = 0; i < 2; i++)
    {
      FareDay day = i == 0 ? fare_day_from_ymd (2026, 3, 29) : fare_day_from_ymd (2026, 10, 25);
      FareQuery query = { .zone = berlin };

      fare_range_to_span ((FareRange) { day, day + 1 }, berlin, &query.from_ms, &query.to_ms);
      g_assert_cmpint (query.to_ms - query.from_ms, ==, (i == 0 ? 23 : 25) * 3600000);
      assert_summary (get_home (), &query, FARE_GROUP_HOUR);
      assert_summary (get_home (), &query, FARE_GROUP_DAY);
    }
}

static void
test_filters (void)
{
  UsageHome *home = get_home ();
  g_autoptr(GTimeZone) utc = g_time_zone_new_utc ();
  const FareQuery all = { .from_ms = G_MININT64, .to_ms = G_MAXINT64, .zone = utc };
  FareQuery query;

  query = all;
  query.models = (char *[]) { "odd-change", "gpt-5.4", NULL };
  assert_summary (home, &query, FARE_GROUP_MODEL);
  assert_summary (home, &query, FARE_GROUP_DAY);

  query = all;
  query.projects = (char *[]) { "alpha", NULL };
  assert_summary (home, &query, FARE_GROUP_PROJECT);
  query.projects = (char *[]) { "/srv/alpha", "beta", NULL };
  assert_summary (home, &query, FARE_GROUP_PROJECT);

  query = all;
  query.sessions = (char *[]) { (char *) usage_home_sessions[5].id, NULL };
  query.models = (char *[]) { "odd-launch", NULL };
  assert_summary (home, &query, FARE_GROUP_BRANCH);

  query = all;
  query.clients = (char *[]) { "codex", NULL };
  assert_summary (home, &query, FARE_GROUP_CLIENT);
  query.clients = (char *[]) { "codex", "claude", NULL };
  assert_summary (home, &query, FARE_GROUP_CLIENT);
}

static void
test_model_case (void)
{
  UsageHome *home = get_home ();
  g_autoptr(GError) error = NULL;
  g_autoptr(FareIndexReader) reader = fare_meter_read (home->meter, &error);
  g_autoptr(FareSummary) summary = NULL;
  FareQuery query = { .from_ms = G_MININT64, .to_ms = G_MAXINT64,
                      .models = (char *[]) { "UNHEARD-OF", NULL } };

  g_assert_no_error (error);
  summary = fare_summary_new (reader, home->prices, &query, FARE_GROUP_MODEL, &error);
  g_assert_no_error (error);

  /* Both spellings, each on its own row, since rows are named as logged. */
  g_assert_cmpuint (fare_summary_get_n_rows (summary), ==, 2);
}

/* Prices may change after the scan, and with them the prompt sizes that must not be mixed. */
static void
test_edited_prices (void)
{
  UsageHome home = *get_home ();
  g_autoptr(FarePriceBook) edited = usage_home_load_edited_prices (&home);
  g_autoptr(GTimeZone) utc = g_time_zone_new_utc ();
  FareQuery query = { .from_ms = G_MININT64, .to_ms = G_MAXINT64, .zone = utc };

  home.prices = edited;
  assert_summary (&home, &query, FARE_GROUP_MODEL);
  assert_summary (&home, &query, FARE_GROUP_MONTH);
}

static const FareSummaryRow *
find_row (FareSummary *summary,
          const char  *key)
{
  for (guint i = 0; i < fare_summary_get_n_rows (summary); i++)
    if (g_str_equal (fare_summary_get_row (summary, i)->key, key))
      return fare_summary_get_row (summary, i);

  g_assert_not_reached ();
}

/* What has no price is counted apart, with its reason, and never as a price of 0. */
static void
test_unpriced (void)
{
  UsageHome *home = get_home ();
  g_autoptr(GError) error = NULL;
  g_autoptr(FareIndexReader) reader = fare_meter_read (home->meter, &error);
  g_autoptr(FareSummary) summary = NULL;
  FareQuery query = { .from_ms = G_MININT64, .to_ms = G_MAXINT64 };
  const FareSummaryRow *launch, *unknown, *known;

  g_assert_no_error (error);
  summary = fare_summary_new (reader, home->prices, &query, FARE_GROUP_MODEL, &error);
  g_assert_no_error (error);

  launch = find_row (summary, "odd-launch");
  g_assert_cmpint (launch->reason, ==, FARE_UNPRICED_BEFORE_FIRST_PRICE);
  g_assert_true (launch->sums.has_price);
  g_assert_true (launch->sums.is_estimate);
  g_assert_cmpint (launch->sums.unpriced_tokens, >, 0);
  g_assert_cmpint (launch->sums.unpriced_tokens, <, fare_usage_total (&launch->sums.usage));

  /* Some of its calls bring their own cost, which then serves. */
  unknown = find_row (summary, "unheard-of");
  g_assert_cmpint (unknown->reason, ==, FARE_UNPRICED_NO_ENTRY);
  g_assert_cmpfloat (unknown->sums.cost, >, 0);
  g_assert_cmpint (unknown->sums.unpriced_tokens, >, 0);

  known = find_row (summary, "odd-change");
  g_assert_cmpint (known->reason, ==, FARE_UNPRICED_NOT);
  g_assert_cmpint (known->sums.unpriced_tokens, ==, 0);
}

static void
test_empty (void)
{
  UsageHome *home = get_home ();
  g_autoptr(GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr(GError) error = NULL;
  g_autoptr(FareIndexReader) reader = fare_meter_read (home->meter, &error);
  g_autoptr(FareSummary) summary = NULL;
  FareQuery query = { .from_ms = 0, .to_ms = 1000, .zone = utc };

  g_assert_no_error (error);
  summary = fare_summary_new (reader, home->prices, &query, FARE_GROUP_DAY, &error);
  g_assert_no_error (error);

  g_assert_cmpuint (fare_summary_get_n_rows (summary), ==, 0);
  g_assert_cmpint (fare_summary_get_total (summary)->messages, ==, 0);
  g_assert_false (fare_summary_get_total (summary)->has_price);
  g_assert_cmpfloat (fare_usage_hit_rate (&fare_summary_get_total (summary)->usage), ==, -1);
}

/* The rule per client, seen from outside. */
static void
test_logged_costs (void)
{
  UsageHome *home = get_home ();
  FareSessionInfo claude = { .client = "claude" };
  FareSessionInfo pi = { .client = "pi_agent" };
  FareModelInfo known = { .provider = "anthropic", .name = "claude-opus-4-8" };
  FareModelInfo unknown = { .provider = "", .name = "unheard-of" };
  FareEventRow event = {
    .time_ms = G_GINT64_CONSTANT (1795337279000), .session = &claude, .model = &known,
    .usage = { .output = 1000000 }, .messages = 1,
  };
  double by_table = fare_event_price (&event, home->prices).usd;

  g_assert_cmpfloat (by_table, >, 0);
  event.has_reported = TRUE;
  event.reported_pico = G_GINT64_CONSTANT (1500000000000);
  g_assert_cmpfloat (fare_event_price (&event, home->prices).usd, ==, by_table);
  event.session = &pi;
  g_assert_cmpfloat (fare_event_price (&event, home->prices).usd, ==, 1.5);

  event.session = &claude;
  event.model = &unknown;
  g_assert_cmpfloat (fare_event_price (&event, home->prices).usd, ==, 1.5);
  g_assert_cmpint (fare_event_price (&event, home->prices).reason, ==, FARE_UNPRICED_NOT);
  event.has_reported = FALSE;
  g_assert_cmpint (fare_event_price (&event, home->prices).reason, ==, FARE_UNPRICED_NO_ENTRY);
}

int
main (int   argc,
      char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/accounting/summary/events-equal-buckets", test_events_equal_buckets);
  g_test_add_func ("/accounting/summary/groups-add-up", test_groups);
  g_test_add_func ("/accounting/summary/time-groups-add-up", test_time_groups);
  g_test_add_func ("/accounting/summary/any-span-is-exact", test_spans);
  g_test_add_func ("/accounting/summary/days-of-changed-clocks", test_changed_clocks);
  g_test_add_func ("/accounting/summary/filters", test_filters);
  g_test_add_func ("/accounting/summary/model-filter-ignores-case", test_model_case);
  g_test_add_func ("/accounting/summary/edited-prices", test_edited_prices);
  g_test_add_func ("/accounting/summary/unpriced-is-apart", test_unpriced);
  g_test_add_func ("/accounting/summary/empty-span", test_empty);
  g_test_add_func ("/accounting/summary/logged-costs", test_logged_costs);

  result = g_test_run ();
  usage_home_free (get_home ());

  return result;
}
