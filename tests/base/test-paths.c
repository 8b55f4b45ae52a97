/* test-paths.c
 *
 * Folders are where the environment says, as long as it says something that holds everywhere.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "base/fare-paths.h"

static FarePaths *
with (const char *variable)
{
  const char * const environment[] = { "HOME=/home/kim", variable, NULL };

  return fare_paths_new_for_env (environment);
}

static void
assert_folders (const char *variable,
                const char *data,
                const char *config,
                const char *own)
{
  g_autoptr(FarePaths) paths = with (variable);

  g_assert_cmpstr (fare_paths_get_data_home (paths), ==, data);
  g_assert_cmpstr (fare_paths_get_config_home (paths), ==, config);
  g_assert_cmpstr (fare_paths_get_data_dir (paths), ==, own);
}

#define DATA "/home/kim/.local/share"
#define CONFIG "/home/kim/.config"

static void
test_folders (void)
{
  assert_folders (NULL, DATA, CONFIG, DATA "/tokenfare");
  assert_folders ("XDG_DATA_HOME=/data", "/data", CONFIG, "/data/tokenfare");
  assert_folders ("XDG_CONFIG_HOME=/etc/kim", DATA, "/etc/kim", DATA "/tokenfare");
  assert_folders ("TOKENFARE_DATA_DIR=/own", DATA, CONFIG, "/own");
  /* In a sandbox these are the folders outside; ours stay inside. */
  assert_folders ("HOST_XDG_DATA_HOME=/host", "/host", CONFIG, DATA "/tokenfare");
}

/* The base directory specification has relative and empty ones ignored. */
static void
test_relative (void)
{
  static const char * const variables[] = {
    "XDG_DATA_HOME=data", "XDG_DATA_HOME=./data", "XDG_DATA_HOME=", "XDG_CONFIG_HOME=../config",
    "XDG_CONFIG_HOME=", "HOST_XDG_DATA_HOME=data", "HOST_XDG_CONFIG_HOME=~/config",
  };

  for (guint i = 0; i < G_N_ELEMENTS (variables); i++)
    {
      g_autoptr(FarePaths) paths = with (variables[i]);

      assert_folders (variables[i], DATA, CONFIG, DATA "/tokenfare");
      g_assert_cmpstr (fare_paths_get_settings_file (paths), ==, CONFIG "/tokenfare/settings.ini");
    }
}

/* Our own one is taken from where the program was started, and does not move from there. */
static void
test_relative_data_dir (void)
{
  g_autofree char *here = g_get_current_dir ();
  g_autofree char *own = g_build_filename (here, "own", NULL);
  g_autofree char *settings = g_build_filename (own, "settings.ini", NULL);
  g_autoptr(FarePaths) paths = with ("TOKENFARE_DATA_DIR=./own/");

  g_assert_cmpstr (fare_paths_get_data_dir (paths), ==, own);
  g_assert_cmpstr (fare_paths_get_settings_file (paths), ==, settings);
}

/* Then the user database knows it. */
static void
test_home (void)
{
  static const char * const values[] = { NULL, "", "kim", "./kim", "../kim" };
  g_autoptr(FarePaths) told = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autoptr(FarePaths) paths = NULL;

      if (values[i] != NULL)
        g_setenv ("HOME", values[i], TRUE);
      else
        g_unsetenv ("HOME");
      paths = fare_paths_new ();
      g_assert_true (g_path_is_absolute (fare_paths_get_home (paths)));
      g_assert_true (g_path_is_absolute (fare_paths_get_index_file (paths)));
      g_assert_false (g_str_has_suffix (fare_paths_get_home (paths), "kim"));
    }

  g_setenv ("HOME", "/home/kim", TRUE);
  told = fare_paths_new ();
  g_assert_cmpstr (fare_paths_get_home (told), ==, "/home/kim");
}

int
main (int    argc,
      char **argv)
{
  g_unsetenv ("XDG_DATA_HOME");
  g_unsetenv ("TOKENFARE_DATA_DIR");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/paths/folders", test_folders);
  g_test_add_func ("/paths/relative-ones-are-ignored", test_relative);
  g_test_add_func ("/paths/relative-folder-of-our-own", test_relative_data_dir);
  g_test_add_func ("/paths/home", test_home);

  return g_test_run ();
}
