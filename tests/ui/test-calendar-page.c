/* test-calendar-page.c
 *
 * The calendar in the real window, on real logs.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui-room.h"

#include <json-glib/json-glib.h>
#include <math.h>

#include "models/fare-calendar-text.h"
#include "pages/fare-calendar-day.h"
#include "pages/fare-calendar-page.h"
#include "widgets/fare-calendar-table.h"
#include "widgets/fare-iso-calendar.h"
#include "widgets/fare-level-swatch.h"
#include "widgets/fare-month-grid.h"
#include "widgets/fare-year-grid.h"

#define DAY_MS (24 * 60 * 60 * G_GINT64_CONSTANT (1000))
#define MODEL "claude-opus-4-8"

/* The pointer rests over the days, and GTK complains when the window goes in the half second that it
 * takes a tooltip to show. */
typedef UiRoom SettledRoom;

static void
settled_room_free (SettledRoom *room)
{
  ui_pause (700);
  ui_room_free (room);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SettledRoom, settled_room_free)

static FareCalendarPage *
get_page (UiRoom *room)
{
  return FARE_CALENDAR_PAGE (ui_find (GTK_WIDGET (room->window), FARE_TYPE_CALENDAR_PAGE, NULL));
}

static gpointer
find (UiRoom *room,
      GType   type)
{
  return ui_find (GTK_WIDGET (get_page (room)), type, NULL);
}

static gboolean
has_sheet (gpointer data)
{
  return fare_calendar_page_get_sheet (data) != NULL;
}

static FareCalendarSheet *
get_sheet (UiRoom *room)
{
  return fare_calendar_page_get_sheet (get_page (room));
}

static FareDay
get_today (UiRoom *room)
{
  return get_sheet (room)->today;
}

/* UTC milliseconds at noon of a day @days ago; noon is the same day in every zone of Europe. */
static gint64
noon (int days)
{
  gint64 now = g_get_real_time () / 1000;

  return now - now % DAY_MS + DAY_MS / 2 - days * DAY_MS;
}

/* The application with @n_days days of use up to yesterday, each with another amount; the calendar is
 * shown. */
static UiRoom *
open_calendar (int n_days)
{
  UiRoom *room = ui_room_new ();

  for (int i = 1; i <= n_days; i++)
    {
      g_autofree char *session = g_strdup_printf ("s-%d", i);

      if (i % 6 != 0)
        ui_room_add_claude (room, session, noon (i), MODEL, 1000 * (1 + (i * 37) % 83), 500);
    }

  ui_room_open (room);
  ui_room_wait_settled (room);
  gtk_widget_activate_action (GTK_WIDGET (room->window), "win.show-page", "s", "calendar");
  ui_wait (has_sheet, get_page (room), 10);
  fare_calendar_page_show_period (get_page (room), FARE_CALENDAR_YEAR, get_today (room) - 1);

  return room;
}

static void
show (UiRoom           *room,
      FareCalendarKind  kind)
{
  fare_calendar_page_show_period (get_page (room), kind, get_today (room) - 1);
  ui_pause (50);
}

