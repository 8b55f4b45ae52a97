/* fare-pricing-page.h
 *
 * The pricing page.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "models/fare-live-query.h"
#include "models/fare-pricing-list.h"
#include "pages/fare-page.h"

G_BEGIN_DECLS

#define FARE_TYPE_PRICING_PAGE (fare_pricing_page_get_type ())
G_DECLARE_FINAL_TYPE (FarePricingPage, fare_pricing_page, FARE, PRICING_PAGE, AdwBin)

/**
 * fare_pricing_page_show_unpriced:
 *
 * Scrolls to the models in use that have no price, and takes the keyboard there.
 */
void             fare_pricing_page_show_unpriced (FarePricingPage *self);

/* What the page asks, and the lines it shows. */
FareLiveQuery   *fare_pricing_page_get_query     (FarePricingPage *self);
FarePricingList *fare_pricing_page_get_list      (FarePricingPage *self);

G_END_DECLS
