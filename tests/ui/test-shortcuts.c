/* test-shortcuts.c
 *
 * The shortcuts window lists what works, and what it lists works.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui-room.h"

#include "fare-guide-window.h"
#include "pages/fare-calendar-page.h"
#include "preferences/fare-preferences-window.h"
#include "widgets/fare-iso-calendar.h"

#define DAY_MS (24 * 60 * 60 * G_GINT64_CONSTANT (1000))

/* What is tested: a window, and what its actions led to. */
typedef struct
{
  UiRoom *room;
  guint   n_scans;
} Desk;

/* A shortcut of the application or of the window. */
typedef struct
{
  const char *accelerator;
  const char *page;    /* (nullable): where it is pressed, the overview by default */
  gboolean  (*works) (Desk *desk);
} Listed;

static char *
normalize (const char *accelerator)
{
  GdkModifierType modifiers;
  guint key;

  g_assert_true (gtk_accelerator_parse (accelerator, &key, &modifiers));

  return gtk_accelerator_name (key, modifiers);
}

static void
collect_accels_cb (GtkWidget *widget,
                   gpointer   data)
{
  g_autofree char *accelerators = NULL;
  g_auto(GStrv) single = NULL;

  if (!GTK_IS_SHORTCUTS_SHORTCUT (widget))
    return;

  g_object_get (widget, "accelerator", &accelerators, NULL);
  single = g_strsplit (accelerators, " ", 0);

  for (guint i = 0; single[i] != NULL; i++)
    g_hash_table_add (data, normalize (single[i]));
}

static gpointer
find (Desk  *desk,
      GType  type)
{
  return ui_find (GTK_WIDGET (desk->room->window), type, NULL);
}

static GtkWindow *
find_window (Desk  *desk,
             GType  type)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (desk->room->application));

  for (GList *l = windows; l != NULL; l = l->next)
    {
      if (g_type_is_a (G_OBJECT_TYPE (l->data), type))
        return l->data;
    }

  return NULL;
}

static const char *
get_page_name (Desk *desk)
{
  return adw_view_stack_get_visible_child_name (find (desk, ADW_TYPE_VIEW_STACK));
}

static FareRange
get_range (Desk *desk)
{
  return fare_range_choice_get_range (fare_application_get_choice (desk->room->application));
}

static FareDay
get_today (Desk *desk)
{
  FareNow now;

  fare_range_choice_get_now (fare_application_get_choice (desk->room->application), &now);

  return fare_day_of (now.zone, now.now_ms);
}

static gboolean
refreshes (Desk *desk)
{
  for (guint i = 0; i < 100 && desk->n_scans == 0; i++)
    ui_pause (20);

  return desk->n_scans > 0;
}

static gboolean
hides_amounts (Desk *desk)
{
  FarePreferences *preferences = fare_application_get_preferences (desk->room->application);
  gboolean is_hidden = fare_preferences_get_hide_amounts (preferences);

  fare_preferences_set_hide_amounts (preferences, FALSE);

  return is_hidden;
}

static gboolean
closes (GtkWindow *window)
{
  if (window == NULL || !gtk_widget_get_visible (GTK_WIDGET (window)))
    return FALSE;

  gtk_window_close (window);
  ui_pause (50);

  return TRUE;
}

static gboolean
opens_preferences (Desk *desk)
{
  return closes (find_window (desk, FARE_TYPE_PREFERENCES_WINDOW));
}

static gboolean
opens_help (Desk *desk)
{
  return closes (find_window (desk, FARE_TYPE_GUIDE_WINDOW));
}

static gboolean
opens_shortcuts (Desk *desk)
{
  return closes (find_window (desk, GTK_TYPE_SHORTCUTS_WINDOW));
}

static gboolean
shows_overview (Desk *desk)
{
  return g_str_equal (get_page_name (desk), "overview");
}

static gboolean
shows_sessions (Desk *desk)
{
  return g_str_equal (get_page_name (desk), "sessions");
}

static gboolean
shows_calendar (Desk *desk)
{
  return g_str_equal (get_page_name (desk), "calendar");
}

static gboolean
shows_pricing (Desk *desk)
{
  return g_str_equal (get_page_name (desk), "pricing");
}

