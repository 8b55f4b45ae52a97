/* fare-background-portal.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "fare-background-portal.h"

#include <glib/gi18n.h>

#define NAME      "org.freedesktop.portal.Desktop"
#define PATH      "/org/freedesktop/portal/desktop"
#define INTERFACE "org.freedesktop.portal.Background"

/* What the portal takes. */
#define MAX_CHARACTERS 96

gboolean
fare_background_portal_is_needed (FarePaths *paths)
{
  return fare_paths_get_env (paths, "FLATPAK_ID") != NULL;
}

static void
called_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (object), result,
                                                             &error);

  if (reply == NULL)
    g_debug ("The background portal: %s", error->message);
}

static void
call (GDBusConnection *bus,
      const char      *method,
      GVariant        *arguments)
{
  g_dbus_connection_call (bus, NAME, PATH, INTERFACE, method, arguments, NULL,
                          G_DBUS_CALL_FLAGS_NONE, -1, NULL, called_cb, NULL);
}

void
fare_background_portal_request (FarePaths       *paths,
                                GDBusConnection *bus,
                                gboolean         autostart)
{
  const char * const command[] = { "tokenfare-tray", NULL };
  GVariantDict options;

  if (!fare_background_portal_is_needed (paths))
    return;

  g_variant_dict_init (&options, NULL);
  g_variant_dict_insert (&options, "reason", "s", _("Tokenfare counts what coding agents use."));
  g_variant_dict_insert (&options, "autostart", "b", autostart);
  g_variant_dict_insert (&options, "commandline", "^as", command);
  call (bus, "RequestBackground", g_variant_new ("(s@a{sv})", "", g_variant_dict_end (&options)));
}

void
fare_background_portal_set_status (FarePaths       *paths,
                                   GDBusConnection *bus,
                                   const char      *text)
{
  g_autofree char *shown = NULL;
  GVariantDict options;

  if (!fare_background_portal_is_needed (paths))
    return;

  shown = g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), MAX_CHARACTERS));
  g_variant_dict_init (&options, NULL);
  g_variant_dict_insert (&options, "message", "s", shown);
  call (bus, "SetStatus", g_variant_new ("(@a{sv})", g_variant_dict_end (&options)));
}
