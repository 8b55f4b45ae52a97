/* fare-range-popover.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "widgets/fare-range-popover.h"

struct _FareRangePopover
{
  GtkPopover       parent_instance;

  GtkStack        *stack;
  GtkListBox      *presets;
  GtkWidget       *more_button;
  GtkBox          *calendars;
  GtkCalendar     *first_calendar;
  GtkCalendar     *last_calendar;
  GtkLabel        *span_label;

  FareRangeChoice *choice;
  gboolean         is_correcting; /* a calendar is being set by us */
};

G_DEFINE_FINAL_TYPE (FareRangePopover, fare_range_popover, GTK_TYPE_POPOVER)

/* In the order of the popover; the last rows open more of them, and the calendars. */
static const FarePeriod preset_periods[] = {
  FARE_PERIOD_TODAY,
  FARE_PERIOD_YESTERDAY,
  FARE_PERIOD_LAST_7_DAYS,
  FARE_PERIOD_LAST_30_DAYS,
  FARE_PERIOD_MONTH,
  FARE_PERIOD_LAST_MONTH,
  FARE_PERIOD_YEAR,
  FARE_PERIOD_ALL,
  FARE_PERIOD_LAST_WEEK,
  FARE_PERIOD_LAST_14_DAYS,
  FARE_PERIOD_LAST_28_DAYS,
  FARE_PERIOD_LAST_YEAR,
  FARE_PERIOD_CUSTOM,
};

/* These are hidden until they are asked for, or one of them is chosen. */
static gboolean
is_rare (FarePeriod period)
{
  return period == FARE_PERIOD_LAST_WEEK || period == FARE_PERIOD_LAST_14_DAYS ||
         period == FARE_PERIOD_LAST_28_DAYS || period == FARE_PERIOD_LAST_YEAR;
}

static const char *
get_preset_title (FarePeriod period)
{
  switch (period)
    {
    case FARE_PERIOD_TODAY:
      return _("Today");

    case FARE_PERIOD_YESTERDAY:
      return _("Yesterday");

    case FARE_PERIOD_LAST_7_DAYS:
      return _("Last 7 Days");

    case FARE_PERIOD_LAST_30_DAYS:
      return _("Last 30 Days");

    case FARE_PERIOD_WEEK:
      return _("This Week");

    case FARE_PERIOD_MONTH:
      return _("This Month");

    case FARE_PERIOD_LAST_MONTH:
      return _("Last Month");

    case FARE_PERIOD_YEAR:
      return _("This Year");

    case FARE_PERIOD_ALL:
      return _("All Time");

    case FARE_PERIOD_LAST_WEEK:
      return _("Last Week");

    case FARE_PERIOD_LAST_14_DAYS:
      return _("Last 14 Days");

    case FARE_PERIOD_LAST_28_DAYS:
      return _("Last 4 Weeks");

    case FARE_PERIOD_LAST_YEAR:
      return _("Last Year");

    case FARE_PERIOD_CUSTOM:
    default:
      return _("Custom…");
    }
}

static FareDay
get_today (FareRangePopover *self)
{
  FareNow now;

  fare_range_choice_get_now (self->choice, &now);

  return fare_day_of (now.zone, now.now_ms);
}

static FareDay
get_calendar_day (GtkCalendar *calendar)
{
  g_autoptr(GDateTime) date = gtk_calendar_get_date (calendar);

  return fare_day_from_ymd (g_date_time_get_year (date), g_date_time_get_month (date),
                            g_date_time_get_day_of_month (date));
}

static void
set_calendar_day (FareRangePopover *self,
                  GtkCalendar      *calendar,
                  FareDay           day)
{
  g_autoptr(GDateTime) date = NULL;
  int year, month, day_of_month;

  if (get_calendar_day (calendar) == day)
    return;

  fare_day_to_ymd (day, &year, &month, &day_of_month);
  /* Noon exists on every day of every zone. */
  date = g_date_time_new_local (year, month, day_of_month, 12, 0, 0);

  self->is_correcting = TRUE;
  gtk_calendar_select_day (calendar, date);
  self->is_correcting = FALSE;
}

