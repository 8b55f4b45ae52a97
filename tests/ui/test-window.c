/* test-window.c
 *
 * Journeys through the real window on real logs: the figure it shows, how it follows
 * the logs, and what it says when there is nothing or something is wrong.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui-room.h"

#include <json-glib/json-glib.h>
#include <math.h>

#include "accounting/fare-summary.h"
#include "base/fare-text.h"
#include "widgets/fare-card-grid.h"
#include "widgets/fare-share-list.h"
#include "widgets/fare-stat-card.h"

#define MINUTE_MS G_GINT64_CONSTANT (60000)
#define DAY_MS    (24 * 60 * MINUTE_MS)

static gint64
now_ms (void)
{
  return g_get_real_time () / 1000;
}

/* A moment of today, also just after midnight. */
static gint64
today_ms (void)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();
  gint64 now = now_ms ();

  return MAX (fare_day_start (zone, fare_day_of (zone, now)), now - MINUTE_MS);
}

/* What accounting says about today, asked apart from the window. */
static FareSums
ask_today (UiRoom *room)
{
  FareMeter *meter = fare_application_get_meter (room->application);
  g_autoptr(FareIndexReader) reader = NULL;
  g_autoptr(FarePriceBook) prices = fare_meter_ref_prices (meter);
  g_autoptr(FareSummary) summary = NULL;
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr(GError) error = NULL;
  FareNow now = { now_ms (), zone };
  FareQuery query = { .zone = zone };

  fare_range_to_span (fare_range_for_period (FARE_PERIOD_TODAY, &now), zone,
                      &query.from_ms, &query.to_ms);
  reader = fare_meter_read (meter, &error);
  g_assert_no_error (error);
  summary = fare_summary_new (reader, prices, &query, FARE_GROUP_NONE, &error);
  g_assert_no_error (error);

  return *fare_summary_get_total (summary);
}

static char *
ask_today_text (UiRoom *room)
{
  FareSums sums = ask_today (room);

  g_assert_true (sums.has_price);

  return fare_text_money (sums.cost);
}

/* The same from the command line's JSON. */
static double
ask_command_line (void)
{
  const char *argv[] = { g_getenv ("TOKENFARE_CLI"), "report", "today", "--json", NULL };
  g_autofree char *output = NULL;
  g_autoptr(JsonParser) parser = json_parser_new ();
  g_autoptr(GError) error = NULL;
  JsonObject *total;
  int status;

  g_assert_nonnull (argv[0]);
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &output, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);

  json_parser_load_from_data (parser, output, -1, &error);
  g_assert_no_error (error);
  total = json_object_get_object_member (json_node_get_object (json_parser_get_root (parser)),
                                         "total");

  return json_object_get_double_member (total, "cost");
}

static void
test_shows_today (void)
{
  g_autoptr(UiRoom) room = ui_room_new ();
  g_autofree char *expected = NULL;
  g_autofree char *told = NULL;
  GtkWidget *tokens;

  ui_room_add_claude (room, "s-1", today_ms (), "claude-opus-4-8", 1234567, 89012);
  ui_room_add_claude (room, "s-2", today_ms (), "claude-sonnet-4-6", 45678, 9012);
  ui_room_add_claude (room, "s-3", today_ms () - 2 * DAY_MS, "claude-sonnet-4-6", 999999, 999);
  ui_room_open (room);
  ui_room_wait_settled (room);

  expected = ask_today_text (room);
  g_assert_cmpstr (ui_room_get_cost (room), ==, expected);
  g_assert_cmpstr (fare_overview_page_get_state (room->page), ==, "figures");

  told = fare_text_money (ask_command_line ());
  g_assert_cmpstr (told, ==, expected);

  tokens = ui_find (GTK_WIDGET (room->page), FARE_TYPE_STAT_CARD, "tokens_card");
  g_assert_cmpstr (fare_stat_card_get_value (FARE_STAT_CARD (tokens)), ==, "1.4M");
}

static void
count_cb (GObject    *object,
          GParamSpec *pspec,
          gpointer    data)
{
  ++*(guint *) data;
}

