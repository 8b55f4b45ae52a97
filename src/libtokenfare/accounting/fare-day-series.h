/* fare-day-series.h
 *
 * Every day of a span with its sums, days without use included: what calendars,
 * streaks, forecasts and the question for an unusual day are made of.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "accounting/fare-metric.h"
#include "pricing/fare-energy.h"

G_BEGIN_DECLS

/* Consecutive local days with one value each; the form in which pure functions take them. */
typedef struct
{
  FareDay       first;
  guint         n_days;
  const double *values;   /* of @n_days days, from @first on */
} FareDayValues;

typedef struct
{
  FareDay     day;
  FareSums    sums;
  double      energy_j;   /* joules; 0 when no energy table was given */
  const char *top_client; /* (nullable): id of the client with the greatest cost, then tokens; %NULL
                             without use */
} FareDayTotals;

typedef struct _FareDaySeries FareDaySeries;

/**
 * fare_day_series_new:
 * @reader: a snapshot
 * @prices: the price book
 * @energy: (nullable): %NULL leaves energy out
 * @query: what is asked, cut to the days that have use where it is endless (%G_MININT64,
 *   %G_MAXINT64); its span should begin and end with a day, else the first and last day are
 *   partial
 * @cancellable: (nullable): asked now and then
 *
 * One pass over the index.  Days are local days of the query's zone, each with its own offset from
 * UTC.  The result does not need the reader any more.
 *
 * Returns: (transfer full): the days, or %NULL with @error
 */
FareDaySeries       *fare_day_series_new        (FareIndexReader     *reader,
                                                 FarePriceBook       *prices,
                                                 FareEnergyTable     *energy,
                                                 const FareQuery     *query,
                                                 GCancellable        *cancellable,
                                                 GError             **error) G_GNUC_WARN_UNUSED_RESULT;
void                 fare_day_series_free       (FareDaySeries       *self);

/**
 * fare_day_series_get_range:
 *
 * Returns: the days of the series; empty when an endless query found no use
 */
FareRange            fare_day_series_get_range  (const FareDaySeries *self);
guint                fare_day_series_get_n_days (const FareDaySeries *self);
const FareDayTotals *fare_day_series_get_day    (const FareDaySeries *self,
                                                 guint                i);

/**
 * fare_day_series_find:
 *
 * Returns: (transfer none) (nullable): that day; %NULL when it is not in the series
 */
const FareDayTotals *fare_day_series_find       (const FareDaySeries *self,
                                                 FareDay              day);

/**
 * fare_day_series_get_values:
 *
 * Returns: one metric of all days; belongs to the series
 */
FareDayValues        fare_day_series_get_values (const FareDaySeries *self,
                                                 FareMetric           metric);

/**
 * fare_day_values_cut:
 * @range: days wanted
 *
 * Returns: the part of @self in @range; refers to the same values
 */
FareDayValues        fare_day_values_cut        (FareDayValues        self,
                                                 FareRange            range);

/**
 * fare_day_values_get:
 *
 * Returns: the value of @day; 0 when it is not among the days
 */
double               fare_day_values_get        (FareDayValues        self,
                                                 FareDay              day);

/**
 * fare_day_totals_get_value:
 *
 * Returns: one metric of the day, in the metric's unit
 */
double               fare_day_totals_get_value  (const FareDayTotals *self,
                                                 FareMetric           metric);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareDaySeries, fare_day_series_free)

G_END_DECLS
