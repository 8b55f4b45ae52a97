/* fare-price-kept.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pricing/fare-price-kept.h"

#include "pricing/fare-price-book-private.h"
#include "pricing/fare-price-entry.h"

/* Packing. */

static GVariant *
pack_card (const FareRateCard *self)
{
  return g_variant_new (FARE_PRICE_KEPT_CARD, self->input, self->output, self->cache_read,
                        self->cache_write_5m, self->cache_write_1h, self->reasoning,
                        (guint32) self->stated);
}

static GVariant *
pack_window (const FareRateWindow *self)
{
  GVariant *except = g_variant_new_fixed_array (G_VARIANT_TYPE_INT32,
                                                self->except != NULL ? self->except->data : NULL,
                                                self->except != NULL ? self->except->len : 0,
                                                sizeof (gint32));

  return g_variant_new ("(iiy@aibd@" FARE_PRICE_KEPT_CARD ")", self->from_ms, self->to_ms, self->days,
                        except, self->has_card, self->multiplier, pack_card (&self->card));
}

static GVariant *
pack_segment (const FareRateSegment *self)
{
  GVariantBuilder tiers, windows;

  g_variant_builder_init (&tiers, G_VARIANT_TYPE ("a" FARE_PRICE_KEPT_TIER));
  for (guint i = 0; i < self->tiers->len; i++)
    {
      const FareRateTier *tier = &g_array_index (self->tiers, FareRateTier, i);

      g_variant_builder_add (&tiers, "(x@" FARE_PRICE_KEPT_CARD ")", tier->above, pack_card (&tier->card));
    }
  g_variant_builder_init (&windows, G_VARIANT_TYPE ("a" FARE_PRICE_KEPT_WINDOW));
  for (guint i = 0; i < self->windows->len; i++)
    g_variant_builder_add_value (&windows, pack_window (&g_array_index (self->windows, FareRateWindow, i)));

  return g_variant_new ("(x@" FARE_PRICE_KEPT_CARD "a" FARE_PRICE_KEPT_TIER "a" FARE_PRICE_KEPT_WINDOW ")",
                        self->from_ms, pack_card (&self->card), &tiers, &windows);
}

static GVariant *
pack_rates (const FareRates *self)
{
  GVariantBuilder segments, modes;

  g_variant_builder_init (&segments, G_VARIANT_TYPE ("a" FARE_PRICE_KEPT_SEGMENT));
  for (guint i = 0; i < self->segments->len; i++)
    g_variant_builder_add_value (&segments,
                                 pack_segment (&g_array_index (self->segments, FareRateSegment, i)));
  g_variant_builder_init (&modes, G_VARIANT_TYPE ("a" FARE_PRICE_KEPT_MODE));
  for (guint i = 0; i < FARE_RATES_N_MODES; i++)
    g_variant_builder_add (&modes, "(bd@" FARE_PRICE_KEPT_CARD "x)", self->mode[i].has_card,
                           self->mode[i].multiplier, pack_card (&self->mode[i].card),
                           self->mode[i].max_prompt);

  return g_variant_new ("(ua" FARE_PRICE_KEPT_SEGMENT "a" FARE_PRICE_KEPT_MODE ")", (guint32) self->modes,
                        &segments, &modes);
}

static GVariant *
pack_match (const char           *question,
            const FarePriceMatch *match)
{
  GVariantBuilder rates;

  g_variant_builder_init (&rates, G_VARIANT_TYPE ("a(u" FARE_PRICE_KEPT_RATES ")"));
  if (match->entry != NULL)
    g_variant_builder_add (&rates, "(u@" FARE_PRICE_KEPT_RATES ")",
                           (guint32) fare_price_entry_get_status (match->entry),
                           pack_rates (fare_price_entry_get_rates (match->entry)));

  return g_variant_new ("(suua(u" FARE_PRICE_KEPT_RATES "))", question, (guint32) match->modes,
                        (guint32) match->reason, &rates);
}

GVariant *
fare_price_book_pack (FarePriceBook *self)
{
  GVariant *thresholds = g_variant_new_fixed_array (G_VARIANT_TYPE_INT64, self->thresholds->data,
                                                    self->thresholds->len, sizeof (gint64));
  GVariantBuilder matches;
  GHashTableIter iter;
  gpointer question, match;

  g_variant_builder_init (&matches, G_VARIANT_TYPE ("a" FARE_PRICE_KEPT_MATCH));
  g_mutex_lock (&self->mutex);
  g_hash_table_iter_init (&iter, self->matches);
  while (g_hash_table_iter_next (&iter, &question, &match))
    if (g_utf8_validate (question, -1, NULL))
      g_variant_builder_add_value (&matches, pack_match (question, match));
  g_mutex_unlock (&self->mutex);

  return g_variant_new ("(@axa" FARE_PRICE_KEPT_MATCH ")", thresholds, &matches);
}

/* Unpacking. */

static void
unpack_card (GVariant     *value,
             FareRateCard *self)
{
  guint32 stated;

  g_variant_get (value, FARE_PRICE_KEPT_CARD, &self->input, &self->output, &self->cache_read,
                 &self->cache_write_5m, &self->cache_write_1h, &self->reasoning, &stated);
  self->stated = stated;
}

