/* fare-index-rows.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "index/fare-index-rows.h"

#include <string.h>

#include "index/fare-index-packs.h"
#include "index/fare-varint.h"

/* What a row has that the one before it has not, or has differently.  Stored; values never change
 * meaning. */
enum
{
  HAS_SESSION     = 1 << 0,
  HAS_MODEL       = 1 << 1,
  HAS_BRANCH      = 1 << 2,
  HAS_ROLE        = 1 << 3, /* other than counted */
  HAS_FLAGS       = 1 << 4,
  HAS_MODES       = 1 << 5,
  HAS_SUB         = 1 << 6,
  HAS_VALUE_MS    = 1 << 7, /* its values are of another moment than itself */
  HAS_OWN_MS      = 1 << 8, /* it stands at another moment than its event */
  HAS_OWN_SESSION = 1 << 9, /* another session than its own shows it */
  HAS_REPORTED    = 1 << 10,
  HAS_REASONING   = 1 << 11,
  HAS_WRITE_1H    = 1 << 12,
  HAS_WRITE_5M    = 1 << 13,
  HAS_SEARCHES    = 1 << 14,
  HAS_MESSAGES    = 1 << 15
};

static guint
compare_with_last (const FareRow *row,
                   const FareRow *last)
{
  const FareUsage *usage = &row->usage;

  return (row->event_session != last->event_session ? HAS_SESSION : 0)
         | (row->model != last->model ? HAS_MODEL : 0)
         | (row->branch != last->branch ? HAS_BRANCH : 0)
         | (row->role != FARE_ROLE_COUNTED ? HAS_ROLE : 0)
         | (row->flags != last->flags ? HAS_FLAGS : 0)
         | (row->modes != last->modes ? HAS_MODES : 0)
         | (row->sub != 0 ? HAS_SUB : 0)
         | (row->value_ms != row->own_ms ? HAS_VALUE_MS : 0)
         | (row->own_ms != row->event_ms ? HAS_OWN_MS : 0)
         | (row->own_session != row->event_session ? HAS_OWN_SESSION : 0)
         | (row->flags & FARE_ROW_REPORTED ? HAS_REPORTED : 0)
         | (usage->reasoning != 0 ? HAS_REASONING : 0)
         | (usage->cache_write_1h != 0 ? HAS_WRITE_1H : 0)
         | (usage->cache_write_5m != 0 ? HAS_WRITE_5M : 0)
         | (row->web_searches != 0 ? HAS_SEARCHES : 0)
         | (row->messages != last->messages ? HAS_MESSAGES : 0);
}

/* More than any row takes: the flags, two fingerprints, and 22 numbers. */
#define ROW_MAX (2 + 2 * 8 + 22 * FARE_VARINT_MAX)

/* Fingerprints are as long as any number of theirs. */
static guint8 *
put_fixed (guint8 *p,
           gint64  value)
{
  guint64 stored = GUINT64_TO_LE ((guint64) value);

  memcpy (p, &stored, sizeof stored);

  return p + sizeof stored;
}

static gint64
read_fixed (FareVarints *varints)
{
  guint64 stored;

  if (varints->end - varints->p < (gssize) sizeof stored)
    {
      varints->failed = TRUE;
      return 0;
    }
  memcpy (&stored, varints->p, sizeof stored);
  varints->p += sizeof stored;

  return (gint64) GUINT64_FROM_LE (stored);
}

/* Of what may come from a damaged log, so that even differences that leave the range come back. */
static gint64
subtract (gint64 a,
          gint64 b)
{
  return (gint64) ((guint64) a - (guint64) b);
}

static gint64
add (gint64 a,
     gint64 b)
{
  return (gint64) ((guint64) a + (guint64) b);
}

static guint8 *
put_place (const FareRow *row,
           const FareRow *last,
           guint          has,
           guint8        *p)
{
  p = put_fixed (p, row->cluster);
  if (has & HAS_SUB)
    p = put_fixed (p, row->sub);
  p = fare_varint_put_signed (p, subtract (row->event_ms, last->event_ms));
  p = fare_varint_put_signed (p, subtract (row->offset, last->offset));
  if (has & HAS_SESSION)
    p = fare_varint_put (p, row->event_session);
  if (has & HAS_MODEL)
    p = fare_varint_put (p, row->model);
  if (has & HAS_BRANCH)
    p = fare_varint_put (p, row->branch);
  if (has & HAS_ROLE)
    p = fare_varint_put (p, row->role);
  if (has & HAS_FLAGS)
    p = fare_varint_put (p, row->flags);
  if (has & HAS_MODES)
    p = fare_varint_put (p, row->modes);
  if (has & HAS_OWN_MS)
    p = fare_varint_put_signed (p, subtract (row->own_ms, row->event_ms));
  if (has & HAS_VALUE_MS)
    p = fare_varint_put_signed (p, subtract (row->value_ms, row->own_ms));
  if (has & HAS_OWN_SESSION)
    p = fare_varint_put (p, row->own_session);

  return p;
}

