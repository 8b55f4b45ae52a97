/* test-search.c
 *
 * What the desktop's search leads to in the window.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "pages/fare-sessions-page.h"
#include "ui-room.h"

#define DAY_MS (24 * 60 * 60 * G_GINT64_CONSTANT (1000))

static void
reply_cb (GObject      *bus,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (bus), result, &error);

  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

static gboolean
is_true (gpointer data)
{
  return *(gboolean *) data;
}

/* Calls the search provider as the shell does. */
static void
call (UiRoom     *room,
      const char *method,
      GVariant   *arguments)
{
  GDBusConnection *bus = g_application_get_dbus_connection (G_APPLICATION (room->application));
  gboolean is_done = FALSE;

  g_dbus_connection_call (bus, g_dbus_connection_get_unique_name (bus),
                          "/io/github/tokenfare/Tokenfare/SearchProvider",
                          "org.gnome.Shell.SearchProvider2", method, arguments, NULL,
                          G_DBUS_CALL_FLAGS_NONE, -1, NULL, reply_cb, &is_done);
  ui_wait (is_true, &is_done, 20);
}

static GtkWidget *
find (UiRoom *room,
      GType   type)
{
  return ui_find (GTK_WIDGET (room->window), type, NULL);
}

static const char *
get_page (UiRoom *room)
{
  GtkWidget *stack = find (room, ADW_TYPE_VIEW_STACK);

  return adw_view_stack_get_visible_child_name (ADW_VIEW_STACK (stack));
}

static const char *
get_view (UiRoom *room)
{
  GtkWidget *page = find (room, FARE_TYPE_SESSIONS_PAGE);
  GtkWidget *leaflet = ui_find (page, ADW_TYPE_LEAFLET, NULL);

  return adw_leaflet_get_visible_child_name (ADW_LEAFLET (leaflet));
}

static guint
get_n_sessions (UiRoom *room)
{
  FareSessionsPage *page = FARE_SESSIONS_PAGE (find (room, FARE_TYPE_SESSIONS_PAGE));

  return fare_session_list_get_total (fare_sessions_page_get_list (page))->n_sessions;
}

static gboolean
has_one_session (gpointer data)
{
  return get_n_sessions (data) == 1;
}

static UiRoom *
open_room (void)
{
  UiRoom *room = ui_room_new ();
  gint64 now_ms = g_get_real_time () / 1000;

  ui_room_add_claude (room, "new-one", now_ms, "claude-sonnet-4-6", 10, 100);
  ui_room_add_claude (room, "old-one", now_ms - 40 * DAY_MS, "claude-sonnet-4-6", 10, 100);
  ui_room_open (room);
  ui_room_wait_settled (room);

  return room;
}

static void
test_all_results (void)
{
  UiRoom *room = open_room ();
  const char * const terms[] = { "pier", "old-one", NULL };
  GtkWidget *entry;

  gtk_widget_activate_action (GTK_WIDGET (room->window), "win.filter", "(ss)", "client", "codex");
  call (room, "LaunchSearch", g_variant_new ("(^asu)", terms, 0));
  g_assert_cmpstr (get_page (room), ==, "sessions");
  entry = ui_find (GTK_WIDGET (room->window), GTK_TYPE_SEARCH_ENTRY, "search_entry");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "pier old-one");

  /* Neither the days that were shown nor the filter stand in the way. */
  ui_wait (has_one_session, room, 20);

  /* From the details it leads back to the list. */
  call (room, "ActivateResult", g_variant_new ("(s^asu)", "session:claude:new-one", terms, 0));
  g_assert_cmpstr (get_view (room), ==, "details");
  call (room, "LaunchSearch", g_variant_new ("(^asu)", terms, 0));
  g_assert_cmpstr (get_view (room), ==, "list");

  ui_room_free (room);
}

static void
test_one_result (void)
{
  UiRoom *room = open_room ();
  const char * const terms[] = { "x", NULL };

  call (room, "ActivateResult", g_variant_new ("(s^asu)", "session:claude:old-one", terms, 0));
  g_assert_cmpstr (get_page (room), ==, "sessions");
  g_assert_cmpstr (get_view (room), ==, "details");

  gtk_widget_activate_action (GTK_WIDGET (room->window), "win.show-day", "s", "2026-01-01");
  call (room, "ActivateResult", g_variant_new ("(s^asu)", "today", terms, 0));
  g_assert_cmpstr (get_page (room), ==, "overview");
  ui_room_wait_cost (room, "<$0.01", 20);

  ui_room_free (room);
}

/* The shell may hold on to a result that is gone, or make one up. */
static void
test_odd_results (void)
{
  UiRoom *room = open_room ();
  const char * const terms[] = { NULL };
  const char * const ids[] = { "", "session:", "session:claude", "session:x:y", "session:claude:gone" };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    call (room, "ActivateResult", g_variant_new ("(s^asu)", ids[i], terms, 0));
  call (room, "LaunchSearch", g_variant_new ("(^asu)", terms, 0));
  g_assert_cmpstr (get_page (room), ==, "sessions");
  ui_pause (300);

  ui_room_free (room);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/search/all-results-are-shown-in-the-window", test_all_results);
  g_test_add_func ("/search/a-result-is-opened", test_one_result);
  g_test_add_func ("/search/odd-results-do-no-harm", test_odd_results);

  return g_test_run ();
}
