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

static int
open_file (FareOutputFile *self)
{
  GStatBuf status;
  int fd;

  if (g_stat (self->path, &status) == 0 && !S_ISREG (status.st_mode))
    return g_open (self->path, O_WRONLY | O_CLOEXEC, 0);

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

gboolean
fare_output_file_finish (FareOutputFile  *self,
                         GError         **error)
{
  gboolean is_written = fflush (stdout) == 0 &&
                        (self->temporary == NULL || fsync (STDOUT_FILENO) == 0);

  if (is_written && self->temporary != NULL)
    is_written = g_rename (self->temporary, self->path) == 0;
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
