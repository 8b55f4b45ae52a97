/* fare-source-state.h
 *
 * How fresh the figures are and what could not be read, for the window as a whole.  A plain
 * value: made in a worker thread, shown on the main thread.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "models/fare-live-query.h"

G_BEGIN_DECLS

/* A log file or a folder of logs that could not be read. */
typedef struct
{
  char *client;
  char *path;   /* with "~" for the home folder */
  char *reason; /* as the system says it */
} FareFailure;

typedef struct
{
  GPtrArray *failures;     /* FareFailure */
  char      *trouble;      /* (nullable): names a tool of which nothing could be read at all */
  guint      n_sources;    /* clients with at least one log file */
  gint64     last_scan_ms; /* UTC milliseconds of the last complete scan, 0 if none */
  char      *last_scan;    /* last_scan_ms as people read it, "" if none */
  GStrv      forgetful;    /* clients in use that delete their sessions after a month */
} FareSourceState;

/**
 * fare_source_state_new:
 *
 * Returns: (transfer full): a state before the first scan, to be filled by tests
 */
FareSourceState *fare_source_state_new         (void) G_GNUC_WARN_UNUSED_RESULT;
void             fare_source_state_free        (FareSourceState     *self);

/**
 * fare_source_state_add_failure:
 * @path: as it is on disk
 * @reason: in whatever encoding the system has
 */
void             fare_source_state_add_failure (FareSourceState     *self,
                                                const char          *client,
                                                const char          *path,
                                                const char          *reason);

/**
 * fare_source_state_load:
 *
 * A #FareAnswerFunc.
 *
 * Returns: (transfer full): a #FareSourceState, or %NULL with @error set
 */
gpointer         fare_source_state_load        (const FareQuestion  *question,
                                                GCancellable        *cancellable,
                                                GError             **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareSourceState, fare_source_state_free)

G_END_DECLS
