/* fare-price-json.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "pricing/fare-price-json.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "pricing/fare-price-book.h"

#define SIZE_LIMIT (16 * 1024 * 1024)

/* json-glib 1.6 recurses without a bound of its own; a price file needs seven levels. */
#define DEPTH_LIMIT 64

/* Length of the number at @text as JSON has it, or 0; json-glib reads 010 as eight. */
static gsize
measure_number (const char *text,
                gboolean   *is_whole)
{
  const char *p = text + (*text == '-' ? 1 : 0);
  gsize digits = strspn (p, "0123456789");

  *is_whole = TRUE;
  if (digits == 0 || (digits > 1 && *p == '0'))
    return 0;
  p += digits;

  if (*p == '.')
    {
      digits = strspn (p + 1, "0123456789");
      if (digits == 0)
        return 0;
      p += 1 + digits;
      *is_whole = FALSE;
    }

  if (*p == 'e' || *p == 'E')
    {
      p += p[1] == '+' || p[1] == '-' ? 2 : 1;
      digits = strspn (p, "0123456789");
      if (digits == 0)
        return 0;
      p += digits;
      *is_whole = FALSE;
    }

  return g_ascii_isalnum (*p) || *p == '.' || *p == '+' || *p == '-' ? 0 : (gsize) (p - text);
}

/* Copies the number at @text.  One too large for json-glib's integers would come out as another,
 * so it becomes a floating-point number. */
static gsize
copy_number (const char *text,
             GString    *clean)
{
  gboolean is_whole;
  gsize length = measure_number (text, &is_whole);
  g_autofree char *digits = g_strndup (text, length);

  g_string_append (clean, digits);
  if (is_whole && length > 0
      && !g_ascii_string_to_signed (digits, 10, G_MININT64, G_MAXINT64, NULL, NULL))
    g_string_append (clean, "e0");
  return length;
}

static gsize
measure_string (const char *text)
{
  const char *p = text + 1;

  while (*p != '\0' && *p != '"')
    p += *p == '\\' && p[1] != '\0' ? 2 : 1;

  return (gsize) (p - text) + (*p == '"' ? 1 : 0);
}

static guint
count_lines (const char *text,
             gsize       length)
{
  guint lines = 1;

  for (gsize i = 0; i < length; i++)
    lines += text[i] == '\n';

  return lines;
}

/* Copies @text for json-glib, which would accept or die of what is no JSON we want: deep nesting,
 * comments, other bases.  Returns the position of the first such thing, or the length. */
static gsize
clean_text (const char *text,
            GString    *clean)
{
  guint depth = 0;
  gsize i = 0;

  while (text[i] != '\0')
    {
      char c = text[i];
      gsize length = 1;

      if (c == '"')
        length = measure_string (text + i);
      else if (g_ascii_isalpha (c))
        while (g_ascii_isalnum (text[i + length]))
          length++;
      else if ((c == '[' || c == '{') && ++depth > DEPTH_LIMIT)
        return i;
      else if ((c == ']' || c == '}') && depth > 0)
        depth--;

      if (c == '-' || g_ascii_isdigit (c))
        length = copy_number (text + i, clean);
      else if (strchr ("/#'=;", c) != NULL)
        length = 0;
      else
        g_string_append_len (clean, text + i, (gssize) length);

      if (length == 0)
        return i;
      i += length;
    }

  return i;
}

static void
set_syntax_error (GError     **error,
                  const char  *path,
                  guint        line)
{
  g_set_error (error, FARE_PRICE_ERROR, FARE_PRICE_ERROR_SYNTAX,
               _("“%s” is not valid JSON, see line %u"), path, line);
}

/* The parser knows the line only while it reports the error. */
static void
parse_error_cb (JsonParser   *parser,
                const GError *error,
                guint        *line)
{
  *line = MAX (json_parser_get_current_line (parser), 1);
}

