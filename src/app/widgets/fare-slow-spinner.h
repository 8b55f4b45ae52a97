/* fare-slow-spinner.h
 *
 * Shows that work is going on, once it takes long enough to be noticed: what is there in the blink
 * of an eye should not flicker first.  It turns only where it is seen, because turning keeps the whole
 * window busy.  Its accessible label says what is awaited.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* How long it stays unseen, in milliseconds. */
#define FARE_SLOW_MS 200

#define FARE_TYPE_SLOW_SPINNER (fare_slow_spinner_get_type ())
G_DECLARE_FINAL_TYPE (FareSlowSpinner, fare_slow_spinner, FARE, SLOW_SPINNER, AdwBin)

/* Whether it shows by now. */
gboolean fare_slow_spinner_is_turning (FareSlowSpinner *self);

G_END_DECLS
