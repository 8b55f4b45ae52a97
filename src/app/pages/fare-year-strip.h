/* fare-year-strip.h
 *
 * The past year on the Overview: a square for each of its days, shaded by tokens.  A day that is
 * chosen opens on the calendar page.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "models/fare-year-data.h"

G_BEGIN_DECLS

#define FARE_TYPE_YEAR_STRIP (fare_year_strip_get_type ())
G_DECLARE_FINAL_TYPE (FareYearStrip, fare_year_strip, FARE, YEAR_STRIP, GtkBox)

/**
 * fare_year_strip_show:
 * @year: (nullable): all days; not needed afterwards.  %NULL blanks the squares in place
 * @hide_amounts: dots in the place of money
 */
void fare_year_strip_show       (FareYearStrip      *self,
                                 const FareYearData *year,
                                 gboolean            hide_amounts);

void fare_year_strip_set_narrow (FareYearStrip      *self,
                                 gboolean            is_narrow);

G_END_DECLS
