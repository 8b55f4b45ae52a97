/* fare-meter.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "fare-meter.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "scanner/fare-discovery.h"
#include "scanner/fare-watcher.h"

/* Between two full scans when nothing is heard from the monitors. */
#define SAFETY_NET_S 60

/* Folders that keep appearing while we look must not keep us from everything else. */
#define MAX_SCANS_IN_A_ROW 3

/* How often a program that cannot scan looks whether the other one has finished its first scan. */
#define WAIT_US (50 * 1000)

/* How long it waits for another one-shot program. */
#define PATIENCE_US (10 * G_USEC_PER_SEC)

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

enum
{
  SIGNAL_CHANGED,
  SIGNAL_SCANNING,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FareMeter, fare_meter, G_TYPE_OBJECT)

static void
fare_meter_dispose (GObject *object)
{
  fare_meter_stop (FARE_METER (object));

  G_OBJECT_CLASS (fare_meter_parent_class)->dispose (object);
}

static void
fare_meter_finalize (GObject *object)
{
  FareMeter *self = FARE_METER (object);

  g_clear_object (&self->index);
  g_clear_object (&self->paths);
  g_clear_pointer (&self->prices, fare_price_book_unref);
  g_clear_pointer (&self->index_notice, g_free);
  g_clear_pointer (&self->price_notice, g_free);
  g_clear_pointer (&self->failures, g_strfreev);
  g_mutex_clear (&self->mutex);

  G_OBJECT_CLASS (fare_meter_parent_class)->finalize (object);
}

