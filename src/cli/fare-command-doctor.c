/* fare-command-doctor.c
 *
 * tokenfare doctor: how Tokenfare is doing on this computer.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>
#include <locale.h>

#include "doctor/fare-doctor.h"
#include "fare-command.h"

static FareExit
run (const FareCommand  *self,
     const char * const *args)
{
  gboolean json = FALSE;
  const GOptionEntry options[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_("Print JSON"), NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr(FarePaths) paths = fare_paths_new ();
  g_autoptr(FareDoctor) doctor = NULL;
  g_auto(GStrv) rest = NULL;
  FareExit status;

  if (!fare_command_parse (self, options, args, &rest, &status))
    return status;
  if (rest[0] != NULL)
    return fare_command_misused (self, _("“%s” is one word too many."), rest[0]);

  /* Sentences are made while facts are gathered, and programs read them in one language. */
  if (json)
    setlocale (LC_MESSAGES, "C");
  doctor = fare_doctor_new (paths);
  if (json)
    fare_doctor_write (doctor);
  else
    fare_doctor_print (doctor);

  return doctor->issues->len == 0 ? FARE_EXIT_DONE : FARE_EXIT_FAILED;
}

const FareCommand fare_command_doctor = {
  .name = "doctor",
  .summary = N_("Look whether all is well, and tell what to do where it is not"),
  .details = N_("The agents’ folders, the index, the prices, the settings and what runs are looked at; no "
                "log is read and nothing is changed. The exit status is 0 when all is well, and 1 when "
                "there are issues."),
  .run = run,
};
