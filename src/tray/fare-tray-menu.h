/* fare-tray-menu.h
 *
 * The menu of the tray icon: built once, its words changed in place, so that it can stand open.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "fare-tray-text.h"

G_BEGIN_DECLS

typedef struct _FareTrayMenu FareTrayMenu;

/* What can be chosen.  "hide-amounts" is a switch, all others are commands. */
typedef enum
{
  FARE_TRAY_OVERVIEW,
  FARE_TRAY_CALENDAR,
  FARE_TRAY_OPEN,
  FARE_TRAY_REFRESH,
  FARE_TRAY_HIDE_AMOUNTS,
  FARE_TRAY_PREFERENCES,
  FARE_TRAY_QUIT
} FareTrayCommand;

typedef void (*FareTrayFunc) (FareTrayCommand command,
                              gpointer        user_data);

/**
 * fare_tray_menu_new:
 * @func: called when something was chosen
 *
 * Returns: (transfer full): the menu with nothing known yet
 */
FareTrayMenu *fare_tray_menu_new        (FareTrayFunc         func,
                                         gpointer             user_data) G_GNUC_WARN_UNUSED_RESULT;
void          fare_tray_menu_free       (FareTrayMenu        *self);

GtkMenu      *fare_tray_menu_get_widget (FareTrayMenu        *self);

/**
 * fare_tray_menu_get_open_item:
 *
 * Returns: (transfer none): the item that presents the window
 */
GtkWidget    *fare_tray_menu_get_open_item (FareTrayMenu     *self);

/**
 * fare_tray_menu_update:
 *
 * Shows @state.  Words that are the same as before are left alone.
 */
void          fare_tray_menu_update     (FareTrayMenu        *self,
                                         const FareTrayState *state);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareTrayMenu, fare_tray_menu_free)

G_END_DECLS