static void
test_grows_live (void)
{
  g_autoptr(UiRoom) room = ui_room_new ();
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  GtkWidget *list, *row, *caption;
  gint64 start;
  guint n_caption = 0;

  ui_room_add_claude (room, "s-1", today_ms (), "claude-opus-4-8", 1000000, 1000);
  ui_room_open (room);
  ui_room_wait_settled (room);
  before = g_strdup (ui_room_get_cost (room));

  list = ui_find (GTK_WIDGET (room->page), FARE_TYPE_SHARE_LIST, "tools_list");
  row = fare_share_list_find_row (FARE_SHARE_LIST (list), "claude");
  g_assert_nonnull (row);
  g_assert_true (gtk_widget_grab_focus (row));
  caption = ui_find (GTK_WIDGET (room->page), GTK_TYPE_LABEL, "donut_caption");
  g_signal_connect (caption, "notify::label", G_CALLBACK (count_cb), &n_caption);

  start = g_get_monotonic_time ();
  ui_room_add_claude (room, "s-1", now_ms (), "claude-opus-4-8", 2000000, 1000);
  while (g_strcmp0 (ui_room_get_cost (room), before) == 0)
    {
      g_assert_cmpint (g_get_monotonic_time () - start, <, 60 * G_USEC_PER_SEC);
      g_main_context_iteration (NULL, TRUE);
    }

  /* The figure went straight from the old to the new one; nothing was rebuilt on the way. */
  after = ask_today_text (room);
  g_assert_cmpstr (ui_room_get_cost (room), ==, after);
  g_assert_true (fare_share_list_find_row (FARE_SHARE_LIST (list), "claude") == row);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (room->window)) == row);
  g_assert_cmpuint (n_caption, ==, 0);
}

static void
test_many_updates (void)
{
  g_autoptr(UiRoom) room = ui_room_new ();
  GtkWidget *list, *row;

  ui_room_add_claude (room, "s-1", today_ms (), "claude-opus-4-8", 1000, 1000);
  ui_room_add_claude (room, "s-2", today_ms (), "claude-sonnet-4-6", 1000, 1000);
  ui_room_open (room);
  ui_room_wait_settled (room);

  list = ui_find (GTK_WIDGET (room->page), FARE_TYPE_SHARE_LIST, "models_list");
  row = gtk_widget_get_first_child (gtk_widget_get_first_child (list));
  g_assert_true (gtk_widget_grab_focus (row));

  /* The two models overtake each other again and again. */
  for (int i = 0; i < 6; i++)
    {
      g_autofree char *expected = NULL;

      ui_room_add_claude (room, "s-1", today_ms (),
                          i % 2 ? "claude-opus-4-8" : "claude-sonnet-4-6", 1000 << (4 * i), 10);
      fare_meter_refresh (fare_application_get_meter (room->application));
      ui_pause (300);
      ui_room_wait_settled (room);
      expected = ask_today_text (room);
      ui_room_wait_cost (room, expected, 2.0);
      g_assert_true (gtk_window_get_focus (GTK_WINDOW (room->window)) == row);
    }
}

static gboolean
is_nobody (gpointer data)
{
  return g_str_equal (fare_overview_page_get_state (data), "nobody");
}

static void
test_empty_home (void)
{
  g_autoptr(UiRoom) room = ui_room_new ();
  g_autofree char *expected = NULL;
  GtkWidget *places;

  ui_room_open (room);
  ui_wait (is_nobody, room->page, 10.0);
  places = ui_find (GTK_WIDGET (room->page), ADW_TYPE_EXPANDER_ROW, "places_row");
  g_assert_nonnull (places);
  /* Every place that was looked at has a row. */
  g_assert_nonnull (ui_find (places, ADW_TYPE_ACTION_ROW, NULL));

  /* The first log makes the page turn by itself. */
  ui_room_add_claude (room, "s-1", today_ms (), "claude-opus-4-8", 1000000, 1000);
  fare_meter_refresh (fare_application_get_meter (room->application));
  ui_pause (300);
  ui_room_wait_settled (room);
  expected = ask_today_text (room);
  ui_room_wait_cost (room, expected, 5.0);
  g_assert_cmpstr (fare_overview_page_get_state (room->page), ==, "figures");
}

