/* fare-range-button.c
 *
 * Names the days shown and lets the user choose others.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <glib/gi18n.h>

#include "widgets/fare-range-button.h"

/* Up to so many characters a title is never shortened where there is room for a header. */
#define SHORT_TITLE 14

struct _FareRangeButton
{
  GtkWidget        parent_instance;

  GtkMenuButton   *menu_button;
  GtkLabel        *title_label;
  GtkPopover      *popover;
  GtkStack        *stack;
  GtkListBox      *presets;
  GtkWidget       *more_button;
  GtkBox          *calendars;
  GtkCalendar     *first_calendar;
  GtkCalendar     *last_calendar;
  GtkLabel        *span_label;
  GtkButton       *apply_button;

  FareRangeChoice *choice;
  guint            opens_custom : 1;  /* the next popup starts with the calendars */
  guint            is_correcting : 1; /* a calendar is being set by us */
  guint            is_narrow : 1;
};

G_DEFINE_FINAL_TYPE (FareRangeButton, fare_range_button, GTK_TYPE_WIDGET)

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
get_today (FareRangeButton *self)
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
set_calendar_day (FareRangeButton *self,
                  GtkCalendar     *calendar,
                  FareDay          day)
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
get_calendar_range (FareRangeButton *self)
{
  return (FareRange) {
    get_calendar_day (self->first_calendar),
    get_calendar_day (self->last_calendar) + 1
  };
}

static void
update_span (FareRangeButton *self)
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
}

/* The day just chosen stays; where it contradicts the other one, the other one gives way. */
static void
correct_calendars (FareRangeButton *self,
                   GtkCalendar     *chosen)
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
first_selected_cb (FareRangeButton *self)
{
  if (self->choice != NULL && !self->is_correcting)
    correct_calendars (self, self->first_calendar);
}

static void
last_selected_cb (FareRangeButton *self)
{
  if (self->choice != NULL && !self->is_correcting)
    correct_calendars (self, self->last_calendar);
}

static void
show_custom (FareRangeButton *self)
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
show_rare (FareRangeButton *self,
           gboolean         is_shown)
{
  for (guint i = 0; i < G_N_ELEMENTS (preset_periods); i++)
    {
      if (is_rare (preset_periods[i]))
        gtk_widget_set_visible (GTK_WIDGET (gtk_list_box_get_row_at_index (self->presets, i)), is_shown);
    }

  gtk_widget_set_visible (self->more_button, !is_shown);
}

static void
more_cb (FareRangeButton *self)
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
show_presets (FareRangeButton *self)
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
popover_show_cb (FareRangeButton *self)
{
  gboolean opens_custom = self->opens_custom;

  self->opens_custom = FALSE;

  if (self->choice == NULL)
    return;

  if (opens_custom)
    show_custom (self);
  else
    show_presets (self);
}

static void
preset_activated_cb (FareRangeButton *self,
                     GtkListBoxRow   *row)
{
  FarePeriod period = preset_periods[gtk_list_box_row_get_index (row)];

  if (period == FARE_PERIOD_CUSTOM)
    {
      show_custom (self);
      return;
    }

  gtk_popover_popdown (self->popover);
  fare_range_choice_set_period (self->choice, period);
}

static void
back_cb (FareRangeButton *self)
{
  show_presets (self);
}

static void
apply_cb (FareRangeButton *self)
{
  gtk_popover_popdown (self->popover);
  fare_range_choice_set_days (self->choice, get_calendar_range (self));
}

static void
update_ellipsize (FareRangeButton *self)
{
  gboolean is_short = g_utf8_strlen (gtk_label_get_label (self->title_label), -1) <= SHORT_TITLE;

  gtk_label_set_ellipsize (self->title_label,
                           is_short && !self->is_narrow ? PANGO_ELLIPSIZE_NONE
                                                        : PANGO_ELLIPSIZE_END);
}

