/* fare-csv.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "base/fare-csv.h"

#include <string.h>

#include "base/fare-json-writer.h"

static GString *
begin_cell (FareCsv *self)
{
  if (self->line == NULL)
    self->line = g_string_new (NULL);
  else
    g_string_append_c (self->line, ',');

  return self->line;
}

void
fare_csv_add_string (FareCsv    *self,
                     const char *value)
{
  GString *line = begin_cell (self);
  g_autofree char *valid = g_utf8_make_valid (value != NULL ? value : "", -1);

  if (strpbrk (valid, ",\"\r\n") == NULL)
    {
      g_string_append (line, valid);
      return;
    }

  g_string_append_c (line, '"');
  for (const char *p = valid; *p != '\0'; p++)
    {
      if (*p == '"')
        g_string_append_c (line, '"');
      g_string_append_c (line, *p);
    }
  g_string_append_c (line, '"');
}

void
fare_csv_add_int (FareCsv *self,
                  gint64   value)
{
  g_string_append_printf (begin_cell (self), "%" G_GINT64_FORMAT, value);
}

void
fare_csv_add_double (FareCsv *self,
                     double   value)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  fare_json_format_double (value, digits, sizeof digits);
  g_string_append (begin_cell (self), digits);
}

char *
fare_csv_end (FareCsv *self)
{
  GString *line = g_steal_pointer (&self->line);

  return line != NULL ? g_string_free (line, FALSE) : g_strdup ("");
}

void
fare_csv_clear (FareCsv *self)
{
  if (self->line != NULL)
    g_string_free (g_steal_pointer (&self->line), TRUE);
}
