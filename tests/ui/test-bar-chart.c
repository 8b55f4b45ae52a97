/* test-bar-chart.c
 *
 * Bars over time: the keyboard, what a screen reader hears, and the way from the
 * Overview to what is behind its figures.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui-room.h"

#include "widgets/fare-bar-chart.h"
#include "widgets/fare-chart-key.h"
#include "widgets/fare-key-tip.h"
#include "widgets/fare-share-list.h"

static char *
write_axis (double   value,
            gpointer user_data)
{
  return g_strdup_printf ("%g", value);
}

static FareBars *
make_bars (guint n_bars)
{
  static const guint slots[] = { 0, 1 };
  FareBars *bars = fare_bars_new (slots, 2);

  for (guint i = 0; i < n_bars; i++)
    {
      double values[2] = { i, i % 2 };
      FareBar bar = {
        .label = g_strdup_printf ("%u", i),
        .sentence = g_strdup_printf ("bar %u", i),
        .target = i % 2 == 0 ? g_strdup_printf ("t%u", i) : NULL,
      };

      fare_bars_add (bars, bar, values);
    }

  return bars;
}

static void
opened_cb (FareBarChart *chart,
           const char   *target,
           GString      *log)
{
  g_string_append_printf (log, "%s ", target);
}

static gboolean
press (GtkWidget *widget,
       guint      key)
{
  g_autoptr(GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr(GtkEventController) controller = g_list_model_get_item (controllers, i);

      for (guint k = 0; GTK_IS_SHORTCUT_CONTROLLER (controller) &&
                        k < g_list_model_get_n_items (G_LIST_MODEL (controller)); k++)
        {
          g_autoptr(GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), k);
          GtkShortcutTrigger *trigger = gtk_shortcut_get_trigger (shortcut);

          if (GTK_IS_KEYVAL_TRIGGER (trigger) &&
              gtk_keyval_trigger_get_keyval (GTK_KEYVAL_TRIGGER (trigger)) == key)
            return gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, widget,
                                                 gtk_shortcut_get_arguments (shortcut));
        }
    }

  return FALSE;
}

static void
assert_says (GtkWidget  *chart,
             const char *expected)
{
  g_autofree char *sentence = fare_chart_dup_sentence (FARE_CHART (chart));

  g_assert_cmpstr (sentence, ==, expected);
}

static void
test_keyboard (void)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *chart = g_object_new (FARE_TYPE_BAR_CHART, NULL);
  g_autoptr(GString) log = g_string_new (NULL);

  g_signal_connect (chart, "opened", G_CALLBACK (opened_cb), log);
  fare_bar_chart_show (FARE_BAR_CHART (chart), make_bars (5), write_axis, NULL, "Five bars");
  gtk_window_set_child (GTK_WINDOW (window), chart);
  gtk_window_present (GTK_WINDOW (window));
  gtk_widget_grab_focus (chart);
  ui_pause (200);

  gtk_test_accessible_assert_role (chart, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (chart, GTK_ACCESSIBLE_PROPERTY_LABEL, "Five bars");
  gtk_test_accessible_assert_property (chart, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "bar 4");

  g_assert_true (press (chart, GDK_KEY_Left));
  assert_says (chart, "bar 3");
  gtk_test_accessible_assert_property (chart, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "bar 3");
  g_assert_cmpstr (fare_key_tip_get_text (chart), ==, "bar 3");

  /* Bar 3 leads nowhere. */
  press (chart, GDK_KEY_Return);
  g_assert_true (press (chart, GDK_KEY_Home));
  press (chart, GDK_KEY_Left);
  press (chart, GDK_KEY_Return);
  g_assert_true (press (chart, GDK_KEY_End));
  press (chart, GDK_KEY_space);
  g_assert_cmpstr (log->str, ==, "t0 t4 ");

  /* The cursor follows its bar; without it, it goes. */
  fare_bar_chart_show (FARE_BAR_CHART (chart), make_bars (6), write_axis, NULL, "Six bars");
  assert_says (chart, "bar 4");
  fare_bar_chart_show (FARE_BAR_CHART (chart), make_bars (2), write_axis, NULL, "Two bars");
  assert_says (chart, NULL);
  fare_bar_chart_show (FARE_BAR_CHART (chart), fare_bars_new (NULL, 0), write_axis, NULL, "None");
  g_assert_false (press (chart, GDK_KEY_Right));
  ui_pause (50);
  g_assert_null (fare_key_tip_get_text (chart));

  gtk_window_destroy (GTK_WINDOW (window));
}

static gint64
now_ms (void)
{
  return g_get_real_time () / 1000 - 60000;
}

