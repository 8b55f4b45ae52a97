/* test-figure.c
 *
 * One figure everywhere: what the window's card shows is what the tray icon and the command line
 * say.  And the tray icon's words in states that are hard to bring about.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "accounting/fare-standing.h"
#include "fare-tray-text.h"
#include "ui-room.h"

static FareStanding *
take_standing (UiRoom *room)
{
  FareMeter *meter = fare_application_get_meter (room->application);
  g_autoptr(FarePriceBook) prices = fare_meter_ref_prices (meter);
  g_autoptr(FareIndexReader) reader = fare_meter_read (meter, NULL);
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();
  FareNow now = { g_get_real_time () / 1000, zone };
  FareStandingWish wish = { { 0 } };

  return fare_standing_new (reader, prices, &wish, &now, NULL);
}

static void
test_one_figure (void)
{
  UiRoom *room = ui_room_new ();
  gint64 now_ms = g_get_real_time () / 1000;
  const char * const argv[] = { g_getenv ("TOKENFARE"), NULL };
  g_autoptr(FareStanding) standing = NULL;
  g_autofree char *label = NULL, *title = NULL, *wanted_title = NULL, *out = NULL, *first = NULL;
  FareTrayState state = { NULL, FARE_TRAY_COST, FALSE, 0 };
  const char *shown;

  ui_room_add_claude (room, "s1", now_ms, "claude-sonnet-4-6", 1234, 56789);
  ui_room_add_claude (room, "s2", now_ms, "claude-opus-4-6", 987, 65432);
  ui_room_open (room);
  ui_room_wait_settled (room);
  shown = ui_room_get_cost (room);

  standing = take_standing (room);
  g_assert_nonnull (standing);
  state.standing = standing;
  label = fare_tray_text_label (&state);
  g_assert_cmpstr (label, ==, shown);
  title = fare_tray_text_title (&state);
  wanted_title = g_strdup_printf ("Tokenfare — %s today", shown);
  g_assert_cmpstr (title, ==, wanted_title);

  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &out, NULL,
                               NULL, NULL));
  first = g_strdup_printf ("Today  %s\n", shown);
  g_assert_true (g_str_has_prefix (out, first));

  ui_room_free (room);
}

static FareSums
make_sums (double cost,
           gint64 output,
           gint64 unpriced)
{
  FareSums sums = { .messages = 1, .cost = cost, .has_price = cost > 0,
                    .unpriced_tokens = unpriced };

  sums.usage.output = output;
  return sums;
}

static void
expect (char       *text,
        const char *wanted)
{
  g_assert_cmpstr (text, ==, wanted);
  g_free (text);
}

static void
test_age (void)
{
  FareStanding standing = { .has_use = TRUE, .last_scan_ms = 1 };
  FareTrayState state = { &standing, FARE_TRAY_COST, FALSE, 12 };

  standing.today = make_sums (12.4, 3100000, 0);
  expect (fare_tray_text_today (&state), "$12.40 today · 3.1M tokens · 12 min old");
  state.age_minutes = 0;
  expect (fare_tray_text_today (&state), "$12.40 today · 3.1M tokens");

  /* Figures of a first scan that goes on are not all. */
  standing.last_scan_ms = 0;
  expect (fare_tray_text_today (&state), "$12.40 today · 3.1M tokens · reading");
}

static void
test_nothing (void)
{
  FareStanding standing = { 0 };
  FareTrayState state = { NULL, FARE_TRAY_COST, FALSE, 0 };

  expect (fare_tray_text_label (&state), "–");
  expect (fare_tray_text_today (&state), "Reading the Logs…");
  g_assert_null (fare_tray_text_month (&state));
  g_assert_null (fare_tray_text_tool (&state, 0));

  state.standing = &standing;
  expect (fare_tray_text_label (&state), "–");
  standing.last_scan_ms = 1;
  expect (fare_tray_text_today (&state), "No Use Found Yet");

  /* A day without use is a true zero once there was use at all. */
  standing.has_use = TRUE;
  expect (fare_tray_text_label (&state), "$0.00");
  expect (fare_tray_text_title (&state), "Tokenfare — $0.00 today");
}

static void
test_narrow (void)
{
  static const struct
  {
    double      cost;
    const char *label;
  } rows[] = {
    { 0.004, "<$0.01" }, { 99.99, "$99.99" }, { 99.996, "$100.0" }, { 123.45, "$123.5" },
    { 999.96, "$1000" }, { 12345.6, "$12346" },
  };
  FareStanding standing = { .has_use = TRUE, .last_scan_ms = 1 };
  FareTrayState state = { &standing, FARE_TRAY_COST, FALSE, 0 };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      standing.today = make_sums (rows[i].cost, 10, 0);
      expect (fare_tray_text_label (&state), rows[i].label);
    }

  standing.today = make_sums (0, 10, 10);
  expect (fare_tray_text_label (&state), "no price");
}

static void
test_hidden (void)
{
  FareStanding standing = { .has_use = TRUE, .last_scan_ms = 1, .n_tools = 1 };
  FareTrayState state = { &standing, FARE_TRAY_COST, TRUE, 0 };

  standing.today = make_sums (10, 1000, 500);
  standing.month = make_sums (90, 9000, 0);
  standing.tools[0].client = (char *) "claude";
  standing.tools[0].sums = make_sums (9, 900, 0);
  standing.budgets[FARE_BUDGET_MONTH].has_budget = TRUE;
  standing.budgets[FARE_BUDGET_MONTH].budget = (FareBudget) { .period = FARE_BUDGET_MONTH,
                                                            .limit = 100, .spent = 90, .share = 0.9 };

  expect (fare_tray_text_label (&state), "•••");
  expect (fare_tray_text_title (&state), "Tokenfare — ••• today");
  expect (fare_tray_text_today (&state), "••• today · 1K tokens · 500 tokens without price");
  expect (fare_tray_text_month (&state), "This month 90% of the budget");
  expect (fare_tray_text_tool (&state, 0), "Claude Code  90%");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/figure/is-one-in-window-tray-and-terminal", test_one_figure);
  g_test_add_func ("/tray-text/tells-old-figures", test_age);
  g_test_add_func ("/tray-text/tells-nothing-from-zero", test_nothing);
  g_test_add_func ("/tray-text/fits-into-a-panel", test_narrow);
  g_test_add_func ("/tray-text/hides-amounts", test_hidden);

  return g_test_run ();
}
