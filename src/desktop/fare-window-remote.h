/* fare-window-remote.h
 *
 * The window's program as another process reaches it: over the session bus, which starts it where
 * necessary.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The names on the bus. */
#define FARE_WINDOW_NAME "io.github.tokenfare.Tokenfare"
#define FARE_TRAY_NAME   "io.github.tokenfare.Tokenfare.Tray"

/**
 * fare_window_remote_activate:
 *
 * Presents the window.
 */
void fare_window_remote_activate        (GDBusConnection *bus);

/**
 * fare_window_remote_activate_action:
 * @action: the name of an action of the program, without "app."
 * @parameter: (nullable) (transfer floating): what it is about
 *
 * Does not wait for the end.
 */
void fare_window_remote_activate_action (GDBusConnection *bus,
                                         const char      *action,
                                         GVariant        *parameter);

/**
 * fare_window_remote_tell:
 * @action: the name of an action without parameter
 *
 * Activates @action if the program runs, and does nothing otherwise.
 */
void fare_window_remote_tell            (GDBusConnection *bus,
                                         const char      *action);

G_END_DECLS
