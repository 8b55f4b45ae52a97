/* fare-walk.c
 *
 * What depends on a session or a model is worked out once.  Sums that one price, or one
 * stretch between two edges, does not cover as a whole are put aside and gone through
 * event by event afterwards.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "accounting/fare-walk.h"

#include "accounting/fare-query.h"
#include "accounting/fare-summary-slots.h"

/* Pieces between two looks at the cancellable. */
#define PATIENCE 2048

/* Whether one price holds for a whole quarter hour; the answer to the last question. */
typedef struct
{
  gint64   quarter; /* %G_MININT64 before the first question */
  gboolean is_steady;
} Steadiness;

/* All events of one model in one session and quarter hour. */
typedef struct
{
  gint64  quarter;
  guint32 session;
  guint32 model;
} SingleStep;

typedef struct
{
  const FareWalk  *walk;
  FareIndexReader *reader;
  FarePriceBook   *prices;
  FareWalkFunc     func;
  gpointer         user_data;
  FareSlots       *slots;
  GArray          *order;        /* of guint: places of a day's cells */
  Steadiness       other;
  guint            next_edge;    /* the first behind the beginning of edge_quarter */
  gint64           edge_quarter;
  GArray          *steps;        /* of SingleStep, in order, no two alike */
  SingleStep       step;         /* the one being gone through */
  FareSessionSlot *session;      /* of step */
  FareModelSlot   *model;
  guint            n_pieces;
  gboolean         is_over;      /* stopped or cancelled */
  GError          *error;        /* why a pass over cells was stopped */
} Pass;

static gboolean
is_other_steady (Pass   *pass,
                 gint64  quarter)
{
  Steadiness *self = &pass->other;

  if (pass->walk->other == NULL)
    return TRUE;
  if (self->quarter != quarter)
    {
      self->quarter = quarter;
      self->is_steady = fare_price_book_is_steady (pass->prices, pass->walk->other,
                                                   quarter * FARE_QUARTER_MS,
                                                   (quarter + 1) * FARE_QUARTER_MS);
    }

  return self->is_steady;
}

/* Quarter hours come in ascending order, so this nearly always moves on. */
static gboolean
holds_edge (Pass   *pass,
            gint64  quarter)
{
  const FareWalk *walk = pass->walk;

  if (quarter < pass->edge_quarter)
    pass->next_edge = 0;
  pass->edge_quarter = quarter;
  while (pass->next_edge < walk->n_edges &&
         walk->edges[pass->next_edge] <= quarter * FARE_QUARTER_MS)
    pass->next_edge++;

  return pass->next_edge < walk->n_edges &&
         walk->edges[pass->next_edge] < (quarter + 1) * FARE_QUARTER_MS;
}

static gboolean
hand_over (Pass               *pass,
           const FareWalkItem *item)
{
  if (pass->n_pieces++ % PATIENCE == 0 && g_cancellable_is_cancelled (pass->walk->cancellable))
    pass->is_over = TRUE;
  else if (!pass->func (item, pass->user_data))
    pass->is_over = TRUE;

  return !pass->is_over;
}

/* What is of one quarter hour comes together, so a repeated step is among the last. */
static void
put_aside (Pass              *pass,
           const FareCellKey *key)
{
  SingleStep step = { key->quarter, key->session, key->model };

  for (guint i = pass->steps->len; i > 0; i--)
    {
      const SingleStep *other = &g_array_index (pass->steps, SingleStep, i - 1);

      if (other->quarter != step.quarter)
        break;
      if (other->session == step.session && other->model == step.model)
        return;
    }

  g_array_append_val (pass->steps, step);
}

static gboolean
is_whole (Pass          *pass,
          FareModelSlot *model,
          gint64         quarter)
{
  return !holds_edge (pass, quarter)
         && (fare_slots_is_steady_day (pass->slots, model, quarter / FARE_DAY_QUARTERS)
             || fare_slots_is_steady_quarter (pass->slots, model, quarter))
         && is_other_steady (pass, quarter);
}

static gboolean
take_cell (Pass           *pass,
           const FareCell *cell)
{
  FareSessionSlot *session = fare_slots_find_session (pass->slots, cell->key.session, &pass->error);
  FareModelSlot *model;
  FareWalkItem item;

  if (session == NULL)
    return FALSE;
  if (session->wanted != FARE_SLOT_WANTED)
    return TRUE;
  model = fare_slots_find_model (pass->slots, cell->key.model, &pass->error);
  if (model == NULL)
    return FALSE;
  if (model->wanted != FARE_SLOT_WANTED
      || !fare_slots_wants_branch (pass->slots, cell->key.branch))
    return TRUE;

  if (!is_whole (pass, model, cell->key.quarter))
    {
      put_aside (pass, &cell->key);
      return TRUE;
    }

  item = (FareWalkItem) {
    .session = cell->key.session,
    .client = session->client,
    .model = model->model,
    .match = &model->match,
    .basis = {
      .modes = cell->key.kind & FARE_KIND_MODES,
      .prompt_size = fare_index_reader_get_floor (pass->reader, cell->key.band),
      .time_ms = MAX (cell->key.quarter * FARE_QUARTER_MS, pass->walk->query->from_ms),
      .usage = &cell->usage,
      .reported_pico = cell->reported,
      .has_reported = (cell->key.kind & FARE_KIND_REPORTED) != 0,
    },
    .messages = cell->messages,
    .web_searches = cell->searches,
  };
  item.price = fare_cost_decide (pass->prices, item.match, session->prefers_log, &item.basis);

  return hand_over (pass, &item);
}