/* One period for all: with the month alone, and with the year. */
static void
test_views_agree (void)
{
  g_autoptr(SettledRoom) room = open_calendar (20);
  FareCalendarSheet *sheet;
  GtkWidget *month;
  FareCalendarTable *table;

  show (room, FARE_CALENDAR_YEAR);
  g_assert_true (fare_calendar_sheet_equal (fare_calendar_canvas_get_sheet (find (room, FARE_TYPE_YEAR_GRID)),
                                            get_sheet (room)));
  sheet = fare_calendar_sheet_ref (get_sheet (room));
  show (room, FARE_CALENDAR_ISO);
  g_assert_true (fare_calendar_sheet_equal (sheet, get_sheet (room)));

  for (guint i = 0; i < sheet->n_cells; i++)
    {
      const FareIsoCube *cube = &fare_iso_calendar_get_scene (find (room, FARE_TYPE_ISO_CALENDAR))->cubes[i];

      g_assert_cmpuint (cube->level, ==, sheet->cells[i].level);
      g_assert_cmpuint (cube->level, ==,
                        fare_calendar_levels_get_level (&sheet->levels, sheet->cells[i].value));
    }

  table = find (room, FARE_TYPE_CALENDAR_TABLE);
  for (FareDay day = sheet->range.first; day <= sheet->today; day++)
    {
      const FareCalendarCell *cell = fare_calendar_sheet_find (sheet, day);
      g_autofree char *shown = fare_calendar_table_dup_text (table, day, 1);
      g_autofree char *money = fare_calendar_text_money (sheet, &cell->sums);

      g_assert_cmpstr (shown, ==, money);
    }

  show (room, FARE_CALENDAR_MONTH);
  month = find (room, FARE_TYPE_MONTH_GRID);
  for (guint i = 0; i < get_sheet (room)->n_cells; i++)
    {
      const FareCalendarCell *cell = &get_sheet (room)->cells[i];
      GtkWidget *button = fare_month_grid_find_button (FARE_MONTH_GRID (month), cell->day);
      g_autofree char *sentence = fare_calendar_text_sentence (get_sheet (room), cell);

      g_assert_cmpuint (fare_level_swatch_get_level (FARE_LEVEL_SWATCH (ui_find (button, FARE_TYPE_LEVEL_SWATCH, NULL))),
                        ==, cell->level);
      gtk_test_accessible_assert_property (button, GTK_ACCESSIBLE_PROPERTY_LABEL, sentence);
      g_assert_cmpint (gtk_widget_get_sensitive (button), ==, !cell->is_future);
      if (fare_calendar_sheet_find (sheet, cell->day) != NULL)
        g_assert_cmpfloat (fare_calendar_sheet_find (sheet, cell->day)->sums.cost, ==, cell->sums.cost);
    }

  fare_calendar_sheet_unref (sheet);
}

static JsonNode *
run_report (UiRoom            *room,
            FareCalendarSheet *sheet)
{
  g_autofree char *from = fare_day_to_string (sheet->range.first);
  g_autofree char *to = fare_day_to_string (sheet->today);
  const char *argv[] = { g_getenv ("TOKENFARE_CLI"), "report", "--from", from, "--to", to, "--by", "day",
                         "--json", NULL };
  g_autofree char *output = NULL;
  g_autofree char *errors = NULL;
  g_autoptr(GError) error = NULL;
  JsonNode *root;
  int status;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &output, &errors, &status,
                &error);
  g_assert_no_error (error);
  if (status != 0)
    g_error ("%s", errors);
  root = json_from_string (output, &error);
  g_assert_no_error (error);

  return root;
}

/* The window and the command line tell the same of every day, and of all of them. */
static void
test_days_are_those_of_the_report (void)
{
  g_autoptr(SettledRoom) room = open_calendar (30);
  g_autoptr(JsonNode) root = NULL;
  FareCalendarSheet *sheet;
  JsonArray *rows;
  double total = 0.0;
  guint n_used = 0;

  show (room, FARE_CALENDAR_YEAR);
  sheet = get_sheet (room);
  root = run_report (room, sheet);
  rows = json_object_get_array_member (json_node_get_object (root), "rows");

  for (guint i = 0; i < sheet->n_cells; i++)
    n_used += sheet->cells[i].is_used;
  g_assert_cmpuint (n_used, >, 5);
  g_assert_cmpuint (json_array_get_length (rows), ==, n_used);

  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);
      FareNow now = { 0, NULL };
      const FareCalendarCell *cell;
      FareDay day;

      g_assert_true (fare_day_parse (json_object_get_string_member (row, "key"), &now, &day, NULL));
      cell = fare_calendar_sheet_find (sheet, day);
      g_assert_nonnull (cell);
      g_assert_cmpfloat_with_epsilon (json_object_get_double_member (row, "cost"),
                                      cell->sums.cost, 1e-6);
      total += cell->sums.cost;
    }

  g_assert_cmpfloat_with_epsilon (sheet->total.cost, total, 1e-9);
}

