/* test-sandbox.c
 *
 * What the Flatpak may see of the home folder: every place in which a client's logs are looked for, and
 * nothing else.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <json-glib/json-glib.h>

#include "fare-config.h"
#include "log-home.h"
#include "scanner/fare-discovery.h"
#include "scanner/fare-roots.h"

#define PREFIX "--filesystem="
#define SUFFIX ":ro"

/* Read by the window, which tells how long these two keep their logs. */
static const char * const settings[] = { "~/.claude/settings.json", "~/.gemini/settings.json" };

/* Cannot be named in advance: further accounts, and editors installed as snaps, whose folders are links. */
static const char * const beyond[] = { "~/.claude-", "~/snap/" };

/* The permissions for folders, as the manifest names them, without the suffix. */
static GPtrArray *
list_permissions (void)
{
  g_autofree char *manifest = g_test_build_filename (G_TEST_DIST, "..", "flatpak",
                                                     APP_ID ".json", NULL);
  g_autoptr(JsonParser) parser = json_parser_new ();
  g_autoptr(GError) error = NULL;
  GPtrArray *permissions = g_ptr_array_new_with_free_func (g_free);
  JsonArray *arguments;

  json_parser_load_from_file (parser, manifest, &error);
  g_assert_no_error (error);
  arguments = json_object_get_array_member (json_node_get_object (json_parser_get_root (parser)),
                                            "finish-args");
  for (guint i = 0; i < json_array_get_length (arguments); i++)
    {
      const char *argument = json_array_get_string_element (arguments, i);

      if (!g_str_has_prefix (argument, PREFIX))
        continue;
      g_assert_true (g_str_has_suffix (argument, SUFFIX));
      g_ptr_array_add (permissions, g_strndup (argument + strlen (PREFIX), strlen (argument)
                                               - strlen (PREFIX) - strlen (SUFFIX)));
    }
  g_assert_cmpuint (permissions->len, >, 20);

  return permissions;
}

static gboolean
replace_start (char       **path,
               const char  *start,
               const char  *with)
{
  char *changed;

  if (!g_str_has_prefix (*path, start))
    return FALSE;
  changed = g_strconcat (with, *path + strlen (start), NULL);
  g_free (*path);
  *path = changed;

  return TRUE;
}

/* @path as a manifest names it. */
static char *
name_place (LogHome    *home,
            const char *path)
{
  char *place = g_strdup (path);

  g_assert_true (replace_start (&place, home->folder, "~"));
  if (!replace_start (&place, "~/.config/", "xdg-config/"))
    replace_start (&place, "~/.local/share/", "xdg-data/");

  return place;
}

/* The other way round. */
static char *
find_place (LogHome    *home,
            const char *place)
{
  char *path = g_strdup (place);

  if (!replace_start (&path, "xdg-config/", "~/.config/"))
    replace_start (&path, "xdg-data/", "~/.local/share/");
  g_assert_true (replace_start (&path, "~", home->folder));

  return path;
}

static gboolean
is_in (const char *path,
       const char *folder)
{
  gsize length = strlen (folder);

  return g_str_has_prefix (path, folder) && (path[length] == '\0' || path[length] == '/');
}

static void
note_companion (const FareFormat *format,
                const char       *root,
                const char       *path,
                const char       *companion,
                gpointer          user_data)
{
  g_ptr_array_add (user_data, g_strdup (companion));
}

static void
pass_folder (const FareFormat *format,
             const char       *root,
             const char       *path,
             guint             depth,
             gpointer          user_data)
{
}

static void
pass_odd (const FareFormat *format,
          gpointer          user_data)
{
}

/* A home with all the folders that the manifest names, because some are only looked for where they are, and
 * with what @client of tests/data has left. */
static LogHome *
make_home (GPtrArray  *permissions,
           const char *client)
{
  LogHome *home = log_home_new ();
  g_autofree char *fixture = g_test_build_filename (G_TEST_DIST, "data", client, "home", ".", NULL);
  const char *copy[] = { "cp", "-r", fixture, home->folder, NULL };
  g_autoptr(GError) error = NULL;
  int status = 0;

  g_spawn_sync (NULL, (char **) copy, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, &error));
  for (guint i = 0; i < permissions->len; i++)
    {
      g_autofree char *path = find_place (home, g_ptr_array_index (permissions, i));

      if (!g_str_has_suffix (path, ".json"))
        g_mkdir_with_parents (path, 0700); /* in vain where the fixture has a link */
    }

  return home;
}

