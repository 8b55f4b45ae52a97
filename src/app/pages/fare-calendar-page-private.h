/* fare-calendar-page-private.h
 *
 * What the parts of the calendar page share: the page itself (fare-calendar-page.c), its keys and
 * actions (fare-calendar-actions.c), the words around its pictures (fare-calendar-captions.c) and
 * the details of a day over it (fare-calendar-overlay.c).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "models/fare-live-query.h"
#include "pages/fare-calendar-day.h"
#include "pages/fare-calendar-figures.h"
#include "pages/fare-calendar-page.h"
#include "widgets/fare-calendar-legend.h"
#include "widgets/fare-calendar-table.h"
#include "widgets/fare-iso-calendar.h"
#include "widgets/fare-month-grid.h"
#include "widgets/fare-year-grid.h"

G_BEGIN_DECLS

struct _FareCalendarPage
{
  AdwBin               parent_instance;

  GtkStack            *pages;
  GtkToggleButton     *month_toggle;
  GtkToggleButton     *year_toggle;
  GtkToggleButton     *iso_toggle;
  GtkDropDown         *metric_drop;
  GtkWidget           *iso_tools;
  GtkWidget           *turn_box;
  GtkWidget           *steps_box;
  GtkLabel            *period_label;
  GtkToggleButton     *table_toggle;
  GtkRevealer         *nothing;
  GtkLabel            *nothing_label;
  GtkButton           *nothing_button;
  GtkStack            *views;
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
  FareDay              wanted;     /* a day to be opened, or FARE_DAY_MIN */
  guint                wanted_id;  /* looks each frame whether it can be */
  guint                n_frames;   /* since it could be, so that it has its place */
};

GSettings          *fare_calendar_page_get_settings    (FareCalendarPage *self);
FareCalendarPeriod  fare_calendar_page_get_period      (FareCalendarPage *self);

/**
 * fare_calendar_page_get_view_name:
 *
 * Returns: the name of the view that should be seen: "month", "year", "iso", "table", "busy" or
 *   "failed"
 */
const char         *fare_calendar_page_get_view_name   (FareCalendarPage *self);

/**
 * fare_calendar_page_set_kind:
 *
 * Shows the anchor's period in another view.
 */
void                fare_calendar_page_set_kind        (FareCalendarPage *self,
                                                        FareCalendarKind  kind);

/**
 * fare_calendar_page_update:
 *
 * Brings everything in line with view, period, metric and what is known.
 */
void                fare_calendar_page_update          (FareCalendarPage *self);

/* fare-calendar-captions.c; there must be a sheet, but for placing the corners */

/**
 * fare_calendar_page_show_bottom:
 *
 * Shows legend and totals below the view.
 */
void                fare_calendar_page_show_bottom     (FareCalendarPage *self);
void                fare_calendar_page_show_corners    (FareCalendarPage *self);

/**
 * fare_calendar_page_place_corners:
 *
 * Puts the corners of the 3D view where the floor leaves room, if it does.
 */
void                fare_calendar_page_place_corners   (FareCalendarPage *self);

/**
 * fare_calendar_page_show_nothing:
 *
 * Says so where the period has no use, and leads to where there is some.
 */
void                fare_calendar_page_show_nothing    (FareCalendarPage *self);

/* fare-calendar-actions.c */

void                fare_calendar_page_add_actions     (FareCalendarPage *self);
void                fare_calendar_page_add_keys        (FareCalendarPage *self);

/**
 * fare_calendar_page_read_settings:
 *
 * Puts the controls as they were left.
 */
void                fare_calendar_page_read_settings   (FareCalendarPage *self);

/* fare-calendar-overlay.c */

void                fare_calendar_page_add_popover     (FareCalendarPage *self);

/**
 * fare_calendar_page_get_details:
 *
 * Returns: (transfer none) (nullable): the details that are open, in the popover or on the page
 */
FareCalendarDay    *fare_calendar_page_get_details     (FareCalendarPage *self);

/**
 * fare_calendar_page_follow_day:
 *
 * Makes sure that @day can be seen, and puts the cursor on it.
 */
void                fare_calendar_page_follow_day      (FareCalendarPage *self,
                                                        FareDay           day);
void                fare_calendar_page_step_day        (FareCalendarPage *self,
                                                        int               direction);

/**
 * fare_calendar_page_forget_day:
 *
 * The day that fare_calendar_page_show_day() asked for is no longer wanted.
 */
void                fare_calendar_page_forget_day      (FareCalendarPage *self);

/**
 * fare_calendar_page_close_day:
 *
 * Returns: %FALSE when no details were open
 */
gboolean            fare_calendar_page_close_day       (FareCalendarPage *self);

G_END_DECLS
