/* test-pricing-editor.c
 *
 * What is typed for a model’s price is not lost by closing a window, and the price table does what it
 * is told by fingers, keys and clicks beside the words.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ui-room.h"

#include <string.h>

#include "pages/fare-pricing-page-private.h"

typedef struct
{
  UiRoom          *room;
  FarePricingPage *page;
} Stage;

static gboolean
has_lines (gpointer data)
{
  return fare_pricing_page_get_data (data) != NULL &&
         fare_pricing_list_count (fare_pricing_page_get_list (data)) > 2;
}

static void
stage_open (Stage *self)
{
  gint64 now = g_get_real_time () / 1000;

  self->room = ui_room_new ();
  ui_room_add_claude (self->room, "one", now, "claude-opus-4-8", 1000000, 100000);
  ui_room_add_claude (self->room, "two", now, "claude-haiku-4-5", 2000000, 10000);
  ui_room_open (self->room);
  ui_room_wait_settled (self->room);
  fare_window_show_page (self->room->window, "pricing");
  self->page = FARE_PRICING_PAGE (ui_find (GTK_WIDGET (self->room->window), FARE_TYPE_PRICING_PAGE,
                                           NULL));
  ui_wait (has_lines, self->page, 10.0);
  ui_pause (100);
}

static void
stage_close (Stage *self)
{
  g_clear_pointer (&self->room, ui_room_free);
}

static GtkWindow *
find_window (GType type)
{
  g_autoptr(GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (G_TYPE_CHECK_INSTANCE_TYPE (l->data, type) && gtk_widget_get_visible (l->data))
      return l->data;

  return NULL;
}

static gboolean
has_no_editor (gpointer data)
{
  return find_window (FARE_TYPE_PRICING_EDITOR) == NULL;
}

static void
respond (const char *response)
{
  GtkWindow *dialog = find_window (ADW_TYPE_MESSAGE_DIALOG);

  g_assert_nonnull (dialog);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), response);
  ui_pause (100);
}

static GtkWindow *
open_editor (Stage      *self,
             const char *typed)
{
  GtkWindow *editor;
  GtkWidget *focus;

  gtk_selection_model_select_item (fare_pricing_list_get_model (self->page->list), 0, TRUE);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (self->page), "pricing.edit", NULL));
  editor = find_window (FARE_TYPE_PRICING_EDITOR);
  g_assert_nonnull (editor);
  if (typed != NULL)
    {
      /* The first price has the focus. */
      focus = gtk_widget_get_ancestor (gtk_window_get_focus (editor), ADW_TYPE_ENTRY_ROW);
      g_assert_nonnull (focus);
      gtk_editable_set_text (GTK_EDITABLE (focus), typed);
    }

  return editor;
}

static void
test_close_asks (void)
{
  Stage stage;
  GtkWindow *editor;

  stage_open (&stage);
  editor = open_editor (&stage, NULL);
  gtk_window_close (editor);
  g_assert_null (find_window (ADW_TYPE_MESSAGE_DIALOG));
  ui_wait (has_no_editor, NULL, 2.0);

  /* Cancel leads back to what was typed. */
  editor = open_editor (&stage, "7");
  gtk_window_close (editor);
  respond ("cancel");
  g_assert_true (find_window (FARE_TYPE_PRICING_EDITOR) == editor);
  g_assert_true (fare_pricing_editor_is_unsaved (FARE_PRICING_EDITOR (editor)));

  /* Asked once, however often. */
  gtk_window_close (editor);
  gtk_window_close (editor);
  respond ("discard");
  g_assert_null (find_window (ADW_TYPE_MESSAGE_DIALOG));
  ui_wait (has_no_editor, NULL, 2.0);

  /* Who presses Cancel means it. */
  editor = open_editor (&stage, "absurd");
  g_signal_emit_by_name (ui_find (GTK_WIDGET (editor), GTK_TYPE_BUTTON, "cancel_button"), "clicked");
  ui_wait (has_no_editor, NULL, 2.0);
  g_assert_null (find_window (ADW_TYPE_MESSAGE_DIALOG));
  stage_close (&stage);
}

static gboolean
has_change (gpointer data)
{
  g_autoptr(FarePricingItem) first =
    g_list_model_get_item (G_LIST_MODEL (fare_pricing_list_get_model (data)), 0);

  return first != NULL && fare_pricing_item_get_line (first)->is_changed;
}

