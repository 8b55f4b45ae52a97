/* fare-doctor.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "doctor/fare-doctor-private.h"

static void
source_free (gpointer data)
{
  FareDoctorSource *self = data;

  g_strfreev (self->folders);
  g_strfreev (self->absent);
  g_strfreev (self->extra);
  g_free (self);
}

static void
failure_free (gpointer data)
{
  FareDoctorFailure *self = data;

  g_free (self->client);
  g_free (self->path);
  g_free (self->reason);
  g_free (self);
}

static void
issue_free (gpointer data)
{
  FareDoctorIssue *self = data;

  g_free (self->what);
  g_free (self->remedy);
  g_free (self);
}

FareDoctor *
fare_doctor_new (FarePaths *paths)
{
  FareDoctor *self = g_new0 (FareDoctor, 1);
  g_autoptr(FareSettings) settings = fare_settings_load (paths);
  g_autoptr(FareIndexReader) reader = NULL;

  self->paths = g_object_ref (paths);
  self->now_ms = g_get_real_time () / 1000;
  self->zone = g_time_zone_new_local ();
  self->sources = g_ptr_array_new_with_free_func (source_free);
  self->failures = g_ptr_array_new_with_free_func (failure_free);
  self->issues = g_ptr_array_new_with_free_func (issue_free);
  self->notes = g_ptr_array_new_with_free_func (issue_free);

  fare_doctor_look_at_places (self);
  fare_doctor_look_at_settings (self, settings);
  reader = fare_doctor_look_at_index (self);
  fare_doctor_look_at_sources (self, settings, reader);
  fare_doctor_look_at_prices (self, reader);
  fare_doctor_look_at_zone (self);
  fare_doctor_look_at_programs (self);
  fare_doctor_look_at_port (self);
  fare_doctor_look_at_desktop (self, settings);
  fare_doctor_look_at_line (self);
  fare_doctor_look_at_setup (self);
  fare_doctor_judge (self);

  return self;
}

static void
clear_prices (FareDoctorPrices *self)
{
  g_free (self->error);
  g_free (self->updated);
  g_strfreev (self->problems);
  g_clear_pointer (&self->unpriced, g_ptr_array_unref);
}

void
fare_doctor_free (FareDoctor *self)
{
  g_object_unref (self->paths);
  g_time_zone_unref (self->zone);
  fare_owner_clear (&self->owner);
  g_free (self->data.path);
  g_free (self->config.path);
  g_free (self->settings.path);
  g_strfreev (self->settings.problems);
  g_free (self->index.error);
  g_free (self->index.writer_name);
  clear_prices (&self->prices);
  g_free (self->time.variable);
  g_free (self->time.name);
  g_free (self->port.version);
  g_free (self->port.owner);
  g_free (self->desktop.unit_file);
  g_free (self->desktop.unit_active);
  g_free (self->line.path);
  g_free (self->line.command);
  g_free (self->setup.path);
  g_free (self->setup.error);
  g_ptr_array_unref (self->sources);
  g_ptr_array_unref (self->failures);
  g_ptr_array_unref (self->programs);
  g_ptr_array_unref (self->issues);
  g_ptr_array_unref (self->notes);
  g_free (self);
}