/* Puts the places of cells of one day in the order of their quarter hours. */
static void
sort_by_quarter (GArray         *order,
                 const FareCell *cells,
                 guint           n_cells)
{
  gint64 first = fare_cell_get_day (cells) * FARE_DAY_QUARTERS;
  guint starts[FARE_DAY_QUARTERS + 1] = { 0 };

  g_array_set_size (order, n_cells);
  for (guint i = 0; i < n_cells; i++)
    starts[cells[i].key.quarter - first + 1]++;
  for (guint i = 0; i < FARE_DAY_QUARTERS; i++)
    starts[i + 1] += starts[i];
  for (guint i = 0; i < n_cells; i++)
    g_array_index (order, guint, starts[cells[i].key.quarter - first]++) = i;
}

static gboolean
cells_cb (const FareCell *cells,
          guint           n_cells,
          gpointer        user_data)
{
  Pass *pass = user_data;

  if (n_cells == 0)
    return TRUE;
  sort_by_quarter (pass->order, cells, n_cells);
  for (guint i = 0; i < n_cells; i++)
    if (!take_cell (pass, &cells[g_array_index (pass->order, guint, i)]))
      return FALSE;

  return TRUE;
}

static gboolean
event_cb (const FareEventRow *event,
          gpointer            user_data)
{
  Pass *pass = user_data;
  FareWalkItem item;

  if (event->model->id != pass->step.model
      || !fare_query_wants_machine (pass->walk->query, event->machine))
    return TRUE;

  item = (FareWalkItem) {
    .session = pass->step.session,
    .client = pass->session->client,
    .model = event->model,
    .match = &pass->model->match,
    .basis = {
      .modes = event->modes,
      .prompt_size = fare_usage_prompt (&event->usage),
      .time_ms = event->time_ms,
      .usage = &event->usage,
      .reported_pico = event->reported_pico,
      .has_reported = event->has_reported,
    },
    .messages = event->messages,
    .web_searches = event->web_searches,
  };
  item.price = fare_cost_decide (pass->prices, item.match, pass->session->prefers_log,
                                 &item.basis);

  return hand_over (pass, &item);
}

static gboolean
take_single_step (Pass    *pass,
                  GError **error)
{
  const FareQuery *query = pass->walk->query;
  gint64 from_ms = MAX (pass->step.quarter * FARE_QUARTER_MS, query->from_ms);
  gint64 to_ms = MIN ((pass->step.quarter + 1) * FARE_QUARTER_MS, query->to_ms);
  const FareSessionInfo *info = fare_index_reader_get_session (pass->reader, pass->step.session);

  pass->session = fare_slots_find_session (pass->slots, pass->step.session, error);
  if (pass->session == NULL)
    return FALSE;
  pass->model = fare_slots_find_model (pass->slots, pass->step.model, error);
  if (pass->model == NULL)
    return FALSE;
  if (info == NULL)
    return fare_index_reader_take_corrupt (pass->reader, error);

  return fare_index_reader_foreach_event (pass->reader, from_ms, to_ms, info, event_cb, pass, error);
}

static gboolean
take_single_steps (Pass    *pass,
                   GError **error)
{
  for (guint i = 0; i < pass->steps->len && !pass->is_over; i++)
    {
      pass->step = g_array_index (pass->steps, SingleStep, i);
      if (!take_single_step (pass, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
take_all (Pass    *pass,
          GError **error)
{
  const FareQuery *query = pass->walk->query;
  const gint64 *thresholds;
  guint n_thresholds;

  thresholds = fare_price_book_get_thresholds (pass->prices, &n_thresholds);
  fare_index_reader_set_thresholds (pass->reader, thresholds, n_thresholds);
  if (!fare_slots_prepare (pass->slots, error)
      || !fare_index_reader_foreach_cells (pass->reader, query->from_ms, query->to_ms, cells_cb, pass,
                                           error))
    return FALSE;
  if (pass->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&pass->error));
      return FALSE;
    }

  return take_single_steps (pass, error)
         && !g_cancellable_set_error_if_cancelled (pass->walk->cancellable, error);
}

gboolean
fare_walk_run (const FareWalk   *self,
               FareIndexReader  *reader,
               FarePriceBook    *prices,
               FareWalkFunc      func,
               gpointer          user_data,
               GError          **error)
{
  Pass pass = {
    .walk = self, .reader = reader, .prices = prices, .func = func, .user_data = user_data,
    .other = { .quarter = G_MININT64 }, .edge_quarter = G_MININT64,
  };
  gboolean is_done;

  g_return_val_if_fail (self != NULL && reader != NULL && prices != NULL && func != NULL, FALSE);

  pass.slots = fare_slots_new (reader, prices, self->query);
  pass.order = g_array_new (FALSE, FALSE, sizeof (guint));
  pass.steps = g_array_new (FALSE, FALSE, sizeof (SingleStep));

  is_done = take_all (&pass, error);

  g_clear_error (&pass.error);
  fare_slots_free (pass.slots);
  g_array_unref (pass.order);
  g_array_unref (pass.steps);

  return is_done;
}
