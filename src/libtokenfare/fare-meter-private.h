/* fare-meter-private.h
 *
 * What the two halves of FareMeter share: fare-meter.c answers questions and scans when
 * asked, fare-meter-run.c keeps the index in step in a thread of its own.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "fare-meter.h"
#include "scanner/fare-watcher.h"

G_BEGIN_DECLS

struct _FareMeter
{
  GObject         parent_instance;

  FarePaths      *paths;
  gboolean        in_memory;   /* never touch the index file */

  GMutex          mutex;       /* guards what follows */
  FareIndex      *index;
  FarePriceBook  *prices;
  char           *index_notice;
  FareNoticeLevel index_level;
  char           *price_notice;
  GStrv           failures;
  guint           n_sources;
  FareProgress    progress;
  gboolean        is_scanning;
  gboolean        changed_pending;
  gboolean        scanning_pending;

  /* The running thread. */
  GThread        *thread;
  GMainContext   *home;        /* where signals are emitted */
  GMainContext   *context;     /* of the thread */
  GMainLoop      *loop;
  GCancellable   *stop;
  FareWatcher    *watcher;     /* used by the thread only, like what follows */
  sqlite3        *ear;         /* (nullable): listens to another program's commits */
  sqlite3_stmt   *data_version;
  gint64          last_version;
};

typedef enum
{
  FARE_LOCK_TAKEN,
  FARE_LOCK_BUSY,
  FARE_LOCK_FAILED
} FareLock;

/**
 * fare_meter_try_lock:
 * @lasting: whether the lock is to be held for long
 *
 * Takes the index's lock; where it cannot be had for another reason than being busy, goes over to an
 * index in memory.
 */
FareLock fare_meter_try_lock   (FareMeter         *self,
                                gboolean           lasting,
                                GError           **error);

/**
 * fare_meter_scan:
 * @func: (nullable): told about progress
 * @result: (out): cleared with fare_scan_result_clear()
 *
 * One scan, the lock being held; in memory where the file turns out to be of no use.
 */
gboolean fare_meter_scan       (FareMeter         *self,
                                FareProgressFunc   func,
                                gpointer           user_data,
                                FareScanResult    *result,
                                GCancellable      *cancellable,
                                GError           **error);

/**
 * fare_meter_emit_later:
 * @changed: whether FareMeter::changed is to be emitted beside FareMeter::scanning
 *
 * Emits on the main context of whoever started the meter.  May be called from any thread.
 */
void     fare_meter_emit_later (FareMeter         *self,
                                gboolean           changed);

G_END_DECLS
