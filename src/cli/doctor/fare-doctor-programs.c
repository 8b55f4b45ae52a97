/* fare-doctor-programs.c
 *
 * What /proc tells: which of our programs keep this index, from which files they run, and how many
 * folders this user's programs watch.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "doctor/fare-doctor-private.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What the system appends to the name of a file that is no longer there. */
#define GONE " (deleted)"

static void
program_free (gpointer data)
{
  FareDoctorProgram *self = data;

  g_free (self->name);
  g_free (self);
}

/* The smaller of what the system and what this user namespace allow; -1 when unknown. */
static gint64
read_limit (const char * const *files)
{
  gint64 limit = FARE_DOCTOR_UNKNOWN;

  for (guint i = 0; files[i] != NULL; i++)
    {
      g_autofree char *text = NULL;
      gint64 value;

      if (!g_file_get_contents (files[i], &text, NULL, NULL))
        continue;
      value = g_ascii_strtoll (text, NULL, 10);
      limit = limit < 0 ? value : MIN (limit, value);
    }

  return limit;
}

static gint64
count_watches (const char *pid,
               const char *fd)
{
  g_autofree char *path = g_build_filename ("/proc", pid, "fdinfo", fd, NULL);
  g_autofree char *text = NULL;
  gint64 n = 0;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return 0;
  for (const char *at = text; (at = strstr (at, "inotify wd:")) != NULL; at++)
    n++;

  return n;
}

static gint64
add_monitors (FareDoctorWatches *watches,
              const char        *pid)
{
  g_autofree char *folder = g_build_filename ("/proc", pid, "fd", NULL);
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *fd;
  gint64 n = 0;

  while (dir != NULL && (fd = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, fd, NULL);
      g_autofree char *target = g_file_read_link (path, NULL);

      if (g_strcmp0 (target, "anon_inode:inotify") != 0)
        continue;
      watches->instances++;
      n += count_watches (pid, fd);
    }

  watches->used += n;
  return n;
}

/* "tokenfare-server" is longer than what the system keeps of a name, so the file is asked. */
static gboolean
is_ours (const char *program)
{
  g_autofree char *name = g_path_get_basename (program);

  return g_str_equal (name, "tokenfare") || g_str_has_prefix (name, "tokenfare-");
}

/* Whether the process keeps its data where we do: a demo, or a test, has nothing to do with us. */
static gboolean
has_same_data (FareDoctor *self,
               const char *pid)
{
  g_autofree char *path = g_build_filename ("/proc", pid, "environ", NULL);
  g_autofree char *text = NULL;
  g_autoptr(GPtrArray) pairs = g_ptr_array_new ();
  g_autoptr(FarePaths) paths = NULL;
  gsize length = 0;
  gboolean has_home = FALSE;

  if (!g_file_get_contents (path, &text, &length, NULL))
    return FALSE;
  for (char *at = text; at < text + length; at += strlen (at) + 1)
    {
      g_ptr_array_add (pairs, at);
      has_home |= g_str_has_prefix (at, "HOME=");
    }
  g_ptr_array_add (pairs, NULL);
  if (!has_home)
    return FALSE;

  paths = fare_paths_new_for_env ((const char * const *) pairs->pdata);
  return g_str_equal (fare_paths_get_data_dir (paths), fare_paths_get_data_dir (self->paths));
}

static void
add_process (FareDoctor *self,
             const char *pid)
{
  g_autofree char *exe = g_build_filename ("/proc", pid, "exe", NULL);
  g_autofree char *file = g_file_read_link (exe, NULL);
  gint64 n_watches = add_monitors (&self->watches, pid);
  gboolean is_gone = file != NULL && g_str_has_suffix (file, GONE);
  FareDoctorProgram *program;

  if (is_gone)
    file[strlen (file) - strlen (GONE)] = '\0';
  if (file == NULL || !is_ours (file) || atoi (pid) == getpid () || !has_same_data (self, pid))
    return;

  program = g_new0 (FareDoctorProgram, 1);
  program->name = g_path_get_basename (file);
  program->pid = atoi (pid);
  program->is_outdated = is_gone;
  g_ptr_array_add (self->programs, program);
  self->watches.ours += n_watches;
}

void
fare_doctor_look_at_programs (FareDoctor *self)
{
  static const char * const watch_limits[] = { "/proc/sys/fs/inotify/max_user_watches",
                                               "/proc/sys/user/max_inotify_watches", NULL };
  static const char * const instance_limits[] = { "/proc/sys/fs/inotify/max_user_instances",
                                                  "/proc/sys/user/max_inotify_instances", NULL };
  g_autoptr(GDir) dir = g_dir_open ("/proc", 0, NULL);
  const char *pid;

  self->programs = g_ptr_array_new_with_free_func (program_free);
  self->watches.limit = read_limit (watch_limits);
  self->watches.instance_limit = read_limit (instance_limits);
  while (dir != NULL && (pid = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *folder = g_build_filename ("/proc", pid, NULL);
      struct stat info;

      if (g_ascii_isdigit (*pid) && stat (folder, &info) == 0 && info.st_uid == getuid ())
        add_process (self, pid);
    }
}
