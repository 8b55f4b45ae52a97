/* test-roots.c
 *
 * Where logs are looked for: what the settings add and take away.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>

#include "scanner/fare-discovery.h"
#include "scanner/fare-roots.h"

typedef struct
{
  char      *home;
  char      *file;
  FarePaths *paths;
} Place;

static void
place_set_up (Place         *self,
              gconstpointer  data)
{
  g_autofree char *home = NULL;
  g_autofree char *state = NULL;

  self->home = g_dir_make_tmp ("tokenfare-roots-XXXXXX", NULL);
  home = g_strconcat ("HOME=", self->home, NULL);
  state = g_strconcat ("TOKENFARE_DATA_DIR=", self->home, NULL);
  self->paths = fare_paths_new_for_env ((const char * const []) { home, state, NULL });
  self->file = g_strdup (fare_paths_get_settings_file (self->paths));
}

static void
place_tear_down (Place         *self,
                 gconstpointer  data)
{
  g_unlink (self->file);
  g_rmdir (self->home);
  g_object_unref (self->paths);
  g_free (self->file);
  g_free (self->home);
}

static void
write_settings (Place      *self,
                const char *text)
{
  g_autofree char *all = g_strconcat ("[" FARE_SETTINGS_GROUP "]\n", text, "\n", NULL);

  g_assert_true (g_file_set_contents (self->file, all, -1, NULL));
}

static GStrv
list (Place      *self,
      const char *client)
{
  g_autoptr(FareSettings) settings = fare_settings_load (self->paths);

  return fare_roots_list (fare_format_find (client), self->paths, settings);
}

static void
test_own (Place         *self,
          gconstpointer  data)
{
  g_auto(GStrv) own = fare_roots_list_own (fare_format_find ("claude"), self->paths);
  g_auto(GStrv) roots = list (self, "claude");

  g_assert_cmpuint (g_strv_length (own), >, 0);
  g_assert_true (g_strv_equal ((const char * const *) own, (const char * const *) roots));
}

static void
test_extra (Place         *self,
            gconstpointer  data)
{
  g_auto(GStrv) own = fare_roots_list_own (fare_format_find ("claude"), self->paths);
  g_auto(GStrv) claude = NULL;
  g_auto(GStrv) codex = NULL;
  g_auto(GStrv) codex_own = fare_roots_list_own (fare_format_find ("codex"), self->paths);

  /* A folder that is there already is not looked at twice. */
  {
    g_autofree char *text = g_strdup_printf ("extra-roots={'claude': ['/mnt/old', '%s', '/mnt/old']}",
                                             own[0]);

    write_settings (self, text);
  }

  claude = list (self, "claude");
  codex = list (self, "codex");
  g_assert_cmpuint (g_strv_length (claude), ==, g_strv_length (own) + 1);
  g_assert_true (g_strv_contains ((const char * const *) claude, "/mnt/old"));
  g_assert_true (g_strv_equal ((const char * const *) codex, (const char * const *) codex_own));
}

static void
test_disabled (Place         *self,
               gconstpointer  data)
{
  g_auto(GStrv) claude = NULL;
  g_auto(GStrv) codex = NULL;
  g_auto(GStrv) all = NULL;

  write_settings (self, "disabled-sources=['claude', 'no such client']\n"
                        "extra-roots={'claude': ['/mnt/old']}");
  claude = list (self, "claude");
  codex = list (self, "codex");
  all = fare_discovery_list_roots (self->paths);
  g_assert_cmpuint (g_strv_length (claude), ==, 0);
  g_assert_cmpuint (g_strv_length (codex), >, 0);

  for (guint i = 0; all[i] != NULL; i++)
    g_assert_false (g_str_has_prefix (all[i], "claude\t"));
}

/* Nonsense in the file must not keep anybody from reading logs. */
static void
test_damaged (Place         *self,
              gconstpointer  data)
{
  g_auto(GStrv) own = fare_roots_list_own (fare_format_find ("claude"), self->paths);
  g_auto(GStrv) roots = NULL;

  write_settings (self, "disabled-sources='claude'\nextra-roots={'claude': 5}");
  roots = list (self, "claude");
  g_assert_true (g_strv_equal ((const char * const *) own, (const char * const *) roots));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add ("/scanner/roots/" name, Place, NULL, place_set_up, func, place_tear_down)
  ADD ("own", test_own);
  ADD ("extra", test_extra);
  ADD ("disabled", test_disabled);
  ADD ("damaged", test_damaged);
#undef ADD

  return g_test_run ();
}
