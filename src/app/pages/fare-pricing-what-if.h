/* fare-pricing-what-if.h
 *
 * What the same tokens would cost at another model's prices.  Nothing of it is stored.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "pages/fare-page.h"

G_BEGIN_DECLS

#define FARE_TYPE_PRICING_WHAT_IF (fare_pricing_what_if_get_type ())
G_DECLARE_FINAL_TYPE (FarePricingWhatIf, fare_pricing_what_if, FARE, PRICING_WHAT_IF, AdwBin)

/**
 * fare_pricing_what_if_connect:
 *
 * Called once.  Emits FarePricingWhatIf::choose when the user wants another model.
 */
void        fare_pricing_what_if_connect    (FarePricingWhatIf     *self,
                                             const FarePageContext *context);
void        fare_pricing_what_if_set_active (FarePricingWhatIf     *self,
                                             gboolean               is_active);
void        fare_pricing_what_if_set_width  (FarePricingWhatIf     *self,
                                             FareWidth              width);

/**
 * fare_pricing_what_if_set_model:
 * @id: (nullable): the other model; %NULL for none
 * @name: (nullable): what people call it
 */
void        fare_pricing_what_if_set_model  (FarePricingWhatIf     *self,
                                             const char            *id,
                                             const char            *name);

G_END_DECLS
