/* fare-json-parse.c
 *
 * JSON that others wrote, as a tree.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "base/fare-json-parse.h"

#include <gio/gio.h>

/* Behind the string that begins at @p. */
static const char *
skip_string (const char *p,
             const char *end)
{
  for (p++; p < end && *p != '"'; p++)
    if (*p == '\\' && p + 1 < end)
      p++;

  return p < end ? p + 1 : end;
}

/* What could hide brackets outside of strings, a comment above all, is no JSON anyway. */
static gboolean
is_harmless (const char *text,
             gsize       length)
{
  const char *end = text + length;
  guint depth = 0;

  for (const char *p = text; p < end;)
    {
      switch (*p)
        {
        case '"':
          p = skip_string (p, end);
          continue;

        case '[':
        case '{':
          if (++depth > FARE_JSON_MAX_DEPTH)
            return FALSE;
          break;

        case ']':
        case '}':
          depth -= depth > 0;
          break;

        case '/':
        case '#':
        case '\'':
          return FALSE;

        default:
          break;
        }
      p++;
    }

  return TRUE;
}

JsonNode *
fare_json_parse (const char  *text,
                 gsize        length,
                 GError     **error)
{
  g_autoptr(JsonParser) parser = NULL;
  JsonNode *root;

  if (!g_utf8_validate (text, (gssize) length, NULL) || !is_harmless (text, length))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "not JSON, or nested too deep");
      return NULL;
    }

  parser = json_parser_new ();
  if (!json_parser_load_from_data (parser, text, (gssize) length, error))
    return NULL;

  root = json_parser_steal_root (parser);
  if (root == NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "empty");

  return root;
}
