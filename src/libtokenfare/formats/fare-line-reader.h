/* fare-line-reader.h
 *
 * Complete lines of a growing file, with their byte offsets.  A plain file is read
 * in blocks into one reused buffer; a .zst file is unpacked on the way, and its
 * offsets are those of the unpacked text.  Memory grows only with the longest line.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A line beyond this is damage (a file without line ends), not a record; it is passed over and
 * counted, so that such a file cannot fill the memory. */
#define FARE_LINE_LIMIT (256 * 1024 * 1024)

typedef struct _FareLineReader FareLineReader;

typedef enum
{
  FARE_LINE_OK,
  FARE_LINE_TOO_LONG, /* the line was passed over; text is not given */
  FARE_LINE_END,      /* no further complete line */
  FARE_LINE_ERROR     /* reading failed; see fare_line_reader_get_errno() */
} FareLineResult;

/**
 * fare_line_reader_new:
 *
 * Returns: (transfer full): a reader for any number of files, one after the other
 */
FareLineReader *fare_line_reader_new        (void) G_GNUC_WARN_UNUSED_RESULT;
void            fare_line_reader_free       (FareLineReader  *self);

/**
 * fare_line_reader_open:
 * @offset: byte offset to begin at, a line start
 * @limit: read no further than this many bytes into a plain file, so that a file which grows
 *   meanwhile is seen as it was when it was looked at
 *
 * Returns: %FALSE with @error (a translated sentence naming the reason) when it cannot be opened
 */
gboolean        fare_line_reader_open       (FareLineReader  *self,
                                             const char      *path,
                                             gint64           offset,
                                             gint64           limit,
                                             GError         **error);
void            fare_line_reader_close      (FareLineReader  *self);

/**
 * fare_line_reader_copy:
 * @from: byte offset
 *
 * Copies bytes of an open plain file, from what is at hand where it can.
 *
 * Returns: %FALSE when the file does not have them
 */
gboolean        fare_line_reader_copy       (FareLineReader  *self,
                                             gint64           from,
                                             char            *target,
                                             gsize            length);

/**
 * fare_line_reader_next:
 * @line: (out): the line without its end, valid until the next call; without a byte order mark, where it
 *   is the first
 * @length: (out): bytes
 * @offset: (out): byte offset of its start
 */
FareLineResult  fare_line_reader_next       (FareLineReader  *self,
                                             const char     **line,
                                             gsize           *length,
                                             gint64          *offset);

/**
 * fare_line_reader_get_offset:
 *
 * Returns: byte offset of the first byte not given out: where the next pass begins
 */
gint64          fare_line_reader_get_offset (FareLineReader  *self);

/**
 * fare_line_reader_get_errno:
 *
 * Returns: the errno of a failed read, EILSEQ for a damaged compressed file, 0 if none
 */
int             fare_line_reader_get_errno  (FareLineReader  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareLineReader, fare_line_reader_free)

G_END_DECLS
