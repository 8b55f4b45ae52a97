/* fare-setup-apply.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "fare-setup-apply.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "base/fare-autostart.h"
#include "fare-port.h"
#include "fare-setup-file.h"

/* How long a server may take until it answers, and how often it is asked meanwhile. */
#define PATIENCE_MS 20000
#define PAUSE_MS 100

/* Whether systemd runs it and it answers as ours. */
static gboolean
wait_for_server (guint    port,
                 GError **error)
{
  for (guint waited = 0; waited < PATIENCE_MS; waited += PAUSE_MS)
    {
      g_auto(FareUserUnit) unit = { 0 };
      g_auto(FarePort) present = { 0 };

      fare_port_ask (port, &present);
      fare_user_unit_look (&unit);
      if (present.is_tokenfare && fare_user_unit_is_active (&unit))
        return TRUE;
      if (g_strcmp0 (unit.active, "failed") == 0)
        break;
      g_usleep (PAUSE_MS * 1000);
    }

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
               _("The server does not answer on port %u. “journalctl --user -u tokenfare.service” tells "
                 "more."), port);
  return FALSE;
}

/* Where a unit is enabled, systemd makes these folders. */
static void
note_unit_folders (FareSetupManifest *manifest,
                   FarePaths         *paths)
{
  const char *home = fare_paths_get_env (paths, "XDG_CONFIG_HOME");
  g_autofree char *path =
    home != NULL && g_path_is_absolute (home)
    ? g_build_filename (home, "systemd/user/default.target.wants", FARE_SETUP_UNIT, NULL)
    : g_build_filename (fare_paths_get_home (paths), ".config/systemd/user/default.target.wants",
                        FARE_SETUP_UNIT, NULL);

  fare_setup_note_folders (manifest, path);
}

static gboolean
start (const FareSetupPlan  *plan,
       GError              **error)
{
  gboolean was_active = fare_user_unit_is_active (&plan->unit);
  const char *unit = plan->is_linked ? plan->parts[FARE_PART_SERVICE].path : FARE_SETUP_UNIT;

  if (!fare_user_unit_call ("enable", "--now", unit, error))
    return FALSE;
  /* A running server has read its port long ago, or does not answer. */
  if (was_active && !fare_user_unit_call ("restart", NULL, FARE_SETUP_UNIT, error))
    return FALSE;

  return wait_for_server (plan->port, error);
}

static void
take_down_service (FareSetupManifest   *manifest,
                   const FareSetupPlan *plan)
{
  FareSetupService *service = &manifest->service;

  /* What was before the first setup is what uninstall goes back to. */
  if (!service->is_on)
    {
      service->was_enabled = fare_user_unit_is_enabled (&plan->unit);
      service->was_active = fare_user_unit_is_active (&plan->unit);
      service->is_linked = plan->is_linked;
    }
  g_free (service->unit);
  g_free (service->path);
  service->is_on = TRUE;
  service->unit = g_strdup (FARE_SETUP_UNIT);
  service->path = g_strdup (plan->parts[FARE_PART_SERVICE].path);
  service->port = plan->port;
}

/* What an earlier setup has changed stays changed. */
static void
roll_back_service (const FareSetupPlan *plan,
                   FareSetupManifest   *manifest,
                   gboolean             had_settings)
{
  fare_setup_undo_service (manifest, NULL);
  if (!had_settings)
    fare_setup_restore_settings (manifest, plan->paths, NULL);
  else if (plan->port != plan->port_before)
    fare_setup_change_setting (manifest, plan->paths, "api-port",
                               g_variant_new_uint32 (plan->port_before), NULL);
}

static gboolean
apply_service (FareSetupPlan      *plan,
               FareSetupManifest  *manifest,
               GError            **error)
{
  gboolean was_on = manifest->service.is_on;
  gboolean had_settings = manifest->settings.path != NULL;

  note_unit_folders (manifest, plan->paths);
  if (plan->port != plan->port_before
      && !fare_setup_change_setting (manifest, plan->paths, "api-port",
                                     g_variant_new_uint32 (plan->port), error))
    return FALSE;

  take_down_service (manifest, plan);
  if (!fare_setup_manifest_save (manifest, plan->paths, error))
    return FALSE;
  if (start (plan, error))
    return TRUE;

  if (!was_on)
    roll_back_service (plan, manifest, had_settings);
  return FALSE;
}

