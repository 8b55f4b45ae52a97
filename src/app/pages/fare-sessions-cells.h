/* fare-sessions-cells.h
 *
 * The cells of the table of sessions, and the lines that take their place in a narrow
 * window.  Widgets are made once and used again for other lines.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "pages/fare-sessions-text.h"

G_BEGIN_DECLS

/**
 * fare_sessions_cells_new_column:
 * @look: outlives the column
 *
 * Returns: (transfer full): a column that can be sorted by; its id is gtk_column_view_column_get_title()
 */
GtkColumnViewColumn *fare_sessions_cells_new_column (FareSessionColumn       column,
                                                     const FareSessionsLook *look) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_sessions_cells_new_menu_column:
 * @clicked: (scope forever): called with the button, to open a menu there
 *
 * Returns: (transfer full): a column of “⋮” buttons
 */
GtkColumnViewColumn *fare_sessions_cells_new_menu_column (void    (*clicked) (GtkWidget *button,
                                                                             gpointer   user_data),
                                                          gpointer  user_data) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_sessions_cells_new_lines:
 *
 * Returns: (transfer full): lines for a narrow window
 */
GtkListItemFactory  *fare_sessions_cells_new_lines  (const FareSessionsLook *look) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_sessions_cells_align_headings:
 *
 * Sets headings above numbers to the side of the numbers.
 */
void                 fare_sessions_cells_align_headings (GtkColumnView      *view);

G_END_DECLS
