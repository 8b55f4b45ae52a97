/* fare-session-why.c
 *
 * Where the number of a session comes from.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "accounting/fare-query.h"
#include "models/fare-session-why.h"

struct _FareLogLine
{
  GObject          parent_instance;

  FareLogLineFacts facts;
};

G_DEFINE_FINAL_TYPE (FareLogLine, fare_log_line, G_TYPE_OBJECT)

typedef struct
{
  FareMeter *meter;
  char      *client;
  GStrv      uids;
  GStrv      models;
  GStrv      machines;
  gint64     from_ms;
  gint64     to_ms;
  GTimeZone *zone;
} Question;

typedef struct
{
  const FareQuery *query;
  FarePriceBook   *prices;
  FareSessionWhy  *why;
  GPtrArray       *sessions; /* FareSessionInfo, the reader's */
} Load;

static void
fare_log_line_finalize (GObject *object)
{
  FareLogLine *self = FARE_LOG_LINE (object);

  g_free (self->facts.model);
  g_free (self->facts.path);

  G_OBJECT_CLASS (fare_log_line_parent_class)->finalize (object);
}

static void
fare_log_line_class_init (FareLogLineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fare_log_line_finalize;
}

static void
fare_log_line_init (FareLogLine *self)
{
}

const FareLogLineFacts *
fare_log_line_get_facts (FareLogLine *self)
{
  g_return_val_if_fail (FARE_IS_LOG_LINE (self), NULL);

  return &self->facts;
}

static void
model_free (gpointer data)
{
  FareWhyModel *model = data;

  g_free (model->model);
  g_free (model->reason);
  g_free (model);
}

void
fare_session_why_free (FareSessionWhy *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->files);
  g_ptr_array_unref (self->unpriced);
  g_clear_object (&self->lines);
  g_free (self->prices_updated);
  g_time_zone_unref (self->zone);
  g_free (self);
}

static void
question_free (gpointer data)
{
  Question *question = data;

  g_object_unref (question->meter);
  g_free (question->client);
  g_strfreev (question->uids);
  g_strfreev (question->models);
  g_strfreev (question->machines);
  g_time_zone_unref (question->zone);
  g_free (question);
}

static gboolean
find_sessions_cb (const FareSessionInfo *info,
                  gpointer               user_data)
{
  Load *self = user_data;

  if (fare_query_wants_session (self->query, info))
    g_ptr_array_add (self->sessions, (gpointer) info);

  return TRUE;
}

static gboolean
add_line_cb (const FareEventRow *event,
             gpointer            user_data)
{
  Load *self = user_data;
  g_autoptr(FareLogLine) line = NULL;
  FarePrice price;
  gboolean has_price;

  if (!fare_query_wants_event (self->query, event))
    return TRUE;

  price = fare_event_price (event, self->prices);
  has_price = price.reason == FARE_UNPRICED_NOT;
  line = g_object_new (FARE_TYPE_LOG_LINE, NULL);
  line->facts = (FareLogLineFacts) {
    .time_ms = event->time_ms, .model = g_strdup (event->model->name),
    .path = g_strdup (event->path), .offset = event->offset,
    .sums = {
      .usage = event->usage, .messages = event->messages, .has_price = has_price,
      .cost = has_price ? price.usd : 0.0, .is_estimate = has_price && price.is_estimate,
      .unpriced_tokens = has_price ? 0 : fare_usage_total (&event->usage)
    }
  };
  g_list_store_append (self->why->lines, line);

  return TRUE;
}

static int
compare_lines (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  const FareLogLine *x = a;
  const FareLogLine *y = b;

  return x->facts.time_ms < y->facts.time_ms ? -1 : x->facts.time_ms > y->facts.time_ms;
}

static gboolean
load_lines (Load             *self,
            FareIndexReader  *reader,
            GError          **error)
{
  if (!fare_index_reader_foreach_session (reader, find_sessions_cb, self, error))
    return FALSE;

  for (guint i = 0; i < self->sessions->len; i++)
    if (!fare_index_reader_foreach_event (reader, self->query->from_ms, self->query->to_ms,
                                          g_ptr_array_index (self->sessions, i), add_line_cb, self,
                                          error))
      return FALSE;

  if (self->sessions->len > 1)
    g_list_store_sort (self->why->lines, compare_lines, NULL);

  return TRUE;
}

