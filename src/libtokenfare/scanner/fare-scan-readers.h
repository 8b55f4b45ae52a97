/* fare-scan-readers.h
 *
 * Reads the logs of a plan on all processors, and keeps only so much of it in memory as can be taken
 * over soon.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "scanner/fare-log-job.h"
#include "scanner/fare-scan-plan.h"

G_BEGIN_DECLS

typedef struct _FareScanReaders FareScanReaders;

/**
 * fare_scan_readers_start:
 * @plan: must outlive the readers
 * @n_first: so many of its first tasks are read before all others
 *
 * Begins to read.  A few small logs are read at once, without threads.
 */
FareScanReaders *fare_scan_readers_start (FareScanPlan     *plan,
                                          guint             n_first) G_GNUC_WARN_UNUSED_RESULT;

/* Ends the reading, where it has not ended, and drops what nobody has taken. */
void             fare_scan_readers_free  (FareScanReaders  *self);

/**
 * fare_scan_readers_take:
 * @timeout_us: how long to wait, in microseconds
 *
 * Each task comes once, as the job that read it; the number of a job is that of its task.
 *
 * Returns: (transfer full) (nullable) (element-type FareLogJob): the next logs that were read, %NULL
 *   when there are none by then
 */
GPtrArray       *fare_scan_readers_take  (FareScanReaders  *self,
                                          gint64            timeout_us) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareScanReaders, fare_scan_readers_free)

G_END_DECLS