static void
test_close_saves (void)
{
  Stage stage;
  GtkWindow *editor;

  stage_open (&stage);
  editor = open_editor (&stage, "7");
  gtk_window_close (editor);
  respond ("save");
  ui_wait (has_no_editor, NULL, 5.0);
  ui_wait (has_change, stage.page->list, 5.0);
  stage_close (&stage);
}

/* The window stays for what is typed in a dialog over it. */
static void
test_main_window_waits (void)
{
  Stage stage;

  stage_open (&stage);
  open_editor (&stage, "7");
  gtk_window_close (GTK_WINDOW (stage.room->window));
  ui_pause (100);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (stage.room->window)));
  respond ("cancel");
  g_assert_nonnull (find_window (FARE_TYPE_PRICING_EDITOR));
  gtk_window_close (GTK_WINDOW (stage.room->window));
  respond ("discard");
  ui_wait (has_no_editor, NULL, 2.0);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (stage.room->window)));
  stage_close (&stage);
}

typedef struct
{
  GType      type;
  GtkWidget *view;
} ViewSearch;

/* The rows of a column view are in a list view of their own kind. */
static void
view_cb (GtkWidget *widget,
         gpointer   data)
{
  ViewSearch *search = data;

  if (G_OBJECT_TYPE (widget) == search->type)
    search->view = widget;
}

static GtkWidget *
find_view (Stage *self,
           GType  type)
{
  ViewSearch search = { type, NULL };

  ui_walk (GTK_WIDGET (self->page->table), view_cb, &search);
  g_assert_nonnull (search.view);

  return search.view;
}

static GtkEventController *
find_gesture (GtkWidget *view,
              GType      type,
              guint      button)
{
  g_autoptr(GListModel) controllers = gtk_widget_observe_controllers (view);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr(GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (controller, type) &&
          (button == 0 || gtk_gesture_single_get_button (GTK_GESTURE_SINGLE (controller)) == button))
        return controller; /* the view holds it */
    }

  g_assert_not_reached ();
}

static void
popover_cb (GtkWidget *widget,
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

  ui_walk (GTK_WIDGET (self->page->table), popover_cb, &popover);

  return popover;
}

typedef struct
{
  int        n;
  GtkWidget *row;
} Search;

static void
row_cb (GtkWidget *widget,
        gpointer   data)
{
  Search *search = data;

  if (gtk_widget_get_mapped (widget) && g_str_equal (gtk_widget_get_css_name (widget), "row") &&
      search->n-- == 0)
    search->row = widget;
}

static GtkWidget *
find_row (GtkWidget *view,
          int        n)
{
  Search search = { n, NULL };

  ui_walk (view, row_cb, &search);
  g_assert_nonnull (search.row);

  return search.row;
}

static const char *
get_selected (Stage *self)
{
  FarePricingItem *item = fare_pricing_list_get_selected (self->page->list);

  return item != NULL ? fare_pricing_item_get_line (item)->name : NULL;
}

typedef struct
{
  Stage     *stage;
  GtkWidget *view;
  GType      gesture;
  guint      button;
  int        row;
} Press;

/* Rows have no place yet for a while after the view has changed. */
static gboolean
opens_menu (gpointer data)
{
  Press *press = data;
  GtkEventController *gesture = find_gesture (press->view, press->gesture, press->button);
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (find_row (press->view, press->row), press->view, &bounds));
  if (press->button != 0)
    g_signal_emit_by_name (gesture, "pressed", 1, 1.0, bounds.origin.y + 2.0);
  else
    g_signal_emit_by_name (gesture, "pressed", 40.0, bounds.origin.y + 8.0);

  return find_menu (press->stage) != NULL;
}

/* The menu is that of the line that was pressed, between its words too. */
static void
test_menu_of_line (void)
{
  Stage stage;
  Press press = { &stage, NULL, GTK_TYPE_GESTURE_CLICK, GDK_BUTTON_SECONDARY, 1 };

  stage_open (&stage);
  press.view = find_view (&stage, GTK_TYPE_COLUMN_VIEW);
  ui_wait (opens_menu, &press, 5.0);
  g_assert_cmpstr (get_selected (&stage), ==, "Claude Haiku 4.5");
  gtk_popover_popdown (GTK_POPOVER (find_menu (&stage)));
  ui_pause (50);

  fare_page_set_width (FARE_PAGE (stage.page), FARE_WIDTH_NARROW);
  ui_pause (100);
  press = (Press) { &stage, find_view (&stage, GTK_TYPE_LIST_VIEW), GTK_TYPE_GESTURE_LONG_PRESS, 0, 0 };
  ui_wait (opens_menu, &press, 5.0);
  g_assert_cmpstr (get_selected (&stage), ==, "Claude Opus 4.8");
  gtk_popover_popdown (GTK_POPOVER (find_menu (&stage)));
  ui_pause (50);
  stage_close (&stage);
}

