/* fare-run.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "fare-run.h"

#include <glib/gi18n.h>

char *
fare_run (const char * const  *command,
          GError             **error)
{
  g_autoptr(GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr(GSubprocess) process = NULL;
  g_autofree char *output = NULL;
  g_autofree char *complaint = NULL;

  g_subprocess_launcher_setenv (launcher, "LC_ALL", "C.UTF-8", TRUE);
  g_subprocess_launcher_setenv (launcher, "LANGUAGE", "", TRUE);
  process = g_subprocess_launcher_spawnv (launcher, command, error);
  if (process == NULL
      || !g_subprocess_communicate_utf8 (process, NULL, NULL, &output, &complaint, error))
    return NULL;

  if (!g_subprocess_get_successful (process))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s: %s", command[0],
                   complaint != NULL && *g_strstrip (complaint) != '\0' ? complaint
                                                                        : _("it failed"));
      return NULL;
    }

  return g_steal_pointer (&output);
}
