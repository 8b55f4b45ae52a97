/* fare-preferences.h
 *
 * The user's settings as the window and the tray icon work with them: GSettings on a key file of our own
 * (base/fare-settings.h reads the same file), so that they hold for every program, with
 * or without a settings service, and on a machine without a session.
 *
 * Property: "hide-amounts".
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "base/fare-paths.h"

G_BEGIN_DECLS

#define FARE_TYPE_PREFERENCES (fare_preferences_get_type ())
G_DECLARE_FINAL_TYPE (FarePreferences, fare_preferences, FARE, PREFERENCES, GObject)

/**
 * fare_preferences_new:
 * @paths: where the file is
 *
 * Returns: (transfer full): the settings of this user
 */
FarePreferences *fare_preferences_new               (FarePaths       *paths) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_preferences_get_settings:
 *
 * Returns: (transfer none): all keys, to be bound and listened to
 */
GSettings       *fare_preferences_get_settings      (FarePreferences *self);

/**
 * fare_preferences_get_window:
 * @width: (out): pixels
 * @height: (out): pixels
 *
 * Returns: whether the window was maximised
 */
gboolean         fare_preferences_get_window        (FarePreferences *self,
                                                     int             *width,
                                                     int             *height);
void             fare_preferences_set_window        (FarePreferences *self,
                                                     int              width,
                                                     int              height,
                                                     gboolean         is_maximized);

gboolean         fare_preferences_get_hide_amounts  (FarePreferences *self);
void             fare_preferences_set_hide_amounts  (FarePreferences *self,
                                                     gboolean         hide);

G_END_DECLS
