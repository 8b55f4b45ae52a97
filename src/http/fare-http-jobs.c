/* fare-http-jobs.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-http-jobs.h"

#include "fare-http-error.h"
#include "fare-http-json.h"

/* As many queries at a time leave a machine to its user. */
#define N_THREADS 2

/* Different questions that may wait; the same ones count once. */
#define MAX_WAITING 1024

/* Answers are kept this long for a burst of the same requests, and no longer: another program may
 * have written the index. */
#define KEEP_US (G_USEC_PER_SEC)
#define MAX_KEPT 128

typedef struct
{
  FareHttpDoneFunc func;
  gpointer         user_data;
} Waiter;

struct _FareHttpJobs
{
  FareMeter       *meter;
  FareEnergyTable *energy;
  GThreadPool     *pool;
  GHashTable      *running;    /* key → Job, those that may be shared */
  GPtrArray       *jobs;       /* all that are not done */
  GHashTable      *kept;       /* key → Kept */
  guint            generation; /* of index and prices */
  gulong           changed_id;
  GMutex           write_lock;
  gint64           refreshed_us;
};

/* Belongs to the main thread but for what run() uses. */
typedef struct
{
  FareHttpJobs    *owner;
  char            *key;        /* (nullable) */
  guint            generation;
  FareHttpRequest *request;
  FareHttpMeans    means;
  GCancellable    *cancellable;
  GArray          *waiters;
  GBytes          *body;       /* these are what run() found out */
  guint            status;
  gboolean         may_keep;
} Job;

typedef struct
{
  GBytes *body;
  guint   status;
  guint   generation;
  gint64  time_us;   /* monotonic */
} Kept;

static void
kept_free (Kept *self)
{
  g_bytes_unref (self->body);
  g_free (self);
}

static void
job_free (Job *self)
{
  g_free (self->key);
  fare_http_request_free (self->request);
  g_object_unref (self->cancellable);
  g_array_unref (self->waiters);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self);
}

static char *
answer_once (FareHttpQuestion  *question,
             FareHttpMeans      means,
             GError           **error)
{
  g_autoptr(FareIndexReader) reader = fare_meter_read (question->meter, error);
  g_autoptr(FarePriceBook) prices = fare_meter_ref_prices (question->meter);
  g_autoptr(JsonNode) root = NULL;

  if (reader == NULL)
    return NULL;

  question->reader = reader;
  question->prices = prices;
  if (means.text != NULL)
    return means.text (question, error);

  root = means.answer (question, error);
  return root != NULL ? fare_http_json_to_text (root) : NULL;
}

static char *
answer (Job     *job,
        GError **error)
{
  g_autoptr(GError) reason = NULL;
  FareHttpQuestion question = {
    .request = job->request,
    .meter = job->owner->meter,
    .energy = job->owner->energy,
    .cancellable = job->cancellable,
    .write_lock = &job->owner->write_lock,
    .refreshed_us = &job->owner->refreshed_us,
  };
  char *text = answer_once (&question, job->means, &reason);

  if (text != NULL)
    return text;

  if (reason->domain == FARE_HTTP_ERROR || g_cancellable_is_cancelled (job->cancellable)
      || !fare_meter_recover (job->owner->meter, reason, job->cancellable))
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return NULL;
    }

  return answer_once (&question, job->means, error);
}

static void
tell (Job                  *self,
      const FareHttpResult *result)
{
  /* A waiter may forget another one while it is told. */
  while (self->waiters->len > 0)
    {
      Waiter waiter = g_array_index (self->waiters, Waiter, self->waiters->len - 1);

      g_array_set_size (self->waiters, self->waiters->len - 1);
      waiter.func (result, waiter.user_data);
    }
}

static void
keep (FareHttpJobs *self,
      Job          *job)
{
  Kept *kept = g_new0 (Kept, 1);

  if (g_hash_table_size (self->kept) >= MAX_KEPT)
    g_hash_table_remove_all (self->kept);

  kept->body = g_bytes_ref (job->body);
  kept->status = job->status;
  kept->generation = job->generation;
  kept->time_us = g_get_monotonic_time ();
  g_hash_table_replace (self->kept, g_strdup (job->key), kept);
}

static gboolean
done_cb (gpointer user_data)
{
  Job *job = user_data;
  FareHttpJobs *self = job->owner;
  FareHttpResult result = { .body = job->body, .status = job->status };

  if (job->key != NULL && g_hash_table_lookup (self->running, job->key) == job)
    g_hash_table_remove (self->running, job->key);
  g_ptr_array_remove_fast (self->jobs, job);

  if (job->key != NULL && job->may_keep && job->generation == self->generation)
    keep (self, job);
  /* Whatever was changed, what is kept may be wrong now. */
  if (job->key == NULL)
    self->generation++;

  tell (job, &result);
  job_free (job);
  return G_SOURCE_REMOVE;
}

static void
run (gpointer data,
     gpointer user_data)
{
  Job *job = data;
  g_autoptr(GError) error = NULL;
  char *text = NULL;
  FareProgress progress;

  if (!g_cancellable_set_error_if_cancelled (job->cancellable, &error))
    text = answer (job, &error);

  job->status = 200;
  if (text == NULL)
    text = fare_http_error_to_text (error, &job->status);

  job->body = g_bytes_new_take (text, strlen (text));
  job->may_keep = job->status == 200 && !fare_meter_get_progress (job->owner->meter, &progress);
  g_idle_add_full (G_PRIORITY_DEFAULT, done_cb, job, NULL);
}

