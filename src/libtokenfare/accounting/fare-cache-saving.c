/* fare-cache-saving.c
 *
 * The same request with all of its prompt moved to plain input has the same prompt
 * size, so the same tier and modes: the difference of both prices is what the caches
 * saved.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "accounting/fare-cache-saving.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "accounting/fare-walk.h"
#include "base/fare-text.h"

struct _FareCacheSavings
{
  FareCacheSaving total;
};

typedef struct
{
  FarePriceBook   *prices;
  FareCacheSaving *total;
} Pass;

static FarePrice
price_tokens (Pass               *pass,
              const FareWalkItem *item,
              const FareUsage    *usage)
{
  return fare_price_book_cost (pass->prices, item->match, item->basis.modes,
                               item->basis.prompt_size, item->basis.time_ms, usage);
}

static gboolean
take_item (const FareWalkItem *item,
           gpointer            user_data)
{
  Pass *pass = user_data;
  const FareUsage *usage = item->basis.usage;
  gint64 write = usage->cache_write_5m + usage->cache_write_1h;
  FareUsage cached = { .cache_read = usage->cache_read,
                       .cache_write_5m = usage->cache_write_5m,
                       .cache_write_1h = usage->cache_write_1h };
  FareUsage plain = { .input = usage->cache_read + write };
  FareCacheSaving *total = pass->total;
  FarePrice with_cache, without;

  if (plain.input == 0)
    return TRUE;

  with_cache = price_tokens (pass, item, &cached);
  without = price_tokens (pass, item, &plain);
  if (with_cache.reason != FARE_UNPRICED_NOT)
    {
      total->unpriced_tokens += plain.input;
      return TRUE;
    }

  total->has_price = TRUE;
  total->is_estimate = total->is_estimate || with_cache.is_estimate || without.is_estimate;
  total->cache_read += usage->cache_read;
  total->cache_write += write;
  total->saved += without.usd - with_cache.usd;

  return TRUE;
}

FareCacheSavings *
fare_cache_savings_new (FareIndexReader  *reader,
                        FarePriceBook    *prices,
                        const FareQuery  *query,
                        GCancellable     *cancellable,
                        GError          **error)
{
  g_autoptr(FareCacheSavings) self = g_new0 (FareCacheSavings, 1);
  Pass pass = { .prices = prices, .total = &self->total };
  FareWalk walk = { .query = query, .cancellable = cancellable };

  if (!fare_walk_run (&walk, reader, prices, take_item, &pass, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
fare_cache_savings_free (FareCacheSavings *self)
{
  g_free (self);
}

const FareCacheSaving *
fare_cache_savings_get_total (const FareCacheSavings *self)
{
  return &self->total;
}

char *
fare_cache_saving_to_text (const FareCacheSaving *self)
{
  g_autofree char *money = NULL;

  if (!self->has_price && self->unpriced_tokens > 0)
    return g_strdup (_("no price"));

  money = fare_text_money (self->saved);

  return self->is_estimate ? g_strconcat ("≈", money, NULL) : g_steal_pointer (&money);
}

char *
fare_cache_saving_to_sentence (const FareCacheSaving *self)
{
  g_autofree char *loss = NULL;
  g_autofree char *gap = NULL;

  if (self->has_price && self->saved < 0)
    {
      g_autofree char *money = fare_text_money (-self->saved);

      loss = g_strdup_printf (_("costs %s more than no cache"), money);
    }

  if (self->has_price && self->unpriced_tokens > 0)
    {
      g_autofree char *tokens = fare_text_tokens (self->unpriced_tokens);

      gap = g_strdup_printf (ngettext ("without %s cached token that has no price",
                                       "without %s cached tokens that have no price",
                                       (gulong) MIN (self->unpriced_tokens, G_MAXINT32)),
                             tokens);
    }

  if (loss != NULL && gap != NULL)
    /* Translators: two remarks on one amount, put side by side */
    return g_strdup_printf (C_("cache saving", "%s, %s"), loss, gap);

  return loss != NULL ? g_steal_pointer (&loss) : g_steal_pointer (&gap);
}
