/* fare-alert-memory.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "fare-alert-memory.h"

#include <string.h>

#define KEY "fired-alerts"

/* In front of marks; no line of the budgets begins so. */
#define MARK "mark:"

static gboolean
is_mark (const char *line)
{
  return g_str_has_prefix (line, MARK);
}

FareBudgetMemory *
fare_alert_memory_load_budgets (GSettings *settings)
{
  g_auto(GStrv) lines = g_settings_get_strv (settings, KEY);
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (!is_mark (lines[i]))
        g_string_append_printf (text, "%s\n", lines[i]);
    }

  return fare_budget_memory_new (text->str);
}

static void
save (GSettings    *settings,
      GStrvBuilder *builder,
      GStrv         before)
{
  g_auto(GStrv) lines = g_strv_builder_end (builder);

  if (!g_strv_equal ((const char * const *) lines, (const char * const *) before))
    g_settings_set_strv (settings, KEY, (const char * const *) lines);
}

void
fare_alert_memory_save_budgets (GSettings        *settings,
                                FareBudgetMemory *budgets)
{
  g_auto(GStrv) before = g_settings_get_strv (settings, KEY);
  g_autofree char *text = fare_budget_memory_to_text (budgets);
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (lines[i][0] != '\0')
        g_strv_builder_add (builder, lines[i]);
    }
  for (guint i = 0; before[i] != NULL; i++)
    {
      if (is_mark (before[i]))
        g_strv_builder_add (builder, before[i]);
    }

  save (settings, builder, before);
}

static char *
make_prefix (const char *name)
{
  return g_strconcat (MARK, name, " ", NULL);
}

char *
fare_alert_memory_dup_mark (GSettings  *settings,
                            const char *name)
{
  g_auto(GStrv) lines = g_settings_get_strv (settings, KEY);
  g_autofree char *prefix = make_prefix (name);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (g_str_has_prefix (lines[i], prefix))
        return g_strdup (lines[i] + strlen (prefix));
    }

  return NULL;
}

void
fare_alert_memory_set_mark (GSettings  *settings,
                            const char *name,
                            const char *value)
{
  g_auto(GStrv) before = g_settings_get_strv (settings, KEY);
  g_autofree char *prefix = make_prefix (name);
  g_autofree char *line = g_strconcat (prefix, value, NULL);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; before[i] != NULL; i++)
    {
      if (!g_str_has_prefix (before[i], prefix))
        g_strv_builder_add (builder, before[i]);
    }
  g_strv_builder_add (builder, line);

  save (settings, builder, before);
}
