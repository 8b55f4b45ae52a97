/* fare-preferences.h
 *
 * What the window remembers from one run to the next.  Backed by GSettings; where the
 * schema is not installed everything works for the length of one run.
 *
 * Properties: "window-width", "window-height", "window-maximized", "last-page",
 * "default-range" and "hide-amounts".
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define FARE_TYPE_PREFERENCES (fare_preferences_get_type ())
G_DECLARE_FINAL_TYPE (FarePreferences, fare_preferences, FARE, PREFERENCES, GObject)

FarePreferences *fare_preferences_new               (void) G_GNUC_WARN_UNUSED_RESULT;

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

const char      *fare_preferences_get_last_page     (FarePreferences *self);
void             fare_preferences_set_last_page     (FarePreferences *self,
                                                     const char      *page);

/**
 * fare_preferences_get_default_range:
 *
 * Returns: what fare_range_choice_to_string() gave
 */
const char      *fare_preferences_get_default_range (FarePreferences *self);
void             fare_preferences_set_default_range (FarePreferences *self,
                                                     const char      *range);

gboolean         fare_preferences_get_hide_amounts  (FarePreferences *self);
void             fare_preferences_set_hide_amounts  (FarePreferences *self,
                                                     gboolean         hide);

G_END_DECLS
