/* fare-doctor-desktop.c
 *
 * What the session bus tells: whether a panel shows tray icons, and whether systemd runs our server.
 * Starts neither a bus nor anything on it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "doctor/fare-doctor-private.h"

#include "fare-user-unit.h"

#define WATCHER      "org.kde.StatusNotifierWatcher"
#define WATCHER_PATH "/StatusNotifierWatcher"

/* For everything on the bus together, and for one question. */
#define DEADLINE_US (1500 * 1000)
#define CALL_MS 500

/* Ends a wait that the bus itself would not end. */
typedef struct
{
  GCancellable *stop;
  GThread      *thread;
  GMutex        mutex;
  GCond         cond;
  gboolean      is_over;
} Deadline;

static gpointer
deadline_run (gpointer user_data)
{
  Deadline *self = user_data;
  gint64 end_us = g_get_monotonic_time () + DEADLINE_US;

  g_mutex_lock (&self->mutex);
  while (!self->is_over && g_cond_wait_until (&self->cond, &self->mutex, end_us))
    ;
  g_mutex_unlock (&self->mutex);
  g_cancellable_cancel (self->stop);
  return NULL;
}

static void
deadline_begin (Deadline *self)
{
  self->is_over = FALSE;
  self->stop = g_cancellable_new ();
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  self->thread = g_thread_new ("deadline", deadline_run, self);
}

static void
deadline_end (Deadline *self)
{
  g_mutex_lock (&self->mutex);
  self->is_over = TRUE;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
  g_thread_join (self->thread);
  g_cond_clear (&self->cond);
  g_mutex_clear (&self->mutex);
  g_clear_object (&self->stop);
}

/* As the environment says, else where the user's systemd puts it.  Never one that would be started
 * because somebody asks for it. */
static char *
find_address (FarePaths *paths)
{
  const char *address = fare_paths_get_env (paths, "DBUS_SESSION_BUS_ADDRESS");
  const char *runtime = fare_paths_get_env (paths, "XDG_RUNTIME_DIR");
  g_autofree char *socket = NULL;
  g_autofree char *escaped = NULL;

  if (address != NULL)
    return g_str_has_prefix (address, "autolaunch:") ? NULL : g_strdup (address);
  if (runtime == NULL)
    return NULL;

  socket = g_build_filename (runtime, "bus", NULL);
  if (!g_file_test (socket, G_FILE_TEST_EXISTS))
    return NULL;
  escaped = g_dbus_address_escape_value (socket);
  return g_strconcat ("unix:path=", escaped, NULL);
}

static GVariant *
call (GDBusConnection    *bus,
      const char         *name,
      const char         *path,
      const char         *interface,
      const char         *method,
      GVariant           *arguments,
      const GVariantType *type,
      GCancellable       *stop)
{
  return g_dbus_connection_call_sync (bus, name, path, interface, method, arguments, type,
                                      G_DBUS_CALL_FLAGS_NO_AUTO_START, CALL_MS, stop, NULL);
}

static gboolean
has_owner (GDBusConnection *bus,
           const char      *name,
           GCancellable    *stop)
{
  g_autoptr(GVariant) reply = call (bus, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                    "org.freedesktop.DBus", "NameHasOwner",
                                    g_variant_new ("(s)", name), G_VARIANT_TYPE ("(b)"), stop);
  gboolean has = FALSE;

  if (reply != NULL)
    g_variant_get (reply, "(b)", &has);

  return has;
}

static GVariant *
get_property (GDBusConnection *bus,
              const char      *name,
              const char      *path,
              const char      *interface,
              const char      *property,
              GCancellable    *stop)
{
  g_autoptr(GVariant) reply = call (bus, name, path, "org.freedesktop.DBus.Properties", "Get",
                                    g_variant_new ("(ss)", interface, property),
                                    G_VARIANT_TYPE ("(v)"), stop);
  GVariant *value = NULL;

  if (reply != NULL)
    g_variant_get (reply, "(v)", &value);

  return value;
}

static void
look_at_tray (FareDoctorDesktop *desktop,
              GDBusConnection   *bus,
              GCancellable      *stop)
{
  g_autoptr(GVariant) value = NULL;

  desktop->has_watcher = has_owner (bus, WATCHER, stop);
  if (!desktop->has_watcher)
    return;

  value = get_property (bus, WATCHER, WATCHER_PATH, WATCHER, "IsStatusNotifierHostRegistered", stop);
  desktop->has_host = value != NULL && g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN)
                      && g_variant_get_boolean (value);
}

static void
look_at_unit (FareDoctorDesktop *desktop)
{
  g_auto(FareUserUnit) unit = { 0 };

  fare_user_unit_look (&unit);
  desktop->has_systemd = unit.has_session;
  if (!unit.has_session || *unit.file_state == '\0')
    return;

  desktop->unit_file = g_strdup (unit.file_state);
  desktop->unit_active = g_strdup (unit.active);
}

void
fare_doctor_look_at_desktop (FareDoctor   *self,
                             FareSettings *settings)
{
  g_autofree char *address = find_address (self->paths);
  g_autoptr(GDBusConnection) bus = NULL;
  Deadline deadline;

  self->desktop.wants_tray = fare_settings_get_boolean (settings, "tray-enabled", TRUE);
  if (address == NULL)
    {
      look_at_unit (&self->desktop);
      return;
    }

  deadline_begin (&deadline);
  bus = g_dbus_connection_new_for_address_sync (address,
                                                G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
                                                | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                                NULL, deadline.stop, NULL);
  self->desktop.has_bus = bus != NULL;
  if (bus != NULL)
    {
      look_at_tray (&self->desktop, bus, deadline.stop);
      g_dbus_connection_close_sync (bus, deadline.stop, NULL);
    }
  deadline_end (&deadline);

  /* systemctl would wait for long where the bus does not answer. */
  if (self->desktop.has_bus)
    look_at_unit (&self->desktop);
}
