/* fare-summary-pass.h
 *
 * One pass over the index that adds up every group of a summary at once, for
 * fare-summary.c.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "accounting/fare-groups.h"
#include "accounting/fare-pair-set.h"

G_BEGIN_DECLS

/* One way of splitting. */
typedef struct
{
  FareGroup      group;
  FareGroups    *groups;
  FareGroupRow **counted_in; /* by session: the row it was counted in last */
  FarePairSet    counted;    /* row, session */
} FareSplit;

typedef struct
{
  FareIndexReader *reader;
  FarePriceBook   *prices;
  const FareQuery *query;
  FareSplit       *splits;
  guint            n_splits;
  FareTally        total;
} FareSummaryPass;

/**
 * fare_summary_pass_run:
 * @self: with empty groups and an empty total, which are filled in
 *
 * Returns: %FALSE with @error when the index could not be read
 */
gboolean fare_summary_pass_run (FareSummaryPass  *self,
                                GError          **error);

G_END_DECLS
