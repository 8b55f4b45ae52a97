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

/* No number takes more bytes. */
#define FARE_VARINT_MAX 10

/**
 * fare_varint_put:
 * @p: has room for %FARE_VARINT_MAX bytes
 *
 * Returns: behind the number
 */
static inline guint8 *
fare_varint_put (guint8  *p,
                 guint64  value)
{
  for (; value >= 0x80; value >>= 7)
    *p++ = (guint8) (value | 0x80);
  *p++ = (guint8) value;

  return p;
}

/* Numbers near 0 of either sign. */
static inline guint8 *
fare_varint_put_signed (guint8 *p,
                        gint64  value)
{
  return fare_varint_put (p, ((guint64) value << 1) ^ (guint64) (value >> 63));
}

/**
 * fare_varint_reserve:
 * @n: so many bytes may be put; fare_varint_finish() is told how many were
 *
 * Appending one number after the other takes longer than working it out.
 *
 * Returns: where to put them
 */
static inline guint8 *
fare_varint_reserve (GByteArray *bytes,
                     guint       n)
{
  guint old = bytes->len;

  g_byte_array_set_size (bytes, old + n);

  return bytes->data + old;
}

/**
 * fare_varint_finish:
 * @end: behind the last byte that was put
 */
static inline void
fare_varint_finish (GByteArray   *bytes,
                    const guint8 *end)
{
  g_byte_array_set_size (bytes, (guint) (end - bytes->data));
}

/* Appends a number; small ones take less room. */
static inline void
fare_varint_append (GByteArray *bytes,
                    guint64     value)
{
  guint8 buffer[FARE_VARINT_MAX];

  g_byte_array_append (bytes, buffer, (guint) (fare_varint_put (buffer, value) - buffer));
}

/* Numbers near 0 of either sign. */
static inline void
fare_varint_append_signed (GByteArray *bytes,
                           gint64      value)
{
  fare_varint_append (bytes, ((guint64) value << 1) ^ (guint64) (value >> 63));
}

/* Reads on; 0, and @self failed, where there is no whole number. */
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

/* What fare_varint_append_signed() wrote. */
static inline gint64
fare_varint_read_signed (FareVarints *self)
{
  guint64 value = fare_varint_read (self);

  return (gint64) (value >> 1) ^ -(gint64) (value & 1);
}

G_END_DECLS