static guint8 *
put_sums (const FareRow *row,
          guint          has,
          guint8        *p)
{
  const FareUsage *usage = &row->usage;

  p = fare_varint_put_signed (p, usage->input);
  p = fare_varint_put_signed (p, usage->cache_read);
  p = fare_varint_put_signed (p, usage->output);
  if (has & HAS_WRITE_5M)
    p = fare_varint_put_signed (p, usage->cache_write_5m);
  if (has & HAS_WRITE_1H)
    p = fare_varint_put_signed (p, usage->cache_write_1h);
  if (has & HAS_REASONING)
    p = fare_varint_put_signed (p, usage->reasoning);
  p = fare_varint_put (p, row->lines);
  if (has & HAS_MESSAGES)
    p = fare_varint_put (p, row->messages);
  if (has & HAS_SEARCHES)
    p = fare_varint_put (p, row->web_searches);
  if (has & HAS_REPORTED)
    p = fare_varint_put_signed (p, row->reported_pico);

  return p;
}

void
fare_rows_pack (const FareRow *rows,
                guint          n_rows,
                GByteArray    *bytes)
{
  static const FareRow none = { 0 };
  const FareRow *last = &none;
  guint8 *p = fare_varint_reserve (bytes, n_rows * ROW_MAX);

  for (guint i = 0; i < n_rows; last = &rows[i++])
    {
      guint has = compare_with_last (&rows[i], last);

      *p++ = (guint8) has;
      *p++ = (guint8) (has >> 8);
      p = put_place (&rows[i], last, has, p);
      p = put_sums (&rows[i], has, p);
    }
  fare_varint_finish (bytes, p);
}

static void
unpack_place (FareVarints   *varints,
              const FareRow *last,
              guint          has,
              FareRow       *row)
{
  row->cluster = read_fixed (varints);
  row->sub = has & HAS_SUB ? read_fixed (varints) : 0;
  row->event_ms = add (last->event_ms, fare_varint_read_signed (varints));
  row->offset = add (last->offset, fare_varint_read_signed (varints));
  row->event_session = has & HAS_SESSION ? (guint32) fare_varint_read (varints) : last->event_session;
  row->model = has & HAS_MODEL ? (guint32) fare_varint_read (varints) : last->model;
  row->branch = has & HAS_BRANCH ? (guint32) fare_varint_read (varints) : last->branch;
  row->role = has & HAS_ROLE ? (guint8) fare_varint_read (varints) : FARE_ROLE_COUNTED;
  row->flags = has & HAS_FLAGS ? (guint16) fare_varint_read (varints) : last->flags;
  row->modes = has & HAS_MODES ? (guint8) fare_varint_read (varints) : last->modes;
  row->own_ms = has & HAS_OWN_MS ? add (row->event_ms, fare_varint_read_signed (varints))
                                 : row->event_ms;
  row->value_ms = has & HAS_VALUE_MS ? add (row->own_ms, fare_varint_read_signed (varints))
                                     : row->own_ms;
  row->own_session = has & HAS_OWN_SESSION ? (guint32) fare_varint_read (varints)
                                           : row->event_session;
}

static void
unpack_sums (FareVarints   *varints,
             const FareRow *last,
             guint          has,
             FareRow       *row)
{
  FareUsage *usage = &row->usage;

  usage->input = fare_varint_read_signed (varints);
  usage->cache_read = fare_varint_read_signed (varints);
  usage->output = fare_varint_read_signed (varints);
  usage->cache_write_5m = has & HAS_WRITE_5M ? fare_varint_read_signed (varints) : 0;
  usage->cache_write_1h = has & HAS_WRITE_1H ? fare_varint_read_signed (varints) : 0;
  usage->reasoning = has & HAS_REASONING ? fare_varint_read_signed (varints) : 0;
  row->lines = (guint32) fare_varint_read (varints);
  row->messages = has & HAS_MESSAGES ? (guint32) fare_varint_read (varints) : last->messages;
  row->web_searches = has & HAS_SEARCHES ? (guint32) fare_varint_read (varints) : 0;
  row->reported_pico = has & HAS_REPORTED ? fare_varint_read_signed (varints) : 0;
}

gboolean
fare_rows_unpack (const guint8 *data,
                  gsize         size,
                  gint64        first,
                  FareRow      *rows,
                  guint         n_max,
                  guint        *n_rows)
{
  static const FareRow none = { 0 };
  FareVarints varints = { data, data + size, FALSE };
  const FareRow *last = &none;
  guint n = 0;

  while (varints.p < varints.end && !varints.failed)
    {
      FareRow *row = &rows[n];
      guint has;

      if (n == n_max || varints.end - varints.p < 2)
        return FALSE;
      has = (guint) varints.p[0] | (guint) varints.p[1] << 8;
      varints.p += 2;
      *row = (FareRow) { .id = first + n, .file = (guint32) (first >> FARE_ROW_FILE_SHIFT) };
      unpack_place (&varints, last, has, row);
      unpack_sums (&varints, last, has, row);
      last = row;
      n++;
    }
  *n_rows = n;

  return !varints.failed;
}
