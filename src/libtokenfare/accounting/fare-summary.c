/* fare-summary.c
 *
 * One pass over the buckets of the span.  What depends on a session or a model is
 * worked out at its first bucket and remembered, so that the rest is additions.
 * Buckets that one price, or one stretch of local time, does not cover as a whole are
 * put aside and added event by event afterwards.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "accounting/fare-summary.h"

#include <string.h>

#include "accounting/fare-cost-policy.h"
#include "accounting/fare-cost.h"
#include "accounting/fare-groups.h"
#include "accounting/fare-pair-set.h"
#include "accounting/fare-query.h"

struct _FareSummary
{
  FareSums   total;
  GPtrArray *rows; /* of FareGroupRow */
};

typedef struct
{
  const FareSessionInfo *session;
  guint32                number;      /* counted from 0 */
  gboolean               is_wanted;
  gboolean               prefers_log;
  gboolean               is_counted;  /* in the total */
  FareGroupRow          *row;         /* (nullable): of its client, its project or its own */
  FareGroupRow          *branch_row;  /* (nullable): found last */
  FareGroupRow          *counted_in;  /* (nullable): where it was counted last */
} SessionSlot;

typedef struct
{
  const FareModelInfo *model;
  gboolean             is_wanted;
  gboolean             is_steady;      /* in steady_quarter */
  gint64               steady_quarter; /* %G_MININT64 before the first question */
  FarePriceMatch       match;
  FareGroupRow        *row;            /* (nullable) */
} ModelSlot;

/* All events of one model in one session and quarter hour, to be added one by one. */
typedef struct
{
  gint64       quarter;
  SessionSlot *session;
  ModelSlot   *model;
} SingleStep;

typedef struct
{
  FarePriceBook   *prices;
  const FareQuery *query;
  FareGroup        group;
  FareGroups      *groups;
  FareTally        total;
  GHashTable      *sessions;     /* id → SessionSlot */
  GHashTable      *models;       /* id → ModelSlot */
  SessionSlot     *last_session; /* (nullable) */
  ModelSlot       *last_model;   /* (nullable) */
  FarePairSet      counted;      /* row, session */
  GArray          *steps;        /* of SingleStep, in order, no two alike */
  SingleStep       step;         /* the one being added */
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
      slot->number = g_hash_table_size (pass->sessions);
      slot->is_wanted = fare_query_wants_session (pass->query, session);
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
      slot->is_wanted = fare_query_wants_model (pass->query, model);
      slot->match = fare_price_book_match (pass->prices, model->provider, model->name);
      slot->steady_quarter = G_MININT64;
      g_hash_table_insert (pass->models, GUINT_TO_POINTER (model->id), slot);
    }

  return pass->last_model = slot;
}

static gboolean
is_steady (Pass      *pass,
           ModelSlot *model,
           gint64     quarter)
{
  if (model->steady_quarter != quarter)
    {
      model->steady_quarter = quarter;
      model->is_steady = fare_price_book_is_steady (pass->prices, &model->match,
                                                    quarter * FARE_QUARTER_MS,
                                                    (quarter + 1) * FARE_QUARTER_MS);
    }

  return model->is_steady;
}

static FareGroupRow *
find_row (Pass        *pass,
          SessionSlot *session,
          ModelSlot   *model,
          const char  *branch,
          gint64       time_ms)
{
  switch (pass->group)
    {
    case FARE_GROUP_CLIENT:
    case FARE_GROUP_PROJECT:
    case FARE_GROUP_SESSION:
      if (session->row == NULL)
        session->row = fare_groups_find_session_row (pass->groups, session->session);
      return session->row;

    case FARE_GROUP_BRANCH:
      if (session->branch_row == NULL || strcmp (session->branch_row->row.key, branch) != 0)
        session->branch_row = fare_groups_find_branch_row (pass->groups, session->session, branch);
      return session->branch_row;

    case FARE_GROUP_MODEL:
      if (model->row == NULL)
        model->row = fare_groups_find_model_row (pass->groups, model->model);
      return model->row;

    case FARE_GROUP_HOUR:
    case FARE_GROUP_DAY:
    case FARE_GROUP_WEEK:
    case FARE_GROUP_MONTH:
      return fare_groups_find_time_row (pass->groups, time_ms);

    case FARE_GROUP_NONE:
    default:
      return NULL;
    }
}

