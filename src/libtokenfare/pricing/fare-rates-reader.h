/* fare-rates-reader.h
 *
 * Turns one entry of a price file into FareRates, or says which rule it breaks.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "pricing/fare-rates.h"

G_BEGIN_DECLS

/* The largest rate a price file may state, in USD per million tokens: far above any price and
 * small enough that no sum leaves the range of a double. */
#define FARE_RATES_LIMIT 1e9

/**
 * fare_rates_read:
 * @self: initialised and empty
 * @entry: an element of "models": "prices", "modes" and "mode_limits" are read
 *
 * Returns: %FALSE with %FARE_PRICE_ERROR_VALUE when a rule is broken; @self is then to be cleared
 */
gboolean fare_rates_read (FareRates   *self,
                          JsonObject  *entry,
                          GError     **error);

G_END_DECLS
