/* test-limits.c
 *
 * Budgets and usage limits on the Overview: what they say, and that it is said in time.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui-room.h"

#include "models/fare-standing-data.h"
#include "pages/fare-limits-section.h"
#include "pages/fare-limits-text.h"
#include "pages/fare-overview-habits.h"
#include "widgets/fare-palette.h"
#include "widgets/fare-share-list.h"
#include "widgets/fare-share-row.h"
#include "widgets/fare-stat-card.h"

#define MINUTE_MS (60 * G_GINT64_CONSTANT (1000))
#define MODEL "claude-opus-4-8"

static FareLimit *
make_limit (const char *client,
            guint       minutes,
            double      used,
            gint64      seen_ms,
            gint64      resets_ms)
{
  FareLimit *limit = g_new0 (FareLimit, 1);

  limit->client = client;
  limit->minutes = minutes;
  limit->used = used;
  limit->seen_ms = seen_ms;
  limit->resets_ms = resets_ms;

  return limit;
}

static void
assert_item (GPtrArray  *items,
             guint       i,
             const char *title,
             const char *value,
             const char *subtitle,
             double      fraction,
             guint       slot)
{
  FareShareItem *item = g_ptr_array_index (items, i);
  g_autofree char *shown_value = NULL;
  g_autofree char *shown_subtitle = NULL;
  g_autofree char *spoken = g_strdup_printf ("%s: %s, %s", title, value, subtitle);

  g_object_get (item, "value", &shown_value, "subtitle", &shown_subtitle, NULL);
  g_assert_cmpstr (fare_share_item_get_title (item), ==, title);
  g_assert_cmpstr (shown_value, ==, value);
  g_assert_cmpstr (shown_subtitle, ==, subtitle);
  g_assert_cmpfloat_with_epsilon (fare_share_item_get_fraction (item), fraction, 1e-9);
  g_assert_cmpuint (fare_share_item_get_slot (item), ==, slot);
  g_assert_cmpstr (fare_share_item_get_spoken (item), ==, spoken);
}

/* 22 November 2026, 12:00 UTC. */
static FareLimitsText
make_text (FareStanding *standing)
{
  return (FareLimitsText) {
    .standing = standing,
    .now = { G_GINT64_CONSTANT (1795348800000), g_time_zone_new_utc () },
    .budget_warn = 80,
    .limit_warn = 80,
  };
}

static void
test_limits (void)
{
  FareStanding standing = { .limits = g_ptr_array_new_with_free_func (g_free) };
  FareLimitsText text = make_text (&standing);
  gint64 now = text.now.now_ms;
  g_autoptr(GPtrArray) items = NULL;
  g_autofree char *title = fare_limits_text_title (&text);
  g_autofree char *limits_title = NULL;
  g_autofree char *claude = NULL;

  g_ptr_array_add (standing.limits, make_limit ("claude", 300, 0.38, now - MINUTE_MS,
                                                now + 131 * MINUTE_MS));
  g_ptr_array_add (standing.limits, make_limit ("claude", 7 * 24 * 60, 0.915, now - MINUTE_MS,
                                                now + 50 * 60 * MINUTE_MS));
  g_ptr_array_add (standing.limits, make_limit ("codex", 300, 1.0, now - MINUTE_MS,
                                                now + 4 * MINUTE_MS));
  /* It was nearly used up before it began anew a minute ago. */
  g_ptr_array_add (standing.limits, make_limit ("codex", 10080, 0.97, now - 90 * MINUTE_MS,
                                                now - MINUTE_MS));
  g_ptr_array_add (standing.limits, make_limit ("codex", 0, 0.2, now - 30 * MINUTE_MS, 0));

  items = fare_limits_text_items (&text);
  g_assert_cmpuint (items->len, ==, 5);
  assert_item (items, 0, "Claude Code · 5 h", "38% used", "resets 14:11 (in 2h 11m)", 0.38,
               FARE_PALETTE_ACCENT);
  assert_item (items, 1, "Claude Code · 7 d", "92% used", "resets 24 Nov 14:00 (in 2d 2h)", 0.915,
               FARE_PALETTE_WARNING);
  assert_item (items, 2, "Codex · 5 h", "100% used", "resets 12:04 (in 4m)", 1.0,
               FARE_PALETTE_ALERT);
  assert_item (items, 3, "Codex · 7 d", "—", "has begun anew, waiting for new data", 0.0,
               FARE_PALETTE_ACCENT);
  assert_item (items, 4, "Codex", "20% used", "as of 11:30", 0.2, FARE_PALETTE_ACCENT);

  g_object_get (g_ptr_array_index (items, 0), "tooltip", &claude, NULL);
  g_assert_cmpstr (claude, ==, "What Claude Code told the status line, as of 11:59");
  limits_title = fare_limits_text_title (&text);
  g_assert_cmpstr (limits_title, ==, "Limits");
  g_ptr_array_unref (standing.limits);
  g_time_zone_unref (text.now.zone);
}

