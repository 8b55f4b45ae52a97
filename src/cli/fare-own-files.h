/* fare-own-files.h
 *
 * The one list of what Tokenfare ever writes into a home folder by itself.  A new file belongs here
 * too, so that "tokenfare uninstall --purge" finds it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "base/fare-paths.h"

G_BEGIN_DECLS

typedef struct
{
  const char *kind; /* "index", "prices", "settings", …; static, for programs */
  char       *path;
} FareOwnFile;

/**
 * fare_own_files_list:
 *
 * Returns: (transfer full) (element-type FareOwnFile): those of our files that are there now, with
 *   what is in them.  What has to be given back and not only deleted is not among them: the entry in
 *   the autostart folder and Claude Code's settings
 */
GArray    *fare_own_files_list         (FarePaths  *paths) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_own_files_list_folders:
 *
 * Returns: (transfer full): our folders, to be removed when they are empty, inner ones first
 */
GStrv      fare_own_files_list_folders (FarePaths  *paths) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_own_files_find_user:
 * @server: a process that does not count; 0 for none
 *
 * Returns: (transfer full) (nullable): name and number of a program that has the index open, for it
 *   would write it again
 */
char      *fare_own_files_find_user    (FarePaths  *paths,
                                        guint       server) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
