/* fare-pricing-page-private.h
 *
 * What the files of the pricing page share.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "models/fare-live-query.h"
#include "models/fare-pricing-change.h"
#include "models/fare-pricing-data.h"
#include "pages/fare-pricing-page.h"
#include "pages/fare-pricing-table.h"

G_BEGIN_DECLS

struct _FarePricingPage
{
  AdwBin            parent_instance;

  AdwToastOverlay  *toast_overlay;
  GtkStack         *stack;
  GtkBox           *header;
  GtkLabel         *title_label;
  GtkLabel         *caption_label;
  GtkToggleButton  *used_button;
  GtkToggleButton  *what_if_button;
  GtkWidget        *notice_box;
  GtkLabel         *notice_label;
  GtkWidget        *notice_button;
  GtkStack         *table_stack;
  GtkSpinner       *spinner;
  FarePricingTable *table;
  AdwStatusPage    *nothing_page;
  AdwStatusPage    *failed_page;

  FareMeter        *meter;
  FareRangeChoice  *choice;
  FarePreferences  *preferences;
  FareLiveQuery    *query;
  FarePricingList  *list;
  GFileMonitor     *monitor;       /* of the user's price file */
  char             *search;
  guint             slow_id;
  guint             is_busy : 1;     /* a change is under way */
  guint             wants_unpriced : 1;
};

/* The answer shown now; NULL while there is none. */
const FarePricingData *fare_pricing_page_get_data        (FarePricingPage     *self);

/* Runs a change in a worker and offers to take it back.  @done is what the toast says. */
void                   fare_pricing_page_change          (FarePricingPage     *self,
                                                          FarePricingEditFunc  func,
                                                          gpointer             data,
                                                          GDestroyNotify       free_data,
                                                          const char          *done);

/* Says why something could not be done. */
void                   fare_pricing_page_report          (FarePricingPage     *self,
                                                          const char          *message);

/* Which of the actions can do something now. */
void                   fare_pricing_page_update_actions  (FarePricingPage     *self);

void                   fare_pricing_page_install_actions (GtkWidgetClass      *widget_class);

G_END_DECLS
