/* fare-scanner.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "scanner/fare-scanner.h"

#include <stdlib.h>
#include <string.h>

#include "index/fare-index-reader.h"
#include "scanner/fare-known-rows.h"
#include "scanner/fare-log-job.h"

/* A batch is committed when it holds this many rows (some 150 bytes each, twice while they are decided)
 * or files, so that neither memory nor the work lost in a crash grows without bound.  Larger ones were
 * not faster: 500,000 rows of 100,000 files took 8.5 s of processor either way.  The first ones are
 * smaller, each a quarter of all before it: what is written while others read takes no time of its own,
 * and what is left to write when all is read is little. */
#define BATCH_ROWS 40000
#define FIRST_BATCH_ROWS 4000
#define BATCH_FILES 5000

/* Fewer bytes than this are read sooner than threads are started. */
#define SMALL_BYTES (512 * 1024)
#define SMALL_TASKS 16

/* Logs are handed over by the bundle: waking the other thread costs more than reading a small one.  A
 * large one is begun with empty hands, so that nothing waits for its end. */
#define BUNDLE_ROWS 600
#define BUNDLE_BYTES (4 * 1024 * 1024)

/* How far reading may run ahead of taking over, in rows; a log without any takes room as well. */
#define AHEAD_ROWS 4000
#define LOG_ROWS 20

/* When so much of all bytes is taken over, in percent, a batch is committed early: what is left when the
 * last log is read is written while nobody reads. */
#define NEARLY_ALL 92
#define NEARLY_ALL_ROWS 1000

#define PROGRESS_INTERVAL_US (G_USEC_PER_SEC / 10)

#define DAY_MS (G_GINT64_CONSTANT (86400) * 1000)

/* A log that is to be read; what reading it yields takes more room, and less long. */
typedef struct
{
  const FareSource *source;
  FareKnownFile    *known; /* (nullable) */
  GBytes           *note;  /* (nullable): its resume note */
} Task;

typedef struct
{
  const FareScanOptions *options;
  FareScanResult        *result;
  FareIndexWriter       *writer;
  FareDiscovery         *found;  /* (nullable): NULL while the walk goes on */
  FareDiscoveryWalk     *walk;   /* (nullable) */
  FareKnownRows         *early;  /* (nullable): known files that were read meanwhile */

  GHashTable            *keys;     /* number of a source, from 1, by key */
  guint8                *known;    /* by that number: whether the index knows the file */
  GPtrArray             *changed;  /* FareSource of known files that may have to be read */
  GPtrArray             *gone;     /* char *: keys of known files that are not there */
  GArray                *tasks;    /* Task */
  guint                  n_added;  /* files in the current batch */
  gsize                  n_rows;   /* in all batches before */
  gboolean               was_nearly_all; /* when the last of them was committed */
  guint                  n_recent; /* so many of the first tasks are today's */
  guint                  recent_left;
  gint                   n_taken;   /* atomic, like the next two: tasks that a thread has taken */
  gint                   n_largest; /* those from the beginning */
  gint                   n_smallest; /* those from the end */
  gint                   n_workers; /* atomic */
  GAsyncQueue           *done;     /* GPtrArray of FareLogJob that were run */
  GCancellable          *stop;     /* ends the workers early */
  guint                  n_threads;
  GMutex                 mutex;    /* guards what follows */
  GCond                  room;
  gsize                  ahead;    /* rows that were read and not taken yet */

  FareProgress           progress;
  gint64                 last_report_us;
  gint64                 last_scan_ms; /* when everything was read last, 0: never */
  gint64                 began_us;
} Scan;

static void
report (Scan     *self,
        gboolean  now)
{
  gint64 time_us = g_get_monotonic_time ();

  if (self->options->progress == NULL
      || (!now && time_us - self->last_report_us < PROGRESS_INTERVAL_US))
    return;
  self->last_report_us = time_us;
  self->options->progress (&self->progress, self->options->user_data);
}

/* Today's files first, so that today's figure is there early; then by size, so that no thread is left
 * alone with a big one at the end. */
static int
compare_tasks (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  const FareSource *first = ((const Task *) a)->source;
  const FareSource *second = ((const Task *) b)->source;
  const gint64 *recent_ns = user_data;
  gboolean is_recent = first->mtime_ns >= *recent_ns;

  if (is_recent != (second->mtime_ns >= *recent_ns))
    return is_recent ? -1 : 1;

  return (first->size < second->size) - (first->size > second->size);
}

