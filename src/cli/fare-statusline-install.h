/* fare-statusline-install.h
 *
 * Claude Code's settings: who writes its status line.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "fare-command.h"
#include "fare-statusline.h"

G_BEGIN_DECLS

typedef enum
{
  FARE_LINE_NONE,
  FARE_LINE_OURS,
  FARE_LINE_FOREIGN,
  FARE_LINE_UNREADABLE  /* the settings cannot be understood */
} FareLineOwner;

/**
 * fare_statusline_find_owner:
 * @path: (out) (transfer full): Claude Code's settings, there or not
 * @command: (out) (transfer full) (nullable): what writes the line
 *
 * Only looks, and prints nothing.
 *
 * Returns: whose the line is
 */
FareLineOwner fare_statusline_find_owner (FarePaths       *paths,
                                          char           **path,
                                          char           **command);

/**
 * fare_statusline_dup_backup:
 *
 * Returns: (transfer full): where the settings are kept as they were before our line
 */
char     *fare_statusline_dup_backup   (FarePaths             *paths) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_statusline_make_command:
 * @line: what is to be shown
 * @format: (nullable): its name, as typed
 *
 * Returns: (transfer full): what Claude Code is to run
 */
char     *fare_statusline_make_command (const FareStatusline  *line,
                                        const char            *format) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_statusline_claim:
 *
 * Has Claude Code run @command for its status line.  Keeps a copy of the settings as they were, and
 * what wrote the line before.  Refuses to change a file it does not understand.
 */
gboolean  fare_statusline_claim        (FarePaths             *paths,
                                        const char            *command,
                                        GError               **error);

/**
 * fare_statusline_give_back:
 * @was_ours: (out): %FALSE when the line is somebody else’s, and nothing was done
 *
 * Gives Claude Code back the line it had before, and the whole file byte by byte when nothing
 * else in it has changed since.
 */
gboolean  fare_statusline_give_back    (FarePaths             *paths,
                                        gboolean              *was_ours,
                                        GError               **error);

/**
 * fare_statusline_install:
 * @line: what is to be shown
 * @format: (nullable): its name, as typed
 *
 * Claims the line for “tokenfare statusline” and says what was done.
 */
FareExit fare_statusline_install   (FarePaths            *paths,
                                    const FareStatusline *line,
                                    const char           *format);

/**
 * fare_statusline_uninstall:
 *
 * Gives the line back and says what was done.
 */
FareExit fare_statusline_uninstall (FarePaths            *paths);

G_END_DECLS
