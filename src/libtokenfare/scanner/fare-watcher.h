/* fare-watcher.h
 *
 * File monitors on the folders that hold logs.  Says that something happened, at most
 * once in a while; what happened is for a scan to find out.
 *
 * Lives on the thread-default main context it was made on.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _FareWatcher FareWatcher;

typedef void (*FareWatcherFunc) (gpointer user_data);

/**
 * fare_watcher_new:
 * @func: called some 250 ms after something changed, however much it was
 */
FareWatcher *fare_watcher_new         (FareWatcherFunc   func,
                                       gpointer          user_data) G_GNUC_WARN_UNUSED_RESULT;
void         fare_watcher_free        (FareWatcher      *self);

/**
 * fare_watcher_set_folders:
 * @folders: paths; those that are watched already stay so, others are no longer watched
 *
 * Returns: whether some are watched only from now on; what happened in them since they were looked
 *   at went unseen
 */
gboolean     fare_watcher_set_folders (FareWatcher      *self,
                                       const GPtrArray  *folders);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareWatcher, fare_watcher_free)

G_END_DECLS
