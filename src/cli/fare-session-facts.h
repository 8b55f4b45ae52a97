/* fare-session-facts.h
 *
 * What the counted events of a span say about each session: sums, cost, models.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "fare-filter.h"
#include "fare-json-writer.h"
#include "fare-view.h"

G_BEGIN_DECLS

/* The use of one model in one session. */
typedef struct
{
  const FareModelInfo *model;
  FareSums             sums;
} FareModelFacts;

typedef struct
{
  const FareSessionInfo *session;      /* belongs to the reader */
  FareSums               sums;
  GArray                *models;       /* FareModelFacts, in the order of their first use */
  gint64                 first_ms;     /* first and last event counted here, UTC milliseconds */
  gint64                 last_ms;
  gboolean               is_subagent;  /* helpers made all of its events */
} FareSessionFacts;

void       fare_session_facts_free   (FareSessionFacts       *self);

/**
 * fare_session_facts_list:
 * @view: an open view; it must outlive the list
 * @filter: which events to count
 *
 * Returns: (transfer full) (element-type FareSessionFacts): every session with such an event, in
 *   the order of their first one; %NULL with @error set
 */
GPtrArray *fare_session_facts_list   (FareView               *view,
                                      const FareFilter       *filter,
                                      GError                **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_session_facts_new:
 *
 * Returns: (transfer full): facts without any event yet
 */
FareSessionFacts *fare_session_facts_new (const FareSessionInfo *session) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_session_facts_add:
 *
 * Takes one event of the session into account; the oldest comes first.
 */
void       fare_session_facts_add    (FareSessionFacts       *self,
                                      const FareEventRow     *event,
                                      const FarePrice        *price);

/**
 * fare_session_facts_write:
 *
 * Adds the members of the session to the open object, all but its models.
 */
void       fare_session_facts_write  (const FareSessionFacts *self,
                                      FareJsonWriter         *json);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareSessionFacts, fare_session_facts_free)

G_END_DECLS
