/* fare-unpriced-row.h
 *
 * Says how many tokens of the range have no price, and opens to the models they belong
 * to, each with the reason.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "models/fare-overview-data.h"

G_BEGIN_DECLS

#define FARE_TYPE_UNPRICED_ROW (fare_unpriced_row_get_type ())
G_DECLARE_FINAL_TYPE (FareUnpricedRow, fare_unpriced_row, FARE, UNPRICED_ROW, AdwExpanderRow)

/**
 * fare_unpriced_row_show:
 * @models: (element-type FareShare): all models of the range
 * @n_tokens: tokens without price in the whole range
 */
void fare_unpriced_row_show (FareUnpricedRow *self,
                             GPtrArray       *models,
                             gint64           n_tokens);

G_END_DECLS
