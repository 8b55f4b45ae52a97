/* fare-tree.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "base/fare-tree.h"

#include <glib/gstdio.h>

gboolean
fare_tree_empty (const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  gboolean is_done = dir != NULL;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *below = g_build_filename (folder, name, NULL);

      is_done = fare_tree_remove (below) && is_done;
    }

  return is_done;
}

gboolean
fare_tree_remove (const char *path)
{
  if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    fare_tree_empty (path);

  return g_remove (path) == 0;
}
