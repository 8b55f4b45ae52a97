/* fare-summary-slots.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "accounting/fare-summary-slots.h"

#include "accounting/fare-cost-policy.h"
#include "accounting/fare-query.h"

#define DAY_MS (FARE_DAY_QUARTERS * FARE_QUARTER_MS)

struct _FareSlots
{
  FareIndexReader *reader;
  FarePriceBook   *prices;
  const FareQuery *query;
  FareSessionSlot *sessions;   /* by number */
  guint32          n_sessions;
  GPtrArray       *models;     /* of FareModelSlot, by number */
  GArray          *clients;    /* of guint8: FareSlotState by number */
  GArray          *projects;   /* likewise */
  GArray          *branches;   /* likewise */
  GHashTable      *wanted_ids; /* (nullable): numbers of sessions asked for */
};

FareSlots *
fare_slots_new (FareIndexReader *reader,
                FarePriceBook   *prices,
                const FareQuery *query)
{
  FareSlots *self = g_new0 (FareSlots, 1);

  self->reader = reader;
  self->prices = prices;
  self->query = query;
  self->n_sessions = fare_index_reader_count_sessions (reader);
  self->sessions = g_new0 (FareSessionSlot, self->n_sessions);
  self->models = g_ptr_array_new_with_free_func (g_free);
  self->clients = g_array_new (FALSE, TRUE, sizeof (guint8));
  self->projects = g_array_new (FALSE, TRUE, sizeof (guint8));
  self->branches = g_array_new (FALSE, TRUE, sizeof (guint8));

  return self;
}

void
fare_slots_free (FareSlots *self)
{
  g_clear_pointer (&self->wanted_ids, g_hash_table_unref);
  g_array_unref (self->branches);
  g_array_unref (self->projects);
  g_array_unref (self->clients);
  g_ptr_array_unref (self->models);
  g_free (self->sessions);
  g_free (self);
}

gboolean
fare_slots_prepare (FareSlots  *self,
                    GError    **error)
{
  const FareQuery *query = self->query;
  g_autoptr(GArray) numbers = g_array_new (FALSE, FALSE, sizeof (guint32));

  if (query->sessions == NULL)
    return TRUE;

  self->wanted_ids = g_hash_table_new (NULL, NULL);
  for (guint i = 0; query->sessions[i] != NULL; i++)
    if (!fare_index_reader_find_uid (self->reader, query->sessions[i], numbers, error))
      return FALSE;
  for (guint i = 0; i < numbers->len; i++)
    g_hash_table_add (self->wanted_ids, GUINT_TO_POINTER (g_array_index (numbers, guint32, i)));

  return TRUE;
}

guint32
fare_slots_count_sessions (FareSlots *self)
{
  return self->n_sessions;
}

static gboolean
is_wanted (GArray          *known,
           guint32          number,
           const FareQuery *query,
           FareIndexReader *reader,
           gboolean       (*wants) (const FareQuery *, const char *),
           const char    *(*get_text) (FareIndexReader *, guint32))
{
  guint8 *wanted;

  if (number >= known->len)
    g_array_set_size (known, number + 1);
  wanted = &g_array_index (known, guint8, number);
  if (*wanted == FARE_SLOT_UNKNOWN)
    *wanted = wants (query, get_text (reader, number)) ? FARE_SLOT_WANTED : FARE_SLOT_UNWANTED;

  return *wanted == FARE_SLOT_WANTED;
}

static void
fill_session (FareSlots       *self,
              guint32          number,
              FareSessionSlot *slot)
{
  const FareQuery *query = self->query;
  FareIndexReader *reader = self->reader;
  gboolean wanted;

  wanted = (self->wanted_ids == NULL
            || g_hash_table_contains (self->wanted_ids, GUINT_TO_POINTER (number)))
           && (query->clients == NULL
               || is_wanted (self->clients, slot->client, query, reader, fare_query_wants_client,
                             fare_index_reader_get_client))
           && (query->projects == NULL
               || is_wanted (self->projects, slot->project, query, reader,
                             fare_query_wants_project, fare_index_reader_get_project));
  slot->wanted = wanted ? FARE_SLOT_WANTED : FARE_SLOT_UNWANTED;
  slot->prefers_log = fare_cost_policy_prefers_log (fare_index_reader_get_client (reader,
                                                                                  slot->client));
}

