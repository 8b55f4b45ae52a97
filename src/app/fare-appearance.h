/* fare-appearance.h
 *
 * How the program looks, and the days it begins with, as the settings say.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "models/fare-preferences.h"
#include "models/fare-range-choice.h"

G_BEGIN_DECLS

/**
 * fare_appearance_set_style:
 * @name: the name of a style; another one changes nothing
 *
 * Changes the style for this run; what was chosen in the settings is kept.
 */
void fare_appearance_set_style (const char      *name);

/**
 * fare_appearance_follow:
 * @choice: the days shown; the settings are followed as long as it lives
 *
 * Applies style and colours of the settings, now and whenever they change, and their days when they
 * change.
 */
void fare_appearance_follow    (FarePreferences *preferences,
                                FareRangeChoice *choice);

G_END_DECLS
