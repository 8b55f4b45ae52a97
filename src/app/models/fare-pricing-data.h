/* fare-pricing-data.h
 *
 * Everything the Pricing page shows: the price table with the use of the chosen days, taken
 * from one snapshot.  A plain value, made in a worker thread.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "models/fare-live-query.h"
#include "models/fare-pricing-line.h"

G_BEGIN_DECLS

typedef struct
{
  FareRange  range;
  char      *range_title;  /* "Today" */
  FareSums   total;        /* of the days shown; the lines add up to it */

  GPtrArray *lines;        /* of FarePricingLine: missing, used, the rest; the dearest first */
  guint      n_entries;    /* entries in force */
  guint      n_changed;    /* entries of the user's file, hidden ones among them */
  guint      n_missing;    /* lines that miss a price */
  FareDay    updated;      /* newest evidence of the built-in table, 0 if not known */
  FareDay    today;

  char      *prices_path;  /* the user's file */
  char      *prices_label; /* the same with "~" */
  GStrv      problems;     /* what is wrong with the price files, in sentences */
  gboolean   is_writable;  /* whether the user's file can be written */
  char      *tokdash_path; /* (nullable): another program's price file that can be imported */
} FarePricingData;

void      fare_pricing_data_free (FarePricingData     *self);

/**
 * fare_pricing_data_load:
 * @question: the days and the meter to ask
 *
 * A #FareAnswerFunc.
 *
 * Returns: (transfer full): a #FarePricingData, or %NULL with @error set
 */
gpointer  fare_pricing_data_load (const FareQuestion  *question,
                                  GCancellable        *cancellable,
                                  GError             **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FarePricingData, fare_pricing_data_free)

G_END_DECLS
