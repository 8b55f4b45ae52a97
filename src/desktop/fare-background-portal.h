/* fare-background-portal.h
 *
 * Asks the desktop to let a sandboxed program run without a window.  Outside a sandbox nobody has to
 * be asked, and nothing here does anything.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "base/fare-paths.h"

G_BEGIN_DECLS

/**
 * fare_background_portal_is_needed:
 *
 * Returns: whether the program is in a sandbox
 */
gboolean fare_background_portal_is_needed  (FarePaths       *paths);

/**
 * fare_background_portal_request:
 * @autostart: whether to be started at login from now on
 *
 * Asks to go on without a window.  The user may refuse, and then the desktop ends the program.
 */
void     fare_background_portal_request    (FarePaths       *paths,
                                            GDBusConnection *bus,
                                            gboolean         autostart);

/**
 * fare_background_portal_set_status:
 * @text: one line; what is beyond 96 characters is left out
 *
 * Says what the program does, for the desktop's list of such programs.
 */
void     fare_background_portal_set_status (FarePaths       *paths,
                                            GDBusConnection *bus,
                                            const char      *text);

G_END_DECLS
