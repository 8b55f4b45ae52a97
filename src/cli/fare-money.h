/* fare-money.h
 *
 * Amounts in the currency the user has chosen.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "base/fare-range.h"
#include "fare-view.h"

G_BEGIN_DECLS

/**
 * fare_money_begin:
 * @last: the last day of what is shown; one after today means today
 *
 * To be called before text for people is put together, not for machine output.  Has amounts
 * written in the user's currency from here on and, where that is not the US dollar and there is
 * any use, prints the line that names the rate.
 */
void fare_money_begin (FareView      *view,
                       FareDay        last,
                       const FareNow *now);

G_END_DECLS
