/* fare-summary-pass.c
 *
 * The cells of a UTC day come together, those of one price next to each other.  What
 * depends on a session or a model is worked out at its first cell and remembered;
 * like cells of one stretch of local time are added up before they are priced.  Quarter
 * hours that one price, or one stretch of local time, does not cover as a whole are put
 * aside and added row by row afterwards.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "accounting/fare-summary-pass.h"

#include <string.h>

#include "accounting/fare-cost.h"
#include "accounting/fare-summary-slots.h"

#define DAY_MS (FARE_DAY_QUARTERS * FARE_QUARTER_MS)

/* More sessions than this are quicker read at once than one by one. */
#define FEW_SESSIONS 100

/* Quarter hours of a day that lie in the same rows of all splits that have a time. */
typedef struct
{
  gboolean is_odd; /* a single one, in which a row ends */
  guint    end;    /* quarter hour of the day, exclusive */
} Stretch;

/* All rows of one model in one session and quarter hour, to be added one by one. */
typedef struct
{
  gint64  quarter;
  guint32 session;
  guint32 model;
} SingleStep;

typedef struct
{
  FareSummaryPass *pass;
  FareSlots       *slots;
  gint64           day;           /* of the stretches; G_MININT64 at first */
  Stretch          stretches[FARE_DAY_QUARTERS];
  guint8           stretch_of[FARE_DAY_QUARTERS];
  FareGroupRow   **time_rows;     /* by stretch and split; NULL where there was no use yet */
  FareSplit       *whole;         /* (nullable): one whose rows make up the total */
  GArray          *steps;         /* of SingleStep */
  SingleStep       step;          /* the one being added */
  GError          *error;
} Work;

/* What is added at once. */
typedef struct
{
  FareSessionSlot *session;
  guint32      number;  /* of the session */
  FareModelSlot   *model;
  guint32      model_number;
  guint32      branch;
  gint64       time_ms; /* in the stretch that it belongs to */
  FareGroupRow **time_rows; /* (nullable): of that stretch, by split */
} Place;

/* Sessions take turns in a day's cells, so the rows of its stretches are kept at hand. */
static FareGroupRow *
find_time_row (Work        *self,
               FareSplit   *split,
               const Place *place)
{
  FareGroupRow **known = place->time_rows != NULL
                             ? &place->time_rows[split - self->pass->splits] : NULL;

  if (known == NULL)
    return fare_groups_find_time_row (split->groups, place->time_ms);
  if (*known == NULL)
    *known = fare_groups_find_time_row (split->groups, place->time_ms);

  return *known;
}

static FareGroupRow *
find_row (Work        *self,
          FareSplit   *split,
          const Place *place)
{
  FareIndexReader *reader = self->pass->reader;
  FareGroups *groups = split->groups;
  FareSessionSlot *session = place->session;
  FareGroupRow *row = NULL;

  switch (split->group)
    {
    case FARE_GROUP_CLIENT:
      row = fare_groups_get (groups, session->client);
      return row != NULL ? row : fare_groups_add_client (groups, session->client,
                                                         fare_index_reader_get_client
                                                           (reader, session->client));

    case FARE_GROUP_PROJECT:
      row = fare_groups_get (groups, session->project);
      return row != NULL ? row : fare_groups_add_project (groups, session->project,
                                                          fare_index_reader_get_project
                                                            (reader, session->project));

    case FARE_GROUP_SESSION:
      row = fare_groups_get (groups, place->number);
      return row != NULL ? row : fare_groups_add_session (groups, place->number);

    case FARE_GROUP_BRANCH:
      return fare_groups_find_branch (groups, place->branch, session->project, reader);

    case FARE_GROUP_MACHINE:
      {
        const FareMachine *machine = fare_index_reader_get_machine (reader, place->branch);

        row = fare_groups_get (groups, machine->number);
        return row != NULL ? row : fare_groups_add_machine (groups, machine);
      }

    case FARE_GROUP_MODEL:
      row = fare_groups_get (groups, place->model_number);
      return row != NULL ? row : fare_groups_add_model (groups, place->model_number,
                                                        place->model->model);

    case FARE_GROUP_CLIENT_MODEL:
      return fare_groups_find_client_model (groups, session->client, place->model_number,
                                            place->model->model, reader);

    case FARE_GROUP_HOUR:
    case FARE_GROUP_DAY:
    case FARE_GROUP_WEEK:
    case FARE_GROUP_MONTH:
      return find_time_row (self, split, place);

    case FARE_GROUP_NONE:
    default:
      return NULL;
    }
}

