/* fare-editors.h
 *
 * Where editors of the Visual Studio Code family keep what their extensions store.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "base/fare-paths.h"

G_BEGIN_DECLS

/**
 * fare_editors_list_storages:
 * @extension: its id, "publisher.name"
 * @folder: (nullable): a folder in its storage
 *
 * Lists that folder for all editors: on the desktop, on remote hosts and in Flatpak.
 *
 * Returns: (transfer full): the folders, existing or not
 */
GStrv fare_editors_list_storages (FarePaths  *paths,
                                  const char *extension,
                                  const char *folder) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
