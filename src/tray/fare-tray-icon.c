/* fare-tray-icon.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>
#include <libayatana-appindicator/app-indicator.h>

#include "fare-tray-gate.h"
#include "fare-tray-icon.h"

#define WATCHER        "org.kde.StatusNotifierWatcher"
#define ICON           APP_ID "-symbolic"
#define ATTENTION_ICON APP_ID "-attention-symbolic"

/* An indicator that stays away where there is no watcher.  Its base class would put up an icon of the
 * old kind after a while. */
typedef AppIndicator      FareIndicator;
typedef AppIndicatorClass FareIndicatorClass;

GType fare_indicator_get_type (void);

G_DEFINE_FINAL_TYPE (FareIndicator, fare_indicator, APP_INDICATOR_TYPE)

struct _FareTrayIcon
{
  GDBusConnection   *bus;
  AppIndicator      *indicator; /* (nullable): NULL before the first watcher */
  FareTrayGate      *gate;      /* (nullable): there until the indicator has the bus */
  FareTrayMenu      *menu;
  char              *label;
  char              *guide;
  char              *title;
  guint              watch_id;

  FareTrayStateFunc  get_state;
  FareTrayFunc       choose;
  gpointer           user_data;
};

static GtkStatusIcon *
fare_indicator_fallback (AppIndicator *indicator)
{
  return NULL;
}

static void
fare_indicator_unfallback (AppIndicator  *indicator,
                           GtkStatusIcon *status_icon)
{
}

static void
fare_indicator_class_init (FareIndicatorClass *klass)
{
  klass->fallback = fare_indicator_fallback;
  klass->unfallback = fare_indicator_unfallback;
}

static void
fare_indicator_init (FareIndicator *self)
{
}

/* Nobody else needs the indicator any more: it has the bus. */
static void
alone_cb (gpointer  user_data,
          GObject  *object,
          gboolean  is_last)
{
  FareTrayIcon *self = user_data;

  if (!is_last || self->gate == NULL)
    return;

  g_clear_pointer (&self->gate, fare_tray_gate_free);
  g_object_ref (object);
  g_object_remove_toggle_ref (object, alone_cb, self);
}

/* An indicator asks for the bus and for the watcher at the same time, in threads, and keeps itself alive
 * until it has the bus.  Should it hear of the watcher before that, which happens on a busy machine, it
 * stays away for good; so it hears of nothing until then. */
static void
hold_watcher (FareTrayIcon *self)
{
  g_object_add_toggle_ref (G_OBJECT (self->indicator), alone_cb, self);
  g_object_unref (self->indicator);
}

static void
create (FareTrayIcon *self)
{
  self->menu = fare_tray_menu_new (self->choose, self->user_data);
  self->gate = fare_tray_gate_new (self->bus);
  self->indicator = g_object_new (fare_indicator_get_type (),
                                  "id", "tokenfare",
                                  "category", "ApplicationStatus",
                                  "icon-name", ICON,
                                  NULL);
  hold_watcher (self);
  app_indicator_set_icon_full (self->indicator, ICON, _("Tokenfare"));
  app_indicator_set_attention_icon_full (self->indicator, ATTENTION_ICON, _("Over budget"));
  app_indicator_set_menu (self->indicator, fare_tray_menu_get_widget (self->menu));
  app_indicator_set_secondary_activate_target (self->indicator,
                                               fare_tray_menu_get_open_item (self->menu));
  fare_tray_icon_update (self);
}

/* From then on the indicator follows watchers by itself. */
static void
watcher_appeared_cb (GDBusConnection *bus,
                     const char      *name,
                     const char      *owner,
                     gpointer         user_data)
{
  FareTrayIcon *self = user_data;

  if (self->indicator == NULL)
    create (self);
}

FareTrayIcon *
fare_tray_icon_new (GDBusConnection   *bus,
                    FareTrayStateFunc  get_state,
                    FareTrayFunc       choose,
                    gpointer           user_data)
{
  FareTrayIcon *self = g_new0 (FareTrayIcon, 1);

  self->bus = g_object_ref (bus);
  self->get_state = get_state;
  self->choose = choose;
  self->user_data = user_data;
  self->watch_id = g_bus_watch_name_on_connection (bus, WATCHER, G_BUS_NAME_WATCHER_FLAGS_NONE,
                                                   watcher_appeared_cb, NULL, self, NULL);

  return self;
}

void
fare_tray_icon_free (FareTrayIcon *self)
{
  g_bus_unwatch_name (self->watch_id);
  if (self->gate != NULL)
    {
      g_clear_pointer (&self->gate, fare_tray_gate_free);
      g_object_ref (self->indicator);
      g_object_remove_toggle_ref (G_OBJECT (self->indicator), alone_cb, self);
    }
  g_clear_object (&self->indicator);
  g_clear_object (&self->bus);
  g_clear_pointer (&self->menu, fare_tray_menu_free);
  g_free (self->label);
  g_free (self->guide);
  g_free (self->title);
  g_free (self);
}

/* Whether @text is another than @shown, which it then becomes. */
static gboolean
replace (char       **shown,
         const char  *text)
{
  if (g_strcmp0 (*shown, text) == 0)
    return FALSE;

  g_free (*shown);
  *shown = g_strdup (text);
  return TRUE;
}

void
fare_tray_icon_update (FareTrayIcon *self)
{
  FareTrayState state = { 0 };
  AppIndicatorStatus status = APP_INDICATOR_STATUS_ACTIVE;
  g_autofree char *title = NULL, *label = NULL, *guide = NULL;
  gboolean is_other;

  if (self->indicator == NULL)
    return;

  self->get_state (&state, self->user_data);
  fare_tray_menu_update (self->menu, &state);

  title = fare_tray_text_title (&state);
  if (replace (&self->title, title))
    app_indicator_set_title (self->indicator, title);

  label = fare_tray_text_label (&state);
  guide = fare_tray_text_guide (&state);
  is_other = replace (&self->guide, guide);
  is_other = replace (&self->label, label) || is_other;
  if (is_other)
    app_indicator_set_label (self->indicator, label, guide);

  if (state.standing != NULL && fare_standing_is_over (state.standing))
    status = APP_INDICATOR_STATUS_ATTENTION;
  app_indicator_set_status (self->indicator, status);
}
