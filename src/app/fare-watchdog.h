/* fare-watchdog.h
 *
 * Tells when the main loop did not answer for a while, for who looks for what holds it up.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The debug messages to ask for: G_MESSAGES_DEBUG=tokenfare-watchdog */
#define FARE_WATCHDOG_DOMAIN "tokenfare-watchdog"

/* Whoever waits longer than this for an answer notices it. */
#define FARE_WATCHDOG_LIMIT_MS 50

/**
 * fare_watchdog_start:
 *
 * Watches the default main context until the program ends, and writes a debug message
 * "main loop blocked for N ms" each time it was.  Does nothing, and costs nothing, unless those messages
 * are asked for.
 */
void fare_watchdog_start (void);

G_END_DECLS
