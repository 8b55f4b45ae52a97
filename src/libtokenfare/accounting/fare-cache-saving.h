/* fare-cache-saving.h
 *
 * What prompt caches saved: the bill as it is against one on which every prompt token
 * had cost the input rate.
 *
 *   saved = Σ cache_read × (input rate − cache read rate)
 *         − Σ cache_write × (cache write rate − input rate)
 *
 * with the table's rates at the time of each request, its context tier and modes.  It
 * is negative where more was paid for writing than reading gave back.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "accounting/fare-summary.h"

G_BEGIN_DECLS

typedef struct
{
  double   saved;           /* USD */
  gint64   cache_read;      /* tokens, those without price left out */
  gint64   cache_write;     /* tokens, of both kinds, those without price left out */
  gint64   unpriced_tokens; /* cache tokens whose model has no price in the table */
  gboolean has_price;       /* FALSE when no cache token has a price */
  gboolean is_estimate;     /* some rate is a market or estimated price */
} FareCacheSaving;

typedef struct _FareCacheSavings FareCacheSavings;

/**
 * fare_cache_savings_new:
 *
 * One pass over the index.  A cost that the log states is not split into rates, so the table's
 * rates serve there too.
 *
 * Returns: (transfer full): the answer, or %NULL with @error
 */
FareCacheSavings         *fare_cache_savings_new        (FareIndexReader        *reader,
                                                         FarePriceBook          *prices,
                                                         const FareQuery        *query,
                                                         GCancellable           *cancellable,
                                                         GError                **error) G_GNUC_WARN_UNUSED_RESULT;
void                      fare_cache_savings_free       (FareCacheSavings       *self);
const FareCacheSaving    *fare_cache_savings_get_total  (const FareCacheSavings *self);

/**
 * fare_cache_saving_to_text:
 *
 * Returns: (transfer full): the amount for a card: "$12.40", "≈$12.40", "−$1.10"; a translated "no
 *   price" when nothing has one
 */
char                     *fare_cache_saving_to_text     (const FareCacheSaving  *self) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_cache_saving_to_sentence:
 *
 * Returns: (transfer full) (nullable): what a card adds: "costs $1.10 more than no cache" where the
 *   amount is negative, "without 3.1M cached tokens that have no price" where some were left
 *   out, both with a comma; %NULL when there is nothing to add; translated
 */
char                     *fare_cache_saving_to_sentence (const FareCacheSaving  *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareCacheSavings, fare_cache_savings_free)

G_END_DECLS
