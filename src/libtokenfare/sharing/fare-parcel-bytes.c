/* fare-parcel-bytes.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sharing/fare-parcel-bytes.h"

#include <string.h>

/* The end of the year 9999, UTC milliseconds. */
#define TIME_LIMIT G_GINT64_CONSTANT (253402300800000)

/* USD 10,000, which no response costs, in 10^-12 USD. */
#define COST_LIMIT G_GINT64_CONSTANT (10000000000000000)

/* What a reader of logs may say of a row; the rest is fold's. */
#define ROW_FLAGS                                                                                \
  (FARE_ROW_SIDECHAIN | FARE_ROW_HELPER | FARE_ROW_SUBFILE | FARE_ROW_WRAPPED | FARE_ROW_STOPPED \
   | FARE_ROW_FAST | FARE_ROW_REPORTED | FARE_ROW_ALONE | FARE_ROW_NO_MODEL | FARE_ROW_FIRST     \
   | FARE_ROW_COPIED)

/* As many rows as a file can have in the index. */
#define ROWS_LIMIT (1 << 24)

void
fare_parcel_write_text (GByteArray *bytes,
                        const char *text)
{
  const char *end = text + strnlen (text, FARE_PARCEL_TEXT_LIMIT);

  /* Not in the middle of a character. */
  while (*end != '\0' && end > text && ((guchar) *end & 0xc0) == 0x80)
    end--;
  fare_varint_append (bytes, (guint64) (end - text));
  g_byte_array_append (bytes, (const guint8 *) text, (guint) (end - text));
}

char *
fare_parcel_read_text (FareVarints *bytes)
{
  guint64 length = fare_varint_read (bytes);
  const char *text = (const char *) bytes->p;

  if (bytes->failed || length > FARE_PARCEL_TEXT_LIMIT || length > (guint64) (bytes->end - bytes->p)
      || !g_utf8_validate_len (text, length, NULL))
    {
      bytes->failed = TRUE;
      return NULL;
    }
  bytes->p += length;

  return g_strndup (text, length);
}

/* Each column of rows by itself: like stands beside like then, and packs better. */

typedef enum
{
  COLUMN_SESSION,
  COLUMN_MODEL,
  COLUMN_BRANCH,
  COLUMN_FLAGS,
  COLUMN_MODES,
  COLUMN_LINES,
  COLUMN_MESSAGES,
  COLUMN_SEARCHES,
  COLUMN_INPUT,
  COLUMN_CACHE_READ,
  COLUMN_WRITE_5M,
  COLUMN_WRITE_1H,
  COLUMN_OUTPUT,
  COLUMN_REASONING,
  COLUMN_REPORTED,
  N_COLUMNS
} Column;

static guint64
get_cell (const FareRow *row,
          Column         column)
{
  switch (column)
    {
    case COLUMN_SESSION:    return row->own_session;
    case COLUMN_MODEL:      return row->model;
    case COLUMN_BRANCH:     return row->branch;
    case COLUMN_FLAGS:      return row->flags;
    case COLUMN_MODES:      return row->modes;
    case COLUMN_LINES:      return row->lines;
    case COLUMN_MESSAGES:   return row->messages;
    case COLUMN_SEARCHES:   return row->web_searches;
    case COLUMN_INPUT:      return (guint64) row->usage.input;
    case COLUMN_CACHE_READ: return (guint64) row->usage.cache_read;
    case COLUMN_WRITE_5M:   return (guint64) row->usage.cache_write_5m;
    case COLUMN_WRITE_1H:   return (guint64) row->usage.cache_write_1h;
    case COLUMN_OUTPUT:     return (guint64) row->usage.output;
    case COLUMN_REASONING:  return (guint64) row->usage.reasoning;
    case COLUMN_REPORTED:   return row->flags & FARE_ROW_REPORTED ? (guint64) row->reported_pico : 0;
    case N_COLUMNS:
    default:                return 0;
    }
}

