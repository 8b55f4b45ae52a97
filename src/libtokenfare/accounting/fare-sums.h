/* fare-sums.h
 *
 * What sums look like to people.  A cost never stands without what is missing from it,
 * and no page, tray or command words that differently.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "accounting/fare-summary.h"

G_BEGIN_DECLS

/**
 * fare_sums_has_cost:
 *
 * Returns: %FALSE when there is use and none of it has a price; no use at all costs nothing
 */
gboolean fare_sums_has_cost         (const FareSums *self);

/**
 * fare_sums_cost_to_text:
 *
 * Returns: (transfer full): "$64.91"; "≈$64.91" when a part is a market or estimated price; a
 *   translated "no price" when there is use and none of it has a price; "$0.00" without use
 */
char    *fare_sums_cost_to_text     (const FareSums *self) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_sums_unpriced_to_text:
 *
 * Returns: (transfer full) (nullable): "3.1M tokens without price", translated; %NULL when
 *   everything has one
 */
char    *fare_sums_unpriced_to_text (const FareSums *self) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_sums_total_to_text:
 *
 * Returns: (transfer full): the cost with what is missing from it: "$12.34 + 1.2M tokens without
 *   price"; either part alone when the other is nothing
 */
char    *fare_sums_total_to_text    (const FareSums *self) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_sums_get_share:
 * @total: sums that contain @self
 *
 * The part that @self is of @total: of the cost, or of the tokens when @total costs nothing.
 *
 * Returns: 0 to 1, or -1 when @total is nothing at all
 */
double   fare_sums_get_share        (const FareSums *self,
                                     const FareSums *total);

G_END_DECLS
