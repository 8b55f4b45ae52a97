/* fare-log-job.h
 *
 * Reading one log file: goes on where the last pass ended when the file has only
 * grown, and reads it anew when it was replaced, cut or rewritten.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "index/fare-index-writer.h"

G_BEGIN_DECLS

typedef struct
{
  /* In. */
  const FareSource *source;
  FareKnownFile    *known;       /* (nullable): only read by the job */
  GBytes           *note;        /* (nullable): its resume note */
  guint             number;      /* the caller's own */

  /* Out. */
  FareReading       reading;     /* owns its log */
  GError           *error;       /* why the file could not be read */
  gboolean          has_vanished;
  gboolean          is_replaced; /* the file at hand is not the one that was read before */
  gboolean          is_other;    /* the file that was known was gone; this is another one */
} FareLogJob;

/**
 * fare_log_job_needed:
 *
 * Tells whether a file must be looked into: it is new, or its size, time or identity changed.
 */
gboolean fare_log_job_needed (const FareSource     *source,
                              const FareKnownFile  *known);

/**
 * fare_log_job_run:
 * @reader: a line reader that is free
 *
 * Reads the file.  Any thread may do it.
 */
void     fare_log_job_run    (FareLogJob           *self,
                              FareLineReader       *reader,
                              GCancellable         *cancellable);
void     fare_log_job_clear  (FareLogJob           *self);

G_END_DECLS
