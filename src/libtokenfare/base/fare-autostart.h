/* fare-autostart.h
 *
 * The entry that starts the tray icon at login.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "base/fare-paths.h"

G_BEGIN_DECLS

/**
 * fare_autostart_dup_file:
 *
 * Returns: (transfer full): the entry's path in the user's autostart folder
 */
char     *fare_autostart_dup_file   (FarePaths  *paths) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_autostart_is_enabled:
 *
 * Returns: whether the entry is there and not switched off
 */
gboolean  fare_autostart_is_enabled (FarePaths  *paths);

/**
 * fare_autostart_set_enabled:
 *
 * Writes the entry, or removes it.  An entry that is right already is left alone.
 *
 * Returns: %FALSE with @error when that was not possible
 */
gboolean  fare_autostart_set_enabled (FarePaths  *paths,
                                      gboolean    enabled,
                                      GError    **error);

G_END_DECLS
