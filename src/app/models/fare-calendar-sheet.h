/* fare-calendar-sheet.h
 *
 * The days of one month or year, or any others, ready for the calendar's views: values of one metric,
 * their shades, what stands out.  Immutable, and made without any question, so that a step to the next
 * period or another metric shows at once; all views draw the same sheet and so agree.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "accounting/fare-calendar-levels.h"
#include "accounting/fare-streaks.h"
#include "models/fare-year-data.h"

G_BEGIN_DECLS

/* A calendar month or year by its first day. */
typedef struct
{
  gboolean is_month;
  FareDay  first;
} FareCalendarPeriod;

typedef struct
{
  FareDay     day;
  FareSums    sums;
  double      energy_j;   /* joules */
  const char *top_client; /* (nullable): interned client id */
  double      value;      /* in the unit of the sheet's metric */
  guint       level;      /* 0, or 1 to 7 */
  gboolean    is_used;    /* there was use, even where the value is 0 (without a price) */
  gboolean    is_future;  /* still to come */
} FareCalendarCell;

typedef struct
{
  gatomicrefcount    ref_count;
  FareCalendarPeriod period;
  FareRange          range;
  FareDay            today;
  FareMetric         metric;
  gboolean           hide_amounts;
  int                first_weekday;    /* 1 (Monday) to 7 (Sunday) */

  FareCalendarCell  *cells;            /* all days of the period, those to come too */
  guint              n_cells;
  guint              n_weeks;          /* columns that they take */
  guint              n_days_so_far;    /* of the period, from the first use ever up to today */
  FareSums           total;
  double             total_energy_j;
  FareCalendarLevels levels;
  FareHighlights     highlights;       /* of the metric, within the period */
  FareStreaks        streaks;          /* of use, within the period */
  guint              current_streak;   /* of use, over the whole index */
  guint              longest_streak;
} FareCalendarSheet;

/* How a sheet is wanted. */
typedef struct
{
  FareCalendarPeriod period;
  FareRange          days;          /* these instead of a period's, where there are any */
  FareMetric         metric;
  gboolean           hide_amounts;
  int                first_weekday;
} FareCalendarView;

FareCalendarPeriod fare_calendar_period_of        (gboolean                 is_month,
                                                   FareDay                  day);
FareRange          fare_calendar_period_get_range (FareCalendarPeriod       self);

/**
 * fare_calendar_period_step:
 * @n: how many periods later, or earlier if negative
 */
FareCalendarPeriod fare_calendar_period_step      (FareCalendarPeriod       self,
                                                   int                      n);

/**
 * fare_calendar_sheet_new:
 * @data: all days; not needed afterwards
 *
 * Returns: (transfer full): the sheet
 */
FareCalendarSheet *fare_calendar_sheet_new        (const FareYearData      *data,
                                                   const FareCalendarView  *view) G_GNUC_WARN_UNUSED_RESULT;
FareCalendarSheet *fare_calendar_sheet_ref        (FareCalendarSheet       *self);
void               fare_calendar_sheet_unref      (FareCalendarSheet       *self);

/**
 * fare_calendar_sheet_equal:
 *
 * Returns: whether both would look the same
 */
gboolean           fare_calendar_sheet_equal      (const FareCalendarSheet *self,
                                                   const FareCalendarSheet *other);

/**
 * fare_calendar_sheet_find:
 *
 * Returns: (transfer none) (nullable): the cell of @day
 */
const FareCalendarCell *
                   fare_calendar_sheet_find       (const FareCalendarSheet *self,
                                                   FareDay                  day);

/**
 * fare_calendar_sheet_place:
 * @week: (out): column, 0 for the week that the period begins in
 * @weekday: (out): row, 0 for the locale's first weekday
 */
void               fare_calendar_sheet_place      (const FareCalendarSheet *self,
                                                   FareDay                  day,
                                                   int                     *week,
                                                   int                     *weekday);

/**
 * fare_calendar_sheet_last_day:
 *
 * Returns: the last day that is not in the future
 */
FareDay            fare_calendar_sheet_last_day   (const FareCalendarSheet *self);

/**
 * fare_calendar_sheet_clamp:
 *
 * Returns: the day of the sheet, not in the future, that is nearest to @day
 */
FareDay            fare_calendar_sheet_clamp      (const FareCalendarSheet *self,
                                                   FareDay                  day);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareCalendarSheet, fare_calendar_sheet_unref)

G_END_DECLS