static void
fare_meter_class_init (FareMeterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = fare_meter_dispose;
  object_class->finalize = fare_meter_finalize;

  /**
   * FareMeter::changed:
   *
   * Something that can be seen in a snapshot or a price has changed.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * FareMeter::scanning:
   *
   * A scan has begun, moved on or ended; see fare_meter_get_progress().
   */
  signals[SIGNAL_SCANNING] = g_signal_new ("scanning", G_TYPE_FROM_CLASS (klass),
                                           G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
fare_meter_init (FareMeter *self)
{
  g_mutex_init (&self->mutex);
}

FareMeter *
fare_meter_new (FarePaths *paths)
{
  FareMeter *self;

  g_return_val_if_fail (FARE_IS_PATHS (paths), NULL);

  self = g_object_new (FARE_TYPE_METER, NULL);
  self->paths = g_object_ref (paths);

  return self;
}

FareMeter *
fare_meter_new_in_memory (FarePaths *paths)
{
  FareMeter *self = fare_meter_new (paths);

  self->in_memory = TRUE;

  return self;
}

static gboolean
load_prices (FareMeter  *self,
             GError    **error)
{
  g_autofree char *shipped = g_build_filename (fare_paths_get_pkgdata_dir (self->paths),
                                               "models.json", NULL);
  g_autofree char *warning = NULL;
  FarePriceBook *prices = fare_price_book_load (shipped, fare_paths_get_prices_file (self->paths),
                                                &warning, error);

  if (prices == NULL)
    return FALSE;
  g_mutex_lock (&self->mutex);
  g_clear_pointer (&self->prices, fare_price_book_unref);
  self->prices = prices;
  g_free (self->price_notice);
  self->price_notice = g_steal_pointer (&warning);
  g_mutex_unlock (&self->mutex);

  return TRUE;
}

/* What the user should know about an index that cannot be used, beside the reason. */
static const char *
find_consequence (const GError *error)
{
  if (g_error_matches (error, FARE_INDEX_ERROR, FARE_INDEX_ERROR_CORRUPT)
      || g_error_matches (error, FARE_INDEX_ERROR, FARE_INDEX_ERROR_NEWER))
    return _("Until then the figures come from the logs that are there now; what was counted of "
             "deleted ones is missing.");

  return _("The figures are complete, but what is new is not kept.");
}

static FareNoticeLevel
find_level (const GError *error)
{
  return g_error_matches (error, FARE_INDEX_ERROR, FARE_INDEX_ERROR_CORRUPT)
         ? FARE_NOTICE_ERROR : FARE_NOTICE_WARNING;
}

static gboolean
is_readable (const GError *error)
{
  return !g_error_matches (error, FARE_INDEX_ERROR, FARE_INDEX_ERROR_CORRUPT)
         && !g_error_matches (error, FARE_INDEX_ERROR, FARE_INDEX_ERROR_NEWER);
}

/* Goes on in memory: with the file's contents where they can be trusted, else with the logs alone. */
static gboolean
fall_back (FareMeter     *self,
           const GError  *reason,
           GError       **error)
{
  const char *copy_from = reason != NULL && is_readable (reason)
                          ? fare_paths_get_index_file (self->paths) : NULL;
  FareIndex *index = fare_index_open_memory (copy_from, error);

  if (index == NULL)
    return FALSE;
  g_mutex_lock (&self->mutex);
  g_clear_object (&self->index);
  self->index = index;
  if (reason != NULL)
    {
      g_free (self->index_notice);
      self->index_notice = g_strdup_printf ("%s %s", reason->message, find_consequence (reason));
      self->index_level = find_level (reason);
    }
  g_mutex_unlock (&self->mutex);

  return TRUE;
}

gboolean
fare_meter_open (FareMeter  *self,
                 GError    **error)
{
  g_autoptr(GError) reason = NULL;

  g_return_val_if_fail (FARE_IS_METER (self), FALSE);

  if (!load_prices (self, error))
    return FALSE;
  if (self->in_memory)
    return fall_back (self, NULL, error);

  self->index = fare_index_open (fare_paths_get_index_file (self->paths), &reason);

  return self->index != NULL || fall_back (self, reason, error);
}

FareIndex *
fare_meter_ref_index (FareMeter *self)
{
  FareIndex *index;

  g_return_val_if_fail (FARE_IS_METER (self), NULL);

  g_mutex_lock (&self->mutex);
  index = self->index != NULL ? g_object_ref (self->index) : NULL;
  g_mutex_unlock (&self->mutex);

  return index;
}

FarePriceBook *
fare_meter_ref_prices (FareMeter *self)
{
  FarePriceBook *prices;

  g_return_val_if_fail (FARE_IS_METER (self), NULL);

  g_mutex_lock (&self->mutex);
  prices = fare_price_book_ref (self->prices);
  g_mutex_unlock (&self->mutex);

  return prices;
}

FareIndexReader *
fare_meter_read (FareMeter  *self,
                 GError    **error)
{
  g_autoptr(FareIndex) index = fare_meter_ref_index (self);
  g_autoptr(FarePriceBook) prices = fare_meter_ref_prices (self);
  FareIndexReader *reader = fare_index_reader_new (index, error);
  const gint64 *thresholds;
  guint n_thresholds;

  if (reader == NULL)
    return NULL;
  thresholds = fare_price_book_get_thresholds (prices, &n_thresholds);
  fare_index_reader_set_thresholds (reader, thresholds, n_thresholds);

  return reader;
}

/* One scan into the present index. */

typedef struct
{
  FareMeter        *meter;
  FareProgressFunc  func;
  gpointer          user_data;
} ScanContext;

static void emit_later (FareMeter *self,
                        gboolean   changed);

static void
progress_cb (const FareProgress *progress,
             gpointer            user_data)
{
  ScanContext *context = user_data;
  FareMeter *self = context->meter;

  g_mutex_lock (&self->mutex);
  self->progress = *progress;
  self->is_scanning = TRUE;
  g_mutex_unlock (&self->mutex);
  if (context->func != NULL)
    context->func (progress, context->user_data);
  emit_later (self, FALSE);
}

static void
committed_cb (gpointer user_data)
{
  ScanContext *context = user_data;

  emit_later (context->meter, TRUE);
}

static void
take_failures (FareMeter            *self,
               const FareScanResult *result)
{
  g_mutex_lock (&self->mutex);
  g_clear_pointer (&self->failures, g_strfreev);
  self->failures = g_new0 (char *, result->failures->len + 1);
  for (guint i = 0; i < result->failures->len; i++)
    self->failures[i] = g_strdup (g_ptr_array_index (result->failures, i));
  self->n_sources = result->n_sources;
  g_mutex_unlock (&self->mutex);
}

static gboolean
scan_once (FareMeter       *self,
           ScanContext     *context,
           FareScanResult  *result,
           GCancellable    *cancellable,
           GError         **error)
{
  g_autoptr(FareIndex) index = fare_meter_ref_index (self);
  g_autoptr(FarePriceBook) prices = fare_meter_ref_prices (self);
  FareScanOptions options = {
    .paths = self->paths,
    .index = index,
    .now_ms = g_get_real_time () / 1000,
    .progress = progress_cb,
    .committed = committed_cb,
    .user_data = context,
    .cancellable = cancellable,
  };
  gboolean done;

  options.thresholds = fare_price_book_get_thresholds (prices, &options.n_thresholds);
  done = fare_scan (&options, result, error);
  if (done)
    take_failures (self, result);
  g_mutex_lock (&self->mutex);
  self->is_scanning = FALSE;
  g_mutex_unlock (&self->mutex);
  emit_later (self, FALSE);

  return done;
}

/* A scan that works whatever becomes of the file: without it, in memory. */
static gboolean
scan (FareMeter       *self,
      ScanContext     *context,
      FareScanResult  *result,
      GCancellable    *cancellable,
      GError         **error)
{
  g_autoptr(GError) reason = NULL;

  if (scan_once (self, context, result, cancellable, &reason))
    return TRUE;
  if (reason->domain != FARE_INDEX_ERROR || fare_index_get_path (self->index) == NULL
      || g_error_matches (reason, FARE_INDEX_ERROR, FARE_INDEX_ERROR_BUSY))
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return FALSE;
    }
  fare_scan_result_clear (result);

  return fall_back (self, reason, error) && scan_once (self, context, result, cancellable, error);
}

static gboolean
was_ever_complete (FareMeter *self)
{
  g_autoptr(FareIndexReader) reader = fare_meter_read (self, NULL);

  return reader != NULL && fare_index_reader_get_last_scan (reader) != 0;
}

typedef enum
{
  LOCK_TAKEN,
  LOCK_BUSY,
  LOCK_FAILED
} LockResult;

static LockResult
try_lock (FareMeter  *self,
          gboolean    lasting,
          GError    **error)
{
  g_autoptr(FareIndex) index = fare_meter_ref_index (self);
  g_autoptr(GError) reason = NULL;

  if (fare_index_try_lock (index, lasting, &reason))
    return LOCK_TAKEN;
  if (g_error_matches (reason, FARE_INDEX_ERROR, FARE_INDEX_ERROR_BUSY))
    return LOCK_BUSY;

  return fall_back (self, reason, error) ? LOCK_TAKEN : LOCK_FAILED;
}

/* Another one-shot program is done in a moment, and while anybody makes the first scan there is
 * nothing to show yet; but a program that keeps the index in step holds its lock for hours. */
static LockResult
wait_for_lock (FareMeter     *self,
               GCancellable  *cancellable,
               GError       **error)
{
  gint64 patience_end = g_get_monotonic_time () + PATIENCE_US;

  for (;;)
    {
      LockResult result = try_lock (self, FALSE, error);
      g_autoptr(FareIndex) index = fare_meter_ref_index (self);

      if (result != LOCK_BUSY)
        return result;
      if (was_ever_complete (self)
          && (fare_index_is_kept (index) || g_get_monotonic_time () > patience_end))
        return result;
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return LOCK_FAILED;
      g_usleep (WAIT_US);
    }
}

/* Somebody else's transaction: what is in the index can still be read. */
static gboolean
note_busy (FareMeter  *self,
           GError    **error)
{
  if (error == NULL || !g_error_matches (*error, FARE_INDEX_ERROR, FARE_INDEX_ERROR_BUSY))
    return FALSE;
  g_mutex_lock (&self->mutex);
  g_free (self->index_notice);
  self->index_notice = g_strdup_printf ("%s %s", (*error)->message,
                                        _("The figures may be a moment old."));
  self->index_level = FARE_NOTICE_WARNING;
  g_mutex_unlock (&self->mutex);
  g_clear_error (error);

  return TRUE;
}

gboolean
fare_meter_sync (FareMeter         *self,
                 FareProgressFunc   func,
                 gpointer           user_data,
                 GCancellable      *cancellable,
                 GError           **error)
{
  ScanContext context = { self, func, user_data };
  FareScanResult result = { 0 };
  g_autoptr(FareIndex) index = NULL;
  g_autoptr(GError) reason = NULL;
  LockResult lock;
  gboolean done;

  g_return_val_if_fail (FARE_IS_METER (self), FALSE);

  lock = wait_for_lock (self, cancellable, error);
  if (lock != LOCK_TAKEN)
    return lock == LOCK_BUSY;
  index = fare_meter_ref_index (self);
  done = scan (self, &context, &result, cancellable, &reason) || note_busy (self, &reason);
  fare_scan_result_clear (&result);
  fare_index_unlock (index);
  if (!done)
    g_propagate_error (error, g_steal_pointer (&reason));

  return done;
}

gboolean
fare_meter_recover (FareMeter     *self,
                    const GError  *error,
                    GCancellable  *cancellable)
{
  g_autoptr(FareIndex) index = fare_meter_ref_index (self);

  if (error == NULL || error->domain != FARE_INDEX_ERROR || fare_index_get_path (index) == NULL
      || g_error_matches (error, FARE_INDEX_ERROR, FARE_INDEX_ERROR_BUSY))
    return FALSE;

  return fall_back (self, error, NULL) && fare_meter_sync (self, NULL, NULL, cancellable, NULL);
}

/* The running thread. */

static gboolean
emit_cb (gpointer data)
{
  FareMeter *self = data;
  gboolean changed, scanning;

  g_mutex_lock (&self->mutex);
  changed = self->changed_pending;
  scanning = self->scanning_pending;
  self->changed_pending = self->scanning_pending = FALSE;
  g_mutex_unlock (&self->mutex);
  if (scanning)
    g_signal_emit (self, signals[SIGNAL_SCANNING], 0);
  if (changed)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);

  return G_SOURCE_REMOVE;
}

