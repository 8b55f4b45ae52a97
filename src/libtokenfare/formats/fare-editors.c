/* fare-editors.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "formats/fare-editors.h"

/* Below the configuration folder. */
static const char * const desktop[] = {
  "Code", "Code - Insiders", "VSCodium", "Cursor", "Windsurf", "Positron", "Trae", "Kiro",
  "Antigravity",
};

/* Below the home folder. */
static const char * const remote[] = {
  ".vscode-server/data", ".vscode-server-insiders/data", ".cursor-server/data",
  ".windsurf-server/data", ".vscodium-server/data",
  ".var/app/com.visualstudio.code/config/Code", ".var/app/com.vscodium.codium/config/VSCodium",
};

static void
add_storage (GStrvBuilder *builder,
             const char   *above,
             const char   *editor,
             const char   *extension,
             const char   *folder)
{
  g_autofree char *path = g_build_filename (above, editor, "User", "globalStorage", extension,
                                            folder, NULL);

  g_strv_builder_add (builder, path);
}

GStrv
fare_editors_list_storages (FarePaths  *paths,
                            const char *extension,
                            const char *folder)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < G_N_ELEMENTS (desktop); i++)
    add_storage (builder, fare_paths_get_config_home (paths), desktop[i], extension, folder);
  for (guint i = 0; i < G_N_ELEMENTS (remote); i++)
    add_storage (builder, fare_paths_get_home (paths), remote[i], extension, folder);
  add_storage (builder, fare_paths_get_data_home (paths), "code-server", extension, folder);

  return g_strv_builder_end (builder);
}
