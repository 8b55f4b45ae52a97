/* fare-share-row.h
 *
 * The row that shows a #FareShareItem: name and details, amount, a bar for its share.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "models/fare-share-item.h"

G_BEGIN_DECLS

#define FARE_TYPE_SHARE_ROW (fare_share_row_get_type ())
G_DECLARE_FINAL_TYPE (FareShareRow, fare_share_row, FARE, SHARE_ROW, GtkListBoxRow)

GtkWidget     *fare_share_row_new      (FareShareItem *item);

/**
 * fare_share_row_get_item:
 *
 * Returns: (transfer none): what the row shows
 */
FareShareItem *fare_share_row_get_item (FareShareRow  *self);

G_END_DECLS
