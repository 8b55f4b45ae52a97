/* fare-clock-monitor.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "models/fare-clock-monitor.h"

#include <glib-unix.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "base/fare-range.h"

#define ZONE_FILE "/etc/localtime"

/* A zone file is removed before the new one is there. */
#define SETTLE_MS 200

struct _FareClockMonitor
{
  GObject       parent_instance;

  int           timer;     /* -1: there is none */
  guint         timer_id;
  guint         settle_id;
  GFileMonitor *zone_file; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (FareClockMonitor, fare_clock_monitor, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* An absolute time of day passes while the machine sleeps, too, and setting the clock cancels it. */
static void
arm (FareClockMonitor *self)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();
  gint64 now_ms = g_get_real_time () / 1000;
  gint64 midnight_ms = MAX (fare_day_start (zone, fare_day_of (zone, now_ms) + 1), now_ms + 1000);
  const struct itimerspec when = {
    .it_value = { .tv_sec = midnight_ms / 1000, .tv_nsec = midnight_ms % 1000 * 1000000 },
  };

  if (self->timer >= 0)
    timerfd_settime (self->timer, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &when, NULL);
}

static void
announce (FareClockMonitor *self)
{
  arm (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static gboolean
timer_cb (int          fd,
          GIOCondition condition,
          gpointer     user_data)
{
  guint64 n_times;

  /* Fails with ECANCELED when the clock was set; that is news as well. */
  if (read (fd, &n_times, sizeof n_times) < 0 && errno != ECANCELED)
    return G_SOURCE_CONTINUE;

  announce (user_data);
  return G_SOURCE_CONTINUE;
}

static gboolean
settled_cb (gpointer user_data)
{
  FareClockMonitor *self = user_data;

  self->settle_id = 0;
  announce (self);

  return G_SOURCE_REMOVE;
}

static void
zone_changed_cb (FareClockMonitor *self)
{
  if (self->settle_id == 0)
    self->settle_id = g_timeout_add (SETTLE_MS, settled_cb, self);
}

static void
fare_clock_monitor_finalize (GObject *object)
{
  FareClockMonitor *self = FARE_CLOCK_MONITOR (object);

  g_clear_handle_id (&self->timer_id, g_source_remove);
  g_clear_handle_id (&self->settle_id, g_source_remove);
  g_clear_object (&self->zone_file);
  if (self->timer >= 0)
    close (self->timer);

  G_OBJECT_CLASS (fare_clock_monitor_parent_class)->finalize (object);
}

static void
fare_clock_monitor_class_init (FareClockMonitorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fare_clock_monitor_finalize;

  /**
   * FareClockMonitor::changed:
   *
   * Another day, another time or another zone, or none of them: a clock may be set by nothing.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
fare_clock_monitor_init (FareClockMonitor *self)
{
  g_autoptr(GFile) file = g_file_new_for_path (ZONE_FILE);

  self->timer = timerfd_create (CLOCK_REALTIME, TFD_CLOEXEC | TFD_NONBLOCK);
  if (self->timer >= 0)
    self->timer_id = g_unix_fd_add (self->timer, G_IO_IN, timer_cb, self);
  arm (self);

  self->zone_file = g_file_monitor_file (file, G_FILE_MONITOR_NONE, NULL, NULL);
  if (self->zone_file != NULL)
    g_signal_connect_object (self->zone_file, "changed", G_CALLBACK (zone_changed_cb), self,
                             G_CONNECT_SWAPPED);
}

FareClockMonitor *
fare_clock_monitor_new (void)
{
  return g_object_new (FARE_TYPE_CLOCK_MONITOR, NULL);
}
