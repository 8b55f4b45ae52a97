/* main.c
 *
 * Starts the tray icon, nothing else.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <malloc.h>
#include <sqlite3.h>

#include "base/fare-locale.h"
#include "fare-tray.h"

/* The index's caches may fill this much. */
#define SQLITE_BYTES (6 * 1024 * 1024)

/* A program that is always there should hardly be: the threads that read logs share the main thread's
 * heap, so that what they leave can be given back, and GDK, which opens GL to choose a visual, at a
 * cost of 50 MB, is kept from it. */
static void
stay_small (void)
{
  mallopt (M_ARENA_MAX, 1);
  sqlite3_soft_heap_limit64 (SQLITE_BYTES);
  g_setenv ("GDK_GL", "disable", TRUE);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(FareTray) tray = NULL;

  fare_locale_init ();

  stay_small ();
  tray = fare_tray_new ();
  return fare_tray_run (tray, argc, argv);
}
