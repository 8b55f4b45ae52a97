/* fare-pricing-actions.h
 *
 * The verbs of “tokenfare pricing”.  Each prints its result and returns the exit status.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "fare-command.h"
#include "pricing/fare-price-book.h"
#include "pricing/fare-rates.h"

G_BEGIN_DECLS

/* Everything a verb may be asked, checked and in its own units. */
typedef struct
{
  const FareCommand *command;
  const char        *shipped_path;
  const char        *user_path;
  const char        *word;      /* (nullable): the model, or the file to import */
  gboolean           json;      /* print JSON */
  gboolean           all;       /* for reset */
  const char        *provider;  /* (nullable) */
  gint64             now_ms;    /* UTC milliseconds */
  gint64             at_ms;     /* for cost: when the request was made */
  FareModes          modes;     /* for cost */
  FareUsage          usage;     /* for cost */
  FareRateCard       card;      /* for set: the rates that were given */
  char              *from;      /* (nullable): for set */
  GStrv              aliases;   /* (nullable): for set */
} FarePricingRequest;

FareExit       fare_pricing_list      (const FarePricingRequest *request);
FareExit       fare_pricing_show      (const FarePricingRequest *request);
FareExit       fare_pricing_cost      (const FarePricingRequest *request);
FareExit       fare_pricing_set       (const FarePricingRequest *request);
FareExit       fare_pricing_reset     (const FarePricingRequest *request);
FareExit       fare_pricing_import    (const FarePricingRequest *request);
FareExit       fare_pricing_check     (const FarePricingRequest *request);

/**
 * fare_pricing_load_book:
 * @status: (out): what to return when this returns %NULL
 *
 * Loads the prices and says on standard error what is wrong with their files.
 */
FarePriceBook *fare_pricing_load_book (const FarePricingRequest *request,
                                       FareExit                 *status) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_pricing_wants:
 * @provider: (nullable): as typed
 *
 * Returns: whether @entry is of @provider, or no provider was named
 */
gboolean       fare_pricing_wants       (FarePriceBook            *book,
                                         const FarePriceEntry     *entry,
                                         const char               *provider);

/* Print the same as fare_pricing_list() and fare_pricing_show(), as JSON. */
void           fare_pricing_write_list  (FarePriceBook            *book,
                                         const FarePricingRequest *request);
void           fare_pricing_write_entry (const FarePriceEntry     *entry);

G_END_DECLS
