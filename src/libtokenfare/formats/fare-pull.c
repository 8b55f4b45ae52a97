/* fare-pull.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "formats/fare-pull.h"

#include <math.h>
#include <string.h>

#include "formats/fare-json-scan.h"

static void
fail (FarePull *self)
{
  self->failed = TRUE;
  self->p = self->end;
}

static inline gboolean
is_blank (char c)
{
  return (guint8) c <= ' ' && (c == ' ' || c == '\t' || c == '\r' || c == '\n');
}

static inline void
skip_blanks (FarePull *self)
{
  while (self->p < self->end && is_blank (*self->p))
    self->p++;
}

/* Whether a bare scalar cannot go on with this character. */
static inline gboolean
ends_scalar (char c)
{
  switch (c)
    {
    case ',': case ']': case '}': case ' ': case '\t': case '\r': case '\n': case ':':
    case '"': case '{': case '[': case '\0':
      return TRUE;
    default:
      return FALSE;
    }
}

static FareSpan
read_scalar (FarePull *self)
{
  FareSpan span = { self->p, 0 };

  while (self->p < self->end && !ends_scalar (*self->p))
    self->p++;
  span.length = self->p - span.text;
  if (span.length == 0)
    fail (self);

  return span;
}

void
fare_pull_init (FarePull   *self,
                const char *text,
                gsize       length)
{
  self->p = text;
  self->end = text + length;
  self->failed = FALSE;
}

gboolean
fare_pull_enter (FarePull *self,
                 char      bracket)
{
  if (fare_pull_peek (self) != bracket)
    {
      fare_pull_skip (self);
      return FALSE;
    }
  self->p++;

  return TRUE;
}

/* A member as nearly all are written: no blanks, and a short name. */
static inline gboolean
read_plain_name (FarePull *self,
                 FareSpan *key)
{
#ifdef __SSE2__
  const char *p = self->p, *close;

  if (self->end - p < 48)
    return FALSE;
  p += *p == ',';
  if (*p != '"')
    return FALSE;
  close = fare_json_find_near_end (++p);
  if (close == NULL || close[1] != ':' || (guint8) close[2] <= ' ')
    return FALSE;
  key->text = p;
  key->length = (gsize) (close - p);
  self->p = close + 2;

  return TRUE;
#else
  return FALSE;
#endif
}

gboolean
fare_pull_next_member (FarePull *self,
                       FareSpan *key)
{
  const char *close;

  if (G_LIKELY (read_plain_name (self, key)))
    return TRUE;
  skip_blanks (self);
  if (self->p < self->end && *self->p == ',')
    {
      self->p++;
      skip_blanks (self);
    }
  if (self->p >= self->end)
    {
      fail (self);
      return FALSE;
    }
  if (*self->p == '}')
    {
      self->p++;
      return FALSE;
    }
  close = *self->p == '"' ? fare_json_find_string_end (self->p + 1, self->end) : NULL;
  if (close == NULL)
    {
      fail (self);
      return FALSE;
    }
  key->text = self->p + 1;
  key->length = close - key->text;
  self->p = close + 1;
  skip_blanks (self);
  if (self->p >= self->end || *self->p != ':')
    {
      fail (self);
      return FALSE;
    }
  self->p++;
  skip_blanks (self);

  return TRUE;
}

gboolean
fare_pull_next_item (FarePull *self)
{
  skip_blanks (self);
  if (self->p < self->end && *self->p == ',')
    {
      self->p++;
      skip_blanks (self);
    }
  if (self->p >= self->end)
    {
      fail (self);
      return FALSE;
    }
  if (*self->p == ']')
    {
      self->p++;
      return FALSE;
    }

  return TRUE;
}

char
fare_pull_peek (FarePull *self)
{
  skip_blanks (self);

  return self->p < self->end ? *self->p : '\0';
}

void
fare_pull_skip (FarePull *self)
{
  const char *close;
  FareSpan span;

  switch (fare_pull_peek (self))
    {
    case '{':
    case '[':
      close = fare_json_find_container_end (self->p, self->end);
      if (close != NULL)
        self->p = close + 1;
      else
        fail (self);
      break;
    case '"':
      fare_pull_string (self, &span);
      break;
    default:
      read_scalar (self);
      break;
    }
}

gboolean
fare_pull_string (FarePull *self,
                  FareSpan *span)
{
  const char *close;

  span->text = "";
  span->length = 0;
  if (fare_pull_peek (self) != '"')
    {
      fare_pull_skip (self);
      return FALSE;
    }
#ifdef __SSE2__
  close = self->end - self->p > 32 ? fare_json_find_near_end (self->p + 1) : NULL;
  if (close == NULL)
#endif
    close = fare_json_find_string_end (self->p + 1, self->end);
  if (close == NULL)
    {
      fail (self);
      return FALSE;
    }
  span->text = self->p + 1;
  span->length = close - span->text;
  self->p = close + 1;

  return TRUE;
}

