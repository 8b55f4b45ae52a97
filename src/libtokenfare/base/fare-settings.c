/* fare-settings.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "base/fare-settings.h"

#include <stdlib.h>
#include <sys/stat.h>

struct _FareSettings
{
  GKeyFile *file;
};

FareSettings *
fare_settings_load (FarePaths *paths)
{
  FareSettings *self;

  g_return_val_if_fail (FARE_IS_PATHS (paths), NULL);

  self = g_new0 (FareSettings, 1);
  self->file = g_key_file_new ();

  /* No file means that everything is as it came; a damaged one, or something else that has its name
   * and may never end, must not keep anybody from reading figures. */
  if (g_file_test (fare_paths_get_settings_file (paths), G_FILE_TEST_IS_REGULAR))
    g_key_file_load_from_file (self->file, fare_paths_get_settings_file (paths), G_KEY_FILE_NONE, NULL);

  return self;
}

void
fare_settings_free (FareSettings *self)
{
  g_key_file_unref (self->file);
  g_free (self);
}

GVariant *
fare_settings_dup_value (FareSettings       *self,
                         const char         *key,
                         const GVariantType *type)
{
  g_autofree char *text = NULL;
  GVariant *value;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (key != NULL && type != NULL, NULL);

  /* The file has GVariant text, so that nothing in it is escaped a second time. */
  text = g_key_file_get_value (self->file, FARE_SETTINGS_GROUP, key, NULL);
  if (text == NULL)
    return NULL;

  value = g_variant_parse (type, text, NULL, NULL, NULL);

  return value != NULL ? g_variant_ref_sink (value) : NULL;
}

gboolean
fare_settings_get_boolean (FareSettings *self,
                           const char   *key,
                           gboolean      fallback)
{
  g_autoptr(GVariant) value = fare_settings_dup_value (self, key, G_VARIANT_TYPE_BOOLEAN);

  return value != NULL ? g_variant_get_boolean (value) : fallback;
}

double
fare_settings_get_double (FareSettings *self,
                          const char   *key,
                          double        fallback)
{
  g_autoptr(GVariant) value = fare_settings_dup_value (self, key, G_VARIANT_TYPE_DOUBLE);

  return value != NULL ? g_variant_get_double (value) : fallback;
}

guint
fare_settings_get_uint (FareSettings *self,
                        const char   *key,
                        guint         fallback)
{
  g_autoptr(GVariant) value = fare_settings_dup_value (self, key, G_VARIANT_TYPE_UINT32);

  return value != NULL ? g_variant_get_uint32 (value) : fallback;
}

char *
fare_settings_dup_string (FareSettings *self,
                          const char   *key,
                          const char   *fallback)
{
  g_autoptr(GVariant) value = fare_settings_dup_value (self, key, G_VARIANT_TYPE_STRING);

  return value != NULL ? g_variant_dup_string (value, NULL) : g_strdup (fallback);
}

GStrv
fare_settings_dup_strv (FareSettings *self,
                        const char   *key)
{
  g_autoptr(GVariant) value = fare_settings_dup_value (self, key, G_VARIANT_TYPE_STRING_ARRAY);

  return value != NULL ? g_variant_dup_strv (value, NULL) : g_new0 (char *, 1);
}

/* A link stays one. */
static char *
find_file (FarePaths *paths)
{
  const char *path = fare_paths_get_settings_file (paths);
  char *resolved = realpath (path, NULL);

  return resolved != NULL ? resolved : g_strdup (path);
}

static gboolean
write_file (GKeyFile    *file,
            const char  *path,
            GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *text = g_key_file_to_data (file, NULL, NULL);
  struct stat status;
  int mode = stat (path, &status) == 0 ? (int) (status.st_mode & 0777) : 0600;

  g_mkdir_with_parents (folder, 0700);
  return g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, mode, error);
}

gboolean
fare_settings_change (FarePaths   *paths,
                      const char  *key,
                      GVariant    *value,
                      GError     **error)
{
  g_autoptr(GVariant) held = value != NULL ? g_variant_ref_sink (value) : NULL;
  g_autoptr(GKeyFile) file = g_key_file_new ();
  g_autofree char *path = NULL;
  g_autoptr(GError) reason = NULL;

  g_return_val_if_fail (FARE_IS_PATHS (paths), FALSE);
  g_return_val_if_fail (key != NULL, FALSE);

  path = find_file (paths);
  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_KEEP_COMMENTS, &reason)
      && !g_error_matches (reason, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    {
      g_propagate_prefixed_error (error, g_steal_pointer (&reason), "%s: ", path);
      return FALSE;
    }

  if (held != NULL)
    {
      g_autofree char *text = g_variant_print (held, FALSE);

      g_key_file_set_value (file, FARE_SETTINGS_GROUP, key, text);
    }
  else if (!g_key_file_remove_key (file, FARE_SETTINGS_GROUP, key, NULL))
    {
      return TRUE;
    }

  return write_file (file, path, error);
}
