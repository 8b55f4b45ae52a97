/* fare-main.h
 *
 * What the program tokenfare finds in the modules beside it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The module, and what is called there. */
#define FARE_MAIN_MODULE "libtokenfare-commands.so"
#define FARE_MAIN_SYMBOL "fare_main"

typedef int (*FareMainFunc) (int    argc,
                             char **argv);

/* The module that counts a status line's figures anew, and what is called there. */
#define FARE_LINE_MODULE "libtokenfare-line.so"
#define FARE_LINE_SYMBOL "fare_line_main"

typedef gboolean (*FareLineFunc) (const char * const *args);

/**
 * fare_line_main:
 * @args: what stands behind the command's name
 *
 * Counts and prints a status line, as far as that can be done with prices that were kept.
 *
 * Returns: %FALSE when the command itself has to do it; nothing was printed or read then
 */
__attribute__ ((visibility ("default")))
gboolean fare_line_main (const char * const *args);

/**
 * fare_main:
 *
 * Runs the command that the arguments name.  The locale is set.
 *
 * Returns: what the shell is told
 */
__attribute__ ((visibility ("default")))
int fare_main (int    argc,
               char **argv);

G_END_DECLS
