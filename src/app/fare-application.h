/* fare-application.h
 *
 * The program: one instance, one meter, one window, and the actions that other programs
 * and shortcuts reach.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "fare-meter.h"
#include "models/fare-preferences.h"
#include "models/fare-range-choice.h"

G_BEGIN_DECLS

#define FARE_TYPE_APPLICATION (fare_application_get_type ())
G_DECLARE_FINAL_TYPE (FareApplication, fare_application, FARE, APPLICATION, AdwApplication)

/**
 * fare_application_new:
 * @flags: %G_APPLICATION_DEFAULT_FLAGS, or %G_APPLICATION_NON_UNIQUE in tests
 */
FareApplication *fare_application_new             (GApplicationFlags  flags) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_application_get_meter:
 *
 * Returns: (transfer none) (nullable): the meter; %NULL before startup
 */
FareMeter       *fare_application_get_meter       (FareApplication   *self);
FareRangeChoice *fare_application_get_choice      (FareApplication   *self);
FarePreferences *fare_application_get_preferences (FareApplication   *self);

G_END_DECLS
