/* fare-sessions-menu.c
 *
 * What can be done with a session.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "pages/fare-sessions-cells.h"
#include "pages/fare-sessions-menu.h"

struct _FareSessionsMenu
{
  GObject             parent_instance;

  GtkWidget          *page;
  GtkWidget          *popover;
  GSimpleActionGroup *actions;
  FareSessionItem    *item; /* the menu is about */
};

G_DEFINE_FINAL_TYPE (FareSessionsMenu, fare_sessions_menu, G_TYPE_OBJECT)

enum
{
  OPEN,
  WHY,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
fare_sessions_menu_dispose (GObject *object)
{
  FareSessionsMenu *self = FARE_SESSIONS_MENU (object);

  g_clear_object (&self->actions);
  g_clear_object (&self->item);

  G_OBJECT_CLASS (fare_sessions_menu_parent_class)->dispose (object);
}

static void
fare_sessions_menu_class_init (FareSessionsMenuClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = fare_sessions_menu_dispose;

  signals[OPEN] = g_signal_new ("open", FARE_TYPE_SESSIONS_MENU, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, FARE_TYPE_SESSION_ITEM);
  signals[WHY] = g_signal_new ("why", FARE_TYPE_SESSIONS_MENU, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 1, FARE_TYPE_SESSION_ITEM);
}

static void
fare_sessions_menu_init (FareSessionsMenu *self)
{
}

static const FareSessionRow *
get_row (FareSessionsMenu *self)
{
  return self->item != NULL ? fare_session_item_get_figures (self->item)->row : NULL;
}

static void
copy (FareSessionsMenu *self,
      const char       *text,
      const char       *sentence)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (self->page), text);
  gtk_widget_activate_action (self->page, "win.toast", "s", sentence);
}

static void
open_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  FareSessionsMenu *self = user_data;

  if (get_row (self) != NULL)
    g_signal_emit (self, signals[OPEN], 0, self->item);
}

static void
why_cb (GSimpleAction *action,
        GVariant      *parameter,
        gpointer       user_data)
{
  FareSessionsMenu *self = user_data;

  if (get_row (self) != NULL)
    g_signal_emit (self, signals[WHY], 0, self->item);
}

static void
copy_id_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  const FareSessionRow *row = get_row (user_data);

  if (row != NULL)
    copy (user_data, row->uid, _("Session ID copied"));
}

static void
copy_path_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  const FareSessionRow *row = get_row (user_data);

  if (row != NULL)
    copy (user_data, row->project, _("Path copied"));
}

static void
copy_csv_cb (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  FareSessionsMenu *self = user_data;
  g_autofree char *line = NULL;

  if (get_row (self) == NULL)
    return;

  line = fare_sessions_text_csv (self->item);
  copy (self, line, _("CSV row copied"));
}

static void
filter_project_cb (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       user_data)
{
  FareSessionsMenu *self = user_data;
  const FareSessionRow *row = get_row (self);

  if (row != NULL)
    gtk_widget_activate_action (self->page, "win.filter", "(ss)", "project", row->project);
}

/* The folder itself opens wherever folders do. */
static void
show_folder (FareSessionsMenu *self)
{
  const FareSessionRow *row = get_row (self);
  GtkRoot *root = self->page != NULL ? gtk_widget_get_root (self->page) : NULL;
  g_autofree char *uri = row != NULL ? g_filename_to_uri (row->project, NULL, NULL) : NULL;

  if (uri != NULL && GTK_IS_WINDOW (root))
    gtk_show_uri (GTK_WINDOW (root), uri, GDK_CURRENT_TIME);
}

static void
shown_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(FareSessionsMenu) self = user_data;
  g_autoptr(GVariant) reply =
    g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);

  if (reply == NULL)
    show_folder (self);
}

/* A file manager shows the folder where it lies. */
static void
bus_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr(FareSessionsMenu) self = user_data;
  g_autoptr(GDBusConnection) bus = g_bus_get_finish (result, NULL);
  const FareSessionRow *row = get_row (self);
  g_autofree char *uri = row != NULL ? g_filename_to_uri (row->project, NULL, NULL) : NULL;
  const char *uris[] = { uri, NULL };

  if (bus == NULL || uri == NULL)
    {
      show_folder (self);
      return;
    }

  g_dbus_connection_call (bus, "org.freedesktop.FileManager1", "/org/freedesktop/FileManager1",
                          "org.freedesktop.FileManager1", "ShowItems",
                          g_variant_new ("(^ass)", uris, ""), NULL, G_DBUS_CALL_FLAGS_NONE, -1,
                          NULL, shown_cb, g_object_ref (self));
}

static void
show_files_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  FareSessionsMenu *self = user_data;
  const FareSessionRow *row = get_row (self);

  if (row == NULL)
    return;

  if (g_file_test (row->project, G_FILE_TEST_IS_DIR))
    g_bus_get (G_BUS_TYPE_SESSION, NULL, bus_cb, g_object_ref (self));
  else
    gtk_widget_activate_action (self->page, "win.toast", "s", _("This folder is gone"));
}

/* Without a known folder there is nothing to copy, to open or to filter by. */
static gboolean
set_item (FareSessionsMenu *self,
          FareSessionItem  *item)
{
  static const char * const of_folders[] = { "copy-path", "show-files", "filter-project" };
  const FareSessionRow *row = item != NULL ? fare_session_item_get_figures (item)->row : NULL;

  if (row == NULL)
    return FALSE;

  g_set_object (&self->item, item);

  for (guint i = 0; i < G_N_ELEMENTS (of_folders); i++)
    {
      GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), of_folders[i]);

      g_simple_action_set_enabled (G_SIMPLE_ACTION (action), *row->project != '\0');
    }

  return TRUE;
}

