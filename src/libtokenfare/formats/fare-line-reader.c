/* fare-line-reader.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "formats/fare-line-reader.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#ifdef HAVE_ZSTD
#include <zstd.h>
#endif

/* Measured: from 64 KiB to 4 MiB the size hardly matters, and read() into one buffer that stays
 * in the second-level cache beats mapping the file by half. */
#define BLOCK_SIZE (128 * 1024)

struct _FareLineReader
{
  int       fd;
  char     *buffer;
  gsize     capacity;
  gsize     start;     /* of the first byte not given out */
  gsize     filled;
  gsize     searched;  /* bytes from start that hold no line end */
  gint64    offset;    /* file offset of buffer[start] */
  gint64    left;      /* bytes that may still be read of a plain file */
  gboolean  at_end;
  gboolean  dropping;  /* inside a line that is too long */
  int       error;
#ifdef HAVE_ZSTD
  ZSTD_DCtx *zstd;
  gboolean   packed;
  char      *packed_buffer;
  ZSTD_inBuffer packed_in;
  gsize      packed_left; /* what the last frame still expects, 0 between frames */
#endif
};

FareLineReader *
fare_line_reader_new (void)
{
  FareLineReader *self = g_new0 (FareLineReader, 1);

  self->fd = -1;
  self->capacity = BLOCK_SIZE;
  self->buffer = g_malloc (self->capacity);

  return self;
}

void
fare_line_reader_free (FareLineReader *self)
{
  fare_line_reader_close (self);
#ifdef HAVE_ZSTD
  ZSTD_freeDCtx (self->zstd);
  g_free (self->packed_buffer);
#endif
  g_free (self->buffer);
  g_free (self);
}

void
fare_line_reader_close (FareLineReader *self)
{
  if (self->fd >= 0)
    g_close (self->fd, NULL);
  self->fd = -1;
  /* One monstrous line must not keep its memory for the rest of the run. */
  if (self->capacity > 4 * BLOCK_SIZE)
    {
      g_free (self->buffer);
      self->capacity = BLOCK_SIZE;
      self->buffer = g_malloc (self->capacity);
    }
}

#ifdef HAVE_ZSTD
static void
begin_packed (FareLineReader *self)
{
  if (self->zstd == NULL)
    {
      self->zstd = ZSTD_createDCtx ();
      self->packed_buffer = g_malloc (ZSTD_DStreamInSize ());
    }
  ZSTD_DCtx_reset (self->zstd, ZSTD_reset_session_only);
  self->packed_in = (ZSTD_inBuffer) { self->packed_buffer, 0, 0 };
  self->packed_left = 0;
}

static gssize
read_packed (FareLineReader *self,
             char           *target,
             gsize           room)
{
  ZSTD_outBuffer out = { target, room, 0 };

  while (out.pos == 0)
    {
      gsize result;
      gboolean fresh = self->packed_in.pos == self->packed_in.size;

      if (fresh)
        {
          gssize n = read (self->fd, self->packed_buffer, ZSTD_DStreamInSize ());

          if (n < 0)
            return -1;
          if (n == 0 && self->packed_left == 0)
            return 0;
          if (n == 0)
            {
              /* The archive ends in the middle of a frame: cut, or still being written. */
              errno = EILSEQ;
              return -1;
            }
          self->packed_in.size = (gsize) n;
          self->packed_in.pos = 0;
        }
      result = ZSTD_decompressStream (self->zstd, &out, &self->packed_in);
      self->packed_left = result;
      if (ZSTD_isError (result))
        {
          errno = EILSEQ;
          return -1;
        }
    }

  return (gssize) out.pos;
}
#endif

gboolean
fare_line_reader_open (FareLineReader  *self,
                       const char      *path,
                       gint64           offset,
                       gint64           limit,
                       GError         **error)
{
  g_return_val_if_fail (self->fd < 0, FALSE);

  self->start = self->filled = self->searched = 0;
  self->offset = offset;
  self->left = limit - offset;
  self->at_end = self->dropping = FALSE;
  self->error = 0;
#ifdef HAVE_ZSTD
  self->packed = g_str_has_suffix (path, ".zst");
#else
  if (g_str_has_suffix (path, ".zst"))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                           _("This build cannot read compressed logs (libzstd is missing)."));
      return FALSE;
    }
