/* fare-sources-data.h
 *
 * Every client with its folders and what the index has of it, and the index itself.  A plain
 * value: made in a worker thread, shown on the main thread.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "models/fare-live-query.h"

G_BEGIN_DECLS

typedef struct
{
  const char *client;   /* id; static */
  GStrv       folders;  /* places it has by itself, with "~" for the home folder */
  GStrv       extra;    /* places the user has added, as in the settings */
  gboolean    is_found; /* has logs in the index, or one of its places exists */
  gint64      n_files;  /* log files known, those that are gone included */
  FareSums    sums;     /* over all days */
  char       *newest;   /* time of the newest use as people read it, "" if none */
} FareSourceInfo;

typedef struct
{
  GPtrArray *sources;   /* FareSourceInfo, by what they cost, then by name */
  gint64     index_size; /* bytes; 0 when it lives in memory */
  char      *first_day; /* with use, as people read it, "" if there is none */
} FareSourcesData;

/**
 * fare_sources_data_load:
 *
 * A #FareAnswerFunc.
 *
 * Returns: (transfer full): a #FareSourcesData, or %NULL with @error set
 */
gpointer fare_sources_data_load (const FareQuestion  *question,
                                 GCancellable        *cancellable,
                                 GError             **error) G_GNUC_WARN_UNUSED_RESULT;
void     fare_sources_data_free (FareSourcesData     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareSourcesData, fare_sources_data_free)

G_END_DECLS
