/* fare-scanner.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "scanner/fare-scanner.h"

#include <stdlib.h>

#include "index/fare-index-reader.h"
#include "index/fare-index-writer.h"
#include "scanner/fare-discovery.h"
#include "scanner/fare-log-job.h"

/* A batch is committed when it holds this many rows (some 150 bytes each), so that neither memory
 * nor the work lost in a crash grows without bound. */
#define BATCH_ROWS 400000

#define PROGRESS_INTERVAL_US (G_USEC_PER_SEC / 10)

#define DAY_MS (G_GINT64_CONSTANT (86400) * 1000)

typedef struct
{
  const FareScanOptions *options;
  FareScanResult        *result;
  FareIndexWriter       *writer;
  FareDiscovery         *found;

  GArray                *jobs;     /* FareLogJob */
  gint                   next_job; /* atomic */
  GAsyncQueue           *done;     /* FareLogJob that were run */
  GCancellable          *stop;     /* ends the workers early */

  FareProgress           progress;
  gint64                 last_report_us;
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

/* Today's files first, so that today's figure is there early; then the largest, so that no thread is
 * left alone with a big one at the end. */
static int
compare_jobs (gconstpointer a,
              gconstpointer b,
              gpointer      user_data)
{
  const FareSource *first = ((const FareLogJob *) a)->source;
  const FareSource *second = ((const FareLogJob *) b)->source;
  const gint64 *recent_ns = user_data;
  gboolean is_recent = first->mtime_ns >= *recent_ns;

  if (is_recent != (second->mtime_ns >= *recent_ns))
    return is_recent ? -1 : 1;

  return (first->size < second->size) - (first->size > second->size);
}

static gboolean
add_job (Scan              *self,
         const FareSource  *source,
         GError           **error)
{
  FareKnownFile *known = fare_index_writer_find_file (self->writer, source->key);
  FareLogJob job = { .source = source, .known = known };

  if (known != NULL)
    known->seen = 1;
  if (!fare_log_job_needed (source, known))
    {
      /* Moved (archived, say) or back from the dead, with nothing new in it. */
      if (known->is_missing || !g_str_equal (known->path, source->path))
        return fare_index_writer_set_place (self->writer, known, source, error);
      return TRUE;
    }
  if (known != NULL)
    job.note = fare_index_writer_dup_note (self->writer, known);
  g_array_append_val (self->jobs, job);
  self->progress.bytes_total += source->size;

  return TRUE;
}

static gboolean
find_jobs (Scan    *self,
           GError **error)
{
  gint64 recent_ns = (self->options->now_ms - DAY_MS) * 1000000;

  for (guint i = 0; i < self->found->sources->len; i++)
    if (!add_job (self, g_ptr_array_index (self->found->sources, i), error))
      return FALSE;
  g_qsort_with_data (self->jobs->data, (gint) self->jobs->len, sizeof (FareLogJob), compare_jobs,
                     &recent_ns);
  self->progress.files_total = self->jobs->len;

  return TRUE;
}

static gboolean
note_missing (Scan    *self,
              GError **error)
{
  g_autoptr(GPtrArray) files = fare_index_writer_list_files (self->writer);

  for (guint i = 0; i < files->len; i++)
    {
      FareKnownFile *file = g_ptr_array_index (files, i);

      if (file->seen == 0 && !file->is_missing
          && !fare_index_writer_set_missing (self->writer, file, error))
        return FALSE;
    }

  return TRUE;
}

static gpointer
work (gpointer data)
{
  Scan *self = data;
  g_autoptr(FareLineReader) reader = fare_line_reader_new ();

  for (;;)
    {
      gint i = g_atomic_int_add (&self->next_job, 1);
      FareLogJob *job;

      if (i >= (gint) self->jobs->len || g_cancellable_is_cancelled (self->stop))
        return NULL;
      job = &g_array_index (self->jobs, FareLogJob, i);
      fare_log_job_run (job, reader, self->stop);
      g_async_queue_push (self->done, job);
    }
}

static gboolean
commit (Scan    *self,
        gint64   scan_end_ms,
        GError **error)
{
  gboolean changed = FALSE;

  if (!fare_index_writer_commit (self->writer, scan_end_ms, &changed, error))
    return FALSE;
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

  return fare_index_writer_add (self->writer, &job->reading, error);
}

/* How many of the first jobs are today's: they make a batch of their own. */
static guint
count_recent (Scan *self)
{
  gint64 recent_ns = (self->options->now_ms - DAY_MS) * 1000000;
  guint n = 0;

  while (n < self->jobs->len
         && g_array_index (self->jobs, FareLogJob, n).source->mtime_ns >= recent_ns)
    n++;

  return n < self->jobs->len ? n : 0;
}

static gboolean
collect (Scan    *self,
         GError **error)
{
  guint n_recent = self->progress.is_first ? count_recent (self) : 0;
  guint recent_left = n_recent;

  for (guint i = 0; i < self->jobs->len; i++)
    {
      FareLogJob *job;
      gboolean is_recent, taken;

      do
        {
          job = g_async_queue_timeout_pop (self->done, PROGRESS_INTERVAL_US);
          report (self, FALSE);
          if (g_cancellable_set_error_if_cancelled (self->options->cancellable, error))
            return FALSE;
        }
      while (job == NULL);

      is_recent = job - (FareLogJob *) (gpointer) self->jobs->data < (gssize) n_recent;
      taken = take_job (self, job, error);
      self->progress.files_done++;
      self->progress.bytes_done += job->source->size;
      fare_log_job_clear (job);
      if (!taken)
        return FALSE;
      if ((is_recent && --recent_left == 0)
          || fare_index_writer_get_n_rows (self->writer) >= BATCH_ROWS)
        if (!commit (self, 0, error))
          return FALSE;
    }

  return TRUE;
}

static gboolean
run_jobs (Scan    *self,
          GError **error)
{
  guint n_threads = MIN (g_get_num_processors (), self->jobs->len);
  g_autofree GThread **threads = g_new0 (GThread *, n_threads + 1);
  gboolean done;

  for (guint i = 0; i < n_threads; i++)
    threads[i] = g_thread_new ("tokenfare-read", work, self);
  done = collect (self, error);
  if (!done)
    g_cancellable_cancel (self->stop);
  for (guint i = 0; i < n_threads; i++)
    g_thread_join (threads[i]);

  return done;
}

static gboolean
run (Scan    *self,
     GError **error)
{
  self->writer = fare_index_writer_new (self->options->index, self->options->thresholds,
                                        self->options->n_thresholds, error);
  if (self->writer == NULL)
    return FALSE;
  if (!find_jobs (self, error))
    return FALSE;
  report (self, self->jobs->len > 0);
  if (!run_jobs (self, error) || !note_missing (self, error))
    return FALSE;

  return commit (self, self->options->now_ms, error);
}

static gboolean
was_ever_complete (FareIndex *index)
{
  g_autoptr(FareIndexReader) reader = fare_index_reader_new (index, NULL);

  return reader != NULL && fare_index_reader_get_last_scan (reader) != 0;
}

gboolean
fare_scan (const FareScanOptions  *options,
           FareScanResult         *result,
           GError                **error)
{
  Scan self = { .options = options, .result = result };
  gboolean done;

  *result = (FareScanResult) { 0 };
  result->failures = g_ptr_array_new_with_free_func (g_free);
  self.progress.is_first = !was_ever_complete (options->index);
  self.jobs = g_array_new (FALSE, FALSE, sizeof (FareLogJob));
  self.done = g_async_queue_new ();
  self.stop = g_cancellable_new ();
  self.found = fare_discovery_new (options->paths);
  result->n_sources = self.found->sources->len;
  result->n_failed = self.found->failures->len;
  result->folders = g_ptr_array_ref (self.found->folders);
  g_ptr_array_extend_and_steal (result->failures, g_steal_pointer (&self.found->failures));

  done = run (&self, error);

  for (guint i = 0; i < self.jobs->len; i++)
    fare_log_job_clear (&g_array_index (self.jobs, FareLogJob, i));
  g_clear_pointer (&self.writer, fare_index_writer_free);
  g_clear_pointer (&self.found, fare_discovery_free);
  g_clear_pointer (&self.jobs, g_array_unref);
  g_clear_pointer (&self.done, g_async_queue_unref);
  g_clear_object (&self.stop);

  return done;
}

void
fare_scan_result_clear (FareScanResult *result)
{
  g_clear_pointer (&result->folders, g_ptr_array_unref);
  g_clear_pointer (&result->failures, g_ptr_array_unref);
}
