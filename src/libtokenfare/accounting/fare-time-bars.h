/* fare-time-bars.h
 *
 * The bars of a chart over time, stacked by client: an hour, a day, a week or a month
 * each, as the length of the range asks for.  One pass over the index serves all
 * metrics.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "accounting/fare-metric.h"

G_BEGIN_DECLS

/* Clients that have a colour of their own; the rest is one series. */
#define FARE_TIME_BARS_N_CLIENTS 6

/* A bar may be zero; then it has its place all the same. */
typedef struct
{
  gint64    start_ms;      /* UTC milliseconds; a week or month at the edge begins with the range */
  gint64    end_ms;        /* exclusive */
  char     *title;         /* "14:00", "4 Mar 2026", "March 2026"; "5–9 Mar 2026" for the part of a
                              week that is in the range; translated */
  FareSums  sums;
  gboolean  is_incomplete; /* now is in it: it may still grow */
  gboolean  is_future;     /* it has not begun */
} FareTimeBar;

/* One colour of the chart. */
typedef struct
{
  const char *client;      /* (nullable): a client id; %NULL for all others together */
  double      total;       /* in the metric's unit */
} FareBarSeries;

typedef struct _FareTimeBars FareTimeBars;

/**
 * fare_time_bars_choose_group:
 * @n_days: length of the range
 *
 * Returns: hours for one day, days up to 62, weeks up to 366, else months
 */
FareGroup            fare_time_bars_choose_group (guint            n_days);

/**
 * fare_time_bars_new:
 * @query: what is asked; its span is that of @range.  @range may be all time: then it is cut to the
 *   days from the first use to today
 * @now: tells which bar is incomplete
 *
 * Every stretch of the range has its bar, whether used or not.
 *
 * Returns: (transfer full): the bars, or %NULL with @error
 */
FareTimeBars        *fare_time_bars_new        (FareIndexReader     *reader,
                                                FarePriceBook       *prices,
                                                const FareQuery     *query,
                                                FareRange            range,
                                                const FareNow       *now,
                                                GCancellable        *cancellable,
                                                GError             **error) G_GNUC_WARN_UNUSED_RESULT;
void                 fare_time_bars_free       (FareTimeBars        *self);

/* What a bar stands for, and the bars from the earliest to the latest; they are the answer's. */
FareGroup            fare_time_bars_get_group  (const FareTimeBars  *self);
guint                fare_time_bars_get_n_bars (const FareTimeBars  *self);
const FareTimeBar   *fare_time_bars_get_bar    (const FareTimeBars  *self,
                                                guint                bar);

/**
 * fare_time_bars_get_series:
 * @metric: cost, tokens or messages
 * @n_series: (out): at most %FARE_TIME_BARS_N_CLIENTS + 1
 *
 * Returns: (transfer none): the clients with the greatest totals, the greatest first, then the
 *   others where there are more; those without any value are left out
 */
const FareBarSeries *fare_time_bars_get_series (const FareTimeBars  *self,
                                                FareMetric           metric,
                                                guint               *n_series);

/**
 * fare_time_bars_get_value:
 * @series: position in fare_time_bars_get_series() of the same metric
 *
 * Returns: that part of the bar, in the metric's unit
 */
double               fare_time_bars_get_value  (const FareTimeBars  *self,
                                                FareMetric           metric,
                                                guint                bar,
                                                guint                series);

/**
 * fare_time_bars_get_height:
 *
 * Returns: all series of the bar together, in the metric's unit
 */
double               fare_time_bars_get_height (const FareTimeBars  *self,
                                                FareMetric           metric,
                                                guint                bar);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareTimeBars, fare_time_bars_free)

G_END_DECLS
