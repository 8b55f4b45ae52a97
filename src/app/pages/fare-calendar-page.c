/* fare-calendar-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "base/fare-text.h"
#include "models/fare-calendar-text.h"
#include "pages/fare-calendar-day.h"
#include "pages/fare-calendar-figures.h"
#include "pages/fare-calendar-page.h"
#include "widgets/fare-calendar-legend.h"
#include "widgets/fare-calendar-table.h"
#include "widgets/fare-iso-calendar.h"
#include "widgets/fare-month-grid.h"
#include "widgets/fare-year-grid.h"

/* Work that lasts longer than this is shown as such. */
#define SLOW_MS 200

struct _FareCalendarPage
{
  AdwBin               parent_instance;

  GtkStack            *pages;
  GtkBox              *toolbar;
  GtkToggleButton     *month_toggle;
  GtkToggleButton     *year_toggle;
  GtkToggleButton     *iso_toggle;
  GtkDropDown         *metric_drop;
  GtkWidget           *iso_tools;
  GtkWidget           *turn_box;
  GtkLabel            *period_label;
  GtkToggleButton     *table_toggle;
  GtkRevealer         *nothing;
  GtkLabel            *nothing_label;
  GtkButton           *nothing_button;
  GtkStack            *views;
  GtkSpinner          *spinner;
  AdwStatusPage       *failed_page;
  GtkBox              *month_box;
  FareMonthGrid       *month_grid;
  AdwClamp            *month_clamp;
  FareCalendarFigures *month_figures;
  GtkScrolledWindow   *year_scroller;
  FareYearGrid        *year_grid;
  FareCalendarFigures *year_figures;
  FareIsoCalendar     *iso_calendar;
  GtkLabel            *total_label;
  GtkLabel            *habits_label;
  FareCalendarTable   *table;
  GtkWidget           *bottom_box;
  FareCalendarLegend  *legend;
  GtkLabel            *heights_label;
  GtkLabel            *summary_label;
  FareCalendarDay     *day_page;
  GtkPopover          *popover;
  FareCalendarDay     *popover_day;

  GSimpleActionGroup  *actions;
  FareRangeChoice     *choice;
  FarePreferences     *preferences;
  FareLiveQuery       *days;   /* all days of the index */
  FareLiveQuery       *bill;   /* models of the month shown */
  FareCalendarSheet   *sheet;  /* NULL while the days are unknown */
  FareCalendarKind     kind;
  FareDay              anchor; /* a day of the period shown */
  FareRange            extent; /* days of the index, today included */
  FareDay              last_use;
  FareWidth            width;
  gboolean             is_iso_month;
  gboolean             is_active;
  gboolean             is_end_due; /* the year has to be scrolled to its end */
  guint                slow_id;
};

static void page_iface_init (FarePageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FareCalendarPage, fare_calendar_page, ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (FARE_TYPE_PAGE, page_iface_init))

static void update (FareCalendarPage *self);

static GSettings *
get_settings (FareCalendarPage *self)
{
  return fare_preferences_get_settings (self->preferences);
}

static FareDay
get_today (FareCalendarPage *self)
{
  FareNow now;

  fare_range_choice_get_now (self->choice, &now);

  return fare_day_of (now.zone, now.now_ms);
}

static gboolean
is_month (FareCalendarPage *self)
{
  return self->kind == FARE_CALENDAR_MONTH || (self->kind == FARE_CALENDAR_ISO && self->is_iso_month);
}

static FareCalendarPeriod
get_period (FareCalendarPage *self)
{
  return fare_calendar_period_of (is_month (self), self->anchor);
}

static void
set_text (GtkLabel   *label,
          const char *text)
{
  if (g_strcmp0 (gtk_label_get_label (label), text) != 0)
    gtk_label_set_label (label, text);
}

static FareCalendarDay *
get_open_day (FareCalendarPage *self)
{
  if (gtk_widget_get_visible (GTK_WIDGET (self->popover)))
    return self->popover_day;

  if (g_str_equal (gtk_stack_get_visible_child_name (self->pages), "day"))
    return self->day_page;

  return NULL;
}

/* The two blocks stand in the corners that the floor leaves empty; which ones that are depends on
 * how it is turned, and not on the direction that the language reads in. */
