/* fare-paths.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "base/fare-paths.h"

#include <pwd.h>
#include <unistd.h>

struct _FarePaths
{
  GObject parent_instance;

  GStrv   environment;
  char   *config_home;
  char   *data_home;
  char   *data_dir;
  char   *index_file;
  char   *prices_file;
  char   *settings_file;
  char   *pkgdata_dir;
};

G_DEFINE_FINAL_TYPE (FarePaths, fare_paths, G_TYPE_OBJECT)

static void
fare_paths_finalize (GObject *object)
{
  FarePaths *self = FARE_PATHS (object);

  g_clear_pointer (&self->environment, g_strfreev);
  g_clear_pointer (&self->config_home, g_free);
  g_clear_pointer (&self->data_home, g_free);
  g_clear_pointer (&self->data_dir, g_free);
  g_clear_pointer (&self->index_file, g_free);
  g_clear_pointer (&self->prices_file, g_free);
  g_clear_pointer (&self->settings_file, g_free);
  g_clear_pointer (&self->pkgdata_dir, g_free);

  G_OBJECT_CLASS (fare_paths_parent_class)->finalize (object);
}

static void
fare_paths_class_init (FarePathsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fare_paths_finalize;
}

static void
fare_paths_init (FarePaths *self)
{
}

/* A relative XDG folder is invalid by the base directory specification and is ignored. */
static char *
dup_xdg_folder (FarePaths  *self,
                const char *variable,
                const char *host_variable,
                const char *fallback)
{
  const char *value = host_variable ? fare_paths_get_env (self, host_variable) : NULL;

  if (value == NULL && !(host_variable && fare_paths_get_env (self, "FLATPAK_ID")))
    value = fare_paths_get_env (self, variable);
  if (value != NULL && g_path_is_absolute (value))
    return g_strdup (value);

  return g_build_filename (fare_paths_get_home (self), fallback, NULL);
}

static void
find_folders (FarePaths *self)
{
  const char *data_dir = fare_paths_get_env (self, "TOKENFARE_DATA_DIR");
  const char *pkgdata_dir = fare_paths_get_env (self, "TOKENFARE_PKGDATA_DIR");
  g_autofree char *data_home = dup_xdg_folder (self, "XDG_DATA_HOME", NULL, ".local/share");
  g_autofree char *settings_home = dup_xdg_folder (self, "XDG_CONFIG_HOME", NULL, ".config");

  self->data_home = dup_xdg_folder (self, "XDG_DATA_HOME", "HOST_XDG_DATA_HOME", ".local/share");
  self->config_home = dup_xdg_folder (self, "XDG_CONFIG_HOME", "HOST_XDG_CONFIG_HOME", ".config");
  self->data_dir = data_dir ? g_canonicalize_filename (data_dir, NULL)
                            : g_build_filename (data_home, "tokenfare", NULL);
  self->index_file = g_build_filename (self->data_dir, "usage.sqlite3", NULL);
  self->prices_file = g_build_filename (self->data_dir, "prices.json", NULL);
  self->settings_file = data_dir ? g_build_filename (self->data_dir, "settings.ini", NULL)
                                 : g_build_filename (settings_home, "tokenfare", "settings.ini", NULL);
  self->pkgdata_dir = g_strdup (pkgdata_dir ? pkgdata_dir : FARE_PKGDATA_DIR);
}

/* Where the user database says it is.  GLib would take HOME whatever stands in it. */
static char *
dup_registered_home (void)
{
  char buffer[4096];
  struct passwd entry, *found = NULL;

  if (getpwuid_r (getuid (), &entry, buffer, sizeof buffer, &found) == 0 && found != NULL
      && g_path_is_absolute (found->pw_dir))
    return g_strdup (found->pw_dir);

  return g_strdup ("/");
}

FarePaths *
fare_paths_new (void)
{
  g_auto(GStrv) environment = g_get_environ ();
  const char *home = g_environ_getenv (environment, "HOME");

  /* A service may run without HOME.  A relative one would be another folder in each program. */
  if (home == NULL || !g_path_is_absolute (home))
    {
      g_autofree char *registered = dup_registered_home ();

      environment = g_environ_setenv (environment, "HOME", registered, TRUE);
    }

  return fare_paths_new_for_env ((const char * const *) environment);
}

FarePaths *
fare_paths_new_for_env (const char * const *environment)
{
  FarePaths *self = g_object_new (FARE_TYPE_PATHS, NULL);

  self->environment = g_strdupv ((GStrv) environment);
  find_folders (self);

  return self;
}

const char *
fare_paths_get_home (FarePaths *self)
{
  const char *home = fare_paths_get_env (self, "HOME");

  return home != NULL ? home : "/";
}

const char *
fare_paths_get_env (FarePaths  *self,
                    const char *name)
{
  const char *value;

  g_return_val_if_fail (FARE_IS_PATHS (self), NULL);

  value = g_environ_getenv (self->environment, name);

  return value != NULL && *value != '\0' ? value : NULL;
}

const char *
fare_paths_get_config_home (FarePaths *self)
{
  g_return_val_if_fail (FARE_IS_PATHS (self), NULL);

  return self->config_home;
}

const char *
fare_paths_get_data_home (FarePaths *self)
{
  g_return_val_if_fail (FARE_IS_PATHS (self), NULL);

  return self->data_home;
}

const char *
fare_paths_get_data_dir (FarePaths *self)
{
  g_return_val_if_fail (FARE_IS_PATHS (self), NULL);

  return self->data_dir;
}

const char *
fare_paths_get_index_file (FarePaths *self)
{
  g_return_val_if_fail (FARE_IS_PATHS (self), NULL);

  return self->index_file;
}

const char *
fare_paths_get_prices_file (FarePaths *self)
{
  g_return_val_if_fail (FARE_IS_PATHS (self), NULL);

  return self->prices_file;
}

const char *
fare_paths_get_pkgdata_dir (FarePaths *self)
{
  g_return_val_if_fail (FARE_IS_PATHS (self), NULL);

  return self->pkgdata_dir;
}

GStrv
fare_paths_expand (FarePaths  *self,
                   const char *list)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) parts = g_strsplit (list != NULL ? list : "", ",", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      const char *part = g_strstrip (parts[i]);

      if (*part == '\0')
        continue;
      if (part[0] == '~' && (part[1] == '/' || part[1] == '\0'))
        {
          g_autofree char *path = g_build_filename (fare_paths_get_home (self), part + 1, NULL);
          g_strv_builder_add (builder, path);
        }
      else if (g_path_is_absolute (part))
        {
          g_strv_builder_add (builder, part);
        }
      else
        {
          g_autofree char *path = g_canonicalize_filename (part, NULL);
          g_strv_builder_add (builder, path);
        }
    }

  return g_strv_builder_end (builder);
}

const char *
fare_paths_get_settings_file (FarePaths *self)
{
  g_return_val_if_fail (FARE_IS_PATHS (self), NULL);

  return self->settings_file;
}
