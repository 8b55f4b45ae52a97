/* fare-cells.c
 *
 * A day is packed as runs of like cells.  Run: session as difference to the run before,
 * model, branch, kind, band, number of cells.  Cell: quarter hour as difference to the
 * cell before, a set of the sums that are not 0, and those sums.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "index/fare-cells.h"

#include "index/fare-varint.h"

/* What a column of the index held at most, and some room for sums of sums. */
#define REPORTED_MAX G_GINT64_CONSTANT (9200000000000000000)

/* Which sums stand in a cell.  Nearly always every event is one message. */
enum
{
  HAS_INPUT      = 1 << 0,
  HAS_CACHE_READ = 1 << 1,
  HAS_WRITE_5M   = 1 << 2,
  HAS_OUTPUT     = 1 << 3,
  HAS_REASONING  = 1 << 4,
  HAS_WRITE_1H   = 1 << 5,
  HAS_EVENTS     = 1 << 6, /* else 1 */
  HAS_MESSAGES   = 1 << 7, /* else as many as events */
  HAS_SEARCHES   = 1 << 8,
  HAS_REPORTED   = 1 << 9
};

int
fare_cell_compare (const FareCell *a,
                   const FareCell *b)
{
  gint64 first = fare_cell_get_day (a), second = fare_cell_get_day (b);

  if (first != second)
    return first < second ? -1 : 1;
  if (a->key.session != b->key.session)
    return a->key.session < b->key.session ? -1 : 1;
  if (a->key.model != b->key.model)
    return a->key.model < b->key.model ? -1 : 1;
  if (a->key.branch != b->key.branch)
    return a->key.branch < b->key.branch ? -1 : 1;
  if (a->key.kind != b->key.kind)
    return a->key.kind < b->key.kind ? -1 : 1;
  if (a->key.band != b->key.band)
    return a->key.band < b->key.band ? -1 : 1;

  return (a->key.quarter > b->key.quarter) - (a->key.quarter < b->key.quarter);
}

void
fare_cell_add (FareCell       *self,
               const FareCell *other)
{
  fare_usage_add (&self->usage, &other->usage, 1);
  self->events += other->events;
  self->messages += other->messages;
  self->searches += other->searches;
  if (__builtin_add_overflow (self->reported, other->reported, &self->reported))
    self->reported = other->reported > 0 ? REPORTED_MAX : -REPORTED_MAX;
  self->reported = CLAMP (self->reported, -REPORTED_MAX, REPORTED_MAX);
}

gboolean
fare_cell_is_nothing (const FareCell *self)
{
  const FareUsage *usage = &self->usage;

  return (usage->input | usage->cache_read | usage->cache_write_5m | usage->cache_write_1h
          | usage->output | usage->reasoning | self->events | self->messages | self->searches
          | self->reported) == 0;
}

/* More than any cell takes, and more than what stands before a run of them. */
#define CELL_MAX (12 * FARE_VARINT_MAX)
#define RUN_MAX  (6 * FARE_VARINT_MAX)

static inline guint8 *
put_sum (guint8 *p,
         guint   set,
         guint   flag,
         gint64  value)
{
  return set & flag ? fare_varint_put (p, (guint64) value) : p;
}

static guint8 *
put_cell (guint8         *p,
          const FareCell *cell)
{
  const FareUsage *usage = &cell->usage;
  guint set = (usage->input != 0 ? HAS_INPUT : 0)
              | (usage->cache_read != 0 ? HAS_CACHE_READ : 0)
              | (usage->cache_write_5m != 0 ? HAS_WRITE_5M : 0)
              | (usage->cache_write_1h != 0 ? HAS_WRITE_1H : 0)
              | (usage->output != 0 ? HAS_OUTPUT : 0)
              | (usage->reasoning != 0 ? HAS_REASONING : 0)
              | (cell->events != 1 ? HAS_EVENTS : 0)
              | (cell->messages != cell->events ? HAS_MESSAGES : 0)
              | (cell->searches != 0 ? HAS_SEARCHES : 0)
              | (cell->reported != 0 ? HAS_REPORTED : 0);

  p = fare_varint_put (p, set);
  p = put_sum (p, set, HAS_INPUT, usage->input);
  p = put_sum (p, set, HAS_CACHE_READ, usage->cache_read);
  p = put_sum (p, set, HAS_WRITE_5M, usage->cache_write_5m);
  p = put_sum (p, set, HAS_OUTPUT, usage->output);
  p = put_sum (p, set, HAS_REASONING, usage->reasoning);
  p = put_sum (p, set, HAS_WRITE_1H, usage->cache_write_1h);
  p = put_sum (p, set, HAS_EVENTS, cell->events);
  p = put_sum (p, set, HAS_MESSAGES, cell->messages);
  p = put_sum (p, set, HAS_SEARCHES, cell->searches);
  if (set & HAS_REPORTED)
    p = fare_varint_put_signed (p, cell->reported);

  return p;
}

