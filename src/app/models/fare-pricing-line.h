/* fare-pricing-line.h
 *
 * One line of the price table as the Pricing page shows it: a model, what it costs now,
 * where that price comes from, and its use in the days shown.  A plain value, made in a
 * worker thread and never changed afterwards.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "accounting/fare-summary.h"
#include "pricing/fare-price-entry.h"

G_BEGIN_DECLS

typedef enum
{
  FARE_PRICING_MISSING,  /* used, and some of the use has no price */
  FARE_PRICING_BUILT_IN,
  FARE_PRICING_EDITED,   /* the user's price in place of a built-in one */
  FARE_PRICING_ADDED,    /* the user's own model */
  FARE_PRICING_LOGGED,   /* no entry; the log states what it cost */
  FARE_PRICING_HIDDEN    /* built in, and deleted by the user */
} FarePricingSource;

/* The rates of a line, in the order in which they are shown. */
typedef enum
{
  FARE_PRICING_RATE_INPUT,
  FARE_PRICING_RATE_OUTPUT,
  FARE_PRICING_RATE_CACHE_READ,
  FARE_PRICING_RATE_CACHE_WRITE_5M,
  FARE_PRICING_RATE_CACHE_WRITE_1H,
  FARE_PRICING_N_RATES
} FarePricingRate;

typedef struct
{
  char              *key;       /* tells lines apart: an entry's id, or a name that leads to none */
  char              *id;        /* (nullable): the entry's */
  char              *name;      /* for people, not translated */
  char              *provider;  /* who makes it, or who sold it */
  char              *aliases;   /* other names, to be searched; "" if none */
  char              *logged_provider; /* (nullable): as logged, of lines without an entry */
  char              *logged_name;     /* (nullable): as logged, of lines that miss a price */
  char              *used_name;       /* (nullable): as logged, of lines that were used */

  FarePricingSource  source;
  gboolean           is_changed; /* whether the user's file has an entry of it */
  gboolean           is_estimate;
  FareUnpriced       reason;     /* of FARE_PRICING_MISSING */
  gboolean           can_price;  /* whether an entry could price it */
  char              *seller;     /* (nullable): the seller that is not known */
  char              *target;     /* (nullable): the id of an entry that would price it, where its
                                  * seller is known */
  char              *note;       /* (nullable): a sentence about the price */

  gboolean           has_rates;  /* FALSE: there is no price now */
  double             rates[FARE_PRICING_N_RATES];    /* USD per million tokens */
  gboolean           has_shipped;
  double             shipped[FARE_PRICING_N_RATES];  /* what the built-in entry of an edited one says */

  gboolean           is_used;
  FareSums           sums;       /* in the days shown */
} FarePricingLine;

FarePricingLine *fare_pricing_line_new   (void) G_GNUC_WARN_UNUSED_RESULT;
FarePricingLine *fare_pricing_line_ref   (FarePricingLine       *self);
void             fare_pricing_line_unref (FarePricingLine       *self);

/**
 * fare_pricing_line_equal:
 *
 * Returns: whether both would be shown alike, to the last token
 */
gboolean         fare_pricing_line_equal (const FarePricingLine *a,
                                          const FarePricingLine *b);

/**
 * fare_pricing_line_read_rates:
 * @rates: (out): room for %FARE_PRICING_N_RATES
 *
 * Returns: %FALSE when @entry has no price at @time_ms
 */
gboolean         fare_pricing_line_read_rates (const FarePriceEntry *entry,
                                               gint64                time_ms,
                                               double               *rates);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FarePricingLine, fare_pricing_line_unref)

G_END_DECLS
