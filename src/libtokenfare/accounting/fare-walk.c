/* fare-walk.c
 *
 * What depends on a session or a model is worked out once.  Buckets that one price, or
 * one stretch between two edges, does not cover as a whole are put aside and gone
 * through event by event afterwards.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "accounting/fare-walk.h"

#include "accounting/fare-cost-policy.h"
#include "accounting/fare-query.h"

/* Pieces between two looks at the cancellable. */
#define PATIENCE 2048

typedef struct
{
  const FareSessionInfo *session;
  gboolean               is_wanted;
  gboolean               prefers_log;
} SessionSlot;

/* Whether one price holds for a whole quarter hour; the answer to the last question. */
typedef struct
{
  gint64   quarter; /* %G_MININT64 before the first question */
  gboolean is_steady;
} Steadiness;

typedef struct
{
  const FareModelInfo *model;
  gboolean             is_wanted;
  FarePriceMatch       match;
  Steadiness           steadiness;
} ModelSlot;

/* All events of one model in one session and quarter hour. */
typedef struct
{
  gint64       quarter;
  SessionSlot *session;
  ModelSlot   *model;
} SingleStep;

typedef struct
{
  const FareWalk *walk;
  FarePriceBook  *prices;
  FareWalkFunc    func;
  gpointer        user_data;
  GHashTable     *sessions;     /* id → SessionSlot */
  GHashTable     *models;       /* id → ModelSlot */
  SessionSlot    *last_session; /* (nullable) */
  ModelSlot      *last_model;   /* (nullable) */
  Steadiness      other;
  guint           next_edge;    /* the first behind the beginning of edge_quarter */
  gint64          edge_quarter;
  GArray         *steps;        /* of SingleStep, in order, no two alike */
  SingleStep      step;         /* the one being gone through */
  guint           n_pieces;
  gboolean        is_over;      /* stopped or cancelled */
} Pass;

static SessionSlot *
find_session (Pass                  *pass,
              const FareSessionInfo *session)
{
  SessionSlot *slot = pass->last_session;

  if (slot != NULL && slot->session == session)
    return slot;

  slot = g_hash_table_lookup (pass->sessions, GUINT_TO_POINTER (session->id));
  if (slot == NULL)
    {
      slot = g_new0 (SessionSlot, 1);
      slot->session = session;
      slot->is_wanted = fare_query_wants_session (pass->walk->query, session);
      slot->prefers_log = fare_cost_policy_prefers_log (session->client);
      g_hash_table_insert (pass->sessions, GUINT_TO_POINTER (session->id), slot);
    }

  return pass->last_session = slot;
}

static ModelSlot *
find_model (Pass                *pass,
            const FareModelInfo *model)
{
  ModelSlot *slot = pass->last_model;

  if (slot != NULL && slot->model == model)
    return slot;

  slot = g_hash_table_lookup (pass->models, GUINT_TO_POINTER (model->id));
  if (slot == NULL)
    {
      slot = g_new0 (ModelSlot, 1);
      slot->model = model;
      slot->is_wanted = fare_query_wants_model (pass->walk->query, model);
      slot->match = fare_price_book_match (pass->prices, model->provider, model->name);
      slot->steadiness.quarter = G_MININT64;
      g_hash_table_insert (pass->models, GUINT_TO_POINTER (model->id), slot);
    }

  return pass->last_model = slot;
}

static gboolean
is_steady (Pass                 *pass,
           const FarePriceMatch *match,
           Steadiness           *self,
           gint64                quarter)
{
  if (self->quarter != quarter)
    {
      self->quarter = quarter;
      self->is_steady = fare_price_book_is_steady (pass->prices, match, quarter * FARE_QUARTER_MS,
                                                   (quarter + 1) * FARE_QUARTER_MS);
    }

  return self->is_steady;
}

/* Buckets come in ascending quarter hours, so this nearly always moves on. */
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

/* Buckets of one quarter hour come together, so a repeated step is among the last. */
static void
put_aside (Pass        *pass,
           gint64       quarter,
           SessionSlot *session,
           ModelSlot   *model)
{
  SingleStep step = { quarter, session, model };

  for (guint i = pass->steps->len; i > 0; i--)
    {
      const SingleStep *other = &g_array_index (pass->steps, SingleStep, i - 1);

      if (other->quarter != quarter)
        break;
      if (other->session == session && other->model == model)
        return;
    }

  g_array_append_val (pass->steps, step);
}

