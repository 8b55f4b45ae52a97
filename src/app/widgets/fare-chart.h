/* fare-chart.h
 *
 * What charts over time have in common: points in a row, a value axis beside them, a point that the
 * pointer or the keyboard is on, and what is said about it in words.
 *
 * For a screen reader a chart is an image: its label is the summary, its description the sentence of
 * the point that is spoken of.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "widgets/fare-chart-axis.h"
#include "widgets/fare-chart-cursor.h"

G_BEGIN_DECLS

#define FARE_TYPE_CHART (fare_chart_get_type ())
G_DECLARE_DERIVABLE_TYPE (FareChart, fare_chart, FARE, CHART, GtkWidget)

/* None of these is called while there are no points. */
struct _FareChartClass
{
  GtkWidgetClass parent_class;

  /* Sets the axis's steps and finds its area, for the size that the chart has now. */
  void   (*lay_out)      (FareChart             *self,
                          FareChartAxis         *axis,
                          const FareChartLabels *labels);
  /* Draws the values beside the axis; @point is the one that is spoken of or FARE_CHART_NO_POINT. */
  void   (*draw)         (FareChart             *self,
                          cairo_t               *cr,
                          const FareChartAxis   *axis,
                          guint                  point,
                          const GdkRGBA         *text);
  /* The point at so many pixels from the left, or FARE_CHART_NO_POINT. */
  guint  (*find_point)   (FareChart             *self,
                          const FareChartAxis   *axis,
                          double                 x);
  /* How many pixels from the left @point is; where it says so, a bubble tells the keyboard what a
   * tooltip tells the pointer.  May be NULL. */
  double (*find_x)       (FareChart             *self,
                          const FareChartAxis   *axis,
                          guint                  point);
  /* Whether activating @point leads anywhere.  May be NULL. */
  gboolean (*leads_on)   (FareChart             *self,
                          guint                  point);
  /* Says all about a point; freed with g_free(). */
  char  *(*dup_sentence) (FareChart             *self,
                          guint                  point);
  /* A point was clicked, or Enter pressed on it.  May be NULL. */
  void   (*activate)     (FareChart             *self,
                          guint                  point);
};

/* Signals:
 *   moved   fare_chart_dup_sentence() says something else
 */

/**
 * fare_chart_class_bind_key:
 * @key: GDK_KEY_…
 * @distance: how many points it moves the cursor to the right
 *
 * For class_init: a key besides left and right, Home and End.
 */
void   fare_chart_class_bind_key (FareChartClass        *klass,
                                  guint                  key,
                                  int                    distance);

/**
 * fare_chart_set_points:
 * @n_points: how many there are
 * @keyboard: the point that the keyboard stands on, or FARE_CHART_NO_POINT
 * @labels: write the values of the axis; copied
 * @summary: the whole chart in a sentence
 *
 * For the charts themselves: there are other points to draw.
 */
void   fare_chart_set_points   (FareChart             *self,
                                guint                  n_points,
                                guint                  keyboard,
                                const FareChartLabels *labels,
                                const char            *summary);

/* How many points there are. */
guint  fare_chart_get_n_points (FareChart             *self);

/* The point that the keyboard stands on, or FARE_CHART_NO_POINT. */
guint  fare_chart_get_keyboard (FareChart             *self);

/**
 * fare_chart_dup_sentence:
 *
 * Returns: (transfer full) (nullable): what the point under the pointer, or else under the keyboard's
 *   cursor, says
 */
char  *fare_chart_dup_sentence (FareChart             *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
