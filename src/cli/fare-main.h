/* fare-main.h
 *
 * What the program tokenfare finds in the module with its commands.
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
