/* fare-month-report.h
 *
 * What one month cost, ready to be put on paper: words, and the heights of a chart.  The figures come
 * from the questions that the pages ask, in one go from one snapshot, so they agree with the
 * pages and with each other.  Immutable; amounts are written in the currency of the month.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "accounting/fare-time-bars.h"
#include "models/fare-live-query.h"
#include "widgets/fare-chart-axis.h"

G_BEGIN_DECLS

/* A headline figure. */
typedef struct
{
  char *caption;
  char *value;
  char *detail;   /* "" for none */
} FareReportFigure;

#define FARE_REPORT_N_CELLS 5 /* name, messages, tokens, cost, share of the cost */

typedef struct
{
  char *cells[FARE_REPORT_N_CELLS];
} FareReportRow;

typedef struct
{
  char      *title;
  GPtrArray *rows;  /* (element-type FareReportRow): the most expensive first, at the end what the
                       others cost together */
} FareReportTable;

#define FARE_REPORT_N_FIGURES 4
#define FARE_REPORT_N_TABLES  3

typedef struct
{
  gatomicrefcount  ref_count;

  char            *title;      /* "November 2026" */
  char            *file_name;  /* "tokenfare-2026-11", without an extension */
  char            *as_of;      /* when that was so */
  GPtrArray       *notes;      /* (element-type utf8): what has to be known to read it */

  FareReportFigure figures[FARE_REPORT_N_FIGURES];
  FareReportTable  tables[FARE_REPORT_N_TABLES]; /* by tool, by model, by project */

  /* The days, stacked by tool. */
  guint            n_days;
  guint            n_series;
  double          *values;     /* in the currency shown: all series of the first day, then of the second … */
  guint           *slots;      /* of the palette, by series */
  GStrv            names;      /* of the tools, by series */
  FareChartAxis    axis;       /* its steps */
  GStrv            axis_labels; /* from 0 up */
} FareMonthReport;

/**
 * fare_month_report_make_subject:
 * @first: the first day of a month
 * @hide_amounts: dots in the place of money
 *
 * Returns: (transfer floating): what fare_month_report_load() is asked for
 */
GVariant        *fare_month_report_make_subject (FareDay              first,
                                                 gboolean             hide_amounts);

/**
 * fare_month_report_load:
 *
 * A #FareAnswerFunc; the subject names the month, and the filter counts.
 *
 * Returns: (transfer full): a #FareMonthReport, or %NULL with @error set
 */
gpointer         fare_month_report_load         (const FareQuestion  *question,
                                                 GCancellable        *cancellable,
                                                 GError             **error) G_GNUC_WARN_UNUSED_RESULT;
FareMonthReport *fare_month_report_ref          (FareMonthReport     *self);
void             fare_month_report_unref        (FareMonthReport     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareMonthReport, fare_month_report_unref)

G_END_DECLS
