/* fare-main.c
 *
 * The way into the commands, for the program that loads them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-main.h"

#include <signal.h>

#include "fare-command.h"
#include "fare-print.h"

int
fare_main (int    argc,
           char **argv)
{
  FareExit status;

  /* A reader that hangs up is noticed where we write; see fare_print_flush(). */
  signal (SIGPIPE, SIG_IGN);

  status = fare_command_main ((const char * const *) argv + (argc > 0 ? 1 : 0));
  fare_print_flush ();
  return status;
}