static gboolean
searches (Desk *desk)
{
  return gtk_search_bar_get_search_mode (find (desk, GTK_TYPE_SEARCH_BAR));
}

static gboolean
closes_day (Desk *desk)
{
  FareCalendarPage *page = find (desk, FARE_TYPE_CALENDAR_PAGE);

  ui_pause (50);

  return fare_calendar_page_get_open_day (page) == FARE_DAY_MIN;
}

static gboolean
shows_today (Desk *desk)
{
  return get_range (desk).first == get_today (desk);
}

static gboolean
shows_yesterday (Desk *desk)
{
  gboolean is_yesterday = get_range (desk).first == get_today (desk) - 1;

  fare_range_choice_set_period (fare_application_get_choice (desk->room->application),
                                FARE_PERIOD_TODAY);

  return is_yesterday;
}

static gboolean
opens_custom (Desk *desk)
{
  GtkWidget *calendar = find (desk, GTK_TYPE_CALENDAR);
  GtkWidget *popover;

  ui_pause (50);
  if (calendar == NULL || !gtk_widget_get_mapped (calendar))
    return FALSE;

  popover = gtk_widget_get_ancestor (calendar, GTK_TYPE_POPOVER);
  gtk_popover_popdown (GTK_POPOVER (popover));
  ui_pause (50);

  return TRUE;
}

/* In the order of a walk; the first of two that lead there and back begins. */
static const Listed listed[] = {
  { "<Control>r", NULL, refreshes },
  { "F5", NULL, refreshes },
  { "<Control><Shift>h", NULL, hides_amounts },
  { "<Control>comma", NULL, opens_preferences },
  { "F1", NULL, opens_help },
  { "<Control>question", NULL, opens_shortcuts },
  { "<Alt>1", "pricing", shows_overview },
  { "<Alt>2", NULL, shows_sessions },
  { "<Alt>3", NULL, shows_calendar },
  { "<Alt>4", NULL, shows_pricing },
  { "<Control>Page_Up", "sessions", shows_overview },
  { "<Control>Page_Down", "sessions", shows_calendar },
  { "<Control>f", "sessions", searches },
  { "<Alt>Left", "calendar", closes_day },
  { "<Control>Left", NULL, shows_yesterday },
  { "<Control>t", NULL, shows_today },
  { "<Control>l", NULL, opens_custom },
};

/* Those that another test is about, or nobody could press without a dialog of the desktop. */
static const char * const elsewhere[] = {
  "<Control>Right", "<Control>q", "<Control>w", "<Control>e", "<Control>p", NULL
};

static Desk *
desk_new (void)
{
  Desk *desk = g_new0 (Desk, 1);
  gint64 now_ms = g_get_real_time () / 1000;

  desk->room = ui_room_new ();
  ui_room_add_claude (desk->room, "one", now_ms, "claude-opus-4-8", 1000, 500);
  ui_room_add_claude (desk->room, "two", now_ms - DAY_MS, "claude-opus-4-8", 9000, 500);
  ui_room_add_claude (desk->room, "old", now_ms - 400 * DAY_MS, "claude-opus-4-8", 1000, 500);
  ui_room_open (desk->room);
  ui_room_wait_settled (desk->room);
  ui_room_visit_pages (desk->room);

  return desk;
}

static void
desk_free (Desk *desk)
{
  ui_pause (700);
  ui_room_free (desk->room);
  g_free (desk);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Desk, desk_free)

