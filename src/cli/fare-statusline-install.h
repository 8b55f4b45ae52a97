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

/**
 * fare_statusline_install:
 * @line: what is to be shown
 * @format: (nullable): its name, as typed
 *
 * Has Claude Code run “tokenfare statusline”.  Keeps a copy of the settings as they were, and what
 * wrote the line before, and says what was done.  Refuses to change a file it does not understand.
 */
FareExit fare_statusline_install   (FarePaths            *paths,
                                    const FareStatusline *line,
                                    const char           *format);

/**
 * fare_statusline_uninstall:
 *
 * Gives Claude Code back the line it had before.  Leaves a line alone that is not ours.
 */
FareExit fare_statusline_uninstall (FarePaths            *paths);

G_END_DECLS
