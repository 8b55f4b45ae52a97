/* fare-price-matcher.h
 *
 * The way from a logged name to an entry, step by step: a name matches exactly
 * (in one of the spellings the rules allow) or has no price.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "pricing/fare-price-book.h"
#include "pricing/fare-sellers.h"

G_BEGIN_DECLS

/**
 * FarePriceLookup:
 * @key: a comparison key, fare_model_name_to_key()
 *
 * Returns: (transfer none) (nullable): the entry in force that has this name
 */
typedef const FarePriceEntry *(*FarePriceLookup) (gpointer    data,
                                                  const char *key);

/**
 * fare_price_matcher_find:
 * @lookup: finds entries
 * @data: passed to @lookup
 * @provider: (nullable): provider as logged beside the model
 * @name: (nullable): model name as logged
 */
FarePriceMatch fare_price_matcher_find (FareSellers     *sellers,
                                        FarePriceLookup  lookup,
                                        gpointer         data,
                                        const char      *provider,
                                        const char      *name);

G_END_DECLS
