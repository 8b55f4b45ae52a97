/* fare-command-tailscale.c
 *
 * tokenfare tailscale: the page and the figures on the user's other devices, through Tailscale Serve.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <locale.h>

#include "base/fare-settings.h"
#include "fare-command.h"
#include "fare-json-writer.h"
#include "fare-port.h"
#include "fare-print.h"
#include "fare-setup-apply.h"
#include "fare-setup-file.h"
#include "fare-tailscale.h"

#define HOSTS "api-hosts"

/* One run of the command. */
typedef struct
{
  FarePaths         *paths;
  const char        *verb;
  gboolean           json;
  guint              port;      /* of our server */
  char              *target;    /* how it is called there */
  FareTailscale      tailscale;
  FareSetupManifest *manifest;
  FarePort           server;
  gboolean           is_known;  /* Tailscale has told */
  const char        *changed[3]; /* what this run has done, for programs */
  guint              n_changed;
  GError            *error;     /* (nullable) */
  char              *remedy;    /* (nullable): a command */
} Run;

static void
run_clear (Run *self)
{
  g_clear_object (&self->paths);
  g_clear_pointer (&self->target, g_free);
  fare_tailscale_clear (&self->tailscale);
  g_clear_pointer (&self->manifest, fare_setup_manifest_free);
  fare_port_clear (&self->server);
  g_clear_error (&self->error);
  g_clear_pointer (&self->remedy, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

static void
note_changed (Run        *self,
              const char *what)
{
  self->changed[self->n_changed++] = what;
}

/* Takes @error and looks for what helps. */
static gboolean
fail (Run    *self,
      GError *error)
{
  self->error = error;
  if (self->remedy == NULL)
    self->remedy = fare_tailscale_dup_remedy (error);

  return FALSE;
}

static gboolean
refuse (Run        *self,
        const char *format,
        ...) G_GNUC_PRINTF (2, 3);

static gboolean
refuse (Run        *self,
        const char *format,
        ...)
{
  va_list arguments;
  GError *error;

  va_start (arguments, format);
  error = g_error_new_valist (FARE_TAILSCALE_ERROR, FARE_TAILSCALE_ERROR_FAILED, format, arguments);
  va_end (arguments);

  return fail (self, error);
}

static gboolean
is_host_allowed (const Run *self)
{
  g_autoptr(FareSettings) settings = fare_settings_load (self->paths);
  g_auto(GStrv) hosts = fare_settings_dup_strv (settings, HOSTS);

  for (guint i = 0; hosts[i] != NULL; i++)
    if (g_ascii_strcasecmp (hosts[i], self->tailscale.host) == 0)
      return TRUE;

  return FALSE;
}

static gboolean
is_on (const Run *self)
{
  return self->is_known && g_strcmp0 (self->tailscale.target, self->target) == 0;
}

static gboolean
look (Run *self)
{
  GError *error = NULL;

  fare_port_ask (self->port, &self->server);
  if (!fare_tailscale_look (&self->tailscale, &error))
    return fail (self, error);

  self->is_known = TRUE;
  return TRUE;
}

static gboolean
load_manifest (Run *self)
{
  GError *error = NULL;

  self->manifest = fare_setup_manifest_load (self->paths, &error);
  if (error != NULL)
    return fail (self, error);
  if (self->manifest == NULL)
    self->manifest = fare_setup_manifest_new ();

  return TRUE;
}

/* What must not be served, and what must not be covered up. */
static gboolean
may_serve (Run *self)
{
  if (self->server.is_open && !self->server.is_tokenfare)
    return refuse (self, _("Port %u is in use by another program, which would be served instead. "
                           "Nothing was changed."), self->port);
  if (self->tailscale.is_public)
    return refuse (self, _("Tailscale Funnel opens port %d of this computer to the whole internet, "
                           "where everybody could read your figures. Nothing was changed."),
                   FARE_TAILSCALE_PORT);
  if (self->tailscale.target != NULL && !is_on (self))
    {
      self->remedy = g_strdup_printf ("tailscale serve --https=%d --set-path=%s off",
                                      FARE_TAILSCALE_PORT, FARE_TAILSCALE_PATH);
      return refuse (self, _("Tailscale already serves “%s” at %s. Nothing was changed."),
                     self->tailscale.target, FARE_TAILSCALE_PATH);
    }
  if (!self->tailscale.has_https)
    return refuse (self, _("This tailnet has no HTTPS certificates yet. Its owner can switch them on at "
                           "https://login.tailscale.com/admin/dns"));

  return TRUE;
}

static gboolean
allow_host (Run *self)
{
  g_autoptr(FareSettings) settings = fare_settings_load (self->paths);
  g_auto(GStrv) hosts = fare_settings_dup_strv (settings, HOSTS);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) all = NULL;
  GError *error = NULL;

  if (is_host_allowed (self))
    return TRUE;

  g_strv_builder_addv (builder, (const char **) hosts);
  g_strv_builder_add (builder, self->tailscale.host);
  all = g_strv_builder_end (builder);
  if (!fare_setup_change_setting (self->manifest, self->paths, HOSTS,
                                  g_variant_new_strv ((const char * const *) all, -1), &error))
    return fail (self, error);

  note_changed (self, HOSTS);
  return TRUE;
}

/* The rule is ours to take back only if we have made it. */
static void
note_rule (Run *self)
{
  FareSetupTailscale *ours = &self->manifest->tailscale;

  ours->is_on = TRUE;
  g_free (ours->host);
  g_free (ours->target);
  ours->host = g_strdup (self->tailscale.host);
  ours->target = g_strdup (self->target);
  note_changed (self, "rule");
}

static gboolean
save_manifest (Run *self)
{
  GError *error = NULL;

  fare_setup_note_folders (self->manifest, fare_paths_get_index_file (self->paths));
  if (!fare_setup_manifest_save (self->manifest, self->paths, &error))
    return fail (self, error);

  return TRUE;
}

static gboolean
switch_on (Run *self)
{
  GError *error = NULL;

  if (!look (self) || !may_serve (self) || !load_manifest (self))
    return FALSE;

  if (!is_on (self))
    {
      if (!fare_tailscale_serve (self->target, &error))
        return fail (self, error);
      note_rule (self);
    }
  /* The rule is remembered also where the setting cannot be written. */
  if (!allow_host (self) || self->n_changed > 0)
    {
      g_autoptr(GError) reason = g_steal_pointer (&self->error);
      gboolean is_saved = save_manifest (self);

      if (reason != NULL)
        {
          g_clear_error (&self->error);
          return fail (self, g_steal_pointer (&reason));
        }
      if (!is_saved)
        return FALSE;
    }

  /* Told is what is there, not what was wanted. */
  fare_tailscale_clear (&self->tailscale);
  fare_port_clear (&self->server);
  if (!look (self))
    return FALSE;

  return is_on (self) || refuse (self, _("Tailscale took the rule and does not serve it."));
}

static gboolean
close_manifest (Run *self)
{
  g_autofree char *path = fare_setup_manifest_dup_file (self->paths);

  if (!fare_setup_manifest_is_empty (self->manifest))
    return save_manifest (self);

  g_unlink (path);
  fare_setup_remove_folders (self->manifest);
  return TRUE;
}

static gboolean
has_other_keys (const FareSetupManifest *manifest)
{
  for (guint i = 0; i < manifest->keys->len; i++)
    if (!g_str_equal (manifest->keys->pdata[i], HOSTS))
      return TRUE;

  return FALSE;
}

/* The list without @host; NULL when nothing is left. */
static GVariant *
list_other_hosts (Run        *self,
                  const char *host)
{
  g_autoptr(FareSettings) settings = fare_settings_load (self->paths);
  g_auto(GStrv) hosts = fare_settings_dup_strv (settings, HOSTS);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) others = NULL;

  for (guint i = 0; hosts[i] != NULL; i++)
    if (g_ascii_strcasecmp (hosts[i], host) != 0)
      g_strv_builder_add (builder, hosts[i]);
  others = g_strv_builder_end (builder);

  return others[0] != NULL ? g_variant_new_strv ((const char * const *) others, -1) : NULL;
}

