/* main.c
 *
 * Starts the window program, nothing else.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <malloc.h>
#include <signal.h>

#include "base/fare-locale.h"
#include "fare-application.h"
#include "fare-demo-room.h"

/* Looked for by hand: GTK and the settings must not see the real environment first. */
static gboolean
wants_demo (int    argc,
            char **argv)
{
  for (int i = 1; i < argc; i++)
    {
      if (g_str_equal (argv[i], "--demo"))
        return TRUE;
    }

  return FALSE;
}

/* Whoever ends the program while the room is being furnished must not leave it behind; the program
 * lets the signals through as soon as it can clear up. */
static void
hold_signals (void)
{
  sigset_t set;

  sigemptyset (&set);
  sigaddset (&set, SIGINT);
  sigaddset (&set, SIGTERM);
  sigaddset (&set, SIGHUP);
  sigprocmask (SIG_BLOCK, &set, NULL);
}

/* Questions are asked in threads that come and go, and scans read logs in others: they share a heap, so that
 * what one leaves serves the next, and each new thread does not keep what it needed most at any time.  Besides
 * it there is the one that the program starts with, so that the thread that draws seldom waits for them. */
static void
share_heap (void)
{
  mallopt (M_ARENA_MAX, 2);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(FareApplication) application = NULL;
  g_autoptr(GError) error = NULL;
  char *demo = NULL;
  int status;

  share_heap ();
  fare_locale_init ();

  if (wants_demo (argc, argv))
    {
      hold_signals ();
      demo = fare_demo_room_enter (argv[0], &error);

      if (demo == NULL)
        {
          g_printerr ("%s\n", error->message);
          return 1;
        }
    }

  /* A demonstration is a program of its own beside the real one. */
  application = fare_application_new (demo != NULL ? G_APPLICATION_NON_UNIQUE
                                                   : G_APPLICATION_DEFAULT_FLAGS);
  status = g_application_run (G_APPLICATION (application), argc, argv);

  if (demo != NULL)
    {
      g_clear_object (&application);
      fare_demo_room_leave (demo);
    }

  return status;
}