static void
set_cell (FareRow *row,
          Column   column,
          guint64  value)
{
  switch (column)
    {
    case COLUMN_SESSION:    row->own_session = (guint32) value; break;
    case COLUMN_MODEL:      row->model = (guint32) value; break;
    case COLUMN_BRANCH:     row->branch = (guint32) value; break;
    case COLUMN_FLAGS:      row->flags = (guint16) value; break;
    case COLUMN_MODES:      row->modes = (guint8) value; break;
    case COLUMN_LINES:      row->lines = (guint32) value; break;
    case COLUMN_MESSAGES:   row->messages = (guint32) value; break;
    case COLUMN_SEARCHES:   row->web_searches = (guint32) value; break;
    case COLUMN_INPUT:      row->usage.input = (gint64) value; break;
    case COLUMN_CACHE_READ: row->usage.cache_read = (gint64) value; break;
    case COLUMN_WRITE_5M:   row->usage.cache_write_5m = (gint64) value; break;
    case COLUMN_WRITE_1H:   row->usage.cache_write_1h = (gint64) value; break;
    case COLUMN_OUTPUT:     row->usage.output = (gint64) value; break;
    case COLUMN_REASONING:  row->usage.reasoning = (gint64) value; break;
    case COLUMN_REPORTED:   row->reported_pico = (gint64) value; break;
    case N_COLUMNS:
    default:                break;
    }
}

/* The largest value that a column can have. */
static guint64
get_limit (Column   column,
           FareLog *log)
{
  switch (column)
    {
    case COLUMN_SESSION:
    case COLUMN_MODEL:
    case COLUMN_BRANCH:   return log->strings->len - 1;
    case COLUMN_FLAGS:    return ROW_FLAGS;
    case COLUMN_MODES:    return G_MAXUINT8;
    case COLUMN_LINES:
    case COLUMN_MESSAGES:
    case COLUMN_SEARCHES: return G_MAXINT32;
    case COLUMN_REPORTED: return COST_LIMIT;
    case COLUMN_INPUT:
    case COLUMN_CACHE_READ:
    case COLUMN_WRITE_5M:
    case COLUMN_WRITE_1H:
    case COLUMN_OUTPUT:
    case COLUMN_REASONING:
    case N_COLUMNS:
    default:              return FARE_USAGE_LIMIT;
    }
}

static void
write_fingerprint (GByteArray *bytes,
                   gint64      value)
{
  guint64 bits = GUINT64_TO_LE ((guint64) value);

  g_byte_array_append (bytes, (const guint8 *) &bits, sizeof bits);
}

static void
write_rows (GByteArray *bytes,
            GArray     *rows)
{
  gint64 before_ms = 0, before = 0;

  fare_varint_append (bytes, rows->len);
  for (guint i = 0; i < rows->len; i++)
    write_fingerprint (bytes, g_array_index (rows, FareRow, i).cluster);
  for (guint i = 0; i < rows->len; i++)
    write_fingerprint (bytes, g_array_index (rows, FareRow, i).sub);
  for (guint i = 0; i < rows->len; i++)
    {
      const FareRow *row = &g_array_index (rows, FareRow, i);

      fare_varint_append_signed (bytes, row->own_ms - before_ms);
      fare_varint_append_signed (bytes, row->value_ms - row->own_ms);
      fare_varint_append_signed (bytes, row->offset - before);
      before_ms = row->own_ms;
      before = row->offset;
    }
  for (guint column = 0; column < N_COLUMNS; column++)
    for (guint i = 0; i < rows->len; i++)
      fare_varint_append (bytes, get_cell (&g_array_index (rows, FareRow, i), column));
}

void
fare_parcel_write_log (GByteArray *bytes,
                       FareLog    *log)
{
  fare_varint_append_signed (bytes, log->newest_ms);
  fare_varint_append (bytes, log->is_fork);
  fare_varint_append_signed (bytes, log->lines);
  /* Text 0 is empty in every log. */
  fare_varint_append (bytes, log->strings->len - 1);
  for (guint i = 1; i < log->strings->len; i++)
    fare_parcel_write_text (bytes, g_ptr_array_index (log->strings, i));
  fare_varint_append (bytes, log->facts->len);
  for (guint i = 0; i < log->facts->len; i++)
    {
      const FareFact *fact = &g_array_index (log->facts, FareFact, i);

      fare_varint_append (bytes, fact->session);
      fare_varint_append (bytes, fact->text);
      fare_varint_append (bytes, fact->kind);
      fare_varint_append (bytes, fact->rank);
      fare_varint_append_signed (bytes, fact->order);
    }
  write_rows (bytes, log->rows);
}

static gint64
read_fingerprint (FareVarints *bytes)
{
  guint64 bits = 0;

  if (bytes->end - bytes->p < (gssize) sizeof bits)
    {
      bytes->failed = TRUE;
      return 0;
    }
  memcpy (&bits, bytes->p, sizeof bits);
  bytes->p += sizeof bits;

  return (gint64) GUINT64_FROM_LE (bits);
}

