/* fare-bar-chart.h
 *
 * Bars over time, each stacked from the parts of its series.  Time runs from left to
 * right in every language.  The list of tools beside it has the same numbers in words.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define FARE_TYPE_BAR_CHART (fare_bar_chart_get_type ())
G_DECLARE_FINAL_TYPE (FareBarChart, fare_bar_chart, FARE, BAR_CHART, GtkWidget)

/* One bar, in words. */
typedef struct
{
  char     *label;         /* below the axis, short: "4 Mar" */
  char     *sentence;      /* all there is to say: "4 Mar 2026: $12.40\nClaude Code $10.10" */
  char     *target;        /* (nullable): what FareBarChart::opened names */
  gboolean  is_incomplete; /* hatched: it may still grow */
} FareBar;

typedef struct _FareBars FareBars;

/**
 * fare_bars_new:
 * @slots: colour of each series, FARE_PALETTE_…, from the bottom up
 *
 * Returns: (transfer full): bars without any
 */
FareBars *fare_bars_new         (const guint  *slots,
                                 guint         n_slots) G_GNUC_WARN_UNUSED_RESULT;
void      fare_bars_free        (FareBars     *self);

/**
 * fare_bars_add:
 * @bar: (transfer full): its texts
 * @values: one for each series, 0 or greater
 */
void      fare_bars_add         (FareBars     *self,
                                 FareBar       bar,
                                 const double *values);

/* Writes a value beside the axis; the result is freed with g_free(). */
typedef char *(*FareBarLabelFunc) (double   value,
                                   gpointer user_data);

/**
 * fare_bar_chart_show:
 * @bars: (transfer full): what to draw
 * @label_func: writes the values of the axis
 * @user_data: not freed, and asked for as long as the chart shows @bars
 * @summary: the whole chart in a sentence
 *
 * The cursor stays on the bar of the same label where there is one.
 */
void      fare_bar_chart_show   (FareBarChart     *self,
                                 FareBars         *bars,
                                 FareBarLabelFunc  label_func,
                                 gpointer          user_data,
                                 const char       *summary);

/**
 * fare_bar_chart_get_sentence:
 *
 * Returns: (nullable): what the bar under the pointer or the cursor says
 */
const char *fare_bar_chart_get_sentence (FareBarChart *self);

/**
 * fare_bar_chart_choose_step:
 * @greatest: what the axis has to reach
 * @max_ticks: at least 1
 *
 * Returns: the smallest of 1, 2, 2.5 and 5 times a power of ten that needs at most @max_ticks steps
 */
double    fare_bar_chart_choose_step (double        greatest,
                                      guint         max_ticks);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareBars, fare_bars_free)

G_END_DECLS
