/* fare-alerts.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "fare-alerts.h"

#include <glib/gi18n.h>

#include "accounting/fare-sums.h"
#include "base/fare-text.h"
#include "fare-alert-memory.h"
#include "fare-notify.h"
#include "fare-weekly-alert.h"
#include "fare-window-remote.h"

#define MUTE_ACTION "mute-today"

/* The mark with the day on which nothing more is said. */
#define MUTED "muted"

struct _FareAlerts
{
  GApplication    *application; /* (not owned) */
  FareStandingWatch *watch;
  FarePreferences *preferences;
  guint            name_id;     /* watches the tray icon's program */
  guint            other_tells : 1;
  guint            has_looked : 1;
  guint            has_other_wishes : 1; /* what is exceeded now was not exceeded by use */
};

static GSettings *
get_settings (FareAlerts *self)
{
  return fare_preferences_get_settings (self->preferences);
}

static char *
dup_today (void)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();

  return fare_day_to_string (fare_day_of (zone, g_get_real_time () / 1000));
}

static gboolean
is_muted (FareAlerts *self)
{
  g_autofree char *muted = fare_alert_memory_dup_mark (get_settings (self), MUTED);
  g_autofree char *today = dup_today ();

  return g_strcmp0 (muted, today) == 0;
}

static char *
make_body (FareAlerts             *self,
           const FareStandingBudget *one)
{
  g_autofree char *share = NULL;

  if (!fare_preferences_get_hide_amounts (self->preferences))
    return fare_budget_warning_to_body (&one->budget, one->top.client, one->top.sums.cost);

  if (one->top.client == NULL || !(one->budget.spent > 0))
    return NULL;

  share = fare_text_percent (one->top.sums.cost / one->budget.spent);

  /* Translators: a tool and its share: "Mostly Claude Code (89%)." */
  return g_strdup_printf (_("Mostly %s (%s)."), fare_text_client (one->top.client), share);
}

static char *
make_id (FareBudgetPeriod period)
{
  return g_strconcat ("budget-", fare_budget_period_to_id (period), NULL);
}

static char *
make_limit_id (const FareLimit *limit)
{
  g_autofree char *window = fare_limit_to_id (limit);

  return g_strconcat ("limit-", limit->client, "-", window, NULL);
}

static void
send (FareAlerts *self,
      const char *id,
      const char *title,
      const char *body,
      guint       percent)
{
  g_autoptr(GNotification) notification = g_notification_new (title);
  g_autoptr(GIcon) icon = g_themed_icon_new (APP_ID);

  if (body != NULL)
    g_notification_set_body (notification, body);
  g_notification_set_icon (notification, icon);
  g_notification_set_priority (notification, percent >= 100 ? G_NOTIFICATION_PRIORITY_HIGH
                                                            : G_NOTIFICATION_PRIORITY_NORMAL);
  g_notification_set_default_action_and_target (notification, "app.show-page", "s", "overview");
  g_notification_add_button (notification, _("Mute Today"), "app." MUTE_ACTION);
  fare_notify_send (self->application, id, notification);
}

static void
tell_budget (FareAlerts               *self,
             const FareStandingBudget *one,
             guint                     percent)
{
  g_autofree char *title = fare_budget_warning_to_title (&one->budget, percent);
  g_autofree char *body = make_body (self, one);
  g_autofree char *id = make_id (one->budget.period);

  send (self, id, title, body, percent);
}

static void
tell_limit (FareAlerts      *self,
            const FareLimit *limit,
            const FareNow   *now,
            guint            percent)
{
  g_autofree char *title = fare_limit_warning_to_title (limit);
  g_autofree char *body = fare_limit_warning_to_body (limit, now);
  g_autofree char *id = make_limit_id (limit);

  send (self, id, title, body, percent);
}

static void
look_at_budgets (FareAlerts       *self,
                 const FareStanding *standing)
{
  gboolean is_live = self->has_looked && !self->has_other_wishes
                     && fare_standing_watch_is_live (self->watch);
  guint warn = g_settings_get_uint (get_settings (self), "budget-warn-percent");
  g_autoptr(FareMarks) memory = fare_alert_memory_load_budgets (get_settings (self));
  gboolean muted = is_muted (self);

  for (guint i = 0; i < FARE_N_BUDGETS; i++)
    {
      const FareStandingBudget *one = &standing->budgets[i];
      guint percent;

      if (!one->has_budget)
        continue;

      percent = fare_budget_memory_look (memory, &one->budget, warn, is_live);
      if (percent > 0 && !muted)
        tell_budget (self, one, percent);
    }

  fare_alert_memory_save_budgets (get_settings (self), memory);
}

/* While nobody wants to hear of limits they are looked at all the same: whoever wants to later is not
 * told what was reached before. */
