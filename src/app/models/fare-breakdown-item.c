/* fare-breakdown-item.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "accounting/fare-sums.h"
#include "models/fare-breakdown-item.h"

struct _FareBreakdownItem
{
  GObject            parent_instance;

  FareBreakdownKind  kind;
  char              *client;
  char              *model;
  char              *provider;
  char              *title;
  FareSums           sums;
  gboolean           has_sums;
  GListStore        *children;
  gboolean           is_expanded;
};

G_DEFINE_FINAL_TYPE (FareBreakdownItem, fare_breakdown_item, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
fare_breakdown_item_finalize (GObject *object)
{
  FareBreakdownItem *self = FARE_BREAKDOWN_ITEM (object);

  g_clear_object (&self->children);
  g_free (self->client);
  g_free (self->model);
  g_free (self->provider);
  g_free (self->title);

  G_OBJECT_CLASS (fare_breakdown_item_parent_class)->finalize (object);
}

static void
fare_breakdown_item_class_init (FareBreakdownItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fare_breakdown_item_finalize;

  signals[CHANGED] = g_signal_new ("changed", FARE_TYPE_BREAKDOWN_ITEM, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
fare_breakdown_item_init (FareBreakdownItem *self)
{
}

FareBreakdownItem *
fare_breakdown_item_new (FareBreakdownKind       kind,
                         const FareBreakdownRow *row)
{
  FareBreakdownItem *self;

  g_return_val_if_fail (row != NULL, NULL);

  self = g_object_new (FARE_TYPE_BREAKDOWN_ITEM, NULL);
  self->kind = kind;
  self->client = g_strdup (row->client);
  self->model = g_strdup (row->model);
  self->provider = g_strdup (row->provider);
  self->title = g_strdup (row->title);
  if (kind == FARE_BREAKDOWN_TOOL)
    self->children = g_list_store_new (FARE_TYPE_BREAKDOWN_ITEM);

  return self;
}

FareBreakdownKind
fare_breakdown_item_get_kind (FareBreakdownItem *self)
{
  g_return_val_if_fail (FARE_IS_BREAKDOWN_ITEM (self), FARE_BREAKDOWN_TOTAL);

  return self->kind;
}

const char *
fare_breakdown_item_get_title (FareBreakdownItem *self)
{
  g_return_val_if_fail (FARE_IS_BREAKDOWN_ITEM (self), NULL);

  return self->title;
}

const char *
fare_breakdown_item_get_client (FareBreakdownItem *self)
{
  g_return_val_if_fail (FARE_IS_BREAKDOWN_ITEM (self), NULL);

  return self->client;
}

const char *
fare_breakdown_item_get_model (FareBreakdownItem *self)
{
  g_return_val_if_fail (FARE_IS_BREAKDOWN_ITEM (self), NULL);

  return self->model;
}

const char *
fare_breakdown_item_get_provider (FareBreakdownItem *self)
{
  g_return_val_if_fail (FARE_IS_BREAKDOWN_ITEM (self), NULL);

  return self->provider;
}

char *
fare_breakdown_item_dup_key (FareBreakdownKind       kind,
                             const FareBreakdownRow *row)
{
  g_return_val_if_fail (row != NULL, NULL);

  return g_strdup_printf ("%d\n%s\n%s\n%s", kind, row->client != NULL ? row->client : "",
                          row->provider != NULL ? row->provider : "",
                          row->model != NULL ? row->model : "");
}

const FareSums *
fare_breakdown_item_get_sums (FareBreakdownItem *self)
{
  g_return_val_if_fail (FARE_IS_BREAKDOWN_ITEM (self), NULL);

  return self->has_sums ? &self->sums : NULL;
}

static gboolean
are_same (const FareSums *a,
          const FareSums *b)
{
  const FareUsage *x = &a->usage;
  const FareUsage *y = &b->usage;

  return x->input == y->input && x->cache_read == y->cache_read &&
         x->cache_write_5m == y->cache_write_5m && x->cache_write_1h == y->cache_write_1h &&
         x->output == y->output && x->reasoning == y->reasoning && a->cost == b->cost &&
         a->messages == b->messages && a->has_price == b->has_price &&
         a->is_estimate == b->is_estimate && a->unpriced_tokens == b->unpriced_tokens;
}

void
fare_breakdown_item_take (FareBreakdownItem *self,
                          const char        *title,
                          const FareSums    *sums)
{
  g_return_if_fail (FARE_IS_BREAKDOWN_ITEM (self));
  g_return_if_fail (title != NULL && sums != NULL);

  if (self->has_sums && g_str_equal (self->title, title) &&
      are_same (&self->sums, sums))
    return;

  if (!g_str_equal (self->title, title))
    {
      g_free (self->title);
      self->title = g_strdup (title);
    }
  self->sums = *sums;
  self->has_sums = TRUE;
  g_signal_emit (self, signals[CHANGED], 0);
}

void
fare_breakdown_item_blank (FareBreakdownItem *self)
{
  g_return_if_fail (FARE_IS_BREAKDOWN_ITEM (self));

  if (!self->has_sums)
    return;

  self->has_sums = FALSE;
  g_signal_emit (self, signals[CHANGED], 0);
}

GListStore *
fare_breakdown_item_get_children (FareBreakdownItem *self)
{
  g_return_val_if_fail (FARE_IS_BREAKDOWN_ITEM (self), NULL);

  return self->children;
}

gboolean
fare_breakdown_item_get_expanded (FareBreakdownItem *self)
{
  g_return_val_if_fail (FARE_IS_BREAKDOWN_ITEM (self), FALSE);

  return self->is_expanded;
}

void
fare_breakdown_item_set_expanded (FareBreakdownItem *self,
                                  gboolean           is_expanded)
{
  g_return_if_fail (FARE_IS_BREAKDOWN_ITEM (self));

  self->is_expanded = !!is_expanded;
}

/* Tokens are far from what a double cannot hold exactly. */
static double
get_number (const FareSums      *sums,
            FareBreakdownColumn  column)
{
  const FareUsage *usage = &sums->usage;

  switch (column)
    {
    case FARE_BREAKDOWN_INPUT:
      return usage->input;

    case FARE_BREAKDOWN_OUTPUT:
      return usage->output;

    case FARE_BREAKDOWN_CACHE:
      return fare_usage_prompt (usage) - usage->input;

    case FARE_BREAKDOWN_TOKENS:
      return fare_usage_total (usage);

    case FARE_BREAKDOWN_HIT:
      return fare_usage_hit_rate (usage);

    case FARE_BREAKDOWN_COST:
      return fare_sums_has_cost (sums) ? sums->cost : -1.0;

    case FARE_BREAKDOWN_MESSAGES:
      return sums->messages;

    case FARE_BREAKDOWN_NAME:
    case FARE_BREAKDOWN_N_COLUMNS:
    default:
      return 0.0;
    }
}

int
fare_breakdown_item_compare (FareBreakdownItem   *self,
                             FareBreakdownItem   *other,
                             FareBreakdownColumn  column)
{
  double a, b;

  g_return_val_if_fail (FARE_IS_BREAKDOWN_ITEM (self) && FARE_IS_BREAKDOWN_ITEM (other), 0);

  if (column == FARE_BREAKDOWN_NAME)
    return g_utf8_collate (self->title, other->title);

  a = get_number (&self->sums, column);
  b = get_number (&other->sums, column);

  return (a > b) - (a < b);
}
