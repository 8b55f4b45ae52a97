/* fare-preferences.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

/* The key file backend is public but asks for this word. */
#define G_SETTINGS_ENABLE_BACKEND
#include <gio/gsettingsbackend.h>
#include <glib/gstdio.h>

#include "base/fare-settings.h"
#include "fare-desktop-resources.h"
#include "models/fare-preferences.h"

#define SCHEMAS_RESOURCE "/io/github/tokenfare/Tokenfare/gschemas.compiled"

struct _FarePreferences
{
  GObject    parent_instance;

  GSettings *settings;
  guint      hide_amounts : 1;
};

G_DEFINE_FINAL_TYPE (FarePreferences, fare_preferences, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_HIDE_AMOUNTS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* Schemas can be read from a folder only.  The program carries its own inside and lays it out for
 * a moment, so that it knows its keys wherever it runs from; the file is mapped when it goes. */
static GSettingsSchema *
open_schema (void)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("tokenfare-XXXXXX", &error);
  g_autofree char *file = NULL;
  g_autoptr(GBytes) compiled = NULL;
  g_autoptr(GSettingsSchemaSource) source = NULL;

  if (folder != NULL)
    {
      file = g_build_filename (folder, "gschemas.compiled", NULL);
      compiled = g_resource_lookup_data (fare_desktop_get_resource (), SCHEMAS_RESOURCE,
                                         G_RESOURCE_LOOKUP_FLAGS_NONE, &error);
    }

  if (compiled != NULL &&
      g_file_set_contents (file, g_bytes_get_data (compiled, NULL),
                           (gssize) g_bytes_get_size (compiled), &error))
    source = g_settings_schema_source_new_from_directory (folder, NULL, TRUE, &error);

  if (file != NULL)
    g_unlink (file);
  if (folder != NULL)
    g_rmdir (folder);

  if (source != NULL)
    return g_settings_schema_source_lookup (source, APP_ID, FALSE);

  /* Without a place for temporary files there may still be an installed one. */
  g_debug ("Using the installed schema: %s", error->message);
  source = g_settings_schema_source_get_default ();
  if (source != NULL)
    g_settings_schema_source_ref (source);

  return source != NULL ? g_settings_schema_source_lookup (source, APP_ID, TRUE) : NULL;
}

static void
fare_preferences_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  FarePreferences *self = FARE_PREFERENCES (object);

  switch (prop_id)
    {
    case PROP_HIDE_AMOUNTS:
      g_value_set_boolean (value, self->hide_amounts);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
fare_preferences_set_property (GObject      *object,
                               guint         prop_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  FarePreferences *self = FARE_PREFERENCES (object);

  switch (prop_id)
    {
    case PROP_HIDE_AMOUNTS:
      fare_preferences_set_hide_amounts (self, g_value_get_boolean (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
fare_preferences_finalize (GObject *object)
{
  FarePreferences *self = FARE_PREFERENCES (object);

  g_clear_object (&self->settings);

  G_OBJECT_CLASS (fare_preferences_parent_class)->finalize (object);
}

static void
fare_preferences_class_init (FarePreferencesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = fare_preferences_finalize;
  object_class->get_property = fare_preferences_get_property;
  object_class->set_property = fare_preferences_set_property;

  properties[PROP_HIDE_AMOUNTS] =
    g_param_spec_boolean ("hide-amounts", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
fare_preferences_init (FarePreferences *self)
{
}

FarePreferences *
fare_preferences_new (FarePaths *paths)
{
  g_autoptr(GSettingsSchema) schema = open_schema ();
  g_autoptr(GSettingsBackend) backend = NULL;
  g_autofree char *folder = NULL;
  FarePreferences *self;

  g_return_val_if_fail (FARE_IS_PATHS (paths), NULL);

  if (schema == NULL)
    g_error ("The settings schema %s is neither inside the program nor installed", APP_ID);

  /* Without its folder the file counts as not to be written, and all switches as locked. */
  folder = g_path_get_dirname (fare_paths_get_settings_file (paths));

  self = g_object_new (FARE_TYPE_PREFERENCES, NULL);

  /* Where there can be no folder, what is chosen holds as long as the program runs. */
  if (g_mkdir_with_parents (folder, 0700) == 0)
    backend = g_keyfile_settings_backend_new (fare_paths_get_settings_file (paths),
                                              FARE_SETTINGS_ROOT, FARE_SETTINGS_GROUP);
  else
    backend = g_memory_settings_backend_new ();

  self->settings = g_settings_new_full (schema, backend, NULL);
  g_settings_bind (self->settings, "hide-amounts", self, "hide-amounts", G_SETTINGS_BIND_DEFAULT);

  return self;
}

GSettings *
fare_preferences_get_settings (FarePreferences *self)
{
  g_return_val_if_fail (FARE_IS_PREFERENCES (self), NULL);

  return self->settings;
}

gboolean
fare_preferences_get_window (FarePreferences *self,
                             int             *width,
                             int             *height)
{
  g_return_val_if_fail (FARE_IS_PREFERENCES (self), FALSE);

  *width = g_settings_get_int (self->settings, "window-width");
  *height = g_settings_get_int (self->settings, "window-height");

  return g_settings_get_boolean (self->settings, "window-maximized");
}

void
fare_preferences_set_window (FarePreferences *self,
                             int              width,
                             int              height,
                             gboolean         is_maximized)
{
  g_return_if_fail (FARE_IS_PREFERENCES (self));

  g_settings_set_int (self->settings, "window-width", width);
  g_settings_set_int (self->settings, "window-height", height);
  g_settings_set_boolean (self->settings, "window-maximized", is_maximized);
}

gboolean
fare_preferences_get_hide_amounts (FarePreferences *self)
{
  g_return_val_if_fail (FARE_IS_PREFERENCES (self), FALSE);

  return self->hide_amounts;
}

void
fare_preferences_set_hide_amounts (FarePreferences *self,
                                   gboolean         hide)
{
  g_return_if_fail (FARE_IS_PREFERENCES (self));

  if (self->hide_amounts == !!hide)
    return;

  self->hide_amounts = !!hide;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HIDE_AMOUNTS]);
}
