/* fare-why.h
 *
 * Where a total comes from and what it leaves out: files, lines, rows that were not
 * counted with the reason, models without price.  The same for a page and a command.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "accounting/fare-summary.h"

G_BEGIN_DECLS

/* A file with something wrong in it. */
typedef struct
{
  char   *path;
  char   *reason; /* (nullable): why it could not be read */
  gint64  lines;  /* malformed ones */
  gint64  offset; /* of the first one, bytes; -1 if none */
} FareWhyFile;

typedef struct
{
  /* Of all files of the clients asked for, whatever the span. */
  GPtrArray   *damaged;       /* of FareWhyFile: with malformed lines */
  GPtrArray   *unreadable;    /* of FareWhyFile */
  gint64       files_read;
  gint64       files_missing; /* gone from disk; what they said is kept */
  gint64       lines;         /* read */
  gint64       malformed;
  gint64       repeated;      /* lines that repeat a counter and tell nothing new */

  /* Of what was asked. */
  GPtrArray   *used_files;    /* of char *: those that counted rows come from, in path order */
  gint64       events;        /* counted rows */
  gint64       folded;        /* lines folded into another line's row while a response is streamed */
  gint64       not_counted[FARE_N_ROLES]; /* lines by reason; see fare_why_roles */
  FareSummary *models;        /* by model, with the total; tells what has no price and why */
  char        *prices_updated; /* date of the newest evidence in the price table, "YYYY-MM-DD" */
} FareWhy;

/* The reasons for which rows are not counted. */
typedef struct
{
  FareRole    role;
  const char *id;   /* for machine output */
  const char *text; /* for people, to be translated */
} FareWhyRole;

#define FARE_WHY_N_ROLES 4
extern const FareWhyRole fare_why_roles[FARE_WHY_N_ROLES];

/**
 * fare_why_new:
 * @reader: a snapshot; it must outlive the answer
 * @query: what is asked; one session is a query like any other
 * @failures: (nullable): fare_meter_dup_failures(): files that the last scan could not read and
 *   that the index therefore does not know
 * @cancellable: (nullable): asked now and then
 *
 * Returns: (transfer full): the answer, or %NULL with @error
 */
FareWhy *fare_why_new  (FareIndexReader      *reader,
                        FarePriceBook        *prices,
                        const FareQuery      *query,
                        const char * const   *failures,
                        GCancellable         *cancellable,
                        GError              **error) G_GNUC_WARN_UNUSED_RESULT;
void     fare_why_free (FareWhy              *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareWhy, fare_why_free)

G_END_DECLS
