/* fare-meter-scan.c
 *
 * One scan at the right moment: the lock, the progress, what could not be read, and going on in
 * memory when the file is of no use.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "fare-meter-private.h"

#include <glib/gi18n-lib.h>

/* How often a program that cannot scan looks whether the other one has finished its first scan. */
#define WAIT_US (50 * 1000)

/* A program that ends after its scan notes one that found nothing new only this often: whoever asks every
 * second shall not write every second.  Those who say how old the figures are count in minutes. */
#define GRAIN_MS (30 * G_GINT64_CONSTANT (1000))

/* How long it waits for another one-shot program. */
#define PATIENCE_US (10 * G_USEC_PER_SEC)

typedef struct
{
  FareMeter        *meter;
  FareProgressFunc  func;
  gpointer          user_data;
} ScanContext;

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
  fare_meter_emit_later (self, FALSE);
}

static void
committed_cb (gpointer user_data)
{
  ScanContext *context = user_data;

  fare_meter_emit_later (context->meter, TRUE);
}

/* Whether a failure is of something that was looked at now. */
static gboolean
is_looked_at (const char          *failure,
              const FareDiscovery *found)
{
  g_auto(GStrv) parts = g_strsplit (failure, "\t", 3);

  for (guint i = 0; i < found->sources->len; i++)
    if (g_str_equal (((FareSource *) g_ptr_array_index (found->sources, i))->path, parts[1]))
      return TRUE;
  for (guint i = 0; i < found->gone->len; i++)
    if (g_str_equal (g_ptr_array_index (found->gone, i), parts[1]))
      return TRUE;

  return FALSE;
}

static void
take_failures (FareMeter            *self,
               const FareDiscovery  *found,
               const FareScanResult *result)
{
  gboolean is_partial = found != NULL && found->is_partial;
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  if (result->needs_walk)
    return;
  g_mutex_lock (&self->mutex);
  for (char **failure = self->failures; is_partial && failure != NULL && *failure != NULL; failure++)
    if (!is_looked_at (*failure, found))
      g_strv_builder_add (builder, *failure);
  for (guint i = 0; i < result->failures->len; i++)
    g_strv_builder_add (builder, g_ptr_array_index (result->failures, i));
  g_clear_pointer (&self->failures, g_strfreev);
  self->failures = g_strv_builder_end (builder);
  g_mutex_unlock (&self->mutex);
}

static void
end_progress (FareMeter *self)
{
  gboolean was_scanning;

  g_mutex_lock (&self->mutex);
  was_scanning = self->is_scanning;
  self->is_scanning = FALSE;
  g_mutex_unlock (&self->mutex);
  if (was_scanning)
    fare_meter_emit_later (self, FALSE);
}

static gboolean
scan_once (FareMeter        *self,
           FareDiscovery    *found,
           FareIndexWriter **writer,
           ScanContext      *context,
           FareScanResult   *result,
           GCancellable     *cancellable,
           GError          **error)
{
  g_autoptr(FareIndex) index = fare_meter_ref_index (self);
  g_autoptr(FarePriceBook) prices = fare_meter_ref_prices (self);
  gboolean is_partial = found != NULL && found->is_partial;
  FareScanOptions options = {
    .paths = self->paths,
    .index = index,
    .now_ms = g_get_real_time () / 1000,
    /* A few named files are read before anybody could see a progress bar. */
    .progress = is_partial ? NULL : progress_cb,
    .committed = committed_cb,
    .user_data = context,
    .cancellable = cancellable,
    /* The loop is there before the thread that asks, the thread's name may come after it. */
    .grain_ms = self->loop == NULL ? GRAIN_MS : 0,
    .found = found,
    .writer = writer,
  };
  gboolean done;

  options.thresholds = fare_price_book_get_thresholds (prices, &options.n_thresholds);
  done = fare_scan (&options, result, error);
  if (done)
    take_failures (self, found, result);
  end_progress (self);

  return done;
}

gboolean
fare_meter_scan (FareMeter         *self,
                 FareDiscovery     *found,
                 FareIndexWriter  **writer,
                 FareProgressFunc   func,
                 gpointer           user_data,
                 FareScanResult    *result,
                 GCancellable      *cancellable,
                 GError           **error)
{
  ScanContext context = { self, func, user_data };
  g_autoptr(GError) reason = NULL;

  if (scan_once (self, found, writer, &context, result, cancellable, &reason))
    return TRUE;
  if (reason->domain != FARE_INDEX_ERROR || fare_index_get_path (self->index) == NULL
      || g_error_matches (reason, FARE_INDEX_ERROR, FARE_INDEX_ERROR_BUSY))
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return FALSE;
    }
  fare_scan_result_clear (result);

  return fare_meter_fall_back (self, reason, error)
         && scan_once (self, NULL, NULL, &context, result, cancellable, error);
}