static void
add_item (Pass                *pass,
          SessionSlot         *session,
          FareGroupRow        *row,
          const FareTallyItem *item)
{
  if (!session->is_counted)
    pass->total.sums.sessions++;

  session->is_counted = TRUE;
  fare_tally_add (&pass->total, item);
  if (row == NULL)
    return;

  fare_tally_add (&row->tally, item);
  if (row->row.reason == FARE_UNPRICED_NOT)
    row->row.reason = item->price.reason;

  if (session->counted_in == row)
    return;

  session->counted_in = row;
  if (fare_pair_set_add (&pass->counted, row->index, session->number))
    row->tally.sums.sessions++;
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
  ModelSlot *model;
  gint64 start_ms = bucket->quarter * FARE_QUARTER_MS;
  FareTallyItem item;

  if (!session->is_wanted)
    return TRUE;

  model = find_model (pass, bucket->model);
  if (!model->is_wanted)
    return TRUE;

  if (!is_steady (pass, model, bucket->quarter) ||
      !fare_groups_contains_span (pass->groups, start_ms, start_ms + FARE_QUARTER_MS))
    {
      put_aside (pass, bucket->quarter, session, model);
      return TRUE;
    }

  item.usage = &bucket->usage;
  item.messages = bucket->messages;
  item.web_searches = bucket->web_searches;
  item.price = fare_cost_decide (pass->prices, &model->match, session->prefers_log,
                                 &(FareCostBasis) {
                                   .modes = bucket->modes,
                                   .prompt_size = bucket->prompt_floor,
                                   .time_ms = start_ms,
                                   .usage = &bucket->usage,
                                   .reported_pico = bucket->reported_pico,
                                   .has_reported = bucket->has_reported,
                                 });
  add_item (pass, session, find_row (pass, session, model, bucket->branch, start_ms), &item);

  return TRUE;
}

static gboolean
event_cb (const FareEventRow *event,
          gpointer            user_data)
{
  Pass *pass = user_data;
  SessionSlot *session = pass->step.session;
  ModelSlot *model = pass->step.model;
  FareTallyItem item;

  if (event->model->id != model->model->id)
    return TRUE;

  item.usage = &event->usage;
  item.messages = event->messages;
  item.web_searches = event->web_searches;
  item.price = fare_event_price (event, pass->prices);
  add_item (pass, session, find_row (pass, session, model, event->branch, event->time_ms), &item);

  return TRUE;
}

static gboolean
add_single_steps (Pass             *pass,
                  FareIndexReader  *reader,
                  GError          **error)
{
  for (guint i = 0; i < pass->steps->len; i++)
    {
      gint64 from_ms, to_ms;

      pass->step = g_array_index (pass->steps, SingleStep, i);
      from_ms = MAX (pass->step.quarter * FARE_QUARTER_MS, pass->query->from_ms);
      to_ms = MIN ((pass->step.quarter + 1) * FARE_QUARTER_MS, pass->query->to_ms);

      if (!fare_index_reader_foreach_event (reader, from_ms, to_ms, pass->step.session->session,
                                            event_cb, pass, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
run_pass (Pass             *pass,
          FareIndexReader  *reader,
          GError          **error)
{
  const gint64 *thresholds;
  guint n_thresholds;

  thresholds = fare_price_book_get_thresholds (pass->prices, &n_thresholds);
  fare_index_reader_set_thresholds (reader, thresholds, n_thresholds);

  return fare_index_reader_foreach_bucket (reader, pass->query->from_ms, pass->query->to_ms,
                                           bucket_cb, pass, error) &&
         add_single_steps (pass, reader, error);
}

FareSummary *
fare_summary_new (FareIndexReader  *reader,
                  FarePriceBook    *prices,
                  const FareQuery  *query,
                  FareGroup         group,
                  GError          **error)
{
  Pass pass = { .prices = prices, .query = query, .group = group };
  FareSummary *self = NULL;

  g_return_val_if_fail (reader != NULL && prices != NULL && query != NULL, NULL);
  g_return_val_if_fail (query->zone != NULL || !fare_group_has_time (group), NULL);

  pass.groups = fare_groups_new (group, query);
  pass.sessions = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  pass.models = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  pass.steps = g_array_new (FALSE, FALSE, sizeof (SingleStep));

  if (run_pass (&pass, reader, error))
    {
      fare_tally_finish (&pass.total);
      self = g_new0 (FareSummary, 1);
      self->total = pass.total.sums;
      self->rows = fare_groups_finish (pass.groups);
    }

  fare_groups_free (pass.groups);
  fare_pair_set_clear (&pass.counted);
  g_hash_table_unref (pass.sessions);
  g_hash_table_unref (pass.models);
  g_array_unref (pass.steps);

  return self;
}

void
fare_summary_free (FareSummary *self)
{
  g_ptr_array_unref (self->rows);
  g_free (self);
}

const FareSums *
fare_summary_get_total (FareSummary *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->total;
}

guint
fare_summary_get_n_rows (FareSummary *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->rows->len;
}

const FareSummaryRow *
fare_summary_get_row (FareSummary *self,
                      guint        i)
{
  const FareGroupRow *row;

  g_return_val_if_fail (self != NULL && i < self->rows->len, NULL);

  row = g_ptr_array_index (self->rows, i);

  return &row->row;
}
