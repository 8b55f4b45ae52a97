/* fare-meter-run.c
 *
 * The running half of FareMeter.  Of all programs that run, one writes: after a scan of
 * everything it looks only at the files that the watcher names, and now and then at everything
 * again as a safety net.  The others listen: to that one's commits, and to its end, upon which
 * one of them goes on in its place.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "fare-meter-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

/* Long enough to see a burst of lines as one change, short enough to feel immediate. */
#define LOG_PAUSE_MS 500

/* After another program's commit or end. */
#define COMMIT_PAUSE_MS 150

/* Between two scans of everything, in seconds: while somebody looks or some folders cannot be watched,
 * in the background, and while the machine saves power. */
#define WALK_SOON_S 60
#define WALK_S 300
#define WALK_SAVING_S 900

/* When a scan has failed. */
#define RETRY_S 10

/* A scan that reads more files than this leaves a writer behind that is larger than the next ones need. */
#define MANY_FILES 64

/* How often a listener looks by itself. */
#define LISTEN_S 60

/* How often it looks shortly after something happened to the lock. */
#define LOCK_TRIES 3
#define LOCK_TRY_MS 700

/* Scans of everything that changes ask for take at most this share of the time, one in so many. */
#define WALK_SHARE 20

static void schedule (FareMeter *self);
static void look_around (FareMeter *self);
static void logs_changed_cb (GHashTable *changes,
                             gboolean    lost,
                             gpointer    user_data);

/* Listening. */

static void
close_ear (FareMeter *self)
{
  g_clear_pointer (&self->data_version, sqlite3_finalize);
  g_clear_pointer (&self->ear, sqlite3_close);
  self->last_version = 0;
}

/* A connection that stays open: it sees by a number whether another program has committed, and while
 * it is there, readers that come and go leave the index's files alone. */
static gboolean
has_new_commit (FareMeter *self)
{
  gint64 version = 0;
  gboolean is_new;

  if (self->ear == NULL)
    {
      g_autoptr(FareIndex) index = fare_meter_ref_index (self);

      self->ear = fare_index_connect (index, FALSE, NULL);
      if (self->ear == NULL
          || sqlite3_prepare_v2 (self->ear, "PRAGMA data_version", -1, &self->data_version, NULL)
             != SQLITE_OK)
        {
          close_ear (self);
          return TRUE;
        }
    }
  sqlite3_reset (self->data_version);
  if (sqlite3_step (self->data_version) == SQLITE_ROW)
    version = sqlite3_column_int64 (self->data_version, 0);
  sqlite3_reset (self->data_version);
  is_new = version != self->last_version;
  self->last_version = version;

  return is_new;
}

/* Commits are written to the index's journal, and a lock's end is the closing of its file. */
static void
index_changed_cb (GHashTable *changes,
                  gboolean    lost,
                  gpointer    user_data)
{
  FareMeter *self = user_data;
  GHashTableIter iter;
  gpointer path;

  g_hash_table_iter_init (&iter, changes);
  while (g_hash_table_iter_next (&iter, &path, NULL))
    /* The lock of a program that is being ended may outlive the first sign of it a little. */
    if (g_str_has_suffix (path, ".lock"))
      self->n_tries = LOCK_TRIES;
  look_around (self);
}

static void
start_listening (FareMeter *self)
{
  g_autoptr(FareIndex) index = fare_meter_ref_index (self);
  g_autofree char *folder = g_path_get_dirname (fare_index_get_path (index));

  self->index_watcher = fare_watcher_new (COMMIT_PAUSE_MS, 0, index_changed_cb, self);
  fare_watcher_add (self->index_watcher, folder, FARE_WATCH_CONTENT);
}

static void
stop_listening (FareMeter *self)
{
  g_clear_pointer (&self->index_watcher, fare_watcher_free);
  close_ear (self);
}

/* Writing. */

static void
note_watch_state (FareMeter *self)
{
  FareWatchState state;

  fare_watcher_get_state (self->watcher, &state);
  g_mutex_lock (&self->mutex);
  self->watch_state = state;
  g_mutex_unlock (&self->mutex);
}

