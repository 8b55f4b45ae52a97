/* test-frame.c
 *
 * What stands around every page: footer, notices, actions.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui-room.h"

#include <glib/gstdio.h>
#include <string.h>

#include "fare-window-private.h"
#include "models/fare-source-state.h"
#include "pages/fare-source-footer.h"
#include "sharing/fare-parcel.h"
#include "sharing/fare-share.h"
#include "widgets/fare-filter-button.h"
#include "widgets/fare-filter-pills.h"

static gint64
now_ms (void)
{
  return g_get_real_time () / 1000;
}

static void
test_footer (void)
{
  FareSourceFooter *footer = g_object_ref_sink (g_object_new (FARE_TYPE_SOURCE_FOOTER, NULL));
  g_autoptr(FareSourceState) state = fare_source_state_new ();
  GtkWidget *button = ui_find (GTK_WIDGET (footer), GTK_TYPE_MENU_BUTTON, "failures_button");

  fare_source_footer_show (footer, state);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (footer)));

  g_free (state->last_scan);
  state->last_scan = g_strdup ("14:32");
  state->n_sources = 2;
  fare_source_footer_show (footer, state);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (footer)));
  g_assert_cmpstr (fare_source_footer_get_text (footer), ==, "Updated 14:32 · 2 sources");
  g_assert_false (gtk_widget_get_visible (button));

  fare_source_state_add_failure (state, "codex", "/nowhere/rollout.jsonl", "Permission denied");
  fare_source_footer_show (footer, state);
  g_assert_true (gtk_widget_get_visible (button));
  gtk_test_accessible_assert_property (button, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "1 file could not be read");

  g_assert_finalize_object (footer);
}

static gboolean
shows_footer (gpointer data)
{
  UiRoom *room = data;
  GtkWidget *footer = ui_find (GTK_WIDGET (room->window), FARE_TYPE_SOURCE_FOOTER, NULL);

  return gtk_widget_get_mapped (footer) &&
         strstr (fare_source_footer_get_text (FARE_SOURCE_FOOTER (footer)), "1 source") != NULL;
}

/* One line for all pages, so it is there whichever of them is shown. */
static void
test_footer_on_every_page (void)
{
  static const char * const pages[] = { "overview", "sessions", "calendar", "pricing" };
  g_autoptr(UiRoom) room = ui_room_new ();

  ui_room_add_claude (room, "s-1", now_ms (), "claude-opus-4-8", 1000000, 1000);
  ui_room_open (room);
  ui_room_wait_settled (room);

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_assert_true (fare_window_show_page (room->window, pages[i]));
      ui_wait (shows_footer, room, 5.0);
    }
}

static GtkInfoBar *
find_bar (UiRoom *room)
{
  return GTK_INFO_BAR (ui_find (GTK_WIDGET (room->window), GTK_TYPE_INFO_BAR, "info_bar"));
}

static const char *
get_notice (UiRoom *room)
{
  GtkInfoBar *bar = find_bar (room);

  if (!gtk_info_bar_get_revealed (bar))
    return "";

  return gtk_label_get_label (GTK_LABEL (ui_find (GTK_WIDGET (bar), GTK_TYPE_LABEL, "info_label")));
}

static gboolean
reminds_of_retention (gpointer data)
{
  return strstr (get_notice (data), "Claude Code deletes sessions") != NULL;
}

static void
test_retention (void)
{
  g_autoptr(UiRoom) room = ui_room_new ();
  g_autofree char *file = g_build_filename (room->home, ".claude", "settings.json", NULL);

  ui_room_add_claude (room, "s-1", now_ms (), "claude-opus-4-8", 1000000, 1000);
  ui_room_open (room);
  ui_room_wait_settled (room);
  ui_wait (reminds_of_retention, room, 5.0);

  /* Once closed it stays away, in this window and in the next one. */
  gtk_info_bar_response (find_bar (room), GTK_RESPONSE_CLOSE);
  g_assert_cmpstr (get_notice (room), ==, "");
  ui_room_close (room);
  g_application_activate (G_APPLICATION (room->application));
  ui_room_adopt_window (room);
  ui_room_wait_settled (room);
  ui_pause (200);
  g_assert_cmpstr (get_notice (room), ==, "");

  /* Whoever has decided on a time is not reminded. */
  g_settings_reset (fare_preferences_get_settings (fare_application_get_preferences (room->application)),
                    "dismissed-hints");
  g_assert_true (g_file_set_contents (file, "{ \"cleanupPeriodDays\": 90 }", -1, NULL));
  fare_meter_refresh (fare_application_get_meter (room->application));
  ui_pause (500);
  g_assert_cmpstr (get_notice (room), ==, "");
}