JsonNode *
fare_price_json_parse (const char  *text,
                       gsize        length,
                       const char  *path,
                       GError     **error)
{
  g_autoptr(JsonParser) parser = json_parser_new ();
  g_autoptr(JsonNode) root = NULL;
  g_autoptr(GString) clean = g_string_sized_new (length);
  gsize cleaned;
  guint line = 1;

  if (!g_utf8_validate (text, (gssize) length, NULL))
    {
      g_set_error (error, FARE_PRICE_ERROR, FARE_PRICE_ERROR_SYNTAX,
                   _("“%s” is not text in UTF-8"), path);
      return NULL;
    }

  cleaned = clean_text (text, clean);
  if (cleaned < length)
    {
      set_syntax_error (error, path, count_lines (text, cleaned));
      return NULL;
    }

  g_signal_connect (parser, "error", G_CALLBACK (parse_error_cb), &line);
  if (!json_parser_load_from_data (parser, clean->str, (gssize) clean->len, NULL))
    {
      set_syntax_error (error, path, line);
      return NULL;
    }

  root = json_parser_steal_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error (error, FARE_PRICE_ERROR, FARE_PRICE_ERROR_SCHEMA,
                   _("“%s” is not a price file"), path);
      return NULL;
    }

  return g_steal_pointer (&root);
}

char *
fare_price_json_read_text (const char  *path,
                           gsize       *length,
                           GError     **error)
{
  g_autoptr(GError) local_error = NULL;
  char *text = NULL;
  GStatBuf status;

  if (g_stat (path, &status) == 0 && (!S_ISREG (status.st_mode) || status.st_size > SIZE_LIMIT))
    {
      g_set_error (error, FARE_PRICE_ERROR, FARE_PRICE_ERROR_SCHEMA,
                   _("“%s” is not a price file"), path);
      return NULL;
    }

  if (!g_file_get_contents (path, &text, length, &local_error))
    g_set_error (error, FARE_PRICE_ERROR, FARE_PRICE_ERROR_READ,
                 _("Cannot read “%s”: %s"), path, local_error->message);
  return text;
}

JsonNode *
fare_price_json_load (const char  *path,
                      GError     **error)
{
  gsize length = 0;
  g_autofree char *text = fare_price_json_read_text (path, &length, error);

  return text != NULL ? fare_price_json_parse (text, length, path, error) : NULL;
}

static void
append_indent (GString *text,
               guint    depth)
{
  g_string_append_c (text, '\n');
  for (guint i = 0; i < depth; i++)
    g_string_append (text, "  ");
}

static void
append_string (GString    *text,
               const char *value)
{
  g_string_append_c (text, '"');
  for (const char *p = value; *p != '\0'; p++)
    {
      if (*p == '"' || *p == '\\')
        g_string_append_c (text, '\\');

      if (*p == '\n')
        g_string_append (text, "\\n");
      else if (*p == '\t')
        g_string_append (text, "\\t");
      else if ((guchar) *p < 0x20 || *p == 0x7f)
        g_string_append_printf (text, "\\u%04x", (guint) (guchar) *p);
      else
        g_string_append_c (text, *p);
    }
  g_string_append_c (text, '"');
}

static void
append_double (GString *text,
               double   value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  for (int digits = 15; digits <= 17; digits++)
    {
      g_autofree char *format = g_strdup_printf ("%%.%dg", digits);

      g_ascii_formatd (buffer, sizeof buffer, format, value);
      if (g_ascii_strtod (buffer, NULL) == value)
        break;
    }

  g_string_append (text, buffer);
}

static void
append_value (GString  *text,
              JsonNode *node)
{
  GType type = json_node_get_value_type (node);

  if (type == G_TYPE_STRING)
    append_string (text, json_node_get_string (node));
  else if (type == G_TYPE_BOOLEAN)
    g_string_append (text, json_node_get_boolean (node) ? "true" : "false");
  else if (type == G_TYPE_INT64)
    g_string_append_printf (text, "%" G_GINT64_FORMAT, json_node_get_int (node));
  else if (isfinite (json_node_get_double (node)))
    append_double (text, json_node_get_double (node));
  else
    g_string_append (text, json_node_get_double (node) > 0.0 ? "1e999" : "-1e999");
}

