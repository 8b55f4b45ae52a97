/* fare-zone.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "base/fare-zone.h"

#define SECOND_MS G_GINT64_CONSTANT (1000)
#define DAY_MS (24 * 60 * 60 * SECOND_MS)

/* No clock on Earth was ever further from UTC than a day and a bit. */
#define LARGEST_OFFSET_MS (DAY_MS + DAY_MS / 8)

static gint64
floor_to_seconds (gint64 time_ms)
{
  return time_ms / SECOND_MS - (time_ms % SECOND_MS < 0 ? 1 : 0);
}

static gint64
offset_at (GTimeZone *zone,
           gint64     time_s)
{
  int interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, time_s);

  return g_time_zone_get_offset (zone, interval);
}

gint64
fare_zone_get_offset (GTimeZone *zone,
                      gint64     time_ms)
{
  return offset_at (zone, floor_to_seconds (time_ms)) * SECOND_MS;
}

/* Halves the span until only the second of the change is left. */
static gint64
find_change_by_halves (GTimeZone *zone,
                       gint64     same_s,
                       gint64     other_s)
{
  gint64 offset = offset_at (zone, same_s);

  while (other_s - same_s > 1)
    {
      gint64 middle = same_s + (other_s - same_s) / 2;

      if (offset_at (zone, middle) == offset)
        same_s = middle;
      else
        other_s = middle;
    }

  return other_s;
}

gint64
fare_zone_find_change (GTimeZone *zone,
                       gint64     from_ms,
                       gint64     to_ms)
{
  /* Two changes within one step could undo each other unseen; none ever came this close. */
  const gint64 step_s = 6 * 60 * 60;
  gint64 from_s = floor_to_seconds (from_ms);
  gint64 to_s = floor_to_seconds (to_ms);
  gint64 offset = offset_at (zone, from_s);

  while (from_s < to_s)
    {
      gint64 next_s = MIN (from_s + step_s, to_s);

      if (offset_at (zone, next_s) != offset)
        return MIN (find_change_by_halves (zone, from_s, next_s) * SECOND_MS, to_ms);

      from_s = next_s;
    }

  return to_ms;
}

gint64
fare_zone_find_time (GTimeZone *zone,
                     gint64     local_ms)
{
  gint64 from_ms = local_ms - LARGEST_OFFSET_MS;
  gint64 end_ms = local_ms + LARGEST_OFFSET_MS;

  /* One stretch of constant offset after the other. */
  while (from_ms < end_ms)
    {
      gint64 offset = fare_zone_get_offset (zone, from_ms);
      gint64 next_ms = fare_zone_find_change (zone, from_ms, end_ms);
      gint64 time_ms = MAX (from_ms, local_ms - offset);

      if (time_ms < next_ms)
        return time_ms;

      from_ms = next_ms;
    }

  g_return_val_if_reached (local_ms);
}
