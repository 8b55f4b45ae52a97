/* fare-font.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "widgets/fare-font.h"

void
fare_font_scale (PangoFontDescription *font,
                 double                factor)
{
  double size = pango_font_description_get_size (font) * factor;

  if (pango_font_description_get_size_is_absolute (font))
    pango_font_description_set_absolute_size (font, size);
  else
    pango_font_description_set_size (font, (int) size);
}
