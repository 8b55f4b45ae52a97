/* fare-notify.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "fare-notify.h"

#define SERVICE "org.freedesktop.Notifications"

/* A notification that waits for the service. */
typedef struct
{
  GApplication  *application;
  char          *id;
  GNotification *notification;
} Parcel;

static void
parcel_free (Parcel *self)
{
  g_object_unref (self->application);
  g_free (self->id);
  g_object_unref (self->notification);
  g_free (self);
}

static void
reached_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  Parcel *parcel = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (object), result,
                                                             &error);

  /* A service that does not know the question is there as well. */
  if (reply != NULL || !g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN))
    g_application_send_notification (parcel->application, parcel->id, parcel->notification);
  else
    g_debug ("No notifications: %s", error->message);

  parcel_free (parcel);
}

static void
send_when_reached (GDBusConnection *bus,
                   GApplication    *application,
                   const char      *id,
                   GNotification   *notification)
{
  Parcel *parcel = g_new0 (Parcel, 1);

  parcel->application = g_object_ref (application);
  parcel->id = g_strdup (id);
  parcel->notification = g_object_ref (notification);
  g_dbus_connection_call (bus, SERVICE, "/org/freedesktop/Notifications",
                          "org.freedesktop.DBus.Peer", "Ping", NULL, NULL, G_DBUS_CALL_FLAGS_NONE,
                          -1, NULL, reached_cb, parcel);
}

void
fare_notify_send (GApplication  *application,
                  const char    *id,
                  GNotification *notification)
{
  GDBusConnection *bus = g_application_get_dbus_connection (application);

  /* In a sandbox the portal takes them, and the service cannot be seen. */
  if (g_getenv ("FLATPAK_ID") != NULL)
    g_application_send_notification (application, id, notification);
  else if (bus != NULL)
    send_when_reached (bus, application, id, notification);
}
