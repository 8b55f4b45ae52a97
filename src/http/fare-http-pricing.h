/* fare-http-pricing.h
 *
 * /api/pricing-db: the price table to read and to replace.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "fare-http-question.h"

G_BEGIN_DECLS

JsonNode *fare_http_pricing_answer (FareHttpQuestion  *question,
                                    GError           **error);

/* Saves the table of the body, and answers like the other. */
JsonNode *fare_http_pricing_write  (FareHttpQuestion  *question,
                                    GError           **error);

G_END_DECLS
