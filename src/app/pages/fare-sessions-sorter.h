/* fare-sessions-sorter.h
 *
 * The order of the table of sessions: the heading that shows it, the clicks that change it, and the
 * setting that keeps it.  The lines themselves are sorted by their list, whatever the view.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "models/fare-session-row.h"

G_BEGIN_DECLS

typedef struct _FareSessionsSorter FareSessionsSorter;

/* There is another order now. */
typedef void (*FareSessionsSortFunc) (FareSessionColumn column,
                                      gboolean          is_descending,
                                      gpointer          user_data);

/**
 * fare_sessions_sorter_new:
 * @table: (transfer none): outlives the sorter
 * @columns: (array fixed-size=FARE_SESSION_N_COLUMNS): its columns that can be sorted by
 * @settings: has the key “sessions-sort”
 * @func: called once before this returns, with the order that was kept
 */
FareSessionsSorter *fare_sessions_sorter_new  (GtkColumnView               *table,
                                               GtkColumnViewColumn * const *columns,
                                               GSettings                   *settings,
                                               FareSessionsSortFunc         func,
                                               gpointer                     user_data) G_GNUC_WARN_UNUSED_RESULT;

/* Before the table goes: it has no order any more. */
void                fare_sessions_sorter_free (FareSessionsSorter          *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareSessionsSorter, fare_sessions_sorter_free)

G_END_DECLS
