/* fare-pricing-line.c
 *
 * One line of the price table.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <string.h>

#include "models/fare-pricing-line.h"

FarePricingLine *
fare_pricing_line_new (void)
{
  return g_atomic_rc_box_new0 (FarePricingLine);
}

FarePricingLine *
fare_pricing_line_ref (FarePricingLine *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  FarePricingLine *self = data;

  g_free (self->key);
  g_free (self->id);
  g_free (self->name);
  g_free (self->provider);
  g_free (self->aliases);
  g_free (self->logged_provider);
  g_free (self->logged_name);
  g_free (self->used_name);
  g_free (self->seller);
  g_free (self->target);
  g_free (self->note);
}

void
fare_pricing_line_unref (FarePricingLine *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

static gboolean
has_same_texts (const FarePricingLine *a,
                const FarePricingLine *b)
{
  return g_strcmp0 (a->key, b->key) == 0 && g_strcmp0 (a->id, b->id) == 0 &&
         g_strcmp0 (a->name, b->name) == 0 && g_strcmp0 (a->provider, b->provider) == 0 &&
         g_strcmp0 (a->aliases, b->aliases) == 0 && g_strcmp0 (a->note, b->note) == 0 &&
         g_strcmp0 (a->logged_provider, b->logged_provider) == 0 &&
         g_strcmp0 (a->logged_name, b->logged_name) == 0 &&
         g_strcmp0 (a->used_name, b->used_name) == 0 && g_strcmp0 (a->seller, b->seller) == 0 &&
         g_strcmp0 (a->target, b->target) == 0;
}

static gboolean
has_same_rates (const FarePricingLine *a,
                const FarePricingLine *b)
{
  return a->has_rates == b->has_rates && a->has_shipped == b->has_shipped &&
         memcmp (a->rates, b->rates, sizeof a->rates) == 0 &&
         memcmp (a->shipped, b->shipped, sizeof a->shipped) == 0;
}

static gboolean
has_same_sums (const FareSums *a,
               const FareSums *b)
{
  return memcmp (&a->usage, &b->usage, sizeof a->usage) == 0 && a->messages == b->messages &&
         a->sessions == b->sessions && a->cost == b->cost &&
         a->unpriced_tokens == b->unpriced_tokens && a->has_price == b->has_price &&
         a->is_estimate == b->is_estimate;
}

gboolean
fare_pricing_line_equal (const FarePricingLine *a,
                         const FarePricingLine *b)
{
  return a->source == b->source && a->is_changed == b->is_changed &&
         a->is_estimate == b->is_estimate && a->reason == b->reason &&
         a->can_price == b->can_price && a->is_used == b->is_used &&
         has_same_texts (a, b) && has_same_rates (a, b) && has_same_sums (&a->sums, &b->sums);
}

gboolean
fare_pricing_line_read_rates (const FarePriceEntry *entry,
                              gint64                time_ms,
                              double               *rates)
{
  const FareRateSegment *segment =
    fare_rates_find_segment (fare_price_entry_get_rates (entry), time_ms);

  if (segment == NULL)
    return FALSE;

  rates[FARE_PRICING_RATE_INPUT] = segment->card.input;
  rates[FARE_PRICING_RATE_OUTPUT] = segment->card.output;
  rates[FARE_PRICING_RATE_CACHE_READ] = segment->card.cache_read;
  rates[FARE_PRICING_RATE_CACHE_WRITE_5M] = segment->card.cache_write_5m;
  rates[FARE_PRICING_RATE_CACHE_WRITE_1H] = segment->card.cache_write_1h;

  return TRUE;
}