static void
add_unpriced (FareSessionWhy       *self,
              const FareSummaryRow *row)
{
  FareWhyModel *model;

  if (row->sums.unpriced_tokens == 0)
    return;

  model = g_new0 (FareWhyModel, 1);
  model->model = g_strdup (row->title);
  model->reason = g_strdup (fare_unpriced_to_sentence (row->reason));
  model->tokens = row->sums.unpriced_tokens;
  g_ptr_array_add (self->unpriced, model);
}

static void
take_why (FareSessionWhy *self,
          const FareWhy  *why)
{
  self->total = *fare_summary_get_total (why->models);
  self->events = why->events;
  self->folded = why->folded;
  self->malformed = why->malformed;
  self->unreadable = why->unreadable->len;
  self->prices_updated = g_strdup (why->prices_updated);

  for (guint i = 0; i < FARE_N_ROLES; i++)
    self->not_counted[i] = why->not_counted[i];
  for (guint i = 0; i < why->used_files->len; i++)
    g_ptr_array_add (self->files, g_strdup (g_ptr_array_index (why->used_files, i)));
  for (guint i = 0; i < fare_summary_get_n_rows (why->models); i++)
    add_unpriced (self, fare_summary_get_row (why->models, i));
}

static FareSessionWhy *
load (const Question  *question,
      GCancellable    *cancellable,
      GError         **error)
{
  g_autoptr(FareIndexReader) reader = fare_meter_read (question->meter, error);
  g_autoptr(FarePriceBook) prices = NULL;
  g_autoptr(FareWhy) why = NULL;
  g_autoptr(FareSessionWhy) self = NULL;
  g_autoptr(GPtrArray) sessions = g_ptr_array_new ();
  g_auto(GStrv) failures = NULL;
  char *clients[] = { question->client, NULL };
  FareQuery query = {
    .from_ms = question->from_ms, .to_ms = question->to_ms, .zone = question->zone,
    .clients = clients, .models = question->models, .sessions = question->uids,
    .machines = question->machines
  };
  Load state;

  if (reader == NULL)
    return NULL;

  prices = fare_meter_ref_prices (question->meter);
  failures = fare_meter_dup_failures (question->meter);
  why = fare_why_new (reader, prices, &query, (const char * const *) failures, cancellable, error);
  if (why == NULL)
    return NULL;

  self = g_new0 (FareSessionWhy, 1);
  self->files = g_ptr_array_new_with_free_func (g_free);
  self->unpriced = g_ptr_array_new_with_free_func (model_free);
  self->lines = g_list_store_new (FARE_TYPE_LOG_LINE);
  self->zone = g_time_zone_ref (question->zone);
  self->today = fare_day_of (question->zone, g_get_real_time () / 1000);
  take_why (self, why);
  state = (Load) { &query, prices, self, sessions };

  return load_lines (&state, reader, error) ? g_steal_pointer (&self) : NULL;
}

static void
ask_thread (GTask        *task,
            gpointer      source,
            gpointer      task_data,
            GCancellable *cancellable)
{
  GError *error = NULL;
  FareSessionWhy *why = load (task_data, cancellable, &error);

  if (why != NULL)
    g_task_return_pointer (task, why, (GDestroyNotify) fare_session_why_free);
  else
    g_task_return_error (task, error);
}

void
fare_session_why_ask (FareMeter           *meter,
                      const char          *client,
                      const char * const  *uids,
                      gint64               from_ms,
                      gint64               to_ms,
                      const char * const  *models,
                      const char * const  *machines,
                      GTimeZone           *zone,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Question *question = g_new0 (Question, 1);

  *question = (Question) {
    g_object_ref (meter), g_strdup (client), g_strdupv ((GStrv) uids), g_strdupv ((GStrv) models),
    g_strdupv ((GStrv) machines), from_ms, to_ms, g_time_zone_ref (zone)
  };
  g_task_set_task_data (task, question, question_free);
  g_task_run_in_thread (task, ask_thread);
}

FareSessionWhy *
fare_session_why_ask_finish (GAsyncResult  *result,
                             GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
