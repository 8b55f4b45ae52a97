/* fare-pull.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "formats/fare-pull.h"

#include <math.h>
#include <string.h>

#include "base/fare-hash.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif
#ifdef __x86_64__
#include <immintrin.h>
#endif

/* Deeper nesting than any log has; a line built to exhaust us stops here. */
#define MAX_DEPTH 512

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

static inline const char *
find_quote (const char *p,
            const char *end)
{
#ifdef __SSE2__
  const __m128i quote = _mm_set1_epi8 ('"');

  for (; end - p >= 16; p += 16)
    {
      __m128i block = _mm_loadu_si128 ((const __m128i *) (const void *) p);
      int mask = _mm_movemask_epi8 (_mm_cmpeq_epi8 (block, quote));

      if (mask != 0)
        return p + __builtin_ctz (mask);
    }
#endif

  return memchr (p, '"', end - p);
}

#ifdef __SSE2__
/* Which of 64 characters are this one, the lowest bit for the first. */
static inline guint64
find_all (const char *p,
          char        c)
{
  const __m128i wanted = _mm_set1_epi8 (c);
  guint64 found = 0;

  for (guint i = 0; i < 4; i++)
    {
      __m128i block = _mm_loadu_si128 ((const __m128i *) (const void *) (p + 16 * i));

      found |= (guint64) (guint32) _mm_movemask_epi8 (_mm_cmpeq_epi8 (block, wanted)) << (16 * i);
    }

  return found;
}

/* Which of 64 characters have an odd number of backslashes before them.  Adding to the first bit of a
 * run of ones leaves a one behind its end; whether that is an odd or an even place tells with the place
 * where the run began how long it is.  @carry: whether the first one is escaped; then, whether the one
 * behind the last is. */
static inline guint64
find_escaped (guint64  slashes,
              guint64 *carry)
{
  const guint64 even = G_GUINT64_CONSTANT (0x5555555555555555);
  guint64 follows, odd_starts, ends;

  slashes &= ~*carry;
  follows = slashes << 1 | *carry;
  odd_starts = slashes & ~even & ~follows;
  *carry = __builtin_add_overflow (odd_starts, slashes, &ends);

  return (even ^ (ends << 1)) & follows;
}
#endif

#ifdef __SSE2__
/* The closing quote, when it is among the next 32 characters and none of those before it is escaped: so
 * it is with nearly all names and most values.  %NULL when it has to be looked for. */
static inline const char *
find_near_end (const char *p)
{
  const __m128i quote = _mm_set1_epi8 ('"'), slash = _mm_set1_epi8 ('\\');
  __m128i low = _mm_loadu_si128 ((const __m128i *) (const void *) p);
  __m128i high = _mm_loadu_si128 ((const __m128i *) (const void *) (p + 16));
  guint32 quotes = (guint32) _mm_movemask_epi8 (_mm_cmpeq_epi8 (low, quote))
                   | (guint32) _mm_movemask_epi8 (_mm_cmpeq_epi8 (high, quote)) << 16;
  guint32 slashes = (guint32) _mm_movemask_epi8 (_mm_cmpeq_epi8 (low, slash))
                    | (guint32) _mm_movemask_epi8 (_mm_cmpeq_epi8 (high, slash)) << 16;

  return quotes != 0 && (slashes & (quotes ^ (quotes - 1))) == 0 ? p + __builtin_ctz (quotes) : NULL;
}

/* Goes through blocks of 64 characters.  Returns: the closing quote, else %NULL with @p and @carry where
 * there is less than a block left. */
static const char *
find_end_in_blocks (const char **p,
                    const char  *end,
                    guint64     *carry)
{
  for (; end - *p >= 64; *p += 64)
    {
      guint64 quotes = find_all (*p, '"');
      guint64 slashes = find_all (*p, '\\');

      if ((slashes | *carry) != 0)
        quotes &= ~find_escaped (slashes, carry);
      if (quotes != 0)
        return *p + __builtin_ctzll (quotes);
    }

  return NULL;
}
#endif

