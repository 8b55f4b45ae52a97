/* fare-price-answers.c
 *
 * What a book answers, apart from how it came to be: a status line links this much of the room.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pricing/fare-price-book-private.h"

#include <string.h>

#include "pricing/fare-price-entry.h"

/* Logs name a handful of models.  A log that names thousands, or a megabyte for a name, must not
 * fill the memory. */
#define MEMORY_LIMIT 4096
#define NAME_LIMIT 1024 /* bytes */

FarePriceBook *
fare_price_book_new (void)
{
  FarePriceBook *self = g_new0 (FarePriceBook, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->mutex);
  self->own_keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->hidden = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->thresholds = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->own_problems = g_ptr_array_new_with_free_func (g_free);
  self->matches = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

FarePriceBook *
fare_price_book_ref (FarePriceBook *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
fare_price_book_unref (FarePriceBook *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_clear_pointer (&self->problems, g_ptr_array_unref);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_hash_table_unref (self->matches);
  g_mutex_clear (&self->mutex);
  g_ptr_array_unref (self->own_problems);
  g_array_unref (self->thresholds);
  g_hash_table_unref (self->hidden);
  g_hash_table_unref (self->own_keys);
  g_clear_pointer (&self->own, g_ptr_array_unref);
  if (self->free_shipped != NULL)
    self->free_shipped (self->shipped);
  g_free (self);
}

FarePriceMatch
fare_price_book_match (FarePriceBook *self,
                       const char    *provider,
                       const char    *name)
{
  g_autofree char *key = NULL;
  const FarePriceMatch *known = NULL;
  FarePriceMatch match;

  g_return_val_if_fail (self != NULL, (FarePriceMatch) { .reason = FARE_UNPRICED_NO_ENTRY });

  if (provider == NULL)
    provider = "";
  if (name == NULL)
    name = "";
  if (strlen (provider) > NAME_LIMIT || strlen (name) > NAME_LIMIT)
    return self->find (self, provider, name);

  /* Any character may be in either, so the length says where the first one ends. */
  key = g_strdup_printf ("%u:%s:%s", (guint) strlen (provider), provider, name);

  g_mutex_lock (&self->mutex);
  known = g_hash_table_lookup (self->matches, key);
  if (known != NULL)
    match = *known;
  g_mutex_unlock (&self->mutex);
  if (known != NULL)
    return match;

  match = self->find (self, provider, name);

  g_mutex_lock (&self->mutex);
  if (g_hash_table_size (self->matches) >= MEMORY_LIMIT)
    g_hash_table_remove_all (self->matches);
  g_hash_table_replace (self->matches, g_steal_pointer (&key),
                        g_memdup2 (&match, sizeof match));
  g_mutex_unlock (&self->mutex);

  return match;
}

void
fare_price_book_find_rates (FarePriceBook        *self,
                            const FarePriceMatch *match,
                            FareModes             modes,
                            gint64                prompt_size,
                            gint64                time_ms,
                            FarePriceRates       *rates)
{
  *rates = (FarePriceRates) { .reason = match->reason };
  if (match->reason != FARE_UNPRICED_NOT)
    return;

  if (!fare_rates_find (fare_price_entry_get_rates (match->entry), modes | match->modes,
                        prompt_size, time_ms, &rates->at, &rates->is_estimate))
    *rates = (FarePriceRates) { .reason = FARE_UNPRICED_BEFORE_FIRST_PRICE };
  else if (fare_price_entry_is_estimate (match->entry))
    rates->is_estimate = TRUE;
}

FarePrice
fare_price_rates_cost (const FarePriceRates *rates,
                       const FareUsage      *usage)
{
  FarePrice price = { .reason = rates->reason, .is_estimate = rates->is_estimate };

  if (rates->reason == FARE_UNPRICED_NOT)
    price.usd = fare_rates_apply (&rates->at, usage);
  return price;
}

FarePrice
fare_price_book_cost (FarePriceBook        *self,
                      const FarePriceMatch *match,
                      FareModes             modes,
                      gint64                prompt_size,
                      gint64                time_ms,
                      const FareUsage      *usage)
{
  FarePriceRates rates;

  fare_price_book_find_rates (self, match, modes, prompt_size, time_ms, &rates);
  return fare_price_rates_cost (&rates, usage);
}

gboolean
fare_price_book_is_steady (FarePriceBook        *self,
                           const FarePriceMatch *match,
                           gint64                from_ms,
                           gint64                to_ms)
{
  return match->reason != FARE_UNPRICED_NOT
         || fare_rates_is_steady (fare_price_entry_get_rates (match->entry), from_ms, to_ms);
}

const gint64 *
fare_price_book_get_thresholds (FarePriceBook *self,
                                guint         *n_thresholds)
{
  *n_thresholds = self->thresholds->len;
  return (const gint64 *) self->thresholds->data;
}