static void
test_budgets (void)
{
  FareStanding standing = { .limits = NULL };
  FareLimitsText text = make_text (&standing);
  FareSums spent = { .cost = 67.5, .has_price = TRUE };
  FareSums more = { .cost = 67.5, .has_price = TRUE, .unpriced_tokens = 3100000 };
  g_autoptr(GPtrArray) items = NULL;
  g_autoptr(GPtrArray) hidden = NULL;
  g_autofree char *title = NULL;

  standing.budgets[FARE_BUDGET_DAY].has_budget =
    fare_budget_init (&standing.budgets[FARE_BUDGET_DAY].budget, FARE_BUDGET_DAY, &text.now, 50, &spent);
  standing.budgets[FARE_BUDGET_WEEK].has_budget =
    fare_budget_init (&standing.budgets[FARE_BUDGET_WEEK].budget, FARE_BUDGET_WEEK, &text.now, 75, &spent);
  standing.budgets[FARE_BUDGET_MONTH].has_budget =
    fare_budget_init (&standing.budgets[FARE_BUDGET_MONTH].budget, FARE_BUDGET_MONTH, &text.now, 100, &more);

  items = fare_limits_text_items (&text);
  g_assert_cmpuint (items->len, ==, 3);
  assert_item (items, 0, "Budget for Today", "135% of $50", "$67.50 so far · over budget", 1.0,
               FARE_PALETTE_ALERT);
  assert_item (items, 1, "Budget for This Week", "90% of $75", "$67.50 so far", 0.9,
               FARE_PALETTE_WARNING);
  assert_item (items, 2, "Budget for This Month", "67% of $100",
               "$67.50 so far · 3.1M tokens without price", 0.675, FARE_PALETTE_ACCENT);
  title = fare_limits_text_title (&text);
  g_assert_cmpstr (title, ==, "Budgets");

  /* Shares stay where amounts are hidden. */
  text.hide_amounts = TRUE;
  hidden = fare_limits_text_items (&text);
  assert_item (hidden, 2, "Budget for This Month", "68% of the budget",
               "••• so far · 3.1M tokens without price", 0.675, FARE_PALETTE_ACCENT);
  g_time_zone_unref (text.now.zone);
}

/* The forecast says how the month stands; without a budget it has no bar. */
static void
test_forecast_card (void)
{
  g_autoptr(FareOverviewData) data = fare_overview_data_new ();
  FareOverviewText text = { data, FALSE };
  FareYearData year = { .today = fare_day_from_ymd (2026, 11, 22), .has_forecast = TRUE };
  FareBudget budget = { .period = FARE_BUDGET_MONTH, .limit = 250, .spent = 214.07, .share = 0.85628 };
  g_auto(FareCardText) with = { NULL };
  g_auto(FareCardText) without = { NULL };

  year.forecast.last = fare_day_from_ymd (2026, 11, 30);
  year.forecast.spent = 214.07;
  year.forecast.expected = 290.34;

  g_assert_true (fare_overview_habits_forecast (&text, &year, &budget, 80, &with));
  g_assert_cmpstr (with.detail, ==, "by 30 Nov, $214.07 so far\n85% of $250");
  g_assert_true (with.has_level);
  g_assert_cmpfloat (with.level, ==, 0.85628);
  g_assert_cmpuint (with.slot, ==, FARE_PALETTE_WARNING);

  g_assert_true (fare_overview_habits_forecast (&text, &year, NULL, 80, &without));
  g_assert_cmpstr (without.detail, ==, "by 30 Nov, $214.07 so far");
  g_assert_false (without.has_level);
}

