/* fare-sessions-menu.h
 *
 * What can be done with a session, as actions "session.…" of a widget and a menu.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "models/fare-session-item.h"

G_BEGIN_DECLS

#define FARE_TYPE_SESSIONS_MENU (fare_sessions_menu_get_type ())
G_DECLARE_FINAL_TYPE (FareSessionsMenu, fare_sessions_menu, FARE, SESSIONS_MENU, GObject)

/**
 * fare_sessions_menu_new:
 * @page: gets the actions, and the menu as a child; calls fare_sessions_menu_detach() before it goes
 * @model: what the menu looks like
 *
 * Returns: (transfer full): a menu.  Emits FareSessionsMenu::open and FareSessionsMenu::why with the
 *   #FareSessionItem.
 */
FareSessionsMenu *fare_sessions_menu_new      (GtkWidget        *page,
                                               GMenuModel       *model) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_sessions_menu_add_view:
 * @view: a table or list below the page
 *
 * Opens the menu on a line of @view with a secondary click, a long press, the Menu key and Shift+F10;
 * Ctrl+C copies the line.
 */
void              fare_sessions_menu_add_view (FareSessionsMenu *self,
                                               GtkWidget        *view);

/**
 * fare_sessions_menu_popup:
 * @widget: a button in a line
 *
 * Opens the menu below @widget.
 */
void              fare_sessions_menu_popup    (FareSessionsMenu *self,
                                               GtkWidget        *widget);

/**
 * fare_sessions_menu_popup_for:
 * @item: a session, in a line or not
 *
 * Opens the menu below @widget.
 */
void              fare_sessions_menu_popup_for (FareSessionsMenu *self,
                                               GtkWidget        *widget,
                                               FareSessionItem  *item);

/**
 * fare_sessions_menu_detach:
 *
 * Takes the menu from its page, which is about to go.
 */
void              fare_sessions_menu_detach   (FareSessionsMenu *self);

G_END_DECLS
