/* fare-session-data.c
 *
 * All sessions with use in a range.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "accounting/fare-active-time.h"
#include "accounting/fare-query.h"
#include "models/fare-session-data.h"

/* A model or a branch of a session with its tokens. */
typedef struct
{
  guint32 number;
  gint64  tokens;
} Part;

typedef struct
{
  FareSessionRow *row;
  GArray         *models;   /* of Part */
  GArray         *branches; /* of Part */
} Session;

typedef struct
{
  const FareQuestion *question;
  FareIndexReader    *reader;
  FareQuery           query;
  GHashTable         *sessions; /* the reader's number → Session */
  gint64              last_ms;  /* of the session looked at */
  guint               wanted;   /* the model asked about last */
  gboolean            is_wanted;
} Load;

void
fare_session_data_free (FareSessionData *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->rows);
  g_time_zone_unref (self->zone);
  g_free (self);
}

static void
session_free (gpointer data)
{
  Session *session = data;

  g_array_unref (session->models);
  g_array_unref (session->branches);
  g_free (session);
}

static void
add_part (GArray  *parts,
          guint32  number,
          gint64   tokens)
{
  Part part = { number, tokens };

  for (guint i = 0; i < parts->len; i++)
    {
      Part *known = &g_array_index (parts, Part, i);

      if (known->number == number)
        {
          known->tokens += tokens;
          return;
        }
    }

  g_array_append_val (parts, part);
}

static int
compare_parts (gconstpointer a,
               gconstpointer b)
{
  const Part *x = a;
  const Part *y = b;

  if (x->tokens != y->tokens)
    return x->tokens < y->tokens ? 1 : -1;

  return x->number < y->number ? -1 : x->number > y->number;
}

static gboolean
add_cells_cb (const FareCell *cells,
              guint           n_cells,
              gpointer        user_data)
{
  Load *self = user_data;
  Session *session = NULL;
  guint32 number = 0;

  for (guint i = 0; i < n_cells; i++)
    {
      const FareCellKey *key = &cells[i].key;
      gint64 tokens = fare_usage_total (&cells[i].usage);

      if (session == NULL || key->session != number)
        session = g_hash_table_lookup (self->sessions, GUINT_TO_POINTER (key->session));
      number = key->session;

      if (session == NULL)
        continue;

      if (key->model != self->wanted)
        self->is_wanted = fare_query_wants_model (&self->query,
                                                  fare_index_reader_get_model (self->reader,
                                                                               key->model));
      self->wanted = key->model;

      if (!self->is_wanted
          || (self->query.machines != NULL
              && !fare_query_wants_machine (&self->query,
                                            fare_index_reader_get_machine (self->reader,
                                                                           key->branch))))
        continue;

      add_part (session->models, key->model, tokens);
      add_part (session->branches, key->branch, tokens);
    }

  return TRUE;
}

/* Names of the models, the one with most tokens first; a name that several providers sell once. */
static char *
list_models (FareIndexReader *reader,
             GArray          *models)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new ();
  GString *text = g_string_new (NULL);

  g_array_sort (models, compare_parts);

  for (guint i = 0; i < models->len; i++)
    {
      const FareModelInfo *model =
        fare_index_reader_get_model (reader, g_array_index (models, Part, i).number);

      if (model == NULL || g_ptr_array_find_with_equal_func (names, model->name, g_str_equal, NULL))
        continue;

      g_ptr_array_add (names, (gpointer) model->name);
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", model->name);
    }

  return g_string_free (text, FALSE);
}

/* The branch with most tokens; a known one rather than none. */
static const char *
find_branch (FareIndexReader *reader,
             GArray          *branches)
{
  g_array_sort (branches, compare_parts);

  for (guint i = 0; i < branches->len; i++)
    {
      const char *name =
        fare_index_reader_get_branch (reader, g_array_index (branches, Part, i).number);

      if (name != NULL && *name != '\0')
        return name;
    }

  return "";
}

static gboolean
find_last_cb (const FareEventRow *event,
              gpointer            user_data)
{
  Load *self = user_data;

  self->last_ms = MAX (self->last_ms, event->time_ms);

  return TRUE;
}

/* A session may have gone on after the days asked about. */
static gboolean
find_last (Load                   *self,
           const FareSessionInfo  *info,
           gint64                 *last_ms,
           GError                **error)
{
  *last_ms = info->last_ms;

  if (info->last_ms < self->query.to_ms)
    return TRUE;

  self->last_ms = 0;
  if (!fare_index_reader_foreach_event (self->reader, self->query.from_ms, self->query.to_ms, info,
                                        find_last_cb, self, error))
    return FALSE;

  *last_ms = self->last_ms;

  return TRUE;
}