FareSessionSlot *
fare_slots_find_session (FareSlots  *self,
                         guint32     number,
                         GError    **error)
{
  FareSessionSlot found = { 0 };

  if (number < self->n_sessions && self->sessions[number].wanted != FARE_SLOT_UNKNOWN)
    return &self->sessions[number];

  /* Fails for every number that is too large. */
  if (!fare_index_reader_get_place (self->reader, number, &found.client, &found.project, error))
    return NULL;
  fill_session (self, number, &found);
  self->sessions[number] = found;

  return &self->sessions[number];
}

FareModelSlot *
fare_slots_find_model (FareSlots  *self,
                       guint32     number,
                       GError    **error)
{
  const FareModelInfo *model;
  FareModelSlot *slot;

  if (number < self->models->len && self->models->pdata[number] != NULL)
    return self->models->pdata[number];

  model = fare_index_reader_get_model (self->reader, number);
  if (model == NULL)
    {
      fare_index_reader_take_corrupt (self->reader, error);
      return NULL;
    }

  slot = g_new0 (FareModelSlot, 1);
  slot->model = model;
  slot->wanted = fare_query_wants_model (self->query, model) ? FARE_SLOT_WANTED
                                                             : FARE_SLOT_UNWANTED;
  slot->match = fare_price_book_match (self->prices, model->provider, model->name);
  slot->steady_day = slot->steady_quarter = G_MININT64;
  for (guint i = 0; i < FARE_N_RATES; i++)
    slot->rates[i].day = G_MININT64;
  if (number >= self->models->len)
    g_ptr_array_set_size (self->models, (gint) number + 1);
  self->models->pdata[number] = slot;

  return slot;
}

gboolean
fare_slots_wants_branch (FareSlots *self,
                         guint32    number)
{
  guint8 *wanted;

  if (self->query->machines == NULL)
    return TRUE;
  if (number >= self->branches->len)
    g_array_set_size (self->branches, number + 1);
  wanted = &g_array_index (self->branches, guint8, number);
  if (*wanted == FARE_SLOT_UNKNOWN)
    *wanted = fare_query_wants_machine (self->query,
                                        fare_index_reader_get_machine (self->reader, number))
              ? FARE_SLOT_WANTED : FARE_SLOT_UNWANTED;

  return *wanted == FARE_SLOT_WANTED;
}

gboolean
fare_slots_is_steady_day (FareSlots     *self,
                          FareModelSlot *model,
                          gint64         day)
{
  if (model->steady_day != day)
    {
      model->steady_day = day;
      model->is_steady_day = fare_price_book_is_steady (self->prices, &model->match, day * DAY_MS,
                                                        (day + 1) * DAY_MS);
    }

  return model->is_steady_day;
}

gboolean
fare_slots_is_steady_quarter (FareSlots     *self,
                              FareModelSlot *model,
                              gint64         quarter)
{
  if (model->steady_quarter != quarter)
    {
      model->steady_quarter = quarter;
      model->is_steady_quarter = fare_price_book_is_steady (self->prices, &model->match,
                                                            quarter * FARE_QUARTER_MS,
                                                            (quarter + 1) * FARE_QUARTER_MS);
    }

  return model->is_steady_quarter;
}

const FarePriceRates *
fare_slots_find_day_rates (FareSlots      *self,
                           FareModelSlot  *model,
                           const FareCell *cell,
                           gint64          day)
{
  FareRatesSlot *slot;

  for (guint i = 0; i < FARE_N_RATES; i++)
    {
      slot = &model->rates[i];
      if (slot->day == day && slot->kind == cell->key.kind && slot->band == cell->key.band)
        return &slot->rates;
    }

  slot = &model->rates[model->next_rates++ % FARE_N_RATES];
  slot->day = day;
  slot->kind = cell->key.kind;
  slot->band = cell->key.band;
  fare_price_book_find_rates (self->prices, &model->match, cell->key.kind & FARE_KIND_MODES,
                              fare_index_reader_get_floor (self->reader, cell->key.band),
                              day * DAY_MS, &slot->rates);

  return &slot->rates;
}
