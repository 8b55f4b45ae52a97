/* fare-line-chart.h
 *
 * A value that only grows, step by step, as a line over an area.  The first step is on
 * the left in every language.  The list beside it has the same numbers in words.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "widgets/fare-chart.h"

G_BEGIN_DECLS

#define FARE_TYPE_LINE_CHART (fare_line_chart_get_type ())
G_DECLARE_FINAL_TYPE (FareLineChart, fare_line_chart, FARE, LINE_CHART, FareChart)

/* Says all about a point, counted from 0; the result is freed with g_free(). */
typedef char *(*FareLineSentenceFunc) (guint    point,
                                       gpointer user_data);

/**
 * fare_line_chart_show:
 * @values: (array length=n_values): the value after each step, 0 or greater, copied
 * @label: writes the values of the axis
 * @sentence: describes a point
 * @user_data: not freed, and used for as long as the chart shows these values
 * @summary: the whole chart in a sentence
 */
void  fare_line_chart_show (FareLineChart        *self,
                            const double         *values,
                            guint                 n_values,
                            FareChartLabelFunc    label,
                            FareLineSentenceFunc  sentence,
                            gpointer              user_data,
                            const char           *summary);

G_END_DECLS
