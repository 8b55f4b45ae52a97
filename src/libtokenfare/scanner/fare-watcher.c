/* fare-watcher.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "scanner/fare-watcher.h"

#include <string.h>

/* Long enough to see a burst of lines as one change, short enough to feel immediate. */
#define PAUSE_MS 250

/* GIO's own limit is 800 ms between two events of a file that keeps growing. */
#define RATE_LIMIT_MS 100

struct _FareWatcher
{
  FareWatcherFunc  func;
  gpointer         user_data;
  GHashTable      *monitors; /* path → GFileMonitor */
  GSource         *pause;
};

FareWatcher *
fare_watcher_new (FareWatcherFunc func,
                  gpointer        user_data)
{
  FareWatcher *self = g_new0 (FareWatcher, 1);

  self->func = func;
  self->user_data = user_data;
  self->monitors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);

  return self;
}

static void
clear_pause (FareWatcher *self)
{
  if (self->pause == NULL)
    return;
  g_source_destroy (self->pause);
  g_clear_pointer (&self->pause, g_source_unref);
}

void
fare_watcher_free (FareWatcher *self)
{
  GHashTableIter iter;
  gpointer monitor;

  clear_pause (self);
  g_hash_table_iter_init (&iter, self->monitors);
  while (g_hash_table_iter_next (&iter, NULL, &monitor))
    {
      g_signal_handlers_disconnect_by_data (monitor, self);
      g_file_monitor_cancel (monitor);
    }
  g_clear_pointer (&self->monitors, g_hash_table_unref);
  g_free (self);
}

static gboolean
pause_over_cb (gpointer data)
{
  FareWatcher *self = data;

  clear_pause (self);
  self->func (self->user_data);

  return G_SOURCE_REMOVE;
}

/* Locks and shared memory say nothing about content; and Codex writes traces without end into a database
 * of its own (logs_2.sqlite) that nobody here reads. */
static gboolean
is_noise (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);

  return name == NULL || g_str_has_suffix (name, ".lock") || g_str_has_suffix (name, "-shm")
         || (g_str_has_prefix (name, "logs_") && strstr (name, ".sqlite") != NULL);
}

static void
changed_cb (GFileMonitor      *monitor,
            GFile             *file,
            GFile             *other,
            GFileMonitorEvent  event,
            FareWatcher       *self)
{
  if (self->pause != NULL || event == G_FILE_MONITOR_EVENT_ATTRIBUTE_CHANGED || is_noise (file))
    return;
  self->pause = g_timeout_source_new (PAUSE_MS);
  g_source_set_callback (self->pause, pause_over_cb, self, NULL);
  g_source_attach (self->pause, g_main_context_get_thread_default ());
}

static gboolean
watch (FareWatcher *self,
       const char  *path)
{
  g_autoptr(GFile) folder = g_file_new_for_path (path);
  g_autoptr(GFileMonitor) monitor = NULL;

  /* Without a monitor the periodic scan still finds everything, only later. */
  monitor = g_file_monitor_directory (folder, G_FILE_MONITOR_NONE, NULL, NULL);
  if (monitor == NULL)
    return FALSE;
  g_file_monitor_set_rate_limit (monitor, RATE_LIMIT_MS);
  g_signal_connect (monitor, "changed", G_CALLBACK (changed_cb), self);
  g_hash_table_insert (self->monitors, g_strdup (path), g_steal_pointer (&monitor));

  return TRUE;
}

gboolean
fare_watcher_set_folders (FareWatcher     *self,
                          const GPtrArray *folders)
{
  gboolean added = FALSE;
  g_autoptr(GHashTable) wanted = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer path, monitor;

  for (guint i = 0; i < folders->len; i++)
    g_hash_table_add (wanted, g_ptr_array_index (folders, i));
  g_hash_table_iter_init (&iter, self->monitors);
  while (g_hash_table_iter_next (&iter, &path, &monitor))
    if (!g_hash_table_contains (wanted, path))
      {
        g_signal_handlers_disconnect_by_data (monitor, self);
        g_file_monitor_cancel (monitor);
        g_hash_table_iter_remove (&iter);
      }
  for (guint i = 0; i < folders->len; i++)
    if (!g_hash_table_contains (self->monitors, g_ptr_array_index (folders, i)))
      added |= watch (self, g_ptr_array_index (folders, i));

  return added;
}
