/* fare-pricing-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "pages/fare-pricing-page.h"

struct _FarePricingPage
{
  AdwBin parent_instance;
};

static void page_iface_init (FarePageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FarePricingPage, fare_pricing_page, ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (FARE_TYPE_PAGE, page_iface_init))

static void
fare_pricing_page_connect (FarePage              *page,
                        const FarePageContext *context)
{
}

static void
fare_pricing_page_set_active (FarePage *page,
                           gboolean  is_active)
{
}

static void
fare_pricing_page_set_width (FarePage  *page,
                          FareWidth  width)
{
}

static void
page_iface_init (FarePageInterface *iface)
{
  iface->features = FARE_PAGE_HAS_RANGE | FARE_PAGE_HAS_SEARCH;
  iface->connect = fare_pricing_page_connect;
  iface->set_active = fare_pricing_page_set_active;
  iface->set_width = fare_pricing_page_set_width;
}

static void
fare_pricing_page_class_init (FarePricingPageClass *klass)
{
}

static void
fare_pricing_page_init (FarePricingPage *self)
{
}

void
fare_pricing_page_show_unpriced (FarePricingPage *self)
{
  g_return_if_fail (FARE_IS_PRICING_PAGE (self));
}
