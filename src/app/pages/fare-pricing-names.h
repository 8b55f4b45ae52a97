/* fare-pricing-names.h
 *
 * The other names of a model, to be taken away and added.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "pricing/fare-price-list.h"

G_BEGIN_DECLS

#define FARE_TYPE_PRICING_NAMES (fare_pricing_names_get_type ())
G_DECLARE_FINAL_TYPE (FarePricingNames, fare_pricing_names, FARE, PRICING_NAMES, AdwPreferencesGroup)

/**
 * fare_pricing_names_set:
 * @book: who has which name already
 * @entry: (nullable): the model, of @book; %NULL for a new one
 *
 * Called once.  Emits FarePricingNames::changed when a name was added or taken away.
 */
void   fare_pricing_names_set   (FarePricingNames     *self,
                                 FarePriceBook        *book,
                                 const FarePriceEntry *entry);

/**
 * fare_pricing_names_dup:
 *
 * Returns: (transfer full): the names as they are now
 */
GStrv  fare_pricing_names_dup   (FarePricingNames     *self) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_pricing_names_focus:
 *
 * Takes the keyboard to the place where a name is added.
 */
void   fare_pricing_names_focus (FarePricingNames     *self);

G_END_DECLS
