/* fare-price-list.h
 *
 * The price book as something to look at: its entries, the faults of its files, and
 * one entry by its exact name.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "pricing/fare-price-book.h"
#include "pricing/fare-price-entry.h"

G_BEGIN_DECLS

/**
 * fare_price_book_get_n_entries:
 *
 * Returns: how many entries there are, hidden ones not counted
 */
guint                 fare_price_book_get_n_entries (FarePriceBook *self);

/**
 * fare_price_book_get_entry:
 * @index: less than fare_price_book_get_n_entries()
 *
 * Returns: (transfer none): an entry; they are in the order of their ids
 */
const FarePriceEntry *fare_price_book_get_entry     (FarePriceBook *self,
                                                     guint          index);

/**
 * fare_price_book_find_entry:
 * @name: an id or alias, in any spelling; nothing is cut off
 *
 * Returns: (transfer none) (nullable): the entry of exactly that name
 */
const FarePriceEntry *fare_price_book_find_entry    (FarePriceBook *self,
                                                     const char    *name);

/**
 * fare_price_book_pick_modes:
 * @match: a match with an entry
 * @modes: modes the log states; those of the name come on top
 * @prompt_size: tokens of the prompt
 *
 * Returns: the modes that shape the price of such a request
 */
FareModes             fare_price_book_pick_modes    (FarePriceBook        *self,
                                                     const FarePriceMatch *match,
                                                     FareModes             modes,
                                                     gint64                prompt_size);

/**
 * fare_price_book_get_vendor:
 * @name: a provider as users and logs spell it
 *
 * Returns: (transfer none) (nullable): the vendor's id; %NULL when @name is no vendor
 */
const char           *fare_price_book_get_vendor    (FarePriceBook *self,
                                                     const char    *name);

/**
 * fare_price_book_get_problems:
 *
 * Returns: (transfer none): everything wrong with the price files, as translated sentences, %NULL
 *   at the end
 */
const char * const   *fare_price_book_get_problems  (FarePriceBook *self);

G_END_DECLS
