/* fare-filter-pills.h
 *
 * What the window is narrowed to, each a pill that goes away when it is pressed.  Hidden
 * while everything is let through.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "models/fare-filter.h"

G_BEGIN_DECLS

#define FARE_TYPE_FILTER_PILLS (fare_filter_pills_get_type ())
G_DECLARE_FINAL_TYPE (FareFilterPills, fare_filter_pills, FARE, FILTER_PILLS, GtkWidget)

/**
 * fare_filter_pills_set_filter:
 *
 * Shows @filter.  Called once.
 */
void  fare_filter_pills_set_filter   (FareFilterPills *self,
                                      FareFilter      *filter);

/**
 * fare_filter_pills_set_relevant:
 * @is_relevant: whether the page that is seen can be narrowed
 */
void  fare_filter_pills_set_relevant (FareFilterPills *self,
                                      gboolean         is_relevant);

guint fare_filter_pills_get_n_pills  (FareFilterPills *self);

G_END_DECLS