static void
place_corners (FareCalendarPage *self)
{
  gboolean is_rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  gboolean is_across = fare_iso_calendar_get_rotation (self->iso_calendar) % 2 != 0;
  GtkAlign left = is_rtl ? GTK_ALIGN_END : GTK_ALIGN_START;
  GtkAlign right = is_rtl ? GTK_ALIGN_START : GTK_ALIGN_END;
  gboolean is_shown = self->width == FARE_WIDTH_WIDE && self->sheet != NULL &&
                      fare_iso_calendar_get_zoom (self->iso_calendar) <= 1.0;

  gtk_widget_set_halign (GTK_WIDGET (self->total_label), is_across ? left : right);
  gtk_widget_set_halign (GTK_WIDGET (self->habits_label), is_across ? right : left);
  gtk_label_set_xalign (self->total_label, (is_across != is_rtl) ? 0.0 : 1.0);
  gtk_label_set_justify (self->total_label, is_across ? GTK_JUSTIFY_LEFT : GTK_JUSTIFY_RIGHT);
  gtk_label_set_justify (self->habits_label, is_across ? GTK_JUSTIFY_RIGHT : GTK_JUSTIFY_LEFT);
  gtk_widget_set_visible (GTK_WIDGET (self->total_label), is_shown);
  gtk_widget_set_visible (GTK_WIDGET (self->habits_label), is_shown);
}

static void
show_corners (FareCalendarPage *self)
{
  g_autofree char *total = fare_calendar_figures_total (self->sheet);
  g_autofree char *habits = fare_calendar_figures_habits (self->sheet);

  set_text (self->total_label, total);
  set_text (self->habits_label, habits);
  place_corners (self);
}

static void
show_bottom (FareCalendarPage *self)
{
  gboolean is_iso = self->kind == FARE_CALENDAR_ISO;
  g_autofree char *total = fare_calendar_text_total (self->sheet);
  g_autofree char *active = fare_calendar_text_active (self->sheet);
  g_autofree char *summary = NULL;

  fare_calendar_legend_show (self->legend, self->sheet);
  gtk_widget_set_visible (GTK_WIDGET (self->heights_label), is_iso && self->width != FARE_WIDTH_NARROW);
  set_text (self->heights_label,
            g_settings_get_boolean (get_settings (self), "iso-sqrt") ? _("Square-root heights")
                                                                     : _("Linear heights"));

  /* Translators: a total, and active days as in “18/30” */
  summary = g_strdup_printf (self->sheet->metric == FARE_METRIC_COST ? _("%s estimated · %s days active")
                             : self->sheet->metric == FARE_METRIC_ENERGY ? _("%s, order of magnitude · %s days active")
                             : _("%s · %s days active"),
                             total, active);
  set_text (self->summary_label, summary);
  /* The corners of the 3D view say it already. */
  gtk_widget_set_visible (GTK_WIDGET (self->summary_label),
                          !is_iso || self->width != FARE_WIDTH_WIDE ||
                          gtk_toggle_button_get_active (self->table_toggle));
}

