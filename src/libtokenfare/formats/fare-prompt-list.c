/* fare-prompt-list.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "formats/fare-prompt-list.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/fare-instant.h"

/* A log with more is no talk with a person. */
#define MAX_PROMPTS 20000

/* Lines between two looks at the cancellable. */
#define PATIENCE 256

/* Bytes of a text that can matter: characters have at most four, blanks may be collapsed. */
#define TEXT_BYTES (8 * FARE_PROMPT_LENGTH)

static void
prompt_free (FarePrompt *self)
{
  g_free (self->text);
  g_free (self);
}

static const FareFormat *
find_format (const char *client,
             const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  const FareFormat * const *formats;
  guint n_formats;

  formats = fare_format_get_all (&n_formats);
  for (guint i = 0; i < n_formats; i++)
    if (g_str_equal (formats[i]->id, client) && formats[i]->read_prompt != NULL &&
        formats[i]->claims (name))
      return formats[i];

  return NULL;
}

gboolean
fare_prompt_list_can_read (const char *client,
                           const char *path)
{
  return find_format (client, path) != NULL;
}

/* The inside of "<tag>…</tag>". */
static char *
find_element (const char *text,
              const char *tag)
{
  g_autofree char *open = g_strdup_printf ("<%s>", tag);
  g_autofree char *close = g_strdup_printf ("</%s>", tag);
  const char *start = strstr (text, open);
  const char *end = start != NULL ? strstr (start, close) : NULL;

  return end != NULL ? g_strndup (start + strlen (open), end - start - strlen (open)) : NULL;
}

/* A command is logged as elements; what the user typed is its name and its arguments. */
static char *
unwrap_command (char *text)
{
  g_autofree char *taken = text;
  g_autofree char *name = find_element (text, "command-name");
  g_autofree char *arguments = find_element (text, "command-args");

  if (name == NULL || strspn (text, " \t\r\n") != (gsize) (strstr (text, "<command-") - text))
    return g_steal_pointer (&taken);

  return g_strconcat (name, " ", arguments, NULL);
}

/* One line, control characters and runs of blanks as one blank each. */
static char *
tidy (char *text)
{
  g_autofree char *taken = text;
  GString *line = g_string_new (NULL);
  glong n = 0;
  gboolean wants_blank = FALSE;

  for (const char *p = text; *p != '\0' && n < FARE_PROMPT_LENGTH; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isspace (c) || g_unichar_iscntrl (c))
        {
          wants_blank = line->len > 0;
          continue;
        }
      if (wants_blank)
        g_string_append_c (line, ' ');
      n += 1 + wants_blank;
      wants_blank = FALSE;
      g_string_append_unichar (line, c);
    }

  return g_string_free (line, FALSE);
}

/* Leaves out what is nothing but blanks. */
static void
add_prompt (GPtrArray            *prompts,
            const FarePromptLine *line,
            gint64                offset)
{
  g_autofree char *text = tidy (unwrap_command (fare_span_dup (&line->text, TEXT_BYTES)));
  FarePrompt *prompt;

  if (*text == '\0')
    return;

  prompt = g_new0 (FarePrompt, 1);
  prompt->text = g_steal_pointer (&text);
  prompt->offset = offset;
  prompt->is_helper = line->is_helper;
  if (!fare_instant_parse (line->timestamp.text, line->timestamp.length, &prompt->time_ms))
    prompt->time_ms = 0;
  g_ptr_array_add (prompts, prompt);
}

static gboolean
check_end (FareLineReader  *reader,
           FareLineResult   result,
           GCancellable    *cancellable,
           GError         **error)
{
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (result != FARE_LINE_ERROR)
    return TRUE;

  g_set_error_literal (error, G_IO_ERROR,
                       g_io_error_from_errno (fare_line_reader_get_errno (reader)),
                       g_strerror (fare_line_reader_get_errno (reader)));
  return FALSE;
}

GPtrArray *
fare_prompt_list_read (const char    *client,
                       const char    *path,
                       GCancellable  *cancellable,
                       GError       **error)
{
  const FareFormat *format = find_format (client, path);
  g_autoptr(FareLineReader) reader = NULL;
  g_autoptr(GPtrArray) prompts = g_ptr_array_new_with_free_func ((GDestroyNotify) prompt_free);
  g_autoptr(GPtrArray) stand_ins = g_ptr_array_new_with_free_func ((GDestroyNotify) prompt_free);
  FareLineResult result = FARE_LINE_END;
  const char *line;
  gsize length;
  gint64 offset;

  if (format == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                           _("Prompts of this agent cannot be read."));
      return NULL;
    }

  reader = fare_line_reader_new ();
  if (!fare_line_reader_open (reader, path, 0, G_MAXINT64, error))
    return NULL;

  for (guint n = 0; prompts->len + stand_ins->len < MAX_PROMPTS; n++)
    {
      FarePromptLine prompt = { .text = { "", 0 }, .timestamp = { "", 0 } };

      if (n % PATIENCE == 0 && g_cancellable_is_cancelled (cancellable))
        break;
      result = fare_line_reader_next (reader, &line, &length, &offset);
      if (result == FARE_LINE_END || result == FARE_LINE_ERROR)
        break;
      if (result != FARE_LINE_OK || memmem (line, length, "user", strlen ("user")) == NULL ||
          !format->read_prompt (line, length, &prompt))
        continue;
      add_prompt (prompt.is_stand_in ? stand_ins : prompts, &prompt, offset);
    }

  if (!check_end (reader, result, cancellable, error))
    return NULL;

  return prompts->len > 0 ? g_steal_pointer (&prompts) : g_steal_pointer (&stand_ins);
}