/* Signals belong to the thread that started us; several in a row become one. */
static void
emit_later (FareMeter *self,
            gboolean   changed)
{
  g_autoptr(GSource) source = NULL;
  gboolean pending;

  g_mutex_lock (&self->mutex);
  pending = self->changed_pending || self->scanning_pending || self->home == NULL;
  self->changed_pending |= changed && self->home != NULL;
  self->scanning_pending |= self->home != NULL;
  if (!pending)
    {
      source = g_idle_source_new ();
      g_source_set_priority (source, G_PRIORITY_DEFAULT);
      g_source_set_callback (source, emit_cb, g_object_ref (self), g_object_unref);
      g_source_attach (source, self->home);
    }
  g_mutex_unlock (&self->mutex);
}

/* A client that is not used yet: watch the folder its logs would appear in.  The home folder itself
 * is too lively for that; there the periodic scan has to do. */
static void
add_parents (FareMeter *self,
             GPtrArray *folders)
{
  g_auto(GStrv) roots = fare_discovery_list_roots (self->paths);

  for (guint i = 0; roots[i] != NULL; i++)
    {
      const char *root = strchr (roots[i], '\t') + 1;
      g_autofree char *parent = g_path_get_dirname (root);

      if (!g_file_test (root, G_FILE_TEST_IS_DIR) && g_file_test (parent, G_FILE_TEST_IS_DIR)
          && !g_str_equal (parent, fare_paths_get_home (self->paths)))
        g_ptr_array_add (folders, g_steal_pointer (&parent));
    }
}

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

