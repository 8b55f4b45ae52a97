/* fare-http-flat-prices.h
 *
 * The prices in force as one flat table, a rate of each kind per model, as Tokdash keeps
 * them; and such a table turned back into edits.  Only what differs from the table in force
 * becomes an edit, so that prices with dates and tiers, which such a table cannot tell, stay
 * as they are.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "base/fare-paths.h"
#include "pricing/fare-price-edit.h"

G_BEGIN_DECLS

/**
 * fare_http_flat_prices_open:
 * @shipped: (out) (transfer full): the shipped file's root
 *
 * Returns: (transfer full): an edit of the prices in force
 */
FarePriceEdit *fare_http_flat_prices_open   (FarePaths       *paths,
                                             JsonNode       **shipped,
                                             GError         **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_http_flat_prices_new:
 * @shipped: root of the shipped file
 * @now_ms: UTC milliseconds: the moment whose rates are told
 *
 * Models without a price are left out.
 *
 * Returns: (transfer full): the table
 */
JsonObject    *fare_http_flat_prices_new    (FarePriceEdit   *edit,
                                             JsonNode        *shipped,
                                             gint64           now_ms) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_http_flat_prices_apply:
 * @old: the table in force
 * @table: the table wanted
 *
 * Changes @edit, which is not saved, so that @table is in force.
 *
 * Returns: %FALSE with %FARE_HTTP_BAD_REQUEST, or a #FarePriceError, when something in @table can
 *   be no price
 */
gboolean       fare_http_flat_prices_apply  (FarePriceEdit   *edit,
                                             JsonObject      *old,
                                             JsonObject      *table,
                                             gint64           now_ms,
                                             GError         **error);

G_END_DECLS
