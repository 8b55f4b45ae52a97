/* test-preferences.c
 *
 * Settings: what a row changes is in the file that all programs read, and holds at once.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui-room.h"

#include "base/fare-settings.h"
#include "preferences/fare-preferences-window.h"
#include "preferences/fare-rates-group.h"
#include "preferences/fare-rebuild-dialog.h"
#include "preferences/fare-sources-group.h"
#include "preferences/fare-tray-row.h"

static gint64
now_ms (void)
{
  return g_get_real_time () / 1000;
}

static GtkWidget *
open_preferences (UiRoom *room)
{
  GtkWindow *window;

  g_action_group_activate_action (G_ACTION_GROUP (room->application), "preferences", NULL);
  window = gtk_application_get_active_window (GTK_APPLICATION (room->application));
  g_assert_true (FARE_IS_PREFERENCES_WINDOW (window));

  return GTK_WIDGET (window);
}

static FareSettings *
load_settings (UiRoom *room)
{
  g_autoptr(FarePaths) paths = fare_paths_new ();

  return fare_settings_load (paths);
}

static void
reset_settings (UiRoom *room)
{
  GSettings *settings =
    fare_preferences_get_settings (fare_application_get_preferences (room->application));
  g_autoptr(GSettingsSchema) schema = NULL;
  g_auto(GStrv) keys = NULL;

  g_object_get (settings, "settings-schema", &schema, NULL);
  keys = g_settings_schema_list_keys (schema);

  for (guint i = 0; keys[i] != NULL; i++)
    g_settings_reset (settings, keys[i]);
}

static void
test_bindings (void)
{
  g_autoptr(UiRoom) room = ui_room_new ();
  g_autoptr(FareSettings) settings = NULL;
  g_autofree char *style = NULL;
  g_autofree char *currency = NULL;
  GtkWidget *window;

  ui_room_open (room);
  window = open_preferences (room);
  gtk_switch_set_active (GTK_SWITCH (ui_find (window, GTK_TYPE_SWITCH, "hide_switch")), TRUE);
  gtk_switch_set_active (GTK_SWITCH (ui_find (window, GTK_TYPE_SWITCH, "weekly_switch")), TRUE);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (ui_find (window, GTK_TYPE_SPIN_BUTTON, "day_spin")), 12.5);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (ui_find (window, GTK_TYPE_SPIN_BUTTON, "warn_spin")), 90);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (ui_find (window, GTK_TYPE_SPIN_BUTTON, "port_spin")), 50000);
  adw_combo_row_set_selected (ADW_COMBO_ROW (ui_find (window, ADW_TYPE_COMBO_ROW, "style_row")), 5);
  adw_combo_row_set_selected (ADW_COMBO_ROW (ui_find (window, ADW_TYPE_COMBO_ROW, "range_row")), 2);
  gtk_editable_set_text (GTK_EDITABLE (ui_find (window, ADW_TYPE_ENTRY_ROW, "currency_row")), "eu");
  gtk_editable_set_text (GTK_EDITABLE (ui_find (window, ADW_TYPE_ENTRY_ROW, "currency_row")), "eur");

  /* The command line sees the same, without any settings service. */
  settings = load_settings (room);
  style = fare_settings_dup_string (settings, "style", "");
  currency = fare_settings_dup_string (settings, "currency", "");
  g_assert_true (fare_settings_get_boolean (settings, "hide-amounts", FALSE));
  g_assert_true (fare_settings_get_boolean (settings, "notify-weekly", FALSE));
  g_assert_cmpfloat (fare_settings_get_double (settings, "budget-day", 0), ==, 12.5);
  g_assert_cmpuint (fare_settings_get_uint (settings, "budget-warn-percent", 0), ==, 90);
  g_assert_cmpuint (fare_settings_get_uint (settings, "api-port", 0), ==, 50000);
  g_assert_cmpstr (style, ==, "paper");
  g_assert_cmpstr (currency, ==, "EUR");

  /* And the window follows at once. */
  g_assert_cmpint (fare_range_choice_get_period (fare_application_get_choice (room->application)), ==,
                   FARE_PERIOD_LAST_7_DAYS);
  g_assert_true (fare_preferences_get_hide_amounts (fare_application_get_preferences (room->application)));
  reset_settings (room);
}

