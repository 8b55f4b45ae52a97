/* fare-demo-room.h
 *
 * A throwaway home with invented logs for this process alone, so that anybody can look
 * at the window before there is anything to see.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * fare_demo_room_enter:
 * @program: (type filename): how this program was called, argv[0]
 *
 * Writes the logs with “tokenfare demo” and turns the environment of this process to them; nothing
 * of the user's is seen or written from then on.  Call it before anything reads the
 * environment, and before there are threads.
 *
 * Returns: (transfer full): the folder, for fare_demo_room_leave(); %NULL with @error
 */
char *fare_demo_room_enter (const char  *program,
                            GError     **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_demo_room_leave:
 * @folder: (transfer full): what fare_demo_room_enter() returned
 *
 * Removes everything.
 */
void  fare_demo_room_leave (char        *folder);

G_END_DECLS
