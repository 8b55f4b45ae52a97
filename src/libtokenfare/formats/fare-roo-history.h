/* fare-roo-history.h
 *
 * What Roo Code sent to the model, api_conversation_history.json: the only place that
 * tells which model a request went to.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _FareRooHistory FareRooHistory;

/**
 * fare_roo_history_load:
 * @path: the file
 *
 * What stands before a break in the file is taken all the same.
 *
 * Returns: (transfer full): the history; an empty one when there is no such file, or a huge one
 */
FareRooHistory *fare_roo_history_load        (const char     *path) G_GNUC_WARN_UNUSED_RESULT;
void            fare_roo_history_free        (FareRooHistory *self);

/**
 * fare_roo_history_list_models:
 * @times: (array length=n_times): when the requests began, in their order, 0 where unknown
 *
 * Finds for each request the model that the last user message up to the one it sent names.
 *
 * Returns: (transfer container): @n_times models, %NULL for those that cannot be told; they live as
 *   long as the history
 */
const char    **fare_roo_history_list_models (FareRooHistory *self,
                                              const gint64   *times,
                                              guint           n_times) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_roo_history_get_project:
 *
 * Returns: (nullable): the working directory that the first environment block names
 */
const char     *fare_roo_history_get_project (FareRooHistory *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareRooHistory, fare_roo_history_free)

G_END_DECLS