static gboolean
tells_of_opencode (gpointer data)
{
  return strstr (get_notice (data), "OpenCode could not be read") != NULL;
}

/* A tool of which nothing can be read is said to the whole window; the others go on. */
static void
test_trouble (void)
{
  g_autoptr(UiRoom) room = ui_room_new ();
  g_autofree char *folder = g_build_filename (room->home, ".local", "share", "opencode", NULL);
  g_autofree char *file = g_build_filename (folder, "opencode.db", NULL);
  GtkWidget *button, *list;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (file, "this is no database, whatever its name says\n", -1, NULL));
  ui_room_add_claude (room, "s-1", now_ms (), "claude-opus-4-8", 1000000, 1000);
  ui_room_open (room);
  ui_room_wait_settled (room);
  ui_wait (tells_of_opencode, room, 5.0);
  g_assert_cmpstr (ui_room_get_cost (room), ==, "$5.03");

  button = ui_find (GTK_WIDGET (find_bar (room)), GTK_TYPE_BUTTON, "info_button");
  g_assert_true (gtk_widget_get_visible (button));
  g_signal_emit_by_name (button, "clicked");
  list = ui_find (GTK_WIDGET (room->window), GTK_TYPE_LABEL, "failures_text");
  g_assert_nonnull (strstr (gtk_label_get_label (GTK_LABEL (list)), "opencode.db"));
  g_assert_true (gtk_widget_get_mapped (list));
}

static gboolean
has_choices (gpointer data)
{
  GtkWidget *button = ui_find (GTK_WIDGET (((UiRoom *) data)->window), FARE_TYPE_FILTER_BUTTON, NULL);

  return fare_live_query_get_answer (fare_filter_button_get_query (FARE_FILTER_BUTTON (button))) != NULL;
}

static GtkWidget *
find_check (GtkWidget  *widget,
            const char *label)
{
  if (GTK_IS_CHECK_BUTTON (widget))
    {
      g_autofree char *other = gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget),
                                                                   GTK_ACCESSIBLE_PROPERTY_LABEL,
                                                                   label);

      if (other == NULL)
        return widget;
    }

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_check (child, label);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
test_filter (void)
{
  g_autoptr(UiRoom) room = ui_room_new ();
  g_autofree char *all = NULL;
  GtkWidget *button, *pills, *box, *check;
  FareFilter *filter;

  ui_room_add_claude (room, "s-1", now_ms (), "claude-opus-4-8", 1000000, 0);
  ui_room_add_claude (room, "s-1", now_ms (), "claude-sonnet-4-6", 1000000, 0);
  ui_room_open (room);
  ui_room_wait_settled (room);
  all = g_strdup (ui_room_get_cost (room));
  filter = fare_window_get_filter (room->window);
  button = ui_find (GTK_WIDGET (room->window), FARE_TYPE_FILTER_BUTTON, NULL);
  pills = ui_find (GTK_WIDGET (room->window), FARE_TYPE_FILTER_PILLS, NULL);
  box = ui_find (pills, GTK_TYPE_BOX, "box");

  /* A tick narrows every page at once, and is a pill under the header. */
  fare_filter_button_popup (FARE_FILTER_BUTTON (button));
  ui_wait (has_choices, room, 5.0);
  g_assert_nonnull (find_check (button, "Claude Code"));
  g_assert_nonnull (find_check (button, "pier"));
  check = find_check (button, "claude-opus-4-8");
  g_assert_nonnull (check);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  g_assert_true (fare_filter_has (filter, FARE_FILTER_MODEL, "claude-opus-4-8"));
  g_assert_cmpuint (fare_filter_pills_get_n_pills (FARE_FILTER_PILLS (pills)), ==, 1);
  ui_room_wait_cost (room, "$5.00", 5.0);

  /* The pill takes it away, and the tick with it. */
  gtk_test_accessible_assert_property (gtk_widget_get_first_child (box), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Remove filter: claude-opus-4-8");
  g_signal_emit_by_name (gtk_widget_get_first_child (box), "clicked");
  g_assert_true (fare_filter_is_empty (filter));
  g_assert_false (gtk_check_button_get_active (GTK_CHECK_BUTTON (check)));
  ui_room_wait_cost (room, all, 5.0);

  /* What has no use can still be taken away; a page that cannot be narrowed does not speak of it. */
  gtk_widget_activate_action (GTK_WIDGET (room->window), "win.filter", "(ss)", "client", "codex");
  gtk_widget_activate_action (GTK_WIDGET (room->window), "win.filter", "(ss)", "project", "/src/pier");
  g_assert_cmpuint (fare_filter_pills_get_n_pills (FARE_FILTER_PILLS (pills)), ==, 2);
  g_assert_nonnull (find_check (button, "Codex"));
  g_assert_true (gtk_revealer_get_reveal_child (GTK_REVEALER (ui_find (pills, GTK_TYPE_REVEALER, NULL))));
  fare_window_show_page (room->window, "pricing");
  g_assert_false (gtk_revealer_get_reveal_child (GTK_REVEALER (ui_find (pills, GTK_TYPE_REVEALER, NULL))));
  fare_window_show_page (room->window, "overview");
  gtk_widget_activate_action (GTK_WIDGET (room->window), "win.clear-filter", NULL);
  g_assert_true (fare_filter_is_empty (filter));
  ui_room_wait_cost (room, all, 5.0);
}

static void
press (GtkWidget *widget,
       guint      key)
{
  g_autoptr(GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr(GtkEventController) controller = g_list_model_get_item (controllers, i);
      gboolean is_handled = FALSE;

      if (!GTK_IS_EVENT_CONTROLLER_KEY (controller))
        continue;

      g_signal_emit_by_name (controller, "key-pressed", key, 0, 0, &is_handled);

      if (is_handled)
        return;
    }
}

static gboolean
has_keyboard (UiRoom    *room,
              GtkWidget *widget)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (room->window));

  return focus != NULL && (focus == widget || gtk_widget_is_ancestor (focus, widget));
}

