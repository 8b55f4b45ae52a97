/* fare-currency.h
 *
 * The currency in which people read amounts, and its rates, both the user's: nobody is
 * asked for them.  Everything is computed in US dollars, and machine output stays so.
 *
 * A rate holds from its day until the next one's.  An answer is converted as a whole at
 * one rate, that of the last day it covers, so that its rows add up to its total and its
 * shares stay what they are; a note names the rate.  For days before the first rate
 * nothing is guessed: amounts stay in US dollars, and the note says so.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "base/fare-range.h"
#include "base/fare-settings.h"

G_BEGIN_DECLS

typedef struct _FareCurrency FareCurrency;

/* How an amount of US dollars is written. */
typedef struct
{
  char   symbol[16]; /* "€", or the code where there is no sign of its own */
  guint  decimals;
  double rate;       /* units per US dollar */
} FareMoneyUnit;

/**
 * fare_currency_new:
 *
 * Returns: (transfer full): the currency set by the user; US dollars where that is no currency
 */
FareCurrency *fare_currency_new           (FareSettings  *settings) G_GNUC_WARN_UNUSED_RESULT;
void          fare_currency_free          (FareCurrency  *self);

/**
 * fare_currency_get_code:
 *
 * Returns: its ISO 4217 code, "USD" where none is set
 */
const char   *fare_currency_get_code      (FareCurrency  *self);

/**
 * fare_currency_find_rate:
 * @rate: (out): units of the currency per US dollar
 * @since: (out): the day from which it holds; %FARE_DAY_MIN for US dollars
 *
 * Finds the latest rate that is not later than @day.
 *
 * Returns: %FALSE when there is none
 */
gboolean      fare_currency_find_rate     (FareCurrency  *self,
                                           FareDay        day,
                                           double        *rate,
                                           FareDay       *since);

/**
 * fare_currency_use:
 * @self: (nullable): %NULL for US dollars
 * @day: the last day of what is shown
 *
 * Makes fare_text_money(), and so every amount that the calling thread writes for people, speak in
 * this currency from now on.  Other threads are not touched.
 */
void          fare_currency_use           (FareCurrency  *self,
                                           FareDay        day);

/**
 * fare_currency_get_unit:
 *
 * Returns: what the calling thread writes amounts in, valid until its next fare_currency_use()
 */
const FareMoneyUnit *fare_currency_get_unit (void);

/**
 * fare_currency_to_note:
 * @day: the last day of what is shown
 * @today: the day it is
 *
 * Returns: (transfer full) (nullable): one translated sentence about the rate that was used, or that
 *   there is none; %NULL for US dollars
 */
char         *fare_currency_to_note       (FareCurrency  *self,
                                           FareDay        day,
                                           FareDay        today) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareCurrency, fare_currency_free)

G_END_DECLS
