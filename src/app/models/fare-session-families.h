/* fare-session-families.h
 *
 * Which sessions stand below which: helpers of helpers all stand below the session that a person began.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "models/fare-session-data.h"

G_BEGIN_DECLS

typedef struct _FareSessionFamilies FareSessionFamilies;

/**
 * fare_session_families_new:
 * @rows: (element-type FareSessionRow): those that are shown; must outlive the families
 *
 * A helper whose session is not among @rows stands for itself, and so does a review.
 */
FareSessionFamilies *fare_session_families_new         (GPtrArray                 *rows) G_GNUC_WARN_UNUSED_RESULT;
void                 fare_session_families_free        (FareSessionFamilies       *self);

/**
 * fare_session_families_get_helpers:
 *
 * Returns: (nullable) (element-type FareSessionRow): what stands below a session, in the order of the
 *   rows
 */
GPtrArray           *fare_session_families_get_helpers (const FareSessionFamilies *self,
                                                        const FareSessionRow      *row);

/* Whether the row stands below another one. */
gboolean             fare_session_families_is_below    (const FareSessionFamilies *self,
                                                        const FareSessionRow      *row);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareSessionFamilies, fare_session_families_free)

G_END_DECLS
