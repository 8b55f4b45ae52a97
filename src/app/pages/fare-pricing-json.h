/* fare-pricing-json.h
 *
 * The user's price file as text, and the built-in table to read beside it.  What was typed stays
 * until it is saved or thrown away on purpose, wherever the user goes meanwhile.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "models/fare-pricing-draft.h"
#include "widgets/fare-width-bin.h"

G_BEGIN_DECLS

#define FARE_TYPE_PRICING_JSON (fare_pricing_json_get_type ())
G_DECLARE_FINAL_TYPE (FarePricingJson, fare_pricing_json, FARE, PRICING_JSON, AdwBin)

/**
 * fare_pricing_json_set_meter:
 *
 * Says where the files are.  Called once.  Emits FarePricingJson::save when the text is to be
 * written and FarePricingJson::back when the user wants to leave.
 */
void              fare_pricing_json_set_meter (FarePricingJson *self,
                                               FareMeter       *meter);
void              fare_pricing_json_set_width (FarePricingJson *self,
                                               FareWidth        width);

/**
 * fare_pricing_json_get_draft:
 *
 * Returns: (transfer none) (nullable): the text; %NULL before the meter is known
 */
FarePricingDraft *fare_pricing_json_get_draft (FarePricingJson *self);

/* The sentence about the text. */
const char       *fare_pricing_json_get_status (FarePricingJson *self);

G_END_DECLS
