/* fare-meter.h
 *
 * Front door for all programs: opens the index and the prices, keeps the index in
 * step with the logs, hands out snapshots, and says when something changed.
 *
 * A program can always ask: where the index cannot be used (read-only folder, full
 * disk, damaged or newer file) the same code runs on an index in memory, and
 * fare_meter_dup_notice() says so in one sentence.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "base/fare-paths.h"
#include "index/fare-index-reader.h"
#include "pricing/fare-price-book.h"
#include "scanner/fare-scanner.h"

G_BEGIN_DECLS

#define FARE_TYPE_METER (fare_meter_get_type ())
G_DECLARE_FINAL_TYPE (FareMeter, fare_meter, FARE, METER, GObject)

typedef enum
{
  FARE_NOTICE_NONE,
  FARE_NOTICE_INFO,     /* nothing is wrong with the figures */
  FARE_NOTICE_WARNING,  /* figures are right, something is not kept or not read */
  FARE_NOTICE_ERROR     /* the index is damaged; figures are of what can still be read */
} FareNoticeLevel;

/**
 * fare_meter_new:
 * @paths: where everything is
 *
 * Returns: (transfer full): a meter that has opened nothing yet
 */
FareMeter       *fare_meter_new          (FarePaths            *paths) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_meter_new_in_memory:
 *
 * Returns: (transfer full): a meter that never touches the index file and knows only what the logs
 *   say now
 */
FareMeter       *fare_meter_new_in_memory (FarePaths           *paths) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_meter_open:
 *
 * Opens the index, or one in memory where it cannot be used, and loads the prices.  Quick: no log
 * is read.  Fails only when the shipped price table is missing or memory cannot hold an index.
 */
gboolean         fare_meter_open         (FareMeter            *self,
                                          GError              **error);

/**
 * fare_meter_reopen:
 *
 * Goes over to the index file that now has the index's name, after another one was put in its
 * place.  Not to be called while the meter runs.  Emits FareMeter::changed.
 */
gboolean         fare_meter_reopen       (FareMeter            *self,
                                          GError              **error);

/**
 * fare_meter_sync:
 * @func: (nullable): told about progress
 *
 * Reads what changed since the last scan, in this thread and its helpers.  While another program
 * scans it returns at once, unless no scan was ever completed: then it waits for it.
 */
gboolean         fare_meter_sync         (FareMeter            *self,
                                          FareProgressFunc      func,
                                          gpointer              user_data,
                                          GCancellable         *cancellable,
                                          GError              **error);

/**
 * fare_meter_start:
 *
 * Keeps the index in step from now on, in a thread of its own: one scan at once, then, half a second
 * after log files change, a look at those, and now and then a scan of everything as a safety net
 * (see fare_meter_set_attentive()).  While another program does that, its commits are noticed, and when
 * it ends, however it does, its place is taken.  Emits FareMeter::changed on the main context of the
 * caller after every scan that changed something (at most every 500 ms) and FareMeter::scanning
 * when a scan of everything begins, moves on or ends.
 */
void             fare_meter_start        (FareMeter            *self);

/**
 * fare_meter_stop:
 *
 * Ends what fare_meter_start() began and waits for it.
 */
void             fare_meter_stop         (FareMeter            *self);

/**
 * fare_meter_refresh:
 *
 * Asks the running thread for a full scan now.
 */
void             fare_meter_refresh      (FareMeter            *self);

/**
 * fare_meter_set_attentive:
 * @attentive: whether somebody can see what the program shows
 *
 * Says how long what the file monitors miss may go unseen: a minute while somebody looks, five
 * otherwise, which is also how it begins; fifteen while the machine saves power.
 */
void             fare_meter_set_attentive (FareMeter           *self,
                                           gboolean             attentive);

/**
 * fare_meter_set_watch_limit:
 * @limit: how many folders may be watched, 0 for as many as the system lets us
 *
 * To be called before fare_meter_start().
 */
void             fare_meter_set_watch_limit (FareMeter         *self,
                                             guint              limit);

/**
 * fare_meter_dup_watch_notice:
 * @n_watched: (out): folders whose changes are seen at once
 * @n_unwatched: (out): folders that should be watched and are not
 *
 * Tells about the file monitors of a started meter; while another program writes there are none.
 *
 * Returns: (transfer full) (nullable): why some folders are not watched and what becomes of them, in
 *   one or two translated sentences; %NULL when all are
 */
char            *fare_meter_dup_watch_notice (FareMeter        *self,
                                              guint            *n_watched,
                                              guint            *n_unwatched) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_meter_get_progress:
 *
 * Returns: %TRUE while a scan runs; @progress then says how far it is
 */
gboolean         fare_meter_get_progress (FareMeter            *self,
                                          FareProgress         *progress);

/**
 * fare_meter_read:
 *
 * Opens a snapshot.  May be called from any thread.
 *
 * Returns: (transfer full): a reader that already knows the price thresholds
 */
FareIndexReader *fare_meter_read         (FareMeter            *self,
                                          GError              **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_meter_recover:
 * @error: what a query on a snapshot failed with
 *
 * Goes over to an index in memory when @error says that the file cannot be used, and reads the
 * logs into it.  fare_meter_dup_notice() then says what happened.
 *
 * Returns: whether it makes sense to ask again with a new snapshot
 */
gboolean         fare_meter_recover      (FareMeter            *self,
                                          const GError         *error,
                                          GCancellable         *cancellable);

/**
 * fare_meter_ref_prices:
 *
 * Returns: (transfer full): the prices as of now.  May be called from any thread.
 */
FarePriceBook   *fare_meter_ref_prices   (FareMeter            *self) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_meter_reload_prices:
 *
 * Loads the price files again, for instance after an edit, and emits FareMeter::changed: at once, or
 * from the main context of whoever started the meter, so that any thread may ask then.
 */
gboolean         fare_meter_reload_prices (FareMeter           *self,
                                           GError             **error);

/**
 * fare_meter_dup_notice:
 * @level: (out): how grave it is
 *
 * Returns: (transfer full) (nullable): what the user should know about the state of the index or
 *   the price file, in one translated sentence; %NULL when all is well
 */
char            *fare_meter_dup_notice   (FareMeter            *self,
                                          FareNoticeLevel      *level) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_meter_get_trouble:
 * @trouble: (out): what is wrong with the index, for a program that has words of its own for it
 *
 * Returns: %TRUE when the notice of fare_meter_dup_notice() is about the index
 */
gboolean         fare_meter_get_trouble  (FareMeter            *self,
                                          FareIndexError       *trouble);

/**
 * fare_meter_dup_failures:
 *
 * Returns: (transfer full): log files and folders that the last scan could not read, each as
 *   "client\tpath\treason"; the client is "share" for what other machines have left
 */
GStrv            fare_meter_dup_failures (FareMeter            *self) G_GNUC_WARN_UNUSED_RESULT;

/**
 * fare_meter_ref_index:
 *
 * Returns: (transfer full): the index in use
 */
FareIndex       *fare_meter_ref_index    (FareMeter            *self) G_GNUC_WARN_UNUSED_RESULT;

/* Where everything is; (transfer none). */
FarePaths       *fare_meter_get_paths    (FareMeter            *self);

/**
 * fare_meter_dup_roots:
 *
 * Returns: (transfer full): the directories looked at, with the client's id and a tab in front
 */
GStrv            fare_meter_dup_roots    (FareMeter            *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
