/* main.c
 *
 * tokenfare, the command line.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <signal.h>

#include "fare-command.h"
#include "fare-print.h"

int
main (int    argc,
      char **argv)
{
  FareExit status;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, FARE_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  /* A reader that hangs up is noticed where we write; see fare_print_flush(). */
  signal (SIGPIPE, SIG_IGN);

  status = fare_command_main ((const char * const *) argv + (argc > 0 ? 1 : 0));
  fare_print_flush ();
  return status;
}