/* Down from the entry to the first tick, on to the next one, past the titles and past what the search
 * hides, and up again to the entry. */
static void
test_filter_keys (void)
{
  g_autoptr(UiRoom) room = ui_room_new ();
  GtkWidget *button, *entry, *list;

  ui_room_add_claude (room, "s-1", now_ms (), "claude-opus-4-8", 2000000, 0);
  ui_room_add_claude (room, "s-1", now_ms (), "claude-sonnet-4-6", 1000000, 0);
  ui_room_open (room);
  ui_room_wait_settled (room);
  button = ui_find (GTK_WIDGET (room->window), FARE_TYPE_FILTER_BUTTON, NULL);
  entry = ui_find (button, GTK_TYPE_SEARCH_ENTRY, "entry");
  list = ui_find (button, GTK_TYPE_LIST_BOX, "list");
  fare_filter_button_popup (FARE_FILTER_BUTTON (button));
  ui_wait (has_choices, room, 5.0);
  ui_pause (100);
  g_assert_true (has_keyboard (room, entry));

  press (entry, GDK_KEY_Down);
  g_assert_true (has_keyboard (room, find_check (button, "Claude Code")));
  press (list, GDK_KEY_Down);
  g_assert_true (has_keyboard (room, find_check (button, "claude-opus-4-8")));
  press (list, GDK_KEY_Down);
  g_assert_true (has_keyboard (room, find_check (button, "claude-sonnet-4-6")));
  press (list, GDK_KEY_Up);
  press (list, GDK_KEY_Up);
  g_assert_true (has_keyboard (room, find_check (button, "Claude Code")));
  press (list, GDK_KEY_Up);
  g_assert_true (has_keyboard (room, entry));

  gtk_editable_set_text (GTK_EDITABLE (entry), "sonnet");
  ui_pause (300);
  press (entry, GDK_KEY_Down);
  g_assert_true (has_keyboard (room, find_check (button, "claude-sonnet-4-6")));
  press (list, GDK_KEY_Down);
  g_assert_true (has_keyboard (room, find_check (button, "claude-sonnet-4-6")));
  press (list, GDK_KEY_Up);
  g_assert_true (has_keyboard (room, entry));
  gtk_popover_popdown (GTK_POPOVER (ui_find (button, GTK_TYPE_POPOVER, "popover")));
  ui_pause (200);
}

