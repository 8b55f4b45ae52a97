/* fare-calendar-bill.h
 *
 * What a day, or any other days, cost: by tool, by model, and the largest sessions.  Taken from one
 * snapshot; a plain value.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "models/fare-live-query.h"
#include "models/fare-year-data.h"

G_BEGIN_DECLS

#define FARE_BILL_N_SESSIONS 5

typedef struct
{
  char    *key;      /* client id, provider and model, session id */
  char    *title;
  char    *client;   /* (nullable): of sessions */
  char    *project;  /* (nullable): of sessions, its path */
  FareSums sums;
  double   energy_j; /* joules; of models */
} FareBillLine;

typedef struct
{
  FareRange  range;
  FareSums   total;
  double     energy_j;
  GPtrArray *clients;    /* FareBillLine, the most expensive first, as in the others */
  GPtrArray *models;
  GPtrArray *sessions;   /* no more than FARE_BILL_N_SESSIONS */
  guint      n_sessions; /* all of them */
} FareCalendarBill;

/**
 * fare_calendar_bill_make_subject:
 *
 * Returns: (transfer floating): what to give to fare_live_query_set_subject()
 */
GVariant *fare_calendar_bill_make_subject (FareRange            range);

/**
 * fare_calendar_bill_load:
 *
 * A #FareAnswerFunc for such a subject.
 *
 * Returns: (transfer full): a #FareCalendarBill, or %NULL with @error set
 */
gpointer  fare_calendar_bill_load         (const FareQuestion  *question,
                                           GCancellable        *cancellable,
                                           GError             **error) G_GNUC_WARN_UNUSED_RESULT;
void      fare_calendar_bill_free         (FareCalendarBill    *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareCalendarBill, fare_calendar_bill_free)

G_END_DECLS
