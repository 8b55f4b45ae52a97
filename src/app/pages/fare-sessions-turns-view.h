/* fare-sessions-turns-view.h
 *
 * The table of a session's prompts and turns.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "models/fare-session-turns.h"
#include "pages/fare-sessions-text.h"

G_BEGIN_DECLS

/**
 * fare_sessions_turns_view_set_up:
 * @view: gets its columns
 * @look: outlives @view
 */
void fare_sessions_turns_view_set_up     (GtkColumnView          *view,
                                          const FareSessionsLook *look);

/**
 * fare_sessions_turns_view_set_narrow:
 *
 * Leaves cost and running total where there is no room for tokens.
 */
void fare_sessions_turns_view_set_narrow (GtkColumnView          *view,
                                          gboolean                is_narrow);

G_END_DECLS
