/* test-session-details.c
 *
 * The details of a session: what has no price, what can be done with it, and the ways there and
 * back; and the table of sessions where it is used with keys and fingers.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui-room.h"

#include <glib/gstdio.h>
#include <string.h>

#include "pages/fare-pricing-page.h"
#include "pages/fare-sessions-details.h"
#include "pages/fare-sessions-page.h"
#include "pages/fare-sessions-why.h"
#include "widgets/fare-tree-keys.h"

#define DAY_MS (24 * 3600 * G_GINT64_CONSTANT (1000))

typedef struct
{
  UiRoom           *room;
  FareSessionsPage *page;
  FareSessionList  *list;
} Stage;

static gboolean
has_sessions (gpointer data)
{
  return fare_session_list_get_total (((Stage *) data)->list)->n_sessions > 0;
}

/* @folder: (nullable): what the folder of the logs is called instead, as bytes */
static void
stage_open_in (Stage      *self,
               const char *folder)
{
  g_autoptr(FarePaths) paths = fare_paths_new ();
  g_autoptr(FarePreferences) preferences = fare_preferences_new (paths);
  GSettings *settings = fare_preferences_get_settings (preferences);
  gint64 now = g_get_real_time () / 1000;

  self->room = ui_room_new ();
  g_settings_reset (settings, "sessions-sort");
  g_settings_reset (settings, "sessions-group");
  g_settings_set_string (settings, "default-range", "all");
  ui_room_add_claude (self->room, "dear", now - 9000, "claude-opus-4-8", 3000000, 2000);
  ui_room_add_claude (self->room, "cheap", now - 5000, "claude-haiku-4-5", 1000, 10);
  ui_room_add_claude (self->room, "unknown", now - 9 * DAY_MS, "harbor-preview-9", 1000, 10);
  ui_room_add_claude (self->room, "unknown", now - 9 * DAY_MS + 1000, "harbor-preview-9", 2000, 10);
  ui_room_add_claude (self->room, "mixed", now - 8 * DAY_MS, "harbor-preview-9", 1000, 10);
  ui_room_add_claude (self->room, "mixed", now - 8 * DAY_MS + 1000, "claude-opus-4-8", 200000, 10);
  if (folder != NULL)
    {
      g_autofree char *old = g_build_filename (self->room->home, ".claude/projects/-src-pier", NULL);
      g_autofree char *other = g_build_filename (self->room->home, ".claude/projects", folder, NULL);

      g_assert_cmpint (g_rename (old, other), ==, 0);
    }
  ui_room_open (self->room);
  fare_range_choice_from_string (fare_application_get_choice (self->room->application), "all");
  ui_room_wait_settled (self->room);
  gtk_widget_activate_action (GTK_WIDGET (self->room->window), "win.show-page", "s", "sessions");
  self->page = FARE_SESSIONS_PAGE (ui_find (GTK_WIDGET (self->room->window),
                                            FARE_TYPE_SESSIONS_PAGE, NULL));
  self->list = fare_sessions_page_get_list (self->page);
  ui_wait (has_sessions, self, 5.0);
  ui_pause (50);
}

static void
stage_open (Stage *self)
{
  stage_open_in (self, NULL);
}

static void
stage_close (Stage *self)
{
  g_clear_pointer (&self->room, ui_room_free);
}

static GtkWidget *
find (Stage      *self,
      GType       type,
      const char *id)
{
  GtkWidget *widget = ui_find (GTK_WIDGET (self->page), type, id);

  g_assert_nonnull (widget);

  return widget;
}

static FareSessionsDetails *
get_details (Stage *self)
{
  return FARE_SESSIONS_DETAILS (find (self, FARE_TYPE_SESSIONS_DETAILS, NULL));
}

static gboolean
has_story (gpointer data)
{
  return fare_sessions_details_get_story (get_details (data)) != NULL;
}

static gboolean
is_still (gpointer data)
{
  return !adw_leaflet_get_child_transition_running (data);
}

