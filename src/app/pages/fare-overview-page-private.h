/* fare-overview-page-private.h
 *
 * What the files of the overview share.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "pages/fare-breakdown-view.h"
#include "pages/fare-limits-section.h"
#include "pages/fare-overview-page.h"
#include "pages/fare-places-row.h"
#include "pages/fare-reading-box.h"
#include "pages/fare-spending-section.h"
#include "pages/fare-unpriced-row.h"
#include "pages/fare-year-strip.h"
#include "widgets/fare-donut.h"
#include "widgets/fare-share-list.h"
#include "widgets/fare-stat-card.h"
#include "widgets/fare-still-label.h"

G_BEGIN_DECLS

struct _FareOverviewPage
{
  AdwBin            parent_instance;

  GtkStack         *stack;
  GtkBox           *content;
  FareReadingBox   *reading_box;
  FareReadingBox   *first_reading_box;
  FareStatCard     *cost_card;
  FareStatCard     *tokens_card;
  FareStatCard     *messages_card;
  FareStatCard     *hit_rate_card;
  FareStatCard     *top_model_card;
  FareStatCard     *saving_card;
  FareStatCard     *forecast_card;
  FareStatCard     *days_card;
  FareStatCard     *time_card;
  FareStatCard     *energy_card;
  GtkWidget        *habit_cards;
  FareLimitsSection *limits_section;
  GtkWidget        *unusual_list;
  AdwActionRow     *unusual_row;
  FareSpendingSection *spending_section;
  FareYearStrip    *year_strip;
  GtkWidget        *unpriced_list;
  FareUnpricedRow  *unpriced_row;
  GtkWidget        *nothing_box;
  GtkLabel         *nothing_label;
  GtkButton        *nothing_button;
  GtkWidget        *lower_box;
  GtkWidget        *tools_section;
  GtkWidget        *tools_header;
  GtkWidget        *tools_heading;
  GtkToggleButton  *table_toggle;
  GtkBox           *tools_box;
  FareDonut        *donut;
  FareStillLabel   *donut_value;
  GtkLabel         *donut_caption;
  FareShareList    *tools_list;
  GtkWidget        *models_section;
  FareShareList    *models_list;
  FarePlacesRow    *places_row;
  AdwStatusPage    *failed_page;

  FareMeter        *meter;
  FareRangeChoice  *choice;
  FareFilter       *filter;
  FarePreferences  *preferences;
  FareLiveQuery    *query;
  FareLiveQuery    *year_query; /* all days, whatever the range */
  FareLiveQuery    *work_query; /* how long agents worked; slower than sums */

  FareBreakdownView *breakdown;  /* (nullable): in the tools' section, once somebody has asked for it */

  FareDay           last_day;
  gboolean          is_filtered;
  guint             lower_id;      /* tick that brings the lower half */
  gint64            first_frame;   /* number of the frame that showed the page first, -1 before it */
  guint             slow_id;
  guint             is_active : 1;
  guint             is_narrow : 1;
  guint             was_mapped : 1;
  guint             is_first_scan : 1; /* the first scan ever is under way */
};

/* fare-overview-figures.c: the face with figures. */

/* Fills the cards and all below them. */
void fare_overview_page_show_figures  (FareOverviewPage       *self,
                                       const FareOverviewData *data);

/* The cards and the year, whose figures come later than the sums. */
void fare_overview_page_show_habits   (FareOverviewPage       *self,
                                       const FareOverviewData *data);

/* What was used by tool and by model: pictures, or the table of the same. */
void fare_overview_page_show_faces    (FareOverviewPage       *self);

/* Figures of other days must not stay for a single frame; what holds them stays where it is. */
void fare_overview_page_blank_figures (FareOverviewPage       *self);

G_END_DECLS
