/* fare-clock-monitor.h
 *
 * Says when what "today" means may be something else: at local midnight, when the clock is set, when
 * the machine wakes up, when its time zone changes.  Nothing ticks: the kernel and the file system
 * tell.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define FARE_TYPE_CLOCK_MONITOR (fare_clock_monitor_get_type ())
G_DECLARE_FINAL_TYPE (FareClockMonitor, fare_clock_monitor, FARE, CLOCK_MONITOR, GObject)

/**
 * fare_clock_monitor_new:
 *
 * Returns: (transfer full): a monitor for the main context of the caller.  Emits
 *   FareClockMonitor::changed; whoever listens looks at the clock and the zone anew.  Where the
 *   kernel has no such timer it never does, so it replaces no look now and then.
 */
FareClockMonitor *fare_clock_monitor_new (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
