/* fare-spending-section.h
 *
 * The chart of the Overview: what was spent over the days shown, by tool, with a choice of
 * what the bars stand for.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "models/fare-preferences.h"
#include "pages/fare-overview-text.h"

G_BEGIN_DECLS

#define FARE_TYPE_SPENDING_SECTION (fare_spending_section_get_type ())
G_DECLARE_FINAL_TYPE (FareSpendingSection, fare_spending_section, FARE, SPENDING_SECTION, GtkBox)

/**
 * fare_spending_section_connect:
 *
 * Remembers the chosen metric in @preferences.
 */
void fare_spending_section_connect (FareSpendingSection    *self,
                                    FarePreferences        *preferences);

/**
 * fare_spending_section_show:
 * @text: (nullable): what to show; %NULL blanks the chart in place.  Its data must stay until the
 *   next call
 */
void fare_spending_section_show    (FareSpendingSection    *self,
                                    const FareOverviewText *text);

G_END_DECLS