static void
show_session (Stage      *self,
              const char *uid)
{
  fare_sessions_page_show_session (self->page, "claude", uid);
  ui_wait (has_story, self, 5.0);
  g_assert_cmpstr (fare_sessions_details_get_story (get_details (self))->row->uid, ==, uid);
  /* Until it has come in, what is in it lies outside of the window. */
  ui_wait (is_still, find (self, ADW_TYPE_LEAFLET, "leaflet"), 5.0);
  ui_pause (100);
}

static const char *
get_text (Stage      *self,
          const char *id)
{
  return gtk_label_get_label (GTK_LABEL (find (self, GTK_TYPE_LABEL, id)));
}

typedef struct
{
  const char *text;
  guint       n;
} Search;

static void
count_cb (GtkWidget *widget,
          gpointer   data)
{
  Search *search = data;

  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) &&
      strstr (gtk_label_get_label (GTK_LABEL (widget)), search->text) != NULL)
    search->n++;
}

/* Labels in sight that hold this text. */
static guint
count_labels (GtkWidget  *widget,
              const char *text)
{
  Search search = { text, 0 };

  ui_walk (widget, count_cb, &search);

  return search.n;
}

/* No price is never zero: not in a turn, not in a running total, not along a chart's axis. */
static void
test_unpriced (void)
{
  Stage stage;
  GtkWidget *turns;

  stage_open (&stage);
  show_session (&stage, "unknown");
  turns = find (&stage, GTK_TYPE_COLUMN_VIEW, "turns_view");
  g_assert_cmpuint (count_labels (GTK_WIDGET (get_details (&stage)), "$0"), ==, 0);
  /* The only prompt is open: two turns and the prompt, each with a cost and a running total. */
  g_assert_cmpuint (count_labels (turns, "no price"), ==, 6);
  g_assert_cmpstr (get_text (&stage, "cost_label"), ==, "no price");
  g_assert_cmpstr (get_text (&stage, "cost_note"), ==, "3K tokens without price");
  g_assert_false (gtk_widget_get_mapped (find (&stage, GTK_TYPE_BOX, "chart_box")));

  /* From the first price on there is a running total. */
  show_session (&stage, "mixed");
  g_assert_cmpuint (count_labels (turns, "no price"), ==, 2);
  g_assert_cmpuint (count_labels (turns, "$1.00"), ==, 4);
  g_assert_true (gtk_widget_get_mapped (find (&stage, GTK_TYPE_BOX, "chart_box")));
  g_assert_nonnull (strstr (get_text (&stage, "cost_note"), "estimated"));
  stage_close (&stage);
}

static gboolean
shows_missing (gpointer data)
{
  FarePricingPage *page = FARE_PRICING_PAGE (ui_find (GTK_WIDGET (((Stage *) data)->room->window),
                                                      FARE_TYPE_PRICING_PAGE, NULL));
  FarePricingList *list = page != NULL ? fare_pricing_page_get_list (page) : NULL;
  g_autoptr(FarePricingItem) first =
    list != NULL ? g_list_model_get_item (G_LIST_MODEL (fare_pricing_list_get_model (list)), 0) : NULL;

  return first != NULL && fare_pricing_item_get_line (first)->source == FARE_PRICING_MISSING;
}

/* Prices are asked for where the session is, not where the days shown happen to be. */
static void
test_set_prices (void)
{
  Stage stage;
  FareRangeChoice *choice;

  stage_open (&stage);
  choice = fare_application_get_choice (stage.room->application);
  fare_range_choice_from_string (choice, "today");
  show_session (&stage, "cheap");
  g_assert_false (gtk_widget_get_visible (find (&stage, GTK_TYPE_BUTTON, "prices_button")));
  show_session (&stage, "unknown");
  g_signal_emit_by_name (find (&stage, GTK_TYPE_BUTTON, "prices_button"), "clicked");
  ui_wait (shows_missing, &stage, 5.0);
  stage_close (&stage);
}

