/* test-range.c
 *
 * Choosing the days shown: presets, steps, storing, and the button with its calendars.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui-room.h"

#include "widgets/fare-range-button.h"

/* 22 November 2026, 15:00 UTC */
#define NOW_MS (G_GINT64_CONSTANT (1795359600) * 1000)

static gint64
clock_cb (gpointer data)
{
  return *(gint64 *) data;
}

static FareRangeChoice *
make_choice (gint64 *now_ms)
{
  FareRangeChoice *choice = fare_range_choice_new ();

  fare_range_choice_set_clock (choice, clock_cb, now_ms);

  return choice;
}

static void
assert_days (FareRangeChoice *choice,
             const char      *first,
             const char      *last)
{
  FareRange range = fare_range_choice_get_range (choice);
  g_autofree char *first_text = fare_day_to_string (range.first);
  g_autofree char *last_text = fare_day_to_string (range.end - 1);

  g_assert_cmpstr (first_text, ==, first);
  g_assert_cmpstr (last_text, ==, last);
}

static void
count_cb (GObject  *object,
          gpointer  data)
{
  ++*(guint *) data;
}

static void
test_steps (void)
{
  gint64 now = NOW_MS;
  g_autoptr(FareRangeChoice) choice = make_choice (&now);

  assert_days (choice, "2026-11-22", "2026-11-22");
  g_assert_false (fare_range_choice_can_step (choice, 1));

  fare_range_choice_step (choice, -1);
  g_assert_cmpint (fare_range_choice_get_period (choice), ==, FARE_PERIOD_YESTERDAY);
  fare_range_choice_step (choice, -1);
  assert_days (choice, "2026-11-20", "2026-11-20");
  fare_range_choice_step (choice, 1);
  fare_range_choice_step (choice, 1);
  g_assert_cmpint (fare_range_choice_get_period (choice), ==, FARE_PERIOD_TODAY);

  fare_range_choice_set_period (choice, FARE_PERIOD_LAST_7_DAYS);
  fare_range_choice_step (choice, -1);
  assert_days (choice, "2026-11-09", "2026-11-15");

  /* A month is followed by a month, however long; the present one ends with today. */
  fare_range_choice_set_period (choice, FARE_PERIOD_MONTH);
  assert_days (choice, "2026-11-01", "2026-11-22");
  fare_range_choice_step (choice, -1);
  g_assert_cmpint (fare_range_choice_get_period (choice), ==, FARE_PERIOD_LAST_MONTH);
  fare_range_choice_step (choice, -1);
  assert_days (choice, "2026-09-01", "2026-09-30");
  fare_range_choice_step (choice, 1);
  fare_range_choice_step (choice, 1);
  g_assert_cmpint (fare_range_choice_get_period (choice), ==, FARE_PERIOD_MONTH);

  fare_range_choice_set_period (choice, FARE_PERIOD_YEAR);
  fare_range_choice_step (choice, -1);
  assert_days (choice, "2025-01-01", "2025-12-31");

  fare_range_choice_set_period (choice, FARE_PERIOD_ALL);
  g_assert_false (fare_range_choice_can_step (choice, -1));
  g_assert_false (fare_range_choice_can_step (choice, 1));
}

static void
test_no_future (void)
{
  gint64 now = NOW_MS;
  g_autoptr(FareRangeChoice) choice = make_choice (&now);
  FareDay today = fare_day_from_ymd (2026, 11, 22);

  fare_range_choice_set_days (choice, (FareRange) { today - 3, today + 40 });
  assert_days (choice, "2026-11-19", "2026-11-22");
  fare_range_choice_set_days (choice, (FareRange) { today + 5, today + 9 });
  assert_days (choice, "2026-11-22", "2026-11-22");
  g_assert_cmpint (fare_range_choice_get_period (choice), ==, FARE_PERIOD_TODAY);
}

static void
test_rolls_over (void)
{
  gint64 now = NOW_MS;
  g_autoptr(FareRangeChoice) choice = make_choice (&now);
  guint n_changes = 0;

  g_signal_connect (choice, "changed", G_CALLBACK (count_cb), &n_changes);
  now += 8 * 3600 * 1000;
  fare_range_choice_check_clock (choice);
  g_assert_cmpuint (n_changes, ==, 0);
  now += 2 * 3600 * 1000;
  fare_range_choice_check_clock (choice);
  g_assert_cmpuint (n_changes, ==, 1);
  assert_days (choice, "2026-11-23", "2026-11-23");
}

