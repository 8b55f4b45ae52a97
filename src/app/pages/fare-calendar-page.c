/* fare-calendar-page.c
 *
 * The calendar page: which view of which period is seen, and what the controls do.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "models/fare-calendar-text.h"
#include "models/fare-year-data.h"
#include "pages/fare-calendar-page-private.h"
#include "widgets/fare-button-row.h"
#include "widgets/fare-fold-box.h"
#include "widgets/fare-quiet-label.h"
#include "widgets/fare-quiet-tooltip.h"
#include "widgets/fare-slow-spinner.h"

static void page_iface_init (FarePageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FareCalendarPage, fare_calendar_page, ADW_TYPE_BIN,
                               G_IMPLEMENT_INTERFACE (FARE_TYPE_PAGE, page_iface_init))

GSettings *
fare_calendar_page_get_settings (FareCalendarPage *self)
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

FareCalendarPeriod
fare_calendar_page_get_period (FareCalendarPage *self)
{
  return fare_calendar_period_of (is_month (self), self->anchor);
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

const char *
fare_calendar_page_get_view_name (FareCalendarPage *self)
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
      fare_calendar_page_show_corners (self);
    }

  fare_calendar_table_set_sheet (self->table, self->sheet);
  fare_calendar_page_show_bottom (self);
  fare_calendar_page_show_nothing (self);

  if (fare_calendar_page_get_details (self) != NULL)
    fare_calendar_day_show (fare_calendar_page_get_details (self), self->sheet,
                            fare_calendar_day_get_day (fare_calendar_page_get_details (self)), self->extent.first);
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

static void
show_state (FareCalendarPage *self)
{
  const char *name = fare_calendar_page_get_view_name (self);
  const GError *error = fare_live_query_get_error (self->days);


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
void
fare_calendar_page_update (FareCalendarPage *self)
{
  const FareYearData *data = fare_live_query_get_answer (self->days);
  FareCalendarView view = { .period = fare_calendar_page_get_period (self) };
  g_autofree char *metric = NULL;
  g_autofree char *title = fare_calendar_text_title (view.period);

  fare_quiet_label_set (self->period_label, title);
  /* There it may be cut. */
  fare_quiet_tooltip_set (GTK_WIDGET (self->period_label),
                          self->width == FARE_WIDTH_NARROW ? title : NULL);
  g_clear_pointer (&self->sheet, fare_calendar_sheet_unref);

  if (data != NULL)
    {
      learn_extent (self, data);
      metric = g_settings_get_string (fare_calendar_page_get_settings (self), "calendar-metric");
      view.metric = fare_metric_from_id (metric);
      view.hide_amounts = fare_preferences_get_hide_amounts (self->preferences);
      view.first_weekday = fare_week_get_first_weekday ();
      self->sheet = fare_calendar_sheet_new (data, &view);
      fare_live_query_set_subject (self->bill, fare_calendar_bill_make_subject (self->sheet->range));
      /* An answer may come when the window is closed already; it is shown when it is seen again. */
      if (self->is_active)
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
  if (self->is_active && self->sheet != NULL && self->kind == FARE_CALENDAR_MONTH)
    fare_calendar_figures_show (self->month_figures, self->sheet, get_bill (self));
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
  fare_calendar_page_step_day (self, direction);
}

static void
day_left_cb (FareCalendarPage *self)
{
  fare_calendar_page_close_day (self);
}

void
fare_calendar_page_set_kind (FareCalendarPage *self,
                             FareCalendarKind  kind)
{
  GtkToggleButton *toggles[] = { self->month_toggle, self->year_toggle, self->iso_toggle };
  FareDay last = MIN (get_today (self), self->extent.end - 1);
  FareRange before = fare_calendar_period_get_range (fare_calendar_page_get_period (self));

  self->kind = kind;
  /* From a year to one of its months: the newest there is. */
  if (is_month (self) && before.end - before.first > 31 && self->anchor == before.first)
    self->anchor = CLAMP (last, before.first, before.end - 1);

  self->is_end_due = kind == FARE_CALENDAR_YEAR;
  gtk_toggle_button_set_active (toggles[kind], TRUE);
  g_settings_set_enum (fare_calendar_page_get_settings (self), "calendar-view", kind);
  fare_calendar_page_update (self);
}

static void
view_toggled_cb (FareCalendarPage *self,
                 GtkToggleButton  *toggle)
{
  FareCalendarKind kind = toggle == self->month_toggle ? FARE_CALENDAR_MONTH
                        : toggle == self->year_toggle ? FARE_CALENDAR_YEAR : FARE_CALENDAR_ISO;

  if (self->preferences != NULL && gtk_toggle_button_get_active (toggle) && kind != self->kind)
    fare_calendar_page_set_kind (self, kind);
}

static void
metric_selected_cb (FareCalendarPage *self)
{
  guint selected = gtk_drop_down_get_selected (self->metric_drop);

  if (self->preferences == NULL || selected >= FARE_N_METRICS)
    return;

  g_settings_set_string (fare_calendar_page_get_settings (self), "calendar-metric", fare_metric_to_id (selected));
  fare_calendar_page_update (self);
}

static void
table_toggled_cb (FareCalendarPage *self)
{
  if (self->preferences == NULL)
    return;

  show_state (self);
  if (self->sheet != NULL)
    fare_calendar_page_show_bottom (self);
}

static void
iso_view_changed_cb (FareCalendarPage *self)
{
  fare_calendar_page_place_corners (self);
  if (self->sheet != NULL)
    fare_calendar_page_show_bottom (self);
}

static void
show_last_use_cb (FareCalendarPage *self)
{
  self->anchor = self->last_use;
  fare_calendar_page_update (self);
}