static gboolean
add_task (Scan              *self,
          const FareSource  *source,
          FareKnownFile     *known,
          GError           **error)
{
  Task task = { .source = source, .known = known };

  if (!fare_log_job_needed (source, known))
    {
      /* Moved (archived, say) or back from the dead, with nothing new in it. */
      if (known->is_missing || !g_str_equal (known->path, source->path))
        return fare_index_writer_set_place (self->writer, known, source, error);
      return TRUE;
    }
  if (known != NULL)
    {
      known->in_use = TRUE;
      task.note = fare_index_writer_dup_note (self->writer, known);
    }
  g_array_append_val (self->tasks, task);
  self->progress.bytes_total += source->size;

  return TRUE;
}

/* The end of a path tells more than its beginning, and all of it takes longer than a look into the
 * table. */
static guint
hash_key (gconstpointer data)
{
  const char *key = data;
  gsize length = strlen (key);
  guint64 hash = length;

  for (guint n = 0; n < 6 && length > 0; n++)
    {
      gsize size = MIN (length, sizeof (guint64));
      guint64 part = 0;

      length -= size;
      memcpy (&part, key + length, size);
      hash = (hash ^ part) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
      hash ^= hash >> 32;
    }
  return (guint) hash;
}

/* Compares a file as it was with what was found now. */
static void
compare_one (const FareKnownFile *known,
             gpointer             user_data)
{
  Scan *self = user_data;
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (self->keys, known->key));
  FareSource *source;

  if (number == 0)
    {
      if (!known->is_missing)
        g_ptr_array_add (self->gone, g_strdup (known->key));
      return;
    }
  self->known[number] = 1;
  source = g_ptr_array_index (self->found->sources, number - 1);
  if (known->is_missing || fare_log_job_needed (source, known)
      || (known->path != NULL && !g_str_equal (known->path, source->path)))
    g_ptr_array_add (self->changed, source);
}

static void
note_found (Scan *self)
{
  const GPtrArray *failures = self->found->failures;

  self->result->n_sources = self->found->sources->len;
  self->result->n_failed = failures->len;
  for (guint i = 0; i < failures->len; i++)
    g_ptr_array_add (self->result->failures, g_strdup (g_ptr_array_index (failures, i)));
}

/* What was found, once all is walked. */
static void
finish_walk (Scan *self)
{
  if (self->walk == NULL)
    return;
  self->found = fare_discovery_end (g_steal_pointer (&self->walk));
  note_found (self);
}

static void
index_sources (Scan *self)
{
  const GPtrArray *sources = self->found->sources;

  self->known = g_malloc0 (sources->len + 1);
  for (guint i = 0; i < sources->len; i++)
    {
      FareSource *source = g_ptr_array_index (sources, i);

      g_hash_table_insert (self->keys, source->key, GUINT_TO_POINTER (i + 1));
    }
}

/* From then on there is something to compare with. */
static void
compare_early (Scan *self)
{
  if (self->known != NULL)
    return;
  finish_walk (self);
  index_sources (self);
  if (self->early != NULL)
    fare_known_rows_take (self->early, compare_one, self);
  g_clear_pointer (&self->early, fare_known_rows_free);
}

static void
compare_cb (const FareKnownFile *known,
            gpointer             user_data)
{
  Scan *self = user_data;

  if (self->early != NULL && fare_known_rows_add (self->early, known))
    return;
  compare_early (self);
  compare_one (known, self);
}

/* Their array is not to grow by doubling: with many files that takes more than all else. */
static void
reserve_tasks (Scan *self)
{
  guint n = self->found->sources->len + self->changed->len;

  for (guint i = 0; i < self->found->sources->len; i++)
    n -= self->known[i + 1];
  g_array_unref (self->tasks);
  self->tasks = g_array_sized_new (FALSE, FALSE, sizeof (Task), n);
}

/* All that is known against all that is there. */
static gboolean
compare_all (Scan    *self,
             GError **error)
{
  const GPtrArray *sources;

  if (self->walk != NULL)
    self->early = fare_known_rows_new ();
  if (!fare_index_writer_foreach_file (self->writer, compare_cb, self, error))
    return FALSE;
  compare_early (self);
  sources = self->found->sources;
  reserve_tasks (self);
  for (guint i = 0; i < sources->len; i++)
    {
      FareSource *source = g_ptr_array_index (sources, i);

      if (self->known[i + 1] == 0
          && GPOINTER_TO_UINT (g_hash_table_lookup (self->keys, source->key)) == i + 1
          && !add_task (self, source, NULL, error))
        return FALSE;
    }
  for (guint i = 0; i < self->changed->len; i++)
    {
      FareSource *source = g_ptr_array_index (self->changed, i);

      if (!add_task (self, source, fare_index_writer_find_file (self->writer, source->key), error))
        return FALSE;
    }
  /* Of no more use, and large. */
  g_hash_table_remove_all (self->keys);

  return TRUE;
}