static guint64
find_inode (FareIndex *index)
{
  GStatBuf info;

  return fare_index_get_path (index) != NULL && g_stat (fare_index_get_path (index), &info) == 0
         ? info.st_ino : 0;
}

/* The writer is of use only as long as its index is the one in use, on disk too. */
static void
check_writer (FareMeter *self)
{
  g_autoptr(FareIndex) index = fare_meter_ref_index (self);
  guint64 inode = find_inode (index);

  if (self->writer != NULL && (index != self->writer_index || inode != self->writer_inode))
    g_clear_pointer (&self->writer, fare_index_writer_free);
  g_set_object (&self->writer_index, index);
  self->writer_inode = inode;
}

static void
drop_writer (FareMeter *self)
{
  g_clear_pointer (&self->writer, fare_index_writer_free);
  g_clear_object (&self->writer_index);
}

static gboolean
settled_cb (gpointer user_data)
{
  FareMeter *self = user_data;
  g_autoptr(GHashTable) files = g_steal_pointer (&self->unsettled);

  g_clear_pointer (&self->settling, g_source_unref);
  logs_changed_cb (files, FALSE, self);

  return G_SOURCE_REMOVE;
}

static void
forget_unsettled (FareMeter *self)
{
  g_clear_pointer (&self->unsettled, g_hash_table_unref);
  if (self->settling == NULL)
    return;
  g_source_destroy (self->settling);
  g_clear_pointer (&self->settling, g_source_unref);
}

/* What was read in the very moment in which it was written is read again when that is over. */
static void
note_unsettled (FareMeter           *self,
                const FareDiscovery *found)
{
  if (found->unsettled->len == 0)
    return;
  if (self->unsettled == NULL)
    self->unsettled = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < found->unsettled->len; i++)
    g_hash_table_insert (self->unsettled, g_strdup (g_ptr_array_index (found->unsettled, i)),
                         GUINT_TO_POINTER (FARE_CHANGE_CONTENT));
  if (self->settling != NULL)
    return;
  self->settling = g_timeout_source_new (FARE_SOURCE_SETTLES_MS);
  g_source_set_callback (self->settling, settled_cb, self, NULL);
  g_source_attach (self->settling, self->context);
}

/* Sharing. */

static void share (FareMeter *self,
                   gboolean   now);

static void
stop_share_timer (FareMeter *self)
{
  if (self->share_timer == NULL)
    return;
  g_source_destroy (self->share_timer);
  g_clear_pointer (&self->share_timer, g_source_unref);
}

static gboolean
share_is_due_cb (gpointer user_data)
{
  FareMeter *self = user_data;

  g_clear_pointer (&self->share_timer, g_source_unref);
  share (self, FALSE);

  return G_SOURCE_REMOVE;
}

static void
start_share_timer (FareMeter *self,
                   gint64     due_ms)
{
  gint64 wait_ms = due_ms - g_get_real_time () / 1000;

  if (due_ms == 0 || self->share_timer != NULL)
    return;
  self->share_timer = g_timeout_source_new ((guint) CLAMP (wait_ms, 1, FARE_SHARE_PAUSE_MS));
  g_source_set_callback (self->share_timer, share_is_due_cb, self, NULL);
  g_source_attach (self->share_timer, self->context);
}

static void
shared_folder_changed_cb (GHashTable *changes,
                          gboolean    lost,
                          gpointer    user_data)
{
  share (user_data, FALSE);
}

static void
watch_shared_folder (FareMeter  *self,
                     const char *folder)
{
  if (g_strcmp0 (folder, self->share_folder) == 0)
    return;
  g_clear_pointer (&self->share_watcher, fare_watcher_free);
  g_free (self->share_folder);
  self->share_folder = g_strdup (folder);
  if (folder == NULL)
    return;
  self->share_watcher = fare_watcher_new (LOG_PAUSE_MS, 0, shared_folder_changed_cb, self);
  fare_watcher_add (self->share_watcher, folder, FARE_WATCH_CONTENT);
}