GByteArray *
fare_cells_pack (const FareCell *cells,
                 guint           n_cells)
{
  GByteArray *bytes = g_byte_array_sized_new (n_cells * 24);
  guint32 session = 0;
  guint8 *p;

  for (guint i = 0, end; i < n_cells; i = end)
    {
      const FareCellKey *key = &cells[i].key;
      gint64 quarter = fare_cell_get_day (&cells[i]) * FARE_DAY_QUARTERS;

      for (end = i + 1; end < n_cells && fare_cell_is_like (&cells[i], &cells[end]);)
        end++;
      p = fare_varint_reserve (bytes, RUN_MAX + (end - i) * CELL_MAX);
      p = fare_varint_put (p, key->session - session);
      p = fare_varint_put (p, key->model);
      p = fare_varint_put (p, key->branch);
      p = fare_varint_put (p, key->kind);
      p = fare_varint_put (p, key->band);
      p = fare_varint_put (p, end - i);
      for (guint j = i; j < end; j++)
        {
          p = fare_varint_put (p, (guint64) (cells[j].key.quarter - quarter));
          quarter = cells[j].key.quarter;
          p = put_cell (p, &cells[j]);
        }
      fare_varint_finish (bytes, p);
      session = key->session;
    }

  return bytes;
}

static inline gint64
read_sum (FareVarints *varints,
          guint        set,
          guint        flag)
{
  return set & flag ? (gint64) fare_varint_read (varints) : 0;
}

static inline void
unpack_cell (FareVarints *varints,
             FareCell    *cell)
{
  guint set = (guint) fare_varint_read (varints);

  cell->usage.input = read_sum (varints, set, HAS_INPUT);
  cell->usage.cache_read = read_sum (varints, set, HAS_CACHE_READ);
  cell->usage.cache_write_5m = read_sum (varints, set, HAS_WRITE_5M);
  cell->usage.output = read_sum (varints, set, HAS_OUTPUT);
  cell->usage.reasoning = read_sum (varints, set, HAS_REASONING);
  cell->usage.cache_write_1h = read_sum (varints, set, HAS_WRITE_1H);
  cell->events = set & HAS_EVENTS ? (gint64) fare_varint_read (varints) : 1;
  cell->messages = set & HAS_MESSAGES ? (gint64) fare_varint_read (varints) : cell->events;
  cell->searches = read_sum (varints, set, HAS_SEARCHES);
  cell->reported = set & HAS_REPORTED ? fare_varint_read_signed (varints) : 0;
}

gboolean
fare_cells_unpack (const guint8 *data,
                   gsize         size,
                   gint64        day,
                   GArray       *cells)
{
  FareVarints varints = { data, data + size, FALSE };
  guint32 session = 0;

  while (varints.p < varints.end && !varints.failed)
    {
      gint64 first = day * FARE_DAY_QUARTERS, quarter = first;
      FareCellKey key = { 0 };
      guint64 n;
      guint old = cells->len;

      session += (guint32) fare_varint_read (&varints);
      key.session = session;
      key.model = (guint32) fare_varint_read (&varints);
      key.branch = (guint32) fare_varint_read (&varints);
      key.kind = (guint16) fare_varint_read (&varints);
      key.band = (guint16) fare_varint_read (&varints);
      n = fare_varint_read (&varints);
      if (varints.failed || n > FARE_DAY_QUARTERS)
        return FALSE;

      g_array_set_size (cells, old + (guint) n);
      for (guint i = 0; i < n; i++)
        {
          FareCell *cell = &g_array_index (cells, FareCell, old + i);

          quarter += (gint64) (fare_varint_read (&varints) & 0xff);
          key.quarter = quarter;
          cell->key = key;
          unpack_cell (&varints, cell);
          if (quarter >= first + FARE_DAY_QUARTERS)
            return FALSE;
        }
    }

  return !varints.failed;
}
