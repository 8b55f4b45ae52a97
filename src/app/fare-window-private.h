/* fare-window-private.h
 *
 * What the files of the window share.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "fare-window.h"
#include "pages/fare-page.h"
#include "widgets/fare-range-button.h"
#include "widgets/fare-width-bin.h"

G_BEGIN_DECLS

struct _FareWindow
{
  AdwApplicationWindow  parent_instance;

  FareWidthBin         *width_bin;
  AdwViewSwitcherTitle *switcher_title;
  FareRangeButton      *range_button;
  GtkMenuButton        *primary_button;
  GtkToggleButton      *search_button;
  GtkWidget            *refresh_button;
  GtkStack             *refresh_stack;
  GtkSpinner           *refresh_spinner;
  GtkInfoBar           *info_bar;
  GtkLabel             *info_label;
  GtkSearchBar         *search_bar;
  GtkSearchEntry       *search_entry;
  AdwToastOverlay      *toast_overlay;
  AdwViewStack         *view_stack;

  FareMeter            *meter;
  FareRangeChoice      *choice;
  FareFilter           *filter;
  FarePreferences      *preferences;
  char                 *dismissed; /* the notice the user has closed */
};

/* The page that is seen. */
FarePage *fare_window_get_page        (FareWindow     *self);

/* Any page by its name; NULL when there is none. */
FarePage *fare_window_find_page       (FareWindow     *self,
                                       const char     *name);

/* Which of the actions can do something now. */
void      fare_window_update_actions  (FareWindow     *self);

void      fare_window_install_actions (GtkWidgetClass *widget_class);

G_END_DECLS