static gboolean
ensure_writer (FareMeter *self,
               GError   **error)
{
  g_autoptr(FareIndex) index = fare_meter_ref_index (self);
  g_autoptr(FarePriceBook) prices = fare_meter_ref_prices (self);
  const gint64 *thresholds;
  guint n_thresholds;

  check_writer (self);
  if (self->writer != NULL)
    return TRUE;
  thresholds = fare_price_book_get_thresholds (prices, &n_thresholds);
  self->writer = fare_index_writer_new (index, thresholds, n_thresholds, error);

  return self->writer != NULL;
}

/* @now is for the end of the program. */
static void
share (FareMeter *self,
       gboolean   now)
{
  g_autoptr(FareIndex) index = fare_meter_ref_index (self);
  g_auto(FareShareResult) result = { 0 };
  g_autoptr(GError) error = NULL;

  if (fare_index_get_path (index) == NULL)
    return;
  if (!ensure_writer (self, &error)
      || !fare_meter_share (self, &self->writer, now, &result, now ? NULL : self->stop, &error))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
          && !g_error_matches (error, FARE_INDEX_ERROR, FARE_INDEX_ERROR_BUSY))
        g_warning ("%s", error->message);
      return;
    }
  watch_shared_folder (self, result.folder);
  start_share_timer (self, result.due_ms);
  if (result.n_read > 0)
    fare_meter_keep_glance (self);
}

static void
stop_sharing (FareMeter *self)
{
  gboolean is_due = self->share_timer != NULL;

  stop_share_timer (self);
  if (is_due)
    share (self, TRUE);
  stop_share_timer (self);
  watch_shared_folder (self, NULL);
}

/* Says whether @found was enough. */
static gboolean
scan (FareMeter     *self,
      FareDiscovery *found)
{
  FareScanResult result = { 0 };
  g_autoptr(GError) error = NULL;
  gboolean enough;

  check_writer (self);
  self->has_failed = !fare_meter_scan (self, found, &self->writer, NULL, NULL, &result, self->stop,
                                       &error);
  /* Somebody else's transaction ends some time. */
  if (self->has_failed && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      && !g_error_matches (error, FARE_INDEX_ERROR, FARE_INDEX_ERROR_BUSY))
    g_warning ("%s", error->message);
  enough = !result.needs_walk;
  if (!self->has_failed && enough && (!found->is_partial || self->share_folder != NULL))
    share (self, FALSE);
  note_unsettled (self, found);
  fare_meter_keep_glance (self);
  if (result.n_read > MANY_FILES)
    drop_writer (self);
  fare_scan_result_clear (&result);

  return enough;
}

static void
scan_everything (FareMeter *self)
{
  gint64 start = g_get_monotonic_time ();
  g_autoptr(FareDiscovery) found = NULL;

  if (g_cancellable_is_cancelled (self->stop))
    return;
  if (self->watcher == NULL)
    {
      self->watcher = fare_watcher_new (LOG_PAUSE_MS, self->watch_limit, logs_changed_cb, self);
      self->catalog = fare_catalog_new (self->paths, self->watcher);
    }
  found = fare_catalog_walk (self->catalog);
  note_watch_state (self);
  scan (self, found);
  self->wants_walk = FALSE;
  self->last_walk_us = g_get_monotonic_time ();
  self->walk_cost_us = self->last_walk_us - start;
}

/* What changes so often that there is always something for a walk to tell must not keep the machine
 * busy. */
static void
ask_for_walk (FareMeter *self)
{
  if (g_get_monotonic_time () - self->last_walk_us < WALK_SHARE * self->walk_cost_us)
    self->wants_walk = TRUE;
  else
    scan_everything (self);
}

static void
logs_changed_cb (GHashTable *changes,
                 gboolean    lost,
                 gpointer    user_data)
{
  FareMeter *self = user_data;
  g_autoptr(FareDiscovery) found = lost ? NULL : fare_catalog_look (self->catalog, changes);

  if (found == NULL)
    ask_for_walk (self);
  else if (found->sources->len + found->gone->len + found->failures->len > 0
           && !scan (self, found))
    ask_for_walk (self);
  note_watch_state (self);
  schedule (self);
}

static void
stop_writing (FareMeter *self)
{
  forget_unsettled (self);
  stop_sharing (self);
  fare_meter_forget_glance (self);
  g_clear_pointer (&self->catalog, fare_catalog_free);
  g_clear_pointer (&self->watcher, fare_watcher_free);
  drop_writer (self);
}