/* Another program's commits show in the folder of the index. */
static void
watch_index (FareMeter *self)
{
  g_autoptr(GPtrArray) folders = g_ptr_array_new ();

  g_ptr_array_add (folders, (gpointer) fare_paths_get_data_dir (self->paths));
  fare_watcher_set_folders (self->watcher, folders);
  if (has_new_commit (self))
    emit_later (self, TRUE);
}

/* One scan; says whether another one should follow at once. */
static gboolean
scan_and_watch (FareMeter *self)
{
  ScanContext context = { self, NULL, NULL };
  FareScanResult result = { 0 };
  g_autoptr(GError) error = NULL;
  gboolean again = FALSE;

  if (scan (self, &context, &result, self->stop, &error))
    {
      g_autoptr(GPtrArray) folders = g_ptr_array_new_with_free_func (g_free);

      for (guint i = 0; i < result.folders->len; i++)
        g_ptr_array_add (folders, g_strdup (g_ptr_array_index (result.folders, i)));
      add_parents (self, folders);
      /* A line written between the scan and the new monitor was seen by neither. */
      again = fare_watcher_set_folders (self->watcher, folders);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_warning ("%s", error->message);
  fare_scan_result_clear (&result);

  return again;
}

static void
look_around (FareMeter *self)
{
  g_autoptr(GError) error = NULL;

  switch (try_lock (self, TRUE, &error))
    {
    case LOCK_BUSY:
      watch_index (self);
      return;
    case LOCK_FAILED:
      g_warning ("%s", error->message);
      return;
    case LOCK_TAKEN:
    default:
      close_ear (self);
      break;
    }
  for (int i = 0; i < MAX_SCANS_IN_A_ROW && !g_cancellable_is_cancelled (self->stop); i++)
    if (!scan_and_watch (self))
      break;
}

static void
files_changed_cb (gpointer user_data)
{
  look_around (user_data);
}

static gboolean
safety_net_cb (gpointer user_data)
{
  look_around (user_data);

  return G_SOURCE_CONTINUE;
}

static gpointer
run (gpointer data)
{
  FareMeter *self = data;
  g_autoptr(GSource) net = g_timeout_source_new_seconds (SAFETY_NET_S);
  g_autoptr(FareIndex) index = NULL;

  g_main_context_push_thread_default (self->context);
  self->watcher = fare_watcher_new (files_changed_cb, self);
  g_source_set_callback (net, safety_net_cb, self, NULL);
  g_source_attach (net, self->context);
  look_around (self);
  if (!g_cancellable_is_cancelled (self->stop))
    g_main_loop_run (self->loop);
  g_source_destroy (net);
  g_clear_pointer (&self->watcher, fare_watcher_free);
  close_ear (self);
  index = fare_meter_ref_index (self);
  fare_index_unlock (index);
  g_main_context_pop_thread_default (self->context);

  return NULL;
}

void
fare_meter_start (FareMeter *self)
{
  g_return_if_fail (FARE_IS_METER (self));

  if (self->thread != NULL)
    return;
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
  look_around (data);

  return G_SOURCE_REMOVE;
}

void
fare_meter_refresh (FareMeter *self)
{
  g_autoptr(GSource) source = NULL;

  g_return_if_fail (FARE_IS_METER (self));

  if (self->thread == NULL)
    return;
  source = g_idle_source_new ();
  g_source_set_callback (source, refresh_cb, self, NULL);
  g_source_attach (source, self->context);
}

gboolean
fare_meter_get_progress (FareMeter    *self,
                         FareProgress *progress)
{
  gboolean is_scanning;

  g_return_val_if_fail (FARE_IS_METER (self), FALSE);

  g_mutex_lock (&self->mutex);
  is_scanning = self->is_scanning;
  *progress = self->progress;
  g_mutex_unlock (&self->mutex);

  return is_scanning;
}

gboolean
fare_meter_reload_prices (FareMeter  *self,
                          GError    **error)
{
  g_return_val_if_fail (FARE_IS_METER (self), FALSE);

  if (!load_prices (self, error))
    return FALSE;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  /* New thresholds need another rollup, which is a writer's work. */
  fare_meter_refresh (self);

  return TRUE;
}

char *
fare_meter_dup_notice (FareMeter       *self,
                       FareNoticeLevel *level)
{
  char *notice;

  g_return_val_if_fail (FARE_IS_METER (self), NULL);

  g_mutex_lock (&self->mutex);
  *level = self->index_notice != NULL   ? self->index_level
           : self->price_notice != NULL ? FARE_NOTICE_WARNING
                                        : FARE_NOTICE_NONE;
  notice = g_strdup (self->index_notice != NULL ? self->index_notice : self->price_notice);
  g_mutex_unlock (&self->mutex);

  return notice;
}

GStrv
fare_meter_dup_failures (FareMeter *self)
{
  GStrv failures;

  g_return_val_if_fail (FARE_IS_METER (self), NULL);

  g_mutex_lock (&self->mutex);
  failures = self->failures != NULL ? g_strdupv (self->failures) : g_new0 (char *, 1);
  g_mutex_unlock (&self->mutex);

  return failures;
}

guint
fare_meter_get_n_sources (FareMeter *self)
{
  guint n_sources;

  g_return_val_if_fail (FARE_IS_METER (self), 0);

  g_mutex_lock (&self->mutex);
  n_sources = self->n_sources;
  g_mutex_unlock (&self->mutex);

  return n_sources;
}

FarePaths *
fare_meter_get_paths (FareMeter *self)
{
  g_return_val_if_fail (FARE_IS_METER (self), NULL);

  return self->paths;
}

GStrv
fare_meter_dup_roots (FareMeter *self)
{
  g_return_val_if_fail (FARE_IS_METER (self), NULL);

  return fare_discovery_list_roots (self->paths);
}
