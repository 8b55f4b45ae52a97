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
#include <string.h>

#include "accounting/fare-walk.h"
#include "base/fare-text.h"

struct _FareCacheSavings
{
  FareCacheSaving  total;
  GPtrArray       *rows;  /* of FareCacheSavingRow */
};

typedef struct
{
  FarePriceBook        *prices;
  FareCacheSavings     *savings;
  GHashTable           *rows;       /* model → row */
  const FarePriceMatch *last_match; /* (nullable) */
  FareCacheSavingRow   *last_row;   /* of last_match */
} Pass;

static void
row_free (FareCacheSavingRow *self)
{
  g_free (self->provider);
  g_free (self->model);
  g_free (self);
}

static FareCacheSavingRow *
find_row (Pass               *pass,
          const FareWalkItem *item)
{
  FareCacheSavingRow *row;

  if (item->match == pass->last_match)
    return pass->last_row;

  row = g_hash_table_lookup (pass->rows, item->match);
  if (row == NULL)
    {
      row = g_new0 (FareCacheSavingRow, 1);
      row->provider = g_strdup (item->model->provider);
      row->model = g_strdup (item->model->name);
      g_ptr_array_add (pass->savings->rows, row);
      g_hash_table_insert (pass->rows, (gpointer) item->match, row);
    }

  pass->last_match = item->match;
  return pass->last_row = row;
}

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
  FareCacheSaving *saving;
  FarePrice with_cache, without;

  if (plain.input == 0)
    return TRUE;

  saving = &find_row (pass, item)->saving;
  with_cache = price_tokens (pass, item, &cached);
  without = price_tokens (pass, item, &plain);
  if (with_cache.reason != FARE_UNPRICED_NOT)
    {
      saving->unpriced_tokens += plain.input;
      return TRUE;
    }

  saving->has_price = TRUE;
  saving->is_estimate = saving->is_estimate || with_cache.is_estimate || without.is_estimate;
  saving->cache_read += usage->cache_read;
  saving->cache_write += write;
  saving->saved += without.usd - with_cache.usd;

  return TRUE;
}

static void
add_to_total (FareCacheSaving       *total,
              const FareCacheSaving *part)
{
  total->saved += part->saved;
  total->cache_read += part->cache_read;
  total->cache_write += part->cache_write;
  total->unpriced_tokens += part->unpriced_tokens;
  total->has_price = total->has_price || part->has_price;
  total->is_estimate = total->is_estimate || part->is_estimate;
}

static int
compare_rows (gconstpointer a,
              gconstpointer b)
{
  const FareCacheSavingRow *left = *(FareCacheSavingRow * const *) a;
  const FareCacheSavingRow *right = *(FareCacheSavingRow * const *) b;
  double left_amount = fabs (left->saving.saved);
  double right_amount = fabs (right->saving.saved);
  int order;

  if (left_amount != right_amount)
    return left_amount > right_amount ? -1 : 1;

  order = strcmp (left->model, right->model);
  return order != 0 ? order : strcmp (left->provider, right->provider);
}

FareCacheSavings *
fare_cache_savings_new (FareIndexReader  *reader,
                        FarePriceBook    *prices,
                        const FareQuery  *query,
                        GCancellable     *cancellable,
                        GError          **error)
{
  g_autoptr(FareCacheSavings) self = g_new0 (FareCacheSavings, 1);
  g_autoptr(GHashTable) rows = g_hash_table_new (NULL, NULL);
  Pass pass = { .prices = prices, .savings = self, .rows = rows };
  FareWalk walk = { .query = query, .cancellable = cancellable };

  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) row_free);
  if (!fare_walk_run (&walk, reader, prices, take_item, &pass, error))
    return NULL;

  g_ptr_array_sort (self->rows, compare_rows);
  for (guint i = 0; i < self->rows->len; i++)
    add_to_total (&self->total, &((FareCacheSavingRow *) self->rows->pdata[i])->saving);

  return g_steal_pointer (&self);
}

void
fare_cache_savings_free (FareCacheSavings *self)
{
  g_ptr_array_unref (self->rows);
  g_free (self);
}

const FareCacheSaving *
fare_cache_savings_get_total (const FareCacheSavings *self)
{
  return &self->total;
}

guint
fare_cache_savings_get_n_rows (const FareCacheSavings *self)
{
  return self->rows->len;
}

const FareCacheSavingRow *
fare_cache_savings_get_row (const FareCacheSavings *self,
                            guint                   i)
{
  g_return_val_if_fail (i < self->rows->len, NULL);

  return g_ptr_array_index (self->rows, i);
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