/* What another machine, called desk, has left in the folder: a million tokens for each number. */
static void
leave_parcel (const char *folder,
              guint       number)
{
  g_autoptr(FareParcel) parcel = fare_parcel_new ();
  g_autoptr(FareLog) log = fare_log_new ();
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *name = g_strdup_printf ("tokenfare-000000000000beef-%u.share", number);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *key = g_strdup_printf ("00000000000000aa/s-%u.jsonl", number);
  FareRow row = {
    .cluster = 1000 + number, .own_ms = now_ms (), .value_ms = now_ms (), .usage = { .input = 1000000 },
    .lines = 1, .messages = 1,
  };

  row.own_session = fare_log_intern (log, "s-desk");
  row.model = fare_log_intern_model (log, "anthropic", "claude-opus-4-8");
  log->newest_ms = row.own_ms;
  g_array_append_val (log->rows, row);
  parcel->head = (FareParcelHead) { .machine = 0xbeef, .number = number, .generation = 1, .nonce = number };
  parcel->name = g_strdup ("desk");
  fare_parcel_add (parcel, "claude", key, log);
  bytes = fare_parcel_pack (parcel, &error);
  g_assert_no_error (error);
  g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), &error);
  g_assert_no_error (error);
}

static void
share_folder (const char *folder)
{
  g_autoptr(FarePaths) paths = fare_paths_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(FareIndex) index = fare_index_open (fare_paths_get_index_file (paths), &error);
  sqlite3 *db;

  g_assert_no_error (error);
  db = fare_index_connect (index, TRUE, &error);
  g_assert_no_error (error);
  g_assert_true (fare_share_set (db, folder, FALSE, FALSE));
  sqlite3_close (db);
}

static gboolean
has_machine (gpointer data)
{
  GtkWidget *button = ui_find (GTK_WIDGET (((UiRoom *) data)->window), FARE_TYPE_FILTER_BUTTON, NULL);

  return find_check (button, "desk") != NULL;
}

/* Machines are something to choose only when there are several. */
static void
test_machines (void)
{
  g_autoptr(UiRoom) room = ui_room_new ();
  g_autofree char *folder = g_build_filename (room->home, "between", NULL);
  GtkWidget *button, *pills, *check;
  FareFilter *filter;

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  share_folder (folder);
  ui_room_add_claude (room, "s-1", now_ms (), "claude-opus-4-8", 1000000, 0);
  ui_room_open (room);
  ui_room_wait_settled (room);
  ui_room_wait_cost (room, "$5.00", 5.0);
  filter = fare_window_get_filter (room->window);
  button = ui_find (GTK_WIDGET (room->window), FARE_TYPE_FILTER_BUTTON, NULL);
  pills = ui_find (GTK_WIDGET (room->window), FARE_TYPE_FILTER_PILLS, NULL);
  fare_filter_button_popup (FARE_FILTER_BUTTON (button));
  ui_wait (has_choices, room, 5.0);
  g_assert_nonnull (find_check (button, "claude-opus-4-8"));
  g_assert_null (find_check (button, g_get_host_name ()));

  /* What another machine leaves is seen at once, and can be chosen. */
  leave_parcel (folder, 1);
  ui_room_wait_cost (room, "$10.00", 10.0);
  leave_parcel (folder, 2);
  ui_room_wait_cost (room, "$15.00", 10.0);
  ui_wait (has_machine, room, 5.0);
  g_assert_nonnull (find_check (button, g_get_host_name ()));
  check = find_check (button, "desk");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  g_assert_true (fare_filter_has (filter, FARE_FILTER_MACHINE, "desk"));
  g_assert_cmpuint (fare_filter_pills_get_n_pills (FARE_FILTER_PILLS (pills)), ==, 1);
  ui_room_wait_cost (room, "$10.00", 5.0);
  gtk_widget_activate_action (GTK_WIDGET (room->window), "win.clear-filter", NULL);
  gtk_widget_activate_action (GTK_WIDGET (room->window), "win.filter", "(ss)", "machine",
                              g_get_host_name ());
  ui_room_wait_cost (room, "$5.00", 5.0);
  gtk_widget_activate_action (GTK_WIDGET (room->window), "win.clear-filter", NULL);
  ui_room_wait_cost (room, "$15.00", 5.0);
}