static void
choice_changed_cb (FareRangeButton *self)
{
  g_autofree char *title = fare_range_choice_dup_title (self->choice);
  g_autofree char *spoken = NULL;

  if (g_strcmp0 (gtk_label_get_label (self->title_label), title) == 0)
    return;

  gtk_label_set_label (self->title_label, title);
  update_ellipsize (self);
  /* Translators: name of the button that chooses the days, as in “Days shown: Last 7 Days” */
  spoken = g_strdup_printf (_("Days shown: %s"), title);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->menu_button), spoken);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
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

static gboolean
fare_range_button_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (FARE_RANGE_BUTTON (widget)->menu_button));
}

static void
fare_range_button_dispose (GObject *object)
{
  fare_range_button_set_choice (FARE_RANGE_BUTTON (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), FARE_TYPE_RANGE_BUTTON);

  G_OBJECT_CLASS (fare_range_button_parent_class)->dispose (object);
}

static void
fare_range_button_class_init (FareRangeButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = fare_range_button_dispose;
  widget_class->grab_focus = fare_range_button_grab_focus;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/tokenfare/Tokenfare/fare-range-button.ui");
  gtk_widget_class_bind_template_child (widget_class, FareRangeButton, menu_button);
  gtk_widget_class_bind_template_child (widget_class, FareRangeButton, title_label);
  gtk_widget_class_bind_template_child (widget_class, FareRangeButton, popover);
  gtk_widget_class_bind_template_child (widget_class, FareRangeButton, stack);
  gtk_widget_class_bind_template_child (widget_class, FareRangeButton, presets);
  gtk_widget_class_bind_template_child (widget_class, FareRangeButton, more_button);
  gtk_widget_class_bind_template_child (widget_class, FareRangeButton, calendars);
  gtk_widget_class_bind_template_child (widget_class, FareRangeButton, first_calendar);
  gtk_widget_class_bind_template_child (widget_class, FareRangeButton, last_calendar);
  gtk_widget_class_bind_template_child (widget_class, FareRangeButton, span_label);
  gtk_widget_class_bind_template_child (widget_class, FareRangeButton, apply_button);
  gtk_widget_class_bind_template_callback (widget_class, more_cb);
  gtk_widget_class_bind_template_callback (widget_class, popover_show_cb);
  gtk_widget_class_bind_template_callback (widget_class, preset_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, first_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, last_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_bind_template_callback (widget_class, apply_cb);
}

static void
fare_range_button_init (FareRangeButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  for (guint i = 0; i < G_N_ELEMENTS (preset_periods); i++)
    gtk_list_box_append (self->presets, make_preset_row (preset_periods[i]));
}

void
fare_range_button_set_choice (FareRangeButton *self,
                              FareRangeChoice *choice)
{
  g_return_if_fail (FARE_IS_RANGE_BUTTON (self));
  g_return_if_fail (choice == NULL || FARE_IS_RANGE_CHOICE (choice));

  if (self->choice != NULL)
    g_signal_handlers_disconnect_by_func (self->choice, choice_changed_cb, self);

  if (g_set_object (&self->choice, choice) && choice != NULL)
    {
      g_signal_connect_swapped (choice, "changed", G_CALLBACK (choice_changed_cb), self);
      choice_changed_cb (self);
    }
}

void
fare_range_button_set_narrow (FareRangeButton *self,
                              gboolean         is_narrow)
{
  g_return_if_fail (FARE_IS_RANGE_BUTTON (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->calendars),
                                  is_narrow ? GTK_ORIENTATION_VERTICAL
                                            : GTK_ORIENTATION_HORIZONTAL);
  self->is_narrow = !!is_narrow;
  update_ellipsize (self);
}

void
fare_range_button_popup (FareRangeButton *self)
{
  g_return_if_fail (FARE_IS_RANGE_BUTTON (self));

  self->opens_custom = FALSE;
  gtk_menu_button_popup (self->menu_button);
}

void
fare_range_button_popup_custom (FareRangeButton *self)
{
  g_return_if_fail (FARE_IS_RANGE_BUTTON (self));

  self->opens_custom = TRUE;
  gtk_menu_button_popup (self->menu_button);
}
