/* fare-range-popover.h
 *
 * Where other days are chosen: a list of presets, or a first and a last day on two calendars.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "models/fare-range-choice.h"

G_BEGIN_DECLS

#define FARE_TYPE_RANGE_POPOVER (fare_range_popover_get_type ())
G_DECLARE_FINAL_TYPE (FareRangePopover, fare_range_popover, FARE, RANGE_POPOVER, GtkPopover)

/**
 * fare_range_popover_new:
 * @choice: what is changed
 */
GtkWidget *fare_range_popover_new        (FareRangeChoice  *choice);

/**
 * fare_range_popover_start:
 * @with_calendars: whether to begin with the calendars, not with the presets
 *
 * To be called as it opens: it takes the keyboard.
 */
void       fare_range_popover_start      (FareRangePopover *self,
                                          gboolean          with_calendars);

/**
 * fare_range_popover_set_narrow:
 *
 * Puts the calendars one below the other.
 */
void       fare_range_popover_set_narrow (FareRangePopover *self,
                                          gboolean          is_narrow);

G_END_DECLS
