/* fare-breakdown-view.h
 *
 * The exact figures behind “By Tool” and “Top Models” as a table: tools that open to their models, or
 * models over all tools, sorted by any heading, with a total that is the cards'.
 *
 * Made when somebody asks for it; until then it costs nothing.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "models/fare-breakdown-list.h"
#include "pages/fare-page.h"

G_BEGIN_DECLS

#define FARE_TYPE_BREAKDOWN_VIEW (fare_breakdown_view_get_type ())
G_DECLARE_FINAL_TYPE (FareBreakdownView, fare_breakdown_view, FARE, BREAKDOWN_VIEW, AdwBin)

/**
 * fare_breakdown_view_new:
 * @context: (nullable): what to show, and whether amounts are hidden; without it the view shows what
 *   fare_breakdown_view_show() is given
 *
 * Returns: (transfer floating): a view that asks for nothing yet
 */
GtkWidget         *fare_breakdown_view_new        (const FarePageContext   *context) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_breakdown_view_get_bar:
 *
 * Returns: (transfer none): which of the two tables is shown, and what can be done with it; to be put
 *   above the view
 */
GtkWidget         *fare_breakdown_view_get_bar    (FareBreakdownView       *self);

/**
 * fare_breakdown_view_set_active:
 * @is_active: whether somebody looks
 */
void               fare_breakdown_view_set_active (FareBreakdownView       *self,
                                                   gboolean                 is_active);

/**
 * fare_breakdown_view_set_narrow:
 * @is_narrow: whether there is no room for columns
 */
void               fare_breakdown_view_set_narrow (FareBreakdownView       *self,
                                                   gboolean                 is_narrow);

/**
 * fare_breakdown_view_show:
 * @data: (nullable): what to show; it must stay until the next call
 */
void               fare_breakdown_view_show       (FareBreakdownView       *self,
                                                   const FareBreakdownData *data);

/* For tests and pictures. */
FareBreakdownList *fare_breakdown_view_get_list   (FareBreakdownView       *self);

G_END_DECLS
