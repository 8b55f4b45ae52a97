/* fare-output-file.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "fare-output-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fare-text.h"
#include "fare-print.h"

/* What a file that takes another one's place, or none's, may do. */
#define PERMISSIONS 0666

/* How many names are tried. */
#define MAX_NAMES 100

static gboolean
fail (const char  *path,
      GError     **error)
{
  int number = errno;
  g_autofree char *text = fare_text_path (path);

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (number), _("“%s” cannot be written: %s."),
               text, g_strerror (number));
  return FALSE;
}

/* A temporary file is for its owner alone; a finished one is like any other. */
static void
open_up (int fd)
{
  mode_t mask = umask (0);

  umask (mask);
  fchmod (fd, PERMISSIONS & ~mask);
}

/* Not every kind of disk can have a file without a name. */
static int
open_nameless (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  return open (folder, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
}

static int
open_file (FareOutputFile *self)
{
  GStatBuf status;
  int fd;

  if (g_stat (self->path, &status) == 0 && !S_ISREG (status.st_mode))
    return g_open (self->path, O_WRONLY | O_CLOEXEC, 0);

  fd = open_nameless (self->path);
  if (fd >= 0)
    {
      self->is_nameless = TRUE;
      open_up (fd);
      return fd;
    }

  self->temporary = g_strconcat (self->path, ".XXXXXX", NULL);
  fd = g_mkstemp_full (self->temporary, O_WRONLY | O_CLOEXEC, 0600);
  if (fd < 0)
    g_clear_pointer (&self->temporary, g_free);
  else
    open_up (fd);

  return fd;
}

gboolean
fare_output_file_begin (FareOutputFile  *self,
                        const char      *path,
                        GError         **error)
{
  char *real = realpath (path, NULL); /* a link stays a link */
  int fd;

  self->path = g_strdup (real != NULL ? real : path);
  free (real);

  fd = open_file (self);
  if (fd < 0)
    return fail (self->path, error);

  fare_print_flush ();
  self->shown = fcntl (STDOUT_FILENO, F_DUPFD_CLOEXEC, 0);
  if (self->shown < 0 || dup2 (fd, STDOUT_FILENO) < 0)
    {
      fail (self->path, error);
      close (fd);
      return FALSE;
    }
  close (fd);

  return TRUE;
}

static void
give_back (FareOutputFile *self)
{
  if (self->shown < 0)
    return;

  dup2 (self->shown, STDOUT_FILENO);
  close (self->shown);
  self->shown = -1;
}

/* Gives what was written a name beside the file whose place it takes. */
static gboolean
name_file (FareOutputFile *self)
{
  g_autofree char *nameless = g_strdup_printf ("/proc/self/fd/%d", STDOUT_FILENO);

  for (guint i = 0; i < MAX_NAMES; i++)
    {
      g_autofree char *name = g_strdup_printf ("%s.%06x", self->path, g_random_int () & 0xffffff);

      if (linkat (AT_FDCWD, nameless, AT_FDCWD, name, AT_SYMLINK_FOLLOW) == 0)
        {
          self->temporary = g_steal_pointer (&name);
          return TRUE;
        }
      if (errno != EEXIST)
        return FALSE;
    }

  return FALSE;
}

static gboolean
put_into_place (FareOutputFile *self)
{
  if (!self->is_nameless && self->temporary == NULL)
    return TRUE;
  if (fsync (STDOUT_FILENO) != 0 || (self->is_nameless && !name_file (self)))
    return FALSE;

  return g_rename (self->temporary, self->path) == 0;
}

gboolean
fare_output_file_finish (FareOutputFile  *self,
                         GError         **error)
{
  gboolean is_written = fflush (stdout) == 0 && put_into_place (self);

  if (!is_written)
    fail (self->path, error);
  else
    g_clear_pointer (&self->temporary, g_free);
  give_back (self);

  return is_written;
}

void
fare_output_file_clear (FareOutputFile *self)
{
  if (self->shown >= 0)
    fflush (stdout);
  give_back (self);
  if (self->temporary != NULL)
    g_unlink (self->temporary);

  g_clear_pointer (&self->temporary, g_free);
  g_clear_pointer (&self->path, g_free);
}