/* A key as a keyboard sends it; GTK has no call for that, so the handler is asked by its signal. */
static void
press (GtkWidget       *widget,
       guint            key,
       GdkModifierType  modifiers)
{
  g_autoptr(GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr(GtkEventController) controller = g_list_model_get_item (controllers, i);
      gboolean is_handled = FALSE;

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", key, 0, modifiers, &is_handled);
      if (is_handled)
        return;
    }
}

static gboolean
has_every_day (gpointer data)
{
  GtkSelectionModel *model = gtk_column_view_get_model (data);

  return model != NULL && g_list_model_get_n_items (G_LIST_MODEL (model)) > 100;
}

/* Widgets for a year of days are made for those who look at them. */
static void
test_table_is_late (void)
{
  g_autoptr(SettledRoom) room = open_calendar (20);
  GtkWidget *table;

  show (room, FARE_CALENDAR_YEAR);
  table = ui_find (find (room, FARE_TYPE_CALENDAR_TABLE), GTK_TYPE_COLUMN_VIEW, NULL);
  g_assert_null (gtk_column_view_get_model (GTK_COLUMN_VIEW (table)));

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (ui_find (GTK_WIDGET (get_page (room)), GTK_TYPE_TOGGLE_BUTTON,
                                                            "table_toggle")), TRUE);
  ui_wait (has_every_day, table, 5.0);
}

static void
test_keyboard (void)
{
  g_autoptr(SettledRoom) room = open_calendar (40);
  FareCalendarCanvas *canvas;
  FareIsoCalendar *iso;
  FareCalendarSheet *sheet;
  FareDay start;
  g_autofree char *sentence = NULL;

  show (room, FARE_CALENDAR_ISO);
  iso = find (room, FARE_TYPE_ISO_CALENDAR);
  canvas = FARE_CALENDAR_CANVAS (iso);
  sheet = get_sheet (room);
  gtk_widget_grab_focus (GTK_WIDGET (canvas));
  start = sheet->range.first + 14;
  fare_calendar_canvas_set_cursor (canvas, start);

  press (GTK_WIDGET (canvas), GDK_KEY_Right, 0);
  g_assert_cmpint (fare_calendar_canvas_get_cursor (canvas), ==, start + 7);
  press (GTK_WIDGET (canvas), GDK_KEY_Left, 0);
  press (GTK_WIDGET (canvas), GDK_KEY_Down, 0);
  g_assert_cmpint (fare_calendar_canvas_get_cursor (canvas), ==, start + 1);
  press (GTK_WIDGET (canvas), GDK_KEY_Up, 0);
  g_assert_cmpint (fare_calendar_canvas_get_cursor (canvas), ==, start);
  press (GTK_WIDGET (canvas), GDK_KEY_Home, 0);
  g_assert_cmpint (fare_calendar_canvas_get_cursor (canvas), ==, sheet->range.first);
  press (GTK_WIDGET (canvas), GDK_KEY_Up, 0);
  g_assert_cmpint (fare_calendar_canvas_get_cursor (canvas), ==, sheet->range.first);
  press (GTK_WIDGET (canvas), GDK_KEY_End, 0);
  g_assert_cmpint (fare_calendar_canvas_get_cursor (canvas), ==, fare_calendar_sheet_last_day (sheet));
  press (GTK_WIDGET (canvas), GDK_KEY_m, 0);
  g_assert_cmpint (fare_calendar_canvas_get_cursor (canvas), ==, sheet->highlights.peak_day);
  sentence = fare_calendar_text_sentence (sheet, fare_calendar_sheet_find (sheet, sheet->highlights.peak_day));
  gtk_test_accessible_assert_property (canvas, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, sentence);
  gtk_test_accessible_assert_role (canvas, GTK_ACCESSIBLE_ROLE_IMG);

  press (GTK_WIDGET (canvas), GDK_KEY_bracketright, 0);
  g_assert_cmpint (fare_iso_calendar_get_rotation (iso), ==, 1);
  press (GTK_WIDGET (canvas), GDK_KEY_bracketleft, 0);
  press (GTK_WIDGET (canvas), GDK_KEY_bracketleft, 0);
  g_assert_cmpint (fare_iso_calendar_get_rotation (iso), ==, 3);
  press (GTK_WIDGET (canvas), GDK_KEY_plus, GDK_CONTROL_MASK);
  g_assert_cmpfloat (fare_iso_calendar_get_zoom (iso), ==, 1.25);
  press (GTK_WIDGET (canvas), GDK_KEY_0, GDK_CONTROL_MASK);
  g_assert_cmpfloat (fare_iso_calendar_get_zoom (iso), ==, 1.0);

  press (GTK_WIDGET (canvas), GDK_KEY_Return, 0);
  g_assert_cmpint (fare_calendar_page_get_open_day (get_page (room)), ==, sheet->highlights.peak_day);
  g_assert_true (fare_page_go_back (FARE_PAGE (get_page (room))));
  ui_pause (50);
  g_assert_cmpint (fare_calendar_page_get_open_day (get_page (room)), ==, FARE_DAY_MIN);
}

