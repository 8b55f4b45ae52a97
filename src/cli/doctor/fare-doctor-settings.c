/* fare-doctor-settings.c
 *
 * The user's settings file: whether every program reads it as it is meant.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "doctor/fare-doctor-private.h"

#include <glib/gi18n.h>

#include "formats/fare-format.h"

/* Keys that change figures or what answers; a value of another type is as if it were not there. */
static const struct
{
  const char *key;
  const char *type;
} keys[] = {
  { "disabled-sources", "as" },
  { "extra-roots", "a{sas}" },
  { "payment-mode", "s" },
  { "plan-price", "d" },
  { "currency", "s" },
  { "currency-rates", "a(sd)" },
  { "hide-amounts", "b" },
  { "budget-day", "d" },
  { "budget-week", "d" },
  { "budget-month", "d" },
  { "budget-warn-percent", "u" },
  { "limit-warn-percent", "u" },
  { "tray-enabled", "b" },
  { "api-enabled", "b" },
  { "api-port", "u" },
  { "api-hosts", "as" },
};

static void
check_values (GKeyFile     *file,
              GStrvBuilder *problems)
{
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autofree char *text = g_key_file_get_value (file, FARE_SETTINGS_GROUP, keys[i].key, NULL);
      g_autoptr(GVariant) value = NULL;
      g_autofree char *problem = NULL;

      if (text == NULL)
        continue;
      value = g_variant_parse (G_VARIANT_TYPE (keys[i].type), text, NULL, NULL, NULL);
      if (value != NULL)
        continue;

      /* Translators: the name of a setting and its value */
      problem = g_strdup_printf (_("“%s” cannot be “%s”; it counts as not set."), keys[i].key, text);
      g_strv_builder_add (problems, problem);
    }
}

static void
check_client (const char   *client,
              GStrvBuilder *problems)
{
  g_autofree char *problem = NULL;

  if (fare_format_find (client) != NULL)
    return;

  problem = g_strdup_printf (_("There is no tool “%s”."), client);
  g_strv_builder_add (problems, problem);
}

static void
check_clients (FareSettings *settings,
               GStrvBuilder *problems)
{
  g_auto(GStrv) disabled = fare_settings_dup_strv (settings, "disabled-sources");
  g_autoptr(GVariant) extra = fare_settings_dup_value (settings, "extra-roots",
                                                       G_VARIANT_TYPE ("a{sas}"));
  GVariantIter iter;
  const char *client;

  for (guint i = 0; disabled[i] != NULL; i++)
    check_client (disabled[i], problems);

  if (extra == NULL)
    return;
  g_variant_iter_init (&iter, extra);
  while (g_variant_iter_next (&iter, "{&s@as}", &client, NULL))
    check_client (client, problems);
}

void
fare_doctor_look_at_settings (FareDoctor   *self,
                              FareSettings *settings)
{
  const char *path = fare_paths_get_settings_file (self->paths);
  g_autoptr(GKeyFile) file = g_key_file_new ();
  g_autoptr(GStrvBuilder) problems = g_strv_builder_new ();
  g_autoptr(GError) error = NULL;

  self->settings.path = g_strdup (path);
  self->settings.exists = g_file_test (path, G_FILE_TEST_EXISTS);
  self->settings.wants_api = fare_settings_get_boolean (settings, "api-enabled", FALSE);
  if (self->settings.exists)
    {
      if (g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, &error))
        {
          check_values (file, problems);
          check_clients (settings, problems);
        }
      else
        g_strv_builder_add (problems, error->message);
    }

  self->settings.problems = g_strv_builder_end (problems);
}