/* Either. */

static void
look_around (FareMeter *self)
{
  g_autoptr(GError) error = NULL;
  FareLock lock = fare_meter_try_lock (self, TRUE, &error);

  if (lock == FARE_LOCK_BUSY && self->index_watcher == NULL)
    {
      /* The other one may have ended before there was an ear for it. */
      start_listening (self);
      lock = fare_meter_try_lock (self, TRUE, &error);
    }
  if (lock == FARE_LOCK_TAKEN)
    {
      /* What the other one left behind is not news to the scan, but to those who look. */
      if (self->index_watcher != NULL && has_new_commit (self))
        fare_meter_emit_later (self, TRUE);
      stop_listening (self);
      scan_everything (self);
    }
  else if (lock == FARE_LOCK_FAILED)
    g_warning ("%s", error->message);
  else
    {
      if (has_new_commit (self))
        fare_meter_emit_later (self, TRUE);
      self->n_tries = MAX (self->n_tries - 1, 0);
    }
  schedule (self);
}

static gint64
find_interval_s (FareMeter *self)
{
  gboolean is_attentive, is_saving;

  if (self->watcher == NULL)
    return LISTEN_S;
  g_mutex_lock (&self->mutex);
  is_attentive = self->is_attentive || self->watch_state.n_unwatched > 0;
  is_saving = self->is_saving_power;
  g_mutex_unlock (&self->mutex);

  return is_saving ? WALK_SAVING_S : is_attentive ? WALK_SOON_S : WALK_S;
}

static gboolean
time_is_up_cb (gpointer user_data)
{
  look_around (user_data);

  return G_SOURCE_REMOVE;
}

static void
clear_timer (FareMeter *self)
{
  if (self->timer == NULL)
    return;
  g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
}

/* Sets the time of the next scan of everything. */
static void
schedule (FareMeter *self)
{
  gint64 now = g_get_monotonic_time ();
  gint64 last = self->watcher != NULL ? self->last_walk_us : now;
  gint64 due = last + find_interval_s (self) * G_USEC_PER_SEC;

  if (self->watcher == NULL && self->n_tries > 0)
    due = now + LOCK_TRY_MS * 1000;
  if (self->has_failed)
    due = MIN (due, now + RETRY_S * G_USEC_PER_SEC);
  if (self->wants_walk)
    due = MIN (due, self->last_walk_us + WALK_SHARE * self->walk_cost_us);
  clear_timer (self);
  self->timer = g_timeout_source_new ((guint) (MAX (due - now, 0) / 1000 + 1));
  g_source_set_callback (self->timer, time_is_up_cb, self, NULL);
  g_source_attach (self->timer, self->context);
}

static gboolean
reschedule_cb (gpointer user_data)
{
  schedule (user_data);

  return G_SOURCE_REMOVE;
}

static void
run_in_thread (FareMeter   *self,
               GSourceFunc  func)
{
  g_autoptr(GSource) source = NULL;

  if (self->thread == NULL)
    return;
  source = g_idle_source_new ();
  g_source_set_callback (source, func, self, NULL);
  g_source_attach (source, self->context);
}

/* May come in another thread: whoever asked first for the monitor gets its signals. */
static void
power_changed_cb (GPowerProfileMonitor *monitor,
                  GParamSpec           *spec,
                  FareMeter            *self)
{
  g_autoptr(GSource) source = g_idle_source_new ();

  g_mutex_lock (&self->mutex);
  self->is_saving_power = g_power_profile_monitor_get_power_saver_enabled (monitor);
  g_mutex_unlock (&self->mutex);
  g_source_set_callback (source, reschedule_cb, self, NULL);
  g_source_attach (source, self->context);
}

static void
stop_everything (FareMeter *self)
{
  g_autoptr(FareIndex) index = fare_meter_ref_index (self);

  clear_timer (self);
  stop_listening (self);
  stop_writing (self);
  fare_index_unlock (index);
}

