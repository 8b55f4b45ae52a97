/* fare-hash.h
 *
 * 64-bit fingerprints of ids and counters, stored in the index.  Not for security:
 * only for telling texts apart.  The algorithm must never change, because stored
 * fingerprints are compared with fresh ones.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>
#include <string.h>

G_BEGIN_DECLS

/* FNV-1a, 64 bit: offset basis and prime as published by Fowler, Noll and Vo. */
#define FARE_HASH_SEED G_GUINT64_CONSTANT (0xcbf29ce484222325)

/**
 * fare_hash_bytes:
 * @seed: %FARE_HASH_SEED, or the result of an earlier call to chain them
 */
static inline guint64
fare_hash_bytes (guint64     seed,
                 const void *data,
                 gsize       length)
{
  const guint8 *bytes = data;

  for (gsize i = 0; i < length; i++)
    seed = (seed ^ bytes[i]) * G_GUINT64_CONSTANT (0x100000001b3);

  return seed;
}

/**
 * fare_hash_int:
 *
 * Chains one number, byte by byte from the lowest, so that it is the same on every machine.
 */
static inline guint64
fare_hash_int (guint64 seed,
               gint64  value)
{
  guint64 bits = GUINT64_TO_LE ((guint64) value);

  return fare_hash_bytes (seed, &bits, sizeof bits);
}

/**
 * fare_hash_block:
 *
 * As fare_hash_bytes(), with another result, eight bytes at a time: for kilobytes.
 */
static inline guint64
fare_hash_block (guint64     seed,
                 const void *data,
                 gsize       length)
{
  const guint8 *bytes = data;

  for (; length >= sizeof (guint64); bytes += sizeof (guint64), length -= sizeof (guint64))
    {
      guint64 part;

      memcpy (&part, bytes, sizeof part);
      seed = (seed ^ GUINT64_FROM_LE (part)) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
      seed ^= seed >> 32;
    }

  return fare_hash_bytes (seed, bytes, length);
}

/**
 * fare_hash_finish:
 *
 * Spreads the bits of @hash, so that short ids differ in their high bits too, and keeps it off
 * zero, which stands for "none".  (The finaliser of MurmurHash3, public domain.)
 *
 * Returns: a fingerprint as SQLite stores it
 */
static inline gint64
fare_hash_finish (guint64 hash)
{
  hash ^= hash >> 33;
  hash *= G_GUINT64_CONSTANT (0xff51afd7ed558ccd);
  hash ^= hash >> 33;
  hash *= G_GUINT64_CONSTANT (0xc4ceb9fe1a85ec53);
  hash ^= hash >> 33;

  return hash != 0 ? (gint64) hash : 1;
}

G_END_DECLS
