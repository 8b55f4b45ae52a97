/* fare-page.h
 *
 * What the window asks of a page.
 *
 * A page asks the window for something by activating one of its actions:
 *
 *   win.show-page s        a page by name: overview, sessions, calendar, pricing
 *   win.show-sessions (ss) the sessions page, narrowed to one "client", "model" or "project"
 *   win.show-session (ss)  the details of one session: client, id
 *   win.find-sessions s    the sessions page, searching all days for this text
 *   win.show-day s         the sessions of one local day, "YYYY-MM-DD"
 *   win.show-calendar s    one local day on the calendar page, "YYYY-MM-DD"
 *   win.show-prices s      the pricing page, searching for this text; "" shows what has no price
 *   win.filter (ss)        narrows further by one "client", "model" or "project"
 *   win.clear-filter       shows everything again
 *   win.clear-search       looks for nothing, and closes the search
 *   win.toast s            a sentence that goes by itself
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "fare-meter.h"
#include "models/fare-filter.h"
#include "models/fare-preferences.h"
#include "models/fare-range-choice.h"
#include "models/fare-live-query.h"
#include "widgets/fare-width-bin.h"

G_BEGIN_DECLS

/* What all pages share.  Borrowed: a page takes references to what it keeps. */
typedef struct
{
  FareMeter       *meter;
  FareRangeChoice *choice;      /* the days of Overview, Sessions and the use on Pricing */
  FareFilter      *filter;
  FarePreferences *preferences;
  FareLiveQuery   *first_query; /* (nullable): the overview's, asked before there was a page */
} FarePageContext;

typedef enum
{
  FARE_PAGE_HAS_RANGE  = 1 << 0, /* shows the days of the range button */
  FARE_PAGE_HAS_FILTER = 1 << 1, /* can be narrowed by the filter menu */
  FARE_PAGE_HAS_SEARCH = 1 << 2
} FarePageFeatures;

#define FARE_TYPE_PAGE (fare_page_get_type ())
G_DECLARE_INTERFACE (FarePage, fare_page, FARE, PAGE, GtkWidget)

struct _FarePageInterface
{
  GTypeInterface    parent_iface;

  FarePageFeatures  features;

  void            (*connect)    (FarePage              *self,
                                 const FarePageContext *context);
  void            (*set_active) (FarePage              *self,
                                 gboolean               is_active);
  void            (*set_width)  (FarePage              *self,
                                 FareWidth              width);

  FareLiveQuery  *(*get_query)  (FarePage              *self);

  /* The rest may be NULL. */
  void            (*set_search) (FarePage              *self,
                                 const char            *text);
  char           *(*dup_search_note) (FarePage         *self);
  gboolean        (*go_back)    (FarePage              *self);
  gboolean        (*can_step)   (FarePage              *self,
                                 int                    direction);
  void            (*step)       (FarePage              *self,
                                 int                    direction);
  void            (*show_today) (FarePage              *self);
};

/**
 * fare_page_connect:
 *
 * Gives the page what it shows.  Called once.
 */
void             fare_page_connect         (FarePage              *self,
                                            const FarePageContext *context);

/**
 * fare_page_set_active:
 * @is_active: whether the page can be seen; it asks nothing while it cannot
 */
void             fare_page_set_active      (FarePage              *self,
                                            gboolean               is_active);

/**
 * fare_page_set_width:
 *
 * Arranges the page for a class of width.
 */
void             fare_page_set_width       (FarePage              *self,
                                            FareWidth              width);

FarePageFeatures fare_page_get_features    (FarePage              *self);

/**
 * fare_page_get_query:
 *
 * Returns: (transfer none): the question without whose answer the page is blank
 */
FareLiveQuery   *fare_page_get_query       (FarePage              *self);

/**
 * fare_page_set_search:
 * @text: what to look for, "" for nothing
 */
void             fare_page_set_search      (FarePage              *self,
                                            const char            *text);

/**
 * fare_page_dup_search_note:
 *
 * Returns: (transfer full) (nullable): what the search found, as in “12 sessions”.  The signal
 *   FarePage::noted says that it is another.
 */
char            *fare_page_dup_search_note (FarePage              *self) G_GNUC_WARN_UNUSED_RESULT;
void             fare_page_emit_noted      (FarePage              *self);

/**
 * fare_page_go_back:
 *
 * Leaves what lies over the page, details for instance.
 *
 * Returns: %FALSE when there was nothing to leave
 */
gboolean         fare_page_go_back         (FarePage              *self);

/**
 * fare_page_can_step:
 * @direction: 1 for later, -1 for earlier
 *
 * Returns: whether the page has a period of its own and a neighbouring one
 */
gboolean         fare_page_can_step        (FarePage              *self,
                                            int                    direction);

/**
 * fare_page_step:
 *
 * Returns: %FALSE when the page has no period of its own: it shows the days of the range button
 */
gboolean         fare_page_step            (FarePage              *self,
                                            int                    direction);

/**
 * fare_page_show_today:
 *
 * Returns: %FALSE when the page has no period of its own
 */
gboolean         fare_page_show_today      (FarePage              *self);

G_END_DECLS
