/* fare-standing-data.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "models/fare-standing-data.h"

static const char * const budget_keys[FARE_N_BUDGETS] = { "budget-day", "budget-week",
                                                          "budget-month" };

GVariant *
fare_standing_data_make_subject (FarePreferences *preferences)
{
  GSettings *settings = fare_preferences_get_settings (preferences);
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("ad"));
  for (guint i = 0; i < FARE_N_BUDGETS; i++)
    g_variant_builder_add (&builder, "d", g_settings_get_double (settings, budget_keys[i]));

  return g_variant_builder_end (&builder);
}

gpointer
fare_standing_data_load (const FareQuestion  *question,
                         GCancellable        *cancellable,
                         GError             **error)
{
  g_autoptr(FareIndexReader) reader = fare_meter_read (question->meter, error);
  g_autoptr(FarePriceBook) prices = NULL;
  FareStandingWish wish = { .paths = fare_meter_get_paths (question->meter) };

  if (reader == NULL)
    return NULL;

  for (guint i = 0; i < FARE_N_BUDGETS && question->subject != NULL; i++)
    g_variant_get_child (question->subject, i, "d", &wish.budgets[i]);

  prices = fare_meter_ref_prices (question->meter);

  return fare_standing_new (reader, prices, &wish, &question->now, error);
}