static void
forget_key (FareSetupManifest *manifest)
{
  for (guint i = manifest->keys->len; i > 0; i--)
    if (g_str_equal (manifest->keys->pdata[i - 1], HOSTS))
      g_ptr_array_remove_index (manifest->keys, i - 1);
  if (manifest->keys->len == 0)
    fare_setup_file_clear (&manifest->settings);
}

/* A name that somebody else has allowed stays allowed, and a file that nobody else has written since
 * is again what it was, byte by byte. */
static gboolean
forbid_host (Run        *self,
             const char *host)
{
  FareSetupManifest *manifest = self->manifest;
  GError *error = NULL;
  gboolean is_ours = FALSE, is_done;

  for (guint i = 0; i < manifest->keys->len; i++)
    is_ours |= g_str_equal (manifest->keys->pdata[i], HOSTS);
  if (!is_ours)
    return TRUE;

  if (!has_other_keys (manifest) && fare_setup_file_look (&manifest->settings) != FARE_FILE_CHANGED)
    is_done = fare_setup_restore_settings (manifest, self->paths, &error);
  else
    is_done = fare_setup_change_setting (manifest, self->paths, HOSTS, list_other_hosts (self, host),
                                         &error);
  if (!is_done)
    return fail (self, error);

  forget_key (manifest);
  note_changed (self, HOSTS);
  return TRUE;
}

