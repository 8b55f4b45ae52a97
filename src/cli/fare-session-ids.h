/* fare-session-ids.h
 *
 * How much of a session's id it takes to name it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "index/fare-index-reader.h"

G_BEGIN_DECLS

typedef struct _FareSessionIds FareSessionIds;

/**
 * fare_session_ids_new:
 *
 * Returns: (transfer full): the ids of all sessions, or %NULL with @error set
 */
FareSessionIds *fare_session_ids_new     (FareIndexReader  *reader,
                                          GError          **error) G_GNUC_WARN_UNUSED_RESULT;
void            fare_session_ids_free    (FareSessionIds   *self);

/**
 * fare_session_ids_shorten:
 *
 * Returns: (transfer full): the beginning of @uid that no other id has, at least eight characters
 */
char           *fare_session_ids_shorten (FareSessionIds   *self,
                                          const char       *uid) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareSessionIds, fare_session_ids_free)

G_END_DECLS
