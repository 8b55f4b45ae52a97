/* fare-report.h
 *
 * A report as machines read it: the same members on the command line, on the bus and
 * wherever else JSON is asked for.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "accounting/fare-summary.h"
#include "base/fare-json-writer.h"

G_BEGIN_DECLS

/* Token counters, messages and sessions of sums, in this order everywhere. */
#define FARE_REPORT_N_COUNTS 9

extern const char * const fare_report_count_names[FARE_REPORT_N_COUNTS];

/**
 * fare_report_list_counts:
 *
 * Fills in the values that fare_report_count_names names.
 */
void        fare_report_list_counts    (const FareSums  *sums,
                                        gint64           counts[FARE_REPORT_N_COUNTS]);

/**
 * fare_report_write_sums:
 *
 * Adds input … unpriced_tokens to the open object; cost is null when nothing has a price.
 */
void        fare_report_write_sums     (FareJsonWriter  *json,
                                        const FareSums  *sums);

/**
 * fare_report_dup_period_id:
 * @range: its days
 *
 * Returns: (transfer full): the period's name: "last-month", "7 days"
 */
char       *fare_report_dup_period_id  (FarePeriod       period,
                                        FareRange        range) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_report_get_zone_name:
 *
 * Returns: the zone's name: "Europe/Berlin"; the zone's own string
 */
const char *fare_report_get_zone_name  (GTimeZone       *zone);

/**
 * fare_report_narrow:
 * @range: (inout): days that may be open at either end
 *
 * Ends open days where the index begins and ends.
 *
 * Returns: %FALSE when they are open and the index is empty
 */
gboolean    fare_report_narrow         (FareRange       *range,
                                        GTimeZone       *zone,
                                        FareIndexReader *reader);

/**
 * fare_report_write:
 * @period: from fare_report_dup_period_id()
 * @range: (nullable): the days, none open; %NULL when there are none
 *
 * Writes the whole report as one object.
 */
void        fare_report_write          (FareJsonWriter  *json,
                                        const char      *period,
                                        const FareRange *range,
                                        GTimeZone       *zone,
                                        FareSummary     *summary);

G_END_DECLS
