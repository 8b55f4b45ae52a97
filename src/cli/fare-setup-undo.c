/* fare-setup-undo.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "base/fare-autostart.h"
#include "fare-setup-apply.h"
#include "fare-setup-file.h"
#include "fare-tailscale.h"

static gboolean
stop (const FareSetupService  *service,
      GError                 **error)
{
  if (!service->was_enabled)
    return fare_user_unit_call ("disable", service->was_active ? NULL : "--now", service->unit, error);
  if (!service->was_active)
    return fare_user_unit_call ("stop", NULL, service->unit, error);

  return TRUE;
}

gboolean
fare_setup_undo_service (FareSetupManifest  *manifest,
                         GError            **error)
{
  FareSetupService *service = &manifest->service;
  g_auto(FareUserUnit) unit = { 0 };

  if (!service->is_on)
    return TRUE;
  if (!stop (service, error))
    return FALSE;

  fare_user_unit_look (&unit);
  if ((fare_user_unit_is_active (&unit) && !service->was_active)
      || (fare_user_unit_is_enabled (&unit) && !service->was_enabled))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _("%s is still switched on."), service->unit);
      return FALSE;
    }

  service->is_on = FALSE;
  return TRUE;
}

gboolean
fare_setup_undo_tray (FareSetupManifest  *manifest,
                      FarePaths          *paths,
                      gboolean           *was_ours,
                      GError            **error)
{
  FareSetupFile *entry = &manifest->tray.entry;
  FareFileFate fate;

  *was_ours = TRUE;
  if (!manifest->tray.is_on)
    return TRUE;

  fate = fare_setup_file_look (entry);
  *was_ours = fate == FARE_FILE_UNCHANGED
              || (fate == FARE_FILE_CHANGED && !fare_autostart_is_foreign (paths));
  if (*was_ours && !fare_setup_file_restore (entry, error))
    return FALSE;

  manifest->tray.is_on = FALSE;
  fare_setup_file_clear (entry);
  return TRUE;
}

gboolean
fare_setup_undo_statusline (FareSetupManifest  *manifest,
                            FarePaths          *paths,
                            gboolean           *was_ours,
                            GError            **error)
{
  *was_ours = TRUE;
  if (!manifest->statusline.is_on)
    return TRUE;
  if (!fare_statusline_give_back (paths, was_ours, error))
    return FALSE;

  manifest->statusline.is_on = FALSE;
  return TRUE;
}

gboolean
fare_setup_undo_tailscale (FareSetupManifest  *manifest,
                           gboolean           *was_ours,
                           GError            **error)
{
  FareSetupTailscale *ours = &manifest->tailscale;
  g_auto(FareTailscale) now = { NULL };
  g_autoptr(GError) reason = NULL;

  *was_ours = TRUE;
  if (!ours->is_on)
    return TRUE;

  if (fare_tailscale_look (&now, &reason))
    {
      *was_ours = now.target == NULL || g_str_equal (now.target, ours->target);
      if (now.target != NULL && *was_ours && !fare_tailscale_end (error))
        return FALSE;
    }
  else if (!g_error_matches (reason, FARE_TAILSCALE_ERROR, FARE_TAILSCALE_ERROR_MISSING))
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return FALSE;
    }

  ours->is_on = FALSE;
  g_clear_pointer (&ours->host, g_free);
  g_clear_pointer (&ours->target, g_free);
  return TRUE;
}
