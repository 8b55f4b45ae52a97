/* fare-session-row.h
 *
 * One session as a table shows it: what it is and what it took of the days asked about.
 * A plain value, made in a worker thread and never changed after.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "accounting/fare-summary.h"

G_BEGIN_DECLS

/* The columns of the table, by which it can be sorted. */
typedef enum
{
  FARE_SESSION_TITLE,
  FARE_SESSION_CLIENT,
  FARE_SESSION_MODELS,
  FARE_SESSION_INPUT,
  FARE_SESSION_CACHE,
  FARE_SESSION_HIT,
  FARE_SESSION_OUTPUT,
  FARE_SESSION_TOTAL,
  FARE_SESSION_COST,
  FARE_SESSION_ACTIVE,
  FARE_SESSION_LAST,
  FARE_SESSION_N_COLUMNS
} FareSessionColumn;

typedef struct
{
  gatomicrefcount ref_count;
  char     *key;       /* client and id, unique */
  char     *client;
  char     *uid;
  char     *title;
  char     *project;   /* path as logged, "" when unknown */
  char     *branch;    /* the one with most tokens, "" when unknown */
  char     *models;    /* names, the one with most tokens first: "gpt-5.4, gpt-5.2" */
  char     *parent;    /* (nullable): uid of the session it comes from */
  char     *haystack;  /* all that a search looks at, folded */
  FareSums  sums;      /* of the days and the filter asked about */
  gint64    last_ms;   /* UTC milliseconds of its last response within these days */
  FareDay   last_day;  /* the local day of that */
  guint     is_helper : 1; /* an agent that its parent started */
  guint     is_review : 1; /* an automatic permission review */
} FareSessionRow;

/**
 * fare_session_row_new:
 *
 * Returns: (transfer full): a session without use, to be filled; all its texts are owned
 */
FareSessionRow *fare_session_row_new     (const char           *client,
                                          const char           *uid) G_GNUC_WARN_UNUSED_RESULT;
FareSessionRow *fare_session_row_ref     (FareSessionRow       *self);
void            fare_session_row_unref   (FareSessionRow       *self);

/**
 * fare_session_row_dup_key:
 *
 * Returns: (transfer full): the key of the session with this id
 */
char           *fare_session_row_dup_key (const char           *client,
                                          const char           *uid) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_session_row_equal:
 *
 * Returns: whether both would look the same
 */
gboolean        fare_session_row_equal   (const FareSessionRow *a,
                                          const FareSessionRow *b);

/**
 * fare_session_fold:
 *
 * Returns: (transfer full): @text without case and accents, for comparing
 */
char           *fare_session_fold        (const char           *text) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_session_row_fold:
 *
 * Makes the haystack from the other texts.
 */
void            fare_session_row_fold    (FareSessionRow       *self);

/**
 * fare_session_sums_add:
 *
 * Adds @other to @self.
 */
void            fare_session_sums_add    (FareSums             *self,
                                          const FareSums       *other);

/* Names for machines, as in "last-desc". */
const char     *fare_session_column_get_name (FareSessionColumn column);

/**
 * fare_session_sort_parse:
 * @text: as in "cost-desc"; anything else means the last activity, newest first
 */
void            fare_session_sort_parse  (const char           *text,
                                          FareSessionColumn    *column,
                                          gboolean             *is_descending);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareSessionRow, fare_session_row_unref)

G_END_DECLS
