/* fare-format-copilot-names.c
 *
 * Names of Copilot's sessions: session-state/<id>/workspace.yaml, of which only flat
 * lines "key: value" matter.  It is rewritten at every turn, so it is read by itself
 * and not as a part of the log beside it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "formats/fare-format-copilot.h"

#include <string.h>

#include "formats/fare-parts.h"

static gboolean
claims (const char *name)
{
  return g_str_equal (name, "workspace.yaml");
}

static GStrv
list_roots (FarePaths *paths)
{
  static const char * const folders[] = { "session-state", NULL };

  return fare_copilot_list_folders (paths, folders);
}

/* A block's first line stands for all of it. */
static const char *
find_value (char  *value,
            char **next)
{
  char *end;

  g_strstrip (value);
  if (*value != '|' && *value != '>')
    return value;
  value = *next;
  end = strchr (value, '\n');
  if (!g_ascii_isspace (*value) || end == value)
    return "";
  if (end != NULL)
    *end = '\0';
  *next = end != NULL ? end + 1 : value + strlen (value);

  return value;
}

/* The text of a plain, 'single' or "double" quoted scalar as it would stand in JSON; empty for
 * anything else (blocks, comments, null). */
static FareSpan
read_scalar (const char  *value,
             char       **buffer)
{
  g_autofree char *text = g_strstrip (g_strdup (value));
  g_autoptr(GString) inside = NULL;
  gsize length = strlen (text);
  FareSpan span = { "", 0 };

  if (length == 0 || strchr ("|>#&*!{[", *text) != NULL || g_str_equal (text, "~")
      || g_str_equal (text, "null"))
    return span;
  if (length >= 2 && *text == '"' && text[length - 1] == '"')
    {
      /* The escapes of a double quoted scalar are those of JSON, and a few more. */
      *buffer = g_strndup (text + 1, length - 2);
      return (FareSpan) { *buffer, strlen (*buffer) };
    }
  if (length >= 2 && *text == '\'' && text[length - 1] == '\'')
    {
      inside = g_string_new_len (text + 1, (gssize) length - 2);
      g_string_replace (inside, "''", "'", 0);
    }
  else
    {
      char *comment = strstr (text, " #");

      if (comment != NULL)
        *comment = '\0';
      inside = g_string_new (g_strchomp (text));
    }
  g_string_replace (inside, "\\", "\\\\", 0);
  *buffer = g_string_free (g_steal_pointer (&inside), FALSE);

  return (FareSpan) { *buffer, strlen (*buffer) };
}

static void
take_entry (FareLog    *log,
            guint32     session,
            const char *key,
            const char *value,
            gint64      offset)
{
  static const struct { const char *key; FareFactKind kind; guint rank; } names[] = {
    { "name", FARE_FACT_TITLE, FARE_COPILOT_TITLE_NAME },
    { "summary", FARE_FACT_TITLE, FARE_COPILOT_TITLE_SUMMARY },
    { "cwd", FARE_FACT_PROJECT, FARE_COPILOT_PROJECT_NAMES },
    { "git_root", FARE_FACT_PROJECT, FARE_COPILOT_PROJECT_GIT },
  };
  g_autofree char *buffer = NULL;
  FareSpan text;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (!g_str_equal (key, names[i].key))
        continue;
      text = read_scalar (value, &buffer);
      fare_log_add_text (log, session, names[i].kind, names[i].rank, offset, &text);
      return;
    }
}

static gboolean
read_log (FareLog  *log,
          GError  **error)
{
  g_autofree char *folder = fare_parts_folder (log->path, 1);
  g_autofree char *name = g_path_get_basename (folder);
  guint32 session = fare_parts_intern_name (log, name);
  g_autofree char *text = NULL;
  gsize length;
  gint64 line = 0;

  if (!fare_log_read_document (log, &text, &length, error))
    return FALSE;
  for (char *p = text, *next; *p != '\0'; p = next, line++)
    {
      char *end = strchr (p, '\n'), *colon;

      next = end != NULL ? end + 1 : p + strlen (p);
      if (end != NULL)
        *end = '\0';
      colon = strchr (p, ':');
      if (colon == NULL || !g_ascii_isalpha (*p))
        continue;
      *colon = '\0';
      take_entry (log, session, p, find_value (colon + 1, &next), line);
    }

  return TRUE;
}

const FareFormat fare_format_copilot_names = {
  .id = "copilot_cli",
  .claims = claims,
  .list_roots = list_roots,
  .max_depth = 2,
  .read = read_log,
  .fold = fare_copilot_fold,
  .is_document = TRUE,
};
