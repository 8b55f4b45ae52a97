/* fare-gradual-list.h
 *
 * A list that comes a screenful at a time.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * fare_gradual_list_new:
 * @model: (transfer none): the whole list
 *
 * A table makes the widgets of some hundred lines at once, which keeps people waiting for what they
 * do not see yet.  So this list has the first lines of @model, some more with every idle turn of the
 * main loop, and from then on all, until @model is empty once.  Places are those of @model.
 *
 * Returns: (transfer full): the list for the table
 */
GtkSliceListModel *fare_gradual_list_new      (GListModel        *model) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_gradual_list_show_all:
 *
 * For whoever needs a line at its place: the rest comes at once.
 */
void               fare_gradual_list_show_all (GtkSliceListModel *self);

G_END_DECLS
