/* fare-cost.h
 *
 * The one decision what something cost: the log's figure or the table's.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "index/fare-index-reader.h"
#include "pricing/fare-price-book.h"

G_BEGIN_DECLS

/* What a price depends on, of one event or of a bucket of like events. */
typedef struct
{
  FareModes        modes;
  gint64           prompt_size;   /* tokens */
  gint64           time_ms;       /* UTC milliseconds */
  const FareUsage *usage;
  gint64           reported_pico; /* 10^-12 USD */
  gboolean         has_reported;
} FareCostBasis;

/**
 * fare_cost_decide:
 * @match: where the model's name leads
 * @prefers_log: what fare_cost_policy_prefers_log() says of the client
 *
 * Returns: the logged cost where that client's rule says it wins or where the table has no price,
 *   else what the table says
 */
FarePrice fare_cost_decide (FarePriceBook        *prices,
                            const FarePriceMatch *match,
                            gboolean              prefers_log,
                            const FareCostBasis  *basis);

G_END_DECLS