static gpointer
run (gpointer data)
{
  FareMeter *self = data;
  g_autoptr(GPowerProfileMonitor) power = NULL;

  g_main_context_push_thread_default (self->context);
  look_around (self);
  if (!g_cancellable_is_cancelled (self->stop))
    {
      power = g_power_profile_monitor_dup_default ();
      g_signal_connect (power, "notify::power-saver-enabled", G_CALLBACK (power_changed_cb), self);
      power_changed_cb (power, NULL, self);
      g_main_loop_run (self->loop);
      g_signal_handlers_disconnect_by_data (power, self);
    }
  stop_everything (self);
  g_main_context_pop_thread_default (self->context);

  return NULL;
}

void
fare_meter_start (FareMeter *self)
{
  g_return_if_fail (FARE_IS_METER (self));

  if (self->thread != NULL)
    return;
  /* Whoever runs for hours has nothing open that is not in use: others may exchange the file. */
  if (self->index != NULL)
    fare_index_keep_none (self->index);
  g_mutex_lock (&self->mutex);
  self->home = g_main_context_ref_thread_default ();
  g_mutex_unlock (&self->mutex);
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->stop = g_cancellable_new ();
  self->thread = g_thread_new ("tokenfare-scan", run, self);
}

static gboolean
quit_cb (gpointer data)
{
  g_main_loop_quit (data);

  return G_SOURCE_REMOVE;
}

void
fare_meter_stop (FareMeter *self)
{
  g_autoptr(GSource) source = NULL;

  g_return_if_fail (FARE_IS_METER (self));

  if (self->thread == NULL)
    return;
  g_cancellable_cancel (self->stop);
  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_HIGH);
  g_source_set_callback (source, quit_cb, g_main_loop_ref (self->loop),
                         (GDestroyNotify) g_main_loop_unref);
  g_source_attach (source, self->context);
  g_thread_join (g_steal_pointer (&self->thread));
  g_mutex_lock (&self->mutex);
  g_clear_pointer (&self->home, g_main_context_unref);
  g_mutex_unlock (&self->mutex);
  g_clear_pointer (&self->loop, g_main_loop_unref);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_clear_object (&self->stop);
}

static gboolean
refresh_cb (gpointer data)
{
  FareMeter *self = data;

  /* The prices may have other thresholds now. */
  drop_writer (self);
  look_around (self);

  return G_SOURCE_REMOVE;
}

void
fare_meter_refresh (FareMeter *self)
{
  g_return_if_fail (FARE_IS_METER (self));

  run_in_thread (self, refresh_cb);
}

void
fare_meter_set_attentive (FareMeter *self,
                          gboolean   attentive)
{
  g_return_if_fail (FARE_IS_METER (self));

  g_mutex_lock (&self->mutex);
  self->is_attentive = attentive;
  g_mutex_unlock (&self->mutex);
  run_in_thread (self, reschedule_cb);
}

void
fare_meter_set_watch_limit (FareMeter *self,
                            guint      limit)
{
  g_return_if_fail (FARE_IS_METER (self) && self->thread == NULL);

  self->watch_limit = limit;
}

char *
fare_meter_dup_watch_notice (FareMeter *self,
                             guint     *n_watched,
                             guint     *n_unwatched)
{
  FareWatchState state;

  g_return_val_if_fail (FARE_IS_METER (self), NULL);

  g_mutex_lock (&self->mutex);
  state = self->watch_state;
  g_mutex_unlock (&self->mutex);
  *n_watched = state.n_watched;
  *n_unwatched = state.n_unwatched;
  if (state.n_unwatched == 0)
    return NULL;
  if (state.error == ENOSPC || state.error == EMFILE)
    return g_strdup_printf (ngettext ("%u folder is looked at once a minute only, because the system "
                                      "watches no more of them. Raise fs.inotify.max_user_watches "
                                      "to see its changes at once.",
                                      "%u folders are looked at once a minute only, because the "
                                      "system watches no more of them. Raise "
                                      "fs.inotify.max_user_watches to see their changes at once.",
                                      state.n_unwatched), state.n_unwatched);

  return g_strdup_printf (ngettext ("%u folder is looked at once a minute only, because it cannot be "
                                    "watched (%s).",
                                    "%u folders are looked at once a minute only, because they "
                                    "cannot be watched (%s).", state.n_unwatched),
                          state.n_unwatched, g_strerror (state.error));
}
