/* fare-column-titles.h
 *
 * Titles of columns that stand over their figures.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * fare_column_titles_align:
 * @is_number: whether a column, by its place, holds figures
 *
 * Puts titles of figures to the end of their column.  The view has no way to ask for that.
 */
void fare_column_titles_align (GtkColumnView *view,
                               gboolean    (* is_number) (guint column));

G_END_DECLS
