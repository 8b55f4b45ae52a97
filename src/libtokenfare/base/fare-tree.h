/* fare-tree.h
 *
 * Folders with all that is in them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * fare_tree_remove:
 * @path: a folder, or a file
 *
 * Removes it with all that is below it; of a symbolic link only the link.
 *
 * Returns: whether nothing is left
 */
gboolean fare_tree_remove (const char *path);

/**
 * fare_tree_empty:
 * @folder: a folder
 *
 * Removes all that is below it.
 *
 * Returns: whether it is empty now
 */
gboolean fare_tree_empty  (const char *folder);

G_END_DECLS
