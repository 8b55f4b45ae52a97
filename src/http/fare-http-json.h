/* fare-http-json.h
 *
 * Replies as text: compact, UTF-8 as it is, numbers in the shortest form that reads
 * back as the same.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * fare_http_json_to_text:
 *
 * Returns: (transfer full): @node on one line
 */
char     *fare_http_json_to_text      (JsonNode   *node) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_http_json_take_object:
 * @object: (transfer full)
 *
 * Returns: (transfer full): a node that holds @object
 */
JsonNode *fare_http_json_take_object  (JsonObject *object) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_http_json_set_text:
 * @text: (nullable): bytes from a log, which need not be UTF-8; %NULL sets null
 */
void      fare_http_json_set_text     (JsonObject *object,
                                       const char *name,
                                       const char *text);

/**
 * fare_http_json_set_rate:
 * @rate: 0 to 1, rounded to 4 decimals; less than 0 sets null
 */
void      fare_http_json_set_rate     (JsonObject *object,
                                       const char *name,
                                       double      rate);

/**
 * fare_http_json_set_change:
 *
 * Sets by how many percent @now is more than @before, with 1 decimal; null when @before is 0.
 */
void      fare_http_json_set_change   (JsonObject *object,
                                       const char *name,
                                       double      now,
                                       double      before);

/**
 * fare_http_json_set_local_time:
 * @time_us: UTC microseconds
 *
 * Sets "2026-11-22T02:26:03.007595", the clock of @zone.
 */
void      fare_http_json_set_local_time (JsonObject *object,
                                         const char *name,
                                         gint64      time_us,
                                         GTimeZone  *zone);

/**
 * fare_http_json_set_utc_time:
 * @time_ms: UTC milliseconds
 *
 * Sets "2026-11-22T02:26:03+00:00", with the fraction in six digits where it is not zero.
 */
void      fare_http_json_set_utc_time (JsonObject *object,
                                       const char *name,
                                       gint64      time_ms);

/**
 * fare_http_round:
 *
 * Returns: @value rounded to @decimals
 */
double    fare_http_round             (double      value,
                                       int         decimals);

G_END_DECLS