#ifdef __x86_64__
/* The same, where the processor has wider registers: a third fewer instructions in all. */
__attribute__ ((target ("avx2"))) static const char *
find_end_in_wide_blocks (const char **start,
                         const char  *end,
                         guint64     *carry)
{
  const __m256i quote = _mm256_set1_epi8 ('"'), slash = _mm256_set1_epi8 ('\\');
  const char *p = *start;

  for (; end - p >= 64; p += 64)
    {
      __m256i low = _mm256_loadu_si256 ((const __m256i *) (const void *) p);
      __m256i high = _mm256_loadu_si256 ((const __m256i *) (const void *) (p + 32));
      guint64 quotes = (guint32) _mm256_movemask_epi8 (_mm256_cmpeq_epi8 (low, quote))
                       | (guint64) (guint32) _mm256_movemask_epi8 (_mm256_cmpeq_epi8 (high, quote)) << 32;
      guint64 slashes = (guint32) _mm256_movemask_epi8 (_mm256_cmpeq_epi8 (low, slash))
                        | (guint64) (guint32) _mm256_movemask_epi8 (_mm256_cmpeq_epi8 (high, slash)) << 32;

      if ((slashes | *carry) != 0)
        quotes &= ~find_escaped (slashes, carry);
      if (quotes != 0)
        return p + __builtin_ctzll (quotes);
    }
  *start = p;

  return NULL;
}
#endif

/* @p is behind the opening quote; the result is the closing one.  Tool output quotes much, so long
 * strings are gone through 64 characters at a time without a branch for each quote in them. */
static const char *
find_string_end (const char *p,
                 const char *end)
{
  const char *start;

#ifdef __SSE2__
  if (end - p >= 64)
    {
      const char *quote = find_near_end (p);
      guint64 carry = 0;

      if (quote != NULL)
        return quote;
#ifdef __x86_64__
      if (__builtin_cpu_supports ("avx2"))
        quote = find_end_in_wide_blocks (&p, end, &carry);
      else
#endif
        quote = find_end_in_blocks (&p, end, &carry);
      if (quote != NULL)
        return quote;
      if (carry != 0 && p < end)
        p++;
    }
#endif
  start = p;
  while (p < end)
    {
      const char *quote = find_quote (p, end), *q;

      if (quote == NULL)
        return NULL;
      for (q = quote; q > start && q[-1] == '\\'; q--)
        ;
      if ((quote - q) % 2 == 0)
        return quote;
      p = quote + 1;
    }

  return NULL;
}

/* The next quote or bracket: '{' and '[' differ from each other, and '}' from ']', in one bit. */
static inline const char *
find_structure (const char *p,
                const char *end)
{
#ifdef __SSE2__
  const __m128i quote = _mm_set1_epi8 ('"'), bit = _mm_set1_epi8 (0x20);
  const __m128i open = _mm_set1_epi8 ('{'), close = _mm_set1_epi8 ('}');

  for (; end - p >= 16; p += 16)
    {
      __m128i block = _mm_loadu_si128 ((const __m128i *) (const void *) p);
      __m128i folded = _mm_or_si128 (block, bit);
      __m128i hits = _mm_or_si128 (_mm_cmpeq_epi8 (block, quote),
                                   _mm_or_si128 (_mm_cmpeq_epi8 (folded, open),
                                                 _mm_cmpeq_epi8 (folded, close)));
      int mask = _mm_movemask_epi8 (hits);

      if (mask != 0)
        return p + __builtin_ctz (mask);
    }
#endif
  for (; p < end; p++)
    if (*p == '"' || (*p | 0x20) == '{' || (*p | 0x20) == '}')
      return p;

  return NULL;
}

static void
skip_container (FarePull *self)
{
  int depth = 0;
  const char *p = self->p;

  do
    {
      p = find_structure (p, self->end);
      if (p == NULL)
        return fail (self);
      switch (*p)
        {
        case '"':
          p = find_string_end (p + 1, self->end);
          if (p == NULL)
            return fail (self);
          break;
        case '{':
        case '[':
          if (++depth > MAX_DEPTH)
            return fail (self);
          break;
        default:
          depth--;
          break;
        }
      p++;
    }
  while (depth > 0);

  self->p = p;
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
  close = find_near_end (++p);
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
  close = *self->p == '"' ? find_string_end (self->p + 1, self->end) : NULL;
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
  FareSpan span;

  switch (fare_pull_peek (self))
    {
    case '{':
    case '[':
      skip_container (self);
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
  close = self->end - self->p > 32 ? find_near_end (self->p + 1) : NULL;
  if (close == NULL)
#endif
    close = find_string_end (self->p + 1, self->end);
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
