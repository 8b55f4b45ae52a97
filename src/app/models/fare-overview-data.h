/* fare-overview-data.h
 *
 * Everything the Overview page shows of one range, taken from one snapshot of the
 * index.  A plain value: made in a worker thread, shown on the main thread.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "accounting/fare-cache-saving.h"
#include "accounting/fare-summary.h"
#include "accounting/fare-time-bars.h"
#include "models/fare-live-query.h"

G_BEGIN_DECLS

/* A client or a model with its part of the whole. */
typedef struct
{
  char         *key;
  char         *title;
  char         *name;   /* as the filter knows it: a client's id, a model's name */
  char         *provider; /* (nullable): of a model */
  FareSums      sums;
  FareUnpriced  reason; /* why the unpriced part has no price; of models only */
} FareShare;

typedef struct
{
  FarePeriod  period;
  FareRange   range;
  FareDay     today;
  GTimeZone  *zone;         /* (nullable): of days and hours; %NULL in an answer made by hand */

  FareSums    total;
  char       *range_title;  /* "Today" */
  char       *comparison;   /* (nullable): "▼ 12% less than yesterday" */
  char       *comparison_spoken; /* (nullable): the same without the sign */
  char       *comparison_span; /* (nullable): "Compared with yesterday until 14:32" */

  FareTimeBars *bars;       /* (nullable): the range over time; %NULL in an answer made by hand */
  FareCacheSaving saving;   /* what caches saved */
  double      energy_j;     /* joules, an order of magnitude */

  GPtrArray  *clients;      /* FareShare, most expensive first */
  GPtrArray  *models;       /* FareShare, most expensive first */

  gint64      last_scan_ms; /* UTC milliseconds of the last complete scan, 0 if none */
  gboolean    is_empty;     /* the index holds no use at all, in no range */
  FareDay     last_day;     /* the newest local day with use, where not is_empty */
  gboolean    is_filtered;  /* of all use that there is, some is left out */
} FareOverviewData;

/**
 * fare_overview_data_new:
 *
 * Returns: (transfer full): an answer without any use, to be filled by tests
 */
FareOverviewData *fare_overview_data_new    (void) G_GNUC_WARN_UNUSED_RESULT;
void              fare_overview_data_free   (FareOverviewData    *self);

/**
 * fare_overview_data_add:
 * @list: the list to add to, of @self
 *
 * Returns: (transfer none): a new share at the end of @list
 */
FareShare        *fare_overview_data_add    (GPtrArray           *list,
                                             const char          *key,
                                             const char          *title);

/**
 * fare_overview_data_load:
 * @question: the range and the meter to ask
 *
 * A #FareAnswerFunc.
 *
 * Returns: (transfer full): a #FareOverviewData, or %NULL with @error set
 */
gpointer          fare_overview_data_load   (const FareQuestion  *question,
                                             GCancellable        *cancellable,
                                             GError             **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareOverviewData, fare_overview_data_free)

G_END_DECLS
