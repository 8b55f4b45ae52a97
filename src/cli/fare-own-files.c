/* fare-own-files.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "fare-own-files.h"

#include <stdlib.h>
#include <unistd.h>

#include "fare-statusline-install.h"
#include "sharing/fare-share.h"

/* For programs that have the index to themselves for a moment. */
#define WAIT_MS 2000

/* Names in our folder of data.  What stands behind a name is a journal ("-wal", "-shm"), a lock, a
 * backup (".bak.TIME"), a draft that was not finished, or our own copy of what was damaged. */
static const struct
{
  const char *kind;
  const char *name;
} data_files[] = {
  { "index", "usage.sqlite3" },            { "prices", "prices.json" },
  { "limits", "limits.json" },             { "glance", "glance-" },
  { "statusline", "statusline-before.json" }, { "manifest", "setup.json" },
  { "settings", "settings.ini" },          { "glance", "line-prices" },
};

static const char *
find_kind (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (data_files); i++)
    if (g_str_has_prefix (name, data_files[i].name))
      return data_files[i].kind;

  return NULL;
}

static void
add (GArray     *files,
     const char *kind,
     char       *path)
{
  FareOwnFile file = { kind, path };

  g_array_append_val (files, file);
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  return g_strcmp0 (((const FareOwnFile *) a)->path, ((const FareOwnFile *) b)->path);
}

static void
add_folder (GArray     *files,
            const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (find_kind (name) != NULL)
      add (files, find_kind (name), g_build_filename (folder, name, NULL));
}

/* What was written for other machines. */
static void
add_shared (GArray    *files,
            FarePaths *paths)
{
  g_autoptr(FareIndex) index = fare_index_open_existing (fare_paths_get_index_file (paths),
                                                            WAIT_MS);
  sqlite3 *db = index != NULL ? fare_index_connect (index, FALSE, NULL) : NULL;
  g_auto(FareSharing) sharing = { 0 };
  g_autoptr(GPtrArray) uids = NULL;
  g_autoptr(GPtrArray) found = NULL;

  if (db == NULL)
    return;
  if (fare_sharing_load (db, &sharing) && sharing.folder != NULL)
    {
      uids = fare_share_list_own_ids (db);
      found = fare_share_list_own (sharing.folder, uids, NULL);
    }
  sqlite3_close (db);
  for (guint i = 0; found != NULL && i < found->len; i++)
    add (files, "share", g_strdup (g_ptr_array_index (found, i)));
}

static void
clear_file (gpointer data)
{
  g_free (((FareOwnFile *) data)->path);
}

static char *
dup_settings_folder (FarePaths *paths)
{
  return g_path_get_dirname (fare_paths_get_settings_file (paths));
}

GArray *
fare_own_files_list (FarePaths *paths)
{
  GArray *files = g_array_new (FALSE, FALSE, sizeof (FareOwnFile));
  g_autofree char *settings = dup_settings_folder (paths);
  g_autofree char *backup = fare_statusline_dup_backup (paths);

  g_array_set_clear_func (files, clear_file);
  add_folder (files, fare_paths_get_data_dir (paths));
  if (!g_str_equal (settings, fare_paths_get_data_dir (paths)))
    add_folder (files, settings);
  if (g_file_test (backup, G_FILE_TEST_EXISTS))
    add (files, "statusline", g_steal_pointer (&backup));
  add_shared (files, paths);

  g_array_sort (files, compare);
  return files;
}

GStrv
fare_own_files_list_folders (FarePaths *paths)
{
  g_autofree char *settings = dup_settings_folder (paths);
  const char *folders[] = { fare_paths_get_data_dir (paths), settings, NULL };

  return g_strdupv ((GStrv) folders);
}

static gboolean
has_open (const char *process,
          const char *prefix)
{
  g_autofree char *folder = g_build_filename ("/proc", process, "fd", NULL);
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *target = g_file_read_link (path, NULL);

      if (target != NULL && g_str_has_prefix (target, prefix))
        return TRUE;
    }

  return FALSE;
}

char *
fare_own_files_find_user (FarePaths *paths,
                          guint      server)
{
  g_autofree char *own = g_strdup_printf ("%d", (int) getpid ());
  g_autofree char *ignored = g_strdup_printf ("%u", server);
  g_autofree char *resolved = realpath (fare_paths_get_data_dir (paths), NULL);
  g_autofree char *prefix = resolved != NULL ? g_build_filename (resolved, "usage.sqlite3", NULL) : NULL;
  g_autoptr(GDir) dir = prefix != NULL ? g_dir_open ("/proc", 0, NULL) : NULL;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename ("/proc", name, "comm", NULL);
      g_autofree char *program = NULL;

      if (g_ascii_isdigit (*name) && !g_str_equal (name, own) && !g_str_equal (name, ignored)
          && has_open (name, prefix) && g_file_get_contents (path, &program, NULL, NULL))
        return g_strdup_printf ("%s (%s)", g_strstrip (program), name);
    }

  return NULL;
}
