/* fare-active-time.h
 *
 * How long agents worked, estimated from the times of their responses.
 *
 * The responses of a session form streams: the main agent's, and one for each helper's
 * log.  Each response but the first of a stream stands for the time since the one before
 * it, five minutes at most.  These intervals belong to the whole session and are then
 * cut to the span asked for, so work over midnight is split and not lost.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "accounting/fare-summary.h"

G_BEGIN_DECLS

/* Longest pause that counts as work. */
#define FARE_ACTIVE_CAP_MS (5 * 60 * G_GINT64_CONSTANT (1000))

/* Milliseconds. */
typedef struct
{
  gint64 sum_ms;    /* all intervals added: "agent time" */
  gint64 active_ms; /* time in which any of them runs: "clock time" */
  gint64 span_ms;   /* from the first response in the span to the last */
} FareActiveTime;

typedef struct _FareActiveTimes FareActiveTimes;

/**
 * fare_active_times_new:
 * @query: what is asked; where models are asked for, intervals count that end with a response of
 *   theirs
 * @cap_ms: longest pause that counts, usually %FARE_ACTIVE_CAP_MS
 * @cancellable: (nullable): asked now and then
 *
 * Reads every event of the span (about 1.6 µs each): ask for it apart from sums, and let the user
 * go on.
 *
 * Returns: (transfer full): the answer, or %NULL with @error
 */
FareActiveTimes      *fare_active_times_new          (FareIndexReader        *reader,
                                                      const FareQuery        *query,
                                                      gint64                  cap_ms,
                                                      GCancellable           *cancellable,
                                                      GError                **error) G_GNUC_WARN_UNUSED_RESULT;
void                  fare_active_times_free         (FareActiveTimes        *self);

/* Over all sessions, of all clients. */
const FareActiveTime *fare_active_times_get_total    (const FareActiveTimes  *self);

/**
 * fare_active_times_find_client:
 *
 * Returns: (transfer none) (nullable): over the client's sessions; %NULL without use
 */
const FareActiveTime *fare_active_times_find_client  (const FareActiveTimes  *self,
                                                      const char             *client);

/**
 * fare_active_times_find_session:
 * @session: of the same reader
 *
 * Returns: (transfer none) (nullable): of that session alone; %NULL without use
 */
const FareActiveTime *fare_active_times_find_session (const FareActiveTimes  *self,
                                                      const FareSessionInfo  *session);

/**
 * fare_active_time_to_text:
 *
 * Returns: (transfer full): "14h 41m", "41m", "42s", "–" for 0; translated
 */
char                 *fare_active_time_to_text       (gint64                  duration_ms) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareActiveTimes, fare_active_times_free)

G_END_DECLS