gboolean
fare_meter_share (FareMeter        *self,
                  FareIndexWriter **writer,
                  gboolean          now,
                  FareShareResult  *result,
                  GCancellable     *cancellable,
                  GError          **error)
{
  FareShareOptions options = {
    .writer = *writer,
    .now_ms = g_get_real_time () / 1000,
    .now = now,
    .cancellable = cancellable,
  };

  if (!fare_share_sync (&options, result, error))
    {
      g_clear_pointer (writer, fare_index_writer_free);
      return FALSE;
    }
  g_mutex_lock (&self->mutex);
  g_clear_pointer (&self->share_failures, g_strfreev);
  g_ptr_array_add (result->failures, NULL);
  self->share_failures = g_strdupv ((GStrv) result->failures->pdata);
  g_ptr_array_remove_index (result->failures, result->failures->len - 1);
  g_mutex_unlock (&self->mutex);
  if (result->changed)
    fare_meter_emit_later (self, TRUE);

  return TRUE;
}

/* After the scan of a program that ends with it. */
static gboolean
share_once (FareMeter        *self,
            FareIndexWriter **writer,
            GCancellable     *cancellable,
            GError          **error)
{
  g_auto(FareShareResult) result = { 0 };
  g_autoptr(FareIndex) index = fare_meter_ref_index (self);

  return *writer == NULL || fare_index_get_path (index) == NULL
         || fare_meter_share (self, writer, FALSE, &result, cancellable, error);
}

static gboolean
was_ever_complete (FareMeter *self)
{
  g_autoptr(FareIndexReader) reader = fare_meter_read (self, NULL);

  return reader != NULL && fare_index_reader_get_last_scan (reader) != 0;
}

FareLock
fare_meter_try_lock (FareMeter  *self,
                     gboolean    lasting,
                     GError    **error)
{
  g_autoptr(FareIndex) index = fare_meter_ref_index (self);
  g_autoptr(GError) reason = NULL;

  if (fare_index_try_lock (index, lasting, &reason))
    return FARE_LOCK_TAKEN;
  if (g_error_matches (reason, FARE_INDEX_ERROR, FARE_INDEX_ERROR_BUSY))
    return FARE_LOCK_BUSY;

  return fare_meter_fall_back (self, reason, error) ? FARE_LOCK_TAKEN : FARE_LOCK_FAILED;
}

/* Another one-shot program is done in a moment, and while anybody makes the first scan there is
 * nothing to show yet; but a program that keeps the index in step holds its lock for hours. */
static FareLock
wait_for_lock (FareMeter     *self,
               GCancellable  *cancellable,
               GError       **error)
{
  gint64 patience_end = g_get_monotonic_time () + PATIENCE_US;

  for (;;)
    {
      FareLock result = fare_meter_try_lock (self, FALSE, error);
      g_autoptr(FareIndex) index = fare_meter_ref_index (self);

      if (result != FARE_LOCK_BUSY)
        return result;
      if (was_ever_complete (self)
          && (fare_index_is_kept (index) || g_get_monotonic_time () > patience_end))
        return result;
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FARE_LOCK_FAILED;
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
  self->index_trouble = FARE_INDEX_ERROR_BUSY;
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
  FareScanResult result = { 0 };
  g_autoptr(FareIndex) index = NULL;
  g_autoptr(FareIndexWriter) writer = NULL;
  g_autoptr(GError) reason = NULL;
  FareLock lock;
  gboolean done;

  g_return_val_if_fail (FARE_IS_METER (self), FALSE);

  lock = wait_for_lock (self, cancellable, error);
  if (lock != FARE_LOCK_TAKEN)
    return lock == FARE_LOCK_BUSY;
  index = fare_meter_ref_index (self);
  done = (fare_meter_scan (self, NULL, &writer, func, user_data, &result, cancellable, &reason)
          && share_once (self, &writer, cancellable, &reason))
         || note_busy (self, &reason);
  g_clear_pointer (&writer, fare_index_writer_free);
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

  return fare_meter_fall_back (self, error, NULL) && fare_meter_sync (self, NULL, NULL, cancellable, NULL);
}
