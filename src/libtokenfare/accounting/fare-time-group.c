/* fare-time-group.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "accounting/fare-time-group.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/fare-text.h"
#include "base/fare-zone.h"

#define SECOND_MS G_GINT64_CONSTANT (1000)
#define HOUR_MS (60 * 60 * SECOND_MS)

gboolean
fare_group_has_time (FareGroup group)
{
  return group == FARE_GROUP_HOUR || group == FARE_GROUP_DAY || group == FARE_GROUP_WEEK ||
         group == FARE_GROUP_MONTH;
}

static FareTimeSpan
find_hour (GTimeZone *zone,
           gint64     time_ms)
{
  gint64 offset = fare_zone_get_offset (zone, time_ms);
  gint64 into_hour = (time_ms + offset) % HOUR_MS;
  FareTimeSpan span;

  if (into_hour < 0)
    into_hour += HOUR_MS;

  span.start_ms = time_ms - into_hour;
  span.end_ms = fare_zone_find_change (zone, time_ms, span.start_ms + HOUR_MS);

  /* An hour that the clocks were set into begins there. */
  while (span.start_ms < time_ms && fare_zone_get_offset (zone, span.start_ms) != offset)
    span.start_ms = fare_zone_find_change (zone, span.start_ms, time_ms);

  return span;
}

static FareTimeSpan
find_days (GTimeZone *zone,
           FareDay    first,
           FareDay    end)
{
  return (FareTimeSpan) { fare_day_start (zone, first), fare_day_start (zone, end) };
}

FareTimeSpan
fare_time_group_find (FareGroup  group,
                      GTimeZone *zone,
                      int        first_weekday,
                      gint64     time_ms)
{
  FareDay day;

  if (group == FARE_GROUP_HOUR)
    return find_hour (zone, time_ms);

  day = fare_day_of (zone, time_ms);
  if (group == FARE_GROUP_WEEK)
    {
      FareDay first = fare_day_get_week_start (day, first_weekday);

      return find_days (zone, first, first + 7);
    }

  if (group == FARE_GROUP_MONTH)
    return find_days (zone, fare_day_get_month_start (day, 0), fare_day_get_month_start (day, 1));

  return find_days (zone, day, day + 1);
}

static char *
format_hour_key (GTimeZone *zone,
                 gint64     start_ms)
{
  gint64 offset = fare_zone_get_offset (zone, start_ms);
  g_autoptr(GDateTime) local = g_date_time_new_from_unix_utc ((start_ms + offset) / SECOND_MS);
  g_autofree char *clock = local != NULL ? g_date_time_format (local, "%Y-%m-%dT%H:%M") : NULL;
  int minutes = ABS (offset) / (60 * SECOND_MS);

  if (clock == NULL)
    return g_strdup_printf ("%" G_GINT64_FORMAT, start_ms);

  return g_strdup_printf ("%s%c%02d:%02d", clock, offset < 0 ? '-' : '+', minutes / 60,
                          minutes % 60);
}

char *
fare_time_group_to_key (FareGroup     group,
                        GTimeZone    *zone,
                        FareTimeSpan  span)
{
  g_autofree char *key = NULL;

  if (group == FARE_GROUP_HOUR)
    return format_hour_key (zone, span.start_ms);

  key = fare_day_to_string (fare_day_of (zone, span.start_ms));
  if (group == FARE_GROUP_MONTH)
    return g_strndup (key, strlen (key) - strlen ("-01"));

  return g_steal_pointer (&key);
}

/* Whether the clocks were set back at the beginning or the end of the hour, so that its reading
 * comes twice. */
static gboolean
is_shown_twice (GTimeZone    *zone,
                FareTimeSpan  span)
{
  gint64 offset = fare_zone_get_offset (zone, span.start_ms);

  return fare_zone_get_offset (zone, span.start_ms - 1) > offset ||
         fare_zone_get_offset (zone, span.end_ms) < offset;
}

static char *
format_hour_title (GTimeZone    *zone,
                   FareTimeSpan  span,
                   gboolean      with_day)
{
  g_autofree char *clock = fare_text_clock (span.start_ms, zone);
  g_autofree char *title = NULL;
  FareDay day = fare_day_of (zone, span.start_ms);
  g_autofree char *date = NULL;

  if (is_shown_twice (zone, span))
    {
      g_autofree char *key = format_hour_key (zone, span.start_ms);

      /* Translators: an hour that comes twice, told apart by its distance from UTC: "02:00
       * (+01:00)" */
      title = g_strdup_printf (C_("hour", "%s (%s)"), clock, key + strlen (key) - 6);
    }
  else
    {
      title = g_steal_pointer (&clock);
    }

  if (!with_day)
    return g_steal_pointer (&title);

  date = fare_range_to_title ((FareRange) { day, day + 1 });

  /* Translators: an hour of a day: "22 Nov 2026, 14:00" */
  return g_strdup_printf (C_("hour", "%s, %s"), date, title);
}

char *
fare_time_group_to_title (FareGroup     group,
                          GTimeZone    *zone,
                          FareTimeSpan  span,
                          gboolean      with_day)
{
  FareDay first;

  if (group == FARE_GROUP_HOUR)
    return format_hour_title (zone, span, with_day);

  first = fare_day_of (zone, span.start_ms);
  if (group == FARE_GROUP_WEEK)
    return fare_range_to_title ((FareRange) { first, first + 7 });
  if (group == FARE_GROUP_MONTH)
    return fare_range_to_title ((FareRange) { first, fare_day_get_month_start (first, 1) });

  return fare_range_to_title ((FareRange) { first, first + 1 });
}
