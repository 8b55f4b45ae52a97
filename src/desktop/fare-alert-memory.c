/* fare-alert-memory.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "fare-alert-memory.h"

#include <string.h>

#define KEY "fired-alerts"

/* How lines begin that are not the budgets'. */
#define LIMIT "limit "
#define MARK "mark:"

/* In the order in which they are kept, so that saving what has not changed writes nothing. */
typedef enum
{
  KIND_BUDGET,
  KIND_LIMIT,
  KIND_MARK,
  N_KINDS
} Kind;

static Kind
get_kind (const char *line)
{
  if (g_str_has_prefix (line, LIMIT))
    return KIND_LIMIT;

  return g_str_has_prefix (line, MARK) ? KIND_MARK : KIND_BUDGET;
}

static char *
load_text (GSettings *settings,
           Kind       kind)
{
  g_auto(GStrv) lines = g_settings_get_strv (settings, KEY);
  GString *text = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (get_kind (lines[i]) == kind)
        g_string_append_printf (text, "%s\n", lines[i]);
    }

  return g_string_free (text, FALSE);
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

static void
add_lines (GStrvBuilder *builder,
           GStrv         lines,
           Kind          kind)
{
  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (lines[i][0] != '\0' && get_kind (lines[i]) == kind)
        g_strv_builder_add (builder, lines[i]);
    }
}

/* Puts @text in the place of all lines of that kind. */
static void
save_text (GSettings  *settings,
           Kind        mine,
           const char *text)
{
  g_auto(GStrv) before = g_settings_get_strv (settings, KEY);
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (Kind kind = 0; kind < N_KINDS; kind++)
    add_lines (builder, kind == mine ? lines : before, kind);

  save (settings, builder, before);
}

FareMarks *
fare_alert_memory_load_budgets (GSettings *settings)
{
  g_autofree char *text = load_text (settings, KIND_BUDGET);

  return fare_budget_memory_new (text);
}

void
fare_alert_memory_save_budgets (GSettings *settings,
                                FareMarks *budgets)
{
  g_autofree char *text = fare_marks_to_text (budgets);

  save_text (settings, KIND_BUDGET, text);
}

FareMarks *
fare_alert_memory_load_limits (GSettings *settings)
{
  g_autofree char *text = load_text (settings, KIND_LIMIT);

  return fare_limit_memory_new (text);
}

void
fare_alert_memory_save_limits (GSettings *settings,
                               FareMarks *limits)
{
  g_autofree char *text = fare_marks_to_text (limits);

  save_text (settings, KIND_LIMIT, text);
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
