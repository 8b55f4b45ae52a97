/* fare-log.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "formats/fare-log.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Snapshots of a response follow each other closely; this many rows back are looked at.  What is
 * missed here is merged when the index takes the rows. */
#define MERGE_WINDOW 8

/* Some clients write a session's title again and again; the index would sort that out too. */
#define FACT_WINDOW 16

/* A title needs at most this many bytes of a prompt that may be megabytes long. */
#define TITLE_BYTES 2048

FareLog *
fare_log_new (void)
{
  FareLog *self = g_new0 (FareLog, 1);

  self->rows = g_array_new (FALSE, FALSE, sizeof (FareRow));
  self->facts = g_array_new (FALSE, FALSE, sizeof (FareFact));
  self->strings = g_ptr_array_new_with_free_func (g_free);
  self->numbers = g_hash_table_new (g_str_hash, g_str_equal);
  self->malformed_at = -1;
  fare_log_intern (self, "");

  return self;
}

void
fare_log_free (FareLog *self)
{
  g_clear_pointer (&self->rows, g_array_unref);
  g_clear_pointer (&self->facts, g_array_unref);
  g_clear_pointer (&self->numbers, g_hash_table_unref);
  g_clear_pointer (&self->strings, g_ptr_array_unref);
  g_clear_pointer (&self->note, g_bytes_unref);
  g_clear_pointer (&self->new_note, g_bytes_unref);
  g_clear_pointer (&self->limits, g_free);
  g_clear_pointer (&self->calls, g_hash_table_unref);
  g_free (self);
}

const char *
fare_log_get_relative_path (FareLog *self)
{
  const char *path = self->path;

  if (self->root == NULL || !g_str_has_prefix (path, self->root))
    return path;
  path += strlen (self->root);
  while (*path == '/')
    path++;

  return path;
}

gboolean
fare_log_next_line (FareLog     *self,
                    const char **line,
                    gsize       *length,
                    gint64      *offset)
{
  for (;;)
    {
      FareLineResult result;

      if (g_cancellable_is_cancelled (self->cancellable))
        return FALSE;
      result = fare_line_reader_next (self->reader, line, length, offset);
      if (result == FARE_LINE_TOO_LONG)
        {
          self->lines++;
          fare_log_malformed (self, *offset);
          continue;
        }
      if (result != FARE_LINE_OK)
        return FALSE;

      self->lines++;
      /* A crash of the machine can leave NULs where the last block was; a later line then
       * stands right behind them. */
      while (*length > 0 && (**line == '\0' || g_ascii_isspace (**line)))
        (*line)++, (*length)--;
      while (*length > 0 && g_ascii_isspace ((*line)[*length - 1]))
        (*length)--;
      if (*length > 0)
        return TRUE;
    }
}

gboolean
fare_log_read_document (FareLog  *self,
                        char    **text,
                        gsize    *length,
                        GError  **error)
{
  if (self->size > FARE_LINE_LIMIT)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE,
                           _("The file is too large to be a session."));
      return FALSE;
    }

  return g_file_get_contents (self->path, text, length, error);
}

void
fare_log_malformed (FareLog *self,
                    gint64   offset)
{
  self->malformed++;
  if (self->malformed_at < 0)
    self->malformed_at = offset;
}

guint32
fare_log_intern (FareLog    *self,
                 const char *text)
{
  gpointer number;
  char *copy;

  if (g_hash_table_lookup_extended (self->numbers, text, NULL, &number))
    return GPOINTER_TO_UINT (number);
  copy = g_strdup (text);
  number = GUINT_TO_POINTER (self->strings->len);
  g_ptr_array_add (self->strings, copy);
  g_hash_table_insert (self->numbers, copy, number);

  return GPOINTER_TO_UINT (number);
}

static gboolean
is_remembered (const FareMemo *memo,
               const FareSpan *span)
{
  return span->length > 0 && memo->length == span->length
         && memcmp (memo->text, span->text, span->length) == 0;
}

static void
remember (FareMemo       *memo,
          const FareSpan *span,
          guint32         number)
{
  if (span->length > sizeof memo->text)
    return;
  memcpy (memo->text, span->text, span->length);
  memo->length = span->length;
  memo->number = number;
}

guint32
fare_log_intern_span (FareLog        *self,
                      const FareSpan *span,
                      FareMemo       *memo)
{
  g_autofree char *text = NULL;
  guint32 number;

  if (span->length == 0)
    return 0;
  if (memo != NULL && is_remembered (memo, span))
    return memo->number;
  text = fare_span_dup (span, 0);
  number = fare_log_intern (self, text);
  if (memo != NULL)
    remember (memo, span, number);

  return number;
}

guint32
fare_log_intern_model (FareLog    *self,
                       const char *provider,
                       const char *name)
{
  g_autofree char *pair = g_strconcat (provider, "\x1f", name, NULL);

  return fare_log_intern (self, pair);
}

