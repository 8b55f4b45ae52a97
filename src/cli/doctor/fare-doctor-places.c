/* fare-doctor-places.c
 *
 * Folders that we write to, the time zone, and what setup has left.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "doctor/fare-doctor-private.h"

#include <sys/statvfs.h>
#include <unistd.h>

#include "base/fare-autostart.h"
#include "fare-setup-manifest.h"

/* The folder itself, or the nearest one above it that is there. */
static char *
find_existing (const char *path)
{
  char *folder = g_strdup (path);

  while (!g_file_test (folder, G_FILE_TEST_EXISTS) && !g_str_equal (folder, "/")
         && !g_str_equal (folder, "."))
    {
      char *parent = g_path_get_dirname (folder);

      g_free (folder);
      folder = parent;
    }

  return folder;
}

static void
look_at_place (FareDoctorPlace *place,
               const char      *path)
{
  g_autofree char *existing = find_existing (path);
  struct statvfs disk;

  place->path = g_strdup (path);
  place->exists = g_str_equal (existing, path);
  place->is_writable = g_file_test (existing, G_FILE_TEST_IS_DIR)
                       && access (existing, W_OK | X_OK) == 0;
  place->free_bytes = FARE_DOCTOR_UNKNOWN;
  if (statvfs (existing, &disk) == 0)
    {
      place->free_bytes = (gint64) disk.f_bavail * (gint64) disk.f_frsize;
      place->is_writable &= (disk.f_flag & ST_RDONLY) == 0;
    }
}

void
fare_doctor_look_at_places (FareDoctor *self)
{
  g_autofree char *config = g_path_get_dirname (fare_paths_get_settings_file (self->paths));

  self->has_home = g_file_test (fare_paths_get_home (self->paths), G_FILE_TEST_IS_DIR);
  fare_owner_find (self->paths, &self->owner);
  look_at_place (&self->data, fare_paths_get_data_dir (self->paths));
  look_at_place (&self->config, config);
}

void
fare_doctor_look_at_zone (FareDoctor *self)
{
  const char *variable = fare_paths_get_env (self->paths, "TZ");
  const char *name;
  gint64 now_s = self->now_ms / 1000;
  int interval = g_time_zone_find_interval (self->zone, G_TIME_TYPE_UNIVERSAL, now_s);

  self->time.variable = g_strdup (variable);
  self->time.is_valid = TRUE;
  if (variable != NULL)
    {
      /* The C library lets a colon stand in front. */
      g_autoptr(GTimeZone) named = g_time_zone_new_identifier (variable + (*variable == ':'));

      self->time.is_valid = named != NULL;
    }
  name = g_time_zone_get_identifier (self->zone);
  self->time.name = g_strdup (name + (*name == ':'));
  self->time.offset_s = g_time_zone_get_offset (self->zone, interval);
}

void
fare_doctor_look_at_setup (FareDoctor *self)
{
  FareDoctorSetup *setup = &self->setup;
  g_autoptr(GError) error = NULL;
  g_autoptr(FareSetupManifest) manifest = fare_setup_manifest_load (self->paths, &error);

  setup->path = fare_setup_manifest_dup_file (self->paths);
  setup->exists = manifest != NULL || error != NULL;
  setup->error = error != NULL ? g_strdup (error->message) : NULL;
  if (manifest == NULL)
    return;

  setup->has_service = manifest->service.is_on;
  setup->has_tray = manifest->tray.is_on;
  setup->has_line = manifest->statusline.is_on;
  setup->has_tailscale = manifest->tailscale.is_on;
  setup->is_tray_off = setup->has_tray && !fare_autostart_is_enabled (self->paths);
}
