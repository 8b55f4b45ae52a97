/* fare-walk.h
 *
 * One pass over everything that fits a query, each piece with its price: the ground
 * for answers that a summary's sums are too coarse for.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "accounting/fare-cost.h"
#include "accounting/fare-summary.h"

G_BEGIN_DECLS

/* A bucket of like events, or a single event where a bucket would be too coarse. */
typedef struct
{
  guint32                session;  /* numbers of the index */
  guint32                client;
  const FareModelInfo   *model;
  const FarePriceMatch  *match;    /* of the model; the same pointer for the same model */
  FareCostBasis          basis;    /* its time lies within the query's span */
  gint64                 messages;
  gint64                 web_searches;
  FarePrice              price;    /* what fare_cost_decide() says */
} FareWalkItem;

/* Returns FALSE to stop early; stopping is not an error. */
typedef gboolean (*FareWalkFunc) (const FareWalkItem *item,
                                  gpointer            user_data);

typedef struct
{
  const FareQuery      *query;
  const gint64         *edges;   /* (nullable): UTC milliseconds, ascending: no item lies on both
                                    sides of one */
  guint                 n_edges;
  const FarePriceMatch *other;   /* (nullable): each item is also priced as a whole by this one */
  GCancellable         *cancellable; /* (nullable): asked now and then */
} FareWalk;

/**
 * fare_walk_run:
 *
 * Calls @func for every piece: buckets in ascending time first, then single events.  The sum of
 * the prices is that of a summary of the same query.
 *
 * Returns: %FALSE with @error when the index could not be read, or when cancelled
 */
gboolean fare_walk_run (const FareWalk   *self,
                        FareIndexReader  *reader,
                        FarePriceBook    *prices,
                        FareWalkFunc      func,
                        gpointer          user_data,
                        GError          **error);

G_END_DECLS