static FareRange
get_calendar_range (FareRangePopover *self)
{
  return (FareRange) {
    get_calendar_day (self->first_calendar),
    get_calendar_day (self->last_calendar) + 1
  };
}

/* The arrow keys move within a calendar, so what they chose is told with it. */
static void
speak_day (GtkCalendar *calendar)
{
  FareDay day = get_calendar_day (calendar);
  g_autofree char *title = fare_range_to_title ((FareRange) { day, day + 1 });

  gtk_accessible_update_property (GTK_ACCESSIBLE (calendar),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, title, -1);
}

static void
update_span (FareRangePopover *self)
{
  FareRange range = get_calendar_range (self);
  g_autofree char *title = NULL;
  g_autofree char *text = NULL;
  int n_days = range.end - range.first;
  FareNow now;

  fare_range_choice_get_now (self->choice, &now);
  title = fare_period_to_title (FARE_PERIOD_CUSTOM, range, &now);
  /* Translators: a range of days and their number, as in “3–17 Nov 2026 · 15 days” */
  text = g_strdup_printf (ngettext ("%s · %d day", "%s · %d days", n_days), title, n_days);
  gtk_label_set_label (self->span_label, text);
  speak_day (self->first_calendar);
  speak_day (self->last_calendar);
}

/* The day just chosen stays; where it contradicts the other one, the other one gives way. */
static void
correct_calendars (FareRangePopover *self,
                   GtkCalendar      *chosen)
{
  FareDay today = get_today (self);
  FareDay day = get_calendar_day (chosen);

  if (day > today)
    {
      day = today;
      set_calendar_day (self, chosen, today);
    }

  if (chosen == self->first_calendar && get_calendar_day (self->last_calendar) < day)
    set_calendar_day (self, self->last_calendar, day);
  else if (chosen == self->last_calendar && get_calendar_day (self->first_calendar) > day)
    set_calendar_day (self, self->first_calendar, day);

  update_span (self);
}

static void
first_selected_cb (FareRangePopover *self)
{
  if (self->choice != NULL && !self->is_correcting)
    correct_calendars (self, self->first_calendar);
}

static void
last_selected_cb (FareRangePopover *self)
{
  if (self->choice != NULL && !self->is_correcting)
    correct_calendars (self, self->last_calendar);
}

static void
show_custom (FareRangePopover *self)
{
  FareRange range = fare_range_choice_get_range (self->choice);
  FareDay today = get_today (self);

  if (fare_range_choice_get_period (self->choice) == FARE_PERIOD_ALL)
    range = (FareRange) { today, today + 1 };

  set_calendar_day (self, self->last_calendar, MIN (range.end - 1, today));
  set_calendar_day (self, self->first_calendar, MIN (range.first, today));
  update_span (self);
  gtk_stack_set_visible_child_name (self->stack, "custom");
  gtk_widget_grab_focus (GTK_WIDGET (self->first_calendar));
}

static void
show_rare (FareRangePopover *self,
           gboolean          is_shown)
{
  for (guint i = 0; i < G_N_ELEMENTS (preset_periods); i++)
    {
      if (is_rare (preset_periods[i]))
        gtk_widget_set_visible (GTK_WIDGET (gtk_list_box_get_row_at_index (self->presets, i)), is_shown);
    }

  gtk_widget_set_visible (self->more_button, !is_shown);
}

static void
more_cb (FareRangePopover *self)
{
  show_rare (self, TRUE);

  for (guint i = 0; i < G_N_ELEMENTS (preset_periods); i++)
    {
      if (is_rare (preset_periods[i]))
        {
          gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (self->presets, i)));
          return;
        }
    }
}

