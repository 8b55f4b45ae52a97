/* fare-breakdown-bar.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "pages/fare-breakdown-bar.h"
#include "pages/fare-breakdown-text.h"
#include "widgets/fare-quiet-tooltip.h"

static GMenu *
make_options (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr(GMenu) copy = g_menu_new ();
  g_autoptr(GMenu) sort = g_menu_new ();

  g_menu_append (copy, _("Copy _Table as CSV"), "breakdown.copy-table");
  for (guint i = 0; i < FARE_BREAKDOWN_N_COLUMNS; i++)
    {
      g_autofree char *action =
        g_strconcat ("breakdown.sort::", fare_breakdown_column_get_name (i), NULL);

      g_menu_append (sort, fare_breakdown_text_column (i), action);
    }
  g_menu_append_section (menu, _("Sort By"), G_MENU_MODEL (sort));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (copy));

  return menu;
}

static void
setup_face_cb (GtkSignalListItemFactory *factory,
               GtkListItem              *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (label), 4);
  gtk_list_item_set_child (item, label);
}

static void
bind_face_cb (GtkSignalListItemFactory *factory,
              GtkListItem              *item)
{
  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (item)),
                       gtk_string_object_get_string (gtk_list_item_get_item (item)));
}

/* The words on the button may be cut where they have no room, so that a language with longer words does
 * not make the window wider; in its list they are whole. */
static void
allow_short (GtkDropDown *drop)
{
  g_autoptr(GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_face_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_face_cb), NULL);
  gtk_drop_down_set_list_factory (drop, gtk_drop_down_get_factory (drop));
  gtk_drop_down_set_factory (drop, factory);
}

GtkWidget *
fare_breakdown_bar_new (GtkDropDown **face_drop)
{
  const char * const faces[] = { _("By Tool"), _("By Model"), NULL };
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *drop = gtk_drop_down_new_from_strings (faces);
  GtkWidget *button = gtk_menu_button_new ();
  g_autoptr(GMenu) options = make_options ();

  allow_short (GTK_DROP_DOWN (drop));
  fare_quiet_tooltip_set (drop, _("What the table shows"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (drop), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("What the table shows"), -1);

  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (options));
  fare_quiet_tooltip_set (button, _("View Options"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("View Options"), -1);
  gtk_box_append (GTK_BOX (bar), drop);
  gtk_box_append (GTK_BOX (bar), button);
  *face_drop = GTK_DROP_DOWN (drop);

  return bar;
}
