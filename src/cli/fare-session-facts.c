/* fare-session-facts.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "fare-session-facts.h"

#include "fare-figures.h"

typedef struct
{
  const FareFilter *filter;
  FarePriceBook    *prices;
  GHashTable       *by_id;    /* guint32 → FareSessionFacts */
  GPtrArray        *list;
} Collector;

FareSessionFacts *
fare_session_facts_new (const FareSessionInfo *session)
{
  FareSessionFacts *self = g_new0 (FareSessionFacts, 1);

  self->session = session;
  self->models = g_array_new (FALSE, TRUE, sizeof (FareModelFacts));
  self->sums.sessions = 1;
  self->is_subagent = TRUE;
  return self;
}

void
fare_session_facts_free (FareSessionFacts *self)
{
  g_array_unref (self->models);
  g_free (self);
}

static FareModelFacts *
find_model (FareSessionFacts    *self,
            const FareModelInfo *model)
{
  FareModelFacts facts = { model, { .sessions = 1 } };

  for (guint i = 0; i < self->models->len; i++)
    {
      FareModelFacts *known = &g_array_index (self->models, FareModelFacts, i);

      if (known->model->id == model->id)
        return known;
    }

  g_array_append_val (self->models, facts);
  return &g_array_index (self->models, FareModelFacts, self->models->len - 1);
}

void
fare_session_facts_add (FareSessionFacts   *self,
                        const FareEventRow *event,
                        const FarePrice    *price)
{
  if (self->models->len == 0)
    self->first_ms = event->time_ms;
  self->last_ms = event->time_ms;
  self->is_subagent &= event->is_subagent;

  fare_figures_add (&self->sums, event, price);
  fare_figures_add (&find_model (self, event->model)->sums, event, price);
}

static gboolean
collect_event (const FareEventRow *event,
               gpointer            user_data)
{
  Collector *self = user_data;
  gpointer id = GUINT_TO_POINTER (event->session->id);
  FareSessionFacts *facts;
  FarePrice price;

  if (!fare_filter_matches (self->filter, event))
    return TRUE;

  facts = g_hash_table_lookup (self->by_id, id);
  if (facts == NULL)
    {
      facts = fare_session_facts_new (event->session);
      g_hash_table_insert (self->by_id, id, facts);
      g_ptr_array_add (self->list, facts);
    }

  price = fare_event_price (event, self->prices);
  fare_session_facts_add (facts, event, &price);
  return TRUE;
}

GPtrArray *
fare_session_facts_list (FareView          *view,
                         const FareFilter  *filter,
                         GError           **error)
{
  g_autoptr(GHashTable) by_id = g_hash_table_new (NULL, NULL);
  g_autoptr(GPtrArray) list =
    g_ptr_array_new_with_free_func ((GDestroyNotify) fare_session_facts_free);
  Collector collector = { filter, view->prices, by_id, list };

  if (!fare_index_reader_foreach_event (view->reader, filter->query.from_ms, filter->query.to_ms,
                                        NULL, collect_event, &collector, error))
    return NULL;

  return g_steal_pointer (&list);
}

void
fare_session_facts_write (const FareSessionFacts *self,
                          FareJsonWriter         *json)
{
  const FareUsage *usage = &self->sums.usage;
  gint64 cache_write = usage->cache_write_5m + usage->cache_write_1h;

  fare_json_writer_add_string (json, "client", self->session->client);
  fare_json_writer_add_string (json, "id", self->session->uid);
  fare_json_writer_add_string (json, "title", self->session->title);
  fare_json_writer_add_string (json, "project", self->session->project);
  fare_json_writer_add_string (json, "parent", self->session->parent);
  fare_json_writer_add_boolean (json, "is_subagent", self->is_subagent);
  fare_json_writer_add_boolean (json, "is_review", self->session->is_review);
  fare_json_writer_add_time (json, "first", self->first_ms);
  fare_json_writer_add_time (json, "last", self->last_ms);
  fare_json_writer_add_int (json, "cache_write", cache_write);
  fare_figures_write_sums (json, &self->sums);
}
