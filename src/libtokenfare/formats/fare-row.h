/* fare-row.h
 *
 * What one log file says about one billed response: the unit the index stores.  Rows
 * are a function of their file alone.  Rows that may stand for the same call share a
 * cluster; a client's fold decides, from the set of rows of a cluster, which are
 * counted and with which time and session.  So neither the order nor the moment in
 * which files are read can change a figure.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "base/fare-modes.h"
#include "base/fare-usage.h"

G_BEGIN_DECLS

/* Whether a row is counted, or which way another row stands for the same call.  Stored in the
 * index; values never change meaning. */
typedef enum
{
  FARE_ROLE_COUNTED  = 0,
  FARE_ROLE_COPY     = 1, /* the same call in a resumed, forked or replayed file */
  FARE_ROLE_REPLAY   = 2, /* a helper transcript's replay under another request id */
  FARE_ROLE_HELPER   = 3, /* a helper agent's row wrapped into its parent's log */
  FARE_ROLE_SNAPSHOT = 4, /* an earlier or later snapshot of a streamed response */
  FARE_N_ROLES
} FareRole;

/* Stored in the index; values never change meaning. */
typedef enum
{
  FARE_ROW_SIDECHAIN = 1 << 0, /* written while a helper agent or an aside worked */
  FARE_ROW_HELPER    = 1 << 1, /* made by a helper agent */
  FARE_ROW_SUBFILE   = 1 << 2, /* stands in a helper agent's own file */
  FARE_ROW_WRAPPED   = 1 << 3, /* a helper's row wrapped into its parent's log */
  FARE_ROW_STOPPED   = 1 << 4, /* the response had ended when it was written */
  FARE_ROW_FAST      = 1 << 5, /* the log called it fast */
  FARE_ROW_REPORTED  = 1 << 6, /* the log names a cost */
  FARE_ROW_ALONE     = 1 << 7, /* never merged with other rows of its file */
  FARE_ROW_SIBLING   = 1 << 8, /* set by fold: a second call with the same identity text */
  FARE_ROW_NO_MODEL  = 1 << 9, /* the file had not named a model yet */
  FARE_ROW_BY_HELPER = 1 << 10, /* set by fold: the counted event is a helper agent's */
  FARE_ROW_FIRST     = 1 << 12, /* of the lines behind this row the first gives the values */
  FARE_ROW_COPIED    = 1 << 11  /* its own file shows that it is the copy of another row there */
} FareRowFlags;

/* Two rows of one file with the same cluster, sub, session and these flags are the same row. */
#define FARE_ROW_SLOT (FARE_ROW_SIDECHAIN | FARE_ROW_HELPER | FARE_ROW_SUBFILE | FARE_ROW_WRAPPED)

typedef struct
{
  gint64    cluster;       /* fingerprint of what makes rows candidates for the same call */
  gint64    sub;           /* fingerprint that tells calls of a cluster apart, 0 if none is logged */
  gint64    own_ms;        /* UTC milliseconds, the earliest of the lines behind this row */
  gint64    value_ms;      /* time of the line that gave the values; set by fare_log_add_row() */
  gint64    offset;        /* byte offset of the line that gave the values */
  FareUsage usage;
  gint64    reported_pico; /* logged cost in 10^-12 USD; only with FARE_ROW_REPORTED */
  guint32   own_session;   /* number in the string table of whoever holds the row */
  guint32   model;
  guint32   branch;
  guint32   lines;         /* log lines behind this row */
  guint32   messages;
  guint32   web_searches;
  guint16   flags;         /* FareRowFlags */
  guint8    modes;         /* FareModes */

  /* Set by fold and the index. */
  guint8    role;          /* FareRole */
  gboolean  leads;         /* the first row of a call, the one whose session shows it */
  gint64    event_ms;      /* time of the counted event */
  guint32   event_session; /* session that shows it */
  guint32   file;
  gint64    id;            /* row id in the index, 0 when new */
} FareRow;

/**
 * fare_row_is_more_complete:
 *
 * The rule for which of two snapshots of one response gives the values: more output, then the
 * larger prompt, then the one that had ended, then the later one.
 */
gboolean fare_row_is_more_complete (const FareRow *self,
                                    const FareRow *other);

/**
 * fare_row_take_cost:
 * @usd: a cost the log names, in USD
 *
 * Notes a logged cost.  A negative one, or one that no single response can have, is damage and is
 * left out.
 */
void     fare_row_take_cost        (FareRow       *self,
                                    double         usd);

/**
 * fare_row_is_same_slot:
 *
 * Tells whether both are the same row of the same file.
 */
gboolean fare_row_is_same_slot     (const FareRow *self,
                                    const FareRow *other);

/**
 * fare_row_merge:
 * @later: another snapshot of the same slot, from later in the file
 *
 * Keeps the values of the more complete one, whole (with %FARE_ROW_FIRST those of the earlier one),
 * and the earlier time.
 */
void     fare_row_merge            (FareRow       *self,
                                    const FareRow *later);

G_END_DECLS
