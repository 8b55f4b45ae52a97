/* fare-pair-set.h
 *
 * A set of pairs of numbers, to count each session once per group.  Open addressing
 * over one array, because it is asked for every bucket of a summary.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint64 *cells;   /* 0 is free, else the pair plus one */
  gsize    n_cells; /* a power of two, or 0 */
  gsize    n_pairs;
} FarePairSet;

/**
 * fare_pair_set_add:
 * @self: a set, all zero at first
 * @first: less than %G_MAXUINT32
 *
 * Returns: %TRUE when the pair was new
 */
gboolean fare_pair_set_add   (FarePairSet *self,
                              guint32      first,
                              guint32      second);
void     fare_pair_set_clear (FarePairSet *self);

G_END_DECLS