/* An editor's settings can name another folder for Roo Code's logs. */
static char *
dup_editor_settings (const char *root)
{
  const char *storage = strstr (root, "/globalStorage/rooveterinaryinc.");
  g_autofree char *user = storage != NULL ? g_strndup (root, storage - root) : NULL;

  return user != NULL ? g_build_filename (user, "settings.json", NULL) : NULL;
}

/* Places that reading a client's logs goes to, as a manifest names them. */
static void
add_needs (GHashTable *needs,
           GPtrArray  *permissions,
           const char *client)
{
  LogHome *home = make_home (permissions, client);
  g_auto(GStrv) roots = fare_discovery_list_roots (home->paths);
  g_autoptr(GPtrArray) companions = g_ptr_array_new_with_free_func (g_free);
  const FareWalkHooks hooks = { .enter = pass_folder, .companion = note_companion, .odd = pass_odd,
                                .user_data = companions };
  g_autoptr(FareDiscovery) discovery = fare_discovery_new (home->paths, &hooks);

  for (guint i = 0; roots[i] != NULL; i++)
    {
      const char *path = strchr (roots[i], '\t') + 1;
      g_autofree char *editor = dup_editor_settings (path);

      g_hash_table_add (needs, name_place (home, path));
      if (editor != NULL)
        g_hash_table_add (needs, name_place (home, editor));
    }
  for (guint i = 0; i < companions->len; i++)
    g_hash_table_add (needs, name_place (home, g_ptr_array_index (companions, i)));
  g_assert_cmpuint (discovery->sources->len, >, 0);
  log_home_free (home);
}

static GHashTable *
list_needs (GPtrArray *permissions)
{
  GHashTable *needs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "data", NULL);
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *client;
  guint n_clients = 0;

  while ((client = g_dir_read_name (dir)) != NULL)
    {
      add_needs (needs, permissions, client);
      n_clients++;
    }
  g_assert_cmpuint (n_clients, >=, 15);
  for (guint i = 0; i < G_N_ELEMENTS (settings); i++)
    g_hash_table_add (needs, g_strdup (settings[i]));

  return needs;
}

static gboolean
is_beyond (const char *place)
{
  for (guint i = 0; i < G_N_ELEMENTS (beyond); i++)
    if (g_str_has_prefix (place, beyond[i]))
      return TRUE;

  return FALSE;
}

static void
test_covers_clients (void)
{
  g_autoptr(GPtrArray) permissions = list_permissions ();
  g_autoptr(GHashTable) needs = list_needs (permissions);
  GHashTableIter iter;
  const char *place;

  g_hash_table_iter_init (&iter, needs);
  while (g_hash_table_iter_next (&iter, (gpointer *) &place, NULL))
    {
      gboolean is_seen = is_beyond (place);

      for (guint i = 0; i < permissions->len && !is_seen; i++)
        is_seen = is_in (place, g_ptr_array_index (permissions, i));
      if (!is_seen)
        {
          g_test_message ("not to be seen in the sandbox: %s", place);
          g_test_fail ();
        }
    }
}

static void
test_grants_nothing_else (void)
{
  g_autoptr(GPtrArray) permissions = list_permissions ();
  g_autoptr(GHashTable) needs = list_needs (permissions);

  for (guint i = 0; i < permissions->len; i++)
    {
      const char *permission = g_ptr_array_index (permissions, i);
      GHashTableIter iter;
      const char *place;
      gboolean is_needed = FALSE;

      g_assert_true (strchr (permission, '/') != NULL);
      g_hash_table_iter_init (&iter, needs);
      while (!is_needed && g_hash_table_iter_next (&iter, (gpointer *) &place, NULL))
        is_needed = is_in (place, permission);
      for (guint j = 0; j < permissions->len; j++)
        is_needed = is_needed && (i == j || !is_in (permission, g_ptr_array_index (permissions, j)));
      if (!is_needed)
        {
          g_test_message ("no client needs %s", permission);
          g_test_fail ();
        }
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sandbox/covers-clients", test_covers_clients);
  g_test_add_func ("/sandbox/grants-nothing-else", test_grants_nothing_else);

  return g_test_run ();
}
