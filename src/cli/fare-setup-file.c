/* fare-setup-file.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "fare-setup-file.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/fare-settings.h"
#include "base/fare-text.h"

/* Never what is in a file that was written; the keys are put back one by one then. */
#define UNKNOWN ""

static char *
read_text (const char *path)
{
  char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) ? text : NULL;
}

gboolean
fare_setup_file_note (FareSetupFile  *self,
                      const char     *path,
                      GError        **error)
{
  g_autofree char *resolved = realpath (path, NULL);
  g_autofree char *text = NULL;
  g_autoptr(GError) reason = NULL;
  struct stat status;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, &reason)
      && !g_error_matches (reason, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return FALSE;
    }
  if (text != NULL && (strlen (text) != length || !g_utf8_validate (text, (gssize) length, NULL)))
    {
      g_autofree char *shown = fare_text_path (path);

      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _("“%s” is no text."), shown);
      return FALSE;
    }

  /* A link stays one. */
  self->path = g_strdup (resolved != NULL ? resolved : path);
  self->mode = text != NULL && stat (path, &status) == 0 ? status.st_mode & 0777 : 0;
  self->before = g_steal_pointer (&text);
  return TRUE;
}

void
fare_setup_file_seal (FareSetupFile *self)
{
  char *text = read_text (self->path);

  g_free (self->after);
  self->after = text != NULL ? text : g_strdup (UNKNOWN);
}

FareFileFate
fare_setup_file_look (const FareSetupFile *self)
{
  g_autofree char *text = read_text (self->path);

  if (text == NULL)
    return FARE_FILE_GONE;

  return g_strcmp0 (text, self->after) == 0 ? FARE_FILE_UNCHANGED : FARE_FILE_CHANGED;
}

gboolean
fare_setup_file_restore (const FareSetupFile  *self,
                         GError              **error)
{
  if (self->before != NULL)
    return g_file_set_contents_full (self->path, self->before, -1, G_FILE_SET_CONTENTS_CONSISTENT,
                                     (int) self->mode, error)
           && g_chmod (self->path, (int) self->mode) == 0;

  if (g_unlink (self->path) == 0 || errno == ENOENT)
    return TRUE;

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), _("“%s” could not be removed: %s"),
               self->path, g_strerror (errno));
  return FALSE;
}

static gboolean
is_noted (GPtrArray  *texts,
          const char *text)
{
  return g_ptr_array_find_with_equal_func (texts, text, g_str_equal, NULL);
}

void
fare_setup_note_folders (FareSetupManifest *manifest,
                         const char        *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (g_file_test (folder, G_FILE_TEST_EXISTS) || g_str_equal (folder, path))
    return;

  fare_setup_note_folders (manifest, folder);
  if (!is_noted (manifest->folders, folder))
    g_ptr_array_add (manifest->folders, g_strdup (folder));
}

void
fare_setup_remove_folders (const FareSetupManifest *manifest)
{
  for (guint i = manifest->folders->len; i > 0; i--)
    g_rmdir (g_ptr_array_index (manifest->folders, i - 1));
}

gboolean
fare_setup_change_setting (FareSetupManifest  *manifest,
                           FarePaths          *paths,
                           const char         *key,
                           GVariant           *value,
                           GError            **error)
{
  FareSetupFile *file = &manifest->settings;
  g_autoptr(GVariant) held = value != NULL ? g_variant_ref_sink (value) : NULL;
  gboolean is_first = file->path == NULL;
  gboolean is_known = TRUE;

  if (is_first)
    {
      fare_setup_note_folders (manifest, fare_paths_get_settings_file (paths));
      if (!fare_setup_file_note (file, fare_paths_get_settings_file (paths), error))
        return FALSE;
    }
  else
    {
      is_known = fare_setup_file_look (file) == FARE_FILE_UNCHANGED;
    }

  if (!fare_settings_change (paths, key, held, error))
    {
      if (is_first)
        fare_setup_file_clear (file);
      return FALSE;
    }

  fare_setup_file_seal (file);
  if (!is_known)
    {
      g_free (file->after);
      file->after = g_strdup (UNKNOWN);
    }
  if (!is_noted (manifest->keys, key))
    g_ptr_array_add (manifest->keys, g_strdup (key));

  return TRUE;
}

void
fare_setup_expect_setting (FareSetupManifest *manifest,
                           FarePaths         *paths,
                           const char        *key)
{
  manifest->settings.path = g_strdup (fare_paths_get_settings_file (paths));
  manifest->settings.after = g_strdup (UNKNOWN);
  g_ptr_array_add (manifest->keys, g_strdup (key));
}

static gboolean
restore_keys (FareSetupManifest  *manifest,
              FarePaths          *paths,
              GError            **error)
{
  g_autoptr(GKeyFile) before = g_key_file_new ();

  if (manifest->settings.before != NULL)
    g_key_file_load_from_data (before, manifest->settings.before, (gsize) -1, G_KEY_FILE_NONE, NULL);

  for (guint i = 0; i < manifest->keys->len; i++)
    {
      const char *key = g_ptr_array_index (manifest->keys, i);
      g_autofree char *text = g_key_file_get_value (before, FARE_SETTINGS_GROUP, key, NULL);
      g_autoptr(GVariant) value = text != NULL ? g_variant_parse (NULL, text, NULL, NULL, NULL) : NULL;

      if (!fare_settings_change (paths, key, value, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
fare_setup_restore_settings (FareSetupManifest  *manifest,
                             FarePaths          *paths,
                             GError            **error)
{
  FareFileFate fate;

  if (manifest->settings.path == NULL)
    return TRUE;

  fate = fare_setup_file_look (&manifest->settings);
  if (fate == FARE_FILE_UNCHANGED && !fare_setup_file_restore (&manifest->settings, error))
    return FALSE;
  if (fate == FARE_FILE_CHANGED && !restore_keys (manifest, paths, error))
    return FALSE;

  fare_setup_file_clear (&manifest->settings);
  g_ptr_array_set_size (manifest->keys, 0);
  return TRUE;
}