static void
test_hit_rate (void)
{
  Stage stage;
  GListModel *columns;
  gboolean has_hit = FALSE;

  stage_open (&stage);
  show_session (&stage, "dear");
  columns = gtk_column_view_get_columns (GTK_COLUMN_VIEW (find (&stage, GTK_TYPE_COLUMN_VIEW,
                                                                "turns_view")));
  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr(GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      has_hit |= g_str_equal (gtk_column_view_column_get_title (column), "Hit");
    }

  g_assert_true (has_hit);
  g_assert_cmpuint (count_labels (find (&stage, GTK_TYPE_COLUMN_VIEW, "turns_view"), "0%"), ==, 2);
  stage_close (&stage);
}

static guint
count_columns (Stage *self)
{
  GtkWidget *view = find (self, GTK_TYPE_COLUMN_VIEW, "turns_view");
  GListModel *columns = gtk_column_view_get_columns (GTK_COLUMN_VIEW (view));
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr(GtkColumnViewColumn) column = g_list_model_get_item (columns, i);

      n += gtk_column_view_column_get_visible (column);
    }

  return n;
}

static gboolean
has_all_columns (gpointer data)
{
  return count_columns (data) == 7;
}

static gboolean
has_least_columns (gpointer data)
{
  return count_columns (data) == 3;
}

/* Tokens make room for what a prompt says and costs. */
static void
test_columns (void)
{
  Stage stage;

  stage_open (&stage);
  gtk_window_set_default_size (GTK_WINDOW (stage.room->window), 1270, 700);
  show_session (&stage, "dear");
  ui_wait (has_all_columns, &stage, 5.0);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (find (&stage, GTK_TYPE_TOGGLE_BUTTON,
                                                         "prompts_toggle")), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (stage.room->window), 360, 700);
  ui_wait (has_least_columns, &stage, 5.0);
  stage_close (&stage);
}

static void
text_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  char **text = user_data;

  *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
  if (*text == NULL)
    *text = g_strdup ("");
}

static gboolean
has_text (gpointer data)
{
  return *(char **) data != NULL;
}

static char *
read_clipboard (Stage *self)
{
  char *text = NULL;

  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (self->page)), NULL, text_cb,
                                 &text);
  ui_wait (has_text, &text, 5.0);

  return text;
}

static void
is_popover_cb (GtkWidget *widget,
               gpointer   data)
{
  GtkWidget **popover = data;

  if (GTK_IS_POPOVER_MENU (widget) && gtk_widget_get_mapped (widget))
    *popover = widget;
}

static GtkWidget *
find_menu (Stage *self)
{
  GtkWidget *popover = NULL;

  ui_walk (GTK_WIDGET (self->page), is_popover_cb, &popover);

  return popover;
}

