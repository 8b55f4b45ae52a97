/* fare-model-popover.h
 *
 * What is behind the cost of a model: its tokens by kind and the prices of today.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "models/fare-overview-data.h"

G_BEGIN_DECLS

/**
 * fare_model_popover_open:
 * @parent: what to point at
 * @share: a model of the Overview
 * @prices: the prices as of now
 * @now_ms: UTC milliseconds
 * @cost: the cost as the page shows it
 *
 * Opens a popover that goes when it is closed.
 */
void fare_model_popover_open (GtkWidget       *parent,
                              const FareShare *share,
                              FarePriceBook   *prices,
                              gint64           now_ms,
                              const char      *cost);

G_END_DECLS