/* Only what was looked at.  A log whose key stands for a file in another place may have moved, or be one
 * of two; that shows only when all are seen. */
static gboolean
compare_some (Scan    *self,
              GError **error)
{
  const GPtrArray *sources = self->found->sources;

  for (guint i = 0; i < sources->len; i++)
    {
      const FareSource *source = g_ptr_array_index (sources, i);
      FareKnownFile *known = fare_index_writer_find_file (self->writer, source->key);

      if (known != NULL && !g_str_equal (known->path, source->path))
        {
          self->result->needs_walk = TRUE;
          return TRUE;
        }
    }
  for (guint i = 0; i < sources->len; i++)
    {
      const FareSource *source = g_ptr_array_index (sources, i);

      if (!add_task (self, source, fare_index_writer_find_file (self->writer, source->key), error))
        return FALSE;
    }
  for (guint i = 0; i < self->found->gone->len; i++)
    g_ptr_array_add (self->gone, g_strdup (g_ptr_array_index (self->found->gone, i)));

  return TRUE;
}

static gboolean
is_partial (const Scan *self)
{
  return self->found != NULL && self->found->is_partial;
}

static gboolean
find_tasks (Scan    *self,
            GError **error)
{
  gint64 recent_ns = (self->options->now_ms - DAY_MS) * 1000000;

  if (!(is_partial (self) ? compare_some (self, error) : compare_all (self, error)))
    return FALSE;
  g_qsort_with_data (self->tasks->data, (gint) self->tasks->len, sizeof (Task), compare_tasks,
                     &recent_ns);
  self->progress.files_total = self->tasks->len;
  fare_index_writer_expect (self->writer, self->tasks->len, self->progress.bytes_total);

  return TRUE;
}

static gboolean
note_missing (Scan    *self,
              GError **error)
{
  for (guint i = 0; i < self->gone->len; i++)
    {
      FareKnownFile *file = fare_index_writer_find_file (self->writer,
                                                         g_ptr_array_index (self->gone, i));

      if (file != NULL && !file->is_missing
          && !fare_index_writer_set_missing (self->writer, file, error))
        return FALSE;
    }

  return TRUE;
}

static gsize
weigh (const FareLogJob *job)
{
  return LOG_ROWS + (job->reading.log != NULL ? job->reading.log->rows->len : 0);
}

/* What is read waits in memory for the index; that may take longer than reading. */
static void
hand_over (Scan      *self,
           GPtrArray *bundle,
           gsize      weight)
{
  g_mutex_lock (&self->mutex);
  while (self->n_threads > 0 && self->ahead > AHEAD_ROWS
         && !g_cancellable_is_cancelled (self->stop))
    g_cond_wait_until (&self->room, &self->mutex, g_get_monotonic_time () + PROGRESS_INTERVAL_US);
  self->ahead += weight;
  g_mutex_unlock (&self->mutex);
  g_async_queue_push (self->done, bundle);
}

