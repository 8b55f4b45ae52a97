/* stage-calendar.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "stage-calendar.h"

#include "pages/fare-calendar-page.h"
#include "widgets/fare-iso-calendar.h"

static gboolean
has_sheet (gpointer data)
{
  return fare_calendar_page_get_sheet (data) != NULL;
}

static void
set_setting (UiRoom     *room,
             const char *key,
             GVariant   *value)
{
  FarePreferences *preferences = fare_application_get_preferences (room->application);

  g_settings_set_value (fare_preferences_get_settings (preferences), key, value);
}

static void
press (GtkWidget  *page,
       const char *id)
{
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (ui_find (page, GTK_TYPE_TOGGLE_BUTTON, id)), TRUE);
}

static void
open_peak (FareCalendarPage *page)
{
  fare_calendar_page_open_day (page, fare_calendar_page_get_sheet (page)->highlights.peak_day);
}

static void
obey (UiRoom           *room,
      FareCalendarPage *page,
      const char       *wish)
{
  static const char * const metrics[] = { "cost", "tokens", "messages", "energy", NULL };
  GtkWidget *widget = GTK_WIDGET (page);
  FareIsoCalendar *iso = FARE_ISO_CALENDAR (ui_find (widget, FARE_TYPE_ISO_CALENDAR, NULL));

  if (g_strv_contains (metrics, wish))
    for (guint i = 0; metrics[i] != NULL; i++)
      {
        if (g_str_equal (metrics[i], wish))
          gtk_drop_down_set_selected (GTK_DROP_DOWN (ui_find (widget, GTK_TYPE_DROP_DOWN, "metric_drop")), i);
      }
  else if (g_str_equal (wish, "month"))
    press (widget, "month_toggle");
  else if (g_str_equal (wish, "year"))
    press (widget, "year_toggle");
  else if (g_str_equal (wish, "iso"))
    press (widget, "iso_toggle");
  else if (g_str_equal (wish, "table"))
    press (widget, "table_toggle");
  else if (g_str_equal (wish, "root"))
    set_setting (room, "iso-sqrt", g_variant_new_boolean (TRUE));
  else if (g_str_equal (wish, "one-month"))
    gtk_widget_activate_action (widget, "calendar.one-month", NULL);
  else if (g_str_equal (wish, "turn"))
    fare_iso_calendar_turn (iso, 1);
  else if (g_str_equal (wish, "zoom"))
    fare_iso_calendar_set_zoom (iso, 2.0);
  else if (g_str_equal (wish, "previous"))
    fare_page_step (FARE_PAGE (page), -1);
  else if (g_str_equal (wish, "open"))
    open_peak (page);
  else if (g_str_equal (wish, "focus"))
    {
      gtk_window_set_focus_visible (GTK_WINDOW (room->window), TRUE);
      gtk_widget_grab_focus (GTK_WIDGET (iso));
      fare_calendar_canvas_set_cursor (FARE_CALENDAR_CANVAS (iso),
                                       fare_calendar_page_get_sheet (page)->highlights.peak_day);
    }
  else
    g_error ("No wish: %s", wish);
}

void
stage_calendar (UiRoom     *room,
                const char *wishes)
{
  FareCalendarPage *page;
  g_auto(GStrv) words = g_strsplit (wishes, ",", 0);

  gtk_widget_activate_action (GTK_WIDGET (room->window), "win.show-page", "s", "calendar");
  page = FARE_CALENDAR_PAGE (ui_find (GTK_WIDGET (room->window), FARE_TYPE_CALENDAR_PAGE, NULL));
  ui_wait (has_sheet, page, 20.0);

  for (guint i = 0; words[i] != NULL; i++)
    {
      obey (room, page, words[i]);
      ui_pause (100);
    }
}