static void
test_damaged_index (void)
{
  g_autoptr(UiRoom) room = ui_room_new ();
  g_autofree char *folder = g_build_filename (room->home, "state", NULL);
  g_autofree char *path = g_build_filename (folder, "usage.sqlite3", NULL);
  g_autofree char *expected = NULL;
  g_autofree char *notice = NULL;
  GtkWidget *bar, *label;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "this is no database, whatever its name says", -1, NULL));
  ui_room_add_claude (room, "s-1", today_ms (), "claude-opus-4-8", 1000000, 1000);
  ui_room_open (room);
  ui_room_wait_settled (room);

  bar = ui_find (GTK_WIDGET (room->window), GTK_TYPE_INFO_BAR, "info_bar");
  label = ui_find (bar, GTK_TYPE_LABEL, "info_label");
  g_assert_true (gtk_info_bar_get_revealed (GTK_INFO_BAR (bar)));
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (label)), !=, "");

  expected = ask_today_text (room);
  g_assert_cmpstr (ui_room_get_cost (room), ==, expected);

  /* Dismissed is dismissed: the next scan does not bring the same sentence back, though another one
   * may have waited behind it. */
  notice = g_strdup (gtk_label_get_label (GTK_LABEL (label)));
  gtk_info_bar_response (GTK_INFO_BAR (bar), GTK_RESPONSE_CLOSE);
  fare_meter_refresh (fare_application_get_meter (room->application));
  ui_pause (300);
  g_assert_true (!gtk_info_bar_get_revealed (GTK_INFO_BAR (bar)) ||
                 g_strcmp0 (gtk_label_get_label (GTK_LABEL (label)), notice) != 0);
}

static void
assert_no_digit_cb (GtkWidget *widget,
                    gpointer   data)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_opacity (widget) > 0.0)
    g_assert_null (strstr (gtk_label_get_label (GTK_LABEL (widget)), data));
}

static void
test_range_change (void)
{
  g_autoptr(UiRoom) room = ui_room_new ();
  g_autofree char *today = NULL;
  FareRangeChoice *choice;
  GtkWidget *content, *cards;
  int height, blank_height;

  ui_room_add_claude (room, "s-1", today_ms (), "no-such-model-1", 3000000, 100000);
  ui_room_add_claude (room, "s-1", today_ms (), "claude-opus-4-8", 1000000, 0);
  ui_room_add_claude (room, "s-2", today_ms () - DAY_MS, "claude-opus-4-8", 7000000, 0);
  ui_room_open (room);
  ui_room_wait_settled (room);
  today = g_strdup (ui_room_get_cost (room));
  g_assert_cmpstr (today, !=, "");
  cards = ui_find (GTK_WIDGET (room->page), FARE_TYPE_CARD_GRID, NULL);
  ui_pause (100);
  height = gtk_widget_get_allocated_height (cards);

  choice = fare_application_get_choice (room->application);
  fare_range_choice_set_period (choice, FARE_PERIOD_YESTERDAY);

  /* Before the main loop can draw, today's figures are gone everywhere. */
  g_assert_cmpstr (ui_room_get_cost (room), ==, "");
  content = ui_find (GTK_WIDGET (room->page), GTK_TYPE_BOX, "content");
  ui_walk (content, assert_no_digit_cb, today);

  /* And what is below them stays where it is. */
  gtk_widget_measure (cards, GTK_ORIENTATION_VERTICAL, gtk_widget_get_allocated_width (cards),
                      &blank_height, NULL, NULL, NULL);
  g_assert_cmpint (blank_height, ==, height);

  ui_room_wait_settled (room);
  g_assert_cmpstr (ui_room_get_cost (room), !=, today);

  /* Of many changes only the last one counts, whatever order the answers come in. */
  for (int i = 0; i < 20; i++)
    fare_range_choice_set_period (choice, i % 2 ? FARE_PERIOD_TODAY : FARE_PERIOD_ALL);

  ui_room_wait_cost (room, today, 5.0);
  ui_pause (200);
  g_assert_cmpstr (ui_room_get_cost (room), ==, today);
}

static gint64
tomorrow_cb (gpointer data)
{
  return now_ms () + DAY_MS;
}

static void
test_midnight (void)
{
  g_autoptr(UiRoom) room = ui_room_new ();
  FareRangeChoice *choice;
  GtkWidget *nothing;

  ui_room_add_claude (room, "s-1", today_ms (), "claude-opus-4-8", 1000000, 0);
  ui_room_open (room);
  ui_room_wait_settled (room);

  choice = fare_application_get_choice (room->application);
  fare_range_choice_set_clock (choice, tomorrow_cb, NULL);
  g_assert_cmpint (fare_range_choice_get_period (choice), ==, FARE_PERIOD_TODAY);

  /* A new day begins with a true zero, and says when there was something. */
  ui_room_wait_cost (room, "$0.00", 5.0);
  nothing = ui_find (GTK_WIDGET (room->page), GTK_TYPE_BOX, "nothing_box");
  g_assert_true (gtk_widget_get_visible (nothing));
  g_signal_emit_by_name (ui_find (nothing, GTK_TYPE_BUTTON, NULL), "clicked");
  g_assert_cmpint (fare_range_choice_get_period (choice), ==, FARE_PERIOD_YESTERDAY);
}

