/* fare-share-item.h
 *
 * One line of a list of shares, in words ready to be shown.  Keeps its identity while
 * its texts change, so the row that shows it keeps focus.
 *
 * Properties: "title", "subtitle", "value", "fraction", "slot", "tooltip" and "spoken",
 * each notified only when it really changes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define FARE_TYPE_SHARE_ITEM (fare_share_item_get_type ())
G_DECLARE_FINAL_TYPE (FareShareItem, fare_share_item, FARE, SHARE_ITEM, GObject)

/**
 * fare_share_item_new:
 * @key: identity within its list
 */
FareShareItem *fare_share_item_new          (const char    *key) G_GNUC_WARN_UNUSED_RESULT;
const char    *fare_share_item_get_key      (FareShareItem *self);
const char    *fare_share_item_get_title    (FareShareItem *self);
const char    *fare_share_item_get_spoken   (FareShareItem *self);
double         fare_share_item_get_fraction (FareShareItem *self);
guint          fare_share_item_get_slot     (FareShareItem *self);

/**
 * fare_share_item_update:
 * @from: an item whose texts to take over; its key does not matter
 */
void           fare_share_item_update       (FareShareItem *self,
                                             FareShareItem *from);

G_END_DECLS