static void
take_over (Scan            *self,
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
run_task (Scan           *self,
          guint           number,
          FareLineReader *reader)
{
  Task *task = &g_array_index (self->tasks, Task, number);
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
take_task (Scan     *self,
           gboolean  from_end)
{
  guint n = self->tasks->len;

  if ((guint) g_atomic_int_add (&self->n_taken, 1) >= n)
    return n;
  if (from_end && (guint) g_atomic_int_get (&self->n_largest) >= self->n_recent)
    return n - 1 - (guint) g_atomic_int_add (&self->n_smallest, 1);

  return (guint) g_atomic_int_add (&self->n_largest, 1);
}

static gpointer
work (gpointer data)
{
  Scan *self = data;
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
              || g_array_index (self->tasks, Task, i).source->size > BUNDLE_BYTES))
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
is_nearly_all (const Scan *self)
{
  const FareProgress *progress = &self->progress;

  return progress->bytes_done / NEARLY_ALL >= progress->bytes_total / 100;
}

static gboolean
commit (Scan    *self,
        gint64   scan_end_ms,
        GError **error)
{
  gboolean changed = FALSE;

  self->n_rows += fare_index_writer_get_n_rows (self->writer);
  self->was_nearly_all = is_nearly_all (self);
  if (!fare_index_writer_commit (self->writer, scan_end_ms, &changed, error))
    return FALSE;
  self->n_added = 0;
  fare_index_writer_forget_files (self->writer);
  self->result->changed |= changed;
  if (changed && self->options->committed != NULL)
    self->options->committed (self->options->user_data);

  return TRUE;
}

static void
note_failure (Scan             *self,
              const FareSource *source,
              const char       *message)
{
  self->result->n_failed++;
  g_ptr_array_add (self->result->failures,
                   g_strdup_printf ("%s\t%s\t%s", source->format->id, source->path, message));
}

static gboolean
take_job (Scan        *self,
          FareLogJob  *job,
          GError     **error)
{
  FareKnownFile *known = job->known;

  if (job->error != NULL)
    {
      note_failure (self, job->source, job->error->message);
      return fare_index_writer_set_error (self->writer, job->source, job->error->message, error);
    }
  if (job->has_vanished || job->reading.log == NULL)
    return TRUE;
  if (job->is_other && known->next_seq > 0
      && !fare_index_writer_set_orphan (self->writer, known, error))
    return FALSE;
  self->result->n_read++;
  self->n_added++;

  return fare_index_writer_add (self->writer, &job->reading, error);
}

/* How many of the first tasks are today's: they make a batch of their own. */
static guint
count_recent (Scan *self)
{
  gint64 recent_ns = (self->options->now_ms - DAY_MS) * 1000000;
  guint n = 0;

  while (n < self->tasks->len
         && g_array_index (self->tasks, Task, n).source->mtime_ns >= recent_ns)
    n++;

  return n < self->tasks->len ? n : 0;
}

/* The next logs that were read; %NULL when the scan is to end. */
static GPtrArray *
wait_for_bundle (Scan    *self,
                 GError **error)
{
  GPtrArray *bundle;

  do
    {
      bundle = g_async_queue_timeout_pop (self->done, PROGRESS_INTERVAL_US);
      report (self, FALSE);
      if (g_cancellable_set_error_if_cancelled (self->options->cancellable, error))
        {
          g_clear_pointer (&bundle, g_ptr_array_unref);
          return NULL;
        }
    }
  while (bundle == NULL);
  take_over (self, bundle);

  return bundle;
}

static guint
find_batch_rows (Scan *self)
{
  if (!self->was_nearly_all && is_nearly_all (self))
    return NEARLY_ALL_ROWS;

  return (guint) CLAMP (self->n_rows / 4, FIRST_BATCH_ROWS, BATCH_ROWS);
}

static gboolean
collect_one (Scan        *self,
             FareLogJob  *job,
             GError     **error)
{
  gboolean is_recent = job->number < self->n_recent;
  gboolean taken = take_job (self, job, error);

  self->progress.files_done++;
  self->progress.bytes_done += job->source->size;
  fare_log_job_clear (job);
  if (!taken)
    return FALSE;

  return ((!is_recent || --self->recent_left > 0)
          && fare_index_writer_get_n_rows (self->writer) < find_batch_rows (self)
          && self->n_added < BATCH_FILES)
         || commit (self, 0, error);
}

static gboolean
collect (Scan    *self,
         GError **error)
{
  self->recent_left = self->n_recent;
  while (self->progress.files_done < self->tasks->len)
    {
      g_autoptr(GPtrArray) bundle = wait_for_bundle (self, error);

      if (bundle == NULL)
        return FALSE;
      for (guint i = 0; i < bundle->len; i++)
        {
          if (i % 16 == 15)
            report (self, FALSE);
          if (!collect_one (self, g_ptr_array_index (bundle, i), error))
            return FALSE;
        }
    }

  return TRUE;
}

static gboolean
is_small (const Scan *self)
{
  return self->tasks->len <= SMALL_TASKS && self->progress.bytes_total < SMALL_BYTES;
}

static gboolean
run_tasks (Scan    *self,
           GError **error)
{
  guint n_threads = is_small (self) ? 0 : MIN (g_get_num_processors (), self->tasks->len);
  g_autofree GThread **threads = g_new0 (GThread *, n_threads + 1);
  gboolean done;

  self->n_recent = self->progress.is_first ? count_recent (self) : 0;
  self->n_threads = n_threads;
  if (n_threads == 0 && self->tasks->len > 0)
    work (self);
  for (guint i = 0; i < n_threads; i++)
    threads[i] = g_thread_new ("tokenfare-read", work, self);
  done = collect (self, error);
  if (!done)
    g_cancellable_cancel (self->stop);
  for (guint i = 0; i < n_threads; i++)
    g_thread_join (threads[i]);

  return done;
}

/* At least 1. */
static gint64
get_scan_ms (const Scan *self)
{
  return MAX ((g_get_monotonic_time () - self->began_us) / 1000, 1);
}

static gboolean
run (Scan    *self,
     GError **error)
{
  if (self->writer == NULL)
    self->writer = fare_index_writer_new (self->options->index, self->options->thresholds,
                                          self->options->n_thresholds, error);
  if (self->writer == NULL)
    return FALSE;
  if (!find_tasks (self, error))
    return FALSE;
  if (self->result->needs_walk)
    return TRUE;
  report (self, self->tasks->len > 0);
  if (!run_tasks (self, error) || !note_missing (self, error))
    return FALSE;
  /* Where some names led to nothing new, the index was in step before and is still. */
  if (self->found->is_partial && !fare_index_writer_is_open (self->writer))
    return TRUE;

  if (!self->found->is_partial && !fare_index_writer_is_open (self->writer)
      && self->options->now_ms >= self->last_scan_ms
      && self->options->now_ms - self->last_scan_ms < self->options->grain_ms)
    return TRUE;

  /* What only some names led to says nothing about how long everything takes. */
  fare_index_writer_set_scan_time (self->writer, self->found->is_partial ? 0
                                                 : get_scan_ms (self));
  return commit (self, self->options->now_ms, error);
}

static gint64
find_last_scan (FareIndex *index)
{
  g_autoptr(FareIndexReader) reader = fare_index_reader_new (index, NULL);

  return reader != NULL ? fare_index_reader_get_last_scan (reader) : 0;
}

static void
clear (Scan     *self,
       gboolean  done)
{
  /* First what was read and not taken, since it looks at what is known of its file. */
  g_clear_pointer (&self->done, g_async_queue_unref);
  for (guint i = 0; i < self->tasks->len; i++)
    {
      Task *task = &g_array_index (self->tasks, Task, i);

      if (task->known != NULL)
        task->known->in_use = FALSE;
      g_clear_pointer (&task->note, g_bytes_unref);
    }
  if (done && self->options->writer != NULL)
    {
      fare_index_writer_forget_files (self->writer);
      *self->options->writer = g_steal_pointer (&self->writer);
    }
  g_clear_pointer (&self->writer, fare_index_writer_free);
  finish_walk (self);
  g_clear_pointer (&self->early, fare_known_rows_free);
  if (self->found != self->options->found)
    g_clear_pointer (&self->found, fare_discovery_free);
  g_clear_pointer (&self->tasks, g_array_unref);
  g_clear_pointer (&self->keys, g_hash_table_unref);
  g_clear_pointer (&self->known, g_free);
  g_clear_pointer (&self->changed, g_ptr_array_unref);
  g_clear_pointer (&self->gone, g_ptr_array_unref);
  g_clear_object (&self->stop);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->room);
}

