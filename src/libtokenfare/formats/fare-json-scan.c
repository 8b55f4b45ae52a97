/* fare-json-scan.c
 *
 * Finds where strings and containers end, many characters at a time.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "formats/fare-json-scan.h"

#include <string.h>

#ifdef __x86_64__
#include <immintrin.h>
#endif

/* Deeper nesting than any log has; a line built to exhaust us stops here. */
#define MAX_DEPTH 512

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

/* Tool output quotes much, so long strings are gone through 64 characters at a time without a branch for
 * each quote in them. */
const char *
fare_json_find_string_end (const char *p,
                           const char *end)
{
  const char *start;

#ifdef __SSE2__
  if (end - p >= 64)
    {
      const char *quote = fare_json_find_near_end (p);
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

const char *
fare_json_find_container_end (const char *p,
                              const char *end)
{
  int depth = 0;

  for (p = find_structure (p, end); p != NULL; p = find_structure (p + 1, end))
    {
      switch (*p)
        {
        case '"':
          p = fare_json_find_string_end (p + 1, end);
          if (p == NULL)
            return NULL;
          break;
        case '{':
        case '[':
          if (++depth > MAX_DEPTH)
            return NULL;
          break;
        default:
          if (--depth == 0)
            return p;
          break;
        }
    }

  return NULL;
}