static GtkWidget *
find_why (void)
{
  g_autoptr(GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (FARE_IS_SESSIONS_WHY (l->data))
      return l->data;

  return NULL;
}

static gboolean
has_why (gpointer data)
{
  return find_why () != NULL && fare_sessions_why_get_answer (FARE_SESSIONS_WHY (find_why ())) != NULL;
}

static gboolean
has_file (gpointer data)
{
  return g_file_test (data, G_FILE_TEST_EXISTS);
}

/* Shows the first log line of a session, with what is in @path to do so. */
static void
go_to_line (Stage      *self,
            const char *path)
{
  g_autofree char *old = g_strdup (g_getenv ("PATH"));

  g_setenv ("PATH", path, TRUE);
  show_session (self, "cheap");
  g_signal_emit_by_name (find (self, GTK_TYPE_BUTTON, "why_button"), "clicked");
  ui_wait (has_why, NULL, 5.0);
  g_signal_emit_by_name (ui_find (find_why (), GTK_TYPE_LIST_VIEW, "lines_view"), "activate", 0);
  ui_pause (500);
  g_setenv ("PATH", old, TRUE);
}

/* A file's name may be any bytes, which the clipboard and the words about it cannot. */
static void
test_place_without_editor (void)
{
  Stage stage;
  g_autofree char *place = NULL;

  stage_open_in (&stage, "caf\xe9 \"bar\"");
  go_to_line (&stage, "/nonexistent");
  place = read_clipboard (&stage);
  g_assert_true (g_str_has_prefix (place, "file:///"));
  g_assert_true (g_str_has_suffix (place, "/caf%E9%20%22bar%22/cheap.jsonl:1"));
  gtk_window_destroy (GTK_WINDOW (find_why ()));
  stage_close (&stage);

  stage_open_in (&stage, "it's \"my\" <dir> & $HOME; %s");
  g_clear_pointer (&place, g_free);
  go_to_line (&stage, "/nonexistent");
  place = read_clipboard (&stage);
  g_assert_true (g_str_has_suffix (place, "/it's \"my\" <dir> & $HOME; %s/cheap.jsonl:1"));
  gtk_window_destroy (GTK_WINDOW (find_why ()));
  stage_close (&stage);
}

/* An editor is given the very bytes. */
static void
test_place_with_editor (void)
{
  Stage stage;
  g_autofree char *tools = NULL;
  g_autofree char *editor = NULL;
  g_autofree char *note = NULL;
  g_autofree char *script = NULL;
  g_autofree char *said = NULL;

  stage_open_in (&stage, "caf\xe9 'a' \"b\"");
  tools = g_build_filename (stage.room->home, "tools", NULL);
  editor = g_build_filename (tools, "code", NULL);
  note = g_build_filename (stage.room->home, "note", NULL);
  script = g_strdup_printf ("#!/bin/sh\nprintf '%%s\\n' \"$@\" > '%s.new' && /bin/mv '%s.new' '%s'\n",
                            note, note, note);
  g_assert_cmpint (g_mkdir_with_parents (tools, 0700), ==, 0);
  g_assert_true (g_file_set_contents_full (editor, script, -1, G_FILE_SET_CONTENTS_NONE, 0700, NULL));
  go_to_line (&stage, tools);
  ui_wait (has_file, note, 5.0);
  g_assert_true (g_file_get_contents (note, &said, NULL, NULL));
  g_assert_true (g_str_has_prefix (said, "-g\n/"));
  g_assert_true (g_str_has_suffix (said, "/caf\xe9 'a' \"b\"/cheap.jsonl:1\n"));
  gtk_window_destroy (GTK_WINDOW (find_why ()));
  stage_close (&stage);
}

/* A window must not go from under its menu. */
static void
close_menu (Stage *self)
{
  GtkWidget *popover = find_menu (self);

  if (popover != NULL)
    gtk_popover_popdown (GTK_POPOVER (popover));
  ui_pause (50);
}

/* What the menu of a line does, the details do too, for the session that they show. */
static void
test_menu (void)
{
  Stage stage;
  g_autofree char *id = NULL;
  g_autofree char *line = NULL;
  GtkWidget *popover;

  stage_open (&stage);
  show_session (&stage, "dear");
  g_assert_null (find_menu (&stage));
  g_signal_emit_by_name (ui_find (GTK_WIDGET (get_details (&stage)), GTK_TYPE_BUTTON, "menu_button"),
                         "clicked");
  ui_pause (50);
  popover = find_menu (&stage);
  g_assert_nonnull (popover);
  g_assert_true (gtk_widget_activate_action (popover, "session.copy-id", NULL));
  id = read_clipboard (&stage);
  g_assert_cmpstr (id, ==, "dear");
  g_assert_true (gtk_widget_activate_action (popover, "session.copy-csv", NULL));
  line = read_clipboard (&stage);
  g_assert_true (g_str_has_prefix (line, "claude,dear,"));
  g_assert_nonnull (strstr (line, ",3000000,0,0,0,2000,3002000,15.050000,0,"));
  close_menu (&stage);
  stage_close (&stage);
}

static const char *
get_first (Stage *self)
{
  GListModel *model = G_LIST_MODEL (fare_session_list_get_model (self->list));
  g_autoptr(GtkTreeListRow) row = g_list_model_get_item (model, 0);
  g_autoptr(FareSessionItem) item = gtk_tree_list_row_get_item (row);

  return fare_session_item_get_figures (item)->row->uid; /* the list holds it */
}

/* Where there are no headings, the order is chosen from a menu; both are one choice. */
static void
test_order_of_lines (void)
{
  Stage stage;
  GtkWidget *button;
  GtkColumnView *table;
  g_autoptr(GtkColumnViewColumn) column = NULL;
  g_autofree char *kept = NULL;

  stage_open (&stage);
  button = find (&stage, GTK_TYPE_MENU_BUTTON, "sort_button");
  g_assert_false (gtk_widget_get_visible (button));
  fare_page_set_width (FARE_PAGE (stage.page), FARE_WIDTH_NARROW);
  g_assert_true (gtk_widget_get_visible (button));
  g_assert_cmpstr (get_first (&stage), ==, "cheap");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (stage.page), "sessions.sessions-sort", "s",
                                             "cost-desc"));
  ui_pause (50);
  g_assert_cmpstr (get_first (&stage), ==, "dear");

  fare_page_set_width (FARE_PAGE (stage.page), FARE_WIDTH_WIDE);
  table = GTK_COLUMN_VIEW (find (&stage, GTK_TYPE_COLUMN_VIEW, "table"));
  column = g_list_model_get_item (gtk_column_view_get_columns (table), FARE_SESSION_TITLE);
  gtk_column_view_sort_by_column (table, column, GTK_SORT_ASCENDING);
  kept = g_settings_get_string (
    fare_preferences_get_settings (fare_application_get_preferences (stage.room->application)),
    "sessions-sort");
  g_assert_cmpstr (kept, ==, "title-asc");
  stage_close (&stage);
}