static void
look_at_limits (FareAlerts         *self,
                const FareStanding *standing)
{
  gboolean is_wanted = g_settings_get_boolean (get_settings (self), "notify-limits");
  gboolean is_live = is_wanted && self->has_looked && !self->has_other_wishes
                     && fare_standing_watch_has_caught_up (self->watch);
  guint warn = g_settings_get_uint (get_settings (self), "limit-warn-percent");
  g_autoptr(FareMarks) memory = fare_alert_memory_load_limits (get_settings (self));
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();
  FareNow now = { g_get_real_time () / 1000, zone };
  gboolean muted = is_muted (self);

  for (guint i = 0; standing->limits != NULL && i < standing->limits->len; i++)
    {
      const FareLimit *limit = g_ptr_array_index (standing->limits, i);
      guint percent = fare_limit_memory_look (memory, limit, warn, now.now_ms, is_live);

      if (percent > 0 && !muted)
        tell_limit (self, limit, &now, percent);
    }

  fare_alert_memory_save_limits (get_settings (self), memory);
}

static void
look (FareAlerts *self)
{
  const FareStanding *standing = fare_standing_watch_get_standing (self->watch);

  if (standing == NULL || self->other_tells)
    return;

  look_at_budgets (self, standing);
  look_at_limits (self, standing);
  fare_weekly_alert_look (self->application, fare_standing_watch_get_meter (self->watch),
                          self->preferences);
  self->has_looked = TRUE;
  self->has_other_wishes = FALSE;
}

/* Another threshold is passed by no use. */
static void
wishes_changed_cb (FareAlerts *self)
{
  self->has_other_wishes = TRUE;
  look (self);
}

static void
tray_appeared_cb (GDBusConnection *bus,
                  const char      *name,
                  const char      *owner,
                  gpointer         user_data)
{
  FareAlerts *self = user_data;

  self->other_tells = TRUE;
  self->has_looked = FALSE;
}

static void
tray_vanished_cb (GDBusConnection *bus,
                  const char      *name,
                  gpointer         user_data)
{
  FareAlerts *self = user_data;

  self->other_tells = FALSE;
  look (self);
}

static void
mute_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  FareAlerts *self = user_data;
  const FareStanding *standing = fare_standing_watch_get_standing (self->watch);
  GPtrArray *limits = standing != NULL ? standing->limits : NULL;
  g_autofree char *today = dup_today ();

  fare_alert_memory_set_mark (get_settings (self), MUTED, today);
  for (guint i = 0; i < FARE_N_BUDGETS; i++)
    {
      g_autofree char *id = make_id (i);

      g_application_withdraw_notification (self->application, id);
    }

  for (guint i = 0; limits != NULL && i < limits->len; i++)
    {
      g_autofree char *id = make_limit_id (g_ptr_array_index (limits, i));

      g_application_withdraw_notification (self->application, id);
    }
}

FareAlerts *
fare_alerts_new (GApplication    *application,
                 FareStandingWatch *watch,
                 FarePreferences *preferences)
{
  const GActionEntry actions[] = { { .name = MUTE_ACTION, .activate = mute_cb } };
  const char * const wishes[] = { "changed::budget-warn-percent", "changed::limit-warn-percent",
                                  "changed::notify-limits" };
  GDBusConnection *bus = g_application_get_dbus_connection (application);
  FareAlerts *self = g_new0 (FareAlerts, 1);

  self->application = application;
  self->watch = g_object_ref (watch);
  self->preferences = g_object_ref (preferences);
  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions), self);
  g_signal_connect_swapped (watch, "changed", G_CALLBACK (look), self);
  for (guint i = 0; i < G_N_ELEMENTS (wishes); i++)
    g_signal_connect_swapped (get_settings (self), wishes[i], G_CALLBACK (wishes_changed_cb), self);

  /* The other one is asked for before the first figures are there. */
  if (bus != NULL && g_strcmp0 (g_application_get_application_id (application), FARE_TRAY_NAME) != 0)
    {
      self->other_tells = TRUE;
      self->name_id = g_bus_watch_name_on_connection (bus, FARE_TRAY_NAME,
                                                      G_BUS_NAME_WATCHER_FLAGS_NONE,
                                                      tray_appeared_cb, tray_vanished_cb, self,
                                                      NULL);
    }

  return self;
}

void
fare_alerts_free (FareAlerts *self)
{
  g_clear_handle_id (&self->name_id, g_bus_unwatch_name);
  g_action_map_remove_action (G_ACTION_MAP (self->application), MUTE_ACTION);
  g_signal_handlers_disconnect_by_data (self->watch, self);
  g_signal_handlers_disconnect_by_data (get_settings (self), self);
  g_object_unref (self->watch);
  g_object_unref (self->preferences);
  g_free (self);
}
