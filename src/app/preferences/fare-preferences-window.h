/* fare-preferences-window.h
 *
 * All settings.  Every change applies at once and is in the file that other programs read.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "fare-meter.h"
#include "models/fare-preferences.h"
#include "models/fare-range-choice.h"

G_BEGIN_DECLS

#define FARE_TYPE_PREFERENCES_WINDOW (fare_preferences_window_get_type ())
G_DECLARE_FINAL_TYPE (FarePreferencesWindow, fare_preferences_window, FARE, PREFERENCES_WINDOW,
                      AdwPreferencesWindow)

/**
 * fare_preferences_window_new:
 * @parent: (nullable): the window it belongs to
 *
 * Returns: (transfer none): a window that is not shown yet; it belongs to GTK until it is closed
 */
GtkWindow *fare_preferences_window_new (GtkWindow       *parent,
                                        FareMeter       *meter,
                                        FareRangeChoice *choice,
                                        FarePreferences *preferences);

G_END_DECLS
