/* fare-run.h
 *
 * Other programs, asked for what they print.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * fare_run:
 * @command: program and arguments, ended by %NULL; the program is looked for where shells look
 * @seconds: how long it may take before it is killed, which counts as failed; 0 for as long as it likes
 *
 * Runs a program to its end, with its words untranslated.
 *
 * Returns: (transfer full): what it printed; %NULL with @error (%G_IO_ERROR_FAILED and what it
 *   complained of and printed) when it failed, and with %G_SPAWN_ERROR_NOENT when it is not there
 */
char *fare_run (const char * const  *command,
                guint                seconds,
                GError             **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