/* Every accelerator is listed, and every listed one that is no key of the calendar is an accelerator. */
static void
test_complete (void)
{
  g_autoptr(Desk) desk = desk_new ();
  g_autoptr(GHashTable) shown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GHashTable) calendar = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto(GStrv) actions = NULL;
  GtkApplication *application = GTK_APPLICATION (desk->room->application);
  GtkWidget *overlay;
  GHashTableIter iter;
  gpointer key;
  guint n_accels = 0;

  gtk_widget_activate_action (GTK_WIDGET (desk->room->window), "win.show-shortcuts", NULL);
  overlay = GTK_WIDGET (find_window (desk, GTK_TYPE_SHORTCUTS_WINDOW));
  /* Window lists and screen readers call it by that. */
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (overlay)), ==, "Keyboard shortcuts");
  g_assert_nonnull (overlay);
  ui_walk (overlay, collect_accels_cb, shown);
  ui_walk (ui_find (overlay, GTK_TYPE_SHORTCUTS_GROUP, "calendar_keys"), collect_accels_cb, calendar);
  g_assert_cmpuint (g_hash_table_size (calendar), ==, 19);
  g_hash_table_iter_init (&iter, calendar);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_assert_true (g_hash_table_remove (shown, key));

  /* GTK opens primary menus by this key without an action; the other one must not come before menus
   * and entries, so it is no accelerator. */
  g_assert_true (g_hash_table_remove (shown, "F10"));
  g_assert_true (gtk_menu_button_get_primary (GTK_MENU_BUTTON (ui_find (GTK_WIDGET (desk->room->window),
                                                                        GTK_TYPE_MENU_BUTTON,
                                                                        "primary_button"))));
  g_assert_true (g_hash_table_remove (shown, "Escape"));

  actions = gtk_application_list_action_descriptions (application);
  for (guint i = 0; actions[i] != NULL; i++)
    {
      g_auto(GStrv) accels = gtk_application_get_accels_for_action (application, actions[i]);

      for (guint j = 0; accels[j] != NULL; j++)
        {
          g_autofree char *accel = normalize (accels[j]);

          n_accels++;

          if (!g_hash_table_contains (shown, accel))
            g_error ("%s of %s is not in the shortcuts window", accels[j], actions[i]);
        }
    }

  g_assert_cmpuint (n_accels, ==, g_hash_table_size (shown));

  /* And each of them is pressed by a test. */
  for (guint i = 0; i < G_N_ELEMENTS (listed); i++)
    {
      g_autofree char *accel = normalize (listed[i].accelerator);

      g_assert_true (g_hash_table_remove (shown, accel));
    }
  for (guint i = 0; elsewhere[i] != NULL; i++)
    {
      g_autofree char *accel = normalize (elsewhere[i]);

      g_hash_table_remove (shown, accel);
    }
  g_assert_cmpuint (g_hash_table_size (shown), ==, 0);
}

static void
scanning_cb (Desk *desk)
{
  desk->n_scans++;
}

/* As GTK does when the keys are pressed: the window's own action, or the application's. */
static void
press (Desk       *desk,
       const char *accelerator)
{
  GtkApplication *application = GTK_APPLICATION (desk->room->application);
  g_autofree char *accel = normalize (accelerator);
  g_auto(GStrv) actions = gtk_application_get_actions_for_accel (application, accel);
  g_autofree char *name = NULL;
  g_autoptr(GVariant) target = NULL;

  g_assert_cmpuint (g_strv_length (actions), ==, 1);
  g_assert_true (g_action_parse_detailed_name (actions[0], &name, &target, NULL));
  g_assert_true (gtk_widget_activate_action_variant (GTK_WIDGET (desk->room->window), name, target));
}

static void
test_works (void)
{
  g_autoptr(Desk) desk = desk_new ();
  FareCalendarPage *calendar = find (desk, FARE_TYPE_CALENDAR_PAGE);

  g_signal_connect_swapped (fare_application_get_meter (desk->room->application), "scanning",
                            G_CALLBACK (scanning_cb), desk);

  for (guint i = 0; i < G_N_ELEMENTS (listed); i++)
    {
      g_test_message ("%s", listed[i].accelerator);
      fare_window_show_page (desk->room->window, listed[i].page != NULL ? listed[i].page : "overview");
      ui_pause (300);
      if (g_strcmp0 (listed[i].page, "calendar") == 0)
        fare_calendar_page_open_day (calendar, get_today (desk));
      desk->n_scans = 0;

      press (desk, listed[i].accelerator);
      ui_pause (200);
      if (!listed[i].works (desk))
        g_error ("%s does not work", listed[i].accelerator);
    }

  g_signal_handlers_disconnect_by_data (fare_application_get_meter (desk->room->application), desk);

  /* Later days, after earlier ones. */
  fare_window_show_page (desk->room->window, "overview");
  press (desk, "<Control>Left");
  press (desk, "<Control>Right");
  g_assert_true (shows_today (desk));
  g_assert_true (gtk_widget_get_sensitive (GTK_WIDGET (desk->room->window)));
}

