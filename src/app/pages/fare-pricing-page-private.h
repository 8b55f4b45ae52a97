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
#include "pages/fare-pricing-editor.h"
#include "pages/fare-pricing-json.h"
#include "pages/fare-pricing-page.h"
#include "pages/fare-pricing-table.h"
#include "pages/fare-pricing-what-if.h"

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
  FarePricingTable *table;
  AdwStatusPage    *nothing_page;
  AdwStatusPage    *failed_page;
  FarePricingJson  *json;
  GtkWidget        *what_if_revealer;
  FarePricingWhatIf *what_if;

  FareMeter        *meter;
  FareRangeChoice  *choice;
  FarePreferences  *preferences;
  FareLiveQuery    *query;
  FarePricingList  *list;
  GFileMonitor     *monitor;       /* of the user's price file */
  FarePricingEditor *editor;       /* (nullable): open now */
  GtkFileChooserNative *chooser;   /* NULL while none is open */
  char             *search;
  FareWidth         width;
  guint             reload_id;
  guint             is_busy : 1;     /* a change is under way */
  guint             is_active : 1;
  guint             is_asking : 1;   /* what to do with unsaved text */
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

/* Marks that a change is under way, or over. */
void                   fare_pricing_page_set_busy        (FarePricingPage     *self,
                                                          gboolean             is_busy);

/* Says that something is @done and offers to take it back.  Takes @undo. */
void                   fare_pricing_page_offer_undo      (FarePricingPage     *self,
                                                          FarePricingUndo     *undo,
                                                          const char          *done);

/* Shows what taking prices over from a file would change. */
void                   fare_pricing_page_import          (FarePricingPage     *self,
                                                          const char          *path);

/* Goes back from the text to the table. */
void                   fare_pricing_page_show_table      (FarePricingPage     *self);

/* What is wrong with the files, what cannot be changed, what is not saved. */
void                   fare_pricing_page_update_notice   (FarePricingPage     *self);

/* A sentence that goes by itself. */
void                   fare_pricing_page_toast           (FarePricingPage     *self,
                                                          const char          *text);

/* Follows what others write into the price file. */
void                   fare_pricing_page_watch_file      (FarePricingPage     *self);

/* Asks before the window closes over unsaved text. */
void                   fare_pricing_page_watch_window    (FarePricingPage     *self);
void                   fare_pricing_page_connect_json    (FarePricingPage     *self);

/* Lets the user choose the other model. */
void                   fare_pricing_page_choose_what_if  (FarePricingPage     *self);

/* Says why something could not be done. */
void                   fare_pricing_page_report          (FarePricingPage     *self,
                                                          const char          *message);

/* Which of the actions can do something now. */
void                   fare_pricing_page_update_actions  (FarePricingPage     *self);

void                   fare_pricing_page_install_actions (GtkWidgetClass      *widget_class);
void                   fare_pricing_page_update_file_actions  (FarePricingPage *self);
void                   fare_pricing_page_install_file_actions (GtkWidgetClass  *widget_class);

G_END_DECLS
