/* fare-session-place.h
 *
 * A place in a log: which line a byte stands in, and how an editor opens it there.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * fare_session_place_find:
 * @path: a log file
 * @offset: a byte in it, or the number of a row where it is a database
 *
 * Looks for the line off the main thread.
 */
void   fare_session_place_find        (const char           *path,
                                       gint64                offset,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);

/**
 * fare_session_place_find_finish:
 * @line: (out): counted from 1; 0 where there are no lines: in a database, in a compressed file
 *
 * Returns: (transfer full): the place in words, "PATH:LINE", or %NULL with @error set
 */
char  *fare_session_place_find_finish (GAsyncResult         *result,
                                       guint64              *line,
                                       GError              **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_session_place_get_command:
 * @line: counted from 1
 *
 * Returns: (transfer full) (nullable): how to open @path at @line: the default text editor if it can,
 *   else another one that can; %NULL when there is none
 */
GStrv  fare_session_place_get_command (const char           *path,
                                       guint64               line) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
