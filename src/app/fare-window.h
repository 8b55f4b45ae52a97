/* fare-window.h
 *
 * The window: header with range and menu, notices, pages.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "fare-meter.h"
#include "models/fare-filter.h"
#include "models/fare-preferences.h"
#include "models/fare-range-choice.h"

G_BEGIN_DECLS

#define FARE_TYPE_WINDOW (fare_window_get_type ())
G_DECLARE_FINAL_TYPE (FareWindow, fare_window, FARE, WINDOW, AdwApplicationWindow)

/**
 * fare_window_new:
 * @application: (nullable): the application that owns the window
 * @meter: an opened meter
 * @choice: the days shown
 * @preferences: what to restore and to remember
 *
 * Returns: (transfer none): a window that is not shown yet; it belongs to GTK until it is closed
 */
FareWindow *fare_window_new        (GtkApplication  *application,
                                    FareMeter       *meter,
                                    FareRangeChoice *choice,
                                    FarePreferences *preferences);

/**
 * fare_window_open:
 *
 * Presents the window; for the first time as soon as its page has figures, or after a moment without
 * them.  So it is laid out and painted once, and nobody sees it blank.
 */
void        fare_window_open       (FareWindow      *self);

/**
 * fare_window_show_page:
 * @name: a page's name ("overview")
 *
 * Returns: %FALSE when there is no such page
 */
gboolean    fare_window_show_page  (FareWindow      *self,
                                    const char      *name);

/**
 * fare_window_get_filter:
 *
 * Returns: (transfer none): what the pages are narrowed to
 */
FareFilter *fare_window_get_filter (FareWindow      *self);

/**
 * fare_window_save_state:
 *
 * Writes size and page to the preferences.  Closing the window does it by itself.
 */
void        fare_window_save_state (FareWindow      *self);

G_END_DECLS
