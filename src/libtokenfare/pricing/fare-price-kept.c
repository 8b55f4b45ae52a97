/* fare-price-kept.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pricing/fare-price-kept.h"

#include <string.h>

#include "pricing/fare-price-book-private.h"
#include "pricing/fare-price-entry.h"

/* As GVariant lays out a tuple of these members: so they are copied, not taken apart. */
G_STATIC_ASSERT (sizeof (FareRateCard) == 7 * 8 && G_STRUCT_OFFSET (FareRateCard, stated) == 6 * 8);
G_STATIC_ASSERT (sizeof (FareRateTier) == 8 + sizeof (FareRateCard));
G_STATIC_ASSERT (sizeof (FareRateMode) == 3 * 8 + sizeof (FareRateCard)
                 && G_STRUCT_OFFSET (FareRateMode, multiplier) == 8
                 && G_STRUCT_OFFSET (FareRateMode, card) == 16 && sizeof (gboolean) == 4);

/* Packing. */

/* What lies between members has to be zero in normal form. */
static void
copy_card (FareRateCard       *copy,
           const FareRateCard *card)
{
  memset (copy, 0, sizeof *copy);
  copy->input = card->input;
  copy->output = card->output;
  copy->cache_read = card->cache_read;
  copy->cache_write_5m = card->cache_write_5m;
  copy->cache_write_1h = card->cache_write_1h;
  copy->reasoning = card->reasoning;
  copy->stated = card->stated;
}

static GVariant *
pack_card (const FareRateCard *self)
{
  return g_variant_new (FARE_PRICE_KEPT_CARD, self->input, self->output, self->cache_read,
                        self->cache_write_5m, self->cache_write_1h, self->reasoning,
                        (guint32) self->stated);
}

static GVariant *
pack_tiers (const GArray *tiers)
{
  g_autofree FareRateTier *copies = g_new0 (FareRateTier, tiers->len);

  for (guint i = 0; i < tiers->len; i++)
    {
      const FareRateTier *tier = &g_array_index (tiers, FareRateTier, i);

      copies[i].above = tier->above;
      copy_card (&copies[i].card, &tier->card);
    }

  return g_variant_new_fixed_array (G_VARIANT_TYPE (FARE_PRICE_KEPT_TIER), copies, tiers->len,
                                    sizeof *copies);
}

static GVariant *
pack_modes (const FareRateMode *modes)
{
  g_autofree FareRateMode *copies = g_new0 (FareRateMode, FARE_RATES_N_MODES);

  for (guint i = 0; i < FARE_RATES_N_MODES; i++)
    {
      copies[i].has_card = modes[i].has_card;
      copies[i].multiplier = modes[i].multiplier;
      copy_card (&copies[i].card, &modes[i].card);
      copies[i].max_prompt = modes[i].max_prompt;
    }

  return g_variant_new_fixed_array (G_VARIANT_TYPE (FARE_PRICE_KEPT_MODE), copies, FARE_RATES_N_MODES,
                                    sizeof *copies);
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
  GVariantBuilder windows;

  g_variant_builder_init (&windows, G_VARIANT_TYPE ("a" FARE_PRICE_KEPT_WINDOW));
  for (guint i = 0; i < self->windows->len; i++)
    g_variant_builder_add_value (&windows, pack_window (&g_array_index (self->windows, FareRateWindow, i)));

  return g_variant_new ("(x@" FARE_PRICE_KEPT_CARD "@a" FARE_PRICE_KEPT_TIER "a" FARE_PRICE_KEPT_WINDOW ")",
                        self->from_ms, pack_card (&self->card), pack_tiers (self->tiers), &windows);
}

static GVariant *
pack_rates (const FareRates *self)
{
  GVariantBuilder segments;

  g_variant_builder_init (&segments, G_VARIANT_TYPE ("a" FARE_PRICE_KEPT_SEGMENT));
  for (guint i = 0; i < self->segments->len; i++)
    g_variant_builder_add_value (&segments,
                                 pack_segment (&g_array_index (self->segments, FareRateSegment, i)));

  return g_variant_new ("(ua" FARE_PRICE_KEPT_SEGMENT "@a" FARE_PRICE_KEPT_MODE ")", (guint32) self->modes,
                        &segments, pack_modes (self->mode));
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
  memcpy (self, g_variant_get_data (value), sizeof *self);
}

static void
unpack_tiers (GVariant        *values,
              FareRateSegment *segment)
{
  gsize n = 0;
  const FareRateTier *tiers = g_variant_get_fixed_array (values, &n, sizeof (FareRateTier));

  segment->tiers = g_array_new (FALSE, FALSE, sizeof (FareRateTier));
  if (n > 0)
    g_array_append_vals (segment->tiers, tiers, (guint) n);
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
  const FareRateMode *prices;
  gsize n_prices = 0;
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
  prices = g_variant_get_fixed_array (modes, &n_prices, sizeof (FareRateMode));
  if (n_prices > 0)
    memcpy (self->mode, prices, MIN (n_prices, FARE_RATES_N_MODES) * sizeof (FareRateMode));
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