static void
add_to_split (Work                *self,
              FareSplit           *split,
              const Place         *place,
              const FareTallyItem *item)
{
  FareGroupRow *row = find_row (self, split, place);

  if (row == NULL)
    return;

  fare_tally_add (&row->tally, item);
  if (row->row.reason == FARE_UNPRICED_NOT)
    row->row.reason = item->price.reason;

  if (split->counted_in[place->number] == row)
    return;
  split->counted_in[place->number] = row;
  if (fare_pair_set_add (&split->counted, row->index, place->number))
    row->tally.sums.sessions++;
}

static void
add_item (Work                *self,
          const Place         *place,
          const FareTallyItem *item)
{
  FareSummaryPass *pass = self->pass;

  if (!place->session->is_counted)
    pass->total.sums.sessions++;
  place->session->is_counted = TRUE;

  if (self->whole == NULL)
    fare_tally_add (&pass->total, item);
  for (guint i = 0; i < pass->n_splits; i++)
    add_to_split (self, &pass->splits[i], place, item);
}

/* As fare_cost_decide(), with the table's half worked out already. */
static FarePrice
decide_price (const FareCell       *cell,
              gboolean              prefers_log,
              const FarePriceRates *rates)
{
  gboolean has_reported = (cell->key.kind & FARE_KIND_REPORTED) != 0;

  if (has_reported && (prefers_log || rates->reason != FARE_UNPRICED_NOT))
    return (FarePrice) { .usd = cell->reported / 1e12, .reason = FARE_UNPRICED_NOT };

  return fare_price_rates_cost (rates, &cell->usage);
}

static void
add_sums (Work                 *self,
          const Place          *place,
          const FareCell       *cell,
          const FarePriceRates *rates)
{
  FareTallyItem item = {
    .usage = &cell->usage,
    .messages = cell->messages,
    .web_searches = cell->searches,
    .price = decide_price (cell, place->session->prefers_log, rates),
  };

  add_item (self, place, &item);
}

static void
put_aside (Work        *self,
           const Place *place,
           gint64       quarter)
{
  SingleStep step = { quarter, place->number, place->model_number };

  g_array_append_val (self->steps, step);
}

/* Finds how the splits cut the day.  Rows are made later, where there is use. */
static void
cut_day (Work   *self,
         gint64  day)
{
  FareSummaryPass *pass = self->pass;
  guint n = 0;

  self->day = day;
  memset (self->time_rows, 0, FARE_DAY_QUARTERS * pass->n_splits * sizeof *self->time_rows);
  for (guint quarter = 0; quarter < FARE_DAY_QUARTERS; n++)
    {
      gint64 start_ms = day * DAY_MS + quarter * FARE_QUARTER_MS;
      gint64 end_ms = (day + 1) * DAY_MS;
      guint end;

      for (guint i = 0; i < pass->n_splits; i++)
        end_ms = MIN (end_ms, fare_groups_find_end (pass->splits[i].groups, start_ms));

      end = quarter + (guint) ((end_ms - start_ms) / FARE_QUARTER_MS);
      self->stretches[n].is_odd = end == quarter;
      self->stretches[n].end = MAX (end, quarter + 1);
      for (; quarter < self->stretches[n].end; quarter++)
        self->stretch_of[quarter] = (guint8) n;
    }
}

static guint
get_stretch (Work           *self,
             const FareCell *cell)
{
  return self->stretch_of[cell->key.quarter - self->day * FARE_DAY_QUARTERS];
}

static void
set_time (Work           *self,
          Place          *place,
          const FareCell *cell)
{
  place->time_ms = cell->key.quarter * FARE_QUARTER_MS;
  place->time_rows = self->time_rows + get_stretch (self, cell) * self->pass->n_splits;
}

