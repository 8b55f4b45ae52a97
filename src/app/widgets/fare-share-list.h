/* fare-share-list.h
 *
 * A boxed list of shares.  Rows are found again by key, so an update moves and relabels
 * them without making new ones: focus, tooltips and scroll position survive.
 *
 * Properties: "limit", the number of rows shown before "Show All" (0 for no limit), and
 * "label", the list's accessible name.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "models/fare-share-item.h"

G_BEGIN_DECLS

/* FareShareList::activated, with the key and the row, says that a row was chosen.  Rows can be chosen
 * where "activatable" is set. */

#define FARE_TYPE_SHARE_LIST (fare_share_list_get_type ())
G_DECLARE_FINAL_TYPE (FareShareList, fare_share_list, FARE, SHARE_LIST, GtkWidget)

/**
 * fare_share_list_update:
 * @items: (element-type FareShareItem): what to show, in this order
 */
void       fare_share_list_update      (FareShareList *self,
                                        GPtrArray     *items);

/**
 * fare_share_list_blank:
 *
 * Takes all figures from the rows but leaves the rows, so that nothing moves while the
 * figures of another range are being summed.
 */
void       fare_share_list_blank       (FareShareList *self);

guint      fare_share_list_get_n_items (FareShareList *self);

/**
 * fare_share_list_find_row:
 *
 * Returns: (transfer none) (nullable): the row that shows the item with @key
 */
GtkWidget *fare_share_list_find_row    (FareShareList *self,
                                        const char    *key);

G_END_DECLS
