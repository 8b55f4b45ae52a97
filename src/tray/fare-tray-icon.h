/* fare-tray-icon.h
 *
 * The icon in the panel, there when the session has a place for it.  Nothing is made before a
 * StatusNotifierWatcher is on the bus, and nothing looks for one: the bus tells.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "fare-tray-menu.h"

G_BEGIN_DECLS

typedef struct _FareTrayIcon FareTrayIcon;

/* Fills in what is to be shown now. */
typedef void (*FareTrayStateFunc) (FareTrayState *state,
                                   gpointer       user_data);

/**
 * fare_tray_icon_new:
 * @get_state: asked when the icon appears and with every fare_tray_icon_update()
 * @choose: called when something in the menu was chosen
 *
 * Returns: (transfer full): the icon, which may appear at once, later or never
 */
FareTrayIcon *fare_tray_icon_new    (GDBusConnection   *bus,
                                     FareTrayStateFunc  get_state,
                                     FareTrayFunc       choose,
                                     gpointer           user_data) G_GNUC_WARN_UNUSED_RESULT;
void          fare_tray_icon_free   (FareTrayIcon      *self);

void          fare_tray_icon_update (FareTrayIcon      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareTrayIcon, fare_tray_icon_free)

G_END_DECLS
