/* fare-live-query.h
 *
 * Keeps one answer fresh.  Asks again when the index, the prices or the range change,
 * always off the main thread and never while nobody looks.  An answer to an older
 * question is dropped, so what a page shows always belongs to the range it names.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "fare-meter.h"
#include "models/fare-range-choice.h"

G_BEGIN_DECLS

/* A question as the worker thread sees it. */
typedef struct
{
  FareMeter  *meter;
  FarePeriod  period;
  FareRange   range;
  FareNow     now;
} FareQuestion;

/* Runs in a worker thread.  Returns NULL with the error set, or an answer to be freed with the
 * function given to fare_live_query_new(). */
typedef gpointer (*FareAnswerFunc) (const FareQuestion  *question,
                                    GCancellable        *cancellable,
                                    GError             **error);

#define FARE_TYPE_LIVE_QUERY (fare_live_query_get_type ())
G_DECLARE_FINAL_TYPE (FareLiveQuery, fare_live_query, FARE, LIVE_QUERY, GObject)

/**
 * fare_live_query_new:
 * @func: how to answer
 * @free_answer: frees what @func returned
 *
 * Returns: (transfer full): a query that sleeps until fare_live_query_set_active().  Emits
 *   FareLiveQuery::changed when the answer, or the error, is another than before; when the range
 *   changes that is at once, with no answer.
 */
FareLiveQuery *fare_live_query_new        (FareMeter       *meter,
                                           FareRangeChoice *choice,
                                           FareAnswerFunc   func,
                                           GDestroyNotify   free_answer) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_live_query_set_active:
 * @is_active: whether somebody looks
 */
void           fare_live_query_set_active (FareLiveQuery   *self,
                                           gboolean         is_active);

/**
 * fare_live_query_ask:
 *
 * Asks again, keeping the present answer until there is a new one.
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