/* A colour of its own has a name of its own; what shares one shares a name, too. */
static void
test_key (void)
{
  GtkWidget *key = g_object_ref_sink (g_object_new (FARE_TYPE_CHART_KEY, NULL));
  const FareChartKeyEntry entries[] = { { "Claude Code", 1 }, { "Codex", 0 }, { "Other tools", 6 } };
  g_autofree char *text = NULL;
  int wide, narrow, least, natural;

  g_assert_false (gtk_widget_get_visible (key));
  fare_chart_key_show (FARE_CHART_KEY (key), entries, G_N_ELEMENTS (entries));
  text = fare_chart_key_dup_text (FARE_CHART_KEY (key));
  g_assert_cmpstr (text, ==, "Claude Code, Codex, Other tools");
  g_assert_true (gtk_widget_get_visible (key));

  /* In one line where there is room, else in as many as it takes. */
  gtk_widget_measure (key, GTK_ORIENTATION_HORIZONTAL, -1, &least, &natural, NULL, NULL);
  g_assert_cmpint (least, <, natural / 2);
  gtk_widget_measure (key, GTK_ORIENTATION_VERTICAL, natural, &wide, NULL, NULL, NULL);
  gtk_widget_measure (key, GTK_ORIENTATION_VERTICAL, natural / 2, &narrow, NULL, NULL, NULL);
  g_assert_cmpint (narrow, >=, 2 * wide);

  fare_chart_key_show (FARE_CHART_KEY (key), NULL, 0);
  g_assert_false (gtk_widget_get_visible (key));
  g_object_unref (key);
}

/* From a tool to its sessions, narrowed to it; from the chart to the day. */
static void
test_leads_on (void)
{
  g_autoptr(UiRoom) room = ui_room_new ();
  FareFilter *filter;
  GtkWidget *list, *chart;
  g_autofree char *key = NULL;
  g_autofree char *sentence = NULL;

  ui_room_add_claude (room, "s-1", now_ms (), "claude-opus-4-8", 1000000, 0);
  ui_room_open (room);
  ui_room_wait_settled (room);
  filter = fare_window_get_filter (room->window);

  list = ui_find (GTK_WIDGET (room->page), FARE_TYPE_SHARE_LIST, "tools_list");
  gtk_widget_activate (fare_share_list_find_row (FARE_SHARE_LIST (list), "claude"));
  ui_pause (50);
  g_assert_true (fare_filter_has (filter, FARE_FILTER_CLIENT, "claude"));
  g_assert_false (gtk_widget_get_mapped (GTK_WIDGET (room->page)));

  g_assert_true (fare_window_show_page (room->window, "overview"));
  gtk_widget_activate_action (GTK_WIDGET (room->window), "win.clear-filter", NULL);
  fare_range_choice_set_period (fare_application_get_choice (room->application), FARE_PERIOD_LAST_7_DAYS);
  ui_room_wait_settled (room);
  chart = ui_find (GTK_WIDGET (room->page), FARE_TYPE_BAR_CHART, NULL);
  key = fare_chart_key_dup_text (FARE_CHART_KEY (ui_find (GTK_WIDGET (room->page),
                                                          FARE_TYPE_CHART_KEY, NULL)));
  g_assert_cmpstr (key, ==, "Claude Code");
  gtk_widget_grab_focus (chart);
  ui_pause (100);
  sentence = fare_chart_dup_sentence (FARE_CHART (chart));
  g_assert_nonnull (sentence);
  press (chart, GDK_KEY_Return);
  g_assert_cmpint (fare_range_choice_get_period (fare_application_get_choice (room->application)), ==,
                   FARE_PERIOD_TODAY);
  g_assert_false (gtk_widget_get_mapped (GTK_WIDGET (room->page)));
}

/* From a month to its days, still on the Overview. */
static void
test_narrows (void)
{
  g_autoptr(UiRoom) room = ui_room_new ();
  FareRangeChoice *choice;
  FareDay today;
  FareRange range;
  GtkWidget *chart;

  ui_room_add_claude (room, "s-1", now_ms (), "claude-opus-4-8", 1000000, 0);
  ui_room_open (room);
  ui_room_wait_settled (room);
  choice = fare_application_get_choice (room->application);
  today = fare_range_choice_get_range (choice).first;
  fare_range_choice_set_days (choice, (FareRange) { fare_day_get_month_start (today, -23), today + 1 });
  ui_room_wait_settled (room);
  chart = ui_find (GTK_WIDGET (room->page), FARE_TYPE_BAR_CHART, NULL);
  gtk_widget_grab_focus (chart);
  ui_pause (100);
  press (chart, GDK_KEY_Return);

  range = fare_range_choice_get_range (choice);
  g_assert_cmpint (range.first, ==, fare_day_get_month_start (today, 0));
  g_assert_cmpint (range.end, ==, today + 1);
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (room->page)));
}

/* No empty axis says that something without a price was free. */
static void
test_no_price (void)
{
  g_autoptr(UiRoom) room = ui_room_new ();
  GtkWidget *chart, *label;

  ui_room_add_claude (room, "s-1", now_ms (), "harbor-preview-2", 1000, 10);
  ui_room_open (room);
  ui_room_wait_settled (room);
  chart = ui_find (GTK_WIDGET (room->page), FARE_TYPE_BAR_CHART, NULL);
  label = ui_find (GTK_WIDGET (room->page), GTK_TYPE_LABEL, "no_price_label");
  g_assert_false (gtk_widget_get_visible (chart));
  g_assert_true (gtk_widget_get_visible (label));

  gtk_widget_activate_action (chart, "chart.chart-metric", "s", "tokens");
  ui_pause (50);
  g_assert_true (gtk_widget_get_visible (chart));
  g_assert_false (gtk_widget_get_visible (label));
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/ui/bar-chart/keyboard", test_keyboard);
  g_test_add_func ("/ui/bar-chart/key", test_key);
  g_test_add_func ("/ui/bar-chart/narrows", test_narrows);
  g_test_add_func ("/ui/bar-chart/no-price", test_no_price);
  g_test_add_func ("/ui/bar-chart/leads-on", test_leads_on);

  return g_test_run ();
}