static void
show_presets (FareRangePopover *self)
{
  FarePeriod period = fare_range_choice_get_period (self->choice);

  gtk_stack_set_visible_child_name (self->stack, "presets");
  show_rare (self, is_rare (period));

  for (guint i = 0; i < G_N_ELEMENTS (preset_periods); i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->presets, i);
      GtkWidget *box = gtk_list_box_row_get_child (row);
      gboolean is_chosen = preset_periods[i] == period;

      gtk_widget_set_opacity (gtk_widget_get_last_child (box), is_chosen ? 1.0 : 0.0);
      gtk_accessible_update_state (GTK_ACCESSIBLE (row),
                                   GTK_ACCESSIBLE_STATE_SELECTED, is_chosen, -1);

      if (is_chosen)
        gtk_widget_grab_focus (GTK_WIDGET (row));
    }
}

static void
preset_activated_cb (FareRangePopover *self,
                     GtkListBoxRow    *row)
{
  FarePeriod period = preset_periods[gtk_list_box_row_get_index (row)];

  if (period == FARE_PERIOD_CUSTOM)
    {
      show_custom (self);
      return;
    }

  gtk_popover_popdown (GTK_POPOVER (self));
  fare_range_choice_set_period (self->choice, period);
}

static void
back_cb (FareRangePopover *self)
{
  show_presets (self);
}

static void
apply_cb (FareRangePopover *self)
{
  gtk_popover_popdown (GTK_POPOVER (self));
  fare_range_choice_set_days (self->choice, get_calendar_range (self));
}

static GtkWidget *
make_preset_row (FarePeriod period)
{
  const char *title = get_preset_title (period);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (title);
  GtkWidget *check = gtk_image_new_from_icon_name ("object-select-symbolic");

  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), check);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);

  return row;
}

static void
fare_range_popover_dispose (GObject *object)
{
  g_clear_object (&FARE_RANGE_POPOVER (object)->choice);
  gtk_widget_dispose_template (GTK_WIDGET (object), FARE_TYPE_RANGE_POPOVER);

  G_OBJECT_CLASS (fare_range_popover_parent_class)->dispose (object);
}

static void
fare_range_popover_class_init (FareRangePopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = fare_range_popover_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/tokenfare/Tokenfare/fare-range-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, FareRangePopover, stack);
  gtk_widget_class_bind_template_child (widget_class, FareRangePopover, presets);
  gtk_widget_class_bind_template_child (widget_class, FareRangePopover, more_button);
  gtk_widget_class_bind_template_child (widget_class, FareRangePopover, calendars);
  gtk_widget_class_bind_template_child (widget_class, FareRangePopover, first_calendar);
  gtk_widget_class_bind_template_child (widget_class, FareRangePopover, last_calendar);
  gtk_widget_class_bind_template_child (widget_class, FareRangePopover, span_label);
  gtk_widget_class_bind_template_callback (widget_class, more_cb);
  gtk_widget_class_bind_template_callback (widget_class, preset_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, first_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, last_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_bind_template_callback (widget_class, apply_cb);
}

static void
fare_range_popover_init (FareRangePopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  for (guint i = 0; i < G_N_ELEMENTS (preset_periods); i++)
    gtk_list_box_append (self->presets, make_preset_row (preset_periods[i]));
}

GtkWidget *
fare_range_popover_new (FareRangeChoice *choice)
{
  FareRangePopover *self;

  g_return_val_if_fail (FARE_IS_RANGE_CHOICE (choice), NULL);

  self = g_object_new (FARE_TYPE_RANGE_POPOVER, NULL);
  self->choice = g_object_ref (choice);

  return GTK_WIDGET (self);
}

void
fare_range_popover_start (FareRangePopover *self,
                          gboolean          with_calendars)
{
  g_return_if_fail (FARE_IS_RANGE_POPOVER (self));

  if (with_calendars)
    show_custom (self);
  else
    show_presets (self);
}

void
fare_range_popover_set_narrow (FareRangePopover *self,
                               gboolean          is_narrow)
{
  g_return_if_fail (FARE_IS_RANGE_POPOVER (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->calendars),
                                  is_narrow ? GTK_ORIENTATION_VERTICAL
                                            : GTK_ORIENTATION_HORIZONTAL);
}
