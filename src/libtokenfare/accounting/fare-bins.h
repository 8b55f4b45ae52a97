/* fare-bins.h
 *
 * Sums of consecutive stretches of time, and of each client in each of them, from one
 * pass over the index.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "accounting/fare-metric.h"
#include "pricing/fare-energy.h"

G_BEGIN_DECLS

/* What one client has in one stretch. */
typedef struct
{
  double cost;     /* USD */
  gint64 tokens;
  gint64 messages;
} FareBinPart;

typedef struct
{
  const char  *client; /* static */
  FareBinPart *parts;  /* one for each bin */
} FareBinClient;

typedef struct
{
  GArray    *edges;    /* of gint64: UTC milliseconds, one more than there are bins */
  guint      n_bins;
  FareSums  *sums;     /* one for each bin */
  double    *energy;   /* joules, likewise */
  GArray    *clients;  /* of FareBinClient, by id */
} FareBins;

/**
 * fare_bins_new:
 * @energy: (nullable): %NULL leaves all energy at 0
 * @edges: (transfer full) (element-type gint64): where bins begin, ascending, and where the last
 *   one ends; at least one
 *
 * Returns: (transfer full): sums of what the query lets through between the first and the last
 *   edge, or %NULL with @error
 */
FareBins *fare_bins_new  (FareIndexReader  *reader,
                          FarePriceBook    *prices,
                          FareEnergyTable  *energy,
                          const FareQuery  *query,
                          GArray           *edges,
                          GCancellable     *cancellable,
                          GError          **error) G_GNUC_WARN_UNUSED_RESULT;
void      fare_bins_free (FareBins         *self);

/**
 * fare_bins_narrow:
 *
 * Replaces the open ends of @query's span by the first and the last moment of use in the index.
 *
 * Returns: %FALSE when the span is open and the index empty
 */
gboolean  fare_bins_narrow (FareIndexReader *reader,
                            FareQuery       *query);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareBins, fare_bins_free)

G_END_DECLS