static void
test_stored (void)
{
  const char *texts[] = { "today", "yesterday", "7", "30", "week", "month", "last-month", "year",
                          "all", "2026-03-04/2026-03-09" };
  gint64 now = NOW_MS;
  g_autoptr(FareRangeChoice) choice = make_choice (&now);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *text = NULL;

      fare_range_choice_from_string (choice, texts[i]);
      text = fare_range_choice_to_string (choice);
      g_assert_cmpstr (text, ==, texts[i]);
    }

  assert_days (choice, "2026-03-04", "2026-03-09");

  /* What somebody wrote into the settings by hand must not hurt. */
  fare_range_choice_from_string (choice, "2026-03-09/2026-03-04");
  g_assert_cmpint (fare_range_choice_get_period (choice), ==, FARE_PERIOD_TODAY);
  fare_range_choice_from_string (choice, "nonsense/2026-13-41");
  g_assert_cmpint (fare_range_choice_get_period (choice), ==, FARE_PERIOD_TODAY);
  fare_range_choice_from_string (choice, "");
  g_assert_cmpint (fare_range_choice_get_period (choice), ==, FARE_PERIOD_TODAY);
}

typedef struct
{
  gint64           now_ms;
  FareRangeChoice *choice;
  GtkWidget       *window;
  GtkWidget       *button;
} ButtonRoom;

static void
button_room_set_up (ButtonRoom    *room,
                    gconstpointer  data)
{
  room->now_ms = NOW_MS;
  room->choice = make_choice (&room->now_ms);
  room->window = gtk_window_new ();
  room->button = g_object_new (FARE_TYPE_RANGE_BUTTON, NULL);
  fare_range_button_set_choice (FARE_RANGE_BUTTON (room->button), room->choice);
  gtk_window_set_child (GTK_WINDOW (room->window), room->button);
  gtk_window_present (GTK_WINDOW (room->window));
}

static void
button_room_tear_down (ButtonRoom    *room,
                       gconstpointer  data)
{
  gpointer button = room->button;

  g_object_add_weak_pointer (G_OBJECT (button), &button);
  gtk_window_destroy (GTK_WINDOW (room->window));
  g_assert_null (button);
  g_assert_finalize_object (room->choice);
}

static void
test_names_range (ButtonRoom    *room,
                  gconstpointer  data)
{
  GtkWidget *menu_button = ui_find (room->button, GTK_TYPE_MENU_BUTTON, "menu_button");
  GtkWidget *label = ui_find (room->button, GTK_TYPE_LABEL, "title_label");

  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (label)), ==, "Today");
  fare_range_choice_set_period (room->choice, FARE_PERIOD_LAST_7_DAYS);
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (label)), ==, "Last 7 Days");
  gtk_test_accessible_assert_property (menu_button, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Days shown: Last 7 Days");
}

static GtkListBox *
open_presets (ButtonRoom *room)
{
  fare_range_button_popup (FARE_RANGE_BUTTON (room->button));

  return GTK_LIST_BOX (ui_find (room->button, GTK_TYPE_LIST_BOX, "presets"));
}

static void
test_presets (ButtonRoom    *room,
              gconstpointer  data)
{
  GtkListBox *presets = open_presets (room);
  GtkWidget *first = GTK_WIDGET (gtk_list_box_get_row_at_index (presets, 0));

  /* The keyboard starts on the preset in force. */
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (room->window)), first) ||
                 gtk_window_get_focus (GTK_WINDOW (room->window)) == first);

  g_signal_emit_by_name (presets, "row-activated", gtk_list_box_get_row_at_index (presets, 3));
  g_assert_cmpint (fare_range_choice_get_period (room->choice), ==, FARE_PERIOD_LAST_30_DAYS);
}

static void
select_day (GtkWidget *calendar,
            int        year,
            int        month,
            int        day)
{
  g_autoptr(GDateTime) date = g_date_time_new_local (year, month, day, 0, 0, 0);

  gtk_calendar_select_day (GTK_CALENDAR (calendar), date);
}

