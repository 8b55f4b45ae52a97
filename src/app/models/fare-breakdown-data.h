/* fare-breakdown-data.h
 *
 * The exact use of some days: each tool, its models, and each model over all tools.  A plain value,
 * made in a worker thread from one snapshot of the index.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "accounting/fare-summary.h"
#include "models/fare-live-query.h"

G_BEGIN_DECLS

typedef struct
{
  char     *client;   /* (nullable): id; %NULL for a model over all tools */
  char     *model;    /* (nullable): name as logged; %NULL for a tool */
  char     *provider; /* (nullable): of the model */
  char     *title;
  FareSums  sums;
} FareBreakdownRow;

/* All lists hold FareBreakdownRow, the most expensive first. */
typedef struct
{
  FareSums   total;
  GPtrArray *tools;
  GPtrArray *parts;  /* models within tools: those of one tool add up to it */
  GPtrArray *models;
} FareBreakdownData;

/**
 * fare_breakdown_data_new:
 *
 * Returns: (transfer full): an answer without any use
 */
FareBreakdownData *fare_breakdown_data_new  (void) G_GNUC_WARN_UNUSED_RESULT;
void               fare_breakdown_data_free (FareBreakdownData  *self);

/**
 * fare_breakdown_data_add:
 * @list: the list to add to, of an answer
 *
 * Returns: (transfer none): a new row at the end of @list; all its texts are copied
 */
FareBreakdownRow  *fare_breakdown_data_add  (GPtrArray          *list,
                                             const char         *client,
                                             const char         *model,
                                             const char         *provider,
                                             const char         *title);

/**
 * fare_breakdown_data_load:
 *
 * A #FareAnswerFunc.
 *
 * Returns: (transfer full): a #FareBreakdownData, or %NULL with @error set
 */
gpointer           fare_breakdown_data_load (const FareQuestion *question,
                                             GCancellable       *cancellable,
                                             GError            **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareBreakdownData, fare_breakdown_data_free)

G_END_DECLS
