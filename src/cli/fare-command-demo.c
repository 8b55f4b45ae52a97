/* fare-command-demo.c
 *
 * tokenfare demo: a home full of invented logs, to look at before there are real ones.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "fare-command.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "base/fare-tree.h"
#include "fare-demo-home.h"
#include "fare-print.h"

/* Invented logs must not come to lie among real ones. */
static gboolean
is_empty (const char  *folder,
          GError     **error)
{
  g_autoptr(GError) reason = NULL;
  g_autoptr(GDir) dir = g_dir_open (folder, 0, &reason);

  if (dir == NULL)
    {
      if (g_error_matches (reason, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        return TRUE;

      g_propagate_error (error, g_steal_pointer (&reason));
      return FALSE;
    }

  if (g_dir_read_name (dir) == NULL)
    return TRUE;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_EMPTY,
               _("“%s” is not empty. Name a folder that does not exist yet."), folder);

  return FALSE;
}

static gboolean
write_home (const char  *folder,
            GError     **error)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();
  FareDemoHome *home = fare_demo_home_new (folder);
  gboolean is_told = fare_demo_tell (g_get_real_time () / 1000, zone, fare_demo_home_write, home, error);

  return fare_demo_home_close (home, is_told ? error : NULL) && is_told;
}

/* Returns: (transfer full): the folder nearest above @folder that is there already */
static char *
find_ground (const char *folder)
{
  g_autofree char *above = g_path_get_dirname (folder);

  while (!g_file_test (above, G_FILE_TEST_EXISTS))
    {
      char *next = g_path_get_dirname (above);

      g_free (above);
      above = next;
    }

  return g_steal_pointer (&above);
}

/* Half a home would be taken for a whole one, so all of it goes again: nothing else can be in a folder
 * that was empty or not there. */
static void
take_back (const char *folder,
           const char *ground,
           gboolean    was_there)
{
  gboolean is_gone = was_there ? fare_tree_empty (folder) : fare_tree_remove (folder);
  g_autofree char *above = g_path_get_dirname (folder);

  if (!is_gone && g_file_test (folder, G_FILE_TEST_EXISTS))
    fare_print_message (_("What is in “%s” is not complete and could not be removed."), folder);

  while (!was_there && !g_str_equal (above, ground) && g_rmdir (above) == 0)
    {
      char *next = g_path_get_dirname (above);

      g_free (above);
      above = next;
    }
}

static FareExit
run (const FareCommand  *self,
     const char * const *args)
{
  g_auto(GStrv) rest = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *ground = NULL;
  g_autofree char *quoted = NULL;
  gboolean was_there;
  FareExit status;

  if (!fare_command_parse (self, NULL, args, &rest, &status))
    return status;

  if (g_strv_length (rest) != 1)
    return fare_command_misused (self, "%s", _("Name the folder to write to."));

  folder = g_canonicalize_filename (rest[0], NULL);

  if (!is_empty (folder, &error))
    return fare_command_failed (error);

  was_there = g_file_test (folder, G_FILE_TEST_EXISTS) || g_file_test (folder, G_FILE_TEST_IS_SYMLINK);
  ground = find_ground (folder);
  if (!write_home (folder, &error))
    {
      status = fare_command_failed (error);
      take_back (folder, ground, was_there);
      return status;
    }

  quoted = g_shell_quote (folder);
  fare_print (_("A year of invented logs is in “%s”. To look at them:\n\n"), folder);
  fare_print ("    HOME=%s tokenfare-app\n", quoted);

  return FARE_EXIT_DONE;
}

const FareCommand fare_command_demo = {
  .name = "demo",
  .summary = N_("Write a home with invented logs, to look at"),
  .usage = N_("FOLDER"),
  .details = N_("A year of logs of all tools, as an invented developer would have them, is written into a "
                "folder that does not exist yet. Run any of the programs with HOME set to it."),
  .run = run,
};