static void
set_price_cb (GtkWidget *widget,
              gpointer   data)
{
  GtkWidget **button = data;

  if (GTK_IS_BUTTON (widget) && gtk_widget_get_mapped (widget) &&
      g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)),
                 "pricing-table.set-price") == 0)
    *button = widget;
}

/* A button that could do nothing cannot be pressed; otherwise it sets the price of its own line. */
static void
test_set_price_button (void)
{
  Stage stage;
  GtkWidget *button = NULL;
  GtkWindow *editor;

  stage_open (&stage);
  ui_room_add_claude (stage.room, "three", g_get_real_time () / 1000, "harbor-preview-9", 1000, 10);
  for (guint i = 0; button == NULL && i < 100; i++)
    {
      ui_pause (100);
      ui_walk (GTK_WIDGET (stage.page->table), set_price_cb, &button);
    }
  g_assert_nonnull (button);
  fare_pricing_table_set_can_edit (stage.page->table, FALSE);
  g_assert_false (gtk_widget_get_sensitive (button));
  fare_pricing_table_set_can_edit (stage.page->table, TRUE);
  g_assert_true (gtk_widget_get_sensitive (button));

  gtk_selection_model_select_item (fare_pricing_list_get_model (stage.page->list), 2, TRUE);
  gtk_widget_activate (button);
  ui_pause (300);
  editor = find_window (FARE_TYPE_PRICING_EDITOR);
  g_assert_nonnull (editor);
  g_assert_cmpstr (gtk_window_get_title (editor), ==, "harbor-preview-9");
  gtk_window_close (editor);
  stage_close (&stage);
}

/* Enter on a line edits its price, though there are buttons in it. */
static void
test_enter_edits (void)
{
  Stage stage;
  GtkWidget *focus;

  stage_open (&stage);
  g_assert_true (gtk_widget_grab_focus (find_row (find_view (&stage, GTK_TYPE_COLUMN_VIEW), 1)));
  focus = gtk_window_get_focus (GTK_WINDOW (stage.room->window));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (focus), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Claude Haiku 4.5, Input 1.00, output 5.00 · 2M tokens, $2.05");
  while (focus != NULL && !gtk_widget_activate (focus))
    focus = gtk_widget_get_parent (focus);
  g_assert_nonnull (focus);
  g_assert_nonnull (find_window (FARE_TYPE_PRICING_EDITOR));
  gtk_window_close (find_window (FARE_TYPE_PRICING_EDITOR));
  stage_close (&stage);
}

/* Tab goes to a line without selecting it; a key is about the line all the same. */
static void
test_keys_of_line (void)
{
  Stage stage;
  GtkWidget *view;
  GtkWindow *dialog;

  stage_open (&stage);
  view = find_view (&stage, GTK_TYPE_COLUMN_VIEW);
  gtk_selection_model_select_item (fare_pricing_list_get_model (stage.page->list), 0, TRUE);
  g_assert_true (gtk_widget_grab_focus (find_row (view, 1)));
  gtk_selection_model_select_item (fare_pricing_list_get_model (stage.page->list), 0, TRUE);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (stage.page->table), "pricing-table.delete",
                                             NULL));
  ui_pause (50);
  dialog = find_window (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_nonnull (dialog);
  g_assert_nonnull (strstr (adw_message_dialog_get_heading (ADW_MESSAGE_DIALOG (dialog)),
                            "Claude Haiku 4.5"));
  respond ("cancel");
  stage_close (&stage);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ui/pricing-editor/close-asks", test_close_asks);
  g_test_add_func ("/ui/pricing-editor/close-saves", test_close_saves);
  g_test_add_func ("/ui/pricing-editor/main-window-waits", test_main_window_waits);
  g_test_add_func ("/ui/pricing-editor/menu-of-line", test_menu_of_line);
  g_test_add_func ("/ui/pricing-editor/enter-edits", test_enter_edits);
  g_test_add_func ("/ui/pricing-editor/set-price-button", test_set_price_button);
  g_test_add_func ("/ui/pricing-editor/keys-of-line", test_keys_of_line);

  return g_test_run ();
}