static gboolean
end_rule (Run *self)
{
  GError *error = NULL;

  if (self->tailscale.target == NULL)
    return TRUE;
  if (!is_on (self) && g_strcmp0 (self->tailscale.target, self->manifest->tailscale.target) != 0)
    return refuse (self, _("Tailscale serves “%s” at %s, which is not Tokenfare. Nothing was changed."),
                   self->tailscale.target, FARE_TAILSCALE_PATH);
  if (!fare_tailscale_end (&error))
    return fail (self, error);

  g_clear_pointer (&self->tailscale.target, g_free);
  note_changed (self, "rule");
  return TRUE;
}

static gboolean
switch_off (Run *self)
{
  g_autofree char *host = NULL;

  if (!load_manifest (self) || !look (self) || !end_rule (self))
    return FALSE;

  host = g_strdup (self->manifest->tailscale.is_on ? self->manifest->tailscale.host
                                                   : self->tailscale.host);
  if (!forbid_host (self, host))
    return FALSE;

  self->manifest->tailscale.is_on = FALSE;
  return close_manifest (self);
}

static void
write_result (Run *self)
{
  g_autoptr(FareJsonWriter) json = fare_json_writer_new (FALSE);
  g_autofree char *url = is_on (self) ? fare_tailscale_dup_url (&self->tailscale) : NULL;

  fare_json_writer_begin_object (json, NULL);
  fare_json_writer_add_boolean (json, "ok", self->error == NULL);
  fare_json_writer_add_string (json, "action", "tailscale");
  fare_json_writer_add_string (json, "verb", self->verb);
  fare_json_writer_add_boolean (json, "on", is_on (self));
  fare_json_writer_add_string (json, "url", url);
  fare_json_writer_add_string (json, "host", self->tailscale.host);
  fare_json_writer_add_string (json, "target", self->tailscale.target);
  fare_json_writer_add_boolean (json, "host_allowed", self->is_known && is_host_allowed (self));
  fare_json_writer_add_boolean (json, "public", self->tailscale.is_public);
  fare_json_writer_add_int (json, "port", self->port);
  fare_json_writer_add_boolean (json, "server_answers", self->server.is_tokenfare);
  fare_json_writer_add_strings (json, "changed", self->changed, self->n_changed);
  fare_json_writer_add_string (json, "error", self->error != NULL ? self->error->message : NULL);
  fare_json_writer_add_string (json, "remedy", self->remedy);
  fare_json_writer_end_object (json);
}

