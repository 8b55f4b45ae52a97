/* fare-calendar-overlay.c
 *
 * Day Details over the calendar: beside the day where there is room, else in place of the page.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "pages/fare-calendar-page-private.h"

FareCalendarDay *
fare_calendar_page_get_details (FareCalendarPage *self)
{
  if (gtk_widget_get_visible (GTK_WIDGET (self->popover)))
    return self->popover_day;

  if (g_str_equal (gtk_stack_get_visible_child_name (self->pages), "day"))
    return self->day_page;

  return NULL;
}

static GtkWidget *
get_anchor (FareCalendarPage *self,
            FareDay           day,
            GdkRectangle     *rectangle)
{
  const char *name = fare_calendar_page_get_view_name (self);
  GtkWidget *widget = GTK_WIDGET (self->views);

  *rectangle = (GdkRectangle) { gtk_widget_get_width (widget) / 2,
                                gtk_widget_get_height (widget) / 3, 1, 1 };

  if (g_str_equal (name, "month") && fare_month_grid_find_button (self->month_grid, day) != NULL)
    {
      widget = fare_month_grid_find_button (self->month_grid, day);
      *rectangle = (GdkRectangle) { 0, 0, gtk_widget_get_width (widget), gtk_widget_get_height (widget) };
    }
  else if (g_str_equal (name, "year") || g_str_equal (name, "iso"))
    {
      widget = g_str_equal (name, "year") ? GTK_WIDGET (self->year_grid)
                                          : GTK_WIDGET (self->iso_calendar);
      fare_calendar_canvas_get_anchor (FARE_CALENDAR_CANVAS (widget), day, rectangle);
    }

  return widget;
}

static void
point_at (FareCalendarPage *self,
          FareDay           day)
{
  GdkRectangle rectangle;
  GtkWidget *widget = get_anchor (self, day, &rectangle);
  double x, y;

  if (gtk_widget_translate_coordinates (widget, GTK_WIDGET (self), rectangle.x, rectangle.y, &x, &y))
    {
      /* Beside the day, so that its week and month can still be seen. */
      gtk_popover_set_position (self->popover, x > gtk_widget_get_width (GTK_WIDGET (self)) / 2.0
                                               ? GTK_POS_LEFT : GTK_POS_RIGHT);
      rectangle.x = (int) x;
      rectangle.y = (int) y;
      gtk_popover_set_pointing_to (self->popover, &rectangle);
    }
}

void
fare_calendar_page_follow_day (FareCalendarPage *self,
            FareDay           day)
{
  FareRange range = fare_calendar_period_get_range (fare_calendar_page_get_period (self));

  if (day < range.first || day >= range.end)
    {
      self->anchor = day;
      fare_calendar_page_update (self);
    }

  if (self->kind == FARE_CALENDAR_YEAR)
    fare_calendar_canvas_set_cursor (FARE_CALENDAR_CANVAS (self->year_grid), day);
  else if (self->kind == FARE_CALENDAR_ISO)
    fare_calendar_canvas_set_cursor (FARE_CALENDAR_CANVAS (self->iso_calendar), day);
}

void
fare_calendar_page_open_day (FareCalendarPage *self,
                             FareDay           day)
{
  FareCalendarDay *details;
  gboolean is_narrow;

  g_return_if_fail (FARE_IS_CALENDAR_PAGE (self));

  if (self->sheet == NULL)
    return;

  fare_calendar_page_follow_day (self, day);
  is_narrow = self->width == FARE_WIDTH_NARROW;
  details = is_narrow ? self->day_page : self->popover_day;
  fare_calendar_day_set_active (details, FALSE);
  fare_calendar_day_show (details, self->sheet, day, self->extent.first);
  fare_calendar_day_set_active (details, self->is_active);

  if (is_narrow)
    {
      gtk_stack_set_visible_child_name (self->pages, "day");
      return;
    }

  point_at (self, day);
  gtk_popover_popup (self->popover);
}

void
fare_calendar_page_forget_day (FareCalendarPage *self)
{
  if (self->wanted_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->wanted_id);
  self->wanted_id = 0;
  self->n_frames = 0;
}