/* Like cells whose price does not change during the day. */
static void
add_steady (Work           *self,
            Place          *place,
            const FareCell *cells,
            guint           n_cells)
{
  const FarePriceRates *rates = fare_slots_find_day_rates (self->slots, place->model, cells, self->day);

  for (guint i = 0, end; i < n_cells; i = end)
    {
      guint stretch = get_stretch (self, &cells[i]);
      FareCell sum;

      set_time (self, place, &cells[i]);
      end = i + 1;
      if (self->stretches[stretch].is_odd)
        {
          put_aside (self, place, cells[i].key.quarter);
          continue;
        }
      if (end == n_cells || get_stretch (self, &cells[end]) != stretch)
        {
          add_sums (self, place, &cells[i], rates);
          continue;
        }

      sum = cells[i];
      for (; end < n_cells && get_stretch (self, &cells[end]) == stretch; end++)
        fare_cell_add (&sum, &cells[end]);
      add_sums (self, place, &sum, rates);
    }
}

static void
add_unsteady (Work           *self,
              Place          *place,
              const FareCell *cells,
              guint           n_cells)
{
  for (guint i = 0; i < n_cells; i++)
    {
      gint64 quarter = cells[i].key.quarter;
      FarePriceRates rates;

      set_time (self, place, &cells[i]);
      if (self->stretches[get_stretch (self, &cells[i])].is_odd
          || !fare_slots_is_steady_quarter (self->slots, place->model, quarter))
        {
          put_aside (self, place, quarter);
          continue;
        }
      fare_price_book_find_rates (self->pass->prices, &place->model->match,
                                  cells[i].key.kind & FARE_KIND_MODES,
                                  fare_index_reader_get_floor (self->pass->reader,
                                                               cells[i].key.band),
                                  place->time_ms, &rates);
      add_sums (self, place, &cells[i], &rates);
    }
}

static gboolean
cells_cb (const FareCell *cells,
          guint           n_cells,
          gpointer        user_data)
{
  Work *self = user_data;
  gint64 day = fare_cell_get_day (cells);

  if (self->day != day)
    cut_day (self, day);

  for (guint i = 0, end; i < n_cells; i = end)
    {
      const FareCell *first = &cells[i];
      Place place = {
        .number = first->key.session, .model_number = first->key.model, .branch = first->key.branch
      };

      for (end = i + 1; end < n_cells && fare_cell_is_like (first, &cells[end]);)
        end++;
      place.session = fare_slots_find_session (self->slots, place.number, &self->error);
      place.model = place.session != NULL ? fare_slots_find_model (self->slots, place.model_number,
                                                                   &self->error) : NULL;
      if (place.model == NULL)
        return FALSE;
      if (place.session->wanted != FARE_SLOT_WANTED || place.model->wanted != FARE_SLOT_WANTED
          || !fare_slots_wants_branch (self->slots, place.branch))
        continue;

      if (fare_slots_is_steady_day (self->slots, place.model, day))
        add_steady (self, &place, first, end - i);
      else
        add_unsteady (self, &place, first, end - i);
    }

  return TRUE;
}

static gboolean
row_cb (const FareRow *row,
        gpointer       user_data)
{
  Work *self = user_data;
  Place place = {
    .session = fare_slots_find_session (self->slots, self->step.session, NULL),
    .number = self->step.session,
    .model = fare_slots_find_model (self->slots, self->step.model, NULL),
    .model_number = self->step.model,
    .branch = row->branch, .time_ms = row->event_ms,
  };
  FareTallyItem item = {
    .usage = &row->usage, .messages = row->messages, .web_searches = row->web_searches
  };

  if (row->model != self->step.model || !fare_slots_wants_branch (self->slots, row->branch))
    return TRUE;

  item.price = fare_cost_decide (self->pass->prices, &place.model->match,
                                 place.session->prefers_log,
                                 &(FareCostBasis) {
                                   .modes = row->modes,
                                   .prompt_size = fare_usage_prompt (&row->usage),
                                   .time_ms = row->event_ms,
                                   .usage = &row->usage,
                                   .reported_pico = row->reported_pico,
                                   .has_reported = (row->flags & FARE_ROW_REPORTED) != 0,
                                 });
  add_item (self, &place, &item);

  return TRUE;
}