static gboolean
add_session (Load                  *self,
             FareSessionData       *data,
             const FareSummaryRow  *source,
             GError               **error)
{
  const FareSessionInfo *info = source->session;
  g_autoptr(FareSessionRow) row = fare_session_row_new (info->client, info->uid);
  Session *session;

  row->title = g_utf8_make_valid (info->title, -1);
  row->project = g_strdup (info->project);
  row->parent = g_strdup (info->parent);
  row->is_helper = info->is_subagent;
  row->is_review = info->is_review;
  row->sums = source->sums;

  if (!find_last (self, info, &row->last_ms, error))
    return FALSE;

  row->last_day = fare_day_of (data->zone, row->last_ms);
  session = g_new0 (Session, 1);
  session->row = row;
  session->models = g_array_new (FALSE, FALSE, sizeof (Part));
  session->branches = g_array_new (FALSE, FALSE, sizeof (Part));
  g_hash_table_replace (self->sessions, GUINT_TO_POINTER (info->id), session);
  g_ptr_array_add (data->rows, g_steal_pointer (&row));

  return TRUE;
}

static void
name_parts (Load *self)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->sessions);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Session *session = value;

      session->row->models = list_models (self->reader, session->models);
      session->row->branch = g_strdup (find_branch (self->reader, session->branches));
      fare_session_row_fold (session->row);
    }
}

static gboolean
load_rows (Load             *self,
           FareSessionData  *data,
           FarePriceBook    *prices,
           GCancellable     *cancellable,
           GError          **error)
{
  g_autoptr(FareSummary) summary =
    fare_summary_new (self->reader, prices, &self->query, FARE_GROUP_SESSION, error);

  if (summary == NULL)
    return FALSE;

  for (guint i = 0; i < fare_summary_get_n_rows (summary); i++)
    if (!add_session (self, data, fare_summary_get_row (summary, i), error))
      return FALSE;

  data->total = *fare_summary_get_total (summary);

  if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
      !fare_index_reader_foreach_cells (self->reader, self->query.from_ms, self->query.to_ms,
                                        add_cells_cb, self, error))
    return FALSE;

  name_parts (self);

  return TRUE;
}

static void
load_state (Load            *self,
            FareSessionData *data)
{
  gint64 first = 0;
  gint64 last = 0;

  data->was_scanned = fare_index_reader_get_last_scan (self->reader) > 0;
  data->is_empty = !fare_index_reader_get_span (self->reader, &first, &last);

  if (!data->is_empty)
    data->last_day = fare_day_of (data->zone, last * FARE_QUARTER_MS);
}

static void
make_query (const FareQuestion *question,
            FareQuery          *query)
{
  *query = (FareQuery) { .zone = question->now.zone };
  fare_filter_values_narrow (&question->filter, query);
  fare_range_to_span (question->range, query->zone, &query->from_ms, &query->to_ms);
}

gpointer
fare_session_data_load (const FareQuestion  *question,
                        GCancellable        *cancellable,
                        GError             **error)
{
  g_autoptr(FareIndexReader) reader = NULL;
  g_autoptr(FarePriceBook) prices = NULL;
  g_autoptr(FareSessionData) data = NULL;
  g_autoptr(GHashTable) sessions = NULL;
  Load load = { question, .wanted = G_MAXUINT };

  g_return_val_if_fail (question != NULL, NULL);

  reader = fare_meter_read (question->meter, error);
  if (reader == NULL)
    return NULL;

  prices = fare_meter_ref_prices (question->meter);
  sessions = g_hash_table_new_full (NULL, NULL, NULL, session_free);
  data = g_new0 (FareSessionData, 1);
  data->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) fare_session_row_unref);
  data->zone = g_time_zone_ref (question->now.zone);
  data->range = question->range;
  data->today = fare_day_of (question->now.zone, question->now.now_ms);
  load.reader = reader;
  load.sessions = sessions;
  make_query (question, &load.query);
  load_state (&load, data);

  return load_rows (&load, data, prices, cancellable, error) ? g_steal_pointer (&data) : NULL;
}

typedef struct
{
  FareActiveTimes *times;
  GHashTable      *table;
} Times;

static gboolean
add_time_cb (const FareSessionInfo *info,
             gpointer               user_data)
{
  Times *self = user_data;
  const FareActiveTime *time = fare_active_times_find_session (self->times, info);

  if (time != NULL)
    g_hash_table_replace (self->table, fare_session_row_dup_key (info->client, info->uid),
                          g_memdup2 (&time->active_ms, sizeof time->active_ms));

  return TRUE;
}

gpointer
fare_session_times_load (const FareQuestion  *question,
                         GCancellable        *cancellable,
                         GError             **error)
{
  g_autoptr(FareIndexReader) reader = NULL;
  g_autoptr(FareActiveTimes) times = NULL;
  g_autoptr(GHashTable) table = NULL;
  FareQuery query;

  g_return_val_if_fail (question != NULL, NULL);

  reader = fare_meter_read (question->meter, error);
  if (reader == NULL)
    return NULL;

  make_query (question, &query);
  times = fare_active_times_new (reader, &query, FARE_ACTIVE_CAP_MS, cancellable, error);
  if (times == NULL)
    return NULL;

  table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (!fare_index_reader_foreach_session (reader, add_time_cb, &(Times) { times, table }, error))
    return NULL;

  return g_steal_pointer (&table);
}
