/* fare-http-rows.h
 *
 * Objects that several routes share: rows of models and tools, days of a calendar.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "fare-http-ledger.h"

G_BEGIN_DECLS

/* The tool that the interface has always kept apart from the others. */
#define FARE_HTTP_OPENCLAW "openclaw"

/**
 * fare_http_usage_get_input:
 *
 * Returns: prompt tokens that were not read from a cache
 */
gint64      fare_http_usage_get_input      (const FareUsage   *usage);

/**
 * fare_http_rows_new_models:
 * @entries: of a ledger that is not split
 * @func: (nullable): which of them
 * @has_source: whether each row names its tool
 *
 * Returns: (transfer full): one row per entry with tokens, in the order of @entries
 */
JsonArray  *fare_http_rows_new_models      (GPtrArray         *entries,
                                            FareHttpEntryFunc  func,
                                            gconstpointer      user_data,
                                            gboolean           has_source) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_http_rows_new_combined:
 *
 * Returns: (transfer full): one row per model whatever its tool and spelling, by cost
 */
JsonArray  *fare_http_rows_new_combined    (GPtrArray         *entries) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_http_rows_new_apps:
 *
 * Returns: (transfer full): all tools but OpenClaw with their models
 */
JsonObject *fare_http_rows_new_apps        (GPtrArray         *entries) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_http_rows_list_tools:
 *
 * Returns: (transfer full) (element-type utf8): the tools of @entries, by cost; static texts
 */
GPtrArray  *fare_http_rows_list_tools      (GPtrArray         *entries) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_http_rows_new_days:
 * @entries: of a ledger split by day
 *
 * Returns: (transfer full): the days that have use, oldest first, each with its sources
 */
JsonArray  *fare_http_rows_new_days        (const FareHttpQuestion *question,
                                            GPtrArray         *entries) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