static gboolean
has_price (gpointer data)
{
  return g_strcmp0 (ui_room_get_cost (data), "no price") != 0;
}

static void
test_unpriced (void)
{
  g_autoptr(UiRoom) room = ui_room_new ();
  GtkWidget *card, *list, *row;

  ui_room_add_claude (room, "s-1", today_ms (), "no-such-model-1", 3000000, 100000);
  ui_room_open (room);
  ui_room_wait_settled (room);

  /* Never $0.00: that would be a claim. */
  g_assert_cmpstr (ui_room_get_cost (room), ==, "no price");
  list = ui_find (GTK_WIDGET (room->page), GTK_TYPE_LIST_BOX, "unpriced_list");
  g_assert_true (gtk_widget_get_visible (list));
  row = ui_find (list, ADW_TYPE_EXPANDER_ROW, NULL);
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), ==,
                   "3.1M tokens have no price");

  ui_room_add_claude (room, "s-1", today_ms (), "claude-opus-4-8", 1000000, 0);
  fare_meter_refresh (fare_application_get_meter (room->application));
  ui_wait (has_price, room, 5.0);
  card = ui_find (GTK_WIDGET (room->page), FARE_TYPE_STAT_CARD, "cost_card");
  g_assert_nonnull (strstr (fare_stat_card_get_detail (FARE_STAT_CARD (card)),
                            "3.1M tokens without price"));
}

/* Whatever a log calls a model is shown as it is, or nearly so. */
static void
test_odd_names (void)
{
  g_autoptr(UiRoom) room = ui_room_new ();
  GtkWidget *list;

  ui_room_add_claude (room, "s-1", today_ms (), "<b>bold</i> & _under", 3000000, 100000);
  ui_room_add_claude (room, "s-1", today_ms (), "broken \xff\xfe utf-8", 3000000, 100000);
  ui_room_add_claude (room, "s-1", today_ms (), "نموذج\\n%s%n", 3000000, 100000);
  ui_room_open (room);
  ui_room_wait_settled (room);

  list = ui_find (GTK_WIDGET (room->page), FARE_TYPE_SHARE_LIST, "models_list");
  g_assert_cmpuint (fare_share_list_get_n_items (FARE_SHARE_LIST (list)), ==, 3);
}

static void
test_hide_amounts (void)
{
  g_autoptr(UiRoom) room = ui_room_new ();
  GActionGroup *actions;

  ui_room_add_claude (room, "s-1", today_ms (), "claude-opus-4-8", 1000000, 0);
  ui_room_open (room);
  ui_room_wait_settled (room);
  actions = G_ACTION_GROUP (room->application);

  g_action_group_activate_action (actions, "hide-amounts", NULL);
  g_assert_cmpstr (ui_room_get_cost (room), ==, "•••");
  ui_walk (GTK_WIDGET (room->window), assert_no_digit_cb, (gpointer) "$");

  g_action_group_activate_action (actions, "hide-amounts", NULL);
  g_assert_cmpstr (ui_room_get_cost (room), !=, "•••");
}

static void
test_hidden_window_asks_nothing (void)
{
  g_autoptr(UiRoom) room = ui_room_new ();
  g_autofree char *expected = NULL;
  FareLiveQuery *query;
  guint n_asked;

  ui_room_add_claude (room, "s-1", today_ms (), "claude-opus-4-8", 1000000, 0);
  ui_room_open (room);
  ui_room_wait_settled (room);
  query = fare_page_get_query (FARE_PAGE (room->page));

  gtk_widget_hide (GTK_WIDGET (room->window));
  ui_pause (100);
  n_asked = fare_live_query_get_n_asked (query);
  ui_room_add_claude (room, "s-1", today_ms (), "claude-opus-4-8", 2000000, 0);
  fare_meter_refresh (fare_application_get_meter (room->application));
  ui_pause (800);
  g_assert_cmpuint (fare_live_query_get_n_asked (query), ==, n_asked);

  gtk_window_present (GTK_WINDOW (room->window));
  expected = ask_today_text (room);
  ui_room_wait_cost (room, expected, 2.0);
}

