/* fare-hatch.h
 *
 * Stripes over what is no series of its own, or not complete yet: they say so without colour.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * fare_hatch_draw:
 * @ground: what is striped; stripes are dark on bright colours and bright on dark ones
 * @x: left edge of what is striped
 * @y: its upper edge
 *
 * Draws stripes over a rectangle and within what @cr is clipped to.
 */
void fare_hatch_draw (cairo_t       *cr,
                      const GdkRGBA *ground,
                      double         x,
                      double         y,
                      double         width,
                      double         height);

G_END_DECLS
