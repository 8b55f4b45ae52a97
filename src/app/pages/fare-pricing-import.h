/* fare-pricing-import.h
 *
 * The dialog that shows what an import would change before it does.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "models/fare-pricing-preview.h"

G_BEGIN_DECLS

#define FARE_TYPE_PRICING_IMPORT (fare_pricing_import_get_type ())
G_DECLARE_FINAL_TYPE (FarePricingImport, fare_pricing_import, FARE, PRICING_IMPORT, AdwWindow)

/**
 * fare_pricing_import_new:
 * @preview: (transfer full): what would change
 *
 * Returns: (transfer none): a dialog, to be presented.  Emits FarePricingImport::import when the
 *   user agrees, and then closes.
 */
FarePricingImport        *fare_pricing_import_new         (GtkWindow          *parent,
                                                           FarePricingPreview *preview);
const FarePricingPreview *fare_pricing_import_get_preview (FarePricingImport  *self);

G_END_DECLS