/* A page that was just turned to has no places yet for a popover to point at: they come with the
 * first frame in which the days are known. */
static gboolean
open_wanted_cb (GtkWidget     *widget,
                GdkFrameClock *clock,
                gpointer       user_data)
{
  FareCalendarPage *self = FARE_CALENDAR_PAGE (widget);

  if (self->sheet == NULL && fare_live_query_get_error (self->days) == NULL)
    return G_SOURCE_CONTINUE;

  if (self->sheet != NULL && self->n_frames++ < 2)
    return G_SOURCE_CONTINUE;

  self->wanted_id = 0;
  self->n_frames = 0;
  fare_calendar_page_open_day (self, self->wanted);

  return G_SOURCE_REMOVE;
}

void
fare_calendar_page_show_day (FareCalendarPage *self,
                             FareDay           day)
{
  g_return_if_fail (FARE_IS_CALENDAR_PAGE (self));

  fare_calendar_page_close_day (self);
  fare_calendar_page_show_period (self, self->kind, day);
  fare_calendar_page_forget_day (self);
  self->wanted = day;
  self->wanted_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), open_wanted_cb, NULL, NULL);
}

void
fare_calendar_page_step_day (FareCalendarPage *self,
             int               direction)
{
  FareCalendarDay *details = fare_calendar_page_get_details (self);
  FareDay day;

  if (details == NULL || self->sheet == NULL)
    return;

  day = CLAMP (fare_calendar_day_get_day (details) + direction, self->extent.first,
               self->extent.end - 1);
  fare_calendar_page_follow_day (self, day);
  fare_calendar_day_show (details, self->sheet, day, self->extent.first);
  if (details == self->popover_day)
    point_at (self, day);
}

/* Whoever opened a day goes on from it. */
static void
return_focus (FareCalendarPage *self,
              FareDay           day)
{
  GdkRectangle rectangle;
  GtkWidget *widget = get_anchor (self, day, &rectangle);

  if (gtk_widget_get_mapped (widget))
    gtk_widget_child_focus (widget, GTK_DIR_TAB_FORWARD);
}

gboolean
fare_calendar_page_close_day (FareCalendarPage *self)
{
  FareCalendarDay *details = fare_calendar_page_get_details (self);

  if (details == NULL)
    return FALSE;

  fare_calendar_day_set_active (details, FALSE);
  gtk_popover_popdown (self->popover);
  gtk_stack_set_visible_child_name (self->pages, "calendar");
  if (details == self->day_page)
    return_focus (self, fare_calendar_day_get_day (details));

  return TRUE;
}

static void
popover_closed_cb (FareCalendarPage *self)
{
  fare_calendar_day_set_active (self->popover_day, FALSE);
  if (self->is_active)
    return_focus (self, fare_calendar_day_get_day (self->popover_day));
}

void
fare_calendar_page_add_popover (FareCalendarPage *self)
{
  self->popover = GTK_POPOVER (gtk_popover_new ());
  self->popover_day = g_object_new (FARE_TYPE_CALENDAR_DAY, NULL);
  fare_calendar_day_set_page (self->popover_day, FALSE);
  fare_calendar_day_set_page (self->day_page, TRUE);
  gtk_popover_set_child (self->popover, GTK_WIDGET (self->popover_day));
  gtk_widget_set_parent (GTK_WIDGET (self->popover), GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->popover),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Day Details"), -1);

  g_signal_connect_swapped (self->popover_day, "step", G_CALLBACK (fare_calendar_page_step_day), self);
  g_signal_connect_swapped (self->popover_day, "left", G_CALLBACK (fare_calendar_page_close_day), self);
  g_signal_connect_swapped (self->popover, "closed", G_CALLBACK (popover_closed_cb), self);
}

FareDay
fare_calendar_page_get_open_day (FareCalendarPage *self)
{
  g_return_val_if_fail (FARE_IS_CALENDAR_PAGE (self), FARE_DAY_MIN);

  return fare_calendar_page_get_details (self) != NULL ? fare_calendar_day_get_day (fare_calendar_page_get_details (self)) : FARE_DAY_MIN;
}
