/* fare-command-tailscale.c
 *
 * tokenfare tailscale: the page and the figures on the user's other devices, through Tailscale Serve.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>
#include <locale.h>

#include "fare-command.h"
#include "fare-json-writer.h"
#include "fare-print.h"
#include "fare-tailscale-switch.h"

static void
write_result (FareTailscaleRun *self,
              const char       *verb)
{
  g_autoptr(FareJsonWriter) json = fare_json_writer_new (FALSE);
  g_autofree char *url = fare_tailscale_run_is_on (self) ? fare_tailscale_dup_url (&self->tailscale) : NULL;

  fare_json_writer_begin_object (json, NULL);
  fare_json_writer_add_boolean (json, "ok", self->error == NULL);
  fare_json_writer_add_string (json, "action", "tailscale");
  fare_json_writer_add_string (json, "verb", verb);
  fare_json_writer_add_boolean (json, "on", fare_tailscale_run_is_on (self));
  fare_json_writer_add_string (json, "url", url);
  fare_json_writer_add_string (json, "host", self->tailscale.host);
  fare_json_writer_add_string (json, "target", self->tailscale.target);
  fare_json_writer_add_boolean (json, "host_allowed", self->is_known && fare_tailscale_run_is_allowed (self));
  fare_json_writer_add_boolean (json, "public", self->tailscale.is_public);
  fare_json_writer_add_int (json, "port", self->port);
  fare_json_writer_add_boolean (json, "server_answers", self->server.is_tokenfare);
  fare_json_writer_add_strings (json, "changed", self->changed, self->n_changed);
  fare_json_writer_add_string (json, "error", self->error != NULL ? self->error->message : NULL);
  fare_json_writer_add_string (json, "remedy", self->remedy);
  fare_json_writer_end_object (json);
}

static void
print_state (FareTailscaleRun *self)
{
  g_autofree char *url = fare_tailscale_dup_url (&self->tailscale);

  if (!fare_tailscale_run_is_on (self))
    {
      if (self->tailscale.target == NULL)
        fare_print ("%s\n", _("Tailscale does not serve Tokenfare. “tokenfare tailscale on” has it do so."));
      else
        fare_print (_("Tailscale serves “%s” at %s, which is not Tokenfare.\n"),
                    self->tailscale.target, FARE_TAILSCALE_PATH);
      return;
    }

  fare_print (_("Your devices in the tailnet can read the figures at %s\n"), url);
  if (!fare_tailscale_run_is_allowed (self))
    fare_print ("%s\n", _("The server does not answer to that name yet: run “tokenfare tailscale on”."));
  if (self->tailscale.is_public)
    fare_print ("%s\n", _("Tailscale Funnel opens it to the whole internet! “tailscale funnel --https=443 "
                          "off” ends that."));
  if (!self->server.is_tokenfare)
    fare_print (_("Nothing answers at port %u now: run “tokenfare setup”, or “tokenfare serve”.\n"),
                self->port);
}

static void
print_result (FareTailscaleRun *self,
              const char       *verb)
{
  if (self->error == NULL)
    {
      if (g_str_equal (verb, "off"))
        fare_print ("%s\n", self->n_changed > 0 ? _("Tailscale no longer serves Tokenfare.")
                                                : _("Tailscale does not serve Tokenfare."));
      else
        print_state (self);
      return;
    }

  fare_print_message ("%s", self->error->message);
  if (self->remedy != NULL)
    fare_print_message (_("This helps: %s"), self->remedy);
}

static const struct
{
  const char *name;
  gboolean  (*run) (FareTailscaleRun *self);
} verbs[] = {
  { "on", fare_tailscale_run_switch_on },
  { "off", fare_tailscale_run_switch_off },
  { "status", fare_tailscale_run_look },
};

static FareExit
run_verb (guint    verb,
          guint    port,
          gboolean json)
{
  g_auto(FareTailscaleRun) request = { 0 };
  g_autoptr(FarePaths) paths = fare_paths_new ();

  if (json)
    setlocale (LC_MESSAGES, "C");
  fare_tailscale_run_init (&request, paths, port != 0 ? port : fare_port_get_wanted (paths));
  verbs[verb].run (&request);
  if (json)
    write_result (&request, verbs[verb].name);
  else
    print_result (&request, verbs[verb].name);

  return request.error == NULL ? FARE_EXIT_DONE : FARE_EXIT_FAILED;
}

static FareExit
run (const FareCommand  *self,
     const char * const *args)
{
  gboolean json = FALSE;
  g_autofree char *asked = NULL;
  guint port = 0;
  const GOptionEntry options[] = {
    { "port", 0, 0, G_OPTION_ARG_FILENAME, &asked, N_("Port of the server, if not that of the settings"),
      N_("N") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_("Print JSON"), NULL },
    G_OPTION_ENTRY_NULL
  };
  g_auto(GStrv) rest = NULL;
  const char *name = "status";
  FareExit status;

  if (!fare_command_parse (self, options, args, &rest, &status))
    return status;
  if (rest[0] != NULL && rest[1] != NULL)
    return fare_command_misused (self, _("“%s” is one word too many."), rest[1]);
  if (!fare_port_parse (asked, 1, &port))
    return fare_command_misused (self, _("A port is a number from 1 to 65535."));

  if (rest[0] != NULL)
    name = rest[0];
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    if (g_str_equal (verbs[i].name, name))
      return run_verb (i, port, json);

  return fare_command_misused (self, _("Tailscale cannot be switched “%s”."), name);
}

const FareCommand fare_command_tailscale = {
  .name = "tailscale",
  .summary = N_("Show the figures on your other devices, through Tailscale"),
  .usage = N_("[on|off|status]"),
  .details =
    N_("on       have Tailscale serve the page and the figures at /tokenfare, to your tailnet alone\n"
       "off      end that; what Tailscale serves besides stays\n"
       "status   tell the address\n"
       "\n"
       "Other devices can only read. Nothing is served to the internet: where Tailscale Funnel is on, "
       "“on” refuses."),
  .run = run,
};