/* New use today reaches the calendar by itself; cursor, period and an open day stay. */
static gboolean
has_use_today (gpointer data)
{
  FareCalendarSheet *sheet = fare_calendar_page_get_sheet (data);

  return sheet != NULL && fare_calendar_sheet_find (sheet, sheet->today) != NULL &&
         fare_calendar_sheet_find (sheet, sheet->today)->sums.messages >= 3;
}

static void
test_live_update (void)
{
  g_autoptr(SettledRoom) room = open_calendar (20);
  FareCalendarCanvas *canvas;
  FareDay cursor;

  fare_calendar_page_show_period (get_page (room), FARE_CALENDAR_ISO, get_today (room));
  canvas = FARE_CALENDAR_CANVAS (find (room, FARE_TYPE_ISO_CALENDAR));
  ui_pause (50);
  cursor = get_sheet (room)->range.first;
  fare_calendar_canvas_set_cursor (canvas, cursor);
  fare_iso_calendar_turn (FARE_ISO_CALENDAR (canvas), 1);

  for (int i = 0; i < 3; i++)
    ui_room_add_claude (room, "s-new", g_get_real_time () / 1000 - 1000 * i, MODEL, 2000, 100);
  ui_wait (has_use_today, get_page (room), 10);

  g_assert_cmpint (fare_calendar_canvas_get_cursor (canvas), ==, cursor);
  g_assert_cmpint (fare_iso_calendar_get_rotation (FARE_ISO_CALENDAR (canvas)), ==, 1);
  g_assert_true (fare_calendar_sheet_equal (fare_calendar_canvas_get_sheet (canvas), get_sheet (room)));
}

/* Nothing moves: nothing is drawn, and pointing at days does not draw the scene. */
static void
test_idle (void)
{
  g_autoptr(SettledRoom) room = open_calendar (20);
  FareCalendarCanvas *canvas;
  guint n_drawn;

  show (room, FARE_CALENDAR_ISO);
  canvas = FARE_CALENDAR_CANVAS (find (room, FARE_TYPE_ISO_CALENDAR));
  ui_pause (600);
  n_drawn = fare_calendar_canvas_get_n_drawn (canvas);
  g_assert_cmpuint (n_drawn, >, 0);
  fare_calendar_canvas_set_cursor (canvas, get_sheet (room)->range.first + 3);
  ui_pause (600);
  g_assert_cmpuint (fare_calendar_canvas_get_n_drawn (canvas), ==, n_drawn);
}

static gboolean
has_bill (gpointer data)
{
  return fare_calendar_day_get_bill (data) != NULL;
}

