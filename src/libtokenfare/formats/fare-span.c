/* fare-span.c
 *
 * The inside of a JSON string as a text.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "formats/fare-span.h"

#include <string.h>

#include "base/fare-hash.h"

static gunichar
read_unicode_escape (const char *p,
                     const char *end)
{
  gunichar value = 0;

  if (end - p < 4)
    return 0xfffd;
  for (int i = 0; i < 4; i++)
    {
      int digit = g_ascii_xdigit_value (p[i]);

      if (digit < 0)
        return 0xfffd;
      value = value * 16 + (gunichar) digit;
    }

  return value;
}

/* @p is behind "\u"; returns the first byte behind the whole escape. */
static const char *
append_unicode (GString    *text,
                const char *p,
                const char *end)
{
  gunichar value = read_unicode_escape (p, end);

  p = MIN (p + 4, end);
  if (value >= 0xd800 && value < 0xdc00 && end - p >= 6 && p[0] == '\\' && p[1] == 'u')
    {
      gunichar low = read_unicode_escape (p + 2, end);

      if (low >= 0xdc00 && low < 0xe000)
        {
          value = 0x10000 + ((value - 0xd800) << 10) + (low - 0xdc00);
          p += 6;
        }
    }
  /* A lone surrogate and NUL cannot stand in our texts. */
  g_string_append_unichar (text, value == 0 || !g_unichar_validate (value) ? 0xfffd : value);

  return p;
}

static const char *
append_escape (GString    *text,
               const char *p,
               const char *end)
{
  static const char from[] = "bfnrt", to[] = "\b\f\n\r\t";
  const char *plain = strchr (from, *p);

  if (*p == 'u')
    return append_unicode (text, p + 1, end);
  g_string_append_c (text, plain != NULL && *p != '\0' ? to[plain - from] : *p);

  return p + 1;
}

char *
fare_span_dup (const FareSpan *self,
               gsize           limit)
{
  const char *p = self->text, *end = self->text + self->length;
  g_autoptr(GString) text = NULL;

  if (limit == 0 || limit > self->length)
    limit = self->length;
  text = g_string_sized_new (limit + 8);
  while (p < end && text->len < limit)
    {
      gsize room = MIN ((gsize) (end - p), limit - text->len);
      const char *slash = memchr (p, '\\', room);

      g_string_append_len (text, p, slash != NULL ? slash - p : (gssize) room);
      if (slash == NULL)
        break;
      p = slash + 1 < end ? append_escape (text, slash + 1, end) : end;
    }
  if (g_utf8_validate (text->str, (gssize) text->len, NULL))
    return g_string_free (g_steal_pointer (&text), FALSE);

  return g_utf8_make_valid (text->str, (gssize) text->len);
}

gint64
fare_span_hash (const FareSpan *self)
{
  g_autofree char *text = NULL;

  if (self->length == 0)
    return 0;
  if (memchr (self->text, '\\', self->length) == NULL)
    return fare_hash_finish (fare_hash_bytes (FARE_HASH_SEED, self->text, self->length));
  text = fare_span_dup (self, 0);

  return fare_hash_finish (fare_hash_bytes (FARE_HASH_SEED, text, strlen (text)));
}