static void
popup_at (FareSessionsMenu *self,
          GdkRectangle      place)
{
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover), &place);
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

static void
popup_below (FareSessionsMenu *self,
             GtkWidget        *widget)
{
  graphene_rect_t bounds;

  if (gtk_widget_compute_bounds (widget, self->page, &bounds))
    popup_at (self, (GdkRectangle) { (int) bounds.origin.x, (int) bounds.origin.y,
                                     MAX (1, (int) bounds.size.width),
                                     MAX (1, (int) bounds.size.height) });
}

static void
popup_on_line (FareSessionsMenu *self,
               GtkGesture       *gesture,
               double            x,
               double            y)
{
  GtkWidget *view = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));
  GtkWidget *widget = gtk_widget_pick (view, x, y, GTK_PICK_DEFAULT);
  double page_x = 0;
  double page_y = 0;

  if (widget == NULL || widget == view ||
      !set_item (self, fare_sessions_cells_find_item (widget)))
    return;

  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_translate_coordinates (view, self->page, x, y, &page_x, &page_y);
  popup_at (self, (GdkRectangle) { (int) page_x, (int) page_y, 1, 1 });
}

static void
pressed_cb (GtkGestureClick *gesture,
            int              n_press,
            double           x,
            double           y,
            gpointer         user_data)
{
  popup_on_line (user_data, GTK_GESTURE (gesture), x, y);
}

static void
held_cb (GtkGestureLongPress *gesture,
         double               x,
         double               y,
         gpointer             user_data)
{
  popup_on_line (user_data, GTK_GESTURE (gesture), x, y);
}

/* The line with the focus becomes what the menu is about. */
static GtkWidget *
take_focused (FareSessionsMenu *self,
              GtkWidget        *view)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (view));

  if (focus == NULL || focus == view || !gtk_widget_is_ancestor (focus, view) ||
      !set_item (self, fare_sessions_cells_find_item (focus)))
    return NULL;

  return focus;
}

static gboolean
menu_key_cb (GtkWidget *widget,
             GVariant  *arguments,
             gpointer   user_data)
{
  GtkWidget *focus = take_focused (user_data, widget);

  if (focus != NULL)
    popup_below (user_data, focus);

  return focus != NULL;
}

static gboolean
copy_key_cb (GtkWidget *widget,
             GVariant  *arguments,
             gpointer   user_data)
{
  GtkWidget *focus = take_focused (user_data, widget);

  if (focus != NULL)
    copy_csv_cb (NULL, NULL, user_data);

  return focus != NULL;
}

FareSessionsMenu *
fare_sessions_menu_new (GtkWidget  *page,
                        GMenuModel *model)
{
  static const GActionEntry entries[] = {
    { .name = "open", .activate = open_cb },
    { .name = "why", .activate = why_cb },
    { .name = "copy-id", .activate = copy_id_cb },
    { .name = "copy-path", .activate = copy_path_cb },
    { .name = "copy-csv", .activate = copy_csv_cb },
    { .name = "filter-project", .activate = filter_project_cb },
    { .name = "show-files", .activate = show_files_cb },
  };
  FareSessionsMenu *self;

  g_return_val_if_fail (GTK_IS_WIDGET (page), NULL);

  self = g_object_new (FARE_TYPE_SESSIONS_MENU, NULL);
  self->page = page;
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  gtk_widget_insert_action_group (page, "session", G_ACTION_GROUP (self->actions));
  self->popover = gtk_popover_menu_new_from_model (model);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
  gtk_widget_set_halign (self->popover, GTK_ALIGN_START);
  gtk_widget_set_parent (self->popover, page);

  return self;
}

void
fare_sessions_menu_add_view (FareSessionsMenu *self,
                             GtkWidget        *view)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *hold = gtk_gesture_long_press_new ();

  g_return_if_fail (FARE_IS_SESSIONS_MENU (self));

  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (keys),
    gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("Menu|<Shift>F10"),
                      gtk_callback_action_new (menu_key_cb, self, NULL)));
  gtk_shortcut_controller_add_shortcut (
    GTK_SHORTCUT_CONTROLLER (keys),
    gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("<Control>c|<Control>Insert"),
                      gtk_callback_action_new (copy_key_cb, self, NULL)));
  gtk_widget_add_controller (view, keys);

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect_object (click, "pressed", G_CALLBACK (pressed_cb), self, 0);
  gtk_widget_add_controller (view, GTK_EVENT_CONTROLLER (click));

  /* Fingers have no other button. */
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (hold), TRUE);
  g_signal_connect_object (hold, "pressed", G_CALLBACK (held_cb), self, 0);
  gtk_widget_add_controller (view, GTK_EVENT_CONTROLLER (hold));
}

void
fare_sessions_menu_popup (FareSessionsMenu *self,
                          GtkWidget        *widget)
{
  g_return_if_fail (FARE_IS_SESSIONS_MENU (self));

  if (set_item (self, fare_sessions_cells_find_item (widget)))
    popup_below (self, widget);
}

void
fare_sessions_menu_popup_for (FareSessionsMenu *self,
                              GtkWidget        *widget,
                              FareSessionItem  *item)
{
  g_return_if_fail (FARE_IS_SESSIONS_MENU (self));
  g_return_if_fail (FARE_IS_SESSION_ITEM (item));

  if (set_item (self, item))
    popup_below (self, widget);
}

void
fare_sessions_menu_detach (FareSessionsMenu *self)
{
  g_return_if_fail (FARE_IS_SESSIONS_MENU (self));

  g_clear_pointer (&self->popover, gtk_widget_unparent);
  self->page = NULL;
}
