/* fare-live-query.h
 *
 * Keeps one answer fresh.  Asks again when the index, the prices, the range, the filter
 * or the page's own subject change, always off the main thread and never while nobody looks.  An answer to an older
 * question is dropped, so what a page shows always belongs to the range it names.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "fare-meter.h"
#include "models/fare-filter.h"
#include "models/fare-range-choice.h"

G_BEGIN_DECLS

/* A question as the worker thread sees it. */
typedef struct
{
  FareMeter        *meter;
  FarePeriod        period;
  FareRange         range;
  FareNow           now;
  FareFilterValues  filter;  /* lets everything through where the query has no filter */
  GVariant         *subject; /* (nullable): what fare_live_query_set_subject() said */
} FareQuestion;

/* Runs in a worker thread.  Returns NULL with the error set, or an answer to be freed with the
 * function given to fare_live_query_new().  Where the index turns out to be damaged it is called once
 * more, on what can still be read. */
typedef gpointer (*FareAnswerFunc) (const FareQuestion  *question,
                                    GCancellable        *cancellable,
                                    GError             **error);

#define FARE_TYPE_LIVE_QUERY (fare_live_query_get_type ())
G_DECLARE_FINAL_TYPE (FareLiveQuery, fare_live_query, FARE, LIVE_QUERY, GObject)

/**
 * fare_live_query_new:
 * @choice: the days asked about, and the clock
 * @follows_range: whether other days are another question; a page with a period of its own
 *   puts that into the subject
 * @filter: (nullable): what to narrow the question by
 * @func: how to answer
 * @free_answer: frees what @func returned
 *
 * Returns: (transfer full): a query that sleeps until fare_live_query_set_active().  Emits
 *   FareLiveQuery::changed when the answer, or the error, is another than before; when the range,
 *   the filter or the subject changes that is at once, with no answer.
 */
FareLiveQuery *fare_live_query_new        (FareMeter       *meter,
                                           FareRangeChoice *choice,
                                           gboolean         follows_range,
                                           FareFilter      *filter,
                                           FareAnswerFunc   func,
                                           GDestroyNotify   free_answer) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_live_query_set_active:
 * @is_active: whether somebody looks
 */
void           fare_live_query_set_active (FareLiveQuery   *self,
                                           gboolean         is_active);

/**
 * fare_live_query_set_subject:
 * @subject: (nullable) (transfer floating): what the question is about besides days and filter,
 *   a period of the calendar or a session for instance
 *
 * Another subject is another question: the present answer is dropped at once.
 */
void           fare_live_query_set_subject (FareLiveQuery  *self,
                                           GVariant        *subject);

/**
 * fare_live_query_set_pause:
 * @pause_ms: milliseconds
 *
 * While an agent works the index changes all the time.  Lets at least @pause_ms go by before news of
 * the index lead to the same question again; another question is never held up.
 */
void           fare_live_query_set_pause  (FareLiveQuery   *self,
                                           guint            pause_ms);

/**
 * fare_live_query_ask:
 *
 * Asks again at once, keeping the present answer until there is a new one.
 */
void           fare_live_query_ask        (FareLiveQuery   *self);

/**
 * fare_live_query_get_answer:
 *
 * Returns: (transfer none) (nullable): the answer for the range chosen now; %NULL while there is
 *   none yet.  Valid until the next FareLiveQuery::changed.
 */
gpointer       fare_live_query_get_answer (FareLiveQuery   *self);

/**
 * fare_live_query_get_error:
 *
 * Returns: (transfer none) (nullable): why the last question could not be answered
 */
const GError  *fare_live_query_get_error  (FareLiveQuery   *self);

/**
 * fare_live_query_get_n_asked:
 *
 * Returns: how many questions were handed to a worker so far
 */
guint          fare_live_query_get_n_asked (FareLiveQuery  *self);

G_END_DECLS
