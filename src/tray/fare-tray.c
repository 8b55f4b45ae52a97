/* fare-tray.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "fare-tray.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <malloc.h>
#include <signal.h>

#include "base/fare-currency.h"
#include "fare-alerts.h"
#include "fare-tray-icon.h"
#include "fare-window-remote.h"
#include "models/fare-standing-watch.h"

/* A panel that is told more often than this only flickers. */
#define PAUSE_MS 2000

/* How long after a scan its memory is free. */
#define TRIM_SECONDS 3

/* How long an icon that the bus has started waits for its window.  A click on a notification may have started it,
 * and opens the window first. */
#define ALONE_SECONDS 5

struct _FareTray
{
  GApplication     parent_instance;

  FareMeter       *meter;
  FarePreferences *preferences;
  FareStandingWatch *watch;
  FareTrayIcon    *icon;
  FareAlerts      *alerts;
  FareCurrency    *currency;
  guint            trim_id;
  guint            window_id;  /* watches the window's program */
  guint            alone_id;
  guint            has_window : 1;
  int              status;
};

G_DEFINE_FINAL_TYPE (FareTray, fare_tray, G_TYPE_APPLICATION)

static GSettings *
get_settings (FareTray *self)
{
  return fare_preferences_get_settings (self->preferences);
}

static GDBusConnection *
get_bus (FareTray *self)
{
  return g_application_get_dbus_connection (G_APPLICATION (self));
}

static void
get_state_cb (FareTrayState *state,
              gpointer       user_data)
{
  FareTray *self = user_data;

  state->standing = fare_standing_watch_get_standing (self->watch);
  state->display = g_settings_get_enum (get_settings (self), "tray-display");
  state->hide_amounts = fare_preferences_get_hide_amounts (self->preferences);
  state->age_minutes = fare_standing_watch_get_age (self->watch);
}

static void
refresh (FareTray *self)
{
  /* Whoever of the two reads the logs. */
  fare_meter_refresh (self->meter);
  fare_window_remote_tell (get_bus (self), "refresh");
}

static void
show_page (FareTray   *self,
           const char *page)
{
  fare_window_remote_activate_action (get_bus (self), "show-page", g_variant_new_string (page));
}

static void
choose_cb (FareTrayCommand command,
           gpointer        user_data)
{
  FareTray *self = user_data;

  switch (command)
    {
    case FARE_TRAY_OVERVIEW:
      show_page (self, "overview");
      break;

    case FARE_TRAY_CALENDAR:
      show_page (self, "calendar");
      break;

    case FARE_TRAY_OPEN:
      fare_window_remote_activate (get_bus (self));
      break;

    case FARE_TRAY_REFRESH:
      refresh (self);
      break;

    case FARE_TRAY_HIDE_AMOUNTS:
      fare_preferences_set_hide_amounts (self->preferences,
                                         !fare_preferences_get_hide_amounts (self->preferences));
      break;

    case FARE_TRAY_PREFERENCES:
      fare_window_remote_activate_action (get_bus (self), "preferences", NULL);
      break;

    case FARE_TRAY_QUIT:
    default:
      fare_window_remote_tell (get_bus (self), "quit");
      g_application_quit (G_APPLICATION (self));
    }
}

static void
load_currency (FareTray *self)
{
  g_autoptr(FareSettings) settings = fare_settings_load (fare_meter_get_paths (self->meter));

  g_clear_pointer (&self->currency, fare_currency_free);
  self->currency = fare_currency_new (settings);
}

static void
update (FareTray *self)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();

  /* Amounts written by this thread, in notifications too, are in the user's currency. */
  fare_currency_use (self->currency, fare_day_of (zone, g_get_real_time () / 1000));
  if (self->icon != NULL)
    fare_tray_icon_update (self->icon);
}

static void
currency_changed_cb (FareTray *self)
{
  load_currency (self);
  update (self);
}

