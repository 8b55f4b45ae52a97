/* fare-time-group.h
 *
 * The local hour, day, week or month that a moment falls into, with its exact bounds
 * and its names.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "accounting/fare-summary.h"

G_BEGIN_DECLS

/* UTC milliseconds, half-open. */
typedef struct
{
  gint64 start_ms;
  gint64 end_ms;
} FareTimeSpan;

/**
 * fare_group_has_time:
 *
 * Returns: whether the groups of @group are stretches of time
 */
gboolean     fare_group_has_time      (FareGroup     group);

/**
 * fare_time_group_find:
 * @group: a group that has a time
 * @first_weekday: on which weeks begin, 1 (Monday) to 7 (Sunday)
 *
 * An hour ends where the clocks are changed, so an hour shown twice is two.
 *
 * Returns: the stretch of time around @time_ms
 */
FareTimeSpan fare_time_group_find     (FareGroup     group,
                                       GTimeZone    *zone,
                                       int           first_weekday,
                                       gint64        time_ms);

/**
 * fare_time_group_to_key:
 *
 * Returns: (transfer full): the key of #FareSummaryRow
 */
char        *fare_time_group_to_key   (FareGroup     group,
                                       GTimeZone    *zone,
                                       FareTimeSpan  span) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_time_group_to_title:
 * @with_day: whether an hour's title names its day
 *
 * Returns: (transfer full): the name for people, translated
 */
char        *fare_time_group_to_title (FareGroup     group,
                                       GTimeZone    *zone,
                                       FareTimeSpan  span,
                                       gboolean      with_day) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
