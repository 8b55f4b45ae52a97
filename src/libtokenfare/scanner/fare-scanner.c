/* fare-scanner.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "scanner/fare-scanner.h"

#include "index/fare-index-reader.h"
#include "scanner/fare-scan-plan.h"
#include "scanner/fare-scan-readers.h"

/* A batch is committed when it holds this many rows (some 150 bytes each, twice while they are decided)
 * or files, so that neither memory nor the work lost in a crash grows without bound.  Larger ones were
 * not faster: 500,000 rows of 100,000 files took 8.5 s of processor either way.  The first ones are
 * smaller, each a quarter of all before it: what is written while others read takes no time of its own,
 * and what is left to write when all is read is little. */
#define BATCH_ROWS 40000
#define FIRST_BATCH_ROWS 4000
#define BATCH_FILES 5000

/* When so much of all bytes is taken over, in percent, a batch is committed early: what is left when the
 * last log is read is written while nobody reads. */
#define NEARLY_ALL 92
#define NEARLY_ALL_ROWS 1000

#define PROGRESS_INTERVAL_US (G_USEC_PER_SEC / 10)

#define DAY_MS (G_GINT64_CONSTANT (86400) * 1000)

typedef struct
{
  const FareScanOptions *options;
  FareScanResult        *result;
  FareIndexWriter       *writer;
  FareScanPlan          *plan;
  FareScanReaders       *readers;        /* (nullable): while they read */

  guint                  n_added;        /* files in the current batch */
  gsize                  n_rows;         /* in all batches before */
  gboolean               was_nearly_all; /* when the last of them was committed */
  guint                  n_recent;       /* so many of the first tasks are today's: a batch of their own */
  guint                  recent_left;

  FareProgress           progress;
  gint64                 last_report_us;
  gint64                 last_scan_ms;   /* when everything was read last, 0: never */
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

static gboolean
is_partial (const Scan *self)
{
  return self->options->found != NULL && self->options->found->is_partial;
}

/* Since when a file counts as today's. */
static gint64
get_recent_ns (const Scan *self)
{
  return (self->options->now_ms - DAY_MS) * 1000000;
}

static void
note_found (Scan *self)
{
  const FareDiscovery *found = fare_scan_plan_get_found (self->plan);

  self->result->n_sources = found->sources->len;
  self->result->n_failed = found->failures->len;
  for (guint i = 0; i < found->failures->len; i++)
    g_ptr_array_add (self->result->failures, g_strdup (g_ptr_array_index (found->failures, i)));
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

/* The next logs that were read; %NULL when the scan is to end. */
static GPtrArray *
wait_for_bundle (Scan    *self,
                 GError **error)
{
  GPtrArray *bundle;

  do
    {
      bundle = fare_scan_readers_take (self->readers, PROGRESS_INTERVAL_US);
      report (self, FALSE);
      if (g_cancellable_set_error_if_cancelled (self->options->cancellable, error))
        {
          g_clear_pointer (&bundle, g_ptr_array_unref);
          return NULL;
        }
    }
  while (bundle == NULL);

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
  while (self->progress.files_done < self->plan->tasks->len)
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
read_tasks (Scan    *self,
            GError **error)
{
  gboolean done;

  if (self->progress.is_first)
    self->n_recent = fare_scan_plan_count_recent (self->plan, get_recent_ns (self));
  self->readers = fare_scan_readers_start (self->plan, self->n_recent);
  done = collect (self, error);
  g_clear_pointer (&self->readers, fare_scan_readers_free);

  return done;
}

/* At least 1. */
static gint64
get_scan_ms (const Scan *self)
{
  return MAX ((g_get_monotonic_time () - self->began_us) / 1000, 1);
}

static gboolean
make_plan (Scan    *self,
           GError **error)
{
  gboolean done;

  if (self->writer == NULL)
    self->writer = fare_index_writer_new (self->options->index, self->options->thresholds,
                                          self->options->n_thresholds, error);
  done = self->writer != NULL
         && fare_scan_plan_make (self->plan, self->writer, get_recent_ns (self), error);
  note_found (self);
  if (!done)
    return FALSE;
  self->result->needs_walk = self->plan->needs_walk;
  self->progress.files_total = self->plan->tasks->len;
  self->progress.bytes_total = self->plan->n_bytes;
  fare_index_writer_expect (self->writer, self->plan->tasks->len, self->plan->n_bytes);

  return TRUE;
}

/* Whether nothing was found that the index does not know, and it need not be told even that. */
static gboolean
is_in_step (const Scan *self)
{
  gint64 now_ms = self->options->now_ms;

  if (fare_index_writer_is_open (self->writer))
    return FALSE;

  /* Where some names led to nothing new, the index was in step before and is still. */
  return is_partial (self) || (now_ms >= self->last_scan_ms
                               && now_ms - self->last_scan_ms < self->options->grain_ms);
}

static gboolean
run (Scan    *self,
     GError **error)
{
  if (!make_plan (self, error))
    return FALSE;
  if (self->result->needs_walk)
    return TRUE;
  report (self, self->progress.files_total > 0);
  if (!read_tasks (self, error)
      || !fare_scan_plan_note_missing (self->plan, self->writer, error))
    return FALSE;
  if (is_in_step (self))
    return TRUE;

  /* What only some names led to says nothing about how long everything takes. */
  fare_index_writer_set_scan_time (self->writer, is_partial (self) ? 0 : get_scan_ms (self));
  return commit (self, self->options->now_ms, error);
}

static gint64
find_last_scan (FareIndex *index)
{
  g_autoptr(FareIndexReader) reader = fare_index_reader_new (index, NULL);

  return reader != NULL ? fare_index_reader_get_last_scan (reader) : 0;
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
  self.plan = fare_scan_plan_new (options->paths, options->found);
  if (!is_partial (&self))
    {
      self.last_scan_ms = find_last_scan (options->index);
      self.progress.is_first = self.last_scan_ms == 0;
    }
  if (options->writer != NULL)
    self.writer = g_steal_pointer (options->writer);

  done = run (&self, error);

  fare_scan_plan_free (self.plan);
  if (done && options->writer != NULL)
    {
      fare_index_writer_forget_files (self.writer);
      *options->writer = g_steal_pointer (&self.writer);
    }
  g_clear_pointer (&self.writer, fare_index_writer_free);

  return done;
}

void
fare_scan_result_clear (FareScanResult *result)
{
  g_clear_pointer (&result->failures, g_ptr_array_unref);
}