static void
show_nothing (FareCalendarPage *self)
{
  g_autofree char *title = fare_calendar_text_title (self->sheet->period);
  g_autofree char *text = NULL;
  g_autofree char *button = NULL;
  gboolean has_use = self->sheet->streaks.active_days > 0;

  if (!has_use)
    {
      /* Translators: a period */
      text = g_strdup_printf (_("No use in %s"), title);
      set_text (self->nothing_label, text);
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

static void
scroll_to_end (FareCalendarPage *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_hadjustment (self->year_scroller);

  /* The end of what there is: today, in this year. */
  if (self->is_end_due && self->sheet != NULL && gtk_adjustment_get_page_size (adjustment) > 0)
    {
      double part = (fare_calendar_sheet_last_day (self->sheet) + 14 - self->sheet->range.first) /
                    (double) self->sheet->n_cells;

      gtk_adjustment_set_value (adjustment, MIN (1.0, part) * gtk_adjustment_get_upper (adjustment) -
                                            gtk_adjustment_get_page_size (adjustment));
      self->is_end_due = FALSE;
    }
}

static const char *
get_view_name (FareCalendarPage *self)
{
  static const char * const names[] = { "month", "year", "iso" };

  if (fare_live_query_get_error (self->days) != NULL)
    return "failed";

  if (self->sheet == NULL)
    return "busy";

  return gtk_toggle_button_get_active (self->table_toggle) ? "table" : names[self->kind];
}

static const FareCalendarBill *
get_bill (FareCalendarPage *self)
{
  const FareCalendarBill *bill = fare_live_query_get_answer (self->bill);

  return bill != NULL && self->sheet != NULL && bill->range.first == self->sheet->range.first &&
         bill->range.end == self->sheet->range.end ? bill : NULL;
}

static void
show_sheet (FareCalendarPage *self)
{
  switch (self->kind)
    {
    case FARE_CALENDAR_MONTH:
      fare_month_grid_set_sheet (self->month_grid, self->sheet);
      fare_calendar_figures_show (self->month_figures, self->sheet, get_bill (self));
      break;

    case FARE_CALENDAR_YEAR:
      fare_calendar_canvas_set_sheet (FARE_CALENDAR_CANVAS (self->year_grid), self->sheet);
      fare_calendar_figures_show (self->year_figures, self->sheet, NULL);
      break;

    case FARE_CALENDAR_ISO:
    default:
      fare_calendar_canvas_set_sheet (FARE_CALENDAR_CANVAS (self->iso_calendar), self->sheet);
      show_corners (self);
    }

  fare_calendar_table_set_sheet (self->table, self->sheet);
  show_bottom (self);
  show_nothing (self);

  if (get_open_day (self) != NULL)
    fare_calendar_day_show (get_open_day (self), self->sheet,
                            fare_calendar_day_get_day (get_open_day (self)), self->extent.first);
}

static void
learn_extent (FareCalendarPage   *self,
              const FareYearData *data)
{
  FareRange range = data->series != NULL ? fare_day_series_get_range (data->series)
                                         : (FareRange) { 0, 0 };

  self->extent = (FareRange) { data->today, data->today + 1 };
  self->last_use = FARE_DAY_MIN;
  if (range.end <= range.first)
    return;

  self->extent.first = MIN (range.first, data->today);
  self->extent.end = MAX (range.end, data->today + 1);
  self->last_use = range.end - 1;
}

static gboolean
slow_cb (gpointer data)
{
  FareCalendarPage *self = data;

  self->slow_id = 0;
  gtk_spinner_set_spinning (self->spinner, TRUE);

  return G_SOURCE_REMOVE;
}

static void
show_state (FareCalendarPage *self)
{
  const char *name = get_view_name (self);
  const GError *error = fare_live_query_get_error (self->days);

  g_clear_handle_id (&self->slow_id, g_source_remove);
  gtk_spinner_set_spinning (self->spinner, FALSE);

  if (g_str_equal (name, "busy"))
    self->slow_id = g_timeout_add (SLOW_MS, slow_cb, self);

  if (error != NULL)
    {
      /* Status pages read markup, and a path may look like some. */
      g_autofree char *escaped = g_markup_escape_text (error->message, -1);

      adw_status_page_set_description (self->failed_page, escaped);
    }

  gtk_stack_set_visible_child_name (self->views, name);
  gtk_widget_set_visible (self->bottom_box, self->sheet != NULL);
  gtk_widget_set_visible (self->iso_tools, self->kind == FARE_CALENDAR_ISO);
  if (self->sheet == NULL)
    {
      gtk_revealer_set_reveal_child (self->nothing, FALSE);
      gtk_widget_set_visible (GTK_WIDGET (self->total_label), FALSE);
      gtk_widget_set_visible (GTK_WIDGET (self->habits_label), FALSE);
    }
}

/* Brings everything in line with view, period, metric and what is known. */
static void
update (FareCalendarPage *self)
{
  const FareYearData *data = fare_live_query_get_answer (self->days);
  FareCalendarView view = { .period = get_period (self) };
  g_autofree char *metric = NULL;
  g_autofree char *title = fare_calendar_text_title (view.period);

  set_text (self->period_label, title);
  g_clear_pointer (&self->sheet, fare_calendar_sheet_unref);

  if (data != NULL)
    {
      learn_extent (self, data);
      metric = g_settings_get_string (get_settings (self), "calendar-metric");
      view.metric = fare_metric_from_id (metric);
      view.hide_amounts = fare_preferences_get_hide_amounts (self->preferences);
      view.first_weekday = fare_week_get_first_weekday ();
      self->sheet = fare_calendar_sheet_new (data, &view);
      fare_live_query_set_subject (self->bill, fare_calendar_bill_make_subject (self->sheet->range));
      show_sheet (self);
    }

  fare_live_query_set_active (self->bill, self->is_active && self->kind == FARE_CALENDAR_MONTH);
  show_state (self);
  scroll_to_end (self);
  fare_page_emit_noted (FARE_PAGE (self));
}

static void
bill_changed_cb (FareCalendarPage *self)
{
  if (self->sheet != NULL && self->kind == FARE_CALENDAR_MONTH)
    fare_calendar_figures_show (self->month_figures, self->sheet, get_bill (self));
}

/* Details over the calendar */

static GtkWidget *
get_anchor (FareCalendarPage *self,
            FareDay           day,
            GdkRectangle     *rectangle)
{
  const char *name = get_view_name (self);
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

static void
follow_day (FareCalendarPage *self,
            FareDay           day)
{
  FareRange range = fare_calendar_period_get_range (get_period (self));

  if (day < range.first || day >= range.end)
    {
      self->anchor = day;
      update (self);
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

  follow_day (self, day);
  is_narrow = self->width == FARE_WIDTH_NARROW;
  details = is_narrow ? self->day_page : self->popover_day;
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

static void
open_day_cb (FareCalendarPage *self,
             int               day)
{
  fare_calendar_page_open_day (self, day);
}

static void
day_step_cb (FareCalendarPage *self,
             int               direction)
{
  FareCalendarDay *details = get_open_day (self);
  FareDay day;

  if (details == NULL || self->sheet == NULL)
    return;

  day = CLAMP (fare_calendar_day_get_day (details) + direction, self->extent.first,
               self->extent.end - 1);
  follow_day (self, day);
  fare_calendar_day_show (details, self->sheet, day, self->extent.first);
  if (details == self->popover_day)
    point_at (self, day);
}

static gboolean
close_day (FareCalendarPage *self)
{
  FareCalendarDay *details = get_open_day (self);

  if (details == NULL)
    return FALSE;

  fare_calendar_day_set_active (details, FALSE);
  gtk_popover_popdown (self->popover);
  gtk_stack_set_visible_child_name (self->pages, "calendar");

  return TRUE;
}

static void
day_left_cb (FareCalendarPage *self)
{
  close_day (self);
}

static void
popover_closed_cb (FareCalendarPage *self)
{
  fare_calendar_day_set_active (self->popover_day, FALSE);
}

/* Toolbar */

static void
set_kind (FareCalendarPage *self,
          FareCalendarKind  kind)
{
  GtkToggleButton *toggles[] = { self->month_toggle, self->year_toggle, self->iso_toggle };
  FareDay last = MIN (get_today (self), self->extent.end - 1);
  FareRange before = fare_calendar_period_get_range (get_period (self));

  self->kind = kind;
  /* From a year to one of its months: the newest there is. */
  if (is_month (self) && before.end - before.first > 31 && self->anchor == before.first)
    self->anchor = CLAMP (last, before.first, before.end - 1);

  self->is_end_due = kind == FARE_CALENDAR_YEAR;
  gtk_toggle_button_set_active (toggles[kind], TRUE);
  g_settings_set_enum (get_settings (self), "calendar-view", kind);
  update (self);
}

static void
view_toggled_cb (FareCalendarPage *self,
                 GtkToggleButton  *toggle)
{
  FareCalendarKind kind = toggle == self->month_toggle ? FARE_CALENDAR_MONTH
                        : toggle == self->year_toggle ? FARE_CALENDAR_YEAR : FARE_CALENDAR_ISO;

  if (self->preferences != NULL && gtk_toggle_button_get_active (toggle) && kind != self->kind)
    set_kind (self, kind);
}

static void
metric_selected_cb (FareCalendarPage *self)
{
  guint selected = gtk_drop_down_get_selected (self->metric_drop);

  if (self->preferences == NULL || selected >= FARE_N_METRICS)
    return;

  g_settings_set_string (get_settings (self), "calendar-metric", fare_metric_to_id (selected));
  update (self);
}

static void
table_toggled_cb (FareCalendarPage *self)
{
  if (self->preferences == NULL)
    return;

  show_state (self);
  if (self->sheet != NULL)
    show_bottom (self);
}

static void
iso_view_changed_cb (FareCalendarPage *self)
{
  place_corners (self);
}

static void
show_last_use_cb (FareCalendarPage *self)
{
  self->anchor = self->last_use;
  update (self);
}

static void
show_month_cb (FareCalendarPage *self,
               int               first)
{
  self->anchor = first;
  set_kind (self, FARE_CALENDAR_MONTH);
}

static void
try_again_cb (FareCalendarPage *self)
{
  fare_live_query_ask (self->days);
}

/* FarePage */

static gboolean
fare_calendar_page_can_step (FarePage *page,
                             int       direction)
{
  FareCalendarPage *self = FARE_CALENDAR_PAGE (page);
  FareRange range;

  if (self->choice == NULL)
    return FALSE;

  range = fare_calendar_period_get_range (get_period (self));

  return direction < 0 ? range.first > self->extent.first : range.end < self->extent.end;
}

static void
fare_calendar_page_step (FarePage *page,
                         int       direction)
{
  FareCalendarPage *self = FARE_CALENDAR_PAGE (page);

  self->anchor = fare_calendar_period_step (get_period (self), direction).first;
  self->is_end_due = self->kind == FARE_CALENDAR_YEAR;
  update (self);
}

static void
step_cb (FareCalendarPage *self,
         int               direction)
{
  fare_page_step (FARE_PAGE (self), direction);
}

static void
fare_calendar_page_show_today (FarePage *page)
{
  FareCalendarPage *self = FARE_CALENDAR_PAGE (page);

  self->anchor = get_today (self);
  self->is_end_due = self->kind == FARE_CALENDAR_YEAR;
  update (self);
  follow_day (self, self->anchor);
}

static gboolean
fare_calendar_page_go_back (FarePage *page)
{
  return close_day (FARE_CALENDAR_PAGE (page));
}

static void
fare_calendar_page_set_active (FarePage *page,
                               gboolean  is_active)
{
  FareCalendarPage *self = FARE_CALENDAR_PAGE (page);

  self->is_active = !!is_active;
  if (self->days == NULL)
    return;

  fare_live_query_set_active (self->days, is_active);
  fare_live_query_set_active (self->bill, is_active && self->kind == FARE_CALENDAR_MONTH);
  if (get_open_day (self) != NULL)
    fare_calendar_day_set_active (get_open_day (self), is_active);
}

static void
fare_calendar_page_set_width (FarePage  *page,
                              FareWidth  width)
{
  FareCalendarPage *self = FARE_CALENDAR_PAGE (page);
  gboolean is_narrow = width == FARE_WIDTH_NARROW;
  gboolean is_wide = width == FARE_WIDTH_WIDE;

  /* What lies over the page is of another kind now. */
  if (is_narrow != (self->width == FARE_WIDTH_NARROW))
    close_day (self);

  self->width = width;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->toolbar),
                                  is_wide ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->month_box),
                                  is_wide ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL);
  adw_clamp_set_maximum_size (self->month_clamp, is_wide ? 330 : 1000);
  gtk_label_set_width_chars (self->period_label, is_narrow ? -1 : 16);
  gtk_widget_set_visible (self->turn_box, !is_narrow);
  fare_month_grid_set_narrow (self->month_grid, is_narrow);
  fare_calendar_table_set_narrow (self->table, is_narrow);
  self->is_end_due = TRUE;

  if (is_narrow)
    gtk_widget_add_css_class (GTK_WIDGET (self), "narrow");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "narrow");

  if (self->sheet != NULL)
    {
      show_bottom (self);
      place_corners (self);
    }
}

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
  set_kind (self, self->kind);
}

