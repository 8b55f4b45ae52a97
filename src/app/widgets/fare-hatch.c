/* fare-hatch.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "widgets/fare-hatch.h"

/* Pixels from one stripe to the next. */
#define PITCH 6.0

void
fare_hatch_draw (cairo_t       *cr,
                 const GdkRGBA *ground,
                 double         x,
                 double         y,
                 double         width,
                 double         height)
{
  /* Brightness as the eye weighs it (ITU-R BT.601); white lines are not seen on a bright ground. */
  double brightness = 0.299 * ground->red + 0.587 * ground->green + 0.114 * ground->blue;
  double line = brightness > 0.55 ? 0.0 : 1.0;

  cairo_save (cr);
  cairo_rectangle (cr, x, y, width, height);
  cairo_clip (cr);
  cairo_set_source_rgba (cr, line, line, line, 0.45);
  cairo_set_line_width (cr, 1.5);

  for (double start = x - height; start < x + width; start += PITCH)
    {
      cairo_move_to (cr, start, y + height);
      cairo_line_to (cr, start + height, y);
    }

  cairo_stroke (cr);
  cairo_restore (cr);
}
