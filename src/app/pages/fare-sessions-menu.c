/* fare-sessions-menu.c
 *
 * What can be done with a session.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "pages/fare-sessions-menu.h"
#include "pages/fare-sessions-text.h"
#include "widgets/fare-line-item.h"
#include "widgets/fare-line-menu.h"

struct _FareSessionsMenu
{
  GObject             parent_instance;

  GtkWidget          *page;
  FareLineMenu       *line;
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
  g_clear_object (&self->line);
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
take_cb (gpointer item,
         gpointer user_data)
{
  FareSessionsMenu *self = user_data;
  static const char * const of_folders[] = { "copy-path", "show-files", "filter-project" };
  const FareSessionRow *row = fare_session_item_get_figures (item)->row;

  if (row == NULL)
    return FALSE;

  g_set_object (&self->item, FARE_SESSION_ITEM (item));

  for (guint i = 0; i < G_N_ELEMENTS (of_folders); i++)
    {
      GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), of_folders[i]);

      g_simple_action_set_enabled (G_SIMPLE_ACTION (action), *row->project != '\0');
    }

  return TRUE;
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
  self->line = fare_line_menu_new (page, model, take_cb, "session.copy-csv", self);

  return self;
}

void
fare_sessions_menu_add_view (FareSessionsMenu *self,
                             GtkWidget        *view)
{
  g_return_if_fail (FARE_IS_SESSIONS_MENU (self));

  fare_line_menu_add_view (self->line, view);
}

void
fare_sessions_menu_popup (FareSessionsMenu *self,
                          GtkWidget        *widget)
{
  g_return_if_fail (FARE_IS_SESSIONS_MENU (self));

  fare_line_menu_popup_for (self->line, widget, fare_line_item_find (widget));
}

void
fare_sessions_menu_popup_for (FareSessionsMenu *self,
                              GtkWidget        *widget,
                              FareSessionItem  *item)
{
  g_return_if_fail (FARE_IS_SESSIONS_MENU (self));
  g_return_if_fail (FARE_IS_SESSION_ITEM (item));

  fare_line_menu_popup_for (self->line, widget, item);
}

void
fare_sessions_menu_detach (FareSessionsMenu *self)
{
  g_return_if_fail (FARE_IS_SESSIONS_MENU (self));

  fare_line_menu_detach (self->line);
  self->page = NULL;
}
