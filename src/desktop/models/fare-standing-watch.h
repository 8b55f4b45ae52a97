/* fare-standing-watch.h
 *
 * Keeps today's figures fresh while a program runs: asks again, off the main thread,
 * when the index, the prices, the budgets or the day change.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "accounting/fare-standing.h"
#include "fare-meter.h"
#include "models/fare-preferences.h"

G_BEGIN_DECLS

#define FARE_TYPE_STANDING_WATCH (fare_standing_watch_get_type ())
G_DECLARE_FINAL_TYPE (FareStandingWatch, fare_standing_watch, FARE, STANDING_WATCH, GObject)

/**
 * fare_standing_watch_new:
 * @meter: a meter that is open
 * @pause_ms: how long to wait after an answer before news of the index lead to the next, milliseconds
 *
 * Returns: (transfer full): a watch that has begun to ask.  Emits FareStandingWatch::changed with every
 *   answer, and each minute, since what is shown may depend on the clock.
 */
FareStandingWatch  *fare_standing_watch_new        (FareMeter       *meter,
                                                FarePreferences *preferences,
                                                guint            pause_ms) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_standing_watch_get_standing:
 *
 * Returns: (transfer none) (nullable): the last answer; %NULL before the first one
 */
const FareStanding *fare_standing_watch_get_standing (FareStandingWatch *self);

/**
 * fare_standing_watch_get_age:
 *
 * Tells how old the figures are: the time since logs were last looked at, or since the index could
 * last be read.
 *
 * Returns: minutes when that is more than ten, else 0
 */
guint             fare_standing_watch_get_age    (FareStandingWatch *self);

/**
 * fare_standing_watch_is_live:
 *
 * Returns: whether what the last answer has more than the one before was used just now; %FALSE for
 *   the first answer, for what the first scan brings, after an edit of prices or budgets
 */
gboolean          fare_standing_watch_is_live    (FareStandingWatch *self);

/**
 * fare_standing_watch_has_caught_up:
 *
 * Returns: whether all that the last answer has more than the one before was written to logs just now; %FALSE
 *   for the first answer and for what the first scan brings.  Unlike fare_standing_watch_is_live() it
 *   says nothing of amounts, which an edit of prices changes too
 */
gboolean          fare_standing_watch_has_caught_up (FareStandingWatch *self);

FareMeter        *fare_standing_watch_get_meter  (FareStandingWatch *self);

G_END_DECLS
