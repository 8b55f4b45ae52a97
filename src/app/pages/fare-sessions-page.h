/* fare-sessions-page.h
 *
 * The sessions page.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "models/fare-session-list.h"
#include "pages/fare-page.h"

G_BEGIN_DECLS

#define FARE_TYPE_SESSIONS_PAGE (fare_sessions_page_get_type ())
G_DECLARE_FINAL_TYPE (FareSessionsPage, fare_sessions_page, FARE, SESSIONS_PAGE, AdwBin)

/**
 * fare_sessions_page_show_session:
 * @client: the client's id
 * @uid: the session's id, as the client gives it
 *
 * Shows the details of one session, whatever days and filter are chosen.
 */
void fare_sessions_page_show_session (FareSessionsPage *self,
                                      const char       *client,
                                      const char       *uid);

/**
 * fare_sessions_page_get_list:
 *
 * Returns: (transfer none): the lines of the table
 */
FareSessionList *fare_sessions_page_get_list (FareSessionsPage *self);

G_END_DECLS
