/* fare-tally.h
 *
 * Sums in the making.  Money is added with compensation for what doubles lose, so a
 * total does not depend on how many parts it came in or in which order.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <math.h>

#include "accounting/fare-summary.h"

G_BEGIN_DECLS

typedef struct
{
  FareSums sums;      /* complete after fare_tally_finish() */
  double   lost_cost; /* what the additions to sums.cost have rounded away */
} FareTally;

/* One addition: an event, or a bucket of like events. */
typedef struct
{
  const FareUsage *usage;
  gint64           messages;
  gint64           web_searches;
  FarePrice        price;
} FareTallyItem;

/* Adds US dollars without losing what is small beside the sum. */
static inline void
fare_tally_add_cost (FareTally *self,
                     double     usd)
{
  double sum = self->sums.cost + usd;

  /* Neumaier: what the smaller of both loses in the addition can be computed exactly. */
  if (fabs (self->sums.cost) >= fabs (usd))
    self->lost_cost += (self->sums.cost - sum) + usd;
  else
    self->lost_cost += (usd - sum) + self->sums.cost;

  self->sums.cost = sum;
}

/* Adds an item; the tokens of one without a price are unpriced. */
static inline void
fare_tally_add (FareTally           *self,
                const FareTallyItem *item)
{
  fare_usage_add (&self->sums.usage, item->usage, 1);
  self->sums.messages += item->messages;
  self->sums.web_searches += item->web_searches;

  if (item->price.reason != FARE_UNPRICED_NOT)
    {
      self->sums.unpriced_tokens += fare_usage_total (item->usage);
      return;
    }

  self->sums.has_price = TRUE;
  self->sums.is_estimate = self->sums.is_estimate || item->price.is_estimate;
  fare_tally_add_cost (self, item->price.usd);
}

/* Adds all of @other, which is not finished, but for its sessions. */
static inline void
fare_tally_join (FareTally       *self,
                 const FareTally *other)
{
  fare_usage_add (&self->sums.usage, &other->sums.usage, 1);
  self->sums.messages += other->sums.messages;
  self->sums.web_searches += other->sums.web_searches;
  self->sums.unpriced_tokens += other->sums.unpriced_tokens;
  self->sums.has_price = self->sums.has_price || other->sums.has_price;
  self->sums.is_estimate = self->sums.is_estimate || other->sums.is_estimate;
  fare_tally_add_cost (self, other->sums.cost);
  fare_tally_add_cost (self, other->lost_cost);
}

/* To be called when all is added: the sums are complete then. */
static inline void
fare_tally_finish (FareTally *self)
{
  self->sums.cost += self->lost_cost;
  self->lost_cost = 0;
}

G_END_DECLS
