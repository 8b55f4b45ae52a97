/* fare-calendar-captions.c
 *
 * The words around the pictures of the calendar: in the corners of the 3D view, in the line below,
 * and over a period without use.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "accounting/fare-sums.h"
#include "base/fare-text.h"
#include "models/fare-calendar-text.h"
#include "pages/fare-calendar-page-private.h"
#include "widgets/fare-quiet-label.h"

/* Large text has no room beside the floor; the line below says the same. */
static gboolean
fits_corner (FareCalendarPage *self,
             GtkLabel         *label)
{
  int width, height;
  int view_width = gtk_widget_get_width (GTK_WIDGET (self->views));
  int view_height = gtk_widget_get_height (GTK_WIDGET (self->views));

  /* A hidden label has no size, but its text has. */
  pango_layout_get_pixel_size (gtk_label_get_layout (label), &width, &height);

  return view_width <= 0 || (width < 0.3 * view_width && height < 0.45 * view_height);
}

static gboolean
has_corners (FareCalendarPage *self)
{
  return self->kind == FARE_CALENDAR_ISO && self->width == FARE_WIDTH_WIDE && self->sheet != NULL &&
         fare_iso_calendar_get_zoom (self->iso_calendar) <= 1.0 &&
         fits_corner (self, self->total_label) && fits_corner (self, self->habits_label);
}

/* The two blocks stand in the corners that the floor leaves empty; which ones that are depends on
 * how it is turned, and not on the direction that the language reads in. */
void
fare_calendar_page_place_corners (FareCalendarPage *self)
{
  gboolean is_rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  gboolean is_across = fare_iso_calendar_get_rotation (self->iso_calendar) % 2 != 0;
  GtkAlign left = is_rtl ? GTK_ALIGN_END : GTK_ALIGN_START;
  GtkAlign right = is_rtl ? GTK_ALIGN_START : GTK_ALIGN_END;
  gboolean is_shown = has_corners (self);

  gtk_widget_set_halign (GTK_WIDGET (self->total_label), is_across ? left : right);
  gtk_widget_set_halign (GTK_WIDGET (self->habits_label), is_across ? right : left);
  gtk_label_set_xalign (self->total_label, (is_across != is_rtl) ? 0.0 : 1.0);
  gtk_label_set_justify (self->total_label, is_across ? GTK_JUSTIFY_LEFT : GTK_JUSTIFY_RIGHT);
  gtk_label_set_justify (self->habits_label, is_across ? GTK_JUSTIFY_RIGHT : GTK_JUSTIFY_LEFT);
  gtk_widget_set_visible (GTK_WIDGET (self->total_label), is_shown);
  gtk_widget_set_visible (GTK_WIDGET (self->habits_label), is_shown);
}

void
fare_calendar_page_show_corners (FareCalendarPage *self)
{
  gboolean is_plain = adw_style_manager_get_high_contrast (adw_style_manager_get_default ());
  g_autofree char *total = fare_calendar_figures_total (self->sheet, is_plain);
  g_autofree char *habits = fare_calendar_figures_habits (self->sheet, is_plain);

  fare_quiet_label_set (self->total_label, total);
  fare_quiet_label_set (self->habits_label, habits);
  fare_calendar_page_place_corners (self);
}

void
fare_calendar_page_show_bottom (FareCalendarPage *self)
{
  GSettings *settings = fare_calendar_page_get_settings (self);
  gboolean is_iso = self->kind == FARE_CALENDAR_ISO;
  g_autofree char *total = fare_calendar_text_total (self->sheet);
  g_autofree char *active = fare_calendar_text_active (self->sheet);
  g_autofree char *summary = NULL;

  fare_calendar_legend_show (self->legend, self->sheet);
  gtk_widget_set_visible (GTK_WIDGET (self->heights_label), is_iso && self->width != FARE_WIDTH_NARROW);
  fare_quiet_label_set (self->heights_label, g_settings_get_boolean (settings, "iso-sqrt")
                                             ? _("Square-root heights") : _("Linear heights"));

  /* Translators: a total, and active days as in “18 of 30” */
  summary = g_strdup_printf (self->sheet->metric == FARE_METRIC_COST &&
                             fare_sums_has_cost (&self->sheet->total) ? _("%s estimated · %s days active")
                             : self->sheet->metric == FARE_METRIC_ENERGY ? _("%s, order of magnitude · %s days active")
                             : _("%s · %s days active"),
                             total, active);
  fare_quiet_label_set (self->summary_label, summary);
  gtk_label_set_xalign (self->summary_label, self->width == FARE_WIDTH_NARROW ? 0.0f : 1.0f);
  /* The corners of the 3D view say it already. */
  gtk_widget_set_visible (GTK_WIDGET (self->summary_label),
                          !has_corners (self) ||
                          gtk_toggle_button_get_active (self->table_toggle));
}

void
fare_calendar_page_show_nothing (FareCalendarPage *self)
{
  g_autofree char *title = fare_calendar_text_title (self->sheet->period);
  g_autofree char *text = NULL;
  g_autofree char *button = NULL;
  gboolean has_use = self->sheet->streaks.active_days > 0;

  if (!has_use)
    {
      /* Translators: a period */
      text = g_strdup_printf (_("No use in %s"), title);
      fare_quiet_label_set (self->nothing_label, text);
      gtk_widget_set_visible (GTK_WIDGET (self->nothing_button), self->last_use != FARE_DAY_MIN);

      if (self->last_use != FARE_DAY_MIN)
        {
          g_autofree char *day = fare_text_day (self->last_use, self->sheet->today);

          /* Translators: a day */
          button = g_strdup_printf (_("Last use: %s"), day);
          gtk_button_set_label (self->nothing_button, button);
        }
    }

  gtk_revealer_set_reveal_child (self->nothing, !has_use);
}
