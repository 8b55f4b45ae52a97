/* fare-command-uninstall.c
 *
 * tokenfare uninstall: undoes what setup did.  The program itself belongs to whoever installed it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>
#include <locale.h>

#include "fare-ask.h"
#include "fare-command.h"
#include "fare-print.h"
#include "fare-uninstall.h"

typedef struct
{
  gboolean is_agreed; /* --auto or --yes */
  gboolean dry_run;
  gboolean json;
} Request;

static FareExit
finish (const Request *request,
        FareUninstall *uninstall)
{
  gboolean is_done = fare_uninstall_apply (uninstall);

  if (request->json)
    fare_uninstall_print_json (uninstall, FALSE, TRUE);
  else
    fare_uninstall_print_result (uninstall);

  return is_done ? FARE_EXIT_DONE : FARE_EXIT_FAILED;
}

/* Returns: whether something keeps all of it from being done */
static gboolean
is_stuck (const FareUninstall *uninstall)
{
  for (guint i = 0; i < uninstall->errors->len; i++)
    fare_print_message ("%s", (const char *) g_ptr_array_index (uninstall->errors, i));
  if (uninstall->index_user != NULL)
    fare_print_message (_("%s has the index open. End it first; nothing was changed."),
                        uninstall->index_user);

  return uninstall->errors->len > 0 || uninstall->index_user != NULL;
}

static gboolean
ask (const FareUninstall *uninstall)
{
  return fare_ask (uninstall->is_purge ? _("Undo and delete all this for good?") : _("Undo this?"),
                   !uninstall->is_purge) == FARE_ANSWER_YES;
}

static FareExit
carry_out (const Request *request,
           FareUninstall *uninstall)
{
  gboolean is_agreed = request->is_agreed && !request->dry_run;
  gboolean has_work = fare_uninstall_has_work (uninstall);

  if (!request->json)
    fare_uninstall_print_plan (uninstall);
  else if (!is_agreed || !has_work || uninstall->index_user != NULL || uninstall->is_refused)
    fare_uninstall_print_json (uninstall, request->dry_run, FALSE);
  fare_print_flush ();

  if (is_stuck (uninstall))
    return FARE_EXIT_FAILED;
  if (!has_work)
    {
      if (!request->json)
        fare_print ("%s\n", _("Nothing to undo."));
      return FARE_EXIT_DONE;
    }
  if (request->dry_run)
    {
      if (!request->json)
        fare_print ("%s\n", _("Nothing was changed."));
      return FARE_EXIT_DONE;
    }
  if (!is_agreed && (request->json || !fare_ask_is_possible ()))
    {
      fare_print_message (_("Nobody can be asked here, so nothing was changed. “tokenfare uninstall --auto” "
                            "does it without questions."));
      return FARE_EXIT_USAGE;
    }
  if (!is_agreed && !ask (uninstall))
    {
      fare_print ("%s\n", _("Nothing was changed."));
      return FARE_EXIT_FAILED;
    }

  return finish (request, uninstall);
}

static FareExit
run (const FareCommand  *self,
     const char * const *args)
{
  Request request = { 0 };
  gboolean yes = FALSE, purge = FALSE;
  const GOptionEntry options[] = {
    { "auto", 0, 0, G_OPTION_ARG_NONE, &request.is_agreed, N_("Ask nothing and do all that is planned"),
      NULL },
    { "yes", 'y', 0, G_OPTION_ARG_NONE, &yes, N_("The same"), NULL },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &request.dry_run, N_("Only tell what would be done"), NULL },
    { "purge", 0, 0, G_OPTION_ARG_NONE, &purge,
      N_("Also delete history, prices and settings, and undo what was switched on without setup"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &request.json, N_("Print JSON, and ask nothing"), NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr(FarePaths) paths = fare_paths_new ();
  g_autoptr(FareUninstall) uninstall = NULL;
  g_auto(GStrv) rest = NULL;
  FareExit status;

  if (!fare_command_parse (self, options, args, &rest, &status))
    return status;
  if (rest[0] != NULL)
    return fare_command_misused (self, _("“%s” is one word too many."), rest[0]);

  /* Programs read what is said in one language. */
  if (request.json)
    setlocale (LC_MESSAGES, "C");
  request.is_agreed = request.is_agreed || yes;
  uninstall = fare_uninstall_new (paths, purge);

  return carry_out (&request, uninstall);
}

const FareCommand fare_command_uninstall = {
  .name = "uninstall",
  .summary = N_("Undo what setup did"),
  .details = N_("The plan is told first. What stood there before setup stands there again afterwards; history, "
                "prices and settings stay unless --purge is given. The agents’ logs are never touched, and "
                "the program itself is removed by whoever installed it (“tokenfare update” tells who)."),
  .run = run,
};
