/* fare-pair-set.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "accounting/fare-pair-set.h"

#define FIRST_CELLS 256

/* The cell that holds @value or that it belongs into. */
static gsize
find_cell (const FarePairSet *self,
           guint64            value)
{
  gsize mask = self->n_cells - 1;
  /* The golden ratio spreads neighbouring numbers over the upper bits. */
  gsize cell = (value * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)) >> 32 & mask;

  while (self->cells[cell] != 0 && self->cells[cell] != value)
    cell = (cell + 1) & mask;

  return cell;
}

static void
grow (FarePairSet *self)
{
  FarePairSet larger = { .n_cells = self->n_cells > 0 ? self->n_cells * 2 : FIRST_CELLS,
                         .n_pairs = self->n_pairs };

  larger.cells = g_new0 (guint64, larger.n_cells);
  for (gsize i = 0; i < self->n_cells; i++)
    if (self->cells[i] != 0)
      larger.cells[find_cell (&larger, self->cells[i])] = self->cells[i];

  g_free (self->cells);
  *self = larger;
}

gboolean
fare_pair_set_add (FarePairSet *self,
                   guint32      first,
                   guint32      second)
{
  guint64 value = ((guint64) first << 32 | second) + 1;
  gsize cell;

  /* At most two thirds full, so that a search stays short and ends. */
  if (self->n_pairs * 3 >= self->n_cells * 2)
    grow (self);

  cell = find_cell (self, value);
  if (self->cells[cell] == value)
    return FALSE;

  self->cells[cell] = value;
  self->n_pairs++;

  return TRUE;
}

void
fare_pair_set_clear (FarePairSet *self)
{
  g_clear_pointer (&self->cells, g_free);
  self->n_cells = 0;
  self->n_pairs = 0;
}
