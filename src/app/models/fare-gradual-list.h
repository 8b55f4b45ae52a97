/* fare-gradual-list.h
 *
 * A list that comes a screenful at a time.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define FARE_TYPE_GRADUAL_LIST (fare_gradual_list_get_type ())
G_DECLARE_FINAL_TYPE (FareGradualList, fare_gradual_list, FARE, GRADUAL_LIST, GObject)

/**
 * fare_gradual_list_new:
 * @model: (transfer none): the whole list
 *
 * A table makes the widgets of some hundred lines at once, which keeps people waiting for what they
 * do not see yet.  So where many lines come into @model, this list has the first of them at once
 * and some more with every idle turn of the main loop, in their order.  Lines that it has already
 * stay, and what leaves @model leaves it in the same moment.
 *
 * Returns: (transfer full): the list for the table
 */
FareGradualList *fare_gradual_list_new      (GListModel      *model) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_gradual_list_show_all:
 *
 * For whoever needs a line at its place: what is missing comes at once.
 */
void             fare_gradual_list_show_all (FareGradualList *self);

G_END_DECLS
