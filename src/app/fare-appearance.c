/* fare-appearance.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "fare-appearance.h"

#include <adwaita.h>

#include "widgets/fare-style.h"

void
fare_appearance_set_style (const char *name)
{
  if (!fare_style_set_name (fare_style_get_for_display (gdk_display_get_default ()), name))
    g_message ("There is no style “%s”", name);
}

static void
style_setting_cb (GSettings *settings)
{
  g_autofree char *name = g_settings_get_string (settings, "style");

  fare_appearance_set_style (name);
}

static void
color_scheme_setting_cb (GSettings *settings)
{
  static const AdwColorScheme schemes[] = {
    ADW_COLOR_SCHEME_DEFAULT, ADW_COLOR_SCHEME_FORCE_LIGHT, ADW_COLOR_SCHEME_FORCE_DARK
  };
  guint i = (guint) g_settings_get_enum (settings, "color-scheme");

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      schemes[MIN (i, G_N_ELEMENTS (schemes) - 1)]);
}

/* What the window writes itself is what is shown already. */
static void
range_setting_cb (GSettings       *settings,
                  const char      *key,
                  FareRangeChoice *choice)
{
  g_autofree char *wanted = g_settings_get_string (settings, "default-range");
  g_autofree char *shown = fare_range_choice_to_string (choice);

  if (g_strcmp0 (wanted, shown) != 0)
    fare_range_choice_from_string (choice, wanted);
}

void
fare_appearance_follow (FarePreferences *preferences,
                        FareRangeChoice *choice)
{
  GSettings *settings = fare_preferences_get_settings (preferences);

  g_return_if_fail (FARE_IS_RANGE_CHOICE (choice));

  g_signal_connect_object (settings, "changed::style", G_CALLBACK (style_setting_cb), choice, 0);
  g_signal_connect_object (settings, "changed::color-scheme",
                           G_CALLBACK (color_scheme_setting_cb), choice, 0);
  g_signal_connect_object (settings, "changed::default-range",
                           G_CALLBACK (range_setting_cb), choice, 0);
  style_setting_cb (settings);
  color_scheme_setting_cb (settings);
}
