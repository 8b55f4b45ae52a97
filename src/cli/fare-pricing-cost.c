/* fare-pricing-cost.c
 *
 * tokenfare pricing cost: the price of one request.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "base/fare-conventions.h"
#include "fare-json-writer.h"
#include "fare-pricing-actions.h"
#include "fare-print.h"
#include "pricing/fare-price-list.h"

static void
write_cost (const FarePricingRequest *request,
            const FarePriceMatch     *match,
            FareModes                 modes,
            const FarePrice          *price)
{
  g_autoptr(FareJsonWriter) writer = fare_json_writer_new (FALSE);
  gboolean is_priced = price->reason == FARE_UNPRICED_NOT;

  fare_json_writer_begin_object (writer, NULL);
  fare_json_writer_add_string (writer, "model", request->word);
  fare_json_writer_add_string (writer, "entry",
                               match->entry != NULL ? fare_price_entry_get_id (match->entry)
                                                    : NULL);
  fare_json_writer_add_boolean (writer, "priced", is_priced);
  fare_json_writer_add_string (writer, "reason", fare_unpriced_to_id (price->reason));

  fare_json_writer_begin_array (writer, "modes");
  for (int i = 0; i < FARE_RATES_N_MODES; i++)
    if (modes & (1u << i))
      fare_json_writer_add_string (writer, NULL, fare_modes_to_name (1u << i));
  fare_json_writer_end_array (writer);

  if (is_priced)
    fare_json_writer_add_double (writer, "usd", price->usd);
  else
    fare_json_writer_add_null (writer, "usd");
  fare_json_writer_end_object (writer);
}

/* With as many decimals as the amount has, up to a ten-billionth of a dollar. */
static char *
format_exact (double usd)
{
  FareConventions conventions;
  guint decimals = 2;

  while (decimals < 10 && fabs (remainder (usd * pow (10, decimals), 1.0)) > 1e-4)
    decimals++;

  fare_conventions_init (&conventions);
  return fare_conventions_format_money (&conventions, usd, decimals);
}

static void
print_cost (const FarePricingRequest *request,
            const FarePriceMatch     *match,
            FareModes                 modes,
            const FarePrice          *price)
{
  g_autofree char *amount = NULL;

  if (price->reason != FARE_UNPRICED_NOT)
    {
      fare_print_styled (FARE_STYLE_WARNING, C_("money", "no price"));
      fare_print ("  %s\n", fare_unpriced_to_sentence (price->reason));
      return;
    }

  amount = format_exact (price->usd);
  fare_print ("%s", price->is_estimate ? "≈" : "");
  fare_print_styled (FARE_STYLE_BOLD, amount);
  fare_print ("  %s", fare_price_entry_get_id (match->entry));
  for (int i = 0; i < FARE_RATES_N_MODES; i++)
    if (modes & (1u << i))
      fare_print (", %s", fare_modes_to_name (1u << i));
  fare_print ("\n");
}

FareExit
fare_pricing_cost (const FarePricingRequest *request)
{
  FareExit status;
  g_autoptr(FarePriceBook) book = fare_pricing_load_book (request, &status);
  gint64 prompt_size = fare_usage_prompt (&request->usage);
  FarePriceMatch match;
  FareModes modes;
  FarePrice price;

  if (book == NULL)
    return status;

  match = fare_price_book_match (book, request->provider, request->word);
  modes = fare_price_book_pick_modes (book, &match, request->modes, prompt_size);
  price = fare_price_book_cost (book, &match, request->modes, prompt_size, request->at_ms,
                                &request->usage);

  if (request->json)
    write_cost (request, &match, modes, &price);
  else
    print_cost (request, &match, modes, &price);
  return FARE_EXIT_DONE;
}
