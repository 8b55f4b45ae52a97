/* fare-what-if.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "accounting/fare-what-if.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "accounting/fare-tally.h"
#include "accounting/fare-walk.h"
#include "pricing/fare-price-list.h"

/* Sums in the making. */
typedef struct
{
  FareWhatIfRow row;
  FareTally     now;
  FareTally     then;
  FareTally     now_compared;
  FareTally     then_compared;
} RowInWork;

struct _FareWhatIf
{
  FarePriceBook  *prices;
  FarePriceMatch  match; /* of the other model */
  FareWhatIfSums  total;
  GPtrArray      *rows;  /* of RowInWork */
};

typedef struct
{
  FareWhatIf  *answer;
  GHashTable  *rows;     /* match of a model used → RowInWork */
  GHashTable  *sessions; /* ids of all sessions */
  RowInWork    total;
} Pass;

static void
row_free (RowInWork *self)
{
  g_free (self->row.provider);
  g_free (self->row.model);
  g_free (self);
}

static RowInWork *
find_row (Pass               *pass,
          const FareWalkItem *item)
{
  RowInWork *work = g_hash_table_lookup (pass->rows, item->match);

  if (work == NULL)
    {
      work = g_new0 (RowInWork, 1);
      work->row.provider = g_strdup (item->model->provider);
      work->row.model = g_strdup (item->model->name);
      g_ptr_array_add (pass->answer->rows, work);
      g_hash_table_insert (pass->rows, (gpointer) item->match, work);
    }

  return work;
}

static void
add_both (RowInWork           *work,
          const FareTallyItem *now,
          FarePrice            then)
{
  FareTallyItem repriced = *now;

  repriced.price = then;
  fare_tally_add (&work->now, now);
  fare_tally_add (&work->then, &repriced);
  if (now->price.reason != FARE_UNPRICED_NOT || then.reason != FARE_UNPRICED_NOT)
    {
      work->row.sums.left_out_tokens += fare_usage_total (now->usage);
      return;
    }

  work->row.sums.compared_tokens += fare_usage_total (now->usage);
  fare_tally_add_cost (&work->now_compared, now->price.usd);
  fare_tally_add_cost (&work->then_compared, then.usd);
}

static gboolean
take_item (const FareWalkItem *item,
           gpointer            user_data)
{
  Pass *pass = user_data;
  FareWhatIf *self = pass->answer;
  const FareCostBasis *basis = &item->basis;
  FareModes modes = fare_price_book_pick_modes (self->prices, &self->match, basis->modes,
                                                basis->prompt_size);
  FarePrice then = fare_price_book_cost (self->prices, &self->match, modes, basis->prompt_size,
                                         basis->time_ms, basis->usage);
  FareTallyItem now = {
    .usage = basis->usage,
    .messages = item->messages,
    .web_searches = item->web_searches,
    .price = item->price,
  };

  g_hash_table_add (pass->sessions, GUINT_TO_POINTER (item->session));
  add_both (find_row (pass, item), &now, then);
  add_both (&pass->total, &now, then);

  return TRUE;
}

static void
finish (RowInWork *work)
{
  FareWhatIfSums *sums = &work->row.sums;

  fare_tally_finish (&work->now);
  fare_tally_finish (&work->then);
  fare_tally_finish (&work->now_compared);
  fare_tally_finish (&work->then_compared);
  sums->now = work->now.sums;
  sums->then = work->then.sums;
  sums->now_compared = work->now_compared.sums.cost;
  sums->then_compared = work->then_compared.sums.cost;
}

static int
compare_rows (gconstpointer a,
              gconstpointer b)
{
  const FareWhatIfRow *left = &(*(RowInWork * const *) a)->row;
  const FareWhatIfRow *right = &(*(RowInWork * const *) b)->row;
  gint64 left_total = fare_usage_total (&left->sums.now.usage);
  gint64 right_total = fare_usage_total (&right->sums.now.usage);
  int order;

  if (left->sums.now.cost != right->sums.now.cost)
    return left->sums.now.cost > right->sums.now.cost ? -1 : 1;
  if (left_total != right_total)
    return left_total > right_total ? -1 : 1;

  order = strcmp (left->model, right->model);
  return order != 0 ? order : strcmp (left->provider, right->provider);
}

static gboolean
add_up (FareWhatIf       *self,
        FareIndexReader  *reader,
        const FareQuery  *query,
        GCancellable     *cancellable,
        GError          **error)
{
  g_autoptr(GHashTable) rows = g_hash_table_new (NULL, NULL);
  g_autoptr(GHashTable) sessions = g_hash_table_new (NULL, NULL);
  Pass pass = { .answer = self, .rows = rows, .sessions = sessions };
  FareWalk walk = { .query = query, .other = &self->match, .cancellable = cancellable };

  if (!fare_walk_run (&walk, reader, self->prices, take_item, &pass, error))
    return FALSE;

  for (guint i = 0; i < self->rows->len; i++)
    finish (g_ptr_array_index (self->rows, i));
  g_ptr_array_sort (self->rows, compare_rows);

  finish (&pass.total);
  self->total = pass.total.row.sums;
  self->total.now.sessions = self->total.then.sessions = g_hash_table_size (sessions);

  return TRUE;
}

FareWhatIf *
fare_what_if_new (FareIndexReader  *reader,
                  FarePriceBook    *prices,
                  const FareQuery  *query,
                  const char       *model,
                  GCancellable     *cancellable,
                  GError          **error)
{
  g_autoptr(FareWhatIf) self = NULL;

  g_return_val_if_fail (reader != NULL && prices != NULL && query != NULL && model != NULL, NULL);

  self = g_new0 (FareWhatIf, 1);
  self->prices = fare_price_book_ref (prices);
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) row_free);
  self->match = fare_price_book_match (prices, NULL, model);
  if (self->match.reason != FARE_UNPRICED_NOT)
    {
      /* Translators: a model's name, and a sentence that says why it has no price */
      g_set_error (error, FARE_PRICE_ERROR, FARE_PRICE_ERROR_VALUE, _("“%s” has no price. %s"),
                   model, fare_unpriced_to_sentence (self->match.reason));
      return NULL;
    }

  return add_up (self, reader, query, cancellable, error) ? g_steal_pointer (&self) : NULL;
}

void
fare_what_if_free (FareWhatIf *self)
{
  g_ptr_array_unref (self->rows);
  fare_price_book_unref (self->prices);
  g_free (self);
}

const FarePriceEntry *
fare_what_if_get_entry (const FareWhatIf *self)
{
  return self->match.entry;
}

const FareWhatIfSums *
fare_what_if_get_total (const FareWhatIf *self)
{
  return &self->total;
}

guint
fare_what_if_get_n_rows (const FareWhatIf *self)
{
  return self->rows->len;
}

const FareWhatIfRow *
fare_what_if_get_row (const FareWhatIf *self,
                      guint             i)
{
  g_return_val_if_fail (i < self->rows->len, NULL);

  return &((RowInWork *) g_ptr_array_index (self->rows, i))->row;
}

double
fare_what_if_sums_get_difference (const FareWhatIfSums *self)
{
  return self->then_compared - self->now_compared;
}
