/* fare-pricing-picker.h
 *
 * The dialog in which a model of the price table is chosen.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "models/fare-pricing-line.h"

G_BEGIN_DECLS

#define FARE_TYPE_PRICING_PICKER (fare_pricing_picker_get_type ())
G_DECLARE_FINAL_TYPE (FarePricingPicker, fare_pricing_picker, FARE, PRICING_PICKER, AdwWindow)

/**
 * fare_pricing_picker_new:
 * @title: what is chosen
 * @lines: of FarePricingLine; only those with an entry and a price are offered
 *
 * Returns: (transfer none): a dialog, to be presented.  Emits FarePricingPicker::picked with the id
 *   and the name of the model, and then closes.
 */
FarePricingPicker *fare_pricing_picker_new (GtkWindow  *parent,
                                            const char *title,
                                            GPtrArray  *lines);

G_END_DECLS
