/* fare-demo-room.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <gio/gio.h>

#include "base/fare-tree.h"
#include "fare-demo-room.h"

/* What a program needs of its surroundings to show a window; the rest could lead to real logs. */
static gboolean
is_kept (const char *name)
{
  static const char * const names[] = {
    "PATH", "DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "XDG_RUNTIME_DIR", "XDG_DATA_DIRS",
    "XDG_CONFIG_DIRS", "XDG_CURRENT_DESKTOP", "XDG_SESSION_TYPE", "DBUS_SESSION_BUS_ADDRESS", "LANG",
    "LANGUAGE", "TZ", "USER", "LOGNAME", "TOKENFARE_PKGDATA_DIR", "TOKENFARE_LOCALE_DIR",
    "LD_LIBRARY_PATH", NULL
  };
  static const char * const prefixes[] = {
    "LC_", "GTK_", "GDK_", "GSK_", "ADW_", "G_", "GIO_", "GSETTINGS_", "XCURSOR_", "ASAN_", "UBSAN_",
    "LSAN_", "AT_SPI", "NO_AT_BRIDGE", NULL
  };

  for (guint i = 0; prefixes[i] != NULL; i++)
    {
      if (g_str_has_prefix (name, prefixes[i]))
        return TRUE;
    }

  return g_strv_contains (names, name);
}

static void
turn_environment (const char *folder)
{
  g_auto(GStrv) names = g_listenv ();
  g_autofree char *home = g_build_filename (folder, "home", NULL);
  g_autofree char *authority = g_build_filename (g_get_home_dir (), ".Xauthority", NULL);

  for (guint i = 0; names[i] != NULL; i++)
    {
      if (!is_kept (names[i]))
        g_unsetenv (names[i]);
    }

  /* The X server's key lies in the real home unless somebody says otherwise. */
  if (g_file_test (authority, G_FILE_TEST_EXISTS))
    g_setenv ("XAUTHORITY", authority, FALSE);

  g_setenv ("HOME", home, TRUE);
}

/* The command line lies beside the window's program, or in the folder next to it before both are
 * installed. */
static char *
find_command_line (const char *program)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = g_path_get_dirname (self != NULL ? self : program);
  g_autofree char *beside = g_build_filename (folder, "tokenfare", NULL);
  g_autofree char *built = g_build_filename (folder, "..", "cli", "tokenfare", NULL);

  if (g_file_test (beside, G_FILE_TEST_IS_EXECUTABLE))
    return g_steal_pointer (&beside);

  if (g_file_test (built, G_FILE_TEST_IS_EXECUTABLE))
    return g_steal_pointer (&built);

  return g_strdup ("tokenfare");
}

char *
fare_demo_room_enter (const char  *program,
                      GError     **error)
{
  g_autofree char *folder = g_dir_make_tmp ("tokenfare-demo-XXXXXX", error);
  g_autofree char *command_line = find_command_line (program);
  g_autofree char *home = NULL;
  g_autoptr(GSubprocess) process = NULL;

  if (folder == NULL)
    return NULL;

  home = g_build_filename (folder, "home", NULL);
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, error, command_line, "demo", home,
                              NULL);

  if (process == NULL || !g_subprocess_wait_check (process, NULL, error))
    {
      fare_tree_remove (folder);
      return NULL;
    }

  turn_environment (folder);

  return g_steal_pointer (&folder);
}

void
fare_demo_room_leave (char *folder)
{
  fare_tree_remove (folder);
  g_free (folder);
}
