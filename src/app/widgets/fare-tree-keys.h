/* fare-tree-keys.h
 *
 * Arrow keys that open and close the rows of a tree.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * fare_tree_keys_add:
 * @view: a list or column view whose rows have a #GtkTreeExpander each
 *
 * The arrow that points inwards opens the row with the focus; the other closes it, or goes to the row
 * that it stands below.
 */
void     fare_tree_keys_add   (GtkWidget *view);

/**
 * fare_tree_keys_press:
 * @is_inwards: which of the two keys it is
 *
 * Does what the key does.
 *
 * Returns: whether there was anything to do
 */
gboolean fare_tree_keys_press (GtkWidget *view,
                               gboolean   is_inwards);

G_END_DECLS