static gboolean
trim_cb (gpointer user_data)
{
  FareTray *self = user_data;

  self->trim_id = 0;
  malloc_trim (0);

  return G_SOURCE_REMOVE;
}

/* What a scan needed is given back when all of it is done: the program mostly waits. */
static void
scanning_cb (FareTray *self)
{
  FareProgress progress;

  if (!fare_meter_get_progress (self->meter, &progress) && self->trim_id == 0)
    self->trim_id = g_timeout_add_seconds (TRIM_SECONDS, trim_cb, self);
}

static void
enabled_cb (FareTray *self)
{
  if (!g_settings_get_boolean (get_settings (self), "tray-enabled"))
    g_application_quit (G_APPLICATION (self));
}

/* Started by the window, the icon goes with it, unless it is to be there from login on. */
static void
follow_window (FareTray *self)
{
  if ((g_application_get_flags (G_APPLICATION (self)) & G_APPLICATION_IS_SERVICE)
      && !g_settings_get_boolean (get_settings (self), "autostart"))
    g_application_quit (G_APPLICATION (self));
}

static gboolean
alone_cb (gpointer user_data)
{
  FareTray *self = user_data;

  self->alone_id = 0;
  follow_window (self);

  return G_SOURCE_REMOVE;
}

static void
window_appeared_cb (GDBusConnection *bus,
                    const char      *name,
                    const char      *owner,
                    gpointer         user_data)
{
  FareTray *self = user_data;

  self->has_window = TRUE;
  g_clear_handle_id (&self->alone_id, g_source_remove);
}

/* The window may go while the icon starts, which then never sees it. */
static void
window_vanished_cb (GDBusConnection *bus,
                    const char      *name,
                    gpointer         user_data)
{
  FareTray *self = user_data;
  gboolean had_window = self->has_window;

  self->has_window = FALSE;
  if (had_window)
    follow_window (self);
  else if (self->alone_id == 0)
    self->alone_id = g_timeout_add_seconds (ALONE_SECONDS, alone_cb, self);
}

static gboolean
open_meter (FareTray   *self,
            FarePaths  *paths)
{
  g_autoptr(GError) error = NULL;

  self->meter = fare_meter_new (paths);
  if (!fare_meter_open (self->meter, &error))
    {
      g_printerr ("%s\n", error->message);
      return FALSE;
    }

  g_signal_connect_object (self->meter, "scanning", G_CALLBACK (scanning_cb), self,
                           G_CONNECT_SWAPPED);
  fare_meter_start (self->meter);
  return TRUE;
}

