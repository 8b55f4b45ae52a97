/* fare-instant.h
 *
 * Moments as logs write them: RFC 3339 text in, UTC milliseconds out, and back.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Length of "YYYY-MM-DDTHH:MM:SS.mmmZ" with its end. */
#define FARE_INSTANT_SIZE 25

/**
 * fare_instant_parse:
 * @text: "YYYY-MM-DDTHH:MM:SS[.fraction][Z|±HH[:]MM]"; a blank may stand for the T
 * @length: bytes of @text
 * @time_ms: (out): UTC milliseconds; finer fractions are cut
 *
 * A moment without a zone is UTC.  Years outside 1970 to 9999 are refused, as is any text that is
 * not a date.
 *
 * Returns: whether @text was a moment
 */
gboolean fare_instant_parse  (const char *text,
                              gsize       length,
                              gint64     *time_ms);

/**
 * fare_instant_format:
 * @time_ms: UTC milliseconds, year 1970 to 9999
 * @buffer: filled with "YYYY-MM-DDTHH:MM:SS.mmmZ"
 */
void     fare_instant_format (gint64      time_ms,
                              char        buffer[FARE_INSTANT_SIZE]);

G_END_DECLS
