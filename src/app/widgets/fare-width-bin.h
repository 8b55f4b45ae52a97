/* fare-width-bin.h
 *
 * Watches the width its child is given and says whether that is wide, medium or
 * narrow.  The only place that measures width; everything adaptive binds to "mode".
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

typedef enum
{
  /* At the usual size of text; with larger text so much more is needed. */
  FARE_WIDTH_WIDE,   /* 860 px and more */
  FARE_WIDTH_MEDIUM,
  FARE_WIDTH_NARROW  /* less than 520 px */
} FareWidth;

#define FARE_TYPE_WIDTH (fare_width_get_type ())
GType fare_width_get_type (void);

#define FARE_TYPE_WIDTH_BIN (fare_width_bin_get_type ())
G_DECLARE_FINAL_TYPE (FareWidthBin, fare_width_bin, FARE, WIDTH_BIN, AdwBin)

/**
 * fare_width_bin_get_mode:
 *
 * Returns: the width class; changes 8 px late in either direction, so that it does not flutter
 */
FareWidth fare_width_bin_get_mode (FareWidthBin *self);

G_END_DECLS
