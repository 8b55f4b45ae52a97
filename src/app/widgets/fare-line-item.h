/* fare-line-item.h
 *
 * What a line of a table is about, found from any widget in it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * fare_line_item_set:
 * @cell: a cell of the line
 * @item: (nullable) (transfer none): what the line is about, which must stay until another one or %NULL
 *   is set
 */
void     fare_line_item_set  (GtkWidget *cell,
                              gpointer   item);

/**
 * fare_line_item_find:
 * @widget: (nullable): a cell, something in one or a whole line
 *
 * Returns: (transfer none) (nullable): what the line is about; %NULL outside lines
 */
gpointer fare_line_item_find (GtkWidget *widget);

G_END_DECLS
