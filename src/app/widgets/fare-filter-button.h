/* fare-filter-button.h
 *
 * A funnel that opens to lists of tools, models and projects, to be ticked and searched.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "models/fare-filter.h"
#include "models/fare-live-query.h"
#include "models/fare-preferences.h"

G_BEGIN_DECLS

#define FARE_TYPE_FILTER_BUTTON (fare_filter_button_get_type ())
G_DECLARE_FINAL_TYPE (FareFilterButton, fare_filter_button, FARE, FILTER_BUTTON, GtkWidget)

/**
 * fare_filter_button_connect:
 * @filter: what is ticked
 *
 * Gives the button what it shows.  Called once.
 */
void           fare_filter_button_connect   (FareFilterButton *self,
                                             FareMeter        *meter,
                                             FareRangeChoice  *choice,
                                             FareFilter       *filter,
                                             FarePreferences  *preferences);

void           fare_filter_button_popup     (FareFilterButton *self);

/**
 * fare_filter_button_get_query:
 *
 * Returns: (transfer none) (nullable): the question behind the lists, a #FareFilterChoices
 */
FareLiveQuery *fare_filter_button_get_query (FareFilterButton *self);

G_END_DECLS
