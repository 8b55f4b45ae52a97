/* fare-range-choice.c
 *
 * The days that the whole window shows, and the clock they are counted on.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "models/fare-range-choice.h"

#include "models/fare-clock-monitor.h"

#define CLOCK_SECONDS 30

struct _FareRangeChoice
{
  GObject        parent_instance;

  FarePeriod     period;
  FareRange      custom; /* used for FARE_PERIOD_CUSTOM only */
  FareRange      shown;  /* what was announced last */

  FareClockFunc  clock;
  gpointer       clock_data;
  GTimeZone     *zone;
  guint          clock_id;
  FareClockMonitor *monitor;
};

G_DEFINE_FINAL_TYPE (FareRangeChoice, fare_range_choice, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* The names are stored in the settings and shared with the command line. */
static const struct
{
  FarePeriod  period;
  const char *name;
} stored_names[] = {
  { FARE_PERIOD_TODAY,        "today" },
  { FARE_PERIOD_YESTERDAY,    "yesterday" },
  { FARE_PERIOD_LAST_7_DAYS,  "7" },
  { FARE_PERIOD_LAST_30_DAYS, "30" },
  { FARE_PERIOD_WEEK,         "week" },
  { FARE_PERIOD_MONTH,        "month" },
  { FARE_PERIOD_LAST_MONTH,   "last-month" },
  { FARE_PERIOD_YEAR,         "year" },
  { FARE_PERIOD_ALL,          "all" },
  { FARE_PERIOD_LAST_WEEK,    "last-week" },
  { FARE_PERIOD_LAST_14_DAYS, "14" },
  { FARE_PERIOD_LAST_28_DAYS, "28" },
  { FARE_PERIOD_LAST_YEAR,    "last-year" },
};

static gboolean
ranges_equal (FareRange a,
              FareRange b)
{
  return a.first == b.first && a.end == b.end;
}

static FareDay
get_today (FareRangeChoice *self)
{
  FareNow now;

  fare_range_choice_get_now (self, &now);

  return fare_day_of (now.zone, now.now_ms);
}

static void
announce (FareRangeChoice *self)
{
  self->shown = fare_range_choice_get_range (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static gboolean
clock_cb (gpointer user_data)
{
  fare_range_choice_check_clock (user_data);

  return G_SOURCE_CONTINUE;
}

/* A whole calendar month, or one that is cut short by the end of today. */
static gboolean
is_month (FareRangeChoice *self,
          FareRange        range)
{
  int year, month, day, end_year, end_month, end_day;

  fare_day_to_ymd (range.first, &year, &month, &day);
  fare_day_to_ymd (range.end, &end_year, &end_month, &end_day);

  if (day != 1)
    return FALSE;

  return (end_day == 1 && (end_year * 12 + end_month) - (year * 12 + month) == 1) ||
         self->period == FARE_PERIOD_MONTH;
}

static FareRange
shift_month (FareRange range,
             int       direction)
{
  int year, month, day, index;

  fare_day_to_ymd (range.first, &year, &month, &day);
  index = year * 12 + (month - 1) + direction;

  return (FareRange) {
    fare_day_from_ymd (index / 12, index % 12 + 1, 1),
    fare_day_from_ymd ((index + 1) / 12, (index + 1) % 12 + 1, 1)
  };
}

static FareRange
shift_year (FareRange range,
            int       direction)
{
  int year, month, day;

  fare_day_to_ymd (range.first, &year, &month, &day);

  return (FareRange) {
    fare_day_from_ymd (year + direction, 1, 1),
    fare_day_from_ymd (year + direction + 1, 1, 1)
  };
}

static gboolean
is_year (FareRangeChoice *self,
         FareRange        range)
{
  int year, month, day, end_year, end_month, end_day;

  fare_day_to_ymd (range.first, &year, &month, &day);
  fare_day_to_ymd (range.end, &end_year, &end_month, &end_day);

  return self->period == FARE_PERIOD_YEAR ||
         (month == 1 && day == 1 && end_month == 1 && end_day == 1 && end_year == year + 1);
}

static FareRange
get_neighbour (FareRangeChoice *self,
               int              direction)
{
  FareRange range = fare_range_choice_get_range (self);
  int length;

  if (is_year (self, range))
    return shift_year (range, direction);

  if (is_month (self, range))
    return shift_month (range, direction);

  length = range.end - range.first;

  return (FareRange) { range.first + direction * length, range.end + direction * length };
}

/* The preset that means exactly @range today, or FARE_PERIOD_CUSTOM. */
static FarePeriod
find_period (FareRangeChoice *self,
             FareRange        range)
{
  FareNow now;

  fare_range_choice_get_now (self, &now);

  for (guint i = 0; i < G_N_ELEMENTS (stored_names); i++)
    {
      if (stored_names[i].period != FARE_PERIOD_WEEK &&
          ranges_equal (fare_range_for_period (stored_names[i].period, &now), range))
        return stored_names[i].period;
    }

  return FARE_PERIOD_CUSTOM;
}

static void
choose (FareRangeChoice *self,
        FarePeriod       period,
        FareRange        custom)
{
  FarePeriod old_period = self->period;

  self->period = period;
  self->custom = custom;

  /* "This month" on the first of a month shows the days of "today", but is called otherwise. */
  if (old_period != period || !ranges_equal (self->shown, fare_range_choice_get_range (self)))
    announce (self);
}

static void
fare_range_choice_finalize (GObject *object)
{
  FareRangeChoice *self = FARE_RANGE_CHOICE (object);

  g_clear_handle_id (&self->clock_id, g_source_remove);
  g_clear_object (&self->monitor);
  g_clear_pointer (&self->zone, g_time_zone_unref);

  G_OBJECT_CLASS (fare_range_choice_parent_class)->finalize (object);
}

static void
fare_range_choice_class_init (FareRangeChoiceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = fare_range_choice_finalize;

  /**
   * FareRangeChoice::changed:
   *
   * Other days are meant from now on; nothing shown so far is valid any more.
   */
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
fare_range_choice_init (FareRangeChoice *self)
{
  self->zone = g_time_zone_new_local ();
  self->period = FARE_PERIOD_TODAY;
  self->shown = fare_range_choice_get_range (self);
  self->clock_id = g_timeout_add_seconds (CLOCK_SECONDS, clock_cb, self);
  self->monitor = fare_clock_monitor_new ();
  g_signal_connect_object (self->monitor, "changed", G_CALLBACK (fare_range_choice_check_clock),
                           self, G_CONNECT_SWAPPED);
}

FareRangeChoice *
fare_range_choice_new (void)
{
  return g_object_new (FARE_TYPE_RANGE_CHOICE, NULL);
}

void
fare_range_choice_set_clock (FareRangeChoice *self,
                             FareClockFunc    func,
                             gpointer         user_data)
{
  g_return_if_fail (FARE_IS_RANGE_CHOICE (self));

  self->clock = func;
  self->clock_data = user_data;
  fare_range_choice_check_clock (self);
}

void
fare_range_choice_check_clock (FareRangeChoice *self)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();
  gboolean zone_changed;

  g_return_if_fail (FARE_IS_RANGE_CHOICE (self));

  zone_changed = g_strcmp0 (g_time_zone_get_identifier (zone),
                            g_time_zone_get_identifier (self->zone)) != 0;
  if (zone_changed)
    {
      g_time_zone_unref (self->zone);
      self->zone = g_steal_pointer (&zone);
    }

  if (zone_changed || !ranges_equal (self->shown, fare_range_choice_get_range (self)))
    announce (self);
}

void
fare_range_choice_get_now (FareRangeChoice *self,
                           FareNow         *now)
{
  g_return_if_fail (FARE_IS_RANGE_CHOICE (self));

  now->now_ms = self->clock != NULL ? self->clock (self->clock_data) : g_get_real_time () / 1000;
  now->zone = self->zone;
}

FarePeriod
fare_range_choice_get_period (FareRangeChoice *self)
{
  g_return_val_if_fail (FARE_IS_RANGE_CHOICE (self), FARE_PERIOD_TODAY);

  return self->period;
}

FareRange
fare_range_choice_get_range (FareRangeChoice *self)
{
  FareNow now;

  g_return_val_if_fail (FARE_IS_RANGE_CHOICE (self), ((FareRange) { 0, 1 }));

  if (self->period == FARE_PERIOD_CUSTOM)
    return self->custom;

  fare_range_choice_get_now (self, &now);

  return fare_range_for_period (self->period, &now);
}

void
fare_range_choice_set_period (FareRangeChoice *self,
                              FarePeriod       period)
{
  g_return_if_fail (FARE_IS_RANGE_CHOICE (self));
  g_return_if_fail (period != FARE_PERIOD_CUSTOM);

  choose (self, period, (FareRange) { 0, 0 });
}

void
fare_range_choice_set_days (FareRangeChoice *self,
                            FareRange        range)
{
  FareDay today;

  g_return_if_fail (FARE_IS_RANGE_CHOICE (self));
  g_return_if_fail (range.first < range.end);

  today = get_today (self);
  range.end = MIN (range.end, today + 1);
  range.first = MIN (range.first, today);
  choose (self, find_period (self, range), range);
}

gboolean
fare_range_choice_can_step (FareRangeChoice *self,
                            int              direction)
{
  g_return_val_if_fail (FARE_IS_RANGE_CHOICE (self), FALSE);

  if (self->period == FARE_PERIOD_ALL)
    return FALSE;

  return direction < 0 || get_neighbour (self, 1).first <= get_today (self);
}

void
fare_range_choice_step (FareRangeChoice *self,
                        int              direction)
{
  g_return_if_fail (FARE_IS_RANGE_CHOICE (self));

  if (fare_range_choice_can_step (self, direction))
    fare_range_choice_set_days (self, get_neighbour (self, direction < 0 ? -1 : 1));
}

char *
fare_range_choice_dup_title (FareRangeChoice *self)
{
  FareNow now;

  g_return_val_if_fail (FARE_IS_RANGE_CHOICE (self), NULL);

  fare_range_choice_get_now (self, &now);

  return fare_period_to_title (self->period, fare_range_choice_get_range (self), &now);
}

char *
fare_range_choice_to_string (FareRangeChoice *self)
{
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;

  g_return_val_if_fail (FARE_IS_RANGE_CHOICE (self), NULL);

  for (guint i = 0; i < G_N_ELEMENTS (stored_names); i++)
    {
      if (stored_names[i].period == self->period)
        return g_strdup (stored_names[i].name);
    }

  first = fare_day_to_string (self->custom.first);
  last = fare_day_to_string (self->custom.end - 1);

  return g_strdup_printf ("%s/%s", first, last);
}

void
fare_range_choice_from_string (FareRangeChoice *self,
                               const char      *text)
{
  g_auto(GStrv) days = NULL;
  FareRange range;
  FareNow now;

  g_return_if_fail (FARE_IS_RANGE_CHOICE (self));

  for (guint i = 0; i < G_N_ELEMENTS (stored_names); i++)
    {
      if (g_strcmp0 (stored_names[i].name, text) == 0)
        {
          fare_range_choice_set_period (self, stored_names[i].period);
          return;
        }
    }

  fare_range_choice_get_now (self, &now);
  days = g_strsplit (text != NULL ? text : "", "/", 2);

  if (g_strv_length (days) == 2 &&
      fare_day_parse (days[0], &now, &range.first, NULL) &&
      fare_day_parse (days[1], &now, &range.end, NULL) &&
      range.first <= range.end)
    {
      range.end += 1;
      fare_range_choice_set_days (self, range);
    }
  else
    {
      fare_range_choice_set_period (self, FARE_PERIOD_TODAY);
    }
}
