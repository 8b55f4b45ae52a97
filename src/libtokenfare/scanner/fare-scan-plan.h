/* fare-scan-plan.h
 *
 * What a scan has to read: all that is there against all that the index knows.  Logs with nothing new are
 * left out, those that have only moved are noted at once, and those that are gone are kept in mind.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "index/fare-index-writer.h"
#include "scanner/fare-discovery.h"
#include "scanner/fare-known-rows.h"

G_BEGIN_DECLS

/* A log that is to be read; what reading it yields takes more room, and less long. */
typedef struct
{
  const FareSource *source;
  FareKnownFile    *known;  /* (nullable) */
  GBytes           *note;   /* (nullable): its resume note */
} FareScanTask;

typedef struct
{
  GArray            *tasks;       /* FareScanTask: today's first, then by size, the largest first */
  gint64             n_bytes;     /* in the files of all tasks */
  gboolean           needs_walk;  /* a file may have moved, and names alone do not tell: no tasks */

  /* Its own. */
  FareIndexWriter   *writer;      /* not owned; while it is made */
  FareDiscovery     *found;       /* (nullable): NULL while the walk goes on */
  gboolean           owns_found;
  FareDiscoveryWalk *walk;        /* (nullable) */
  FareKnownRows     *early;       /* (nullable): known files that were read meanwhile */
  GHashTable        *keys;        /* number of a source, from 1, by key */
  guint8            *known;       /* by that number: whether the index knows the file */
  GPtrArray         *changed;     /* FareSource of known files that may have to be read */
  GPtrArray         *gone;        /* char *: keys of known files that are not there */
} FareScanPlan;

/**
 * fare_scan_plan_new:
 * @paths: where to look; not used with @found
 * @found: (nullable): what to look at, and must outlive the plan; without it a walk of all folders
 *   begins
 */
FareScanPlan        *fare_scan_plan_new          (FarePaths        *paths,
                                                  FareDiscovery    *found) G_GNUC_WARN_UNUSED_RESULT;

/* To be freed before @writer forgets its files, and after all that reads for its tasks. */
void                 fare_scan_plan_free         (FareScanPlan     *self);

/**
 * fare_scan_plan_make:
 * @writer: of the index to compare with; it keeps the files of the tasks in memory
 * @recent_ns: since when a file counts as today's, in nanoseconds since 1970
 *
 * Finds the tasks.
 *
 * Returns: %FALSE with @error when the index failed
 */
gboolean             fare_scan_plan_make         (FareScanPlan     *self,
                                                  FareIndexWriter  *writer,
                                                  gint64            recent_ns,
                                                  GError          **error);

/**
 * fare_scan_plan_get_found:
 *
 * Waits for the walk, where it has not ended.
 *
 * Returns: (transfer none): all that is there
 */
const FareDiscovery *fare_scan_plan_get_found    (FareScanPlan     *self);

/**
 * fare_scan_plan_count_recent:
 * @recent_ns: as above
 *
 * Returns: how many of the first tasks are today's; 0 when all of them are
 */
guint                fare_scan_plan_count_recent (FareScanPlan     *self,
                                                  gint64            recent_ns);

/**
 * fare_scan_plan_note_missing:
 *
 * Notes that files are gone; their rows stay.
 *
 * Returns: %FALSE with @error when the index failed
 */
gboolean             fare_scan_plan_note_missing (FareScanPlan     *self,
                                                  FareIndexWriter  *writer,
                                                  GError          **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareScanPlan, fare_scan_plan_free)

G_END_DECLS
