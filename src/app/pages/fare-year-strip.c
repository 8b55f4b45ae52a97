/* fare-year-strip.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "base/fare-range.h"
#include "models/fare-calendar-text.h"
#include "pages/fare-year-strip.h"
#include "widgets/fare-calendar-legend.h"
#include "widgets/fare-fold-box.h"
#include "widgets/fare-pass-scroll.h"
#include "widgets/fare-still-label.h"
#include "widgets/fare-year-grid.h"

struct _FareYearStrip
{
  GtkBox              parent_instance;

  GtkScrolledWindow  *scroller;
  FareYearGrid       *grid;
  GtkBox             *bottom_box;
  FareStillLabel     *total_label;
  FareCalendarLegend *legend;

  double              upper;      /* how wide the squares were when they were last scrolled */
};

G_DEFINE_FINAL_TYPE (FareYearStrip, fare_year_strip, GTK_TYPE_BOX)

static void
day_activated_cb (FareYearStrip *self,
                  int            day)
{
  g_autofree char *text = fare_day_to_string (day);

  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-calendar", "s", text);
}

/* There is no other year to turn to; the keys move the page, as they do everywhere else on it. */
static void
step_cb (FareYearStrip *self,
         int            direction)
{
  GtkWidget *page = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_SCROLLED_WINDOW);
  gboolean is_handled;

  if (page != NULL)
    g_signal_emit_by_name (page, "scroll-child",
                           direction < 0 ? GTK_SCROLL_PAGE_UP : GTK_SCROLL_PAGE_DOWN, FALSE,
                           &is_handled);
}

/* Today is at the end; where not all of the year fits, that is what matters. */
static void
scroll_to_end (FareYearStrip *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_hadjustment (self->scroller);
  double upper = gtk_adjustment_get_upper (adjustment);

  fare_pass_scroll_set (self->scroller, upper <= gtk_adjustment_get_page_size (adjustment));
  if (gtk_adjustment_get_page_size (adjustment) <= 0.0 || upper == self->upper)
    return;

  self->upper = upper;
  gtk_adjustment_set_value (adjustment, upper - gtk_adjustment_get_page_size (adjustment));
}

static void
fare_year_strip_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), FARE_TYPE_YEAR_STRIP);

  G_OBJECT_CLASS (fare_year_strip_parent_class)->dispose (object);
}

static void
fare_year_strip_class_init (FareYearStripClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fare_year_strip_dispose;

  g_type_ensure (FARE_TYPE_CALENDAR_LEGEND);
  g_type_ensure (FARE_TYPE_FOLD_BOX);
  g_type_ensure (FARE_TYPE_STILL_LABEL);
  g_type_ensure (FARE_TYPE_YEAR_GRID);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/tokenfare/Tokenfare/fare-year-strip.ui");
  gtk_widget_class_bind_template_child (widget_class, FareYearStrip, scroller);
  gtk_widget_class_bind_template_child (widget_class, FareYearStrip, grid);
  gtk_widget_class_bind_template_child (widget_class, FareYearStrip, bottom_box);
  gtk_widget_class_bind_template_child (widget_class, FareYearStrip, total_label);
  gtk_widget_class_bind_template_child (widget_class, FareYearStrip, legend);
  gtk_widget_class_bind_template_callback (widget_class, day_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, step_cb);
}

static void
fare_year_strip_init (FareYearStrip *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  g_signal_connect_object (gtk_scrolled_window_get_hadjustment (self->scroller), "changed",
                           G_CALLBACK (scroll_to_end), self, G_CONNECT_SWAPPED);
}

void
fare_year_strip_show (FareYearStrip      *self,
                      const FareYearData *year,
                      gboolean            hide_amounts)
{
  FareCalendarView view = { .metric = FARE_METRIC_TOKENS, .hide_amounts = hide_amounts };
  g_autoptr(FareCalendarSheet) sheet = NULL;
  g_autofree char *tokens = NULL;
  g_autofree char *text = NULL;

  g_return_if_fail (FARE_IS_YEAR_STRIP (self));

  if (year == NULL)
    {
      fare_calendar_canvas_set_sheet (FARE_CALENDAR_CANVAS (self->grid), NULL);
      fare_still_label_set_label (self->total_label, "");
      return;
    }

  view.first_weekday = fare_week_get_first_weekday ();
  view.days = fare_year_data_get_past_year (year, view.first_weekday);
  sheet = fare_calendar_sheet_new (year, &view);
  fare_calendar_canvas_set_sheet (FARE_CALENDAR_CANVAS (self->grid), sheet);
  fare_calendar_legend_show (self->legend, sheet);

  tokens = fare_calendar_text_total (sheet);
  /* Translators: how much was used in the past year, “12.3B tokens”, and on how many days */
  text = g_strdup_printf (ngettext ("%s on %u active day", "%s on %u active days",
                                    sheet->streaks.active_days),
                          tokens, sheet->streaks.active_days);
  fare_still_label_set_label (self->total_label, text);
}

void
fare_year_strip_set_narrow (FareYearStrip *self,
                            gboolean       is_narrow)
{
  g_return_if_fail (FARE_IS_YEAR_STRIP (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->bottom_box),
                                  is_narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
}
