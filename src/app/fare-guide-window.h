/* fare-guide-window.h
 *
 * The user's guide in a window: its topics, and the one that is read.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define FARE_TYPE_GUIDE_WINDOW (fare_guide_window_get_type ())
G_DECLARE_FINAL_TYPE (FareGuideWindow, fare_guide_window, FARE, GUIDE_WINDOW, AdwWindow)

/**
 * fare_guide_window_new:
 * @parent: (nullable): the window that it opens over
 *
 * Returns: (transfer none): a window that is not shown yet; it belongs to GTK until it is closed
 */
GtkWindow  *fare_guide_window_new       (GtkWindow       *parent);

/**
 * fare_guide_window_show_page:
 * @id: a page of the guide, "costs"
 *
 * Returns: %FALSE when there is no such page
 */
gboolean    fare_guide_window_show_page (FareGuideWindow *self,
                                         const char      *id);

/**
 * fare_guide_window_get_page:
 *
 * Returns: (transfer none): the id of the page that is shown
 */
const char *fare_guide_window_get_page  (FareGuideWindow *self);

G_END_DECLS
