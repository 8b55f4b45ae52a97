/* fare-comparison.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "accounting/fare-comparison.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/fare-text.h"
#include "base/fare-zone.h"

/* From here on a rise is told as a multiple. */
#define LEAST_MULTIPLE 10.0

#define DAY_MS (24 * 60 * 60 * G_GINT64_CONSTANT (1000))

/* The moment of @day at which clocks show what they show now: of two such moments the one with
 * the present offset, of none the moment that jumps over it. */
static gint64
find_same_clock (const FareNow *now,
                 FareDay        day)
{
  gint64 offset = fare_zone_get_offset (now->zone, now->now_ms);
  gint64 into_day = (now->now_ms + offset) % DAY_MS;
  gint64 local_ms = day * DAY_MS + (into_day < 0 ? into_day + DAY_MS : into_day);

  if (fare_zone_get_offset (now->zone, local_ms - offset) == offset)
    return local_ms - offset;

  return fare_zone_find_time (now->zone, local_ms);
}

gboolean
fare_previous_span (FareRange      range,
                    const FareNow *now,
                    gint64        *from_ms,
                    gint64        *to_ms)
{
  FareDay today = fare_day_of (now->zone, now->now_ms);
  FareDay end = MIN (range.end, today + 1);
  FareDay n_days;

  g_return_val_if_fail (from_ms != NULL && to_ms != NULL, FALSE);

  if (range.first == FARE_DAY_MIN || range.first >= end)
    return FALSE;

  n_days = end - range.first;
  fare_range_to_span ((FareRange) { range.first - n_days, range.first }, now->zone, from_ms,
                      to_ms);
  if (end > today)
    *to_ms = CLAMP (find_same_clock (now, range.first - 1),
                    fare_day_start (now->zone, range.first - 1), *to_ms);

  return TRUE;
}

char *
fare_previous_span_to_text (FareRange      range,
                            const FareNow *now)
{
  FareDay today = fare_day_of (now->zone, now->now_ms);
  FareDay n_days = today + 1 - range.first;
  g_autofree char *clock = NULL;
  g_autofree char *days = NULL;

  if (range.end <= today || n_days < 1)
    return NULL;

  clock = fare_text_clock (now->now_ms, now->zone);
  if (n_days == 1)
    /* Translators: %s is a time of day */
    return g_strdup_printf (_("Compared with yesterday until %s"), clock);

  days = fare_range_to_title ((FareRange) { range.first - n_days, range.first });

  /* Translators: days such as "9–15 Nov 2026", and a time of day */
  return g_strdup_printf (_("Compared with %s, on the last day until %s"), days, clock);
}

gboolean
fare_comparison_make_cost (const FareSums *now,
                           const FareSums *before,
                           FareComparison *comparison)
{
  double cents, cents_before;

  g_return_val_if_fail (now != NULL && before != NULL && comparison != NULL, FALSE);

  cents = round (now->cost * 100);
  cents_before = round (before->cost * 100);

  /* Use without a price is not a saving. */
  if ((!now->has_price && fare_usage_total (&now->usage) > 0) || !(cents_before > 0) ||
      !isfinite (cents) || !isfinite (cents_before))
    return FALSE;

  comparison->change = fabs (cents - cents_before) / cents_before;
  if (cents > cents_before)
    comparison->trend = FARE_TREND_UP;
  else if (cents < cents_before)
    comparison->trend = FARE_TREND_DOWN;
  else
    comparison->trend = FARE_TREND_SAME;

  return TRUE;
}

static char *
describe_change (FareTrend   trend,
                 const char *percent,
                 gboolean    is_today,
                 int         n_days)
{
  gboolean is_more = trend == FARE_TREND_UP;

  if (is_today)
    return is_more
             /* Translators: %s is a percentage */
             ? g_strdup_printf (_("%s more than yesterday"), percent)
             /* Translators: %s is a percentage */
             : g_strdup_printf (_("%s less than yesterday"), percent);

  if (n_days == 1)
    return is_more
             /* Translators: %s is a percentage */
             ? g_strdup_printf (_("%s more than the day before"), percent)
             /* Translators: %s is a percentage */
             : g_strdup_printf (_("%s less than the day before"), percent);

  return is_more
           /* Translators: %s is a percentage, %d at least 2 */
           ? g_strdup_printf (ngettext ("%s more than the %d day before",
                                        "%s more than the %d days before", n_days),
                              percent, n_days)
           /* Translators: %s is a percentage, %d at least 2 */
           : g_strdup_printf (ngettext ("%s less than the %d day before",
                                        "%s less than the %d days before", n_days),
                              percent, n_days);
}

/* "4508% more" says nothing to anybody. */
static char *
describe_multiple (double   ratio,
                   gboolean is_today,
                   int      n_days)
{
  g_autofree char *times = fare_text_count ((gint64) CLAMP (round (ratio), 0.0, 1e15));

  if (is_today)
    /* Translators: %s is a number, at least 10 */
    return g_strdup_printf (_("%s times as much as yesterday"), times);

  if (n_days == 1)
    /* Translators: %s is a number, at least 10 */
    return g_strdup_printf (_("%s times as much as the day before"), times);

  /* Translators: %s is a number, at least 10, and %d at least 2 */
  return g_strdup_printf (ngettext ("%s times as much as the %d day before",
                                    "%s times as much as the %d days before", n_days),
                          times, n_days);
}

static char *
describe_same (gboolean is_today,
               int      n_days)
{
  if (is_today)
    return g_strdup (_("Same as yesterday"));

  if (n_days == 1)
    return g_strdup (_("Same as the day before"));

  /* Translators: %d is at least 2 */
  return g_strdup_printf (ngettext ("Same as the %d day before", "Same as the %d days before",
                                    n_days), n_days);
}

char *
fare_comparison_to_sentence (const FareComparison *self,
                             FareRange             range,
                             const FareNow        *now)
{
  FareDay today = fare_day_of (now->zone, now->now_ms);
  gboolean is_today = range.first == today && range.end > today;
  int n_days = MIN (range.end, today + 1) - range.first;
  g_autofree char *percent = NULL;

  if (self->trend == FARE_TREND_SAME)
    return describe_same (is_today, n_days);

  if (self->trend == FARE_TREND_UP && self->change + 1.0 >= LEAST_MULTIPLE)
    return describe_multiple (self->change + 1.0, is_today, n_days);

  percent = fare_text_percent (self->change);

  return describe_change (self->trend, percent, is_today, n_days);
}

char *
fare_comparison_to_text (const FareComparison *self,
                         FareRange             range,
                         const FareNow        *now)
{
  g_autofree char *sentence = fare_comparison_to_sentence (self, range, now);

  switch (self->trend)
    {
    case FARE_TREND_UP:
      /* Translators: a rise in cost; %s is a sentence such as "12% more than yesterday" */
      return g_strdup_printf (C_("trend", "▲ %s"), sentence);
    case FARE_TREND_DOWN:
      /* Translators: a fall in cost; %s is a sentence such as "12% less than yesterday" */
      return g_strdup_printf (C_("trend", "▼ %s"), sentence);
    case FARE_TREND_SAME:
    default:
      return g_steal_pointer (&sentence);
    }
}