static void
root_changed_cb (FareCalendarPage *self)
{
  fare_iso_calendar_set_root (self->iso_calendar,
                              g_settings_get_boolean (get_settings (self), "iso-sqrt"));
  if (self->sheet != NULL)
    show_bottom (self);
}

static void
add_actions (FareCalendarPage *self)
{
  const GActionEntry entries[] = {
    { "turn-left", turn_cb, NULL, NULL, NULL },
    { "turn-right", turn_cb, NULL, NULL, NULL },
    { "zoom-in", zoom_cb, NULL, NULL, NULL },
    { "zoom-out", zoom_cb, NULL, NULL, NULL },
    { "zoom-fit", zoom_cb, NULL, NULL, NULL },
    { "one-month", NULL, NULL, "false", one_month_cb },
  };
  g_autoptr(GAction) root = g_settings_create_action (get_settings (self), "iso-sqrt");

  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  g_action_map_add_action (G_ACTION_MAP (self->actions), root);
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

  set_kind (self, FARE_CALENDAR_MONTH + (key - GDK_KEY_1));
  gtk_widget_child_focus (GTK_WIDGET (self->views), GTK_DIR_TAB_FORWARD);

  return GDK_EVENT_STOP;
}

static void
read_settings (FareCalendarPage *self)
{
  GtkToggleButton *toggles[] = { self->month_toggle, self->year_toggle, self->iso_toggle };
  g_autofree char *metric = g_settings_get_string (get_settings (self), "calendar-metric");

  self->kind = CLAMP (g_settings_get_enum (get_settings (self), "calendar-view"),
                      FARE_CALENDAR_MONTH, FARE_CALENDAR_ISO);
  gtk_toggle_button_set_active (toggles[self->kind], TRUE);
  gtk_drop_down_set_selected (self->metric_drop, fare_metric_from_id (metric));
  root_changed_cb (self);
}