/* Ctrl+Left moves by a word where somebody types, and to earlier days elsewhere. */
static void
test_typing (void)
{
  g_autoptr(UiRoom) room = ui_room_new ();
  GtkWidget *window, *entry;
  FareRangeChoice *choice;

  ui_room_add_claude (room, "s-1", now_ms (), "claude-opus-4-8", 1000000, 0);
  ui_room_open (room);
  ui_room_wait_settled (room);
  window = GTK_WIDGET (room->window);
  choice = fare_application_get_choice (room->application);
  fare_window_show_page (room->window, "sessions");
  gtk_widget_activate_action (window, "win.search", NULL);
  entry = ui_find (window, GTK_TYPE_SEARCH_ENTRY, "search_entry");
  g_assert_true (has_keyboard (room, entry));
  gtk_widget_activate_action (window, "win.previous-range", NULL);
  g_assert_cmpint (fare_range_choice_get_period (choice), ==, FARE_PERIOD_TODAY);

  gtk_widget_grab_focus (ui_find (window, GTK_TYPE_TOGGLE_BUTTON, "search_button"));
  gtk_widget_activate_action (window, "win.previous-range", NULL);
  g_assert_cmpint (fare_range_choice_get_period (choice), !=, FARE_PERIOD_TODAY);
}

static void
reset_windows (UiRoom *room)
{
  GList *windows = g_list_copy (gtk_application_get_windows (GTK_APPLICATION (room->application)));

  fare_preferences_set_hide_amounts (fare_application_get_preferences (room->application), FALSE);

  for (GList *l = windows; l != NULL; l = l->next)
    {
      if (l->data != room->window)
        gtk_window_destroy (l->data);
    }

  g_list_free (windows);
}

static gboolean
exists (gpointer data)
{
  return g_file_test (data, G_FILE_TEST_EXISTS);
}

/* The window's file is the command line's file, of the days and the filter shown. */
static void
test_export (void)
{
  g_autoptr(UiRoom) room = ui_room_new ();
  g_autofree char *folder = g_path_get_dirname (g_getenv ("TOKENFARE_CLI"));
  g_autofree char *path = g_strconcat (folder, ":", g_getenv ("PATH"), NULL);
  g_autofree char *file = g_build_filename (room->home, "out.csv", NULL);
  g_autofree char *text = NULL;

  g_setenv ("PATH", path, TRUE);
  ui_room_add_claude (room, "s-1", now_ms (), "claude-opus-4-8", 1000000, 0);
  ui_room_add_claude (room, "s-1", now_ms (), "claude-sonnet-4-6", 1000000, 0);
  ui_room_open (room);
  ui_room_wait_settled (room);
  gtk_widget_activate_action (GTK_WIDGET (room->window), "win.filter", "(ss)", "model", "claude-opus-4-8");
  fare_window_export_to (room->window, "usage", file);
  ui_wait (exists, file, 10.0);
  ui_pause (200);
  g_assert_true (g_file_get_contents (file, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "claude-opus-4-8"));
  g_assert_null (strstr (text, "claude-sonnet-4-6"));
}

/* Whatever has a key does something, on every page, and none complains. */
static void
test_actions (void)
{
  static const char * const pages[] = { "overview", "sessions", "calendar", "pricing" };
  g_autoptr(UiRoom) room = ui_room_new ();
  g_auto(GStrv) actions = NULL;

  ui_room_add_claude (room, "s-1", now_ms (), "claude-opus-4-8", 1000000, 0);
  ui_room_open (room);
  ui_room_wait_settled (room);
  actions = gtk_application_list_action_descriptions (GTK_APPLICATION (room->application));

  for (guint i = 0; actions[i] != NULL; i++)
    {
      g_autoptr(GVariant) target = NULL;
      g_autofree char *name = NULL;

      g_assert_true (g_action_parse_detailed_name (actions[i], &name, &target, NULL));

      /* These end what the test runs in, or wait for somebody to answer. */
      if (g_str_equal (name, "app.quit") || g_str_equal (name, "window.close") ||
          g_str_equal (name, "win.export"))
        continue;

      for (guint j = 0; j < G_N_ELEMENTS (pages); j++)
        {
          fare_window_show_page (room->window, pages[j]);

          if (!gtk_widget_activate_action_variant (GTK_WIDGET (room->window), name, target))
            g_error ("There is no action %s", name);
        }
    }

  ui_pause (100);
  reset_windows (room);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/ui/frame/footer", test_footer);
  g_test_add_func ("/ui/frame/footer-on-every-page", test_footer_on_every_page);
  g_test_add_func ("/ui/frame/retention", test_retention);
  g_test_add_func ("/ui/frame/trouble", test_trouble);
  g_test_add_func ("/ui/frame/filter", test_filter);
  g_test_add_func ("/ui/frame/filter-keys", test_filter_keys);
  g_test_add_func ("/ui/frame/machines", test_machines);
  g_test_add_func ("/ui/frame/export", test_export);
  g_test_add_func ("/ui/frame/typing", test_typing);
  g_test_add_func ("/ui/frame/actions", test_actions);

  return g_test_run ();
}
