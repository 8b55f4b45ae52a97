/* fare-log-job.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "scanner/fare-log-job.h"

#include "base/fare-hash.h"

/* Bytes before the resume offset that must still be the same for going on there. */
#define HEAD_BYTES 1024
#define TAIL_BYTES 4096

static gint64
hash_span (FareLineReader *reader,
           gint64          from,
           gsize           length)
{
  char bytes[TAIL_BYTES];

  if (!fare_line_reader_copy (reader, from, bytes, length))
    return 0;

  return fare_hash_finish (fare_hash_block (FARE_HASH_SEED, bytes, length));
}

/* Fingerprints of both ends of what was read, 0 where they cannot be taken. */
static void
hash_ends (FareLineReader *reader,
           gint64          offset,
           gint64         *head,
           gint64         *tail)
{
  *head = *tail = 0;
  if (offset <= 0)
    return;
  *head = hash_span (reader, 0, (gsize) MIN (offset, HEAD_BYTES));
  *tail = hash_span (reader, MAX (offset - TAIL_BYTES, 0), (gsize) MIN (offset, TAIL_BYTES));
}

static gboolean
is_packed (const char *path)
{
  return g_str_has_suffix (path, ".zst");
}

gboolean
fare_log_job_needed (const FareSource    *source,
                     const FareKnownFile *known)
{
  return known == NULL
         || known->parser != FARE_PARSER_VERSION
         || known->has_error
         || known->size != source->size
         || known->mtime_ns != source->mtime_ns
         || known->inode != source->inode
         || known->device != source->device
         || known->stamp != source->stamp;
}

/* Whether a file may have only grown since it was read: the same file, not rewritten in place.  One
 * that was moved, or was gone for a while, may be the same under another number. */
static gboolean
may_resume (const FareLogJob *self)
{
  const FareKnownFile *known = self->known;
  const FareSource *source = self->source;
  gboolean same_file = known != NULL && known->inode == source->inode
                       && known->device == source->device;
  gboolean same_place = known != NULL && g_str_equal (known->path, source->path);

  if (known == NULL || known->parser != FARE_PARSER_VERSION || known->size < 0
      || source->format->is_document || is_packed (source->path) || is_packed (known->path)
      || source->size < known->offset || source->stamp != known->stamp)
    return FALSE;
  if (!same_file)
    return known->is_missing || !same_place;

  /* With equal size but another time it was written over; what could not be read at the last try has
   * no size to compare. */
  return source->size != known->size || source->mtime_ns == known->mtime_ns || known->has_error
         || known->is_missing;
}

static FareLog *
prepare_log (FareLogJob     *self,
             FareLineReader *reader,
             GCancellable   *cancellable,
             gboolean        resume)
{
  FareLog *log = fare_log_new ();

  log->path = self->source->path;
  log->root = self->source->root;
  log->key = self->source->key;
  log->size = is_packed (log->path) ? G_MAXINT64 : self->source->size;
  log->reader = reader;
  log->cancellable = cancellable;
  if (resume)
    {
      log->note = self->note != NULL ? g_bytes_ref (self->note) : NULL;
      log->offset = self->known->offset;
    }

  return log;
}

/* The bytes at both ends of what was read must still be the same, in the very file that is open. */
static gboolean
is_unchanged (const FareLogJob *self,
              FareLineReader   *reader)
{
  gint64 head, tail;

  hash_ends (reader, self->known->offset, &head, &tail);

  return head == self->known->head && tail == self->known->tail;
}

static gboolean
read_once (FareLogJob     *self,
           FareLineReader *reader,
           GCancellable   *cancellable,
           gboolean        resume)
{
  g_autoptr(FareLog) log = prepare_log (self, reader, cancellable, resume);
  const FareFormat *format = self->source->format;
  gboolean done;
  int error;

  if (!fare_line_reader_open (reader, log->path, log->offset, log->size, &self->error))
    return FALSE;
  if (resume && !is_unchanged (self, reader))
    {
      fare_line_reader_close (reader);
      self->is_replaced = TRUE;
      return FALSE;
    }
  done = format->read (log, &self->error);
  error = fare_line_reader_get_errno (reader);
  self->reading.offset = fare_line_reader_get_offset (reader);
  if (!format->is_document && !is_packed (log->path))
    hash_ends (reader, self->reading.offset, &self->reading.head, &self->reading.tail);
  fare_line_reader_close (reader);
  if (done && error != 0)
    {
      g_set_error_literal (&self->error, G_IO_ERROR, (int) g_io_error_from_errno (error),
                           g_strerror (error));
      done = FALSE;
    }
  if (done && g_cancellable_set_error_if_cancelled (cancellable, &self->error))
    done = FALSE;
  self->reading.anew = !resume;
  if (done)
    self->reading.log = g_steal_pointer (&log);

  return done;
}

static gboolean
was_other_file (const FareLogJob *self)
{
  /* Gone and come back as something else: what was counted of the old one stays. */
  return self->known != NULL && self->known->is_missing && !self->source->format->is_document;
}

void
fare_log_job_run (FareLogJob     *self,
                  FareLineReader *reader,
                  GCancellable   *cancellable)
{
  gboolean resume = may_resume (self);

  self->reading.source = self->source;
  self->reading.is_new = self->known == NULL;
  self->is_other = !resume && was_other_file (self);
  if (!read_once (self, reader, cancellable, resume) && self->is_replaced)
    {
      self->is_other = was_other_file (self);
      read_once (self, reader, cancellable, FALSE);
    }
  else if (resume && self->reading.log != NULL && self->reading.log->restart)
    {
      g_clear_pointer (&self->reading.log, fare_log_free);
      read_once (self, reader, cancellable, FALSE);
    }
  if (g_error_matches (self->error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    {
      self->has_vanished = TRUE;
      g_clear_error (&self->error);
    }
}

void
fare_log_job_clear (FareLogJob *self)
{
  g_clear_pointer (&self->reading.log, fare_log_free);
  g_clear_pointer (&self->note, g_bytes_unref);
  g_clear_error (&self->error);
}
