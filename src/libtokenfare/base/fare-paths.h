/* fare-paths.h
 *
 * Where everything is: the home folder, XDG folders, our own files.  The only
 * reader of the environment, so a test can stand in a home of its own.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define FARE_TYPE_PATHS (fare_paths_get_type ())
G_DECLARE_FINAL_TYPE (FarePaths, fare_paths, FARE, PATHS, GObject)

/**
 * fare_paths_new:
 *
 * Returns: (transfer full): paths from this process's environment; the home folder is the one of the
 *   user database when HOME is missing, empty or no absolute path
 */
FarePaths  *fare_paths_new             (void) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_paths_new_for_env:
 * @environment: "NAME=value" pairs as from g_get_environ(); HOME must be among them, and absolute
 *
 * Returns: (transfer full): paths from @environment, for tests
 */
FarePaths  *fare_paths_new_for_env     (const char * const *environment) G_GNUC_WARN_UNUSED_RESULT;

/* The home folder; lasts as long as @self. */
const char *fare_paths_get_home        (FarePaths          *self);

/**
 * fare_paths_get_env:
 *
 * Returns: (nullable): the variable's value; %NULL when unset or empty
 */
const char *fare_paths_get_env         (FarePaths          *self,
                                        const char         *name);

/**
 * fare_paths_get_config_home:
 *
 * Returns: the configuration folder of other programs: HOST_XDG_CONFIG_HOME, then (outside a
 *   sandbox) XDG_CONFIG_HOME, then ~/.config
 */
const char *fare_paths_get_config_home (FarePaths          *self);

/**
 * fare_paths_get_data_home:
 *
 * Returns: the data folder of other programs, found like their configuration folder; ~/.local/share
 */
const char *fare_paths_get_data_home   (FarePaths          *self);

/**
 * fare_paths_get_data_dir:
 *
 * Returns: our state, an absolute path: TOKENFARE_DATA_DIR, else $XDG_DATA_HOME/tokenfare
 */
const char *fare_paths_get_data_dir    (FarePaths          *self);

const char *fare_paths_get_index_file  (FarePaths          *self); /* usage.sqlite3 */
const char *fare_paths_get_prices_file (FarePaths          *self); /* prices.json, the user's */

/**
 * fare_paths_get_settings_file:
 *
 * Returns: the file with the user's settings: settings.ini in TOKENFARE_DATA_DIR, else in
 *   $XDG_CONFIG_HOME/tokenfare
 */
const char *fare_paths_get_settings_file (FarePaths        *self);

/**
 * fare_paths_get_pkgdata_dir:
 *
 * Returns: the installed read-only data (models.json, energy.json): TOKENFARE_PKGDATA_DIR, else
 *   the folder fixed at build time
 */
const char *fare_paths_get_pkgdata_dir (FarePaths          *self);

/**
 * fare_paths_expand:
 * @list: (nullable): comma-separated paths, "~" allowed
 *
 * Returns: (transfer full): the single paths, expanded, empty ones left out
 */
GStrv       fare_paths_expand          (FarePaths          *self,
                                        const char         *list) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
