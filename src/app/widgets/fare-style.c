/* fare-style.c
 *
 * The style of everything on a display.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "widgets/fare-style.h"

#define RESOURCES "/io/github/tokenfare/Tokenfare/styles/"

struct _FareStyle
{
  GObject               parent_instance;

  AdwStyleManager      *manager;
  GtkCssProvider       *provider;
  const FareStyleEntry *entry;
};

G_DEFINE_FINAL_TYPE (FareStyle, fare_style, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_NAME,
  N_PROPS
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

/* Which names of libadwaita and of our own CSS a colour goes by. */
static const struct
{
  FareColorRole role;
  const char *name;
} named_colors[] = {
  { FARE_COLOR_BACKGROUND,     "window_bg_color" },
  { FARE_COLOR_BACKGROUND,     "headerbar_bg_color" },
  { FARE_COLOR_BACKGROUND,     "headerbar_backdrop_color" },
  { FARE_COLOR_BACKGROUND_END, "fare_window_end_color" },
  { FARE_COLOR_SURFACE,        "view_bg_color" },
  { FARE_COLOR_SURFACE,        "card_bg_color" },
  { FARE_COLOR_SURFACE,        "dialog_bg_color" },
  { FARE_COLOR_SURFACE,        "popover_bg_color" },
  { FARE_COLOR_TEXT,           "window_fg_color" },
  { FARE_COLOR_TEXT,           "view_fg_color" },
  { FARE_COLOR_TEXT,           "headerbar_fg_color" },
  { FARE_COLOR_TEXT,           "card_fg_color" },
  { FARE_COLOR_TEXT,           "dialog_fg_color" },
  { FARE_COLOR_TEXT,           "popover_fg_color" },
  { FARE_COLOR_MUTED,          "fare_muted_color" },
  { FARE_COLOR_BORDER,         "borders" },
  { FARE_COLOR_BORDER,         "card_shade_color" },
  { FARE_COLOR_BORDER,         "headerbar_shade_color" },
  { FARE_COLOR_ACCENT,         "accent_color" },
  { FARE_COLOR_ACCENT_BG,      "accent_bg_color" },
  { FARE_COLOR_ACCENT_FG,      "accent_fg_color" },
  { FARE_COLOR_ERROR,          "error_color" },
  { FARE_COLOR_ERROR,          "destructive_color" },
  { FARE_COLOR_WARNING,        "warning_color" },
  { FARE_COLOR_SUCCESS,        "success_color" },
};

static const FareColors *
get_scheme (FareStyle *self)
{
  return adw_style_manager_get_dark (self->manager) ? &self->entry->dark : &self->entry->light;
}

static void
append_resource (GString    *css,
                 const char *name)
{
  g_autofree char *path = g_strconcat (RESOURCES, name, ".css", NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, &error);

  if (bytes == NULL)
    g_critical ("%s", error->message);
  else
    g_string_append_len (css, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes));
}

/* The colours of the table by their names, then the rules that all styles share, then its own. */
static char *
make_css (FareStyle *self)
{
  const FareColors *colors = get_scheme (self);
  GString *css = g_string_new (NULL);

  if (colors->roles[FARE_COLOR_TEXT] != NULL && !adw_style_manager_get_high_contrast (self->manager))
    {
      for (guint i = 0; i < G_N_ELEMENTS (named_colors); i++)
        g_string_append_printf (css, "@define-color %s %s;\n", named_colors[i].name,
                                colors->roles[named_colors[i].role]);

      append_resource (css, "common");
      append_resource (css, self->entry->name);
    }

  return g_string_free (css, FALSE);
}

static void
update (FareStyle *self)
{
  g_autofree char *css = make_css (self);

  gtk_css_provider_load_from_data (self->provider, css, -1);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
fare_style_get_property (GObject    *object,
                         guint       prop_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_NAME:
      g_value_set_string (value, FARE_STYLE (object)->entry->name);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
fare_style_set_property (GObject      *object,
                         guint         prop_id,
                         const GValue *value,
                         GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_NAME:
      fare_style_set_name (FARE_STYLE (object), g_value_get_string (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
fare_style_finalize (GObject *object)
{
  FareStyle *self = FARE_STYLE (object);

  g_clear_object (&self->provider);

  G_OBJECT_CLASS (fare_style_parent_class)->finalize (object);
}

static void
fare_style_class_init (FareStyleClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = fare_style_finalize;
  object_class->get_property = fare_style_get_property;
  object_class->set_property = fare_style_set_property;

  properties[PROP_NAME] =
    g_param_spec_string ("name", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * FareStyle::changed:
   *
   * Colours are others than before: another style, scheme or contrast.
   */
  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
fare_style_init (FareStyle *self)
{
  guint n_entries;

  self->entry = fare_style_table (&n_entries);
  self->provider = gtk_css_provider_new ();
}

static FareStyle *
make_style (GdkDisplay *display)
{
  FareStyle *self = g_object_new (FARE_TYPE_STYLE, NULL);

  self->manager = adw_style_manager_get_for_display (display);
  /* Above the rules of the program itself, which hold for all styles. */
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (self->provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 1);
  g_signal_connect_object (self->manager, "notify::dark",
                           G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->manager, "notify::high-contrast",
                           G_CALLBACK (update), self, G_CONNECT_SWAPPED);

  return self;
}

FareStyle *
fare_style_get_for_display (GdkDisplay *display)
{
  FareStyle *self;

  g_return_val_if_fail (GDK_IS_DISPLAY (display), NULL);

  self = g_object_get_data (G_OBJECT (display), "fare-style");

  if (self == NULL)
    {
      self = make_style (display);
      g_object_set_data_full (G_OBJECT (display), "fare-style", self, g_object_unref);
    }

  return self;
}

static const FareStyleEntry *
find_entry (const char *name)
{
  guint n_entries;
  const FareStyleEntry *entries = fare_style_table (&n_entries);

  for (guint i = 0; i < n_entries; i++)
    {
      if (g_strcmp0 (entries[i].name, name) == 0)
        return &entries[i];
    }

  return NULL;
}

const char **
fare_style_get_names (void)
{
  guint n_entries;
  const FareStyleEntry *entries = fare_style_table (&n_entries);
  const char **names = g_new0 (const char *, n_entries + 1);

  for (guint i = 0; i < n_entries; i++)
    names[i] = entries[i].name;

  return names;
}

const char *
fare_style_get_title (const char *name)
{
  const FareStyleEntry *entry = find_entry (name);

  g_return_val_if_fail (entry != NULL, NULL);

  return g_dpgettext2 (NULL, "style", entry->title);
}

const char *
fare_style_get_name (FareStyle *self)
{
  g_return_val_if_fail (FARE_IS_STYLE (self), NULL);

  return self->entry->name;
}

gboolean
fare_style_set_name (FareStyle  *self,
                     const char *name)
{
  const FareStyleEntry *entry = find_entry (name);

  g_return_val_if_fail (FARE_IS_STYLE (self), FALSE);

  if (entry == NULL)
    return FALSE;

  if (entry != self->entry)
    {
      self->entry = entry;
      update (self);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
    }

  return TRUE;
}

const FareColors *
fare_style_get_colors (FareStyle *self)
{
  g_return_val_if_fail (FARE_IS_STYLE (self), NULL);

  if (adw_style_manager_get_high_contrast (self->manager))
    return fare_style_table_get_contrast (adw_style_manager_get_dark (self->manager));

  return get_scheme (self);
}
