/* fare-background.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "fare-background.h"

#include <glib/gi18n.h>

#include "base/fare-autostart.h"
#include "fare-background-portal.h"
#include "fare-notify.h"
#include "fare-window-remote.h"

#define NOTICE "background"

/* In "dismissed-hints", once the notice was shown. */
#define HINT "background"

struct _FareBackground
{
  GtkApplication  *application; /* (not owned) */
  FarePaths       *paths;
  FarePreferences *preferences;
  gboolean         is_held;
};

static GSettings *
get_settings (FareBackground *self)
{
  return fare_preferences_get_settings (self->preferences);
}

static GDBusConnection *
get_bus (FareBackground *self)
{
  return g_application_get_dbus_connection (G_APPLICATION (self->application));
}

static gboolean
has_window (FareBackground *self)
{
  return gtk_application_get_windows (self->application) != NULL;
}

/* Where it is not installed, there is no icon, and that is all. */
static void
start_tray (FareBackground *self)
{
  GDBusConnection *bus = get_bus (self);

  if (bus == NULL || !has_window (self)
      || !g_settings_get_boolean (get_settings (self), "tray-enabled"))
    return;

  g_dbus_connection_call (bus, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                          "org.freedesktop.DBus", "StartServiceByName",
                          g_variant_new ("(su)", FARE_TRAY_NAME, 0), NULL, G_DBUS_CALL_FLAGS_NONE,
                          -1, NULL, NULL, NULL);
}

/* The first time only. */
static void
tell (FareBackground *self)
{
  g_auto(GStrv) hints = g_settings_get_strv (get_settings (self), "dismissed-hints");
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) more = NULL;
  g_autoptr(GNotification) notification = NULL;
  g_autoptr(GIcon) icon = g_themed_icon_new (APP_ID);

  if (g_strv_contains ((const char * const *) hints, HINT))
    return;

  g_strv_builder_addv (builder, (const char **) hints);
  g_strv_builder_add (builder, HINT);
  more = g_strv_builder_end (builder);
  g_settings_set_strv (get_settings (self), "dismissed-hints", (const char * const *) more);

  notification = g_notification_new (_("Tokenfare keeps counting in the background"));
  g_notification_set_icon (notification, icon);
  g_notification_add_button (notification, _("Quit"), "app.quit");
  g_notification_add_button (notification, _("Preferences"), "app.preferences");
  fare_notify_send (G_APPLICATION (self->application), NOTICE, notification);
}

static void
hold (FareBackground *self)
{
  GDBusConnection *bus = get_bus (self);

  if (self->is_held)
    return;

  self->is_held = TRUE;
  g_application_hold (G_APPLICATION (self->application));
  if (bus != NULL)
    fare_background_portal_request (self->paths, bus, g_settings_get_boolean (get_settings (self),
                                                                       "autostart"));
  tell (self);
}

static void
release (FareBackground *self)
{
  if (!self->is_held)
    return;

  self->is_held = FALSE;
  g_application_release (G_APPLICATION (self->application));
}

static void
window_added_cb (FareBackground *self)
{
  release (self);
  start_tray (self);
}

/* Comes before the application lets go of the program for want of windows. */
static void
window_removed_cb (FareBackground *self)
{
  if (!has_window (self) && g_settings_get_boolean (get_settings (self), "run-in-background"))
    hold (self);
}

static void
background_changed_cb (FareBackground *self)
{
  if (!g_settings_get_boolean (get_settings (self), "run-in-background"))
    release (self);
}

static void
autostart_changed_cb (FareBackground *self)
{
  gboolean enabled = g_settings_get_boolean (get_settings (self), "autostart");
  GDBusConnection *bus = get_bus (self);
  g_autoptr(GError) error = NULL;

  if (bus != NULL && fare_background_portal_is_needed (self->paths))
    fare_background_portal_request (self->paths, bus, enabled);
  else if (!fare_autostart_set_enabled (self->paths, enabled, &error))
    g_message ("%s", error->message);
}

/* The desktop's own tools and "tokenfare setup" change the entry too: what it says holds. */
static void
take_autostart (FareBackground *self)
{
  GSettings *settings = get_settings (self);
  gboolean is_enabled = fare_autostart_is_enabled (self->paths);

  if (!fare_background_portal_is_needed (self->paths)
      && is_enabled != g_settings_get_boolean (settings, "autostart"))
    g_settings_set_boolean (settings, "autostart", is_enabled);
}

FareBackground *
fare_background_new (GtkApplication  *application,
                     FarePaths       *paths,
                     FarePreferences *preferences)
{
  FareBackground *self = g_new0 (FareBackground, 1);
  GSettings *settings = fare_preferences_get_settings (preferences);

  self->application = application;
  self->paths = g_object_ref (paths);
  self->preferences = g_object_ref (preferences);
  take_autostart (self);
  g_signal_connect_data (application, "window-added", G_CALLBACK (window_added_cb), self, NULL,
                         G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_data (application, "window-removed", G_CALLBACK (window_removed_cb), self, NULL,
                         G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_swapped (settings, "changed::run-in-background",
                            G_CALLBACK (background_changed_cb), self);
  g_signal_connect_swapped (settings, "changed::autostart", G_CALLBACK (autostart_changed_cb), self);
  g_signal_connect_swapped (settings, "changed::tray-enabled", G_CALLBACK (start_tray), self);

  return self;
}

void
fare_background_free (FareBackground *self)
{
  g_signal_handlers_disconnect_by_data (self->application, self);
  g_signal_handlers_disconnect_by_data (get_settings (self), self);
  g_object_unref (self->paths);
  g_object_unref (self->preferences);
  g_free (self);
}
