/* fare-money.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-money.h"

#include "base/fare-currency.h"
#include "fare-print.h"

void
fare_money_begin (FareView      *view,
                  FareDay        last,
                  const FareNow *now)
{
  g_autoptr(FareSettings) settings = fare_settings_load (fare_meter_get_paths (view->meter));
  g_autoptr(FareCurrency) currency = fare_currency_new (settings);
  FareDay today = fare_day_of (now->zone, now->now_ms);
  g_autofree char *note = NULL;
  gint64 first_ms, last_ms;

  last = MIN (last, today);
  fare_currency_use (currency, last);
  note = fare_currency_to_note (currency, last, today);
  if (note == NULL || !fare_index_reader_get_span (view->reader, &first_ms, &last_ms))
    return;

  fare_print_styled (FARE_STYLE_DIM, note);
  fare_print ("\n");
}