/* The details say what the cell says, step by step, and never another day's. */
static void
test_details (void)
{
  g_autoptr(SettledRoom) room = open_calendar (12);
  FareCalendarDay *details = NULL;
  FareDay day;

  show (room, FARE_CALENDAR_YEAR);
  day = get_today (room) - 1;
  fare_calendar_page_open_day (get_page (room), day);

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (get_page (room)));
       child != NULL && details == NULL; child = gtk_widget_get_next_sibling (child))
    {
      if (GTK_IS_POPOVER (child))
        details = FARE_CALENDAR_DAY (gtk_popover_get_child (GTK_POPOVER (child)));
    }

  g_assert_nonnull (details);

  for (guint i = 0; i < 4; i++)
    {
      const FareCalendarBill *bill;
      const FareCalendarCell *cell;

      ui_wait (has_bill, details, 5);
      bill = fare_calendar_day_get_bill (details);
      g_assert_cmpint (fare_calendar_day_get_day (details), ==, day - (FareDay) i);
      g_assert_cmpint (bill->range.first, ==, day - (FareDay) i);
      cell = fare_calendar_sheet_find (get_sheet (room), day - (FareDay) i);
      g_assert_nonnull (cell);
      g_assert_cmpfloat_with_epsilon (bill->total.cost, cell->sums.cost, 1e-9);
      g_assert_cmpfloat_with_epsilon (bill->energy_j, cell->energy_j, 1e-6);

      g_signal_emit_by_name (details, "step", -1);
      /* At once the last day's figures are gone. */
      g_assert_null (fare_calendar_day_get_bill (details));
    }
}

/* Every period with use can be reached, none in the future. */
static void
test_steps (void)
{
  g_autoptr(SettledRoom) room = open_calendar (70);
  FarePage *page = FARE_PAGE (get_page (room));
  guint n_used = 0;
  guint n_seen = 0;

  fare_page_show_today (page);
  show (room, FARE_CALENDAR_MONTH);
  fare_page_show_today (page);
  g_assert_false (fare_page_can_step (page, 1));

  for (int i = 1; i <= 70; i++)
    n_used += i % 6 != 0;

  for (guint i = 0; i < 12; i++)
    {
      for (guint j = 0; j < get_sheet (room)->n_cells; j++)
        n_seen += get_sheet (room)->cells[j].is_used;
      if (!fare_page_can_step (page, -1))
        break;
      fare_page_step (page, -1);
    }

  g_assert_cmpuint (n_seen, ==, n_used);
  g_assert_false (fare_page_can_step (page, -1));
}

static gint64
parse_ms (const char *text)
{
  g_autoptr(GDateTime) time = g_date_time_new_from_iso8601 (text, NULL);

  return g_date_time_to_unix (time) * 1000;
}

/* Days of 23 and 25 hours end where their dates do, here as in the report. */
static void
test_clock_changes (void)
{
  static const struct
  {
    const char *time;
    int         month;
    int         day;
  } uses[] = {
    { "2025-03-29T22:30:00Z", 3, 29 }, { "2025-03-29T23:30:00Z", 3, 30 },
    { "2025-03-30T21:30:00Z", 3, 30 }, { "2025-03-30T22:30:00Z", 3, 31 },
    { "2025-10-25T21:30:00Z", 10, 25 }, { "2025-10-25T22:30:00Z", 10, 26 },
    { "2025-10-26T00:30:00Z", 10, 26 }, { "2025-10-26T01:30:00Z", 10, 26 },
    { "2025-10-26T22:30:00Z", 10, 26 }, { "2025-10-26T23:30:00Z", 10, 27 },
  };
  const int expected[][3] = { { 3, 29, 1 }, { 3, 30, 2 }, { 3, 31, 1 },
                              { 10, 25, 1 }, { 10, 26, 4 }, { 10, 27, 1 } };
  g_autofree char *zone = g_strdup (g_getenv ("TZ"));
  g_autoptr(SettledRoom) room = NULL;
  FareCalendarSheet *sheet;

  g_setenv ("TZ", "Europe/Berlin", TRUE);
  room = ui_room_new ();
  for (guint i = 0; i < G_N_ELEMENTS (uses); i++)
    ui_room_add_claude (room, "s-1", parse_ms (uses[i].time), MODEL, 1000 + i, 10);
  ui_room_open (room);
  ui_room_wait_settled (room);
  gtk_widget_activate_action (GTK_WIDGET (room->window), "win.show-page", "s", "calendar");
  ui_wait (has_sheet, get_page (room), 10);
  fare_calendar_page_show_period (get_page (room), FARE_CALENDAR_YEAR, fare_day_from_ymd (2025, 6, 1));
  sheet = get_sheet (room);
  g_assert_cmpuint (sheet->n_cells, ==, 365);

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      const FareCalendarCell *cell =
        fare_calendar_sheet_find (sheet, fare_day_from_ymd (2025, expected[i][0], expected[i][1]));

      g_assert_cmpint (cell->sums.messages, ==, expected[i][2]);
    }

  g_assert_cmpint (sheet->total.messages, ==, G_N_ELEMENTS (uses));
  ui_room_close (room);
  if (zone != NULL)
    g_setenv ("TZ", zone, TRUE);
  else
    g_unsetenv ("TZ");
}

