/* fare-live-query.c
 *
 * Keeps one answer fresh.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "base/fare-currency.h"
#include "models/fare-live-query.h"

struct _FareLiveQuery
{
  GObject          parent_instance;

  FareMeter       *meter;
  FareRangeChoice *choice;
  FareFilter      *filter;  /* NULL: none */
  GVariant        *subject; /* NULL: none */
  FareAnswerFunc   func;
  GDestroyNotify   free_answer;

  gpointer         answer;
  GError          *error;

  GCancellable    *cancellable; /* of the worker whose answer will be taken; NULL if none runs */
  gint64           asked_us;    /* monotonic time of the last question, 0 if it is to be asked at once */
  guint            pause_ms;
  guint            pause_id;
  guint            generation;  /* of the range; a worker of an older one is ignored */
  guint            n_asked;
  guint            follows_range : 1;
  guint            is_active : 1;
  guint            is_due : 1;  /* something changed since the last question was put */
};

G_DEFINE_FINAL_TYPE (FareLiveQuery, fare_live_query, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* What travels to the worker and back. */
typedef struct
{
  FareQuestion   question;
  FareAnswerFunc func;
  GDestroyNotify free_answer;
  guint          generation;
} Errand;

static void ask_if_due (FareLiveQuery *self);

static void
errand_free (gpointer data)
{
  Errand *errand = data;

  g_object_unref (errand->question.meter);
  g_time_zone_unref (errand->question.now.zone);
  fare_filter_values_clear (&errand->question.filter);
  g_clear_pointer (&errand->question.subject, g_variant_unref);
  g_free (errand);
}

static void
answer_in_thread (GTask        *task,
                  gpointer      source_object,
                  gpointer      task_data,
                  GCancellable *cancellable)
{
  Errand *errand = task_data;
  FareQuestion *question = &errand->question;
  g_autoptr(FareSettings) settings = fare_settings_load (fare_meter_get_paths (question->meter));
  g_autoptr(FareCurrency) currency = fare_currency_new (settings);
  GError *error = NULL;
  gpointer answer;

  /* What is put into words here speaks in the same currency as the window. */
  fare_currency_use (currency, MIN (question->range.end - 1,
                                    fare_day_of (question->now.zone, question->now.now_ms)));
  answer = errand->func (question, cancellable, &error);

  /* Damage may show only when the damaged page is read; the logs still tell what they know. */
  if (answer == NULL && fare_meter_recover (question->meter, error, cancellable))
    {
      g_clear_error (&error);
      answer = errand->func (question, cancellable, &error);
    }

  if (answer != NULL)
    g_task_return_pointer (task, answer, errand->free_answer);
  else
    g_task_return_error (task, error);
}

static void
drop_answer (FareLiveQuery *self)
{
  if (self->answer != NULL)
    self->free_answer (g_steal_pointer (&self->answer));

  g_clear_error (&self->error);
}

static void
answered_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  FareLiveQuery *self = FARE_LIVE_QUERY (object);
  Errand *errand = g_task_get_task_data (G_TASK (result));
  g_autoptr(GError) error = NULL;
  gpointer answer = g_task_propagate_pointer (G_TASK (result), &error);

  if (errand->generation != self->generation)
    {
      if (answer != NULL)
        errand->free_answer (answer);

      return;
    }

  g_clear_object (&self->cancellable);
  drop_answer (self);
  self->answer = answer;
  self->error = g_steal_pointer (&error);

  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  ask_if_due (self);
}

