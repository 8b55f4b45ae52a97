/* fare-chart-axis.h
 *
 * The value axis that charts share: round steps from zero up, their labels on the left and a
 * line across for each, and the area beside them where the values are drawn.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Pixels between the area and its labels. */
#define FARE_CHART_LABEL_GAP 6

/* Writes a value beside the axis; the result is freed with g_free(). */
typedef char *(*FareChartLabelFunc) (double   value,
                                     gpointer user_data);

typedef struct
{
  FareChartLabelFunc func;
  gpointer           user_data;  /* not freed */
} FareChartLabels;

/* For one size and one set of values. */
typedef struct
{
  double step;                      /* from one label to the next, in values; greater than 0 */
  guint  n_steps;                   /* at least 1 */
  double left, right, top, bottom;  /* of the area of the values, in pixels */
} FareChartAxis;

/**
 * fare_chart_axis_set_reach:
 * @greatest: what the axis has to reach; not finite or not above 0 counts as nothing to reach
 * @max_steps: at least 1
 *
 * Sets the steps: the smallest of 1, 2, 2.5 and 5 times a power of ten that needs at most
 * @max_steps of them.
 */
void    fare_chart_axis_set_reach  (FareChartAxis         *self,
                                    double                 greatest,
                                    guint                  max_steps);

/**
 * fare_chart_axis_round_step:
 * @greatest: what the axis has to reach, as above
 * @unit: the least that labels tell apart, or 0
 *
 * Makes steps a multiple of @unit where they are not: half a message is none, and a label that was
 * rounded would stand beside a line that is not its own.
 */
void    fare_chart_axis_round_step (FareChartAxis         *self,
                                    double                 greatest,
                                    double                 unit);

/* The value at the upper end. */
double  fare_chart_axis_get_reach  (const FareChartAxis   *self);

/* Where a value is, in pixels from the top. */
double  fare_chart_axis_get_y      (const FareChartAxis   *self,
                                    double                 value);

/**
 * fare_chart_axis_lay_out:
 * @widget: the chart, as large as it is now
 * @labels: write the values
 * @right_margin: pixels that stay free on the right
 * @has_line_below: whether a line of text stands below the area
 *
 * Finds the area, after the steps are set.
 */
void    fare_chart_axis_lay_out    (FareChartAxis         *self,
                                    GtkWidget             *widget,
                                    const FareChartLabels *labels,
                                    double                 right_margin,
                                    gboolean               has_line_below);

/**
 * fare_chart_axis_draw:
 * @color: of the chart's text
 *
 * Draws labels and lines.
 */
void    fare_chart_axis_draw       (const FareChartAxis   *self,
                                    GtkWidget             *widget,
                                    cairo_t               *cr,
                                    const FareChartLabels *labels,
                                    const GdkRGBA         *color);

/**
 * fare_chart_axis_measure_text:
 *
 * How large a label is, in pixels.
 */
void    fare_chart_axis_measure_text (GtkWidget     *widget,
                                      const char    *text,
                                      int           *width,
                                      int           *height);

/**
 * fare_chart_axis_draw_text:
 * @x: where the part @align of the label stands
 * @y: its upper edge
 * @align: 0 for its left edge, 1 for its right one
 * @color: of the chart's text, which labels are paler than
 *
 * Draws a label.
 */
void    fare_chart_axis_draw_text    (GtkWidget     *widget,
                                      cairo_t       *cr,
                                      const char    *text,
                                      double         x,
                                      double         y,
                                      double         align,
                                      const GdkRGBA *color);

G_END_DECLS
