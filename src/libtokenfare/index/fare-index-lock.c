/* fare-index-lock.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "index/fare-index-lock.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "index/fare-index-error.h"

/* What a lasting holder writes into the lock file. */
#define KEPT "kept\n"

static char *
dup_path (const char *index_path)
{
  return g_strconcat (index_path, ".lock", NULL);
}

/* Not for writing where that can be avoided: closing a file that could be written is how watchers see
 * that a holder of the lock has ended, and a mere try must not look like that. */
static int
open_file (const char *path)
{
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);

  return fd >= 0 || errno != ENOENT ? fd : g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
}

static gboolean
fail (FareIndexLock  *self,
      const char     *path,
      GError        **error)
{
  int saved = errno;

  g_set_error (error, FARE_INDEX_ERROR,
               saved == ENOSPC ? FARE_INDEX_ERROR_FULL : FARE_INDEX_ERROR_READ_ONLY,
               _("The lock file “%s” cannot be created (%s)."), path, g_strerror (saved));
  fare_index_lock_release (self);

  return FALSE;
}

gboolean
fare_index_lock_try (FareIndexLock  *self,
                     const char     *index_path,
                     gboolean        lasting,
                     GError        **error)
{
  g_autofree char *path = NULL;

  if (self->fd >= 0)
    return TRUE;
  path = dup_path (index_path);
  self->fd = open_file (path);
  if (self->fd < 0)
    return fail (self, path, error);
  if (flock (self->fd, LOCK_EX | LOCK_NB) != 0)
    {
      g_set_error (error, FARE_INDEX_ERROR, FARE_INDEX_ERROR_BUSY,
                   _("Another program is reading the logs into “%s”."), index_path);
      fare_index_lock_release (self);
      return FALSE;
    }
  self->beacon_fd = g_open (path, O_RDWR | O_CLOEXEC, 0);
  if (self->beacon_fd < 0)
    return fail (self, path, error);
  /* Only advice for others; on a full disk it is simply missing. */
  if (ftruncate (self->beacon_fd, 0) != 0
      || (lasting && pwrite (self->beacon_fd, KEPT, strlen (KEPT), 0) < 0))
    g_debug ("%s: %s", path, g_strerror (errno));

  return TRUE;
}

gboolean
fare_index_lock_is_kept (const char *index_path)
{
  g_autofree char *path = dup_path (index_path);
  g_autofree char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) && g_str_has_prefix (text, KEPT);
}

/* In this order, as the system does it when a program ends: who sees the beacon go finds the lock free. */
void
fare_index_lock_release (FareIndexLock *self)
{
  if (self->fd >= 0)
    g_close (self->fd, NULL);
  if (self->beacon_fd >= 0)
    g_close (self->beacon_fd, NULL);
  *self = FARE_INDEX_LOCK_INIT;
}
