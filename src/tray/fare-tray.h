/* fare-tray.h
 *
 * The program of the tray icon: one instance, one meter, an icon while there is a place for it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What the shell is told when there is no display to show anything on. */
#define FARE_TRAY_NO_DISPLAY 3

#define FARE_TYPE_TRAY (fare_tray_get_type ())
G_DECLARE_FINAL_TYPE (FareTray, fare_tray, FARE, TRAY, GApplication)

FareTray *fare_tray_new (void) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_tray_run:
 *
 * Runs until the session ends, the user quits or switches the icon off in the preferences.
 *
 * Returns: the exit status: 0, 1 when the price table is missing, or %FARE_TRAY_NO_DISPLAY
 */
int       fare_tray_run (FareTray  *self,
                         int        argc,
                         char     **argv);

G_END_DECLS
