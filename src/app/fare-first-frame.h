/* fare-first-frame.h
 *
 * When the first frame with data was on screen, for who measures how fast a window opens.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The debug messages to ask for: G_MESSAGES_DEBUG=tokenfare-first-frame */
#define FARE_FIRST_FRAME_DOMAIN "tokenfare-first-frame"

/**
 * fare_first_frame_announce:
 * @widget: shows data from now on; need not be visible yet
 *
 * Waits until the next frame of @widget is painted, then writes one debug message
 * "first frame at N us", in microseconds of g_get_monotonic_time().  Only the first call for a
 * widget counts, and nothing happens unless that message is asked for.
 */
void fare_first_frame_announce (GtkWidget *widget);

G_END_DECLS
