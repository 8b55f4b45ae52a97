/* fare-tailscale-switch.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "fare-tailscale-switch.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "base/fare-settings.h"
#include "fare-setup-file.h"

/* The setting that names what the server answers to. */
#define HOSTS "api-hosts"

void
fare_tailscale_run_clear (FareTailscaleRun *self)
{
  g_clear_object (&self->paths);
  g_clear_pointer (&self->target, g_free);
  fare_tailscale_clear (&self->tailscale);
  g_clear_pointer (&self->manifest, fare_setup_manifest_free);
  fare_port_clear (&self->server);
  g_clear_error (&self->error);
  g_clear_pointer (&self->remedy, g_free);
}

void
fare_tailscale_run_init (FareTailscaleRun *self,
                         FarePaths        *paths,
                         guint             port)
{
  *self = (FareTailscaleRun) {
    .paths = g_object_ref (paths), .port = port, .target = fare_tailscale_dup_target (port),
  };
}

static void
note_changed (FareTailscaleRun *self,
              const char *what)
{
  self->changed[self->n_changed++] = what;
}

/* Takes @error and looks for what helps. */
static gboolean
fail (FareTailscaleRun *self,
      GError *error)
{
  self->error = error;
  if (self->remedy == NULL)
    self->remedy = fare_tailscale_dup_remedy (error);

  return FALSE;
}

static gboolean
refuse (FareTailscaleRun *self,
        const char *format,
        ...) G_GNUC_PRINTF (2, 3);

static gboolean
refuse (FareTailscaleRun *self,
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

gboolean
fare_tailscale_run_is_allowed (const FareTailscaleRun *self)
{
  g_autoptr(FareSettings) settings = fare_settings_load (self->paths);
  g_auto(GStrv) hosts = fare_settings_dup_strv (settings, HOSTS);

  for (guint i = 0; hosts[i] != NULL; i++)
    if (g_ascii_strcasecmp (hosts[i], self->tailscale.host) == 0)
      return TRUE;

  return FALSE;
}

gboolean
fare_tailscale_run_is_on (const FareTailscaleRun *self)
{
  return self->is_known && g_strcmp0 (self->tailscale.target, self->target) == 0;
}

gboolean
fare_tailscale_run_look (FareTailscaleRun *self)
{
  GError *error = NULL;

  fare_port_ask (self->port, &self->server);
  if (!fare_tailscale_look (&self->tailscale, &error))
    return fail (self, error);

  self->is_known = TRUE;
  return TRUE;
}

static gboolean
load_manifest (FareTailscaleRun *self)
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
may_serve (FareTailscaleRun *self)
{
  if (self->server.is_open && !self->server.is_tokenfare)
    return refuse (self, _("Port %u is in use by another program, which would be served instead. "
                           "Nothing was changed."), self->port);
  if (self->tailscale.is_public)
    return refuse (self, _("Tailscale Funnel opens port %d of this computer to the whole internet, "
                           "where everybody could read your figures. Nothing was changed."),
                   FARE_TAILSCALE_PORT);
  /* Our own rule may be of another port, before that was changed. */
  if (self->tailscale.target != NULL && !fare_tailscale_run_is_on (self)
      && g_strcmp0 (self->tailscale.target, self->manifest->tailscale.target) != 0)
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
allow_host (FareTailscaleRun *self)
{
  g_autoptr(FareSettings) settings = fare_settings_load (self->paths);
  g_auto(GStrv) hosts = fare_settings_dup_strv (settings, HOSTS);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) all = NULL;
  GError *error = NULL;

  if (fare_tailscale_run_is_allowed (self))
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
note_rule (FareTailscaleRun *self)
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
save_manifest (FareTailscaleRun *self)
{
  GError *error = NULL;

  fare_setup_note_folders (self->manifest, fare_paths_get_index_file (self->paths));
  if (!fare_setup_manifest_save (self->manifest, self->paths, &error))
    return fail (self, error);

  return TRUE;
}

gboolean
fare_tailscale_run_switch_on (FareTailscaleRun *self)
{
  GError *error = NULL;

  if (!fare_tailscale_run_look (self) || !load_manifest (self) || !may_serve (self))
    return FALSE;

  if (!fare_tailscale_run_is_on (self))
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
  if (!fare_tailscale_run_look (self))
    return FALSE;

  return fare_tailscale_run_is_on (self) || refuse (self, _("Tailscale took the rule and does not serve it."));
}

static gboolean
close_manifest (FareTailscaleRun *self)
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
list_other_hosts (FareTailscaleRun *self,
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
forbid_host (FareTailscaleRun *self,
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
end_rule (FareTailscaleRun *self)
{
  GError *error = NULL;

  if (self->tailscale.target == NULL)
    return TRUE;
  if (!fare_tailscale_run_is_on (self) && g_strcmp0 (self->tailscale.target, self->manifest->tailscale.target) != 0)
    return refuse (self, _("Tailscale serves “%s” at %s, which is not Tokenfare. Nothing was changed."),
                   self->tailscale.target, FARE_TAILSCALE_PATH);
  if (!fare_tailscale_end (&error))
    return fail (self, error);

  g_clear_pointer (&self->tailscale.target, g_free);
  note_changed (self, "rule");
  return TRUE;
}

gboolean
fare_tailscale_run_switch_off (FareTailscaleRun *self)
{
  g_autofree char *host = NULL;

  if (!load_manifest (self) || !fare_tailscale_run_look (self) || !end_rule (self))
    return FALSE;

  host = g_strdup (self->manifest->tailscale.is_on ? self->manifest->tailscale.host
                                                   : self->tailscale.host);
  if (!forbid_host (self, host))
    return FALSE;

  self->manifest->tailscale.is_on = FALSE;
  return close_manifest (self);
}