/* Whoever searches sees what is found. */
static void
test_search_leaves_details (void)
{
  Stage stage;
  AdwLeaflet *leaflet;

  stage_open (&stage);
  leaflet = ADW_LEAFLET (find (&stage, ADW_TYPE_LEAFLET, "leaflet"));
  show_session (&stage, "dear");
  g_assert_cmpstr (adw_leaflet_get_visible_child_name (leaflet), ==, "details");
  fare_page_set_search (FARE_PAGE (stage.page), "");
  g_assert_cmpstr (adw_leaflet_get_visible_child_name (leaflet), ==, "details");
  fare_page_set_search (FARE_PAGE (stage.page), "mix");
  g_assert_cmpstr (adw_leaflet_get_visible_child_name (leaflet), ==, "list");
  stage_close (&stage);
}

static void
focus_cb (GtkWidget *widget,
          gpointer   data)
{
  int *n = data;

  if (gtk_widget_get_mapped (widget) && g_str_equal (gtk_widget_get_css_name (widget), "row") &&
      (*n)-- == 0)
    g_assert_true (gtk_widget_grab_focus (widget));
}

static void
focus_row (GtkWidget *view,
           int        n)
{
  ui_walk (view, focus_cb, &n);
  g_assert_cmpint (n, <, 0);
}

/* Runs what a view does on a key. */
static void
press (GtkWidget  *view,
       const char *keys)
{
  g_autoptr(GListModel) controllers = gtk_widget_observe_controllers (view);
  gboolean is_done = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr(GObject) controller = g_list_model_get_item (controllers, i);

      for (guint j = 0; G_IS_LIST_MODEL (controller) &&
                        j < g_list_model_get_n_items (G_LIST_MODEL (controller)); j++)
        {
          g_autoptr(GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), j);
          g_autofree char *trigger =
            gtk_shortcut_trigger_to_string (gtk_shortcut_get_trigger (shortcut));

          if (strstr (trigger, keys) != NULL)
            is_done |= gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, view, NULL);
        }
    }

  g_assert_true (is_done);
}