static gboolean
bucket_cb (const FareBucket *bucket,
           gpointer          user_data)
{
  Pass *pass = user_data;
  SessionSlot *session = find_session (pass, bucket->session);
  ModelSlot *model = session->is_wanted ? find_model (pass, bucket->model) : NULL;
  FareWalkItem item;

  if (model == NULL || !model->is_wanted)
    return TRUE;

  if (holds_edge (pass, bucket->quarter) ||
      !is_steady (pass, &model->match, &model->steadiness, bucket->quarter) ||
      (pass->walk->other != NULL &&
       !is_steady (pass, pass->walk->other, &pass->other, bucket->quarter)))
    {
      put_aside (pass, bucket->quarter, session, model);
      return TRUE;
    }

  item = (FareWalkItem) {
    .session = bucket->session,
    .model = bucket->model,
    .match = &model->match,
    .basis = {
      .modes = bucket->modes,
      .prompt_size = bucket->prompt_floor,
      .time_ms = MAX (bucket->quarter * FARE_QUARTER_MS, pass->walk->query->from_ms),
      .usage = &bucket->usage,
      .reported_pico = bucket->reported_pico,
      .has_reported = bucket->has_reported,
    },
    .messages = bucket->messages,
    .web_searches = bucket->web_searches,
  };
  item.price = fare_cost_decide (pass->prices, item.match, session->prefers_log, &item.basis);

  return hand_over (pass, &item);
}

static gboolean
event_cb (const FareEventRow *event,
          gpointer            user_data)
{
  Pass *pass = user_data;
  FareWalkItem item;

  if (event->model->id != pass->step.model->model->id)
    return TRUE;

  item = (FareWalkItem) {
    .session = event->session,
    .model = event->model,
    .match = &pass->step.model->match,
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
  item.price = fare_cost_decide (pass->prices, item.match, pass->step.session->prefers_log,
                                 &item.basis);

  return hand_over (pass, &item);
}

static gboolean
take_single_steps (Pass             *pass,
                   FareIndexReader  *reader,
                   GError          **error)
{
  const FareQuery *query = pass->walk->query;

  for (guint i = 0; i < pass->steps->len && !pass->is_over; i++)
    {
      gint64 from_ms, to_ms;

      pass->step = g_array_index (pass->steps, SingleStep, i);
      from_ms = MAX (pass->step.quarter * FARE_QUARTER_MS, query->from_ms);
      to_ms = MIN ((pass->step.quarter + 1) * FARE_QUARTER_MS, query->to_ms);

      if (!fare_index_reader_foreach_event (reader, from_ms, to_ms, pass->step.session->session,
                                            event_cb, pass, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
take_all (Pass             *pass,
          FareIndexReader  *reader,
          GError          **error)
{
  const FareQuery *query = pass->walk->query;
  const gint64 *thresholds;
  guint n_thresholds;

  thresholds = fare_price_book_get_thresholds (pass->prices, &n_thresholds);
  fare_index_reader_set_thresholds (reader, thresholds, n_thresholds);

  return fare_index_reader_foreach_bucket (reader, query->from_ms, query->to_ms, bucket_cb, pass,
                                           error) &&
         take_single_steps (pass, reader, error) &&
         !g_cancellable_set_error_if_cancelled (pass->walk->cancellable, error);
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
    .walk = self, .prices = prices, .func = func, .user_data = user_data,
    .other = { .quarter = G_MININT64 }, .edge_quarter = G_MININT64,
  };
  gboolean is_done;

  g_return_val_if_fail (self != NULL && reader != NULL && prices != NULL && func != NULL, FALSE);

  pass.sessions = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  pass.models = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  pass.steps = g_array_new (FALSE, FALSE, sizeof (SingleStep));

  is_done = take_all (&pass, reader, error);

  g_hash_table_unref (pass.sessions);
  g_hash_table_unref (pass.models);
  g_array_unref (pass.steps);

  return is_done;
}
