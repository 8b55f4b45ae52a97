/* fare-rates-group.h
 *
 * Exchange rates, each with the day from which it holds.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "models/fare-preferences.h"

G_BEGIN_DECLS

#define FARE_TYPE_RATES_GROUP (fare_rates_group_get_type ())
G_DECLARE_FINAL_TYPE (FareRatesGroup, fare_rates_group, FARE, RATES_GROUP, AdwPreferencesGroup)

/**
 * fare_rates_group_connect:
 *
 * Gives the group what it changes, the key currency-rates.  Called once.
 */
void     fare_rates_group_connect (FareRatesGroup  *self,
                                   FarePreferences *preferences);

/**
 * fare_rates_group_add:
 * @day: "YYYY-MM-DD"
 * @rate: units of the currency per US dollar, more than 0
 *
 * A day has one rate; a new one takes its place.
 *
 * Returns: %FALSE when @day or @rate is none, and nothing changes
 */
gboolean fare_rates_group_add     (FareRatesGroup  *self,
                                   const char      *day,
                                   double           rate);

/**
 * fare_rates_group_remove:
 *
 * Forgets the rate that begins on @day.
 */
void     fare_rates_group_remove  (FareRatesGroup  *self,
                                   const char      *day);

G_END_DECLS
