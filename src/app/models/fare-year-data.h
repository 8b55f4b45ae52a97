/* fare-year-data.h
 *
 * What the Overview says about habits: every day of the index, the runs of days in it, where this
 * month is heading and whether a day stands out.  Taken from one snapshot; a plain value.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "accounting/fare-active-time.h"
#include "accounting/fare-day-series.h"
#include "accounting/fare-forecast.h"
#include "accounting/fare-streaks.h"
#include "models/fare-live-query.h"

G_BEGIN_DECLS

typedef struct
{
  FareDaySeries *series;        /* (nullable): all days from the first use on; %NULL without use */
  FareDay        today;
  FareStreaks    streaks;       /* over all days, by tokens */
  FareForecast   forecast;
  gboolean       has_forecast;
} FareYearData;

/**
 * fare_year_data_load:
 *
 * A #FareAnswerFunc; the filter counts, the range does not.
 *
 * Returns: (transfer full): a #FareYearData, or %NULL with @error set
 */
gpointer fare_year_data_load (const FareQuestion  *question,
                              GCancellable        *cancellable,
                              GError             **error) G_GNUC_WARN_UNUSED_RESULT;
void     fare_year_data_free (FareYearData        *self);

/**
 * fare_year_data_get_active_days:
 * @range: some days
 *
 * Returns: how many of them saw use
 */
guint    fare_year_data_get_active_days (const FareYearData *self,
                                         FareRange           range);

/**
 * fare_year_data_get_past_year:
 * @first_weekday: 1 (Monday) to 7 (Sunday)
 *
 * Returns: the 52 weeks before this one, whole, and this one up to today
 */
FareRange fare_year_data_get_past_year (const FareYearData *self,
                                        int                 first_weekday);

/**
 * fare_work_data_load:
 *
 * A #FareAnswerFunc that adds up the time agents worked in the range.  Slower than sums, because it
 * has to look at every response.
 *
 * Returns: (transfer full): a #FareActiveTime, freed with g_free(), or %NULL with @error set
 */
gpointer fare_work_data_load (const FareQuestion  *question,
                              GCancellable        *cancellable,
                              GError             **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareYearData, fare_year_data_free)

G_END_DECLS
