/* fare-range-choice.h
 *
 * The days that the whole window shows, and the clock they are counted on.  One
 * object, shared by the range button and the pages.  Rolls over by itself at local
 * midnight and when the time zone changes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "base/fare-range.h"

G_BEGIN_DECLS

/* Returns UTC milliseconds. */
typedef gint64 (*FareClockFunc) (gpointer user_data);

#define FARE_TYPE_RANGE_CHOICE (fare_range_choice_get_type ())
G_DECLARE_FINAL_TYPE (FareRangeChoice, fare_range_choice, FARE, RANGE_CHOICE, GObject)

/**
 * fare_range_choice_new:
 *
 * Returns: (transfer full): a choice of today.  Emits FareRangeChoice::changed whenever the days
 *   meant are others than before.
 */
FareRangeChoice *fare_range_choice_new          (void) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_range_choice_set_clock:
 * @func: (nullable): what to ask for the time; %NULL for the system's clock
 *
 * Replaces the clock, for tests.
 */
void             fare_range_choice_set_clock    (FareRangeChoice *self,
                                                 FareClockFunc    func,
                                                 gpointer         user_data);

/**
 * fare_range_choice_check_clock:
 *
 * Emits FareRangeChoice::changed if the day or the zone changed since the last look.  Called
 * every half minute by itself.
 */
void             fare_range_choice_check_clock  (FareRangeChoice *self);

/**
 * fare_range_choice_get_now:
 * @now: (out caller-allocates): the time and the local zone; the zone lives as long as @self
 *   or until its next look at the clock
 */
void             fare_range_choice_get_now      (FareRangeChoice *self,
                                                 FareNow         *now);

FarePeriod       fare_range_choice_get_period   (FareRangeChoice *self);

/**
 * fare_range_choice_get_range:
 *
 * Returns: the days meant, as of now
 */
FareRange        fare_range_choice_get_range    (FareRangeChoice *self);

void             fare_range_choice_set_period   (FareRangeChoice *self,
                                                 FarePeriod       period);

/**
 * fare_range_choice_set_days:
 * @range: at least one day; days after today are cut off
 *
 * Shows @range; a span that a preset names becomes that preset.
 */
void             fare_range_choice_set_days     (FareRangeChoice *self,
                                                 FareRange        range);

/**
 * fare_range_choice_can_step:
 * @direction: 1 for later, -1 for earlier
 *
 * Returns: whether there is a neighbouring range of the same kind that is not in the future
 */
gboolean         fare_range_choice_can_step     (FareRangeChoice *self,
                                                 int              direction);
void             fare_range_choice_step         (FareRangeChoice *self,
                                                 int              direction);

/**
 * fare_range_choice_dup_title:
 *
 * Returns: (transfer full): the range as a person calls it
 */
char            *fare_range_choice_dup_title    (FareRangeChoice *self) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_range_choice_to_string:
 *
 * Returns: (transfer full): a form to be stored: a period's name or "YYYY-MM-DD/YYYY-MM-DD"
 */
char            *fare_range_choice_to_string    (FareRangeChoice *self) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_range_choice_from_string:
 * @text: as from fare_range_choice_to_string(); anything else means today
 */
void             fare_range_choice_from_string  (FareRangeChoice *self,
                                                 const char      *text);

G_END_DECLS
