/* fare-session-why.h
 *
 * Where the number of a session comes from: the files and lines that were counted, those
 * that were not and why, and what has no price.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "accounting/fare-why.h"
#include "fare-meter.h"
#include "models/fare-filter.h"

G_BEGIN_DECLS

/* A line that was counted, as an object for a list. */
#define FARE_TYPE_LOG_LINE (fare_log_line_get_type ())
G_DECLARE_FINAL_TYPE (FareLogLine, fare_log_line, FARE, LOG_LINE, GObject)

typedef struct
{
  gint64    time_ms; /* UTC milliseconds */
  char     *model;
  char     *path;
  gint64    offset;  /* byte where the line begins, or the row of a database */
  FareSums  sums;
} FareLogLineFacts;

const FareLogLineFacts *fare_log_line_get_facts (FareLogLine *self);

/* What has no price, and why. */
typedef struct
{
  char   *model;
  char   *reason;
  gint64  tokens;
} FareWhyModel;

typedef struct
{
  FareSums    total;       /* of all lines */
  GPtrArray  *files;       /* of char *: those that lines come from */
  GListStore *lines;       /* of FareLogLine, oldest first */
  gint64      events;      /* counted */
  gint64      folded;      /* lines that belong to a counted one */
  gint64      not_counted[FARE_N_ROLES];
  gint64      malformed;   /* lines, of all files of this client */
  gint64      unreadable;  /* files, of this client */
  GPtrArray  *unpriced;    /* of FareWhyModel */
  char       *prices_updated; /* "YYYY-MM-DD" */
  GTimeZone  *zone;
  FareDay     today;
} FareSessionWhy;

void            fare_session_why_free   (FareSessionWhy        *self);

/**
 * fare_session_why_ask:
 * @client: the client's id
 * @uids: the sessions that the number is made of
 * @from_ms: UTC milliseconds, inclusive
 * @to_ms: exclusive
 * @models: (nullable): the number is of these models alone
 * @machines: (nullable): and of these machines
 *
 * Asks off the main thread.
 */
void            fare_session_why_ask    (FareMeter             *meter,
                                         const char            *client,
                                         const char * const    *uids,
                                         gint64                 from_ms,
                                         gint64                 to_ms,
                                         const char * const    *models,
                                         const char * const    *machines,
                                         GTimeZone             *zone,
                                         GCancellable          *cancellable,
                                         GAsyncReadyCallback    callback,
                                         gpointer               user_data);

/**
 * fare_session_why_ask_finish:
 *
 * Returns: (transfer full): the answer, or %NULL with @error set
 */
FareSessionWhy *fare_session_why_ask_finish (GAsyncResult      *result,
                                             GError           **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareSessionWhy, fare_session_why_free)

G_END_DECLS