static GtkWidget *
get_section (UiRoom *room)
{
  return ui_find (GTK_WIDGET (room->page), FARE_TYPE_LIMITS_SECTION, NULL);
}

static gboolean
is_seen (gpointer data)
{
  return gtk_widget_get_visible (get_section (data));
}

static gboolean
is_gone (gpointer data)
{
  return !is_seen (data);
}

static void
set_budgets (UiRoom *room,
             double  day,
             double  month)
{
  GSettings *settings = fare_preferences_get_settings (fare_application_get_preferences (room->application));

  g_settings_set_double (settings, "budget-day", day);
  g_settings_set_double (settings, "budget-month", month);
}

static char *
dup_value (UiRoom     *room,
           const char *key)
{
  GtkWidget *list = ui_find (get_section (room), FARE_TYPE_SHARE_LIST, NULL);
  GtkWidget *row = fare_share_list_find_row (FARE_SHARE_LIST (list), key);
  char *value = NULL;

  if (row != NULL)
    g_object_get (fare_share_row_get_item (FARE_SHARE_ROW (row)), "value", &value, NULL);

  return value;
}

static gboolean
shows_half (gpointer data)
{
  g_autofree char *value = dup_value (data, "budget-day");

  return g_strcmp0 (value, "50% of $1") == 0;
}

/* A budget that is set shows at once, with what was spent; one that is taken back goes. */
static void
test_section (void)
{
  g_autoptr(UiRoom) room = ui_room_new ();

  /* Half a dollar. */
  ui_room_add_claude (room, "one", g_get_real_time () / 1000 - 1000, MODEL, 50000, 10000);
  ui_room_open (room);
  ui_room_wait_cost (room, "$0.50", 10);
  ui_room_wait_settled (room);
  g_assert_false (is_seen (room));

  set_budgets (room, 1.0, 0.0);
  ui_wait (is_seen, room, 10);
  ui_wait (shows_half, room, 10);
  g_assert_null (dup_value (room, "budget-month"));

  set_budgets (room, 0.0, 0.0);
  ui_wait (is_gone, room, 10);
}

/* A limit that the status line heard of appears without any change of the logs being needed. */
static void
test_remembered (void)
{
  g_autoptr(UiRoom) room = ui_room_new ();
  g_autoptr(FarePaths) paths = NULL;
  gint64 now_ms = g_get_real_time () / 1000;
  const FareLimit limit = { .minutes = 300, .used = 0.38, .resets_ms = now_ms + 60 * MINUTE_MS };
  g_autofree char *value = NULL;

  ui_room_add_claude (room, "one", now_ms - 1000, MODEL, 50000, 10000);
  ui_room_open (room);
  ui_room_wait_settled (room);
  g_assert_false (is_seen (room));

  paths = fare_paths_new ();
  fare_limits_remember_claude (paths, &limit, 1, now_ms);
  fare_limits_section_ask (FARE_LIMITS_SECTION (get_section (room)));
  ui_wait (is_seen, room, 10);
  value = dup_value (room, "claude-5h");
  g_assert_cmpstr (value, ==, "38% used");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/limits/limits", test_limits);
  g_test_add_func ("/limits/budgets", test_budgets);
  g_test_add_func ("/limits/forecast-card", test_forecast_card);
  g_test_add_func ("/limits/section", test_section);
  g_test_add_func ("/limits/remembered", test_remembered);

  return g_test_run ();
}
