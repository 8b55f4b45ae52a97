/* fare-json-writer.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "base/fare-json-writer.h"

#include <math.h>
#include <stdlib.h>

#include "base/fare-instant.h"

#define ENOUGH (32 * 1024) /* bytes to collect before they are handed over */

struct _FareJsonWriter
{
  GString  *text;
  guint     depth;
  gboolean  is_compact;
  gboolean  is_first;  /* nothing stands in this object or array yet */

  FareJsonFunc func;
  gpointer     user_data;
};

FareJsonWriter *
fare_json_writer_new_for (gboolean     compact,
                          FareJsonFunc func,
                          gpointer     user_data)
{
  FareJsonWriter *self = g_new0 (FareJsonWriter, 1);

  self->text = g_string_sized_new (ENOUGH + 1024);
  self->is_compact = compact;
  self->is_first = TRUE;
  self->func = func;
  self->user_data = user_data;
  return self;
}

static void
append_cb (const char *data,
           gsize       length,
           gpointer    user_data)
{
  g_string_append_len (user_data, data, (gssize) length);
}

FareJsonWriter *
fare_json_writer_new_for_string (GString *text)
{
  return fare_json_writer_new_for (TRUE, append_cb, text);
}

static void
hand_over (FareJsonWriter *self)
{
  self->func (self->text->str, self->text->len, self->user_data);
  g_string_truncate (self->text, 0);
}

void
fare_json_writer_free (FareJsonWriter *self)
{
  hand_over (self);
  g_string_free (self->text, TRUE);
  g_free (self);
}

static void
break_line (FareJsonWriter *self)
{
  if (self->is_compact)
    return;

  g_string_append_c (self->text, '\n');
  for (guint i = 0; i < self->depth; i++)
    g_string_append (self->text, "  ");
}

/* Bytes that stand in a string as they are; the others are escaped. */
static gboolean
is_plain (guchar c)
{
  return c >= 0x20 && c != '"' && c != '\\' && c != 0x7f;
}

static void
append_escaped (GString *text,
                guchar   c)
{
  if (c == '"' || c == '\\')
    g_string_append_printf (text, "\\%c", c);
  else if (c == '\n')
    g_string_append (text, "\\n");
  else if (c == '\t')
    g_string_append (text, "\\t");
  else
    g_string_append_printf (text, "\\u%04x", c);
}

static void
append_text (FareJsonWriter *self,
             const char     *value)
{
  g_autofree char *valid = g_utf8_validate (value, -1, NULL) ? NULL : g_utf8_make_valid (value, -1);
  const char *p = valid != NULL ? valid : value;

  g_string_append_c (self->text, '"');
  while (*p != '\0')
    {
      const char *start = p;

      while (is_plain ((guchar) *p))
        p++;
      g_string_append_len (self->text, start, p - start);
      if (*p != '\0')
        append_escaped (self->text, (guchar) *p++);
    }
  g_string_append_c (self->text, '"');
}

/* Whatever stands before a value: comma, line break, name. */
static void
begin_value (FareJsonWriter *self,
             const char     *name)
{
  if (self->depth > 0)
    {
      if (!self->is_first)
        g_string_append (self->text, self->is_compact ? ", " : ",");
      break_line (self);
    }

  if (name != NULL)
    {
      append_text (self, name);
      g_string_append (self->text, ": ");
    }

  self->is_first = FALSE;
}

static void
end_value (FareJsonWriter *self)
{
  if (self->depth == 0)
    {
      g_string_append_c (self->text, '\n');
      self->is_first = TRUE;
    }

  if (self->text->len >= ENOUGH)
    hand_over (self);
}

static void
begin (FareJsonWriter *self,
       const char     *name,
       char            bracket)
{
  begin_value (self, name);
  g_string_append_c (self->text, bracket);
  self->depth++;
  self->is_first = TRUE;
}

static void
end (FareJsonWriter *self,
     char            bracket)
{
  g_return_if_fail (self->depth > 0);

  self->depth--;
  if (!self->is_first)
    break_line (self);
  g_string_append_c (self->text, bracket);
  self->is_first = FALSE;
  end_value (self);
}

static void
add_literal (FareJsonWriter *self,
             const char     *name,
             const char     *literal)
{
  begin_value (self, name);
  g_string_append (self->text, literal);
  end_value (self);
}

void
fare_json_writer_begin_object (FareJsonWriter *self,
                               const char     *name)
{
  begin (self, name, '{');
}

void
fare_json_writer_end_object (FareJsonWriter *self)
{
  end (self, '}');
}

void
fare_json_writer_begin_array (FareJsonWriter *self,
                              const char     *name)
{
  begin (self, name, '[');
}

void
fare_json_writer_end_array (FareJsonWriter *self)
{
  end (self, ']');
}

void
fare_json_writer_add_string (FareJsonWriter *self,
                             const char     *name,
                             const char     *value)
{
  if (value == NULL)
    {
      fare_json_writer_add_null (self, name);
      return;
    }

  begin_value (self, name);
  append_text (self, value);
  end_value (self);
}

void
fare_json_writer_add_strings (FareJsonWriter     *self,
                              const char         *name,
                              const char * const *values,
                              gsize               n_values)
{
  fare_json_writer_begin_array (self, name);
  for (gsize i = 0; i < n_values; i++)
    fare_json_writer_add_string (self, NULL, values[i]);
  fare_json_writer_end_array (self);
}

void
fare_json_writer_add_int (FareJsonWriter *self,
                          const char     *name,
                          gint64          value)
{
  guint64 left = value < 0 ? -(guint64) value : (guint64) value;
  char digits[32];
  char *p = digits + sizeof digits - 1;

  *p = '\0';
  do
    *--p = (char) ('0' + left % 10);
  while ((left /= 10) > 0);
  if (value < 0)
    *--p = '-';
  add_literal (self, name, p);
}

void
fare_json_writer_add_double (FareJsonWriter *self,
                             const char     *name,
                             double          value)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isfinite (value))
    {
      fare_json_writer_add_null (self, name);
      return;
    }

  fare_json_format_double (value, digits, sizeof digits);
  add_literal (self, name, digits);
}

void
fare_json_writer_add_boolean (FareJsonWriter *self,
                              const char     *name,
                              gboolean        value)
{
  add_literal (self, name, value ? "true" : "false");
}

void
fare_json_writer_add_null (FareJsonWriter *self,
                           const char     *name)
{
  add_literal (self, name, "null");
}

void
fare_json_writer_add_time_or_null (FareJsonWriter *self,
                                   const char     *name,
                                   gint64          time_ms)
{
  if (time_ms != 0)
    fare_json_writer_add_time (self, name, time_ms);
  else
    fare_json_writer_add_null (self, name);
}

void
fare_json_writer_add_time (FareJsonWriter *self,
                           const char     *name,
                           gint64          time_ms)
{
  char instant[FARE_INSTANT_SIZE];

  fare_instant_format (time_ms, instant);
  fare_json_writer_add_string (self, name, instant);
}

void
fare_json_format_double (double  value,
                         char   *buffer,
                         int     size)
{
  static const char * const formats[] = { "%.15g", "%.16g", "%.17g" };

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_ascii_formatd (buffer, size, formats[i], value);
      if (g_ascii_strtod (buffer, NULL) == value)
        return;
    }
}
