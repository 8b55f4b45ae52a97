/* fare-breakdown-cells.h
 *
 * The cells of the table of tools and models, and the lines that take their place in a narrow window.
 * Widgets are made once and used again for other lines.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "pages/fare-breakdown-text.h"

G_BEGIN_DECLS

/**
 * fare_breakdown_cells_new_column:
 * @look: outlives the column
 *
 * Returns: (transfer full): a column that can be sorted by; its sorter knows names of columns, as
 *   #GtkStringObject
 */
GtkColumnViewColumn *fare_breakdown_cells_new_column (FareBreakdownColumn      column,
                                                      const FareBreakdownLook *look) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_breakdown_cells_new_lines:
 *
 * Returns: (transfer full): lines for a narrow window
 */
GtkListItemFactory  *fare_breakdown_cells_new_lines  (const FareBreakdownLook *look) G_GNUC_WARN_UNUSED_RESULT;

/* Sets headings above numbers to the side of the numbers. */
void                 fare_breakdown_cells_align_headings (GtkColumnView       *view);

G_END_DECLS