static int
compare_steps (gconstpointer a,
               gconstpointer b)
{
  const SingleStep *first = a, *second = b;

  if (first->quarter != second->quarter)
    return first->quarter < second->quarter ? -1 : 1;
  if (first->session != second->session)
    return first->session < second->session ? -1 : 1;

  return (first->model > second->model) - (first->model < second->model);
}

static gboolean
add_single_steps (Work    *self,
                  GError **error)
{
  const FareQuery *query = self->pass->query;

  g_array_sort (self->steps, compare_steps);
  for (guint i = 0; i < self->steps->len; i++)
    {
      const SingleStep *step = &g_array_index (self->steps, SingleStep, i);
      gint64 from_ms = MAX (step->quarter * FARE_QUARTER_MS, query->from_ms);
      gint64 to_ms = MIN ((step->quarter + 1) * FARE_QUARTER_MS, query->to_ms);

      /* Cells of several branches or kinds have led to the same rows. */
      if (i > 0 && compare_steps (step - 1, step) == 0)
        continue;
      self->step = *step;
      if (!fare_index_reader_foreach_row (self->pass->reader, from_ms, to_ms, step->session,
                                          row_cb, self, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
name_sessions (FareSummaryPass  *pass,
               FareSplit        *split,
               GError          **error)
{
  FareGroupRow *row;

  if (fare_groups_get_row (split->groups, FEW_SESSIONS) != NULL
      && !fare_index_reader_load_sessions (pass->reader, error))
    return FALSE;

  for (guint i = 0; (row = fare_groups_get_row (split->groups, i)) != NULL; i++)
    {
      const FareSessionInfo *session = fare_index_reader_get_session (pass->reader, row->number);

      if (session == NULL)
        return fare_index_reader_take_corrupt (pass->reader, error);
      fare_groups_name_session (row, session);
    }

  return TRUE;
}

static gboolean
name_rows (FareSummaryPass  *pass,
           GError          **error)
{
  for (guint i = 0; i < pass->n_splits; i++)
    if (pass->splits[i].group == FARE_GROUP_SESSION
        && !name_sessions (pass, &pass->splits[i], error))
      return FALSE;

  return TRUE;
}

/* Every piece is in one row of a split, so the total need not be added up piece by piece. */
static void
add_up_total (Work *self)
{
  FareTally *total = &self->pass->total;
  const FareGroupRow *row;

  if (self->whole == NULL)
    return;

  for (guint i = 0; (row = fare_groups_get_row (self->whole->groups, i)) != NULL; i++)
    fare_tally_join (total, &row->tally);
}

static gboolean
run (Work    *self,
     GError **error)
{
  FareSummaryPass *pass = self->pass;
  const gint64 *thresholds;
  guint n_thresholds;

  thresholds = fare_price_book_get_thresholds (pass->prices, &n_thresholds);
  fare_index_reader_set_thresholds (pass->reader, thresholds, n_thresholds);
  if (!fare_slots_prepare (self->slots, error)
      || !fare_index_reader_foreach_cells (pass->reader, pass->query->from_ms,
                                           pass->query->to_ms, cells_cb, self, error))
    return FALSE;
  if (self->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self->error));
      return FALSE;
    }

  if (!add_single_steps (self, error) || !name_rows (pass, error))
    return FALSE;
  add_up_total (self);

  return TRUE;
}

gboolean
fare_summary_pass_run (FareSummaryPass  *self,
                       GError          **error)
{
  Work work = { .pass = self, .day = G_MININT64 };
  gboolean done;

  work.slots = fare_slots_new (self->reader, self->prices, self->query);
  for (guint i = 0; i < self->n_splits && work.whole == NULL; i++)
    work.whole = self->splits[i].group != FARE_GROUP_NONE ? &self->splits[i] : NULL;
  for (guint i = 0; i < self->n_splits; i++)
    self->splits[i].counted_in = g_new0 (FareGroupRow *, fare_slots_count_sessions (work.slots));
  work.time_rows = g_new0 (FareGroupRow *, FARE_DAY_QUARTERS * self->n_splits);
  work.steps = g_array_new (FALSE, FALSE, sizeof (SingleStep));

  done = run (&work, error);

  g_clear_error (&work.error);
  g_array_unref (work.steps);
  fare_slots_free (work.slots);
  g_free (work.time_rows);

  return done;
}
