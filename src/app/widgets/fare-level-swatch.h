/* fare-level-swatch.h
 *
 * A patch in the colour of one shade of the calendar, for legends and the feet of days.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define FARE_TYPE_LEVEL_SWATCH (fare_level_swatch_get_type ())
G_DECLARE_FINAL_TYPE (FareLevelSwatch, fare_level_swatch, FARE, LEVEL_SWATCH, GtkWidget)

/**
 * fare_level_swatch_new:
 * @width: least width in pixels
 * @height: height in pixels
 */
GtkWidget *fare_level_swatch_new       (int              width,
                                        int              height) G_GNUC_WARN_UNUSED_RESULT;
void       fare_level_swatch_set_level (FareLevelSwatch *self,
                                        guint            level);
guint      fare_level_swatch_get_level (FareLevelSwatch *self);

G_END_DECLS
