/* fare-preferences.c
 *
 * What the window remembers from one run to the next.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "models/fare-preferences.h"

struct _FarePreferences
{
  GObject    parent_instance;

  GSettings *settings; /* NULL where the schema is not installed */
  char      *last_page;
  char      *default_range;
  int        window_width;
  int        window_height;
  guint      window_maximized : 1;
  guint      hide_amounts : 1;
};

G_DEFINE_FINAL_TYPE (FarePreferences, fare_preferences, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_WINDOW_WIDTH,
  PROP_WINDOW_HEIGHT,
  PROP_WINDOW_MAXIMIZED,
  PROP_LAST_PAGE,
  PROP_DEFAULT_RANGE,
  PROP_HIDE_AMOUNTS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* g_settings_new() ends the process when the schema is missing; an uninstalled program has none. */
static GSettings *
open_settings (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr(GSettingsSchema) schema = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, APP_ID, TRUE);

  return schema != NULL ? g_settings_new_full (schema, NULL, NULL) : NULL;
}

static void
bind_settings (FarePreferences *self)
{
  g_autoptr(GSettingsSchema) schema = NULL;

  self->settings = open_settings ();
  if (self->settings == NULL)
    {
      g_debug ("Settings schema %s is not installed, settings last for this run only", APP_ID);
      return;
    }

  g_object_get (self->settings, "settings-schema", &schema, NULL);

  for (guint i = PROP_0 + 1; i < N_PROPS; i++)
    {
      const char *name = properties[i]->name;

      if (g_settings_schema_has_key (schema, name))
        g_settings_bind (self->settings, name, self, name, G_SETTINGS_BIND_DEFAULT);
    }
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
    case PROP_WINDOW_WIDTH:
      g_value_set_int (value, self->window_width);
      break;

    case PROP_WINDOW_HEIGHT:
      g_value_set_int (value, self->window_height);
      break;

    case PROP_WINDOW_MAXIMIZED:
      g_value_set_boolean (value, self->window_maximized);
      break;

    case PROP_LAST_PAGE:
      g_value_set_string (value, self->last_page);
      break;

    case PROP_DEFAULT_RANGE:
      g_value_set_string (value, self->default_range);
      break;

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
    case PROP_WINDOW_WIDTH:
      self->window_width = g_value_get_int (value);
      break;

    case PROP_WINDOW_HEIGHT:
      self->window_height = g_value_get_int (value);
      break;

    case PROP_WINDOW_MAXIMIZED:
      self->window_maximized = g_value_get_boolean (value);
      break;

    case PROP_LAST_PAGE:
      fare_preferences_set_last_page (self, g_value_get_string (value));
      break;

    case PROP_DEFAULT_RANGE:
      fare_preferences_set_default_range (self, g_value_get_string (value));
      break;

    case PROP_HIDE_AMOUNTS:
      fare_preferences_set_hide_amounts (self, g_value_get_boolean (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
fare_preferences_constructed (GObject *object)
{
  G_OBJECT_CLASS (fare_preferences_parent_class)->constructed (object);

  bind_settings (FARE_PREFERENCES (object));
}

static void
fare_preferences_finalize (GObject *object)
{
  FarePreferences *self = FARE_PREFERENCES (object);

  g_clear_object (&self->settings);
  g_clear_pointer (&self->last_page, g_free);
  g_clear_pointer (&self->default_range, g_free);

  G_OBJECT_CLASS (fare_preferences_parent_class)->finalize (object);
}

static void
fare_preferences_class_init (FarePreferencesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->constructed = fare_preferences_constructed;
  object_class->finalize = fare_preferences_finalize;
  object_class->get_property = fare_preferences_get_property;
  object_class->set_property = fare_preferences_set_property;

  properties[PROP_WINDOW_WIDTH] =
    g_param_spec_int ("window-width", NULL, NULL, 0, G_MAXINT, 1000, flags);
  properties[PROP_WINDOW_HEIGHT] =
    g_param_spec_int ("window-height", NULL, NULL, 0, G_MAXINT, 700, flags);
  properties[PROP_WINDOW_MAXIMIZED] =
    g_param_spec_boolean ("window-maximized", NULL, NULL, FALSE, flags);
  properties[PROP_LAST_PAGE] =
    g_param_spec_string ("last-page", NULL, NULL, "overview", flags);
  properties[PROP_DEFAULT_RANGE] =
    g_param_spec_string ("default-range", NULL, NULL, "today", flags);
  properties[PROP_HIDE_AMOUNTS] =
    g_param_spec_boolean ("hide-amounts", NULL, NULL, FALSE, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
fare_preferences_init (FarePreferences *self)
{
  self->window_width = 1000;
  self->window_height = 700;
  self->last_page = g_strdup ("overview");
  self->default_range = g_strdup ("today");
}

FarePreferences *
fare_preferences_new (void)
{
  return g_object_new (FARE_TYPE_PREFERENCES, NULL);
}

gboolean
fare_preferences_get_window (FarePreferences *self,
                             int             *width,
                             int             *height)
{
  g_return_val_if_fail (FARE_IS_PREFERENCES (self), FALSE);

  *width = self->window_width;
  *height = self->window_height;

  return self->window_maximized;
}

void
fare_preferences_set_window (FarePreferences *self,
                             int              width,
                             int              height,
                             gboolean         is_maximized)
{
  g_return_if_fail (FARE_IS_PREFERENCES (self));

  if (self->window_width != width)
    {
      self->window_width = width;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WINDOW_WIDTH]);
    }

  if (self->window_height != height)
    {
      self->window_height = height;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WINDOW_HEIGHT]);
    }

  if (self->window_maximized != !!is_maximized)
    {
      self->window_maximized = !!is_maximized;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WINDOW_MAXIMIZED]);
    }
}

const char *
fare_preferences_get_last_page (FarePreferences *self)
{
  g_return_val_if_fail (FARE_IS_PREFERENCES (self), NULL);

  return self->last_page;
}

void
fare_preferences_set_last_page (FarePreferences *self,
                                const char      *page)
{
  g_return_if_fail (FARE_IS_PREFERENCES (self));
  g_return_if_fail (page != NULL);

  if (g_strcmp0 (self->last_page, page) == 0)
    return;

  g_free (self->last_page);
  self->last_page = g_strdup (page);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LAST_PAGE]);
}

const char *
fare_preferences_get_default_range (FarePreferences *self)
{
  g_return_val_if_fail (FARE_IS_PREFERENCES (self), NULL);

  return self->default_range;
}

void
fare_preferences_set_default_range (FarePreferences *self,
                                    const char      *range)
{
  g_return_if_fail (FARE_IS_PREFERENCES (self));
  g_return_if_fail (range != NULL);

  if (g_strcmp0 (self->default_range, range) == 0)
    return;

  g_free (self->default_range);
  self->default_range = g_strdup (range);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DEFAULT_RANGE]);
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