/* As many things as take a byte each at least. */
static guint
read_count (FareVarints *bytes)
{
  guint64 count = fare_varint_read (bytes);

  if (count > (guint64) (bytes->end - bytes->p))
    bytes->failed = TRUE;

  return bytes->failed ? 0 : (guint) count;
}

static guint64
read_limited (FareVarints *bytes,
              guint64      limit)
{
  guint64 value = fare_varint_read (bytes);

  if (value > limit)
    bytes->failed = TRUE;

  return value;
}

static gint64
read_time (FareVarints *bytes,
           gint64       before_ms)
{
  gint64 step = fare_varint_read_signed (bytes);

  if (step < -TIME_LIMIT || step > TIME_LIMIT || before_ms + step < 0
      || before_ms + step >= TIME_LIMIT)
    {
      bytes->failed = TRUE;
      return 0;
    }

  return before_ms + step;
}

static void
read_places (FareVarints *bytes,
             GArray      *rows)
{
  gint64 before_ms = 0, before = 0;

  for (guint i = 0; i < rows->len && !bytes->failed; i++)
    {
      FareRow *row = &g_array_index (rows, FareRow, i);
      gint64 step;

      row->own_ms = before_ms = read_time (bytes, before_ms);
      row->value_ms = read_time (bytes, row->own_ms);
      step = fare_varint_read_signed (bytes);
      if (step < -(G_MAXINT64 / 4) || step > G_MAXINT64 / 4 || before + step < 0
          || before + step > G_MAXINT64 / 4)
        bytes->failed = TRUE;
      else
        row->offset = before += step;
    }
}

static void
read_rows (FareVarints *bytes,
           FareLog     *log)
{
  guint n = read_count (bytes);

  if (n > ROWS_LIMIT || (gint64) n * 16 > bytes->end - bytes->p)
    bytes->failed = TRUE;
  if (bytes->failed || n == 0)
    return;
  g_array_set_size (log->rows, n);
  memset (log->rows->data, 0, (gsize) n * sizeof (FareRow));
  for (guint i = 0; i < n; i++)
    g_array_index (log->rows, FareRow, i).cluster = read_fingerprint (bytes);
  for (guint i = 0; i < n; i++)
    g_array_index (log->rows, FareRow, i).sub = read_fingerprint (bytes);
  read_places (bytes, log->rows);
  for (guint column = 0; column < N_COLUMNS && !bytes->failed; column++)
    for (guint i = 0; i < n && !bytes->failed; i++)
      set_cell (&g_array_index (log->rows, FareRow, i), column,
                read_limited (bytes, get_limit (column, log)));
  for (guint i = 0; i < n && !bytes->failed; i++)
    {
      FareRow *row = &g_array_index (log->rows, FareRow, i);

      /* The limit lets numbers below through that have other bits. */
      if (row->flags & ~ROW_FLAGS)
        bytes->failed = TRUE;
    }
}

static void
read_facts (FareVarints *bytes,
            FareLog     *log)
{
  guint n = read_count (bytes);

  for (guint i = 0; i < n && !bytes->failed; i++)
    {
      guint limit = log->strings->len - 1;
      FareFact fact = { 0 };

      fact.session = (guint32) read_limited (bytes, limit);
      fact.text = (guint32) read_limited (bytes, limit);
      fact.kind = (guint8) read_limited (bytes, FARE_FACT_PRESENT);
      fact.rank = (guint8) read_limited (bytes, G_MAXUINT8);
      fact.order = fare_varint_read_signed (bytes);
      g_array_append_val (log->facts, fact);
    }
}

/* Numbers are places in the table, so a text that comes twice has two of them. */
static void
read_texts (FareVarints *bytes,
            FareLog     *log)
{
  guint n = read_count (bytes);

  for (guint i = 0; i < n && !bytes->failed; i++)
    {
      char *text = fare_parcel_read_text (bytes);

      if (text != NULL)
        g_ptr_array_add (log->strings, text);
    }
}

gboolean
fare_parcel_read_log (FareVarints *bytes,
                      FareLog     *log)
{
  log->newest_ms = read_time (bytes, 0);
  log->is_fork = read_limited (bytes, 1) != 0;
  log->lines = fare_varint_read_signed (bytes);
  read_texts (bytes, log);
  read_facts (bytes, log);
  read_rows (bytes, log);

  /* The form of what follows would be one we do not know. */
  return !bytes->failed && bytes->p == bytes->end && log->lines >= 0 && log->lines < TIME_LIMIT;
}
