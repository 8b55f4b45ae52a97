/* fare-sessions-turns-view.h
 *
 * The table of a session's prompts and turns.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "models/fare-session-turns.h"
#include "pages/fare-sessions-text.h"
#include "widgets/fare-table-bin.h"

G_BEGIN_DECLS

/**
 * fare_sessions_turns_view_set_up:
 * @view: an empty table
 * @bin: around it; leaves out columns while there is little room
 * @look: outlives the table
 *
 * Gives @view its columns.
 */
void fare_sessions_turns_view_set_up (GtkColumnView          *view,
                                      FareTableBin           *bin,
                                      const FareSessionsLook *look);

G_END_DECLS
