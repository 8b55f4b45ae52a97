/* fare-bar-chart.h
 *
 * Bars over time, each stacked from the parts of its series.  Time runs from left to
 * right in every language.  The list of tools beside it has the same numbers in words.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "widgets/fare-bars.h"
#include "widgets/fare-chart.h"

G_BEGIN_DECLS

#define FARE_TYPE_BAR_CHART (fare_bar_chart_get_type ())
G_DECLARE_FINAL_TYPE (FareBarChart, fare_bar_chart, FARE, BAR_CHART, FareChart)

/**
 * fare_bar_chart_find_step:
 *
 * Returns: from one label of the axis to the next when @bars are shown
 */
double      fare_bar_chart_find_step    (FareBars           *bars);

/**
 * fare_bar_chart_show:
 * @bars: (transfer full): what to draw
 * @label_func: writes the values of the axis
 * @user_data: not freed, and asked for as long as the chart shows @bars
 * @summary: the whole chart in a sentence
 *
 * The cursor stays on the bar of the same label where there is one.
 */
void  fare_bar_chart_show (FareBarChart       *self,
                           FareBars           *bars,
                           FareChartLabelFunc  label_func,
                           gpointer            user_data,
                           const char         *summary);

G_END_DECLS