guint32
fare_log_intern_model_span (FareLog          *self,
                            const FareSpan   *name,
                            FareProviderFunc  find_provider,
                            FareMemo         *memo)
{
  g_autofree char *text = NULL;
  guint32 number;

  if (is_remembered (memo, name))
    return memo->number;
  text = fare_span_dup (name, 0);
  number = fare_log_intern_model (self, find_provider (text), *text != '\0' ? text : "unknown");
  remember (memo, name, number);

  return number;
}

const char *
fare_log_text (FareLog *self,
               guint32  number)
{
  return number < self->strings->len ? g_ptr_array_index (self->strings, number) : "";
}

static gboolean
is_absurd (const FareUsage *usage)
{
  return usage->input > FARE_USAGE_LIMIT || usage->cache_read > FARE_USAGE_LIMIT
         || usage->cache_write_5m > FARE_USAGE_LIMIT || usage->cache_write_1h > FARE_USAGE_LIMIT
         || usage->output > FARE_USAGE_LIMIT || usage->reasoning > FARE_USAGE_LIMIT;
}

gboolean
fare_log_add_row (FareLog       *self,
                  const FareRow *row)
{
  guint first = self->rows->len > MERGE_WINDOW ? self->rows->len - MERGE_WINDOW : 0;
  FareRow taken = *row;

  taken.value_ms = row->own_ms;
  if (is_absurd (&row->usage))
    {
      fare_log_malformed (self, row->offset);
      return FALSE;
    }
  if (fare_usage_total (&row->usage) == 0)
    return FALSE;
  self->newest_ms = MAX (self->newest_ms, row->own_ms);
  for (guint i = self->rows->len; i > first; i--)
    {
      FareRow *earlier = &g_array_index (self->rows, FareRow, i - 1);

      if (fare_row_is_same_slot (earlier, row))
        {
          fare_row_merge (earlier, &taken);
          return TRUE;
        }
    }
  g_array_append_val (self->rows, taken);

  return TRUE;
}

void
fare_log_add_fact (FareLog      *self,
                   guint32       session,
                   FareFactKind  kind,
                   guint         rank,
                   gint64        order,
                   guint32       text)
{
  FareFact fact = {
    .session = session, .text = text, .kind = (guint8) kind, .rank = (guint8) rank, .order = order
  };
  guint first = self->facts->len > FACT_WINDOW ? self->facts->len - FACT_WINDOW : 0;

  for (guint i = self->facts->len; i > first; i--)
    {
      FareFact *known = &g_array_index (self->facts, FareFact, i - 1);

      if (known->session == session && known->kind == kind && known->rank == rank)
        {
          if (order < known->order)
            *known = fact;
          return;
        }
    }
  g_array_append_val (self->facts, fact);
}

gboolean
fare_log_add_text (FareLog        *self,
                   guint32         session,
                   FareFactKind    kind,
                   guint           rank,
                   gint64          order,
                   const FareSpan *text)
{
  guint32 number = kind == FARE_FACT_TITLE ? fare_log_intern_title (self, text)
                                           : fare_log_intern_span (self, text, NULL);

  if (number == 0)
    return FALSE;

  fare_log_add_fact (self, session, kind, rank, order, number);

  return TRUE;
}

guint32
fare_log_intern_title (FareLog        *self,
                       const FareSpan *span)
{
  g_autofree char *text = fare_span_dup (span, TITLE_BYTES);

  return fare_log_intern_plain_title (self, text);
}

guint32
fare_log_intern_plain_title (FareLog    *self,
                             const char *raw)
{
  g_autofree char *text = g_utf8_make_valid (raw, (gssize) strnlen (raw, TITLE_BYTES));
  g_autoptr(GString) title = g_string_new (NULL);
  glong characters = 0;
  gboolean blank = FALSE;

  for (const char *p = text; *p != '\0' && characters < FARE_TITLE_LENGTH; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isspace (c) || g_unichar_iscntrl (c))
        {
          blank = title->len > 0;
          continue;
        }
      if (blank)
        {
          if (++characters >= FARE_TITLE_LENGTH)
            break;
          g_string_append_c (title, ' ');
          blank = FALSE;
        }
      g_string_append_unichar (title, c);
      characters++;
    }

  return title->len > 0 ? fare_log_intern (self, title->str) : 0;
}

GVariant *
fare_log_open_note (FareLog    *self,
                    const char *type)
{
  return self->note != NULL
         ? g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (type), self->note, FALSE))
         : NULL;
}

void
fare_log_leave_note (FareLog  *self,
                     GVariant *note)
{
  g_autoptr(GVariant) kept = g_variant_ref_sink (note);

  g_clear_pointer (&self->new_note, g_bytes_unref);
  self->new_note = g_variant_get_data_as_bytes (kept);
}