static gboolean
has_claude (gpointer data)
{
  return ui_find_row (data, ADW_TYPE_EXPANDER_ROW, "Claude Code") != NULL;
}

static void
test_sources (void)
{
  g_autoptr(UiRoom) room = ui_room_new ();
  g_autofree char *extra = g_build_filename (room->home, "elsewhere", NULL);
  g_autofree char *log = g_build_filename (extra, "s-9.jsonl", NULL);
  g_autofree char *claude = g_build_filename (room->home, ".claude/projects/-src-pier/s-2.jsonl", NULL);
  g_autofree char *text = NULL;
  g_autoptr(FareSettings) settings = NULL;
  g_auto(GStrv) disabled = NULL;
  GtkWidget *window, *group, *row, *toggle;

  ui_room_add_claude (room, "s-1", now_ms (), "claude-opus-4-8", 1000000, 0);
  ui_room_open (room);
  ui_room_wait_settled (room);
  ui_room_wait_cost (room, "$5.00", 5.0);
  window = open_preferences (room);
  ui_wait (has_claude, window, 5.0);
  group = ui_find (window, FARE_TYPE_SOURCES_GROUP, NULL);
  row = ui_find_row (window, ADW_TYPE_EXPANDER_ROW, "Claude Code");
  toggle = ui_find (row, GTK_TYPE_SWITCH, NULL);
  g_assert_true (gtk_switch_get_active (GTK_SWITCH (toggle)));
  g_assert_nonnull (ui_find_row (window, ADW_TYPE_EXPANDER_ROW, "Not Found (19)"));

  /* Switched off: what was counted stays, what comes after is not read. */
  gtk_switch_set_active (GTK_SWITCH (toggle), FALSE);
  settings = load_settings (room);
  disabled = fare_settings_dup_strv (settings, "disabled-sources");
  g_assert_true (g_strv_contains ((const char * const *) disabled, "claude"));
  ui_pause (300);
  ui_room_add_claude (room, "s-2", now_ms (), "claude-opus-4-8", 1000000, 0);
  ui_pause (1200);
  ui_room_wait_settled (room);
  g_assert_cmpstr (ui_room_get_cost (room), ==, "$5.00");

  gtk_switch_set_active (GTK_SWITCH (toggle), TRUE);
  ui_room_wait_cost (room, "$10.00", 5.0);

  /* A folder that no tool would use by itself. */
  g_assert_true (g_file_get_contents (claude, &text, NULL, NULL));
  g_assert_cmpint (g_mkdir_with_parents (extra, 0700), ==, 0);
  {
    g_auto(GStrv) parts = g_strsplit (text, "msg_", -1);
    g_autofree char *other = g_strjoinv ("msg_other_", parts);
    g_auto(GStrv) requests = g_strsplit (other, "req_", -1);
    g_autofree char *all = g_strjoinv ("req_other_", requests);

    g_assert_true (g_file_set_contents (log, all, -1, NULL));
  }
  fare_sources_group_add_folder (FARE_SOURCES_GROUP (group), "claude", extra);
  ui_room_wait_cost (room, "$15.00", 5.0);
  fare_sources_group_remove_folder (FARE_SOURCES_GROUP (group), "claude", extra);
  ui_pause (500);
  g_assert_cmpstr (ui_room_get_cost (room), ==, "$15.00");
  reset_settings (room);
}