static void
changed_cb (FareMeter *meter,
            gpointer   user_data)
{
  FareHttpJobs *self = user_data;

  self->generation++;
}

FareHttpJobs *
fare_http_jobs_new (FareMeter *meter)
{
  FareHttpJobs *self = g_new0 (FareHttpJobs, 1);

  self->meter = g_object_ref (meter);
  self->energy = fare_energy_table_load_shipped (fare_meter_get_paths (meter), NULL);
  g_mutex_init (&self->write_lock);
  self->running = g_hash_table_new (g_str_hash, g_str_equal);
  self->jobs = g_ptr_array_new ();
  self->kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) kept_free);
  self->pool = g_thread_pool_new (run, NULL, N_THREADS, FALSE, NULL);
  self->changed_id = g_signal_connect (meter, "changed", G_CALLBACK (changed_cb), self);
  return self;
}

void
fare_http_jobs_free (FareHttpJobs *self)
{
  for (guint i = 0; i < self->jobs->len; i++)
    {
      Job *job = self->jobs->pdata[i];

      g_array_set_size (job->waiters, 0);
      g_cancellable_cancel (job->cancellable);
    }

  g_thread_pool_free (self->pool, FALSE, TRUE);
  while (self->jobs->len > 0)
    g_main_context_iteration (NULL, TRUE);

  g_signal_handler_disconnect (self->meter, self->changed_id);
  g_mutex_clear (&self->write_lock);
  g_hash_table_unref (self->running);
  g_hash_table_unref (self->kept);
  g_ptr_array_unref (self->jobs);
  g_clear_pointer (&self->energy, fare_energy_table_free);
  g_object_unref (self->meter);
  g_free (self);
}

/* An answer that is there already, unless logs are being read and it is about to change. */
static const Kept *
find_kept (FareHttpJobs *self,
           const char   *key)
{
  const Kept *kept = g_hash_table_lookup (self->kept, key);
  FareProgress progress;

  if (kept == NULL || kept->generation != self->generation
      || g_get_monotonic_time () - kept->time_us > KEEP_US
      || fare_meter_get_progress (self->meter, &progress))
    return NULL;

  return kept;
}

static Job *
start (FareHttpJobs    *self,
       const char      *key,
       FareHttpRequest *request,
       FareHttpMeans    means)
{
  Job *job = g_new0 (Job, 1);

  job->owner = self;
  job->key = g_strdup (key);
  job->generation = self->generation;
  job->request = request;
  job->means = means;
  job->cancellable = g_cancellable_new ();
  job->waiters = g_array_new (FALSE, FALSE, sizeof (Waiter));
  g_ptr_array_add (self->jobs, job);
  /* A newer one takes the place of one that began before a change. */
  if (job->key != NULL)
    g_hash_table_replace (self->running, job->key, job);

  return job;
}

gboolean
fare_http_jobs_ask (FareHttpJobs      *self,
                    const char        *key,
                    gboolean           is_fresh,
                    FareHttpRequest   *request,
                    FareHttpMeans      means,
                    FareHttpDoneFunc   func,
                    gpointer           user_data,
                    GError           **error)
{
  g_autoptr(FareHttpRequest) owned = request;
  const Kept *kept = key != NULL && !is_fresh ? find_kept (self, key) : NULL;
  Job *job = key != NULL ? g_hash_table_lookup (self->running, key) : NULL;
  Waiter waiter = { func, user_data };
  gboolean is_new;

  if (kept != NULL)
    {
      FareHttpResult result = {
        kept->body, kept->status, TRUE,
        (double) (g_get_monotonic_time () - kept->time_us) / G_USEC_PER_SEC,
      };

      func (&result, user_data);
      return TRUE;
    }

  is_new = job == NULL || job->generation != self->generation
           || g_cancellable_is_cancelled (job->cancellable);
  if (is_new && self->jobs->len >= MAX_WAITING)
    {
      g_set_error_literal (error, FARE_HTTP_ERROR, FARE_HTTP_BUSY,
                           "Too many requests at a time; retry shortly");
      return FALSE;
    }

  if (is_new)
    job = start (self, key, g_steal_pointer (&owned), means);
  g_array_append_val (job->waiters, waiter);
  if (is_new)
    g_thread_pool_push (self->pool, job, NULL);

  return TRUE;
}

void
fare_http_jobs_forget (FareHttpJobs *self,
                       gpointer      user_data)
{
  for (guint i = 0; i < self->jobs->len; i++)
    {
      Job *job = self->jobs->pdata[i];

      for (guint j = job->waiters->len; j > 0; j--)
        {
          if (g_array_index (job->waiters, Waiter, j - 1).user_data == user_data)
            g_array_remove_index_fast (job->waiters, j - 1);
        }

      /* What changes something is carried through. */
      if (job->waiters->len == 0 && job->key != NULL)
        g_cancellable_cancel (job->cancellable);
    }
}