FareSpan
fare_pull_raw (FarePull *self)
{
  FareSpan span;

  fare_pull_peek (self);
  span.text = self->p;
  fare_pull_skip (self);
  span.length = (gsize) (self->p - span.text);

  return span;
}

void
fare_pull_members (FarePull         *self,
                   const FareMember *members,
                   guint             n_members)
{
  FareSpan key;

  while (fare_pull_next_member (self, &key))
    {
      guint i = 0;

      while (i < n_members && !fare_span_equal (&key, members[i].name))
        i++;
      if (i == n_members)
        fare_pull_skip (self);
      else if (members[i].is_raw)
        *members[i].span = fare_pull_raw (self);
      else
        fare_pull_string (self, members[i].span);
    }
}

/* A plain run of digits, which nearly every count is. */
static gboolean
read_digits (const FareSpan *span,
             gint64         *value)
{
  gint64 result = 0;

  if (span->length == 0 || span->length > 18)
    return FALSE;
  for (gsize i = 0; i < span->length; i++)
    {
      if (!g_ascii_isdigit (span->text[i]))
        return FALSE;
      result = result * 10 + (span->text[i] - '0');
    }
  *value = result;

  return TRUE;
}

static gboolean
is_all_digits (const FareSpan *span)
{
  for (gsize i = 0; i < span->length; i++)
    if (!g_ascii_isdigit (span->text[i]))
      return FALSE;

  return span->length > 0;
}

static gboolean
read_double (const FareSpan *span,
             double         *value)
{
  char text[64], *end = NULL;

  if (span->length == 0 || span->length >= sizeof text
      || (!g_ascii_isdigit (span->text[0]) && span->text[0] != '-' && span->text[0] != '+'
          && span->text[0] != '.'))
    return FALSE;
  memcpy (text, span->text, span->length);
  text[span->length] = '\0';
  if (strpbrk (text, "xXpPnN") != NULL) /* strtod's hexadecimal, nan and inf are not JSON's */
    return FALSE;
  *value = g_ascii_strtod (text, &end);

  return *end == '\0' && isfinite (*value);
}

/* The value as text: a bare scalar, or the inside of a string trimmed of blanks. */
static gboolean
next_number_text (FarePull *self,
                  FareSpan *span)
{
  char first = fare_pull_peek (self);

  if (first == '"')
    {
      fare_pull_string (self, span);
      while (span->length > 0 && span->text[0] == ' ')
        span->text++, span->length--;
      while (span->length > 0 && span->text[span->length - 1] == ' ')
        span->length--;
      return TRUE;
    }
  if (first == '{' || first == '[')
    {
      fare_pull_skip (self);
      return FALSE;
    }
  *span = read_scalar (self);

  return TRUE;
}

/* A count as nearly all are written: some digits, and what ends them. */
static inline gboolean
read_plain_count (FarePull *self,
                  gint64   *count)
{
  const char *p = self->p;
  gint64 value = 0;

  if (self->end - p < 20)
    return FALSE;
  for (; *p >= '0' && *p <= '9' && p - self->p < 18; p++)
    value = value * 10 + (*p - '0');
  if (p == self->p || (*p != ',' && *p != '}'))
    return FALSE;
  self->p = p;
  *count = MIN (value, FARE_PULL_COUNT_MAX);

  return TRUE;
}

gint64
fare_pull_count (FarePull *self)
{
  FareSpan span;
  gint64 count;
  double value;

  if (G_LIKELY (read_plain_count (self, &count)))
    return count;
  if (!next_number_text (self, &span))
    return 0;
  if (read_digits (&span, &count))
    return MIN (count, FARE_PULL_COUNT_MAX);
  if (!read_double (&span, &value))
    {
      /* Digits beyond all measure are a number all the same, only an absurd one. */
      return is_all_digits (&span) ? FARE_PULL_COUNT_MAX : 0;
    }
  if (value < 0)
    return 0;

  return value < (double) FARE_PULL_COUNT_MAX ? (gint64) value : FARE_PULL_COUNT_MAX;
}

gboolean
fare_pull_number (FarePull *self,
                  double   *value)
{
  FareSpan span;

  return next_number_text (self, &span) && read_double (&span, value);
}

gboolean
fare_pull_boolean (FarePull *self)
{
  FareSpan span;

  if (fare_pull_peek (self) != 't')
    {
      fare_pull_skip (self);
      return FALSE;
    }
  span = read_scalar (self);

  return fare_span_equal (&span, "true");
}

gboolean
fare_pull_at_end (FarePull *self)
{
  skip_blanks (self);

  return !self->failed && self->p >= self->end;
}
