/* fare-cline-messages.h
 *
 * ui_messages.json: what the classic Cline extension and those that grew out of it show in their
 * panel, an array with an entry for each message.  A request carries its counts in the text, which is
 * JSON again.  What the counts mean is for each extension's format to say.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "formats/fare-pull.h"

G_BEGIN_DECLS

/* An entry of the array; what it lacks is empty. */
typedef struct
{
  FareSpan say;           /* what kind of message it is */
  FareSpan text;
  FareSpan model;
  FareSpan provider;
  gint64   time_ms;       /* UTC milliseconds; 0 when there is none */
  double   condense_cost; /* USD, of summing up the conversation */
  gint64   say_offset;    /* bytes from the beginning of the document to the member */
  gint64   text_offset;
} FareClineMessage;

typedef void (*FareClineMessageFunc) (const FareClineMessage *message,
                                      gpointer                user_data);

/**
 * fare_cline_foreach_message:
 * @text: the document
 * @length: bytes
 *
 * Gives out each entry that is an object, in the order of the document.
 *
 * Returns: %FALSE when the document is not whole; some entries may have been given out
 */
gboolean fare_cline_foreach_message (const char           *text,
                                     gsize                 length,
                                     FareClineMessageFunc  func,
                                     gpointer              user_data);

/* What a request says of itself, as logged. */
typedef struct
{
  gint64   tokens_in;
  gint64   tokens_out;
  gint64   cache_writes;
  gint64   cache_reads;
  double   cost;       /* USD; 0 when there is none */
  FareSpan protocol;   /* points into the text */
  gboolean has_counts; /* any of the four */
} FareClineCounts;

/**
 * fare_cline_read_counts:
 * @text: the text of a request; must outlive @self
 *
 * Returns: %FALSE when it is no whole object; the request was never sent, or is being written
 */
gboolean fare_cline_read_counts     (FareClineCounts      *self,
                                     const char           *text);

G_END_DECLS
