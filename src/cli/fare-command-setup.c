/* fare-command-setup.c
 *
 * tokenfare setup: switches on what runs by itself.  Tells its plan first, and does nothing that
 * nobody agreed to.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>
#include <locale.h>

#include "fare-ask.h"
#include "fare-command.h"
#include "fare-port.h"
#include "fare-print.h"
#include "fare-setup-apply.h"
#include "fare-setup-print.h"

/* Below it only the administrator's programs listen. */
#define PORT_MIN 1024

typedef struct
{
  FareSetupWish wish;
  gboolean      is_agreed; /* --auto or --yes */
  gboolean      dry_run;
  gboolean      json;
} Request;

static const char *
get_question (FarePart part)
{
  static const char * const questions[] = {
    N_("Run the server in the background, from login on?"),
    N_("Show the icon in the panel, from login on?"),
    N_("Show today’s cost in Claude Code’s status line?"),
  };

  return _(questions[part]);
}

static FareAnswer
ask_about (FarePart      part,
           FarePartPlan *plan)
{
  FareAnswer answer = FARE_ANSWER_NO;

  if (plan->state == FARE_PART_TO_DO)
    {
      answer = fare_ask (get_question (part), TRUE);
    }
  else if (plan->state == FARE_PART_BLOCKED)
    {
      g_autofree char *question = g_strdup_printf (_("%s Replace it until “tokenfare uninstall”?"),
                                                   plan->reason.text);

      answer = fare_ask (question, FALSE);
      plan->replaces = answer == FARE_ANSWER_YES;
    }
  else
    {
      return FARE_ANSWER_YES;
    }

  plan->state = answer == FARE_ANSWER_YES ? FARE_PART_TO_DO : FARE_PART_LEFT_OUT;
  return answer;
}

/* Returns: whether something is left to be done */
static gboolean
ask (FareSetupPlan *plan)
{
  for (FarePart part = 0; part < FARE_N_PARTS; part++)
    if (ask_about (part, &plan->parts[part]) == FARE_ANSWER_NONE)
      return FALSE;

  return fare_setup_plan_has (plan, FARE_PART_TO_DO);
}

static gboolean
is_stuck (const FareSetupPlan *plan,
          gboolean             is_interactive)
{
  for (guint i = 0; i < FARE_N_PARTS; i++)
    if (plan->parts[i].state == FARE_PART_BLOCKED && !(is_interactive && plan->parts[i].can_force))
      return TRUE;

  return FALSE;
}

static FareExit
finish (const Request    *request,
        FareSetupPlan    *plan,
        FareSetupOutcome *outcome)
{
  gboolean is_done = fare_setup_apply (plan);

  outcome->is_applied = TRUE;
  if (request->json)
    fare_setup_print_json (plan, outcome);
  else
    fare_setup_print_result (plan);

  return is_done ? FARE_EXIT_DONE : FARE_EXIT_FAILED;
}

static FareExit
carry_out (const Request    *request,
           FareSetupPlan    *plan,
           FareSetupOutcome *outcome)
{
  gboolean is_agreed = request->is_agreed && !request->dry_run;

  /* With JSON there is one object, the result where there is one. */
  if (request->json && (!is_agreed || is_stuck (plan, FALSE)
                        || !fare_setup_plan_has (plan, FARE_PART_TO_DO)))
    fare_setup_print_json (plan, outcome);
  else if (!request->json)
    fare_setup_print_plan (plan);
  fare_print_flush ();

  if (is_stuck (plan, outcome->is_interactive))
    {
      fare_setup_print_blockers (plan);
      return FARE_EXIT_FAILED;
    }
  if (!fare_setup_plan_has (plan, FARE_PART_TO_DO) && !fare_setup_plan_has (plan, FARE_PART_BLOCKED))
    {
      if (!request->json)
        fare_print ("%s\n", _("There is nothing to do."));
      return FARE_EXIT_DONE;
    }
  if (request->dry_run)
    {
      if (!request->json)
        fare_print ("%s\n", _("Nothing was changed."));
      return FARE_EXIT_DONE;
    }
  if (!is_agreed && !outcome->is_interactive)
    {
      fare_print_message (_("Nobody can be asked here, so nothing was changed. “tokenfare setup --auto” "
                            "does it without questions."));
      return FARE_EXIT_USAGE;
    }
  if (!is_agreed && !ask (plan))
    {
      fare_print ("%s\n", _("Nothing was changed."));
      return FARE_EXIT_FAILED;
    }

  return finish (request, plan, outcome);
}

static FareExit
run (const FareCommand  *self,
     const char * const *args)
{
  Request request = { 0 };
  g_autofree char *port = NULL;
  gboolean *left_out = request.wish.is_left_out;
  gboolean yes = FALSE;
  const GOptionEntry options[] = {
    { "auto", 0, 0, G_OPTION_ARG_NONE, &request.is_agreed, N_("Ask nothing and do all that is planned"),
      NULL },
    { "yes", 'y', 0, G_OPTION_ARG_NONE, &yes, N_("The same"), NULL },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &request.dry_run, N_("Only tell what would be done"), NULL },
    { "no-service", 0, 0, G_OPTION_ARG_NONE, &left_out[FARE_PART_SERVICE], N_("Leave the server out"),
      NULL },
    { "no-tray", 0, 0, G_OPTION_ARG_NONE, &left_out[FARE_PART_TRAY],
      N_("Leave the icon in the panel out"), NULL },
    { "no-statusline", 0, 0, G_OPTION_ARG_NONE, &left_out[FARE_PART_STATUSLINE],
      N_("Leave Claude Code’s status line out"), NULL },
    { "port", 0, 0, G_OPTION_ARG_FILENAME, &port, N_("Port for the server to listen on"), N_("N") },
    { "force", 0, 0, G_OPTION_ARG_NONE, &request.wish.force,
      N_("Replace another program’s autostart entry or status line"), NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &request.json, N_("Print JSON, and ask nothing"), NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr(FarePaths) paths = fare_paths_new ();
  g_autoptr(FareSetupPlan) plan = NULL;
  g_auto(GStrv) rest = NULL;
  FareSetupOutcome outcome = { 0 };
  FareExit status;

  if (!fare_command_parse (self, options, args, &rest, &status))
    return status;
  if (rest[0] != NULL)
    return fare_command_misused (self, _("“%s” is one word too many."), rest[0]);
  if (!fare_port_parse (port, PORT_MIN, &request.wish.port))
    return fare_command_misused (self, _("A port for the server is a number from %d to %d."), PORT_MIN,
                                 G_MAXUINT16);
  if (port != NULL && left_out[FARE_PART_SERVICE])
    return fare_command_misused (self, _("--port and --no-service exclude each other."));

  /* Programs read what is said in one language. */
  if (request.json)
    setlocale (LC_MESSAGES, "C");
  request.is_agreed = request.is_agreed || yes;
  outcome.is_dry_run = request.dry_run;
  outcome.is_interactive = fare_ask_is_possible () && !request.is_agreed && !request.json
                           && !request.dry_run;
  plan = fare_setup_plan_new (paths, &request.wish);

  return carry_out (&request, plan, &outcome);
}

const FareCommand fare_command_setup = {
  .name = "setup",
  .summary = N_("Switch on the server, the icon in the panel and Claude Code’s status line"),
  .details = N_("The plan is told first, and each part asked about; what was there before comes back with "
                "“tokenfare uninstall”. The server runs as the systemd user unit tokenfare.service that "
                "came with the program. Nothing of another program is replaced without --force."),
  .run = run,
};
