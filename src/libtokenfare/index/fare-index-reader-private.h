/* fare-index-reader-private.h
 *
 * What the parts of the reader share: fare-index-reader.c names things,
 * fare-index-buckets.c hands out sums, fare-index-events.c hands out rows.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "index/fare-index-reader.h"
#include "index/fare-index-roster.h"

G_BEGIN_DECLS

struct _FareIndexReader
{
  FareIndex     *index;
  sqlite3       *db;
  GArray        *bands;       /* (nullable): thresholds of the stored rollup, if it was made */
  GArray        *thresholds;  /* (nullable): thresholds asked for, when bands lack some of them */
  FareRoster    *roster;      /* (nullable): made when first asked for */

  /* Looked up when first met, then kept: the strings of buckets and events. */
  GHashTable    *sessions;    /* FareSessionInfo by number */
  GHashTable    *models;      /* FareModelInfo by number */
  GHashTable    *branches;
  GPtrArray     *machines;    /* (nullable): FareMachine, once asked for */
  GHashTable    *homes;       /* (nullable): BranchHome by branch, where there are several */
  GHashTable    *projects;
  GHashTable    *clients;
  GHashTable    *paths;
  gboolean       has_sessions; /* all of them are known */
  FareStatement *find_session;
  FareStatement *find_day;
};

/**
 * fare_index_reader_collect_rows:
 * @sessions: (element-type guint32): numbers of sessions
 * @rows: (element-type FareRow): array to append to
 *
 * Finds the counted rows of the sessions in the span, oldest first.
 *
 * Returns: %FALSE after an SQLite error
 */
gboolean      fare_index_reader_collect_rows (FareIndexReader  *self,
                                              gint64            from_ms,
                                              gint64            to_ms,
                                              const GArray     *sessions,
                                              GArray           *rows);

/**
 * fare_index_reader_find_sessions:
 *
 * Returns: (transfer full) (element-type guint32): the sessions that have use in the quarter hours
 *   that the span touches; %NULL with @error when they cannot be read
 */
GArray       *fare_index_reader_find_sessions (FareIndexReader *self,
                                               gint64           from_ms,
                                               gint64           to_ms,
                                               GError         **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