static void
test_copy_key (void)
{
  Stage stage;
  GtkWidget *table, *row;
  g_autofree char *line = NULL;

  stage_open (&stage);
  table = find (&stage, GTK_TYPE_COLUMN_VIEW, "table");
  focus_row (table, 0);
  gtk_window_set_focus_visible (GTK_WINDOW (stage.room->window), TRUE);
  row = gtk_window_get_focus (GTK_WINDOW (stage.room->window));
  while (!g_str_equal (gtk_widget_get_css_name (row), "row"))
    row = gtk_widget_get_parent (row);
  /* Where the keys are is seen, though it is the arrow in the row that has the focus. */
  g_assert_true (gtk_widget_has_css_class (row, "fare-focused"));
  press (table, "<Control>c");
  line = read_clipboard (&stage);
  g_assert_true (g_str_has_prefix (line, "claude,cheap,"));
  gtk_widget_grab_focus (find (&stage, GTK_TYPE_DROP_DOWN, "group_drop_down"));
  g_assert_false (gtk_widget_has_css_class (row, "fare-focused"));
  stage_close (&stage);
}

/* The arrows open and close what has the focus, and lead out of it. */
static void
test_arrow_keys (void)
{
  Stage stage;
  GtkWidget *table;
  GListModel *model;
  g_autoptr(GtkTreeListRow) row = NULL;

  stage_open (&stage);
  table = find (&stage, GTK_TYPE_COLUMN_VIEW, "table");
  model = G_LIST_MODEL (fare_session_list_get_model (stage.list));
  fare_session_list_set_group (stage.list, FARE_SESSION_GROUP_PROJECT);
  ui_pause (100);
  row = g_list_model_get_item (model, 0);
  g_assert_true (gtk_tree_list_row_get_expanded (row));
  focus_row (table, 0);
  g_assert_true (fare_tree_keys_press (table, FALSE));
  g_assert_false (gtk_tree_list_row_get_expanded (row));
  g_assert_false (fare_tree_keys_press (table, FALSE));
  g_assert_true (fare_tree_keys_press (table, TRUE));
  g_assert_true (gtk_tree_list_row_get_expanded (row));
  g_assert_false (fare_tree_keys_press (table, TRUE));

  ui_pause (100);
  focus_row (table, 1);
  g_assert_true (fare_tree_keys_press (table, FALSE));
  g_assert_true (gtk_tree_list_row_get_expanded (row));
  g_assert_true (fare_tree_keys_press (table, FALSE));
  g_assert_false (gtk_tree_list_row_get_expanded (row));
  stage_close (&stage);
}

typedef struct
{
  Stage     *stage;
  GtkWidget *lines;
} Hold;

/* Lines have no place yet for a while after the view has changed. */
static gboolean
opens_menu (gpointer data)
{
  Hold *hold = data;
  g_autoptr(GListModel) controllers = gtk_widget_observe_controllers (hold->lines);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr(GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_GESTURE_LONG_PRESS (controller))
        g_signal_emit_by_name (controller, "pressed", 60.0, 20.0);
    }

  return find_menu (hold->stage) != NULL;
}

/* A finger held on a line opens its menu. */
static void
test_long_press (void)
{
  Stage stage;
  Hold hold = { &stage, NULL };

  stage_open (&stage);
  fare_page_set_width (FARE_PAGE (stage.page), FARE_WIDTH_NARROW);
  ui_pause (100);
  hold.lines = find (&stage, GTK_TYPE_LIST_VIEW, "lines");
  ui_wait (opens_menu, &hold, 5.0);
  close_menu (&stage);
  stage_close (&stage);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ui/session-details/unpriced", test_unpriced);
  g_test_add_func ("/ui/session-details/set-prices", test_set_prices);
  g_test_add_func ("/ui/session-details/hit-rate", test_hit_rate);
  g_test_add_func ("/ui/session-details/columns", test_columns);
  g_test_add_func ("/ui/session-details/menu", test_menu);
  g_test_add_func ("/ui/session-details/place-without-editor", test_place_without_editor);
  g_test_add_func ("/ui/session-details/place-with-editor", test_place_with_editor);
  g_test_add_func ("/ui/session-details/order-of-lines", test_order_of_lines);
  g_test_add_func ("/ui/session-details/search-leaves-details", test_search_leaves_details);
  g_test_add_func ("/ui/session-details/copy-key", test_copy_key);
  g_test_add_func ("/ui/session-details/arrow-keys", test_arrow_keys);
  g_test_add_func ("/ui/session-details/long-press", test_long_press);

  return g_test_run ();
}
