/* test-past-year.c
 *
 * The past year on the Overview, in the real window: its days and its way to the calendar.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui-room.h"

#include "models/fare-calendar-text.h"
#include "pages/fare-calendar-page.h"
#include "pages/fare-year-strip.h"
#include "widgets/fare-still-label.h"
#include "widgets/fare-year-grid.h"

#define DAY_MS (24 * 60 * 60 * G_GINT64_CONSTANT (1000))
#define MODEL "claude-opus-4-8"

static gint64
noon (int days)
{
  gint64 now = g_get_real_time () / 1000;

  return now - now % DAY_MS + DAY_MS / 2 - days * DAY_MS;
}

static FareCalendarCanvas *
get_grid (UiRoom *room)
{
  return FARE_CALENDAR_CANVAS (ui_find (GTK_WIDGET (room->page), FARE_TYPE_YEAR_GRID, NULL));
}

static gboolean
has_sheet (gpointer data)
{
  return fare_calendar_canvas_get_sheet (get_grid (data)) != NULL;
}

/* 1500 tokens on each of three days, one of them before the year that is shown. */
static UiRoom *
open_year (void)
{
  UiRoom *room = ui_room_new ();

  ui_room_add_claude (room, "one", noon (1), MODEL, 1000, 500);
  ui_room_add_claude (room, "two", noon (100), MODEL, 1000, 500);
  ui_room_add_claude (room, "old", noon (380), MODEL, 1000, 500);
  ui_room_open (room);
  ui_room_wait_settled (room);
  ui_room_visit_pages (room);
  ui_wait (has_sheet, room, 10);

  return room;
}

static gboolean
has_open_day (gpointer data)
{
  UiRoom *room = data;
  GtkWidget *page = ui_find (GTK_WIDGET (room->window), FARE_TYPE_CALENDAR_PAGE, NULL);

  return fare_calendar_page_get_open_day (FARE_CALENDAR_PAGE (page)) != FARE_DAY_MIN;
}

static void
test_days (void)
{
  g_autoptr(UiRoom) room = open_year ();
  FareCalendarSheet *sheet = fare_calendar_canvas_get_sheet (get_grid (room));
  GtkWidget *strip = ui_find (GTK_WIDGET (room->page), FARE_TYPE_YEAR_STRIP, NULL);
  GtkWidget *total = ui_find (strip, FARE_TYPE_STILL_LABEL, "total_label");
  g_autofree char *summary = fare_calendar_text_summary (sheet);

  g_assert_cmpuint (sheet->n_weeks, ==, 53);
  g_assert_cmpint (sheet->range.end, ==, sheet->today + 1);
  g_assert_cmpint (fare_usage_total (&sheet->total.usage), ==, 3000);
  g_assert_cmpuint (sheet->streaks.active_days, ==, 2);
  g_assert_cmpstr (fare_still_label_get_label (FARE_STILL_LABEL (total)), ==,
                   "3K tokens on 2 active days");

  /* For a screen reader it is one image that says what it shows. */
  gtk_test_accessible_assert_role (get_grid (room), GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (get_grid (room), GTK_ACCESSIBLE_PROPERTY_LABEL, summary);
  g_assert_nonnull (strstr (summary, "total 3K tokens"));
}

/* The year is the same whatever days are chosen, and is not asked for again. */
static void
test_other_range (void)
{
  g_autoptr(UiRoom) room = open_year ();
  FareCalendarSheet *sheet = fare_calendar_canvas_get_sheet (get_grid (room));
  FareCalendarSheet *after;

  fare_range_choice_set_period (fare_application_get_choice (room->application), FARE_PERIOD_MONTH);
  g_assert_true (has_sheet (room));
  ui_room_wait_settled (room);
  after = fare_calendar_canvas_get_sheet (get_grid (room));
  g_assert_true (fare_calendar_sheet_equal (sheet, after));
}

/* A filter narrows the year, too; the squares of another filter are not seen for a moment. */
static void
test_filter (void)
{
  g_autoptr(UiRoom) room = open_year ();

  fare_filter_set (fare_window_get_filter (room->window), FARE_FILTER_CLIENT, "codex", TRUE);
  g_assert_false (has_sheet (room));
  ui_wait (has_sheet, room, 10);
  g_assert_cmpint (fare_usage_total (&fare_calendar_canvas_get_sheet (get_grid (room))->total.usage),
                   ==, 0);
}

static void
assert_opens (UiRoom  *room,
              FareDay  day)
{
  GtkWidget *page = ui_find (GTK_WIDGET (room->window), FARE_TYPE_CALENDAR_PAGE, NULL);

  g_signal_emit_by_name (get_grid (room), "day-activated", day);
  g_assert_true (gtk_widget_get_child_visible (page));
  ui_wait (has_open_day, room, 10);
  g_assert_cmpint (fare_calendar_page_get_open_day (FARE_CALENDAR_PAGE (page)), ==, day);
  g_assert_nonnull (fare_calendar_sheet_find (fare_calendar_page_get_sheet (FARE_CALENDAR_PAGE (page)),
                                              day));
}

/* The day opens in whatever view the calendar was left, at the first and at any later time. */
static void
test_open_day (void)
{
  g_autoptr(UiRoom) room = open_year ();
  FareDay today = fare_calendar_canvas_get_sheet (get_grid (room))->today;

  fare_window_show_page (room->window, "calendar");
  fare_window_show_page (room->window, "overview");
  ui_pause (300);

  for (int kind = FARE_CALENDAR_MONTH; kind <= FARE_CALENDAR_ISO; kind++)
    {
      GtkWidget *page = ui_find (GTK_WIDGET (room->window), FARE_TYPE_CALENDAR_PAGE, NULL);

      fare_calendar_page_show_period (FARE_CALENDAR_PAGE (page), kind, today);
      assert_opens (room, today - 100);
      fare_window_show_page (room->window, "overview");
      ui_pause (100);
      assert_opens (room, today - 1);
      fare_window_show_page (room->window, "overview");
      ui_pause (700);
    }
}

static gboolean
is_down (gpointer data)
{
  return gtk_adjustment_get_value (data) > 50.0;
}

static gboolean
is_up (gpointer data)
{
  return gtk_adjustment_get_value (data) < 1.0;
}

/* Page keys move the page: the squares have no other year to show. */
static void
test_page_keys (void)
{
  g_autoptr(UiRoom) room = open_year ();
  GtkWidget *strip = ui_find (GTK_WIDGET (room->page), FARE_TYPE_YEAR_STRIP, NULL);
  GtkWidget *scroller = gtk_widget_get_ancestor (strip, GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));

  ui_pause (200);
  gtk_adjustment_set_value (adjustment, 0.0);
  g_signal_emit_by_name (get_grid (room), "step", 1);
  ui_wait (is_down, adjustment, 5.0);
  ui_pause (500);
  g_signal_emit_by_name (get_grid (room), "step", -1);
  ui_wait (is_up, adjustment, 5.0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/past-year/days", test_days);
  g_test_add_func ("/past-year/other-range", test_other_range);
  g_test_add_func ("/past-year/filter", test_filter);
  g_test_add_func ("/past-year/open-day", test_open_day);
  g_test_add_func ("/past-year/page-keys", test_page_keys);

  return g_test_run ();
}
