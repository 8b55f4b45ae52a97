/* fare-price-kept.h
 *
 * A book with just the answers that another one gave, for a program that asks the same again and
 * must not read the price files for it.  What it was not told it does not know, and says so.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "pricing/fare-price-book.h"

G_BEGIN_DECLS

/* Changes with FareRates.  Cards, tiers and modes are laid out as their structures are. */
#define FARE_PRICE_KEPT_CARD    "(ddddddu)"
#define FARE_PRICE_KEPT_TIER    "(x" FARE_PRICE_KEPT_CARD ")"
#define FARE_PRICE_KEPT_WINDOW  "(iiyaibd" FARE_PRICE_KEPT_CARD ")"
#define FARE_PRICE_KEPT_SEGMENT "(x" FARE_PRICE_KEPT_CARD "a" FARE_PRICE_KEPT_TIER "a" FARE_PRICE_KEPT_WINDOW ")"
#define FARE_PRICE_KEPT_MODE    "(ud" FARE_PRICE_KEPT_CARD "x)"
#define FARE_PRICE_KEPT_RATES   "(ua" FARE_PRICE_KEPT_SEGMENT "a" FARE_PRICE_KEPT_MODE ")"

/* An answer: the question, modes, reason, and the rates with their status, where there are any. */
#define FARE_PRICE_KEPT_MATCH   "(suua(u" FARE_PRICE_KEPT_RATES "))"

/* Thresholds and answers. */
#define FARE_PRICE_KEPT_TYPE    "(axa" FARE_PRICE_KEPT_MATCH ")"

/**
 * fare_price_book_pack:
 *
 * Returns: (transfer floating): what @self has answered so far, of %FARE_PRICE_KEPT_TYPE
 */
GVariant      *fare_price_book_pack     (FarePriceBook *self) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_price_book_unpack:
 * @value: in normal form, of %FARE_PRICE_KEPT_TYPE
 *
 * Returns: (transfer full): a book that gives the same answers to the same questions; it has no
 *   entries to list.  fare_price_book_is_short() tells whether something else was asked
 */
FarePriceBook *fare_price_book_unpack   (GVariant      *value) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_price_book_is_short:
 *
 * Returns: whether @self was asked for what it was not told; then its answers are not to be shown
 */
gboolean       fare_price_book_is_short (FarePriceBook *self);

G_END_DECLS
