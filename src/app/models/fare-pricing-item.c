/* fare-pricing-item.c
 *
 * A line of the price table as an object of a list model.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <string.h>

#include "models/fare-pricing-item.h"

struct _FarePricingItem
{
  GObject          parent_instance;

  FarePricingLine *line;
  char            *haystack; /* what is searched, case-folded */
  guint            rank;
  gboolean         hide;
};

G_DEFINE_FINAL_TYPE (FarePricingItem, fare_pricing_item, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
fare_pricing_item_finalize (GObject *object)
{
  FarePricingItem *self = FARE_PRICING_ITEM (object);

  g_clear_pointer (&self->line, fare_pricing_line_unref);
  g_free (self->haystack);

  G_OBJECT_CLASS (fare_pricing_item_parent_class)->finalize (object);
}

static void
fare_pricing_item_class_init (FarePricingItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fare_pricing_item_finalize;

  /**
   * FarePricingItem::changed:
   *
   * What the item shows is another.
   */
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
fare_pricing_item_init (FarePricingItem *self)
{
}

static void
take_line (FarePricingItem *self,
           FarePricingLine *line)
{
  g_autofree char *all = g_strjoin (" ", line->name, line->provider, line->aliases,
                                    line->id != NULL ? line->id : "", NULL);

  g_free (self->haystack);
  self->haystack = g_utf8_casefold (all, -1);
  g_clear_pointer (&self->line, fare_pricing_line_unref);
  self->line = fare_pricing_line_ref (line);
}

FarePricingItem *
fare_pricing_item_new (FarePricingLine *line,
                       guint            rank)
{
  FarePricingItem *self = g_object_new (FARE_TYPE_PRICING_ITEM, NULL);

  take_line (self, line);
  self->rank = rank;

  return self;
}

gboolean
fare_pricing_item_update (FarePricingItem *self,
                          FarePricingLine *line,
                          guint            rank)
{
  gboolean is_moved = self->rank != rank;

  g_return_val_if_fail (FARE_IS_PRICING_ITEM (self), FALSE);

  self->rank = rank;
  if (fare_pricing_line_equal (self->line, line))
    return is_moved;

  take_line (self, line);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);

  return TRUE;
}

const FarePricingLine *
fare_pricing_item_get_line (FarePricingItem *self)
{
  g_return_val_if_fail (FARE_IS_PRICING_ITEM (self), NULL);

  return self->line;
}

guint
fare_pricing_item_get_rank (FarePricingItem *self)
{
  g_return_val_if_fail (FARE_IS_PRICING_ITEM (self), 0);

  return self->rank;
}

void
fare_pricing_item_set_hide (FarePricingItem *self,
                            gboolean         hide)
{
  g_return_if_fail (FARE_IS_PRICING_ITEM (self));

  if (self->hide == hide)
    return;

  self->hide = hide;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

gboolean
fare_pricing_item_get_hide (FarePricingItem *self)
{
  g_return_val_if_fail (FARE_IS_PRICING_ITEM (self), FALSE);

  return self->hide;
}

gboolean
fare_pricing_item_matches (FarePricingItem    *self,
                           const char * const *words)
{
  g_return_val_if_fail (FARE_IS_PRICING_ITEM (self), FALSE);

  for (guint i = 0; words != NULL && words[i] != NULL; i++)
    if (strstr (self->haystack, words[i]) == NULL)
      return FALSE;

  return TRUE;
}

static int
compare_numbers (double a,
                 double b)
{
  return a < b ? -1 : a > b ? 1 : 0;
}

/* A figure that is not there is less than any other. */
static double
get_number (const FarePricingLine *line,
            FarePricingColumn      column)
{
  switch (column)
    {
    case FARE_PRICING_COLUMN_TOKENS:
      return line->is_used ? (double) fare_usage_total (&line->sums.usage) : -1.0;

    case FARE_PRICING_COLUMN_COST:
      return line->is_used && line->sums.has_price ? line->sums.cost : -1.0;

    case FARE_PRICING_COLUMN_SOURCE:
      return line->source;

    default:
      return line->has_rates ? line->rates[column - FARE_PRICING_COLUMN_INPUT] : -1.0;
    }
}

int
fare_pricing_item_compare (FarePricingItem   *self,
                           FarePricingItem   *other,
                           FarePricingColumn  column)
{
  if (column == FARE_PRICING_COLUMN_MODEL)
    return g_utf8_collate (self->line->name, other->line->name);

  if (column == FARE_PRICING_COLUMN_PROVIDER)
    return g_utf8_collate (self->line->provider, other->line->provider);

  return compare_numbers (get_number (self->line, column), get_number (other->line, column));
}
