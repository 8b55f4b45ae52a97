/* fare-window-remote.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "fare-window-remote.h"

#define OBJECT_PATH "/io/github/tokenfare/Tokenfare"
#define INTERFACE   "org.freedesktop.Application"
#define PROGRAM     "tokenfare-app"

/* Not installed, no bus knows how to start the program, but the shell's path may. */
static void
spawn (void)
{
  const char * const argv[] = { PROGRAM, NULL };
  g_autoptr(GError) error = NULL;

  if (!g_spawn_async (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, &error))
    g_message ("%s", error->message);
}

static void
called_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (object), result,
                                                             &error);

  if (reply != NULL)
    return;
  if (g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN))
    spawn ();
  else
    g_message ("%s", error->message);
}

/* @fallback: what to do when nobody is there. */
static void
call (GDBusConnection     *bus,
      const char          *method,
      GVariant            *arguments,
      GDBusCallFlags       flags,
      GAsyncReadyCallback  fallback)
{
  g_dbus_connection_call (bus, FARE_WINDOW_NAME, OBJECT_PATH, INTERFACE, method, arguments, NULL,
                          flags, -1, NULL, fallback, NULL);
}

static GVariant *
pack_action (const char *action,
             GVariant   *parameter)
{
  GVariantBuilder parameters = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("av"));

  if (parameter != NULL)
    g_variant_builder_add (&parameters, "v", parameter);

  return g_variant_new ("(sava{sv})", action, &parameters, NULL);
}

void
fare_window_remote_activate (GDBusConnection *bus)
{
  g_return_if_fail (G_IS_DBUS_CONNECTION (bus));

  call (bus, "Activate", g_variant_new ("(a{sv})", NULL), G_DBUS_CALL_FLAGS_NONE, called_cb);
}

void
fare_window_remote_activate_action (GDBusConnection *bus,
                                    const char      *action,
                                    GVariant        *parameter)
{
  g_return_if_fail (G_IS_DBUS_CONNECTION (bus));

  call (bus, "ActivateAction", pack_action (action, parameter), G_DBUS_CALL_FLAGS_NONE, called_cb);
}

void
fare_window_remote_tell (GDBusConnection *bus,
                         const char      *action)
{
  g_return_if_fail (G_IS_DBUS_CONNECTION (bus));

  call (bus, "ActivateAction", pack_action (action, NULL), G_DBUS_CALL_FLAGS_NO_AUTO_START, NULL);
}
