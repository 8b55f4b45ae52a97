/* fare-style.h
 *
 * The style of everything on a display: colours, corners, shadows and faces, never the
 * layout.  Follows the scheme (light or dark) and the contrast of the system; high contrast
 * overrides every style.
 *
 * Property: "name".
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "widgets/fare-style-table.h"

G_BEGIN_DECLS

#define FARE_TYPE_STYLE (fare_style_get_type ())
G_DECLARE_FINAL_TYPE (FareStyle, fare_style, FARE, STYLE, GObject)

/**
 * fare_style_get_for_display:
 *
 * Returns: (transfer none): the style of @display, as long as that is open.  Emits
 *   FareStyle::changed when colours are others than before, whatever the reason.
 */
FareStyle        *fare_style_get_for_display (GdkDisplay *display);

/**
 * fare_style_get_names:
 *
 * Returns: (transfer container): the names of all styles, in the order of a menu; ends with %NULL
 */
const char      **fare_style_get_names       (void) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_style_get_title:
 * @name: one of fare_style_get_names()
 *
 * Returns: what people call it, translated
 */
const char       *fare_style_get_title       (const char *name);

const char       *fare_style_get_name        (FareStyle  *self);

/**
 * fare_style_set_name:
 *
 * Switches at once.
 *
 * Returns: %FALSE when there is no such style, and nothing changes
 */
gboolean          fare_style_set_name        (FareStyle  *self,
                                              const char *name);

/**
 * fare_style_get_colors:
 *
 * Returns: (transfer none): what to draw with now
 */
const FareColors *fare_style_get_colors      (FareStyle  *self);

G_END_DECLS
