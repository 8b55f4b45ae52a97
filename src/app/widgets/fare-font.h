/* fare-font.h
 *
 * Fonts a little smaller or larger than another.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <pango/pango.h>

G_BEGIN_DECLS

/* How large text on a canvas is beside that of the window, as a caption is. */
#define FARE_FONT_CAPTION 0.82

/**
 * fare_font_scale:
 *
 * Makes the font @factor times as large, in the unit it has: a toolkit's fonts are measured in pixels,
 * others in points.
 */
void fare_font_scale (PangoFontDescription *font,
                      double                factor);

G_END_DECLS
