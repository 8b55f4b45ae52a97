/* fare-command-serve.c
 *
 * tokenfare serve: becomes the server, which is a program of its own so that no other
 * command loads what only it needs.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gi18n.h>
#include <unistd.h>

#include "fare-command.h"
#include "fare-port.h"
#include "fare-print.h"

#define SERVER "tokenfare-server"

/* Where it is: beside this program in a build folder, else in the same prefix, wherever that was
 * moved to, else where it was installed. */
static char *
find_server (void)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = g_path_get_dirname (self != NULL ? self : "/");
  g_autofree char *built = g_build_filename (folder, "..", "http", SERVER, NULL);
  g_autofree char *moved = g_build_filename (folder, "..", "libexec", SERVER, NULL);

  if (g_file_test (built, G_FILE_TEST_IS_EXECUTABLE))
    return g_steal_pointer (&built);
  if (g_file_test (moved, G_FILE_TEST_IS_EXECUTABLE))
    return g_steal_pointer (&moved);

  return g_build_filename (FARE_LIBEXEC_DIR, SERVER, NULL);
}

static FareExit
run (const FareCommand  *self,
     const char * const *args)
{
  g_autofree char *asked = NULL;
  guint port = 0;
  g_auto(GStrv) hosts = NULL;
  g_auto(GStrv) rest = NULL;
  const GOptionEntry options[] = {
    { "port", 0, 0, G_OPTION_ARG_FILENAME, &asked, N_("Port to listen on, 55423 unless named"),
      N_("N") },
    { "host", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &hosts,
      N_("Name under which this computer may be read through a proxy; may be repeated"),
      N_("NAME") },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr(GPtrArray) command = g_ptr_array_new_with_free_func (g_free);
  FareExit status;

  if (!fare_command_parse (self, options, args, &rest, &status))
    return status;
  if (rest[0] != NULL)
    return fare_command_misused (self, _("“%s” is one word too many."), rest[0]);
  if (!fare_port_parse (asked, 0, &port))
    return fare_command_misused (self, _("A port is a number from 0 to 65535."));

  g_ptr_array_add (command, find_server ());
  if (asked != NULL)
    g_ptr_array_add (command, g_strdup_printf ("--port=%u", port));
  for (guint i = 0; hosts != NULL && hosts[i] != NULL; i++)
    g_ptr_array_add (command, g_strdup_printf ("--host=%s", hosts[i]));
  g_ptr_array_add (command, NULL);

  execv (command->pdata[0], (char **) command->pdata);
  fare_print_message (_("The server cannot be started: %s: %s"), (char *) command->pdata[0],
                      g_strerror (errno));
  return FARE_EXIT_FAILED;
}

const FareCommand fare_command_serve = {
  .name = "serve",
  .summary = N_("Answer other programs on this computer over HTTP"),
  .usage = NULL,
  .details = N_("The address is http://127.0.0.1:55423/, where there also is a page to look at; "
                "meanwhile the index is kept in step with the logs. Nothing outside this computer is "
                "answered."),
  .run = run,
};
