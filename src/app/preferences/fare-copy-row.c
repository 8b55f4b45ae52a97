/* fare-copy-row.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "preferences/fare-copy-row.h"

struct _FareCopyRow
{
  AdwActionRow  parent_instance;

  GtkWidget    *button;
  char         *text;
};

G_DEFINE_FINAL_TYPE (FareCopyRow, fare_copy_row, ADW_TYPE_ACTION_ROW)

static void
copy_cb (FareCopyRow *self)
{
  GtkWidget *window = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_PREFERENCES_WINDOW);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->text);

  if (window != NULL)
    adw_preferences_window_add_toast (ADW_PREFERENCES_WINDOW (window), adw_toast_new (_("Copied")));
}

static void
fare_copy_row_finalize (GObject *object)
{
  g_clear_pointer (&FARE_COPY_ROW (object)->text, g_free);

  G_OBJECT_CLASS (fare_copy_row_parent_class)->finalize (object);
}

static void
fare_copy_row_class_init (FareCopyRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fare_copy_row_finalize;
}

static void
fare_copy_row_init (FareCopyRow *self)
{
  self->button = gtk_button_new_from_icon_name ("edit-copy-symbolic");
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->button, "flat");
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (copy_cb), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self), self->button);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "fare-copy");
}

GtkWidget *
fare_copy_row_new (const char *title,
                   const char *text)
{
  FareCopyRow *self = g_object_new (FARE_TYPE_COPY_ROW, "title", title, "subtitle", text, NULL);
  /* Translators: the placeholder is the title of what is copied, as in “Copy Waybar” */
  g_autofree char *label = g_strdup_printf (_("Copy %s"), title);

  self->text = g_strdup (text);
  gtk_widget_set_tooltip_text (self->button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);

  return GTK_WIDGET (self);
}
