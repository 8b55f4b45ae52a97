/* fare-summary.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "accounting/fare-summary.h"

#include "accounting/fare-summary-pass.h"

struct _FareSummary
{
  FareSums   total;
  GPtrArray *rows; /* of FareGroupRow */
};

static void
split_clear (FareSplit *self)
{
  g_clear_pointer (&self->groups, fare_groups_free);
  g_clear_pointer (&self->counted_in, g_free);
  fare_pair_set_clear (&self->counted);
}

static FareSummary *
make_summary (const FareSums *total,
              FareSplit      *split)
{
  FareSummary *self = g_new0 (FareSummary, 1);

  self->total = *total;
  self->rows = fare_groups_finish (split->groups);

  return self;
}

gboolean
fare_summary_new_multi (FareIndexReader  *reader,
                        FarePriceBook    *prices,
                        const FareQuery  *query,
                        const FareGroup  *groups,
                        guint             n_groups,
                        FareSummary     **summaries,
                        GError          **error)
{
  g_autofree FareSplit *splits = g_new0 (FareSplit, n_groups);
  FareSummaryPass pass = {
    .reader = reader, .prices = prices, .query = query, .splits = splits, .n_splits = n_groups
  };
  gboolean done;

  g_return_val_if_fail (reader != NULL && prices != NULL && query != NULL, FALSE);

  for (guint i = 0; i < n_groups; i++)
    {
      summaries[i] = NULL;
      g_return_val_if_fail (query->zone != NULL || !fare_group_has_time (groups[i]), FALSE);
    }
  for (guint i = 0; i < n_groups; i++)
    splits[i] = (FareSplit) { .group = groups[i], .groups = fare_groups_new (groups[i], query) };

  done = fare_summary_pass_run (&pass, error);
  fare_tally_finish (&pass.total);
  for (guint i = 0; i < n_groups; i++)
    {
      if (done)
        summaries[i] = make_summary (&pass.total.sums, &splits[i]);
      split_clear (&splits[i]);
    }

  return done;
}

FareSummary *
fare_summary_new (FareIndexReader  *reader,
                  FarePriceBook    *prices,
                  const FareQuery  *query,
                  FareGroup         group,
                  GError          **error)
{
  FareSummary *self = NULL;

  return fare_summary_new_multi (reader, prices, query, &group, 1, &self, error) ? self : NULL;
}

void
fare_summary_free (FareSummary *self)
{
  g_ptr_array_unref (self->rows);
  g_free (self);
}

const FareSums *
fare_summary_get_total (FareSummary *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->total;
}

guint
fare_summary_get_n_rows (FareSummary *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->rows->len;
}

const FareSummaryRow *
fare_summary_get_row (FareSummary *self,
                      guint        i)
{
  const FareGroupRow *row;

  g_return_val_if_fail (self != NULL && i < self->rows->len, NULL);

  row = g_ptr_array_index (self->rows, i);

  return &row->row;
}
