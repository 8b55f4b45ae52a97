/* fare-sessions-details.h
 *
 * The details of one session: what it is, what it cost, how that grew, and which prompt
 * caused it.
 *
 * FareSessionsDetails::back asks to leave; FareSessionsDetails::why, with the #FareSessionRow,
 * asks where the number comes from.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "models/fare-session-story.h"
#include "pages/fare-page.h"

G_BEGIN_DECLS

#define FARE_TYPE_SESSIONS_DETAILS (fare_sessions_details_get_type ())
G_DECLARE_FINAL_TYPE (FareSessionsDetails, fare_sessions_details, FARE, SESSIONS_DETAILS, AdwBin)

void fare_sessions_details_connect    (FareSessionsDetails   *self,
                                       const FarePageContext *context);

/**
 * fare_sessions_details_open:
 *
 * Shows one session, of all time.
 */
void fare_sessions_details_open       (FareSessionsDetails   *self,
                                       const char            *client,
                                       const char            *uid);

/* Whether it can be seen; it asks nothing while it cannot. */
void fare_sessions_details_set_active (FareSessionsDetails   *self,
                                       gboolean               is_active);
void fare_sessions_details_set_width  (FareSessionsDetails   *self,
                                       FareWidth              width);

/**
 * fare_sessions_details_get_story:
 *
 * Returns: (transfer none) (nullable): what is shown
 */
FareSessionStory *fare_sessions_details_get_story (FareSessionsDetails *self);

G_END_DECLS
