/* fare-meter-run.c
 *
 * The running half of FareMeter: one scan at once, then whenever a log changes, and now
 * and then as a safety net.  While another program does that, it only listens.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-meter-private.h"

#include <string.h>

#include "scanner/fare-discovery.h"

/* Between two full scans when nothing is heard from the monitors. */
#define SAFETY_NET_S 60

/* Folders that keep appearing while we look must not keep us from everything else. */
#define MAX_SCANS_IN_A_ROW 3

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
    fare_meter_emit_later (self, TRUE);
}

/* One scan; says whether another one should follow at once. */
static gboolean
scan_and_watch (FareMeter *self)
{
  FareScanResult result = { 0 };
  g_autoptr(GError) error = NULL;
  gboolean again = FALSE;

  if (fare_meter_scan (self, NULL, NULL, &result, self->stop, &error))
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

  switch (fare_meter_try_lock (self, TRUE, &error))
    {
    case FARE_LOCK_BUSY:
      watch_index (self);
      return;
    case FARE_LOCK_FAILED:
      g_warning ("%s", error->message);
      return;
    case FARE_LOCK_TAKEN:
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
