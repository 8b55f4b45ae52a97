/* fare-session-data.h
 *
 * All sessions with use in a range, taken from one snapshot of the index.  A plain
 * value: made in a worker thread, shown on the main thread.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "models/fare-live-query.h"
#include "models/fare-session-row.h"

G_BEGIN_DECLS

typedef struct
{
  GPtrArray *rows;      /* of FareSessionRow; their sums add up to total */
  FareSums   total;     /* what the Overview shows for the same days and filter */
  FareRange  range;
  FareDay    today;
  GTimeZone *zone;
  gboolean   is_empty;  /* the index holds no use at all, in no range */
  gboolean   was_scanned; /* there was a complete scan */
  FareDay    last_day;  /* the newest local day with use, where not is_empty */
} FareSessionData;

void     fare_session_data_free (FareSessionData     *self);

/**
 * fare_session_data_load:
 *
 * A #FareAnswerFunc.
 *
 * Returns: (transfer full): a #FareSessionData, or %NULL with @error set
 */
gpointer fare_session_data_load (const FareQuestion  *question,
                                 GCancellable        *cancellable,
                                 GError             **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_session_times_load:
 *
 * A #FareAnswerFunc: how long each session was at work, estimated.  Slower than the sums and
 * therefore a question of its own.
 *
 * Returns: (transfer full): a #GHashTable from a session's key to gint64 milliseconds, or %NULL
 *   with @error set
 */
gpointer fare_session_times_load (const FareQuestion  *question,
                                  GCancellable        *cancellable,
                                  GError             **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareSessionData, fare_session_data_free)

G_END_DECLS
