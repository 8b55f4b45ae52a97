/* fare-scanner.h
 *
 * One pass from disk to index: finds the logs, sees which have changed, reads those
 * on all processors, and hands what was read to the index in batches.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "base/fare-paths.h"
#include "index/fare-index-writer.h"
#include "scanner/fare-discovery.h"

G_BEGIN_DECLS

/* How far a scan has come. */
typedef struct
{
  guint    files_done;
  guint    files_total; /* log files that have to be read in this scan */
  gint64   bytes_done;
  gint64   bytes_total;
  gboolean is_first;    /* no scan has ever been completed on this index */
} FareProgress;

/* Called from the scanning thread, at most some ten times a second. */
typedef void (*FareProgressFunc) (const FareProgress *progress,
                                  gpointer            user_data);

/* Called from the scanning thread after a batch that changed something was committed. */
typedef void (*FareCommitFunc)   (gpointer            user_data);

typedef struct
{
  FarePaths        *paths;         /* (transfer none) */
  FareIndex        *index;         /* (transfer none): the caller holds its lock */
  const gint64     *thresholds;    /* prompt sizes in tokens that some price depends on */
  guint             n_thresholds;
  gint64            now_ms;        /* UTC milliseconds; files of the last day are read first */
  FareProgressFunc  progress;      /* (nullable) */
  FareCommitFunc    committed;     /* (nullable) */
  gpointer          user_data;
  GCancellable     *cancellable;   /* (nullable) */
  /* milliseconds: a scan that finds nothing new is not noted when the last one ended so short a time
   * ago, and then nothing is written at all */
  gint64            grain_ms;

  /* (nullable): what to look at; without it everything is walked.  A partial one names all that may
   * have changed since a complete scan. */
  FareDiscovery    *found;
  /* (nullable): a writer that is kept between scans under one lock, made and dropped as needed. */
  FareIndexWriter **writer;
} FareScanOptions;

typedef struct
{
  gboolean   changed;   /* something that can be seen has changed */
  guint      n_sources; /* log files found */
  guint      n_read;    /* log files read */
  guint      n_failed;  /* log files and folders that could not be read */
  gboolean   needs_walk; /* nothing was done: a file that is known elsewhere must be looked for */
  GPtrArray *failures;  /* char *: "client\tpath\treason" */
} FareScanResult;

/**
 * fare_scan:
 * @result: (out): cleared with fare_scan_result_clear()
 *
 * Returns: %FALSE with @error when the index failed, or with %G_IO_ERROR_CANCELLED; batches that
 *   were committed before stay, and the next scan goes on from there
 */
gboolean fare_scan              (const FareScanOptions  *options,
                                 FareScanResult         *result,
                                 GError                **error);
void     fare_scan_result_clear (FareScanResult         *result);

G_END_DECLS
