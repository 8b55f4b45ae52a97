/* fare-price-time.h
 *
 * Dates and times as price files and the command line write them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * fare_price_date_parse:
 * @text: "YYYY-MM-DD"
 * @day: (out) (optional): days since 1970-01-01
 *
 * Returns: %FALSE when @text is not a day of the calendar in exactly that form
 */
gboolean fare_price_date_parse     (const char *text,
                                    gint32     *day);

/**
 * fare_price_time_parse:
 * @text: "YYYY-MM-DD", which is 00:00 UTC, or RFC 3339; without a zone it is UTC
 * @time_ms: (out): UTC milliseconds
 *
 * Returns: %FALSE when @text is neither
 */
gboolean fare_price_time_parse     (const char *text,
                                    gint64     *time_ms);

/**
 * fare_price_time_to_string:
 * @time_ms: UTC milliseconds, year 1970 to 9999
 *
 * Returns: (transfer full): "YYYY-MM-DD" for a midnight, else RFC 3339 in UTC
 */
char    *fare_price_time_to_string (gint64      time_ms) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_price_clock_parse:
 * @text: "HH:MM", up to "24:00"
 * @time_of_day_ms: (out): milliseconds since midnight
 */
gboolean fare_price_clock_parse    (const char *text,
                                    gint32     *time_of_day_ms);

/**
 * fare_price_clock_to_string:
 *
 * Returns: (transfer full): "HH:MM"
 */
char    *fare_price_clock_to_string (gint32     time_of_day_ms) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