static void
test_rates (void)
{
  g_autoptr(UiRoom) room = ui_room_new ();
  FareRatesGroup *group;
  GSettings *settings;
  g_autoptr(GVariant) two = NULL;
  g_autoptr(GVariant) one = NULL;
  g_autoptr(GVariant) expected = g_variant_ref_sink (g_variant_new_parsed (
    "[('2026-01-01', 0.9), ('2026-06-01', 0.95)]"));

  ui_room_open (room);
  settings = fare_preferences_get_settings (fare_application_get_preferences (room->application));
  group = FARE_RATES_GROUP (ui_find (open_preferences (room), FARE_TYPE_RATES_GROUP, NULL));
  g_assert_true (fare_rates_group_add (group, "2026-06-01", 0.92));
  g_assert_true (fare_rates_group_add (group, "2026-01-01", 0.9));
  g_assert_true (fare_rates_group_add (group, "2026-06-01", 0.95));
  g_assert_false (fare_rates_group_add (group, "2026-13-01", 0.95));
  g_assert_false (fare_rates_group_add (group, "today", 0.95));
  g_assert_false (fare_rates_group_add (group, "2026-06-02", 0));
  g_assert_false (fare_rates_group_add (group, "2026-06-02", -1));

  two = g_settings_get_value (settings, "currency-rates");
  g_assert_true (g_variant_equal (two, expected));

  fare_rates_group_remove (group, "2026-01-01");
  one = g_settings_get_value (settings, "currency-rates");
  g_assert_cmpuint (g_variant_n_children (one), ==, 1);
  reset_settings (room);
}

static GtkWidget *
find_dialog (UiRoom *room,
             GType   type)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (room->application)); l != NULL; l = l->next)
    {
      if (g_type_is_a (G_OBJECT_TYPE (l->data), type))
        return l->data;
    }

  return NULL;
}

static gboolean
is_rebuilt (gpointer data)
{
  GtkWidget *dialog = find_dialog (data, FARE_TYPE_REBUILD_DIALOG);

  return dialog != NULL &&
         g_strcmp0 (gtk_stack_get_visible_child_name (GTK_STACK (ui_find (dialog, GTK_TYPE_STACK, "stack"))),
                    "result") == 0;
}

/* A damaged index says so, and one press makes a sound one of the logs. */
static void
test_rebuild (void)
{
  g_autoptr(UiRoom) room = ui_room_new ();
  g_autofree char *folder = g_build_filename (room->home, "state", NULL);
  g_autofree char *path = g_build_filename (folder, "usage.sqlite3", NULL);
  g_autofree char *contents = NULL;
  g_autoptr(FareIndex) index = NULL;
  FareMeter *meter;
  FareNoticeLevel level;
  GtkWindow *question;
  GtkWidget *button;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "this is no database, whatever its name says", -1, NULL));
  ui_room_add_claude (room, "s-1", now_ms (), "claude-opus-4-8", 1000000, 0);
  ui_room_open (room);
  ui_room_wait_settled (room);
  meter = fare_application_get_meter (room->application);
  button = ui_find (GTK_WIDGET (room->window), GTK_TYPE_BUTTON, "info_button");
  g_assert_cmpstr (gtk_actionable_get_action_name (GTK_ACTIONABLE (button)), ==, "win.rebuild");

  question = fare_rebuild_dialog_ask (GTK_WINDOW (room->window), meter);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (question), "rebuild");
  ui_wait (is_rebuilt, room, 20.0);
  gtk_window_close (GTK_WINDOW (find_dialog (room, FARE_TYPE_REBUILD_DIALOG)));

  g_assert_null (fare_meter_dup_notice (meter, &level));
  index = fare_meter_ref_index (meter);
  g_assert_cmpstr (fare_index_get_path (index), ==, path);
  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_true (g_str_has_prefix (contents, "SQLite format 3"));
  ui_room_wait_cost (room, "$5.00", 5.0);

  /* It goes on counting into the new file. */
  ui_room_add_claude (room, "s-1", now_ms (), "claude-opus-4-8", 1000000, 0);
  ui_room_wait_cost (room, "$10.00", 5.0);
}

static gboolean
asks_for_file (gpointer data)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr(GtkWidget) window = g_list_model_get_item (windows, i);

      if (GTK_IS_FILE_CHOOSER (window))
        {
          *(GtkWidget **) data = window;
          return TRUE;
        }
    }

  return FALSE;
}

