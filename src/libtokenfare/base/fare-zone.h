/* fare-zone.h
 *
 * What a time zone says about an instant.  GLib answers questions about intervals it
 * does not let us see; here they become offsets and the moments at which they change.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * fare_zone_get_offset:
 * @time_ms: UTC milliseconds
 *
 * Returns: what to add to UTC to get local time at that moment, milliseconds
 */
gint64 fare_zone_get_offset  (GTimeZone *zone,
                              gint64     time_ms);

/**
 * fare_zone_find_change:
 * @from_ms: UTC milliseconds
 * @to_ms: UTC milliseconds, not before @from_ms; at most some days later
 *
 * Looks for a change of the clocks.
 *
 * Returns: the first moment after @from_ms whose offset is not that of @from_ms, or @to_ms when
 *   there is none before it
 */
gint64 fare_zone_find_change (GTimeZone *zone,
                              gint64     from_ms,
                              gint64     to_ms);

/**
 * fare_zone_find_time:
 * @local_ms: a wall clock reading: milliseconds since 1970-01-01T00:00 on that clock
 *
 * Returns: UTC milliseconds of the first moment at which the wall clock has reached @local_ms:
 *   the earlier of two where it shows that reading twice, the moment of the jump where it never
 *   does
 */
gint64 fare_zone_find_time   (GTimeZone *zone,
                              gint64     local_ms);

G_END_DECLS
