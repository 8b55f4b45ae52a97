/* fare-desktop-link.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "fare-desktop-link.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "accounting/fare-sums.h"
#include "base/fare-text.h"
#include "fare-alerts.h"
#include "fare-background.h"
#include "fare-background-portal.h"
#include "fare-search-provider.h"
#include "fare-usage-service.h"
#include "models/fare-standing-watch.h"

/* How long the program stays after a question. */
#define LINGER_SECONDS 60

/* The shortest time between two signals that figures are others. */
#define PAUSE_MS 2000

struct _FareDesktopLink
{
  GtkApplication     *application; /* (not owned) */
  FareMeter          *meter;
  FarePreferences    *preferences;
  FareUsageService   *usage;
  FareSearchProvider *search;
  FareStandingWatch    *watch;
  FareAlerts         *alerts;
  FareBackground     *background;
  FareSums            today;       /* as last told */
  FareSums            month;
  gboolean            was_told;
  guint               linger_id;
  gint64              start_ms;
};

FareDesktopLink *
fare_desktop_link_new (GtkApplication *application)
{
  FareDesktopLink *self = g_new0 (FareDesktopLink, 1);

  self->application = application;
  return self;
}

static void
stop_lingering (FareDesktopLink *self)
{
  if (self->linger_id == 0)
    return;

  g_clear_handle_id (&self->linger_id, g_source_remove);
  g_application_release (G_APPLICATION (self->application));
}

void
fare_desktop_link_stop (FareDesktopLink *self)
{
  g_clear_handle_id (&self->linger_id, g_source_remove);
  g_clear_pointer (&self->background, fare_background_free);
  g_clear_pointer (&self->alerts, fare_alerts_free);
  if (self->watch != NULL)
    g_signal_handlers_disconnect_by_data (self->watch, self);
  g_clear_object (&self->watch);
}

void
fare_desktop_link_free (FareDesktopLink *self)
{
  fare_desktop_link_stop (self);
  fare_desktop_link_unexport (self);
  g_clear_object (&self->meter);
  g_clear_object (&self->preferences);
  g_free (self);
}

gboolean
fare_desktop_link_export (FareDesktopLink  *self,
                          GDBusConnection  *bus,
                          const char       *path,
                          GError          **error)
{
  self->usage = fare_usage_service_new (self, bus, path, error);
  if (self->usage == NULL)
    return FALSE;

  self->search = fare_search_provider_new (self, bus, path, error);
  return self->search != NULL;
}

void
fare_desktop_link_unexport (FareDesktopLink *self)
{
  g_clear_pointer (&self->usage, fare_usage_service_free);
  g_clear_pointer (&self->search, fare_search_provider_free);
}

static gboolean
is_same (const FareSums *a,
         const FareSums *b)
{
  return memcmp (&a->usage, &b->usage, sizeof a->usage) == 0 && a->messages == b->messages
         && a->cost == b->cost && a->unpriced_tokens == b->unpriced_tokens;
}

/* What the desktop's list of programs without a window says of this one. */
static void
tell_status (FareDesktopLink *self)
{
  GDBusConnection *bus = g_application_get_dbus_connection (G_APPLICATION (self->application));
  g_autofree char *cost = fare_preferences_get_hide_amounts (self->preferences)
                            ? g_strdup (FARE_TEXT_HIDDEN) : fare_sums_total_to_text (&self->today);
  g_autofree char *text = g_strdup_printf (_("%s today"), cost);

  if (bus != NULL)
    fare_background_portal_set_status (fare_meter_get_paths (self->meter), bus, text);
}

static void
standing_changed_cb (FareDesktopLink *self)
{
  const FareStanding *standing = fare_standing_watch_get_standing (self->watch);
  gboolean was_told = self->was_told;

  if (standing == NULL
      || (was_told && is_same (&standing->today, &self->today) && is_same (&standing->month, &self->month)))
    return;

  self->today = standing->today;
  self->month = standing->month;
  self->was_told = TRUE;
  tell_status (self);
  if (was_told && self->usage != NULL)
    fare_usage_service_tell (self->usage,
                             fare_sums_has_cost (&self->today) ? self->today.cost : NAN);
}

void
fare_desktop_link_start (FareDesktopLink *self,
                         FareMeter       *meter,
                         FarePreferences *preferences)
{
  self->start_ms = g_get_real_time () / 1000;
  self->meter = g_object_ref (meter);
  self->preferences = g_object_ref (preferences);
  self->watch = fare_standing_watch_new (meter, preferences, PAUSE_MS);
  g_signal_connect_swapped (self->watch, "changed", G_CALLBACK (standing_changed_cb), self);

  /* A demonstration stands beside the real program and disturbs nobody. */
  if (!(g_application_get_flags (G_APPLICATION (self->application)) & G_APPLICATION_NON_UNIQUE))
    {
      self->alerts = fare_alerts_new (G_APPLICATION (self->application), self->watch, preferences);
      self->background = fare_background_new (self->application, fare_meter_get_paths (meter),
                                              preferences);
    }
}

static gboolean
lingered_cb (gpointer user_data)
{
  FareDesktopLink *self = user_data;

  self->linger_id = 0;
  g_application_release (G_APPLICATION (self->application));

  return G_SOURCE_REMOVE;
}

void
fare_desktop_link_linger (FareDesktopLink *self)
{
  g_application_hold (G_APPLICATION (self->application));
  stop_lingering (self);
  self->linger_id = g_timeout_add_seconds (LINGER_SECONDS, lingered_cb, self);
}

GtkApplication *
fare_desktop_link_get_application (FareDesktopLink *self)
{
  return self->application;
}

FareMeter *
fare_desktop_link_get_meter (FareDesktopLink *self)
{
  return self->meter;
}

FarePreferences *
fare_desktop_link_get_preferences (FareDesktopLink *self)
{
  return self->preferences;
}

gint64
fare_desktop_link_get_start_ms (FareDesktopLink *self)
{
  return self->start_ms;
}