static void
show_icon (FareTray *self)
{
  GSettings *settings = get_settings (self);

  load_currency (self);
  g_signal_connect_object (settings, "changed::currency", G_CALLBACK (currency_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::currency-rates", G_CALLBACK (currency_changed_cb),
                           self, G_CONNECT_SWAPPED);
  self->watch = fare_standing_watch_new (self->meter, self->preferences, PAUSE_MS);
  g_signal_connect_object (self->watch, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::tray-display", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->preferences, "notify::hide-amounts", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  self->icon = fare_tray_icon_new (get_bus (self), get_state_cb, choose_cb, self);
  self->window_id = g_bus_watch_name_on_connection (get_bus (self), FARE_WINDOW_NAME,
                                                    G_BUS_NAME_WATCHER_FLAGS_NONE,
                                                    window_appeared_cb, window_vanished_cb, self,
                                                    NULL);
}

/* For notifications: what they lead to is in the window. */
static void
show_page_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  show_page (user_data, g_variant_get_string (parameter, NULL));
}

static void
start_alerts (FareTray *self)
{
  const GActionEntry actions[] = {
    { .name = "show-page", .activate = show_page_cb, .parameter_type = "s" },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  self->alerts = fare_alerts_new (G_APPLICATION (self), self->watch, self->preferences);
}

static gboolean
terminate_cb (gpointer user_data)
{
  g_application_quit (user_data);

  return G_SOURCE_REMOVE;
}

static void
fail (FareTray   *self,
      int         status,
      const char *message)
{
  if (message != NULL)
    g_printerr ("%s\n", message);
  self->status = status;
  g_application_quit (G_APPLICATION (self));
}

static void
fare_tray_startup (GApplication *application)
{
  FareTray *self = FARE_TRAY (application);
  g_autoptr(FarePaths) paths = fare_paths_new ();
  GDBusConnection *bus;

  G_APPLICATION_CLASS (fare_tray_parent_class)->startup (application);

  bus = get_bus (self);
  if (bus == NULL || !gtk_init_check (NULL, NULL))
    {
      fail (self, FARE_TRAY_NO_DISPLAY, NULL);
      return;
    }

  self->preferences = fare_preferences_new (paths);
  if (!g_settings_get_boolean (get_settings (self), "tray-enabled"))
    {
      fail (self, 0, _("The tray icon is switched off in the preferences."));
      return;
    }
  if (!open_meter (self, paths))
    {
      fail (self, 1, NULL);
      return;
    }

  g_application_hold (application);
  g_unix_signal_add (SIGTERM, terminate_cb, self);
  g_unix_signal_add (SIGINT, terminate_cb, self);
  g_signal_connect_object (get_settings (self), "changed::tray-enabled", G_CALLBACK (enabled_cb),
                           self, G_CONNECT_SWAPPED);
  show_icon (self);
  start_alerts (self);
}

/* There is nothing to present: the icon is there. */
static void
fare_tray_activate (GApplication *application)
{
}

static void
fare_tray_shutdown (GApplication *application)
{
  FareTray *self = FARE_TRAY (application);

  g_clear_handle_id (&self->trim_id, g_source_remove);
  g_clear_handle_id (&self->window_id, g_bus_unwatch_name);
  g_clear_handle_id (&self->alone_id, g_source_remove);
  g_clear_pointer (&self->alerts, fare_alerts_free);
  g_clear_pointer (&self->icon, fare_tray_icon_free);
  if (self->meter != NULL)
    fare_meter_stop (self->meter);

  G_APPLICATION_CLASS (fare_tray_parent_class)->shutdown (application);
}

static int
fare_tray_handle_local_options (GApplication *application,
                                GVariantDict *options)
{
  if (!g_variant_dict_contains (options, "version"))
    return -1;

  g_print ("tokenfare-tray %s\n", FARE_VERSION);
  return 0;
}

static void
fare_tray_finalize (GObject *object)
{
  FareTray *self = FARE_TRAY (object);

  g_clear_object (&self->watch);
  g_clear_pointer (&self->currency, fare_currency_free);
  g_clear_object (&self->meter);
  g_clear_object (&self->preferences);

  G_OBJECT_CLASS (fare_tray_parent_class)->finalize (object);
}

static void
fare_tray_class_init (FareTrayClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = fare_tray_finalize;
  application_class->startup = fare_tray_startup;
  application_class->activate = fare_tray_activate;
  application_class->shutdown = fare_tray_shutdown;
  application_class->handle_local_options = fare_tray_handle_local_options;
}

static void
fare_tray_init (FareTray *self)
{
  const GOptionEntry options[] = {
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Print the version and exit"), NULL },
    { NULL }
  };

  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_application_set_option_context_summary (G_APPLICATION (self),
                                            _("Shows in the panel what AI coding agents cost today."));
}

FareTray *
fare_tray_new (void)
{
  return g_object_new (FARE_TYPE_TRAY,
                       "application-id", FARE_TRAY_NAME,
                       "resource-base-path", "/io/github/tokenfare/Tokenfare",
                       NULL);
}

int
fare_tray_run (FareTray  *self,
               int        argc,
               char     **argv)
{
  int status = g_application_run (G_APPLICATION (self), argc, argv);

  return status != 0 ? status : self->status;
}