static gboolean
is_plain (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) || JSON_NODE_HOLDS_NULL (node);
}

/* Lists and objects of plain values stand on one line: a rate card is read across. */
static gboolean
fits_line (JsonNode *node)
{
  g_autoptr(GList) children = JSON_NODE_HOLDS_ARRAY (node)
                                  ? json_array_get_elements (json_node_get_array (node))
                                  : json_object_get_values (json_node_get_object (node));

  for (GList *l = children; l != NULL; l = l->next)
    if (!is_plain (l->data))
      return FALSE;

  return TRUE;
}

static void
append_break (GString  *text,
              gboolean  is_on_line,
              guint     depth)
{
  if (!is_on_line)
    append_indent (text, depth);
}

static void
append_node (GString  *text,
             JsonNode *node,
             guint     depth)
{
  gboolean is_array = JSON_NODE_HOLDS_ARRAY (node);
  g_autoptr(GList) names = NULL;
  g_autoptr(GList) items = NULL;
  gboolean is_on_line;

  if (JSON_NODE_HOLDS_NULL (node))
    {
      g_string_append (text, "null");
      return;
    }
  if (JSON_NODE_HOLDS_VALUE (node))
    {
      append_value (text, node);
      return;
    }

  if (is_array)
    items = json_array_get_elements (json_node_get_array (node));
  else
    names = json_object_get_members (json_node_get_object (node));

  is_on_line = depth > 0 && fits_line (node);
  g_string_append_c (text, is_array ? '[' : '{');
  for (GList *l = is_array ? items : names; l != NULL; l = l->next)
    {
      append_break (text, is_on_line, depth + 1);
      if (!is_array)
        {
          append_string (text, l->data);
          g_string_append (text, ": ");
        }
      append_node (text,
                   is_array ? l->data
                            : json_object_get_member (json_node_get_object (node), l->data),
                   depth + 1);
      if (l->next != NULL)
        g_string_append (text, is_on_line ? ", " : ",");
    }
  if (items != NULL || names != NULL)
    append_break (text, is_on_line, depth);
  g_string_append_c (text, is_array ? ']' : '}');
}

char *
fare_price_json_to_text (JsonNode *node)
{
  GString *text = g_string_new (NULL);

  append_node (text, node, 0);
  g_string_append_c (text, '\n');
  return g_string_free (text, FALSE);
}

JsonNode *
fare_price_json_copy (JsonNode *node)
{
  g_autofree char *text = fare_price_json_to_text (node);
  g_autoptr(JsonNode) copy = json_from_string (text, NULL);

  g_assert (copy != NULL);
  return g_steal_pointer (&copy);
}

const char *
fare_price_json_get_string (JsonObject *object,
                            const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

JsonObject *
fare_price_json_get_object (JsonObject *object,
                            const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

JsonArray *
fare_price_json_get_array (JsonObject *object,
                           const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

gboolean
fare_price_json_node_to_number (JsonNode *node,
                                double   *number)
{
  GType type = node != NULL ? json_node_get_value_type (node) : G_TYPE_INVALID;

  if (type != G_TYPE_INT64 && type != G_TYPE_DOUBLE)
    return FALSE;

  *number = json_node_get_double (node);
  return isfinite (*number);
}

gboolean
fare_price_json_node_to_int (JsonNode *node,
                             gint64   *number)
{
  double value;

  if (!fare_price_json_node_to_number (node, &value))
    return FALSE;
  if (json_node_get_value_type (node) == G_TYPE_INT64)
    {
      *number = json_node_get_int (node);
      return TRUE;
    }

  if (value != trunc (value) || fabs (value) > 9007199254740992.0)
    return FALSE;

  *number = (gint64) value;
  return TRUE;
}
