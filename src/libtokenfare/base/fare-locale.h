/* fare-locale.h
 *
 * The language that a program speaks.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * fare_locale_init:
 *
 * Takes the locale from the environment and finds the translations: in the directory that
 * TOKENFARE_LOCALE_DIR names, which is for running from a build directory, else where they were
 * installed.  To be called once, first thing in main(); where the locale does not exist on this
 * machine, the program speaks English.
 */
void fare_locale_init (void);

G_END_DECLS
