/* fare-breakdown-bar.h
 *
 * What stands above the table of tools and models.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * fare_breakdown_bar_new:
 * @face_drop: (out) (transfer none): chooses the table, in the order of #FareBreakdownFace
 *
 * Returns: (transfer floating): the choice of tables, and a menu with the actions “breakdown.sort”, whose
 *   target is the name of a column, and “breakdown.copy-table”
 */
GtkWidget *fare_breakdown_bar_new (GtkDropDown **face_drop) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
