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
 * Returns: whether the entry is there, is ours and not switched off
 */
gboolean  fare_autostart_is_enabled (FarePaths  *paths);

/**
 * fare_autostart_is_foreign:
 *
 * Returns: whether there is an entry at that place that starts something else
 */
gboolean  fare_autostart_is_foreign (FarePaths  *paths);

/**
 * fare_autostart_find_program:
 *
 * Returns: (transfer full) (nullable): the program of the tray icon, beside this one or where shells
 *   find it; %NULL when it is not installed
 */
char     *fare_autostart_find_program (void) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_autostart_set_enabled:
 *
 * Writes the entry, or removes it.  An entry that is right already is left alone.  Window and
 * "tokenfare setup" both do it here.  An entry of somebody else stays.
 *
 * Returns: %FALSE with @error when that was not possible
 */
gboolean  fare_autostart_set_enabled (FarePaths  *paths,
                                      gboolean    enabled,
                                      GError    **error);

G_END_DECLS
