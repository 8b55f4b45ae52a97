/* fare-calendar-actions.c
 *
 * Keys and actions of the calendar page.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "pages/fare-calendar-page-private.h"

static void
zoom_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  FareIsoCalendar *calendar = FARE_CALENDAR_PAGE (user_data)->iso_calendar;
  const char *name = g_action_get_name (G_ACTION (action));
  double zoom = fare_iso_calendar_get_zoom (calendar);

  fare_iso_calendar_set_zoom (calendar, g_str_equal (name, "zoom-in") ? zoom * 1.25
                                        : g_str_equal (name, "zoom-out") ? zoom / 1.25 : 1.0);
}

static void
turn_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  gboolean is_left = g_str_equal (g_action_get_name (G_ACTION (action)), "turn-left");

  fare_iso_calendar_turn (FARE_CALENDAR_PAGE (user_data)->iso_calendar, is_left ? -1 : 1);
}

static void
one_month_cb (GSimpleAction *action,
              GVariant      *value,
              gpointer       user_data)
{
  FareCalendarPage *self = user_data;

  g_simple_action_set_state (action, value);
  self->is_iso_month = g_variant_get_boolean (value);
  fare_calendar_page_set_kind (self, self->kind);
}

static void
root_changed_cb (FareCalendarPage *self)
{
  fare_iso_calendar_set_root (self->iso_calendar,
                              g_settings_get_boolean (fare_calendar_page_get_settings (self), "iso-sqrt"));
  if (self->sheet != NULL)
    fare_calendar_page_show_bottom (self);
}

void
fare_calendar_page_add_actions (FareCalendarPage *self)
{
  const GActionEntry entries[] = {
    { "turn-left", turn_cb, NULL, NULL, NULL },
    { "turn-right", turn_cb, NULL, NULL, NULL },
    { "zoom-in", zoom_cb, NULL, NULL, NULL },
    { "zoom-out", zoom_cb, NULL, NULL, NULL },
    { "zoom-fit", zoom_cb, NULL, NULL, NULL },
    { "one-month", NULL, NULL, "false", one_month_cb },
  };
  g_autoptr(GAction) root = g_settings_create_action (fare_calendar_page_get_settings (self), "iso-sqrt");

  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  g_action_map_add_action (G_ACTION_MAP (self->actions), root);
  g_signal_connect_object (fare_calendar_page_get_settings (self), "changed::iso-sqrt",
                           G_CALLBACK (root_changed_cb), self, G_CONNECT_SWAPPED);
}

/* 1, 2 and 3 choose the view while it has the focus. */
static gboolean
key_pressed_cb (FareCalendarPage *self,
                guint             key,
                guint             code,
                GdkModifierType   modifiers)
{
  if ((modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0 ||
      key < GDK_KEY_1 || key > GDK_KEY_3)
    return GDK_EVENT_PROPAGATE;

  fare_calendar_page_set_kind (self, FARE_CALENDAR_MONTH + (key - GDK_KEY_1));
  gtk_widget_child_focus (GTK_WIDGET (self->views), GTK_DIR_TAB_FORWARD);

  return GDK_EVENT_STOP;
}

void
fare_calendar_page_read_settings (FareCalendarPage *self)
{
  GtkToggleButton *toggles[] = { self->month_toggle, self->year_toggle, self->iso_toggle };
  g_autofree char *metric = g_settings_get_string (fare_calendar_page_get_settings (self), "calendar-metric");

  self->kind = CLAMP (g_settings_get_enum (fare_calendar_page_get_settings (self), "calendar-view"),
                      FARE_CALENDAR_MONTH, FARE_CALENDAR_ISO);
  gtk_toggle_button_set_active (toggles[self->kind], TRUE);
  gtk_drop_down_set_selected (self->metric_drop, fare_metric_from_id (metric));
  root_changed_cb (self);
}

void
fare_calendar_page_add_keys (FareCalendarPage *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->views), keys);
}
