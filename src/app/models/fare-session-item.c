/* fare-session-item.c
 *
 * A line of the table of sessions.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "base/fare-text.h"
#include "models/fare-session-item.h"

struct _FareSessionItem
{
  GObject             parent_instance;

  FareSessionItemKind kind;
  char               *key;
  GListStore         *children;
  FareSessionFigures  figures;
  GWeakRef            above;
  gboolean            is_expanded;
};

G_DEFINE_FINAL_TYPE (FareSessionItem, fare_session_item, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
clear_figures (FareSessionFigures *figures)
{
  g_clear_pointer (&figures->row, fare_session_row_unref);
  g_clear_pointer (&figures->title, g_free);
  g_clear_pointer (&figures->subtitle, g_free);
}

static void
fare_session_item_finalize (GObject *object)
{
  FareSessionItem *self = FARE_SESSION_ITEM (object);

  clear_figures (&self->figures);
  g_clear_object (&self->children);
  g_weak_ref_clear (&self->above);
  g_free (self->key);

  G_OBJECT_CLASS (fare_session_item_parent_class)->finalize (object);
}

static void
fare_session_item_class_init (FareSessionItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fare_session_item_finalize;

  signals[CHANGED] = g_signal_new ("changed", FARE_TYPE_SESSION_ITEM, G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
fare_session_item_init (FareSessionItem *self)
{
  g_weak_ref_init (&self->above, NULL);
  self->figures.active_ms = -1;
}

FareSessionItem *
fare_session_item_new (FareSessionItemKind  kind,
                       const char          *key,
                       gboolean             has_children)
{
  FareSessionItem *self;

  g_return_val_if_fail (key != NULL, NULL);

  self = g_object_new (FARE_TYPE_SESSION_ITEM, NULL);
  self->kind = kind;
  self->key = g_strdup (key);
  if (has_children)
    self->children = g_list_store_new (FARE_TYPE_SESSION_ITEM);

  return self;
}

FareSessionItemKind
fare_session_item_get_kind (FareSessionItem *self)
{
  g_return_val_if_fail (FARE_IS_SESSION_ITEM (self), FARE_SESSION_ITEM_SESSION);

  return self->kind;
}

const char *
fare_session_item_get_key (FareSessionItem *self)
{
  g_return_val_if_fail (FARE_IS_SESSION_ITEM (self), NULL);

  return self->key;
}

GListStore *
fare_session_item_get_children (FareSessionItem *self)
{
  g_return_val_if_fail (FARE_IS_SESSION_ITEM (self), NULL);

  return self->children;
}

const FareSessionFigures *
fare_session_item_get_figures (FareSessionItem *self)
{
  g_return_val_if_fail (FARE_IS_SESSION_ITEM (self), NULL);

  return &self->figures;
}

static gboolean
are_same (const FareSessionFigures *a,
          const FareSessionFigures *b)
{
  const FareUsage *x = &a->sums.usage;
  const FareUsage *y = &b->sums.usage;

  if ((a->row == NULL) != (b->row == NULL) ||
      (a->row != NULL && !fare_session_row_equal (a->row, b->row)))
    return FALSE;

  return a->active_ms == b->active_ms && a->last_ms == b->last_ms && a->last_day == b->last_day &&
         a->n_sessions == b->n_sessions && a->n_helpers == b->n_helpers &&
         a->sums.cost == b->sums.cost && a->sums.messages == b->sums.messages &&
         a->sums.has_price == b->sums.has_price && a->sums.is_estimate == b->sums.is_estimate &&
         a->sums.unpriced_tokens == b->sums.unpriced_tokens &&
         x->input == y->input && x->cache_read == y->cache_read &&
         x->cache_write_5m == y->cache_write_5m && x->cache_write_1h == y->cache_write_1h &&
         x->output == y->output && x->reasoning == y->reasoning &&
         g_strcmp0 (a->title, b->title) == 0 && g_strcmp0 (a->subtitle, b->subtitle) == 0;
}

void
fare_session_item_take (FareSessionItem    *self,
                        FareSessionFigures *figures)
{
  gboolean is_same;

  g_return_if_fail (FARE_IS_SESSION_ITEM (self));
  g_return_if_fail (figures != NULL);

  is_same = are_same (&self->figures, figures);
  clear_figures (&self->figures);
  self->figures = *figures;
  *figures = (FareSessionFigures) { NULL };

  if (!is_same)
    g_signal_emit (self, signals[CHANGED], 0);
}

gboolean
fare_session_item_get_expanded (FareSessionItem *self)
{
  g_return_val_if_fail (FARE_IS_SESSION_ITEM (self), FALSE);

  return self->is_expanded;
}

void
fare_session_item_set_expanded (FareSessionItem *self,
                                gboolean         is_expanded)
{
  g_return_if_fail (FARE_IS_SESSION_ITEM (self));

  self->is_expanded = is_expanded;
}

FareSessionItem *
fare_session_item_get_above (FareSessionItem *self)
{
  g_autoptr(FareSessionItem) above = NULL;

  g_return_val_if_fail (FARE_IS_SESSION_ITEM (self), NULL);

  /* The list holds every line; only its whereabouts may be stale. */
  above = g_weak_ref_get (&self->above);

  return above;
}

void
fare_session_item_set_above (FareSessionItem *self,
                             FareSessionItem *above)
{
  g_return_if_fail (FARE_IS_SESSION_ITEM (self));

  g_weak_ref_set (&self->above, above);
}

/* What a line without a price costs is not known, and not nothing: it sorts below all prices. */
static double
get_cost (const FareSums *sums)
{
  return sums->has_price || fare_usage_total (&sums->usage) == 0 ? sums->cost : -1.0;
}

static double
get_number (const FareSessionFigures *figures,
            FareSessionColumn         column)
{
  const FareUsage *usage = &figures->sums.usage;

  switch (column)
    {
    case FARE_SESSION_INPUT:
      return (double) usage->input;

    case FARE_SESSION_CACHE:
      return (double) (fare_usage_prompt (usage) - usage->input);

    case FARE_SESSION_HIT:
      return fare_usage_hit_rate (usage);

    case FARE_SESSION_OUTPUT:
      return (double) usage->output;

    case FARE_SESSION_TOTAL:
      return (double) fare_usage_total (usage);

    case FARE_SESSION_COST:
      return get_cost (&figures->sums);

    case FARE_SESSION_ACTIVE:
      return (double) figures->active_ms;

    case FARE_SESSION_LAST:
      return (double) figures->last_ms;

    default:
      return 0.0;
    }
}

int
fare_session_item_compare (FareSessionItem   *self,
                           FareSessionItem   *other,
                           FareSessionColumn  column)
{
  double a, b;

  g_return_val_if_fail (FARE_IS_SESSION_ITEM (self) && FARE_IS_SESSION_ITEM (other), 0);

  a = get_number (&self->figures, column);
  b = get_number (&other->figures, column);

  return a < b ? -1 : a > b;
}

const char *
fare_session_item_get_text (FareSessionItem   *self,
                            FareSessionColumn  column)
{
  const FareSessionRow *row;

  g_return_val_if_fail (FARE_IS_SESSION_ITEM (self), NULL);

  if (column > FARE_SESSION_MODELS)
    return NULL;

  row = self->figures.row;
  if (row == NULL)
    return self->figures.title;

  return column == FARE_SESSION_TITLE ? row->title
         : column == FARE_SESSION_CLIENT ? fare_text_client (row->client) : row->models;
}