static void
print_state (Run *self)
{
  g_autofree char *url = fare_tailscale_dup_url (&self->tailscale);

  if (!is_on (self))
    {
      if (self->tailscale.target == NULL)
        fare_print ("%s\n", _("Tailscale does not serve Tokenfare. “tokenfare tailscale on” has it do so."));
      else
        fare_print (_("Tailscale serves “%s” at %s, which is not Tokenfare.\n"),
                    self->tailscale.target, FARE_TAILSCALE_PATH);
      return;
    }

  fare_print (_("Your devices in the tailnet can read the figures at %s\n"), url);
  if (!is_host_allowed (self))
    fare_print ("%s\n", _("The server does not answer to that name yet: run “tokenfare tailscale on”."));
  if (self->tailscale.is_public)
    fare_print ("%s\n", _("Tailscale Funnel opens it to the whole internet! “tailscale funnel --https=443 "
                          "off” ends that."));
  if (!self->server.is_tokenfare)
    fare_print (_("Nothing answers at port %u now: run “tokenfare setup”, or “tokenfare serve”.\n"),
                self->port);
}

static void
print_result (Run *self)
{
  if (self->error == NULL)
    {
      if (g_str_equal (self->verb, "off"))
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
  gboolean  (*run) (Run *self);
} verbs[] = {
  { "on", switch_on },
  { "off", switch_off },
  { "status", look },
};

static FareExit
run (const FareCommand  *self,
     const char * const *args)
{
  g_auto(Run) request = { .verb = "status" };
  int port = G_MININT;
  const GOptionEntry options[] = {
    { "port", 0, 0, G_OPTION_ARG_INT, &port, N_("Port of the server, if not that of the settings"),
      N_("N") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &request.json, N_("Print JSON"), NULL },
    G_OPTION_ENTRY_NULL
  };
  g_auto(GStrv) rest = NULL;
  FareExit status;
  guint verb = 0;

  if (!fare_command_parse (self, options, args, &rest, &status))
    return status;
  if (rest[0] != NULL && rest[1] != NULL)
    return fare_command_misused (self, _("“%s” is one word too many."), rest[1]);
  if (port != G_MININT && (port < 1 || port > 65535))
    return fare_command_misused (self, _("A port is a number from 1 to 65535."));
  if (rest[0] != NULL)
    request.verb = rest[0];
  while (verb < G_N_ELEMENTS (verbs) && !g_str_equal (verbs[verb].name, request.verb))
    verb++;
  if (verb == G_N_ELEMENTS (verbs))
    return fare_command_misused (self, _("Tailscale cannot be switched “%s”."), request.verb);

  if (request.json)
    setlocale (LC_MESSAGES, "C");
  request.paths = fare_paths_new ();
  request.port = port != G_MININT ? (guint) port : fare_port_get_wanted (request.paths);
  request.target = fare_tailscale_dup_target (request.port);
  verbs[verb].run (&request);
  if (request.json)
    write_result (&request);
  else
    print_result (&request);

  return request.error == NULL ? FARE_EXIT_DONE : FARE_EXIT_FAILED;
}

const FareCommand fare_command_tailscale = {
  .name = "tailscale",
  .summary = N_("Shows the figures on your other devices, through Tailscale"),
  .usage = N_("[on|off|status]"),
  .details =
    N_("on       has Tailscale serve the page and the figures at /tokenfare, to your tailnet alone\n"
       "off      ends that; what Tailscale serves besides stays\n"
       "status   tells the address\n"
       "\n"
       "Other devices can only read. Nothing is served to the internet: where Tailscale Funnel is on, "
       "“on” refuses."),
  .run = run,
};
