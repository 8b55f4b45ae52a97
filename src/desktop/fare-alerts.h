/* fare-alerts.h
 *
 * Tells when a budget's warning share or the budget itself is reached, the same of providers' usage
 * limits where the user wants it, and once a week what the last one cost.  Of all programs that run one tells: the tray icon, or without it the window.
 *
 * What was told is remembered in the key "fired-alerts", so a restart repeats nothing.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "models/fare-standing-watch.h"

G_BEGIN_DECLS

typedef struct _FareAlerts FareAlerts;

/**
 * fare_alerts_new:
 * @application: (transfer none): sends the notifications.  It has an action "show-page" with the name
 *   of a page; the action "mute-today" is added
 *
 * Returns: (transfer full): alerts that listen to @watch
 */
FareAlerts *fare_alerts_new  (GApplication     *application,
                              FareStandingWatch  *watch,
                              FarePreferences  *preferences) G_GNUC_WARN_UNUSED_RESULT;
void        fare_alerts_free (FareAlerts       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareAlerts, fare_alerts_free)

G_END_DECLS
