/* fare-tray-menu.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "fare-tray-menu.h"

struct _FareTrayMenu
{
  GtkWidget    *menu;
  GtkWidget    *today;
  GtkWidget    *month;
  GtkWidget    *tools[FARE_STANDING_TOOLS];
  GtkWidget    *limits[FARE_TRAY_N_LIMITS];
  GtkWidget    *open;
  GtkWidget    *hide_amounts;

  FareTrayFunc  func;
  gpointer      user_data;
  gboolean      is_updating; /* the switch moves, and nobody moved it */
};

#define COMMAND_KEY "fare-command"

static void
activate_cb (GtkWidget *item,
             gpointer   user_data)
{
  FareTrayMenu *self = user_data;

  if (!self->is_updating)
    self->func (GPOINTER_TO_INT (g_object_get_data (G_OBJECT (item), COMMAND_KEY)),
                self->user_data);
}

static GtkWidget *
append (FareTrayMenu *self,
        GtkWidget    *item)
{
  gtk_menu_shell_append (GTK_MENU_SHELL (self->menu), item);
  gtk_widget_show (item);
  return item;
}

static GtkWidget *
append_command (FareTrayMenu    *self,
                GtkWidget       *item,
                FareTrayCommand  command)
{
  g_object_set_data (G_OBJECT (item), COMMAND_KEY, GINT_TO_POINTER (command));
  g_signal_connect (item, "activate", G_CALLBACK (activate_cb), self);
  return append (self, item);
}

FareTrayMenu *
fare_tray_menu_new (FareTrayFunc func,
                    gpointer     user_data)
{
  FareTrayMenu *self = g_new0 (FareTrayMenu, 1);

  self->func = func;
  self->user_data = user_data;
  self->menu = g_object_ref_sink (gtk_menu_new ());
  self->today = append_command (self, gtk_menu_item_new_with_label (""), FARE_TRAY_OVERVIEW);
  self->month = append_command (self, gtk_menu_item_new_with_label (""), FARE_TRAY_CALENDAR);
  for (guint i = 0; i < FARE_STANDING_TOOLS; i++)
    {
      self->tools[i] = append (self, gtk_menu_item_new_with_label (""));
      gtk_widget_set_sensitive (self->tools[i], FALSE);
    }

  for (guint i = 0; i < FARE_TRAY_N_LIMITS; i++)
    {
      self->limits[i] = append (self, gtk_menu_item_new_with_label (""));
      gtk_widget_set_sensitive (self->limits[i], FALSE);
    }

  append (self, gtk_separator_menu_item_new ());
  self->open = append_command (self, gtk_menu_item_new_with_label (_("Open Tokenfare")),
                               FARE_TRAY_OPEN);
  append_command (self, gtk_menu_item_new_with_label (_("Refresh")), FARE_TRAY_REFRESH);
  self->hide_amounts = append_command (self, gtk_check_menu_item_new_with_label (_("Hide Amounts")),
                                       FARE_TRAY_HIDE_AMOUNTS);
  append_command (self, gtk_menu_item_new_with_label (_("Preferences")), FARE_TRAY_PREFERENCES);
  append (self, gtk_separator_menu_item_new ());
  append_command (self, gtk_menu_item_new_with_label (_("Quit")), FARE_TRAY_QUIT);

  return self;
}

void
fare_tray_menu_free (FareTrayMenu *self)
{
  gtk_widget_destroy (self->menu);
  g_object_unref (self->menu);
  g_free (self);
}

GtkMenu *
fare_tray_menu_get_widget (FareTrayMenu *self)
{
  return GTK_MENU (self->menu);
}

GtkWidget *
fare_tray_menu_get_open_item (FareTrayMenu *self)
{
  return self->open;
}

/* Every change goes over the bus to the panel, so only what differs is set. */
static void
set_text (GtkWidget  *item,
          const char *text)
{
  if (text != NULL && g_strcmp0 (gtk_menu_item_get_label (GTK_MENU_ITEM (item)), text) != 0)
    gtk_menu_item_set_label (GTK_MENU_ITEM (item), text);
  if (gtk_widget_get_visible (item) != (text != NULL))
    gtk_widget_set_visible (item, text != NULL);
}

void
fare_tray_menu_update (FareTrayMenu        *self,
                       const FareTrayState *state)
{
  g_autofree char *today = fare_tray_text_today (state);
  g_autofree char *month = fare_tray_text_month (state);

  set_text (self->today, today);
  set_text (self->month, month);
  for (guint i = 0; i < FARE_STANDING_TOOLS; i++)
    {
      g_autofree char *tool = fare_tray_text_tool (state, i);

      set_text (self->tools[i], tool);
    }

  for (guint i = 0; i < FARE_TRAY_N_LIMITS; i++)
    {
      g_autofree char *limit = fare_tray_text_limit (state, i);

      set_text (self->limits[i], limit);
    }

  self->is_updating = TRUE;
  gtk_check_menu_item_set_active (GTK_CHECK_MENU_ITEM (self->hide_amounts), state->hide_amounts);
  self->is_updating = FALSE;
}
