/* fare-row.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "formats/fare-row.h"

/* USD; the dearest prompt of today's largest context costs some hundreds. */
#define COST_LIMIT 10000.0

static int
compare (gint64 a,
         gint64 b)
{
  return (a > b) - (a < b);
}

gboolean
fare_row_is_more_complete (const FareRow *self,
                           const FareRow *other)
{
  int order = compare (self->usage.output, other->usage.output);

  if (order == 0)
    order = compare (fare_usage_prompt (&self->usage), fare_usage_prompt (&other->usage));
  if (order == 0)
    order = compare (self->flags & FARE_ROW_STOPPED, other->flags & FARE_ROW_STOPPED);
  if (order == 0)
    order = compare (self->value_ms, other->value_ms);

  return order > 0;
}

void
fare_row_take_cost (FareRow *self,
                    double   usd)
{
  if (!(usd >= 0 && usd <= COST_LIMIT))
    return;
  self->flags |= FARE_ROW_REPORTED;
  self->reported_pico = (gint64) (usd * 1e12 + 0.5);
}

gboolean
fare_row_is_same_slot (const FareRow *self,
                       const FareRow *other)
{
  return self->cluster == other->cluster
         && self->sub == other->sub
         && self->own_session == other->own_session
         && (self->flags & FARE_ROW_SLOT) == (other->flags & FARE_ROW_SLOT)
         && !((self->flags | other->flags) & FARE_ROW_ALONE);
}

void
fare_row_merge (FareRow       *self,
                const FareRow *later)
{
  gint64 own_ms = MIN (self->own_ms, later->own_ms);
  guint32 lines = self->lines + later->lines;
  gint64 id = self->id;
  guint32 file = self->file;
  gboolean keep;

  /* The later line wins a tie, so the comparison is turned round. */
  keep = self->flags & FARE_ROW_FIRST ? self->value_ms <= later->value_ms
                                      : fare_row_is_more_complete (self, later);
  if (!keep)
    *self = *later;
  self->own_ms = own_ms;
  self->lines = lines;
  self->id = id;
  self->file = file;
}
