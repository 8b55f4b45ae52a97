/* fare-desktop-link.h
 *
 * What the program is to the desktop besides a window: an object on the bus that answers
 * questions, a search provider, a program that goes on in the background, notifications
 * and the tray icon's companion.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "fare-meter.h"
#include "models/fare-preferences.h"

G_BEGIN_DECLS

typedef struct _FareDesktopLink FareDesktopLink;

/**
 * fare_desktop_link_new:
 * @application: (transfer none): outlives the link
 *
 * Returns: (transfer full): a link that does nothing yet
 */
FareDesktopLink *fare_desktop_link_new    (GtkApplication   *application) G_GNUC_WARN_UNUSED_RESULT;
void             fare_desktop_link_free   (FareDesktopLink  *self);

/**
 * fare_desktop_link_export:
 * @path: the program's object
 *
 * For GApplicationClass.dbus_register: offers the program's interfaces before its name is taken.
 */
gboolean         fare_desktop_link_export (FareDesktopLink  *self,
                                           GDBusConnection  *bus,
                                           const char       *path,
                                           GError          **error);

/**
 * fare_desktop_link_unexport:
 *
 * For GApplicationClass.dbus_unregister.
 */
void             fare_desktop_link_unexport (FareDesktopLink *self);

/**
 * fare_desktop_link_start:
 * @meter: a meter that is open
 *
 * Begins to answer, to follow the figures and to mind the window.  Before, questions are refused.
 */
void             fare_desktop_link_start  (FareDesktopLink  *self,
                                           FareMeter        *meter,
                                           FarePreferences  *preferences);

/**
 * fare_desktop_link_stop:
 *
 * To be called before windows go because the program ends.
 */
void             fare_desktop_link_stop   (FareDesktopLink  *self);

/* For the parts. */

/**
 * fare_desktop_link_linger:
 *
 * Keeps the program for a minute: who asks once asks again.
 */
void             fare_desktop_link_linger (FareDesktopLink  *self);

GtkApplication  *fare_desktop_link_get_application (FareDesktopLink *self);

/**
 * fare_desktop_link_get_meter:
 *
 * Returns: (transfer none) (nullable): %NULL when there are no figures to give
 */
FareMeter       *fare_desktop_link_get_meter       (FareDesktopLink *self);
FarePreferences *fare_desktop_link_get_preferences (FareDesktopLink *self);

/**
 * fare_desktop_link_get_start_ms:
 *
 * Returns: when fare_desktop_link_start() was called, UTC milliseconds
 */
gint64           fare_desktop_link_get_start_ms    (FareDesktopLink *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareDesktopLink, fare_desktop_link_free)

G_END_DECLS
