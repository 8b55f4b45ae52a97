/* fare-swatch.h
 *
 * A dot in the colour of a series: the key that ties a row to its part of a chart.
 *
 * Property: "slot", a slot of the palette; hidden for the accent, which means "no series".
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define FARE_TYPE_SWATCH (fare_swatch_get_type ())
G_DECLARE_FINAL_TYPE (FareSwatch, fare_swatch, FARE, SWATCH, GtkWidget)

G_END_DECLS
