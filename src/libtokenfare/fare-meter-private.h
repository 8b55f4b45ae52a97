/* fare-meter-private.h
 *
 * What the parts of FareMeter share: fare-meter.c opens index and prices and tells about them,
 * fare-meter-scan.c scans once, fare-meter-run.c keeps the index in step in a thread of its own, and
 * fare-meter-glance.c keeps what status lines read.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "fare-meter.h"
#include "scanner/fare-catalog.h"
#include "scanner/fare-watcher.h"
#include "sharing/fare-share.h"

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
  FareIndexError  index_trouble; /* what index_notice is about */
  char           *price_notice;
  GStrv           failures;
  GStrv           share_failures;
  FareProgress    progress;
  gboolean        is_scanning;
  gboolean        changed_pending;
  gboolean        scanning_pending;
  gboolean        is_attentive;
  gboolean        is_saving_power;
  FareWatchState  watch_state;

  /* The running thread. */
  GThread        *thread;
  GMainContext   *home;        /* where signals are emitted */
  GMainContext   *context;     /* of the thread */
  GMainLoop      *loop;
  GCancellable   *stop;
  guint           watch_limit; /* set before the thread starts */

  /* Used by the thread only. */
  GSource        *timer;       /* until the next scan of everything */
  FareWatcher    *watcher;     /* (nullable): of the logs, while we write */
  FareCatalog    *catalog;     /* (nullable): likewise */
  FareIndexWriter *writer;     /* (nullable): kept from scan to scan */
  FareIndex      *writer_index;
  guint64         writer_inode;
  GHashTable     *unsettled;   /* (nullable): what to look at again when that timer is up */
  GSource        *settling;
  GSource        *glancing;    /* (nullable): runs until the glance is taken anew */
  GSource        *share_timer; /* (nullable): until there is something to write for other machines */
  FareWatcher    *share_watcher; /* (nullable): of the folder that is shared */
  char           *share_folder;  /* (nullable): what that watches */
  gboolean        has_failed;  /* the last scan */
  gboolean        wants_walk;  /* a change asked for one too soon after the last */
  gint64          last_walk_us;
  gint64          walk_cost_us;
  FareWatcher    *index_watcher; /* (nullable): of the index, while another program writes */
  int             n_tries;     /* for the lock, before long */
  sqlite3        *ear;         /* (nullable): sees that program's commits */
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
 * fare_meter_fall_back:
 * @reason: (nullable): what is wrong with the file; %NULL when none is wanted
 *
 * Goes on in memory: with the file's contents where they can be trusted, else with the logs alone.
 */
gboolean fare_meter_fall_back  (FareMeter         *self,
                                const GError      *reason,
                                GError           **error);

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
 * @found: (nullable): what to look at; without it everything
 * @writer: (nullable): a writer that is kept from scan to scan
 * @func: (nullable): told about progress
 * @result: (out): cleared with fare_scan_result_clear()
 *
 * One scan, the lock being held; in memory where the file turns out to be of no use.
 */
gboolean fare_meter_scan       (FareMeter         *self,
                                FareDiscovery     *found,
                                FareIndexWriter  **writer,
                                FareProgressFunc   func,
                                gpointer           user_data,
                                FareScanResult    *result,
                                GCancellable      *cancellable,
                                GError           **error);

/**
 * fare_meter_share:
 * @writer: one that is in no batch; freed, and set to %NULL, after a failure
 * @now: write although it is not yet time
 * @result: (out): cleared with fare_share_result_clear()
 *
 * Reads what other machines have left in the shared folder and writes what they may want to know, the
 * lock being held.  Does nothing where nothing is shared, and with an index in memory.
 */
gboolean fare_meter_share      (FareMeter         *self,
                                FareIndexWriter  **writer,
                                gboolean           now,
                                FareShareResult   *result,
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

/**
 * fare_meter_keep_glance:
 *
 * Has the glance at today taken anew in a moment, in the running thread, where status lines want it.
 * To be called there after every scan.
 */
void     fare_meter_keep_glance   (FareMeter     *self);
void     fare_meter_forget_glance (FareMeter     *self);

G_END_DECLS
