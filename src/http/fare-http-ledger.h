/* fare-http-ledger.h
 *
 * Sums of a span by tool and model, and by day or session where asked: all that the
 * routes show, from one pass over the index.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "accounting/fare-tally.h"
#include "fare-http-question.h"

G_BEGIN_DECLS

typedef enum
{
  FARE_HTTP_SPLIT_NONE,
  FARE_HTTP_SPLIT_DAY,
  FARE_HTTP_SPLIT_SESSION
} FareHttpSplit;

typedef struct
{
  const char            *tool;     /* static */
  const FareModelInfo   *model;    /* the reader's, as the session */
  const FareSessionInfo *session;  /* (nullable): when split by session */
  FareDay                day;      /* when split by day */
  FareSums               sums;
} FareHttpEntry;

/* Tells which entries count. */
typedef gboolean (*FareHttpEntryFunc) (const FareHttpEntry *entry,
                                       gconstpointer        user_data);

/**
 * fare_http_ledger_new:
 * @query: its span should begin and end with a day
 * @split: what else keeps entries apart
 *
 * Returns: (transfer full) (element-type FareHttpEntry): one entry for each combination that has
 *   use, by day, then cost and tokens, both descending, then name; %NULL with @error
 */
GPtrArray *fare_http_ledger_new      (FareHttpQuestion    *question,
                                      const FareQuery     *query,
                                      FareHttpSplit        split,
                                      GError             **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_http_ledger_sum:
 * @func: (nullable): %NULL takes all
 *
 * Returns: the sums over entries
 */
FareSums   fare_http_ledger_sum      (GPtrArray           *entries,
                                      FareHttpEntryFunc    func,
                                      gconstpointer        user_data);

/* Of one tool, given as user data; and of all other tools. */
gboolean   fare_http_entry_is_of     (const FareHttpEntry *self,
                                      gconstpointer        tool);
gboolean   fare_http_entry_is_not_of (const FareHttpEntry *self,
                                      gconstpointer        tool);

G_END_DECLS