gboolean
fare_scan (const FareScanOptions  *options,
           FareScanResult         *result,
           GError                **error)
{
  Scan self = { .options = options, .result = result, .began_us = g_get_monotonic_time () };
  gboolean done;

  *result = (FareScanResult) { 0 };
  result->failures = g_ptr_array_new_with_free_func (g_free);
  self.found = options->found;
  if (self.found == NULL)
    self.walk = fare_discovery_begin (options->paths);
  if (!is_partial (&self))
    {
      self.last_scan_ms = find_last_scan (options->index);
      self.progress.is_first = self.last_scan_ms == 0;
    }
  self.tasks = g_array_new (FALSE, FALSE, sizeof (Task));
  self.keys = g_hash_table_new (hash_key, g_str_equal);
  self.changed = g_ptr_array_new ();
  self.gone = g_ptr_array_new_with_free_func (g_free);
  self.done = g_async_queue_new_full ((GDestroyNotify) g_ptr_array_unref);
  self.stop = g_cancellable_new ();
  g_mutex_init (&self.mutex);
  g_cond_init (&self.room);
  if (options->writer != NULL)
    self.writer = g_steal_pointer (options->writer);
  if (self.found != NULL)
    note_found (&self);

  done = run (&self, error);
  clear (&self, done);

  return done;
}

void
fare_scan_result_clear (FareScanResult *result)
{
  g_clear_pointer (&result->failures, g_ptr_array_unref);
}
