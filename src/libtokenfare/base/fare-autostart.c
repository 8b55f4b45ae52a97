/* fare-autostart.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "base/fare-autostart.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#define ENTRY   "io.github.tokenfare.Tokenfare-tray.desktop"
#define PROGRAM "tokenfare-tray"

char *
fare_autostart_dup_file (FarePaths *paths)
{
  return g_build_filename (fare_paths_get_config_home (paths), "autostart", ENTRY, NULL);
}

/* Whether @entry, which was in the file, starts our program. */
static gboolean
is_ours (GKeyFile *entry)
{
  g_autofree char *command =
    g_key_file_get_string (entry, G_KEY_FILE_DESKTOP_GROUP, G_KEY_FILE_DESKTOP_KEY_EXEC, NULL);

  return command != NULL && strstr (command, PROGRAM) != NULL;
}

gboolean
fare_autostart_is_enabled (FarePaths *paths)
{
  g_autofree char *file = fare_autostart_dup_file (paths);
  g_autoptr(GKeyFile) entry = g_key_file_new ();

  return g_key_file_load_from_file (entry, file, G_KEY_FILE_NONE, NULL) && is_ours (entry)
         && !g_key_file_get_boolean (entry, G_KEY_FILE_DESKTOP_GROUP, G_KEY_FILE_DESKTOP_KEY_HIDDEN,
                                     NULL);
}

gboolean
fare_autostart_is_foreign (FarePaths *paths)
{
  g_autofree char *file = fare_autostart_dup_file (paths);
  g_autoptr(GKeyFile) entry = g_key_file_new ();

  if (!g_file_test (file, G_FILE_TEST_EXISTS))
    return FALSE;

  return !g_key_file_load_from_file (entry, file, G_KEY_FILE_NONE, NULL) || !is_ours (entry);
}

char *
fare_autostart_find_program (void)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = g_path_get_dirname (self != NULL ? self : "/");
  g_autofree char *beside = g_build_filename (folder, PROGRAM, NULL);

  return g_file_test (beside, G_FILE_TEST_IS_EXECUTABLE) ? g_steal_pointer (&beside)
                                                         : g_find_program_in_path (PROGRAM);
}

/* By its whole path, because sessions do not always look where shells do. */
static char *
make_command (const char *program)
{
  g_autoptr(GString) command = g_string_new ("\"");

  for (const char *p = program; *p != '\0'; p++)
    {
      if (strchr ("\"`$\\", *p) != NULL)
        g_string_append_c (command, '\\');
      if (*p == '%')
        g_string_append_c (command, '%');
      g_string_append_c (command, *p);
    }
  g_string_append_c (command, '"');

  return g_strdup (command->str);
}

static char *
make_entry (void)
{
  g_autoptr(GKeyFile) entry = g_key_file_new ();
  g_autofree char *program = fare_autostart_find_program ();
  g_autofree char *command = make_command (program != NULL ? program : PROGRAM);

  g_key_file_set_string (entry, G_KEY_FILE_DESKTOP_GROUP, G_KEY_FILE_DESKTOP_KEY_TYPE,
                         G_KEY_FILE_DESKTOP_TYPE_APPLICATION);
  g_key_file_set_string (entry, G_KEY_FILE_DESKTOP_GROUP, G_KEY_FILE_DESKTOP_KEY_NAME, "Tokenfare");
  g_key_file_set_string (entry, G_KEY_FILE_DESKTOP_GROUP, G_KEY_FILE_DESKTOP_KEY_EXEC, command);
  /* The entry outlives the package: sessions pass it over while the program is not there. */
  if (program != NULL && g_path_is_absolute (program))
    g_key_file_set_string (entry, G_KEY_FILE_DESKTOP_GROUP, G_KEY_FILE_DESKTOP_KEY_TRY_EXEC, program);
  g_key_file_set_string (entry, G_KEY_FILE_DESKTOP_GROUP, G_KEY_FILE_DESKTOP_KEY_ICON,
                         "io.github.tokenfare.Tokenfare");
  g_key_file_set_boolean (entry, G_KEY_FILE_DESKTOP_GROUP, G_KEY_FILE_DESKTOP_KEY_NO_DISPLAY, TRUE);
  return g_key_file_to_data (entry, NULL, NULL);
}

static gboolean
write_entry (const char  *file,
             GError     **error)
{
  g_autofree char *entry = make_entry ();
  g_autofree char *present = NULL;
  g_autofree char *folder = g_path_get_dirname (file);

  if (g_file_get_contents (file, &present, NULL, NULL) && g_str_equal (present, entry))
    return TRUE;

  g_mkdir_with_parents (folder, 0700);
  return g_file_set_contents (file, entry, -1, error);
}

gboolean
fare_autostart_set_enabled (FarePaths  *paths,
                            gboolean    enabled,
                            GError    **error)
{
  g_autofree char *file = fare_autostart_dup_file (paths);

  if (fare_autostart_is_foreign (paths))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS, _("“%s” starts another program."), file);
      return FALSE;
    }
  if (enabled)
    return write_entry (file, error);

  if (g_unlink (file) == 0 || errno == ENOENT)
    return TRUE;

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), _("“%s” could not be removed: %s"),
               file, g_strerror (errno));
  return FALSE;
}
