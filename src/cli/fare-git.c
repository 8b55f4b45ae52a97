/* fare-git.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-git.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* HEAD and a .git file are one short line. */
#define LINE_LIMIT 4096

#define NAP_US 200

/* Returns: (nullable): the first line behind @prefix, the whole line where @prefix is NULL */
static char *
read_line (const char *folder,
           const char *name,
           const char *prefix)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  char text[LINE_LIMIT];
  ssize_t length;

  if (fd < 0)
    return NULL;
  length = read (fd, text, sizeof text - 1);
  close (fd);
  if (length <= 0)
    return NULL;
  text[length] = '\0';
  text[strcspn (text, "\r\n")] = '\0';
  if (prefix == NULL)
    return g_strdup (text);

  return g_str_has_prefix (text, prefix) ? g_strdup (text + strlen (prefix)) : NULL;
}

/* In a linked working tree or a submodule ".git" is a file that names the place. */
static char *
read_head (const char *directory)
{
  g_autofree char *folder = g_build_filename (directory, ".git", NULL);
  g_autofree char *head = read_line (folder, "HEAD", NULL);
  g_autofree char *place = NULL;
  g_autofree char *absolute = NULL;

  if (head != NULL)
    return g_steal_pointer (&head);
  place = read_line (directory, ".git", "gitdir: ");
  if (place == NULL)
    return NULL;
  absolute = g_canonicalize_filename (place, directory);

  return read_line (absolute, "HEAD", NULL);
}

char *
fare_git_dup_branch (const char *directory)
{
  g_autofree char *folder = NULL;

  if (!g_path_is_absolute (directory))
    return NULL;
  folder = g_canonicalize_filename (directory, NULL);
  for (;;)
    {
      g_autofree char *head = read_head (folder);
      g_autofree char *above = g_path_get_dirname (folder);

      if (head != NULL)
        return g_str_has_prefix (head, "ref: refs/heads/")
               ? g_strdup (head + strlen ("ref: refs/heads/")) : g_strndup (head, 8);
      if (g_str_equal (above, folder))
        return NULL;
      g_free (folder);
      folder = g_steal_pointer (&above);
    }
}

/* Returns: the process, or 0; its standard output comes out of @fd */
static pid_t
start_git (const char *directory,
           int        *fd)
{
  char *const arguments[] = {
    (char *) "git", (char *) "--no-optional-locks", (char *) "-c", (char *) "core.fsmonitor=false",
    (char *) "-C", (char *) directory, (char *) "status", (char *) "--porcelain=v1",
    (char *) "--untracked-files=no", (char *) "--ignore-submodules=all", NULL,
  };
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  sigset_t signals;
  int ends[2];
  pid_t pid = 0;
  gboolean done;

  if (pipe2 (ends, O_CLOEXEC) != 0)
    return 0;
  sigemptyset (&signals);
  sigaddset (&signals, SIGPIPE);
  posix_spawn_file_actions_init (&actions);
  posix_spawn_file_actions_addopen (&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2 (&actions, ends[1], STDOUT_FILENO);
  posix_spawn_file_actions_addopen (&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawnattr_init (&attributes);
  posix_spawnattr_setsigdefault (&attributes, &signals);
  posix_spawnattr_setflags (&attributes, POSIX_SPAWN_SETSIGDEF);
  done = posix_spawnp (&pid, "git", &actions, &attributes, arguments, environ) == 0;
  posix_spawnattr_destroy (&attributes);
  posix_spawn_file_actions_destroy (&actions);
  close (ends[1]);
  if (!done)
    {
      close (ends[0]);
      return 0;
    }
  *fd = ends[0];

  return pid;
}

/* Returns: whether all of it came in time */
static gboolean
read_all (int      fd,
          gint64   end_us,
          GString *text)
{
  for (;;)
    {
      struct pollfd wanted = { .fd = fd, .events = POLLIN };
      gint64 left_us = end_us - g_get_monotonic_time ();
      char part[4096];
      ssize_t n_read;

      if (left_us <= 0 || poll (&wanted, 1, (int) ((left_us + 999) / 1000)) != 1)
        return FALSE;
      n_read = read (fd, part, sizeof part);
      if (n_read <= 0)
        return n_read == 0;
      g_string_append_len (text, part, n_read);
    }
}

/* It has closed its output, so this is a matter of microseconds, or never. */
static gboolean
wait_for_end (pid_t   pid,
              gint64  end_us,
              int    *status)
{
  for (;;)
    {
      pid_t ended = waitpid (pid, status, WNOHANG);

      if (ended != 0 && !(ended < 0 && errno == EINTR))
        return ended == pid;
      if (g_get_monotonic_time () >= end_us)
        return FALSE;
      g_usleep (NAP_US);
    }
}

gboolean
fare_git_count (const char *directory,
                gint64      end_us,
                guint      *n_staged,
                guint      *n_changed)
{
  g_autoptr(GString) text = g_string_new (NULL);
  int fd = -1, status = 0;
  pid_t pid = start_git (directory, &fd);
  gboolean done;

  if (pid == 0)
    return FALSE;
  done = read_all (fd, end_us, text) && wait_for_end (pid, end_us, &status);
  close (fd);
  /* Nor is its end waited for: whoever outlives this program is looked after by the system. */
  if (!done)
    kill (pid, SIGKILL);
  if (!done || !WIFEXITED (status) || WEXITSTATUS (status) != 0)
    return FALSE;

  *n_staged = *n_changed = 0;
  for (const char *line = text->str; strlen (line) > 3; line++)
    {
      *n_staged += line[0] != ' ' && line[0] != '?';
      *n_changed += line[1] != ' ' && line[1] != '?';
      line = strchr (line, '\n');
      if (line == NULL)
        break;
    }

  return TRUE;
}
