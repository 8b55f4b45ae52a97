/* fare-breakdown-menu.h
 *
 * What can be done with a line of the table of tools and models, as actions "line.…" and a menu.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "models/fare-breakdown-item.h"

G_BEGIN_DECLS

#define FARE_TYPE_BREAKDOWN_MENU (fare_breakdown_menu_get_type ())
G_DECLARE_FINAL_TYPE (FareBreakdownMenu, fare_breakdown_menu, FARE, BREAKDOWN_MENU, GObject)

/**
 * fare_breakdown_menu_new:
 * @owner: gets the actions, and the menu as a child; calls fare_breakdown_menu_detach() before it goes
 *
 * Returns: (transfer full): a menu.  Emits FareBreakdownMenu::show with the #FareBreakdownItem whose
 *   sessions are wanted.
 */
FareBreakdownMenu *fare_breakdown_menu_new      (GtkWidget         *owner) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_breakdown_menu_add_view:
 * @view: a table or list below the owner
 *
 * Opens the menu on a line of @view with a secondary click, a long press, the Menu key and Shift+F10;
 * Ctrl+C copies the line.
 */
void               fare_breakdown_menu_add_view (FareBreakdownMenu *self,
                                                 GtkWidget         *view);

/* Takes the menu from its owner, which is about to go. */
void               fare_breakdown_menu_detach   (FareBreakdownMenu *self);

G_END_DECLS
