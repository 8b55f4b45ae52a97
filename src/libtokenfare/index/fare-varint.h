/* fare-varint.h
 *
 * Whole numbers as few bytes: seven bits each, the lowest first.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What is left to read. */
typedef struct
{
  const guint8 *p;
  const guint8 *end;
  gboolean      failed; /* the bytes ended too early */
} FareVarints;

static inline void
fare_varint_append (GByteArray *bytes,
                    guint64     value)
{
  guint8 buffer[10];
  guint n = 0;

  for (; value >= 0x80; value >>= 7)
    buffer[n++] = (guint8) (value | 0x80);
  buffer[n++] = (guint8) value;
  g_byte_array_append (bytes, buffer, n);
}

/* Numbers near 0 of either sign. */
static inline void
fare_varint_append_signed (GByteArray *bytes,
                           gint64      value)
{
  fare_varint_append (bytes, ((guint64) value << 1) ^ (guint64) (value >> 63));
}

static inline guint64
fare_varint_read (FareVarints *self)
{
  guint64 value = 0;

  /* Most numbers are short. */
  if (G_LIKELY (self->end - self->p >= 3))
    {
      const guint8 *p = self->p;

      if (p[0] < 0x80)
        {
          self->p += 1;
          return p[0];
        }
      if (p[1] < 0x80)
        {
          self->p += 2;
          return (guint64) (p[0] & 0x7f) | (guint64) p[1] << 7;
        }
      if (p[2] < 0x80)
        {
          self->p += 3;
          return (guint64) (p[0] & 0x7f) | (guint64) (p[1] & 0x7f) << 7 | (guint64) p[2] << 14;
        }
    }

  for (guint shift = 0; shift < 64 && self->p < self->end; shift += 7)
    {
      guint8 byte = *self->p++;

      value |= (guint64) (byte & 0x7f) << shift;
      if (byte < 0x80)
        return value;
    }

  self->failed = TRUE;
  return 0;
}

static inline gint64
fare_varint_read_signed (FareVarints *self)
{
  guint64 value = fare_varint_read (self);

  return (gint64) (value >> 1) ^ -(gint64) (value & 1);
}

G_END_DECLS
