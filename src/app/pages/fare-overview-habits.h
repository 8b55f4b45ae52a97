/* fare-overview-habits.h
 *
 * The words of the Overview's second row of cards: what caches saved, where the month is heading,
 * on how many days and how long agents worked, and what that took in energy.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "accounting/fare-active-time.h"
#include "accounting/fare-budget.h"
#include "models/fare-year-data.h"
#include "pages/fare-overview-text.h"

G_BEGIN_DECLS

void     fare_overview_habits_saving   (const FareOverviewText *self,
                                        FareCardText           *text);
void     fare_overview_habits_energy   (const FareOverviewText *self,
                                        FareCardText           *text);

/**
 * fare_overview_habits_forecast:
 * @budget: (nullable): the month's budget
 * @warn_percent: from which share of it on the bar warns
 *
 * Returns: %FALSE when too little is known to say anything
 */
gboolean fare_overview_habits_forecast (const FareOverviewText *self,
                                        const FareYearData     *year,
                                        const FareBudget       *budget,
                                        guint                   warn_percent,
                                        FareCardText           *text);
void     fare_overview_habits_days     (const FareOverviewText *self,
                                        const FareYearData     *year,
                                        FareCardText           *text);
void     fare_overview_habits_time     (const FareOverviewText *self,
                                        const FareActiveTime   *work,
                                        FareCardText           *text);

/**
 * fare_overview_habits_unusual:
 *
 * Returns: (transfer full) (nullable): that the one day shown is not a usual one; %NULL when it is, or
 *   when more days than one are shown
 */
char    *fare_overview_habits_unusual  (const FareOverviewText *self,
                                        const FareYearData     *year) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