#endif
  /* Non-blocking, so that a named pipe put in the place of a log cannot hold us. */
  self->fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, 0);
  if (self->fd < 0 || (offset > 0 && lseek (self->fd, offset, SEEK_SET) < 0))
    {
      int saved = errno;

      g_set_error_literal (error, G_IO_ERROR, (int) g_io_error_from_errno (saved),
                           g_strerror (saved));
      fare_line_reader_close (self);
      return FALSE;
    }
#ifdef HAVE_ZSTD
  if (self->packed)
    begin_packed (self);
#endif

  return TRUE;
}

/* Moves what is left to the front and makes room behind it. */
static void
make_room (FareLineReader *self)
{
  gsize kept = self->filled - self->start;

  if (self->dropping)
    kept = 0;
  if (kept > 0 && self->start > 0)
    memmove (self->buffer, self->buffer + self->start, kept);
  self->start = 0;
  self->filled = kept;
  if (kept * 2 > self->capacity)
    {
      self->capacity *= 2;
      self->buffer = g_realloc (self->buffer, self->capacity);
    }
}

static gboolean
fill (FareLineReader *self)
{
  gssize n = 0;

  make_room (self);
  do
    {
      gsize room = self->capacity - self->filled;

#ifdef HAVE_ZSTD
      if (self->packed)
        n = read_packed (self, self->buffer + self->filled, room);
      else
#endif
      if (self->left > 0)
        n = read (self->fd, self->buffer + self->filled, (gsize) MIN ((gint64) room, self->left));
    }
  while (n < 0 && errno == EINTR);

  if (n < 0)
    self->error = errno;
  if (n <= 0)
    {
      self->at_end = TRUE;
      return FALSE;
    }
  self->filled += (gsize) n;
  self->left -= n;

  return TRUE;
}

/* Some editors put a mark in front of a file that they save; no JSON begins with it. */
static void
pass_over_mark (const char **line,
                gsize       *length)
{
  static const char mark[3] = { '\xef', '\xbb', '\xbf' };

  if (*length < sizeof mark || memcmp (*line, mark, sizeof mark) != 0)
    return;
  *line += sizeof mark;
  *length -= sizeof mark;
}

FareLineResult
fare_line_reader_next (FareLineReader  *self,
                       const char     **line,
                       gsize           *length,
                       gint64          *offset)
{
  for (;;)
    {
      gsize have = self->filled - self->start;
      const char *begin = self->buffer + self->start;
      const char *stop = NULL;

      if (have > self->searched)
        stop = memchr (begin + self->searched, '\n', have - self->searched);
      if (stop != NULL)
        {
          gboolean dropped = self->dropping;

          *line = begin;
          *length = (gsize) (stop - begin);
          *offset = self->offset;
          self->start += *length + 1;
          self->offset += (gint64) *length + 1;
          self->searched = 0;
          self->dropping = FALSE;
          if (*offset == 0)
            pass_over_mark (line, length);
          return dropped ? FARE_LINE_TOO_LONG : FARE_LINE_OK;
        }
      self->searched = have;
      if (self->dropping || have > FARE_LINE_LIMIT)
        {
          self->dropping = TRUE;
          self->offset += (gint64) have;
          self->start = self->filled;
          self->searched = 0;
        }
      if (self->at_end || !fill (self))
        return self->error != 0 ? FARE_LINE_ERROR : FARE_LINE_END;
    }
}

gboolean
fare_line_reader_copy (FareLineReader *self,
                       gint64          from,
                       char           *target,
                       gsize           length)
{
  gint64 first = self->offset - (gint64) self->start;
  gsize have = 0;

  if (from >= first && from + (gint64) length <= first + (gint64) self->filled)
    {
      memcpy (target, self->buffer + (from - first), length);
      return TRUE;
    }

  while (have < length)
    {
      gssize n = pread (self->fd, target + have, length - have, from + (gint64) have);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      have += (gsize) n;
    }

  return TRUE;
}

gint64
fare_line_reader_get_offset (FareLineReader *self)
{
  return self->offset;
}

int
fare_line_reader_get_errno (FareLineReader *self)
{
  return self->error;
}
