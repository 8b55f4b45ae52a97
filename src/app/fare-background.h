/* fare-background.h
 *
 * The program without its window: it goes on where the user wants that, says so the first time, is
 * started at login or not, and has the tray icon beside it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "base/fare-paths.h"
#include "models/fare-preferences.h"

G_BEGIN_DECLS

typedef struct _FareBackground FareBackground;

/**
 * fare_background_new:
 * @application: (transfer none): outlives what is returned
 *
 * Begins to mind windows and settings.
 */
FareBackground *fare_background_new  (GtkApplication   *application,
                                      FarePaths        *paths,
                                      FarePreferences  *preferences) G_GNUC_WARN_UNUSED_RESULT;
void            fare_background_free (FareBackground   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareBackground, fare_background_free)

G_END_DECLS
