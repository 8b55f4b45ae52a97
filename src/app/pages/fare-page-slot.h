/* fare-page-slot.h
 *
 * The place of a page in the window.  The page itself is made when it is first wanted: a window
 * that shows the overview should not wait for a calendar that nobody opened.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "pages/fare-page.h"

G_BEGIN_DECLS

#define FARE_TYPE_PAGE_SLOT (fare_page_slot_get_type ())
G_DECLARE_FINAL_TYPE (FarePageSlot, fare_page_slot, FARE, PAGE_SLOT, AdwBin)

/**
 * fare_page_slot_get_page:
 *
 * Returns: (transfer none) (nullable): the page, or %NULL while nobody has wanted it
 */
FarePage *fare_page_slot_get_page    (FarePageSlot          *self);

/**
 * fare_page_slot_ensure_page:
 * @context: given to the page when it is made; the page takes its own references
 *
 * Returns: (transfer none): the page, which is an instance of the property “page-type”
 */
FarePage *fare_page_slot_ensure_page (FarePageSlot          *self,
                                      const FarePageContext *context);

G_END_DECLS
