/* fare-text-clock.c
 *
 * The time of day, as the desktop's clock shows it: the one text that asks the desktop.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "base/fare-text.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <langinfo.h>
#include <string.h>

#define NOTHING "–"

static gboolean
desktop_says_12_hours (gboolean *says_12_hours)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr(GSettingsSchema) schema = NULL;
  g_autoptr(GSettings) settings = NULL;
  g_autofree char *format = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, "org.gnome.desktop.interface", TRUE);

  if (schema == NULL || !g_settings_schema_has_key (schema, "clock-format"))
    return FALSE;

  settings = g_settings_new_full (schema, NULL, NULL);
  format = g_settings_get_string (settings, "clock-format");
  *says_12_hours = g_str_equal (format, "12h");

  return TRUE;
}

static gboolean
locale_says_12_hours (void)
{
  const char *format = nl_langinfo (T_FMT);

  return strstr (format, "%r") != NULL || strstr (format, "%I") != NULL ||
         strstr (format, "%l") != NULL || strstr (format, "%p") != NULL;
}

/* Asked once per process: a clock is shown on many rows, and a settings object costs a file. */
static gboolean
clock_has_12_hours (void)
{
  static gsize answer = 0;

  if (g_once_init_enter (&answer))
    {
      gboolean says_12_hours;

      if (!desktop_says_12_hours (&says_12_hours))
        says_12_hours = locale_says_12_hours ();

      g_once_init_leave (&answer, says_12_hours ? 2 : 1);
    }

  return answer == 2;
}

char *
fare_text_clock (gint64     time_ms,
                 GTimeZone *zone)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc (time_ms / 1000);
  g_autoptr(GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;

  if (local == NULL)
    return g_strdup (NOTHING);

  if (clock_has_12_hours ())
    /* Translators: format of a time of day with 12 hours: "2:32 PM"; xgettext:no-c-format */
    return g_date_time_format (local, C_("time of day", "%-I:%M %p"));

  /* Translators: format of a time of day with 24 hours: "14:32"; xgettext:no-c-format */
  return g_date_time_format (local, C_("time of day", "%H:%M"));
}
