/* fare-donut.h
 *
 * Shares as a ring with a child in its middle.  A picture of the list beside it, which
 * holds the same figures for keyboard and screen reader.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define FARE_TYPE_DONUT (fare_donut_get_type ())
G_DECLARE_FINAL_TYPE (FareDonut, fare_donut, FARE, DONUT, GtkWidget)

/**
 * fare_donut_set_shares:
 * @items: (element-type FareShareItem): fractions, slots and tooltips, clockwise from the top
 * @summary: what the ring says as one sentence, for screen readers
 *
 * Fractions that add up to less than 1 leave the ring open; an empty list draws an empty ring.
 */
void fare_donut_set_shares (FareDonut  *self,
                            GPtrArray  *items,
                            const char *summary);

G_END_DECLS
