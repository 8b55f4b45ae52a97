/* fare-range-button.h
 *
 * Names the days shown and lets the user choose others: presets, or a first and a last
 * day on two calendars.
 *
 * It names and changes a #FareRangeChoice.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "models/fare-range-choice.h"

G_BEGIN_DECLS

#define FARE_TYPE_RANGE_BUTTON (fare_range_button_get_type ())
G_DECLARE_FINAL_TYPE (FareRangeButton, fare_range_button, FARE, RANGE_BUTTON, GtkWidget)

/**
 * fare_range_button_set_choice:
 * @choice: (transfer none) (nullable): what to name and to change
 */
void        fare_range_button_set_choice   (FareRangeButton *self,
                                            FareRangeChoice *choice);
void        fare_range_button_set_narrow   (FareRangeButton *self,
                                            gboolean         is_narrow);

/**
 * fare_range_button_popup:
 *
 * Opens the presets.
 */
void        fare_range_button_popup        (FareRangeButton *self);

/**
 * fare_range_button_popup_custom:
 *
 * Opens the calendars.
 */
void        fare_range_button_popup_custom (FareRangeButton *self);

G_END_DECLS