static void
unpack_tiers (GVariant        *values,
              FareRateSegment *segment)
{
  gsize n = g_variant_n_children (values);

  segment->tiers = g_array_sized_new (FALSE, FALSE, sizeof (FareRateTier), (guint) n);
  for (gsize i = 0; i < n; i++)
    {
      g_autoptr(GVariant) card = NULL;
      FareRateTier tier = { 0 };

      g_variant_get_child (values, i, "(x@" FARE_PRICE_KEPT_CARD ")", &tier.above, &card);
      unpack_card (card, &tier.card);
      g_array_append_val (segment->tiers, tier);
    }
}

static GArray *
unpack_days (GVariant *values)
{
  gsize n = 0;
  const gint32 *days = g_variant_get_fixed_array (values, &n, sizeof (gint32));
  GArray *array = g_array_new (FALSE, FALSE, sizeof (gint32));

  if (n > 0)
    g_array_append_vals (array, days, (guint) n);

  return array;
}

static void
unpack_windows (GVariant        *values,
                FareRateSegment *segment)
{
  gsize n = g_variant_n_children (values);

  segment->windows = g_array_new (FALSE, TRUE, sizeof (FareRateWindow));
  g_array_set_size (segment->windows, (guint) n);
  for (gsize i = 0; i < n; i++)
    {
      FareRateWindow *window = &g_array_index (segment->windows, FareRateWindow, i);
      g_autoptr(GVariant) except = NULL;
      g_autoptr(GVariant) card = NULL;

      g_variant_get_child (values, i, "(iiy@aibd@" FARE_PRICE_KEPT_CARD ")", &window->from_ms,
                           &window->to_ms, &window->days, &except, &window->has_card,
                           &window->multiplier, &card);
      unpack_card (card, &window->card);
      window->except = unpack_days (except);
    }
}

static void
unpack_rates (GVariant  *value,
              FareRates *self)
{
  g_autoptr(GVariant) segments = NULL;
  g_autoptr(GVariant) modes = NULL;
  guint32 offered;

  g_variant_get (value, "(u@a" FARE_PRICE_KEPT_SEGMENT "@a" FARE_PRICE_KEPT_MODE ")", &offered, &segments,
                 &modes);
  self->modes = offered;
  for (gsize i = 0; i < g_variant_n_children (segments); i++)
    {
      g_autoptr(GVariant) card = NULL;
      g_autoptr(GVariant) tiers = NULL;
      g_autoptr(GVariant) windows = NULL;
      FareRateSegment segment = { 0 };

      g_variant_get_child (segments, i, "(x@" FARE_PRICE_KEPT_CARD "@a" FARE_PRICE_KEPT_TIER
                                        "@a" FARE_PRICE_KEPT_WINDOW ")",
                           &segment.from_ms, &card, &tiers, &windows);
      unpack_card (card, &segment.card);
      unpack_tiers (tiers, &segment);
      unpack_windows (windows, &segment);
      g_array_append_val (self->segments, segment);
    }
  for (gsize i = 0; i < MIN (g_variant_n_children (modes), FARE_RATES_N_MODES); i++)
    {
      g_autoptr(GVariant) card = NULL;

      g_variant_get_child (modes, i, "(bd@" FARE_PRICE_KEPT_CARD "x)", &self->mode[i].has_card,
                           &self->mode[i].multiplier, &card, &self->mode[i].max_prompt);
      unpack_card (card, &self->mode[i].card);
    }
}

/* Returns: (transfer full) (nullable) */
static FarePriceEntry *
unpack_entry (GVariant *values)
{
  g_autoptr(GVariant) value = NULL;
  FareRates rates;
  guint32 status;

  if (g_variant_n_children (values) == 0)
    return NULL;

  fare_rates_init (&rates);
  g_variant_get_child (values, 0, "(u@" FARE_PRICE_KEPT_RATES ")", &status, &value);
  unpack_rates (value, &rates);

  return fare_price_entry_new_nameless (status, &rates);
}

static FarePriceMatch
note_missing (FarePriceBook *self,
              const char    *provider,
              const char    *name)
{
  g_atomic_int_set (&self->is_short, TRUE);

  return (FarePriceMatch) { .reason = FARE_UNPRICED_NO_ENTRY };
}

FarePriceBook *
fare_price_book_unpack (GVariant *value)
{
  FarePriceBook *self = fare_price_book_new ();
  g_autoptr(GVariant) thresholds = NULL;
  g_autoptr(GVariant) matches = NULL;
  const gint64 *numbers;
  gsize n_numbers;

  self->find = note_missing;
  self->own = g_ptr_array_new_with_free_func ((GDestroyNotify) fare_price_entry_free);
  g_variant_get (value, "(@ax@a" FARE_PRICE_KEPT_MATCH ")", &thresholds, &matches);
  numbers = g_variant_get_fixed_array (thresholds, &n_numbers, sizeof (gint64));
  if (n_numbers > 0)
    g_array_append_vals (self->thresholds, numbers, (guint) n_numbers);
  for (gsize i = 0; i < g_variant_n_children (matches); i++)
    {
      g_autoptr(GVariant) rates = NULL;
      FarePriceMatch match = { 0 };
      guint32 modes, reason;
      char *question;

      g_variant_get_child (matches, i, "(suu@a(u" FARE_PRICE_KEPT_RATES "))", &question, &modes, &reason,
                           &rates);
      match.modes = modes;
      match.reason = reason;
      match.entry = unpack_entry (rates);
      if (match.entry != NULL)
        g_ptr_array_add (self->own, (gpointer) match.entry);
      g_hash_table_replace (self->matches, question, g_memdup2 (&match, sizeof match));
    }

  return self;
}

gboolean
fare_price_book_is_short (FarePriceBook *self)
{
  return g_atomic_int_get (&self->is_short);
}
