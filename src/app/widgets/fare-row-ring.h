/* fare-row-ring.h
 *
 * A ring around the row of a list that the keyboard is in.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * fare_row_ring_follow:
 * @widget: takes the focus in place of its row, as the arrow of a tree does
 *
 * Gives the row the style class “fare-focused” while @widget shows that it has the focus, which by
 * itself it does not.
 */
void fare_row_ring_follow (GtkWidget *widget);

G_END_DECLS