/* Use without a price is no idle day, and no $0. */
static void
test_unpriced (void)
{
  g_autoptr(SettledRoom) room = ui_room_new ();
  const FareCalendarCell *cell;
  g_autofree char *text = NULL;
  FareIsoCalendar *iso;

  ui_room_add_claude (room, "s-1", noon (1), "harbor-preview-2", 5000, 100);
  ui_room_open (room);
  ui_room_wait_settled (room);
  gtk_widget_activate_action (GTK_WIDGET (room->window), "win.show-page", "s", "calendar");
  ui_wait (has_sheet, get_page (room), 10);
  show (room, FARE_CALENDAR_ISO);
  cell = fare_calendar_sheet_find (get_sheet (room), get_today (room) - 1);
  g_assert_true (cell->is_used);
  text = fare_calendar_text_sentence (get_sheet (room), cell);
  g_assert_null (strchr (text, '$'));
  iso = find (room, FARE_TYPE_ISO_CALENDAR);
  g_assert_true (fare_iso_calendar_get_scene (iso)->cubes[cell->day - get_sheet (room)->range.first].is_used);
}

static void
test_hidden_amounts (void)
{
  g_autoptr(SettledRoom) room = open_calendar (10);
  g_autofree char *sentence = NULL;
  g_autofree char *summary = NULL;
  FareCalendarSheet *sheet;

  fare_preferences_set_hide_amounts (fare_application_get_preferences (room->application), TRUE);
  show (room, FARE_CALENDAR_YEAR);
  sheet = get_sheet (room);
  sentence = fare_calendar_text_sentence (sheet, fare_calendar_sheet_find (sheet, sheet->highlights.peak_day));
  summary = fare_calendar_text_summary (sheet);
  g_assert_null (strchr (sentence, '$'));
  g_assert_null (strchr (summary, '$'));
  g_assert_nonnull (strstr (sentence, "•••"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gtk_init ();
  adw_init ();

  g_test_add_func ("/calendar/views-agree", test_views_agree);
  g_test_add_func ("/calendar/days-are-those-of-the-report", test_days_are_those_of_the_report);
  g_test_add_func ("/calendar/table-is-late", test_table_is_late);
  g_test_add_func ("/calendar/keyboard", test_keyboard);
  g_test_add_func ("/calendar/live-update", test_live_update);
  g_test_add_func ("/calendar/idle", test_idle);
  g_test_add_func ("/calendar/details", test_details);
  g_test_add_func ("/calendar/steps", test_steps);
  g_test_add_func ("/calendar/clock-changes", test_clock_changes);
  g_test_add_func ("/calendar/unpriced", test_unpriced);
  g_test_add_func ("/calendar/hidden-amounts", test_hidden_amounts);

  return g_test_run ();
}
