/* fare-cells.h
 *
 * Sums of like events per quarter hour, and how a day of them is packed into bytes: a
 * year of heavy use is then a few hundred rows of the index instead of a hundred
 * thousand.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "base/fare-usage.h"

G_BEGIN_DECLS

/* Quarter hours of a day, UTC. */
#define FARE_DAY_QUARTERS 96

/* How a cell's kind is packed: the modes, then these. */
#define FARE_KIND_MODES     0xff
#define FARE_KIND_BY_HELPER (1 << 8)
#define FARE_KIND_REPORTED  (1 << 9) /* each event in here carries a logged cost */

/* All that a price or a grouping can depend on.  Has no gaps, so keys may be compared as bytes. */
typedef struct
{
  gint64  quarter; /* counted from 1970-01-01T00:00Z */
  guint32 session; /* these three are numbers of the index */
  guint32 model;
  guint32 branch;
  guint16 kind;
  guint16 band;    /* how many of the price thresholds the prompts exceed */
} FareCellKey;

typedef struct
{
  FareCellKey key;
  FareUsage   usage;
  gint64      events;
  gint64      messages;
  gint64      searches;
  gint64      reported; /* sum of logged costs, in 10^-12 USD */
} FareCell;

/**
 * fare_cell_get_day:
 *
 * Returns: the UTC day of the cell, counted from 1970
 */
static inline gint64
fare_cell_get_day (const FareCell *self)
{
  return self->key.quarter / FARE_DAY_QUARTERS;
}

/**
 * fare_cell_is_like:
 *
 * Returns: whether both differ in nothing but quarter hour and sums
 */
static inline gboolean
fare_cell_is_like (const FareCell *self,
                   const FareCell *other)
{
  const FareCellKey *a = &self->key, *b = &other->key;

  return a->session == b->session && a->model == b->model && a->branch == b->branch
         && a->kind == b->kind && a->band == b->band;
}

/**
 * fare_cell_compare:
 *
 * For sorting: by day, then like ones together, then by quarter hour.
 */
int         fare_cell_compare (const FareCell *a,
                               const FareCell *b);

/**
 * fare_cell_add:
 *
 * Adds the sums of @other.  Sums of logged costs stay at the edge of what can be stored: they are
 * not ours to trust.
 */
void        fare_cell_add     (FareCell       *self,
                               const FareCell *other);

/**
 * fare_cell_is_nothing:
 *
 * Returns: whether all sums are 0
 */
gboolean    fare_cell_is_nothing (const FareCell *self);

/**
 * fare_cells_pack:
 * @cells: of one day, in the order of fare_cell_compare(), no two with the same key
 *
 * Returns: (transfer full): the cells as bytes
 */
GByteArray *fare_cells_pack   (const FareCell *cells,
                               guint           n_cells) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_cells_unpack:
 * @day: UTC day, counted from 1970
 * @cells: (element-type FareCell): array to append to
 *
 * Returns: %FALSE when @data is damaged
 */
gboolean    fare_cells_unpack (const guint8   *data,
                               gsize           size,
                               gint64          day,
                               GArray         *cells);

G_END_DECLS
