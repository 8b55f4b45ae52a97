/* fare-weekly-alert.h
 *
 * The notification of what the last week cost.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "fare-meter.h"
#include "models/fare-preferences.h"

G_BEGIN_DECLS

/**
 * fare_weekly_alert_look:
 *
 * To be called now and then.  If the user wants it, sends the notification from Monday, nine o'clock
 * local time on, once per week; a week in which nothing was used is passed over.  In the week in which
 * the user first wants it nothing is said.
 */
void fare_weekly_alert_look (GApplication    *application,
                             FareMeter       *meter,
                             FarePreferences *preferences);

G_END_DECLS
