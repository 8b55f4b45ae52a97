/* fare-pricing-text.h
 *
 * Rates and their origin as people read and write them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "models/fare-pricing-line.h"

G_BEGIN_DECLS

/* The columns of the table. */
typedef enum
{
  FARE_PRICING_COLUMN_MODEL,
  FARE_PRICING_COLUMN_PROVIDER,
  FARE_PRICING_COLUMN_INPUT,
  FARE_PRICING_COLUMN_OUTPUT,
  FARE_PRICING_COLUMN_CACHE_READ,
  FARE_PRICING_COLUMN_CACHE_WRITE_5M,
  FARE_PRICING_COLUMN_CACHE_WRITE_1H,
  FARE_PRICING_COLUMN_TOKENS,
  FARE_PRICING_COLUMN_COST,
  FARE_PRICING_COLUMN_SOURCE,
  FARE_PRICING_N_COLUMNS
} FarePricingColumn;

/**
 * fare_pricing_text_rate:
 * @usd: USD per million tokens
 *
 * Returns: (transfer full): "5.00", "0.0375" as far as it goes, with the decimal mark of the locale;
 *   a translated "Free" for 0
 */
char       *fare_pricing_text_rate       (double                 usd) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_pricing_text_entry:
 *
 * Returns: (transfer full): the same to be edited: "5", "0.0375", "0"
 */
char       *fare_pricing_text_entry      (double                 usd) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_pricing_text_parse:
 * @text: as typed, with the decimal mark of the locale or a dot
 * @usd: (out): USD per million tokens
 *
 * Returns: (transfer none) (nullable): why @text is no rate, as a translated sentence; %NULL when
 *   it is one
 */
const char *fare_pricing_text_parse      (const char            *text,
                                          double                *usd);

/**
 * fare_pricing_text_cell:
 * @hide: whether amounts are hidden; list prices are no secret
 *
 * Returns: (transfer full): what stands in one cell of the table
 */
char       *fare_pricing_text_cell       (const FarePricingLine *line,
                                          FarePricingColumn      column,
                                          gboolean               hide) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_pricing_text_detail:
 *
 * Returns: (transfer full) (nullable): the second line of a cell: why a price is missing, what the
 *   built-in price is
 */
char       *fare_pricing_text_detail     (const FarePricingLine *line,
                                          FarePricingColumn      column) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_pricing_text_tooltip:
 *
 * Returns: (transfer full) (nullable): what a cell says when asked more closely
 */
char       *fare_pricing_text_tooltip    (const FarePricingLine *line,
                                          FarePricingColumn      column,
                                          gboolean               hide) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_pricing_text_rates:
 *
 * Returns: (transfer full): the rates in one line: "In 5.00, out 25.00"
 */
char       *fare_pricing_text_rates      (const FarePricingLine *line) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_pricing_text_column:
 *
 * Returns: the column's title, translated, static
 */
const char *fare_pricing_text_column     (FarePricingColumn      column);

G_END_DECLS