/* The file is asked for over the window whose days are written. */
static void
test_export (void)
{
  g_autoptr(UiRoom) room = ui_room_new ();
  GtkWidget *preferences, *button;
  GtkWidget *chooser = NULL;

  ui_room_add_claude (room, "s-1", now_ms (), "claude-opus-4-8", 1000000, 0);
  ui_room_open (room);
  ui_room_wait_settled (room);
  g_action_group_activate_action (G_ACTION_GROUP (room->application), "preferences", NULL);
  preferences = find_dialog (room, FARE_TYPE_PREFERENCES_WINDOW);
  button = ui_find (preferences, GTK_TYPE_BUTTON, "export_button");
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  ui_wait (asks_for_file, &chooser, 5.0);
  g_assert_true (gtk_window_get_transient_for (GTK_WINDOW (chooser)) == GTK_WINDOW (room->window));
  g_assert_null (find_dialog (room, FARE_TYPE_PREFERENCES_WINDOW));
  gtk_dialog_response (GTK_DIALOG (chooser), GTK_RESPONSE_CANCEL);
  ui_pause (100);
}

static void
check_row_cb (GtkWidget *widget,
              gpointer   data)
{
  guint *n_checked = data;

  /* Names and lengths of rows; those of focusable parts are looked at with those of the window. */
  if (ADW_IS_PREFERENCES_ROW (widget))
    {
      const char *title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget));

      g_assert_nonnull (title);
      g_assert_cmpint (g_utf8_strlen (title, -1), <=, 40);
      g_assert_cmpstr (title, !=, "");
      ++*n_checked;
    }

  if ((GTK_IS_SWITCH (widget) || GTK_IS_SPIN_BUTTON (widget)) && gtk_widget_get_visible (widget))
    {
      if (!gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL))
        g_error ("%s has no name", gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget)));
      ++*n_checked;
    }
}

static void
test_rows (void)
{
  g_autoptr(UiRoom) room = ui_room_new ();
  GtkWidget *window;
  guint n_checked = 0;

  ui_room_add_claude (room, "s-1", now_ms (), "claude-opus-4-8", 1000000, 0);
  ui_room_open (room);
  ui_room_wait_settled (room);
  window = open_preferences (room);
  ui_wait (has_claude, window, 5.0);
  ui_walk (window, check_row_cb, &n_checked);
  g_assert_cmpuint (n_checked, >, 60);
}

static gboolean
says_nothing (gpointer data)
{
  return g_strcmp0 (adw_action_row_get_subtitle (data), "") == 0;
}

static gboolean
says_no_tray (gpointer data)
{
  const char *text = adw_action_row_get_subtitle (data);

  return text != NULL && g_str_has_prefix (text, "Your desktop shows no tray icons");
}

/* The switch says that it is in vain while the desktop has no place for the icon. */
static void
test_tray (void)
{
  g_autoptr(UiRoom) room = ui_room_new ();
  GtkWidget *window, *row;
  guint owner;

  ui_room_open (room);
  ui_room_wait_settled (room);
  window = open_preferences (room);
  row = ui_find (window, FARE_TYPE_TRAY_ROW, NULL);
  ui_wait (says_no_tray, row, 5.0);

  owner = g_bus_own_name (G_BUS_TYPE_SESSION, "org.kde.StatusNotifierWatcher", 0, NULL, NULL, NULL,
                          NULL, NULL);
  ui_wait (says_nothing, row, 5.0);
  g_bus_unown_name (owner);
  ui_wait (says_no_tray, row, 5.0);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/ui/preferences/bindings", test_bindings);
  g_test_add_func ("/ui/preferences/sources", test_sources);
  g_test_add_func ("/ui/preferences/rates", test_rates);
  g_test_add_func ("/ui/preferences/rebuild", test_rebuild);
  g_test_add_func ("/ui/preferences/export", test_export);
  g_test_add_func ("/ui/preferences/rows", test_rows);
  g_test_add_func ("/ui/preferences/tray", test_tray);

  return g_test_run ();
}
