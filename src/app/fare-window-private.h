/* fare-window-private.h
 *
 * What the files of the window share.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "fare-window.h"
#include "models/fare-live-query.h"
#include "models/fare-source-state.h"
#include "pages/fare-page.h"
#include "pages/fare-source-footer.h"
#include "widgets/fare-filter-button.h"
#include "widgets/fare-filter-pills.h"
#include "widgets/fare-range-button.h"
#include "widgets/fare-width-bin.h"

G_BEGIN_DECLS

struct _FareWindow
{
  AdwApplicationWindow  parent_instance;

  FareWidthBin         *width_bin;
  AdwViewSwitcherTitle *switcher_title;
  FareRangeButton      *range_button;
  FareFilterButton     *filter_button;
  GtkMenuButton        *primary_button;
  GtkToggleButton      *search_button;
  GtkWidget            *refresh_button;
  GtkStack             *refresh_stack;
  GtkSpinner           *refresh_spinner;
  GtkInfoBar           *info_bar;
  GtkBox               *info_box;
  GtkLabel             *info_label;
  GtkButton            *info_button;
  GtkSearchBar         *search_bar;
  GtkSearchEntry       *search_entry;
  FareFilterPills      *filter_pills;
  AdwToastOverlay      *toast_overlay;
  AdwViewStack         *view_stack;
  FareSourceFooter     *footer;
  AdwViewSwitcherBar   *switcher_bar;

  FareMeter            *meter;
  FareRangeChoice      *choice;
  FareFilter           *filter;
  FarePreferences      *preferences;
  FareLiveQuery        *source_query; /* a FareSourceState */
  FareLiveQuery        *print_query;  /* (nullable): a FareMonthReport */
  FareLiveQuery        *overview_query; /* (nullable): of the overview, where that comes first */
  FareLiveQuery        *first_query;  /* (nullable): what the window waits for before it opens */
  guint                 open_id;
  GHashTable           *dismissed; /* char *: notices closed while this window is open */
  char                 *hint;      /* (nullable): name of the notice shown, where it has one */
};

/* The page that is seen, made now if this is the first time; NULL before the window is filled. */
FarePage *fare_window_get_page        (FareWindow     *self);

/* Any page by its name, made now if need be; NULL when there is none. */
FarePage *fare_window_find_page       (FareWindow     *self,
                                       const char     *name);

/* Which of the actions can do something now. */
void      fare_window_update_actions  (FareWindow     *self);

void      fare_window_install_actions (GtkWidgetClass *widget_class);

/* Shows the gravest notice that was not closed yet. */
void      fare_window_update_notice   (FareWindow     *self);
void      fare_window_dismiss_notice  (FareWindow     *self);

/* Asks for a file and writes the days shown into it. */
void      fare_window_export          (FareWindow     *self);

/* Writes @what ("usage", "days", "sessions" or "events") into a file, as JSON where its name ends so;
 * a toast says how it went. */
void      fare_window_export_to       (FareWindow     *self,
                                       const char     *what,
                                       const char     *path);

/* Prints the report of fare_window_get_report_month(). */
void      fare_window_print           (FareWindow     *self);

/* First day of the month that the page shows last: of its own period, or of the days chosen. */
FareDay   fare_window_get_report_month (FareWindow    *self);

/* How @client is told to keep its sessions longer. */
void      fare_window_show_retention  (FareWindow     *self,
                                       const char     *client);

G_END_DECLS
