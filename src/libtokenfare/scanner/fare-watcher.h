/* fare-watcher.h
 *
 * Watches folders, not what is below them, and names what changed in them: at most once
 * in a while, with all that came together since.
 *
 * Lives on the thread-default main context it was made on.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _FareWatcher FareWatcher;

typedef enum
{
  FARE_WATCH_CONTENT, /* files written, and whatever comes and goes */
  FARE_WATCH_ENTRIES  /* only what comes and goes: for lively folders */
} FareWatchKind;

/* What happened to a path, as a set. */
typedef enum
{
  FARE_CHANGE_CONTENT = 1 << 0, /* was written to, or a file that was open for writing was closed */
  FARE_CHANGE_ENTRY   = 1 << 1  /* was made, removed or renamed */
} FareChange;

/**
 * FareWatcherFunc:
 * @changes: path → set of FareChange
 * @lost: more happened than could be told
 */
typedef void (*FareWatcherFunc) (GHashTable *changes,
                                 gboolean    lost,
                                 gpointer    user_data);

/* What is watched, for telling the user. */
typedef struct
{
  guint n_watched;
  guint n_unwatched;
  int   error;       /* errno of the first folder that is not watched, 0 if all are */
} FareWatchState;

/**
 * fare_watcher_new:
 * @pause_ms: how long after the first change the others are waited for; twice as long while they keep
 *   coming
 * @limit: how many folders may be watched, 0 for as many as the system lets us
 * @func: called after the pause, however much it was
 */
FareWatcher *fare_watcher_new       (guint             pause_ms,
                                     guint             limit,
                                     FareWatcherFunc   func,
                                     gpointer          user_data) G_GNUC_WARN_UNUSED_RESULT;
void         fare_watcher_free      (FareWatcher      *self);

/**
 * fare_watcher_begin:
 *
 * From here to fare_watcher_end() all folders are named again that are to be watched.
 */
void         fare_watcher_begin     (FareWatcher      *self);

/**
 * fare_watcher_add:
 * @path: a folder
 *
 * Watches a folder; when it is to be read, before that, so that nothing falls in between.  Where it
 * cannot be watched, fare_watcher_get_state() counts it.
 */
void         fare_watcher_add       (FareWatcher      *self,
                                     const char       *path,
                                     FareWatchKind     kind);

/**
 * fare_watcher_end:
 *
 * Drops what was not named since fare_watcher_begin().
 */
void         fare_watcher_end       (FareWatcher      *self);

/* How much is watched now. */
void         fare_watcher_get_state (FareWatcher      *self,
                                     FareWatchState   *state);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FareWatcher, fare_watcher_free)

G_END_DECLS
