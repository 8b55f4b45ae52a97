/* fare-pricing-json.h
 *
 * The user's price file as text, and the built-in table to read beside it.  What was typed stays
 * until it is saved or thrown away on purpose, wherever the user goes meanwhile.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "fare-meter.h"
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
void        fare_pricing_json_set_meter   (FarePricingJson *self,
                                           FareMeter       *meter);
void        fare_pricing_json_set_width   (FarePricingJson *self,
                                           FareWidth        width);

/**
 * fare_pricing_json_refresh:
 *
 * Reads the files again unless there is something unsaved.
 */
void        fare_pricing_json_refresh     (FarePricingJson *self);

/**
 * fare_pricing_json_is_unsaved:
 *
 * Returns: whether there is something that would be lost.  The property "unsaved" says the same.
 */
gboolean    fare_pricing_json_is_unsaved  (FarePricingJson *self);

/**
 * fare_pricing_json_can_save:
 *
 * Returns: whether the text is a price file, as far as it was looked over
 */
gboolean    fare_pricing_json_can_save    (FarePricingJson *self);

/**
 * fare_pricing_json_dup_text:
 *
 * Returns: (transfer full): what is to be written
 */
GBytes     *fare_pricing_json_dup_text    (FarePricingJson *self) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_pricing_json_get_base:
 *
 * Returns: (transfer none) (nullable): what the file held when it was read; %NULL for no file
 */
GBytes     *fare_pricing_json_get_base    (FarePricingJson *self);

/**
 * fare_pricing_json_set_saved:
 * @contents: what was written
 */
void        fare_pricing_json_set_saved   (FarePricingJson *self,
                                           GBytes          *contents);

/**
 * fare_pricing_json_discard:
 *
 * Throws away what is unsaved.
 */
void        fare_pricing_json_discard     (FarePricingJson *self);

/* The sentence about the text, and the line it names or 0; for tests. */
const char *fare_pricing_json_get_status  (FarePricingJson *self);

G_END_DECLS
