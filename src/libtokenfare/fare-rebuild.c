/* fare-rebuild.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "fare-rebuild.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "index/fare-index-maintenance.h"

/* An index that is being built beside the present one. */
typedef struct
{
  FarePaths        *paths;
  char             *file;
  gboolean          has_history; /* begun with what the present one knows, which may be nothing */
  FareProgressFunc  progress;
  gpointer          user_data;
  GCancellable     *cancellable;
} Fresh;

void
fare_rebuilt_clear (FareRebuilt *self)
{
  g_clear_pointer (&self->backup, g_free);
}

static void
remove_file (const char *file)
{
  static const char * const tails[] = { "", "-wal", "-shm", "-journal" };

  for (guint i = 0; i < G_N_ELEMENTS (tails); i++)
    {
      g_autofree char *name = g_strconcat (file, tails[i], NULL);

      g_unlink (name);
    }
}

/* Nothing is left behind, however it ends: where it took the index's place, the name is free. */
static void
fresh_clear (Fresh *self)
{
  if (self->file != NULL)
    remove_file (self->file);
  g_clear_pointer (&self->file, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fresh, fresh_clear)

static gboolean
is_sound (FareIndex *index)
{
  g_auto(GStrv) problems = NULL;

  return fare_index_check (index, &problems, NULL) && problems[0] == NULL;
}

/* Begins with the present index, so that what is known of deleted logs stays; with nothing where
 * that cannot be read, or where its copy would carry on the damage. */
static FareIndex *
open_fresh (Fresh      *self,
            const char *present,
            GError    **error)
{
  FareIndex *index = NULL;

  self->has_history = fare_index_count_events (present) == 0;
  if (!self->has_history && fare_index_copy (present, self->file, NULL))
    index = fare_index_open (self->file, NULL);

  if (index != NULL)
    {
      self->has_history = fare_index_repair (index, NULL) && fare_index_forget_notes (index, NULL)
                          && is_sound (index);
      if (self->has_history)
        return index;

      g_clear_object (&index);
    }

  remove_file (self->file);
  return fare_index_open (self->file, error);
}

static gboolean
read_logs (Fresh      *self,
           FareIndex  *index,
           GError    **error)
{
  g_autoptr(FareMeter) meter = fare_meter_new_in_memory (self->paths);
  g_autoptr(FarePriceBook) prices = NULL;
  FareScanResult result = { 0 };
  FareScanOptions options = {
    .paths = self->paths,
    .index = index,
    .now_ms = g_get_real_time () / 1000,
    .progress = self->progress,
    .user_data = self->user_data,
    .cancellable = self->cancellable,
  };
  gboolean is_ok;

  if (!fare_meter_open (meter, error))
    return FALSE;

  prices = fare_meter_ref_prices (meter);
  options.thresholds = fare_price_book_get_thresholds (prices, &options.n_thresholds);
  is_ok = fare_scan (&options, &result, error);
  fare_scan_result_clear (&result);

  return is_ok;
}

/* The connections are closed on return, and with them the file is complete. */
static gboolean
build (Fresh      *self,
       const char *present,
       GError    **error)
{
  g_autoptr(FareIndex) index = open_fresh (self, present, error);

  return index != NULL && read_logs (self, index, error);
}

static gboolean
exchange (Fresh       *self,
          const char  *present,
          char       **backup,
          GError     **error)
{
  gboolean is_present = g_file_test (present, G_FILE_TEST_EXISTS);

  if (is_present && fare_index_count_events (present) != 0
      && fare_index_count_events (self->file) == 0)
    {
      g_set_error (error, FARE_INDEX_ERROR, FARE_INDEX_ERROR_FAILED,
                   _("No log is left to build the index “%s” from; it stays as it is."), present);
      return FALSE;
    }

  if (fare_index_replace (present, self->file, backup, error))
    return TRUE;

  /* Half done is worse than not done. */
  if (*backup != NULL && !g_file_test (present, G_FILE_TEST_EXISTS))
    g_rename (*backup, present);

  return FALSE;
}

gboolean
fare_rebuild_index (FarePaths         *paths,
                    FareProgressFunc   func,
                    gpointer           user_data,
                    GCancellable      *cancellable,
                    FareRebuilt       *result,
                    GError           **error)
{
  const char *path;
  g_autoptr(FareIndex) present = NULL;
  g_autoptr(GError) reason = NULL;
  g_auto(Fresh) fresh = { paths, NULL, FALSE, func, user_data, cancellable };

  g_return_val_if_fail (FARE_IS_PATHS (paths) && result != NULL, FALSE);

  path = fare_paths_get_index_file (paths);
  *result = (FareRebuilt) { NULL, FALSE };

  /* A damaged file cannot be opened, and then nobody else scans into it either. */
  present = fare_index_open (path, &reason);
  if (g_error_matches (reason, FARE_INDEX_ERROR, FARE_INDEX_ERROR_CORRUPT))
    g_clear_error (&reason);
  if (reason != NULL || (present != NULL && !fare_index_try_lock (present, FALSE, &reason)))
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return FALSE;
    }

  fresh.file = g_strdup_printf ("%s.new.%d", path, (int) getpid ());
  if (!build (&fresh, path, error) || !exchange (&fresh, path, &result->backup, error))
    return FALSE;

  result->has_history = fresh.has_history;

  return TRUE;
}