static void
fare_calendar_page_connect (FarePage              *page,
                            const FarePageContext *context)
{
  FareCalendarPage *self = FARE_CALENDAR_PAGE (page);
  FarePreferences *preferences = g_object_ref (context->preferences);

  self->choice = g_object_ref (context->choice);
  self->anchor = get_today (self);
  self->extent = (FareRange) { self->anchor, self->anchor + 1 };
  self->days = fare_live_query_new (context->meter, context->choice, FALSE, context->filter,
                                    fare_calendar_days_load, (GDestroyNotify) fare_year_data_free);
  self->bill = fare_live_query_new (context->meter, context->choice, FALSE, context->filter,
                                    fare_calendar_bill_load,
                                    (GDestroyNotify) fare_calendar_bill_free);
  fare_calendar_day_connect (self->day_page, context);
  fare_calendar_day_connect (self->popover_day, context);

  /* Controls move to what was stored before they may store anything. */
  self->preferences = preferences;
  read_settings (self);
  add_actions (self);

  g_signal_connect_object (self->days, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->bill, "changed",
                           G_CALLBACK (bill_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (preferences, "notify::hide-amounts",
                           G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (get_settings (self), "changed::iso-sqrt",
                           G_CALLBACK (root_changed_cb), self, G_CONNECT_SWAPPED);
  update (self);
}

static void
fare_calendar_page_dispose (GObject *object)
{
  FareCalendarPage *self = FARE_CALENDAR_PAGE (object);

  g_clear_handle_id (&self->slow_id, g_source_remove);
  if (self->popover != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->popover));
  self->popover = NULL;
  g_clear_object (&self->actions);
  g_clear_object (&self->days);
  g_clear_object (&self->bill);
  g_clear_object (&self->choice);
  g_clear_object (&self->preferences);
  g_clear_pointer (&self->sheet, fare_calendar_sheet_unref);
  /* The bin's only child is a bound one: the template would take it away behind the bin's back. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), FARE_TYPE_CALENDAR_PAGE);

  G_OBJECT_CLASS (fare_calendar_page_parent_class)->dispose (object);
}

static void
page_iface_init (FarePageInterface *iface)
{
  iface->features = FARE_PAGE_HAS_FILTER;
  iface->connect = fare_calendar_page_connect;
  iface->set_active = fare_calendar_page_set_active;
  iface->set_width = fare_calendar_page_set_width;
  iface->go_back = fare_calendar_page_go_back;
  iface->can_step = fare_calendar_page_can_step;
  iface->step = fare_calendar_page_step;
  iface->show_today = fare_calendar_page_show_today;
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, FareCalendarPage, name)

static void
bind_template_children (GtkWidgetClass *widget_class)
{
  BIND (pages);
  BIND (toolbar);
  BIND (month_toggle);
  BIND (year_toggle);
  BIND (iso_toggle);
  BIND (metric_drop);
  BIND (iso_tools);
  BIND (turn_box);
  BIND (period_label);
  BIND (table_toggle);
  BIND (nothing);
  BIND (nothing_label);
  BIND (nothing_button);
  BIND (views);
  BIND (spinner);
  BIND (failed_page);
  BIND (month_box);
  BIND (month_grid);
  BIND (month_clamp);
  BIND (month_figures);
  BIND (year_scroller);
  BIND (year_grid);
  BIND (year_figures);
  BIND (iso_calendar);
  BIND (total_label);
  BIND (habits_label);
  BIND (table);
  BIND (bottom_box);
  BIND (legend);
  BIND (heights_label);
  BIND (summary_label);
  BIND (day_page);
}

static void
fare_calendar_page_class_init (FareCalendarPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fare_calendar_page_dispose;

  g_type_ensure (FARE_TYPE_CALENDAR_DAY);
  g_type_ensure (FARE_TYPE_CALENDAR_FIGURES);
  g_type_ensure (FARE_TYPE_CALENDAR_LEGEND);
  g_type_ensure (FARE_TYPE_CALENDAR_TABLE);
  g_type_ensure (FARE_TYPE_ISO_CALENDAR);
  g_type_ensure (FARE_TYPE_MONTH_GRID);
  g_type_ensure (FARE_TYPE_YEAR_GRID);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/tokenfare/Tokenfare/fare-calendar-page.ui");
  bind_template_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, day_left_cb);
  gtk_widget_class_bind_template_callback (widget_class, day_step_cb);
  gtk_widget_class_bind_template_callback (widget_class, iso_view_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, metric_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_day_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_last_use_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_month_cb);
  gtk_widget_class_bind_template_callback (widget_class, step_cb);
  gtk_widget_class_bind_template_callback (widget_class, table_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, try_again_cb);
  gtk_widget_class_bind_template_callback (widget_class, view_toggled_cb);
}

static void
add_popover (FareCalendarPage *self)
{
  self->popover = GTK_POPOVER (gtk_popover_new ());
  self->popover_day = g_object_new (FARE_TYPE_CALENDAR_DAY, NULL);
  fare_calendar_day_set_page (self->popover_day, FALSE);
  fare_calendar_day_set_page (self->day_page, TRUE);
  gtk_popover_set_child (self->popover, GTK_WIDGET (self->popover_day));
  gtk_widget_set_parent (GTK_WIDGET (self->popover), GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->popover),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Day Details"), -1);

  g_signal_connect_swapped (self->popover_day, "step", G_CALLBACK (day_step_cb), self);
  g_signal_connect_swapped (self->popover_day, "left", G_CALLBACK (day_left_cb), self);
  g_signal_connect_swapped (self->popover, "closed", G_CALLBACK (popover_closed_cb), self);
}

static void
fare_calendar_page_init (FareCalendarPage *self)
{
  g_autoptr(GtkStringList) metrics = NULL;
  GtkEventController *keys = gtk_event_controller_key_new ();

  /* Before the controls that name its actions. */
  self->actions = g_simple_action_group_new ();
  gtk_widget_insert_action_group (GTK_WIDGET (self), "calendar", G_ACTION_GROUP (self->actions));

  gtk_widget_init_template (GTK_WIDGET (self));
  metrics = gtk_string_list_new (NULL);
  for (guint i = 0; i < FARE_N_METRICS; i++)
    gtk_string_list_append (metrics, fare_metric_to_title (i));
  gtk_drop_down_set_model (self->metric_drop, G_LIST_MODEL (metrics));

  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->views), keys);
  g_signal_connect_object (gtk_scrolled_window_get_hadjustment (self->year_scroller), "changed",
                           G_CALLBACK (scroll_to_end), self, G_CONNECT_SWAPPED);
  add_popover (self);
}

FareCalendarSheet *
fare_calendar_page_get_sheet (FareCalendarPage *self)
{
  g_return_val_if_fail (FARE_IS_CALENDAR_PAGE (self), NULL);

  return self->sheet;
}

void
fare_calendar_page_show_period (FareCalendarPage *self,
                                FareCalendarKind  kind,
                                FareDay           day)
{
  g_return_if_fail (FARE_IS_CALENDAR_PAGE (self));

  self->anchor = day;
  set_kind (self, kind);
}

FareDay
fare_calendar_page_get_open_day (FareCalendarPage *self)
{
  g_return_val_if_fail (FARE_IS_CALENDAR_PAGE (self), FARE_DAY_MIN);

  return get_open_day (self) != NULL ? fare_calendar_day_get_day (get_open_day (self)) : FARE_DAY_MIN;
}
