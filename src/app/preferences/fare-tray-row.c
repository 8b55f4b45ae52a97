/* fare-tray-row.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "preferences/fare-tray-row.h"

/* Who wants to show tray icons keeps this on the bus; the tray icon waits for it, too. */
#define WATCHER "org.kde.StatusNotifierWatcher"

struct _FareTrayRow
{
  AdwActionRow parent_instance;

  guint        watch_id;
};

G_DEFINE_FINAL_TYPE (FareTrayRow, fare_tray_row, ADW_TYPE_ACTION_ROW)

static void
appeared_cb (GDBusConnection *bus,
             const char      *name,
             const char      *owner,
             gpointer         user_data)
{
  adw_action_row_set_subtitle (user_data, "");
}

static void
vanished_cb (GDBusConnection *bus,
             const char      *name,
             gpointer         user_data)
{
  adw_action_row_set_subtitle (user_data,
                               _("Your desktop shows no tray icons. GNOME Shell does with its "
                                 "AppIndicator extension."));
}

static void
fare_tray_row_dispose (GObject *object)
{
  g_clear_handle_id (&FARE_TRAY_ROW (object)->watch_id, g_bus_unwatch_name);

  G_OBJECT_CLASS (fare_tray_row_parent_class)->dispose (object);
}

static void
fare_tray_row_class_init (FareTrayRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = fare_tray_row_dispose;
}

static void
fare_tray_row_init (FareTrayRow *self)
{
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self), 0);
  self->watch_id = g_bus_watch_name (G_BUS_TYPE_SESSION, WATCHER, G_BUS_NAME_WATCHER_FLAGS_NONE,
                                     appeared_cb, vanished_cb, self, NULL);
}
