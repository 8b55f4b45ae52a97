/* fare-scan-readers.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "scanner/fare-scan-readers.h"

/* Logs are handed over by the bundle: waking the other thread costs more than reading a small one.  A
 * large one is begun with empty hands, so that nothing waits for its end. */
#define BUNDLE_ROWS 600
#define BUNDLE_BYTES (4 * 1024 * 1024)

/* How far reading may run ahead of taking over, in rows; a log without any takes room as well. */
#define AHEAD_ROWS 4000
#define LOG_ROWS 20

/* Fewer bytes than this are read sooner than threads are started. */
#define SMALL_BYTES (512 * 1024)
#define SMALL_TASKS 16

/* How long a reader that is ahead sleeps before it looks whether it is to end. */
#define WAIT_US (G_USEC_PER_SEC / 10)

struct _FareScanReaders
{
  GArray        *tasks;       /* FareScanTask; not owned */
  guint          n_first;     /* so many of the first are read before all others */
  GThread      **threads;
  guint          n_threads;
  GCancellable  *stop;        /* ends the threads early */
  GAsyncQueue   *done;        /* GPtrArray of FareLogJob that were run */

  gint           n_workers;   /* atomic, like the next three */
  gint           n_taken;     /* tasks that a thread has taken */
  gint           n_largest;   /* those from the beginning */
  gint           n_smallest;  /* those from the end */

  GMutex         mutex;       /* guards what follows */
  GCond          room;
  gsize          ahead;       /* rows that were read and not taken yet */
};

static gsize
weigh (const FareLogJob *job)
{
  return LOG_ROWS + (job->reading.log != NULL ? job->reading.log->rows->len : 0);
}

/* What is read waits in memory for the index; that may take longer than reading. */
static void
hand_over (FareScanReaders *self,
           GPtrArray       *bundle,
           gsize            weight)
{
  g_mutex_lock (&self->mutex);
  while (self->n_threads > 0 && self->ahead > AHEAD_ROWS
         && !g_cancellable_is_cancelled (self->stop))
    g_cond_wait_until (&self->room, &self->mutex, g_get_monotonic_time () + WAIT_US);
  self->ahead += weight;
  g_mutex_unlock (&self->mutex);
  g_async_queue_push (self->done, bundle);
}

static void
take_over (FareScanReaders *self,
           const GPtrArray *bundle)
{
  gsize before, weight = 0;

  for (guint i = 0; i < bundle->len; i++)
    weight += weigh (g_ptr_array_index (bundle, i));

  g_mutex_lock (&self->mutex);
  before = self->ahead;
  self->ahead -= weight;
  /* Not at every log: readers are to read many at a time. */
  if (before > AHEAD_ROWS / 2 && self->ahead <= AHEAD_ROWS / 2)
    g_cond_broadcast (&self->room);
  g_mutex_unlock (&self->mutex);
}

static void
job_free (gpointer job)
{
  fare_log_job_clear (job);
  g_free (job);
}

static FareLogJob *
run_task (FareScanReaders *self,
          guint            number,
          FareLineReader  *reader)
{
  FareScanTask *task = &g_array_index (self->tasks, FareScanTask, number);
  FareLogJob *job = g_new0 (FareLogJob, 1);

  job->source = task->source;
  job->known = task->known;
  job->note = g_steal_pointer (&task->note);
  job->number = number;
  fare_log_job_run (job, reader, self->stop);

  return job;
}

/* Every second thread takes the smallest logs: they are soon read and take long to be stored, so
 * they are not to come all at the end.
 *
 * Returns: the number of a task, or how many there are when all are taken */
static guint
take_task (FareScanReaders *self,
           gboolean         from_end)
{
  guint n = self->tasks->len;

  if ((guint) g_atomic_int_add (&self->n_taken, 1) >= n)
    return n;
  if (from_end && (guint) g_atomic_int_get (&self->n_largest) >= self->n_first)
    return n - 1 - (guint) g_atomic_int_add (&self->n_smallest, 1);

  return (guint) g_atomic_int_add (&self->n_largest, 1);
}

static gpointer
work (gpointer data)
{
  FareScanReaders *self = data;
  gboolean from_end = g_atomic_int_add (&self->n_workers, 1) % 2 == 1;
  g_autoptr(FareLineReader) reader = fare_line_reader_new ();
  g_autoptr(GPtrArray) bundle = g_ptr_array_new_with_free_func (job_free);
  gsize weight = 0;

  for (;;)
    {
      guint i = take_task (self, from_end);
      gboolean is_over = i >= self->tasks->len || g_cancellable_is_cancelled (self->stop);

      if (bundle->len > 0
          && (is_over || weight >= BUNDLE_ROWS
              || g_array_index (self->tasks, FareScanTask, i).source->size > BUNDLE_BYTES))
        {
          hand_over (self, g_steal_pointer (&bundle), weight);
          bundle = g_ptr_array_new_with_free_func (job_free);
          weight = 0;
        }
      if (is_over)
        return NULL;
      g_ptr_array_add (bundle, run_task (self, i, reader));
      weight += weigh (g_ptr_array_index (bundle, bundle->len - 1));
    }
}

static gboolean
is_small (const FareScanPlan *plan)
{
  return plan->tasks->len <= SMALL_TASKS && plan->n_bytes < SMALL_BYTES;
}

FareScanReaders *
fare_scan_readers_start (FareScanPlan *plan,
                         guint         n_first)
{
  FareScanReaders *self = g_new0 (FareScanReaders, 1);

  self->tasks = plan->tasks;
  self->n_first = n_first;
  self->n_threads = is_small (plan) ? 0 : MIN (g_get_num_processors (), plan->tasks->len);
  self->threads = g_new0 (GThread *, self->n_threads + 1);
  self->stop = g_cancellable_new ();
  self->done = g_async_queue_new_full ((GDestroyNotify) g_ptr_array_unref);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->room);
  if (self->n_threads == 0 && plan->tasks->len > 0)
    work (self);
  for (guint i = 0; i < self->n_threads; i++)
    self->threads[i] = g_thread_new ("tokenfare-read", work, self);

  return self;
}

void
fare_scan_readers_free (FareScanReaders *self)
{
  g_cancellable_cancel (self->stop);
  for (guint i = 0; i < self->n_threads; i++)
    g_thread_join (self->threads[i]);
  g_free (self->threads);
  g_async_queue_unref (self->done);
  g_object_unref (self->stop);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->room);
  g_free (self);
}

GPtrArray *
fare_scan_readers_take (FareScanReaders *self,
                        gint64           timeout_us)
{
  GPtrArray *bundle = g_async_queue_timeout_pop (self->done, (guint64) timeout_us);

  if (bundle != NULL)
    take_over (self, bundle);

  return bundle;
}
