/* fare-span.h
 *
 * A piece of a line of JSON: the inside of a string, or a whole value, where it stands.  Most of them
 * are compared or left alone, so nothing is copied and no escape resolved before somebody asks.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Valid for as long as the line; the escapes of a string stand in it as they were written. */
typedef struct
{
  const char *text;    /* does not end in NUL */
  gsize       length;  /* in bytes */
} FareSpan;

/**
 * fare_span_equal:
 *
 * Compares the raw text; an escaped spelling of @text is not equal.
 */
static inline gboolean
fare_span_equal (const FareSpan *self,
                 const char     *text)
{
  gsize length = __builtin_strlen (text);

  return self->length == length && __builtin_memcmp (self->text, text, length) == 0;
}

/**
 * fare_span_dup:
 * @limit: stop after about this many bytes, 0 for no limit
 *
 * Returns: (transfer full): the text with its escapes resolved, as valid UTF-8
 */
char   *fare_span_dup  (const FareSpan *self,
                        gsize           limit) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_span_hash:
 *
 * Returns: the fingerprint of the span's resolved text, never 0; 0 for an empty span
 */
gint64  fare_span_hash (const FareSpan *self);

G_END_DECLS
