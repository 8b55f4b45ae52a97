/* fare-what-if.h
 *
 * The same tokens at another model's prices.  It says nothing about whether that model
 * would have needed as many.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "accounting/fare-summary.h"

G_BEGIN_DECLS

/* Of all use, or of one model's.  Money in USD. */
typedef struct
{
  FareSums now;             /* as it is */
  FareSums then;            /* the same tokens, repriced */
  double   now_compared;    /* cost of what has a price in both; what the difference is made of */
  double   then_compared;
  gint64   compared_tokens;
  gint64   left_out_tokens; /* tokens that have no price in one of both */
} FareWhatIfSums;

typedef struct
{
  char           *provider;
  char           *model;    /* as logged */
  FareWhatIfSums  sums;
} FareWhatIfRow;

typedef struct _FareWhatIf FareWhatIf;

/**
 * fare_what_if_new:
 * @model: the other model, by any name that the price table knows; "provider/model" too
 *
 * Each request keeps its time, its prompt size and those of its modes that the other model has.
 * Costs that the log states are part of what it is now and have no say in what it would be.
 *
 * Returns: (transfer full): the answer, or %NULL with @error: %FARE_PRICE_ERROR_VALUE when the
 *   table has no price for @model
 */
FareWhatIf           *fare_what_if_new            (FareIndexReader   *reader,
                                                   FarePriceBook     *prices,
                                                   const FareQuery   *query,
                                                   const char        *model,
                                                   GCancellable      *cancellable,
                                                   GError           **error) G_GNUC_WARN_UNUSED_RESULT;
void                  fare_what_if_free           (FareWhatIf        *self);
const FarePriceEntry *fare_what_if_get_entry      (const FareWhatIf  *self);
const FareWhatIfSums *fare_what_if_get_total      (const FareWhatIf  *self);

/* The models used, the dearest now first. */
guint                 fare_what_if_get_n_rows     (const FareWhatIf  *self);
const FareWhatIfRow  *fare_what_if_get_row        (const FareWhatIf  *self,
                                                   guint              i);

/**
 * fare_what_if_sums_get_difference:
 *
 * Returns: then_compared − now_compared: below 0 the other model is cheaper
 */
double                fare_what_if_sums_get_difference (const FareWhatIfSums *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareWhatIf, fare_what_if_free)

G_END_DECLS