static void
show_month_cb (FareCalendarPage *self,
               int               first)
{
  self->anchor = first;
  fare_calendar_page_set_kind (self, FARE_CALENDAR_MONTH);
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

  range = fare_calendar_period_get_range (fare_calendar_page_get_period (self));

  return direction < 0 ? range.first > self->extent.first : range.end < self->extent.end;
}

static void
fare_calendar_page_step (FarePage *page,
                         int       direction)
{
  FareCalendarPage *self = FARE_CALENDAR_PAGE (page);

  self->anchor = fare_calendar_period_step (fare_calendar_page_get_period (self), direction).first;
  self->is_end_due = self->kind == FARE_CALENDAR_YEAR;
  fare_calendar_page_update (self);
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
  fare_calendar_page_update (self);
  fare_calendar_page_follow_day (self, self->anchor);
}

static gboolean
fare_calendar_page_go_back (FarePage *page)
{
  return fare_calendar_page_close_day (FARE_CALENDAR_PAGE (page));
}

static void
fare_calendar_page_set_active (FarePage *page,
                               gboolean  is_active)
{
  FareCalendarPage *self = FARE_CALENDAR_PAGE (page);

  self->is_active = !!is_active;
  if (!is_active)
    fare_calendar_page_forget_day (self);
  if (self->days == NULL)
    return;

  fare_live_query_set_active (self->days, is_active);
  fare_live_query_set_active (self->bill, is_active && self->kind == FARE_CALENDAR_MONTH);
  if (fare_calendar_page_get_details (self) != NULL)
    fare_calendar_day_set_active (fare_calendar_page_get_details (self), is_active);
  if (is_active)
    fare_calendar_page_update (self);
}

static FareLiveQuery *
fare_calendar_page_get_main_query (FarePage *page)
{
  return FARE_CALENDAR_PAGE (page)->days;
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
    fare_calendar_page_close_day (self);

  self->width = width;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->month_box),
                                  is_wide ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL);
  adw_clamp_set_maximum_size (self->month_clamp, is_wide ? 330 : 1000);
  adw_clamp_set_tightening_threshold (self->month_clamp, is_wide ? 330 : 1000);
  gtk_widget_set_halign (self->steps_box, is_narrow ? GTK_ALIGN_FILL : GTK_ALIGN_END);
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
      fare_calendar_page_show_bottom (self);
      fare_calendar_page_place_corners (self);
    }
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
                                    fare_year_data_load, (GDestroyNotify) fare_year_data_free);
  self->bill = fare_live_query_new (context->meter, context->choice, FALSE, context->filter,
                                    fare_calendar_bill_load,
                                    (GDestroyNotify) fare_calendar_bill_free);
  fare_calendar_day_connect (self->day_page, context);
  fare_calendar_day_connect (self->popover_day, context);

  /* Controls move to what was stored before they may store anything. */
  self->preferences = preferences;
  fare_calendar_page_read_settings (self);
  fare_calendar_page_add_actions (self);

  g_signal_connect_object (self->days, "changed", G_CALLBACK (fare_calendar_page_update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->bill, "changed",
                           G_CALLBACK (bill_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (preferences, "notify::hide-amounts",
                           G_CALLBACK (fare_calendar_page_update), self, G_CONNECT_SWAPPED);
  fare_calendar_page_update (self);
}

static void
fare_calendar_page_dispose (GObject *object)
{
  FareCalendarPage *self = FARE_CALENDAR_PAGE (object);

  fare_calendar_page_forget_day (self);
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
  iface->get_query = fare_calendar_page_get_main_query;
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
  BIND (month_toggle);
  BIND (year_toggle);
  BIND (iso_toggle);
  BIND (metric_drop);
  BIND (iso_tools);
  BIND (turn_box);
  BIND (steps_box);
  BIND (period_label);
  BIND (table_toggle);
  BIND (nothing);
  BIND (nothing_label);
  BIND (nothing_button);
  BIND (views);
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
  g_type_ensure (FARE_TYPE_FOLD_BOX);
  g_type_ensure (FARE_TYPE_ISO_CALENDAR);
  g_type_ensure (FARE_TYPE_MONTH_GRID);
  g_type_ensure (FARE_TYPE_SLOW_SPINNER);
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
contrast_cb (FareCalendarPage *self)
{
  if (self->sheet != NULL)
    fare_calendar_page_show_corners (self);
}

static void
fare_calendar_page_init (FareCalendarPage *self)
{
  g_autoptr(GtkStringList) metrics = NULL;

  /* Before the controls that name its actions. */
  self->actions = g_simple_action_group_new ();
  gtk_widget_insert_action_group (GTK_WIDGET (self), "calendar", G_ACTION_GROUP (self->actions));

  gtk_widget_init_template (GTK_WIDGET (self));
  fare_button_row_allow_short (gtk_widget_get_parent (gtk_widget_get_parent (GTK_WIDGET (self->month_toggle))));

  metrics = gtk_string_list_new (NULL);
  for (guint i = 0; i < FARE_N_METRICS; i++)
    gtk_string_list_append (metrics, fare_metric_to_title (i));
  gtk_drop_down_set_model (self->metric_drop, G_LIST_MODEL (metrics));

  fare_calendar_page_add_keys (self);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::high-contrast",
                           G_CALLBACK (contrast_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_scrolled_window_get_hadjustment (self->year_scroller), "changed",
                           G_CALLBACK (scroll_to_end), self, G_CONNECT_SWAPPED);
  fare_calendar_page_add_popover (self);
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
  fare_calendar_page_set_kind (self, kind);
}