static gboolean
has_sheet (gpointer data)
{
  return fare_calendar_page_get_sheet (data) != NULL;
}

static void
press_key (GtkWidget  *widget,
           const char *accelerator)
{
  g_autoptr(GListModel) controllers = gtk_widget_observe_controllers (widget);
  GdkModifierType modifiers;
  gboolean is_handled = FALSE;
  guint key;

  g_assert_true (gtk_accelerator_parse (accelerator, &key, &modifiers));

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !is_handled; i++)
    {
      g_autoptr(GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", key, 0, modifiers, &is_handled);
    }

  if (!is_handled)
    g_error ("%s does nothing", accelerator);
}

/* The keys of the calendar are no actions: they act where the days have the focus. */
static void
test_calendar (void)
{
  g_autoptr(Desk) desk = desk_new ();
  FareCalendarPage *page = find (desk, FARE_TYPE_CALENDAR_PAGE);
  FareIsoCalendar *iso = find (desk, FARE_TYPE_ISO_CALENDAR);
  FareCalendarCanvas *canvas = FARE_CALENDAR_CANVAS (iso);
  GtkWidget *views = ui_find (GTK_WIDGET (page), GTK_TYPE_STACK, "views");
  FareDay today = get_today (desk);
  static const struct
  {
    const char *key;
    int         days;  /* how far it moves from two days ago */
  } steps[] = { { "Down", 1 }, { "Up", -1 }, { "Right", 2 }, { "Left", -7 }, { "End", 2 }, { "t", 2 }, { "m", 1 } };

  fare_window_show_page (desk->room->window, "calendar");
  ui_wait (has_sheet, page, 10);
  fare_calendar_page_show_period (page, FARE_CALENDAR_ISO, today);
  ui_pause (200);

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_test_message ("%s", steps[i].key);
      fare_calendar_canvas_set_cursor (canvas, today - 2);
      press_key (GTK_WIDGET (canvas), steps[i].key);
      g_assert_cmpint (fare_calendar_canvas_get_cursor (canvas), ==, today - 2 + steps[i].days);
    }

  press_key (GTK_WIDGET (canvas), "Home");
  g_assert_cmpint (fare_calendar_canvas_get_cursor (canvas), ==,
                   fare_calendar_page_get_sheet (page)->range.first);

  press_key (GTK_WIDGET (canvas), "bracketright");
  g_assert_cmpint (fare_iso_calendar_get_rotation (iso), ==, 1);
  press_key (GTK_WIDGET (canvas), "bracketleft");
  g_assert_cmpint (fare_iso_calendar_get_rotation (iso), ==, 0);
  press_key (GTK_WIDGET (canvas), "<Control>plus");
  g_assert_cmpfloat (fare_iso_calendar_get_zoom (iso), >, 1.0);
  press_key (GTK_WIDGET (canvas), "<Control>0");
  g_assert_cmpfloat (fare_iso_calendar_get_zoom (iso), ==, 1.0);
  press_key (GTK_WIDGET (canvas), "<Control>minus");
  g_assert_cmpfloat (fare_iso_calendar_get_zoom (iso), <, 1.0);

  press_key (GTK_WIDGET (canvas), "Page_Up");
  g_assert_cmpint (fare_calendar_page_get_sheet (page)->range.end, <=, today);
  press_key (GTK_WIDGET (canvas), "Page_Down");
  g_assert_nonnull (fare_calendar_sheet_find (fare_calendar_page_get_sheet (page), today));

  fare_calendar_canvas_set_cursor (canvas, today - 1);
  press_key (GTK_WIDGET (canvas), "Return");
  g_assert_cmpint (fare_calendar_page_get_open_day (page), ==, today - 1);
  press (desk, "<Alt>Left");

  for (char key[] = "1"; *key <= '3'; (*key)++)
    {
      static const char * const names[] = { "month", "year", "iso" };

      press_key (views, key);
      g_assert_cmpstr (gtk_stack_get_visible_child_name (GTK_STACK (views)), ==, names[*key - '1']);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/shortcuts/complete", test_complete);
  g_test_add_func ("/shortcuts/works", test_works);
  g_test_add_func ("/shortcuts/calendar", test_calendar);

  return g_test_run ();
}
