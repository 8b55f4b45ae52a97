/* fare-line-menu.h
 *
 * The menu of a table's lines: by the other button, by a long touch, by the Menu key; and the key that
 * copies a line.  Cells say what their line is about (fare-line-item.h).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define FARE_TYPE_LINE_MENU (fare_line_menu_get_type ())
G_DECLARE_FINAL_TYPE (FareLineMenu, fare_line_menu, FARE, LINE_MENU, GObject)

/**
 * FareLineMenuTakeFunc:
 * @item: what a line is about
 *
 * Has the actions of the menu be about @item from now on.
 *
 * Returns: FALSE when there is no menu for @item
 */
typedef gboolean (*FareLineMenuTakeFunc) (gpointer item,
                                          gpointer user_data);

/**
 * fare_line_menu_new:
 * @owner: (transfer none): an ancestor of the tables, which has the popover
 * @model: the menu
 * @take: is called before the menu opens and before a line is copied
 * @copy_action: the action that copies the line that was taken, such as "session.copy-csv"
 * @user_data: for @take; lives as long as the menu
 *
 * Returns: (transfer full): the menu; fare_line_menu_detach() before @owner goes
 */
FareLineMenu *fare_line_menu_new      (GtkWidget            *owner,
                                       GMenuModel           *model,
                                       FareLineMenuTakeFunc  take,
                                       const char           *copy_action,
                                       gpointer              user_data) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_line_menu_add_view:
 * @view: a table below the owner
 *
 * Has the lines of @view open the menu.
 */
void          fare_line_menu_add_view (FareLineMenu         *self,
                                       GtkWidget            *view);

/**
 * fare_line_menu_popup_for:
 * @widget: a widget below the owner
 * @item: what the menu is to be about
 *
 * Opens the menu below @widget.
 */
void          fare_line_menu_popup_for (FareLineMenu        *self,
                                        GtkWidget           *widget,
                                        gpointer             item);

/* Takes the popover from the owner, which is about to go. */
void          fare_line_menu_detach   (FareLineMenu         *self);

G_END_DECLS
