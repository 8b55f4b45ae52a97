/* fare-index-audit.h
 *
 * Holds the index against a fresh reading of all logs.  What stands in the index
 * alone because its log is gone from disk is no difference: keeping it is what the
 * index is for.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "fare-filter.h"
#include "fare-view.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 tokens;
  gint64 messages;
  double cost;    /* USD */
} FareAuditSums;

/* The earliest response on which both do not agree. */
typedef struct
{
  char     *client;
  gint64    time_ms;    /* UTC milliseconds */
  char     *key;        /* its dedup key */
  char     *path;       /* log file */
  gint64    offset;     /* bytes */
  gint64    in_index;   /* tokens, -1 when it is missing there */
  gint64    in_logs;
} FareAuditDifference;

typedef struct
{
  FareAuditSums        index;      /* without what is kept of logs that are gone */
  FareAuditSums        logs;
  FareAuditSums        kept;       /* in the index alone, of logs that are gone */
  FareAuditDifference *difference; /* (nullable) */
} FareAudit;

/**
 * fare_audit_new:
 * @index: a view of the index
 * @logs: a reader of an index that has just been built from the logs alone
 * @filter: the span and its zone
 *
 * Returns: (transfer full): the result, or %NULL with @error set
 */
FareAudit *fare_audit_new  (FareView          *index,
                            FareIndexReader   *logs,
                            const FareFilter  *filter,
                            GError           **error) G_GNUC_WARN_UNUSED_RESULT;
void       fare_audit_free (FareAudit         *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareAudit, fare_audit_free)

G_END_DECLS