static void
put_question (FareLiveQuery *self)
{
  g_autoptr(GTask) task = NULL;
  Errand *errand = g_new0 (Errand, 1);

  errand->question.meter = g_object_ref (self->meter);
  errand->question.period = fare_range_choice_get_period (self->choice);
  errand->question.range = fare_range_choice_get_range (self->choice);
  fare_range_choice_get_now (self->choice, &errand->question.now);
  g_time_zone_ref (errand->question.now.zone);
  if (self->filter != NULL)
    fare_filter_copy (self->filter, &errand->question.filter);
  if (self->subject != NULL)
    errand->question.subject = g_variant_ref (self->subject);
  errand->func = self->func;
  errand->free_answer = self->free_answer;
  errand->generation = self->generation;

  self->cancellable = g_cancellable_new ();
  self->is_due = FALSE;
  self->asked_us = g_get_monotonic_time ();
  self->n_asked++;

  task = g_task_new (self, self->cancellable, answered_cb, NULL);
  g_task_set_source_tag (task, put_question);
  /* Whether an answer is still wanted is decided by its generation, not by the cancellable. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, errand, errand_free);
  g_task_run_in_thread (task, answer_in_thread);
}

static gboolean
pause_over_cb (gpointer user_data)
{
  FareLiveQuery *self = user_data;

  self->pause_id = 0;
  self->asked_us = 0;
  ask_if_due (self);

  return G_SOURCE_REMOVE;
}

/* One worker at a time: changes that arrive meanwhile are answered together. */
static void
ask_if_due (FareLiveQuery *self)
{
  gint64 wait_us;

  if (!self->is_active || !self->is_due || self->cancellable != NULL || self->pause_id != 0)
    return;

  wait_us = self->asked_us + (gint64) self->pause_ms * 1000 - g_get_monotonic_time ();

  if (self->pause_ms > 0 && self->asked_us > 0 && wait_us > 0)
    self->pause_id = g_timeout_add ((guint) (wait_us / 1000) + 1, pause_over_cb, self);
  else
    put_question (self);
}

static void
forget_worker (FareLiveQuery *self)
{
  self->generation++;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

/* Another question: what is known answers it no more. */
static void
start_over (FareLiveQuery *self)
{
  forget_worker (self);
  drop_answer (self);
  self->is_due = TRUE;
  self->asked_us = 0;
  g_clear_handle_id (&self->pause_id, g_source_remove);

  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  ask_if_due (self);
}

/* News of the same kind as before may wait. */
static void
meter_changed_cb (FareLiveQuery *self)
{
  self->is_due = TRUE;
  ask_if_due (self);
}

static void
choice_changed_cb (FareLiveQuery *self)
{
  /* Even a page with days of its own may show which of them is today. */
  if (self->follows_range)
    start_over (self);
  else
    fare_live_query_ask (self);
}

static void
fare_live_query_dispose (GObject *object)
{
  FareLiveQuery *self = FARE_LIVE_QUERY (object);

  forget_worker (self);
  g_clear_handle_id (&self->pause_id, g_source_remove);
  self->is_active = FALSE;
  g_clear_object (&self->meter);
  g_clear_object (&self->choice);
  g_clear_object (&self->filter);
  g_clear_pointer (&self->subject, g_variant_unref);

  G_OBJECT_CLASS (fare_live_query_parent_class)->dispose (object);
}

static void
fare_live_query_finalize (GObject *object)
{
  FareLiveQuery *self = FARE_LIVE_QUERY (object);

  drop_answer (self);

  G_OBJECT_CLASS (fare_live_query_parent_class)->finalize (object);
}

static void
fare_live_query_class_init (FareLiveQueryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = fare_live_query_dispose;
  object_class->finalize = fare_live_query_finalize;

  /**
   * FareLiveQuery::changed:
   *
   * The answer or the error is another than before.
   */
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
fare_live_query_init (FareLiveQuery *self)
{
  self->is_due = TRUE;
}

FareLiveQuery *
fare_live_query_new (FareMeter       *meter,
                     FareRangeChoice *choice,
                     gboolean         follows_range,
                     FareFilter      *filter,
                     FareAnswerFunc   func,
                     GDestroyNotify   free_answer)
{
  FareLiveQuery *self;

  g_return_val_if_fail (FARE_IS_METER (meter), NULL);
  g_return_val_if_fail (FARE_IS_RANGE_CHOICE (choice), NULL);
  g_return_val_if_fail (filter == NULL || FARE_IS_FILTER (filter), NULL);
  g_return_val_if_fail (func != NULL && free_answer != NULL, NULL);

  self = g_object_new (FARE_TYPE_LIVE_QUERY, NULL);
  self->meter = g_object_ref (meter);
  self->choice = g_object_ref (choice);
  self->follows_range = !!follows_range;
  self->func = func;
  self->free_answer = free_answer;

  if (g_set_object (&self->filter, filter))
    g_signal_connect_object (filter, "changed",
                             G_CALLBACK (start_over), self, G_CONNECT_SWAPPED);

  g_signal_connect_object (meter, "changed",
                           G_CALLBACK (meter_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (choice, "changed",
                           G_CALLBACK (choice_changed_cb), self, G_CONNECT_SWAPPED);

  return self;
}

void
fare_live_query_set_active (FareLiveQuery *self,
                            gboolean       is_active)
{
  g_return_if_fail (FARE_IS_LIVE_QUERY (self));

  self->is_active = !!is_active;
  ask_if_due (self);
}

void
fare_live_query_set_subject (FareLiveQuery *self,
                             GVariant      *subject)
{
  g_autoptr(GVariant) wanted = NULL;

  g_return_if_fail (FARE_IS_LIVE_QUERY (self));

  wanted = subject != NULL ? g_variant_ref_sink (subject) : NULL;
  if (wanted == self->subject ||
      (wanted != NULL && self->subject != NULL && g_variant_equal (wanted, self->subject)))
    return;

  g_clear_pointer (&self->subject, g_variant_unref);
  self->subject = g_steal_pointer (&wanted);
  start_over (self);
}

void
fare_live_query_set_pause (FareLiveQuery *self,
                           guint          pause_ms)
{
  g_return_if_fail (FARE_IS_LIVE_QUERY (self));

  self->pause_ms = pause_ms;
}

void
fare_live_query_ask (FareLiveQuery *self)
{
  g_return_if_fail (FARE_IS_LIVE_QUERY (self));

  self->is_due = TRUE;
  self->asked_us = 0;
  g_clear_handle_id (&self->pause_id, g_source_remove);
  ask_if_due (self);
}

gpointer
fare_live_query_get_answer (FareLiveQuery *self)
{
  g_return_val_if_fail (FARE_IS_LIVE_QUERY (self), NULL);

  return self->answer;
}

const GError *
fare_live_query_get_error (FareLiveQuery *self)
{
  g_return_val_if_fail (FARE_IS_LIVE_QUERY (self), NULL);

  return self->error;
}

guint
fare_live_query_get_n_asked (FareLiveQuery *self)
{
  g_return_val_if_fail (FARE_IS_LIVE_QUERY (self), 0);

  return self->n_asked;
}