static FareDay
get_day (GtkWidget *calendar)
{
  g_autoptr(GDateTime) date = gtk_calendar_get_date (GTK_CALENDAR (calendar));

  return fare_day_from_ymd (g_date_time_get_year (date), g_date_time_get_month (date),
                            g_date_time_get_day_of_month (date));
}

/* Names the whole month even on a telephone. */
static void
test_narrow (ButtonRoom    *room,
             gconstpointer  data)
{
  FareRangeButton *button = FARE_RANGE_BUTTON (room->button);
  GtkLabel *label = GTK_LABEL (ui_find (room->button, GTK_TYPE_LABEL, "title_label"));
  int minimum;

  fare_range_choice_set_period (room->choice, FARE_PERIOD_MONTH);
  fare_range_button_set_narrow (button, TRUE);

  /* The width of its longest word is enough. */
  gtk_widget_measure (GTK_WIDGET (label), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  gtk_widget_size_allocate (GTK_WIDGET (label), &(GtkAllocation) { 0, 0, minimum, 40 }, -1);
  g_assert_false (pango_layout_is_ellipsized (gtk_label_get_layout (label)));
  g_assert_cmpint (pango_layout_get_line_count (gtk_label_get_layout (label)), ==, 2);

  /* Letters that are twice as wide fill a line twice as soon. */
  gtk_label_set_label (label, "2026年11月");
  fare_range_button_set_narrow (button, TRUE);
  g_assert_true (gtk_label_get_wrap (label));

  fare_range_choice_set_period (room->choice, FARE_PERIOD_TODAY);
  g_assert_false (gtk_label_get_wrap (label));
  fare_range_button_set_narrow (button, FALSE);
  fare_range_choice_set_period (room->choice, FARE_PERIOD_MONTH);
  g_assert_false (gtk_label_get_wrap (label));
}

static void
test_custom (ButtonRoom    *room,
             gconstpointer  data)
{
  GtkWidget *first, *last, *apply;

  fare_range_button_popup_custom (FARE_RANGE_BUTTON (room->button));
  first = ui_find (room->button, GTK_TYPE_CALENDAR, "first_calendar");
  last = ui_find (room->button, GTK_TYPE_CALENDAR, "last_calendar");
  apply = ui_find (room->button, GTK_TYPE_BUTTON, "apply_button");
  g_assert_cmpint (get_day (last), ==, fare_day_from_ymd (2026, 11, 22));

  select_day (first, 2026, 11, 3);
  select_day (last, 2026, 11, 17);
  g_assert_cmpint (get_day (first), ==, fare_day_from_ymd (2026, 11, 3));

  gtk_test_accessible_assert_property (first, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "3 Nov 2026");
  gtk_test_accessible_assert_property (last, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "17 Nov 2026");

  /* From never lies after to: the day chosen last is right, the other one follows. */
  select_day (first, 2026, 11, 20);
  g_assert_cmpint (get_day (last), ==, fare_day_from_ymd (2026, 11, 20));
  select_day (last, 2026, 11, 10);
  g_assert_cmpint (get_day (first), ==, fare_day_from_ymd (2026, 11, 10));

  /* No day that is still to come. */
  select_day (last, 2027, 5, 1);
  g_assert_cmpint (get_day (last), ==, fare_day_from_ymd (2026, 11, 22));

  select_day (last, 2026, 11, 17);
  g_signal_emit_by_name (apply, "clicked");
  assert_days (room->choice, "2026-11-10", "2026-11-17");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/ui/range/steps", test_steps);
  g_test_add_func ("/ui/range/no-future", test_no_future);
  g_test_add_func ("/ui/range/rolls-over", test_rolls_over);
  g_test_add_func ("/ui/range/stored", test_stored);
  g_test_add ("/ui/range/button-names-range", ButtonRoom, NULL,
              button_room_set_up, test_names_range, button_room_tear_down);
  g_test_add ("/ui/range/presets", ButtonRoom, NULL,
              button_room_set_up, test_presets, button_room_tear_down);
  g_test_add ("/ui/range/narrow", ButtonRoom, NULL,
              button_room_set_up, test_narrow, button_room_tear_down);
  g_test_add ("/ui/range/custom", ButtonRoom, NULL,
              button_room_set_up, test_custom, button_room_tear_down);

  return g_test_run ();
}