static gboolean
apply_tray (FareSetupPlan      *plan,
            FareSetupManifest  *manifest,
            GError            **error)
{
  FareSetupFile *entry = &manifest->tray.entry;
  gboolean was_on = manifest->tray.is_on;
  const char *path = plan->parts[FARE_PART_TRAY].path;

  fare_setup_note_folders (manifest, path);
  if (!was_on || plan->parts[FARE_PART_TRAY].replaces)
    {
      fare_setup_file_clear (entry);
      if (!fare_setup_file_note (entry, path, error))
        return FALSE;
    }
  if (plan->parts[FARE_PART_TRAY].replaces)
    g_unlink (path);

  if (!fare_autostart_set_enabled (plan->paths, TRUE, error)
      || !fare_setup_change_setting (manifest, plan->paths, "autostart", g_variant_new_boolean (TRUE),
                                     error))
    {
      if (!was_on)
        {
          fare_setup_file_restore (entry, NULL);
          fare_setup_file_clear (entry);
        }
      return FALSE;
    }

  fare_setup_file_seal (entry);
  manifest->tray.is_on = TRUE;
  return TRUE;
}

static gboolean
apply_statusline (FareSetupPlan      *plan,
                  FareSetupManifest  *manifest,
                  GError            **error)
{
  FareSetupStatusline *statusline = &manifest->statusline;

  fare_setup_note_folders (manifest, plan->parts[FARE_PART_STATUSLINE].path);
  if (!fare_statusline_claim (plan->paths, plan->command, error))
    return FALSE;

  g_free (statusline->path);
  g_free (statusline->command);
  g_free (statusline->before);
  statusline->path = g_strdup (plan->parts[FARE_PART_STATUSLINE].path);
  statusline->command = g_strdup (plan->command);
  statusline->before = g_strdup (plan->line_before);
  statusline->is_on = TRUE;
  return TRUE;
}

typedef gboolean (*ApplyFunc) (FareSetupPlan      *plan,
                               FareSetupManifest  *manifest,
                               GError            **error);

static void
apply_part (FareSetupPlan     *plan,
            FarePart           part,
            FareSetupManifest *manifest)
{
  static const ApplyFunc funcs[] = { apply_service, apply_tray, apply_statusline };
  g_autoptr(GError) error = NULL;

  if (plan->parts[part].state != FARE_PART_TO_DO)
    return;

  if (funcs[part] (plan, manifest, &error) && fare_setup_manifest_save (manifest, plan->paths, &error))
    plan->parts[part].state = FARE_PART_DONE;
  else
    fare_part_plan_set (&plan->parts[part], FARE_PART_FAILED, "failed", g_strdup (error->message));
}

/* A damaged manifest tells nothing that could be kept. */
static FareSetupManifest *
load_manifest (FareSetupPlan  *plan,
               GError        **error)
{
  g_autoptr(GError) reason = NULL;
  FareSetupManifest *manifest = fare_setup_manifest_load (plan->paths, &reason);

  if (manifest != NULL)
    return manifest;
  if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_INVALID_DATA))
    fare_setup_plan_note (plan, "manifest-damaged", g_strdup (reason->message));
  else if (reason != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return NULL;
    }

  return fare_setup_manifest_new ();
}

gboolean
fare_setup_apply (FareSetupPlan *plan)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(FareSetupManifest) manifest = load_manifest (plan, &error);
  g_autofree char *path = fare_setup_manifest_dup_file (plan->paths);

  if (manifest == NULL)
    {
      for (guint i = 0; i < FARE_N_PARTS; i++)
        if (plan->parts[i].state == FARE_PART_TO_DO)
          fare_part_plan_set (&plan->parts[i], FARE_PART_FAILED, "manifest", g_strdup (error->message));
      return FALSE;
    }

  fare_setup_note_folders (manifest, path);
  for (FarePart part = 0; part < FARE_N_PARTS; part++)
    apply_part (plan, part, manifest);

  if (fare_setup_manifest_is_empty (manifest))
    {
      g_unlink (path);
      fare_setup_remove_folders (manifest);
    }

  return !fare_setup_plan_has (plan, FARE_PART_FAILED);
}