static gboolean
has_answer (gpointer query)
{
  return fare_live_query_get_answer (query) != NULL;
}

/* The first page's question is on its way before anybody sees the window. */
static void
test_asks_early (void)
{
  g_autoptr(UiRoom) room = ui_room_new ();
  FareApplication *application;
  FareWindow *window;
  FareLiveQuery *query;

  ui_room_add_claude (room, "s-1", today_ms (), "claude-opus-4-8", 1000000, 0);
  ui_room_open (room);
  ui_room_wait_settled (room);

  application = room->application;
  window = fare_window_new (GTK_APPLICATION (application), fare_application_get_meter (application),
                            fare_application_get_choice (application),
                            fare_application_get_preferences (application));
  query = fare_page_get_query (FARE_PAGE (ui_find (GTK_WIDGET (window), FARE_TYPE_OVERVIEW_PAGE, NULL)));
  g_assert_cmpuint (fare_live_query_get_n_asked (query), ==, 1);
  g_assert_null (fare_live_query_get_answer (query));
  fare_window_open (window);
  g_assert_cmpuint (fare_live_query_get_n_asked (query), ==, 1);
  ui_wait (has_answer, query, 5.0);
  g_assert_cmpuint (fare_live_query_get_n_asked (query), ==, 1);
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_closes_without_leak (void)
{
  g_autoptr(UiRoom) room = ui_room_new ();

  ui_room_add_claude (room, "s-1", today_ms (), "claude-opus-4-8", 1000000, 0);
  ui_room_open (room);

  /* In the middle of the first scan and the first question. */
  ui_room_close (room);

  /* The application goes on; another window works as the first one would have. */
  g_application_activate (G_APPLICATION (room->application));
  room->window =
    FARE_WINDOW (gtk_application_get_active_window (GTK_APPLICATION (room->application)));
  room->page = FARE_OVERVIEW_PAGE (ui_find (GTK_WIDGET (room->window), FARE_TYPE_OVERVIEW_PAGE,
                                            NULL));
  ui_room_wait_settled (room);
  g_assert_cmpstr (ui_room_get_cost (room), !=, "");
  ui_room_close (room);
}

static void
test_remembers (void)
{
  g_autoptr(UiRoom) room = ui_room_new ();
  FarePreferences *preferences;
  GSettings *settings;
  g_autofree char *range = NULL;
  g_autofree char *page = NULL;
  int width, height;

  ui_room_open (room);
  preferences = fare_application_get_preferences (room->application);
  gtk_window_set_default_size (GTK_WINDOW (room->window), 777, 555);
  ui_pause (100);
  fare_range_choice_set_period (fare_application_get_choice (room->application),
                                FARE_PERIOD_LAST_30_DAYS);
  ui_room_close (room);

  g_assert_false (fare_preferences_get_window (preferences, &width, &height));
  g_assert_cmpint (width, ==, 777);
  g_assert_cmpint (height, ==, 555);
  settings = fare_preferences_get_settings (preferences);
  range = g_settings_get_string (settings, "default-range");
  page = g_settings_get_string (settings, "last-page");
  g_assert_cmpstr (range, ==, "30");
  g_assert_cmpstr (page, ==, "overview");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gtk_init ();

  g_test_add_func ("/ui/window/shows-today", test_shows_today);
  g_test_add_func ("/ui/window/grows-live", test_grows_live);
  g_test_add_func ("/ui/window/keeps-focus-through-updates", test_many_updates);
  g_test_add_func ("/ui/window/empty-home", test_empty_home);
  g_test_add_func ("/ui/window/damaged-index", test_damaged_index);
  g_test_add_func ("/ui/window/range-change", test_range_change);
  g_test_add_func ("/ui/window/midnight", test_midnight);
  g_test_add_func ("/ui/window/unpriced", test_unpriced);
  g_test_add_func ("/ui/window/odd-names", test_odd_names);
  g_test_add_func ("/ui/window/hide-amounts", test_hide_amounts);
  g_test_add_func ("/ui/window/hidden-asks-nothing", test_hidden_window_asks_nothing);
  g_test_add_func ("/ui/window/asks-early", test_asks_early);
  g_test_add_func ("/ui/window/closes-without-leak", test_closes_without_leak);
  g_test_add_func ("/ui/window/remembers", test_remembers);

  return g_test_run ();
}
