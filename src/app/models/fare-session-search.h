/* fare-session-search.h
 *
 * Finds what a few words typed somewhere on the desktop may mean here: today's figure, or
 * sessions.  For worker threads.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "base/fare-range.h"
#include "index/fare-index-reader.h"
#include "pricing/fare-price-book.h"

G_BEGIN_DECLS

/* The result that stands for today's figure; all others name sessions. */
#define FARE_SESSION_SEARCH_TODAY "today"

/* A result in words. */
typedef struct
{
  char *id;
  char *name;
  char *description;
} FareSearchResult;

void       fare_search_result_free       (FareSearchResult    *self);

/**
 * fare_session_search_find:
 * @terms: the words; a session's title has to contain all of them, in any case
 *
 * Returns: (transfer full): ids of results: today's figure if a word asks for it, then at most five
 *   sessions, the latest first, if the words are three characters or more; %NULL with @error set
 */
GStrv      fare_session_search_find      (FareIndexReader     *reader,
                                          const char * const  *terms,
                                          GError             **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_session_search_describe:
 * @ids: from fare_session_search_find(); what is gone since is left out
 * @hide_amounts: name no amounts of money
 *
 * Returns: (transfer full) (element-type FareSearchResult): the results in words, %NULL with @error set
 */
GPtrArray *fare_session_search_describe  (FareIndexReader     *reader,
                                          FarePriceBook       *prices,
                                          const char * const  *ids,
                                          gboolean             hide_amounts,
                                          const FareNow       *now,
                                          GError             **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_session_search_split:
 * @id: an id from fare_session_search_find()
 *
 * Returns: (transfer full) (nullable): client and id of the session, %NULL when it names none
 */
GStrv      fare_session_search_split     (const char          *id) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareSearchResult, fare_search_result_free)

G_END_DECLS
