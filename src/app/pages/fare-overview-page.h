/* fare-overview-page.h
 *
 * The first page: what the chosen days cost, by tool and by model.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "models/fare-overview-data.h"
#include "pages/fare-page.h"

G_BEGIN_DECLS

#define FARE_TYPE_OVERVIEW_PAGE (fare_overview_page_get_type ())
G_DECLARE_FINAL_TYPE (FareOverviewPage, fare_overview_page, FARE, OVERVIEW_PAGE, AdwBin)

/**
 * fare_overview_page_ask:
 * @context: what the page will be connected with
 *
 * Puts the page's question before the page is made, so that it is answered meanwhile.
 *
 * Returns: (transfer full): for @context, as its first query
 */
FareLiveQuery *fare_overview_page_ask    (const FarePageContext  *context) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_overview_page_show:
 * @data: (nullable): what to show; %NULL blanks all figures in place
 *
 * Shows @data.  Connected pages do this by themselves.
 */
void       fare_overview_page_show       (FareOverviewPage       *self,
                                          const FareOverviewData *data);

/**
 * fare_overview_page_get_state:
 *
 * Returns: which of its faces the page shows: "figures", "reading" (the first scan), "nobody"
 *   (no tool found) or "failed"
 */
const char *fare_overview_page_get_state (FareOverviewPage       *self);

G_END_DECLS
