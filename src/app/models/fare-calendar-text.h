/* fare-calendar-text.h
 *
 * The words of the calendar: what a sheet and its days say, ready for labels, tooltips and screen
 * readers.  Pure.  All strings are translated; amounts are dots where the sheet hides them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "models/fare-calendar-sheet.h"

G_BEGIN_DECLS

/**
 * fare_calendar_text_day:
 *
 * Returns: (transfer full): "Tue 4 Mar 2026"
 */
char *fare_calendar_text_day        (FareDay                  day) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_calendar_text_short_day:
 *
 * Returns: (transfer full): "Tue 4 Mar"
 */
char *fare_calendar_text_short_day  (FareDay                  day) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_calendar_text_month:
 * @is_short: "Mar" instead of "March"
 */
char *fare_calendar_text_month      (FareDay                  day,
                                     gboolean                 is_short) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_calendar_text_weekday:
 * @row: 0 for the first day of the sheet's week
 * @is_short: "Tue" instead of "Tuesday"
 */
char *fare_calendar_text_weekday    (const FareCalendarSheet *self,
                                     int                      row,
                                     gboolean                 is_short) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_calendar_text_title:
 *
 * Returns: (transfer full): "March 2026" or "2026"
 */
char *fare_calendar_text_title      (FareCalendarPeriod       period) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_calendar_text_money:
 *
 * Returns: (transfer full): as fare_sums_cost_to_text(), dots when hidden
 */
char *fare_calendar_text_money      (const FareCalendarSheet *self,
                                     const FareSums          *sums) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_calendar_text_amount:
 * @value: in the unit of the sheet's metric
 *
 * Returns: (transfer full): the value with its unit, dots where it is money and hidden
 */
char *fare_calendar_text_amount     (const FareCalendarSheet *self,
                                     double                   value) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_calendar_text_cell:
 *
 * Returns: (transfer full): the day's value where the unit is understood; "" without use, "no
 *   price" where that is why there is none
 */
char *fare_calendar_text_cell       (const FareCalendarSheet *self,
                                     const FareCalendarCell  *cell) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_calendar_text_sentence:
 *
 * Returns: (transfer full): "Tue 4 Mar 2026 — $12.40 · 3.1M tokens · 88 messages"
 */
char *fare_calendar_text_sentence   (const FareCalendarSheet *self,
                                     const FareCalendarCell  *cell) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_calendar_text_total:
 *
 * Returns: (transfer full): the metric's total of the period with what is missing from it
 */
char *fare_calendar_text_total      (const FareCalendarSheet *self) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_calendar_text_summary:
 *
 * Returns: (transfer full): "Calendar 2026, total $4,120, busiest day Tue 4 Mar 2026"
 */
char *fare_calendar_text_summary    (const FareCalendarSheet *self) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_calendar_text_level:
 *
 * Returns: (transfer full): which values have @level: "More than $2.00, up to $5.10"
 */
char *fare_calendar_text_level      (const FareCalendarSheet *self,
                                     guint                    level) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_calendar_text_days:
 *
 * Returns: (transfer full): "14 days"
 */
char *fare_calendar_text_days       (guint                    n_days) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_calendar_text_active:
 *
 * Returns: (transfer full): "18 of 30": active days, of days so far since the first use
 */
char *fare_calendar_text_active     (const FareCalendarSheet *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
