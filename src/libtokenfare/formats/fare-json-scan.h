/* fare-json-scan.h
 *
 * Finds where strings and containers of JSON end, without looking at what is in them: most of a log is
 * skipped this way.  Nothing outside the text is read.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

G_BEGIN_DECLS

/**
 * fare_json_find_string_end:
 * @p: behind the opening quote
 * @end: of the text
 *
 * Returns: (nullable): the closing quote
 */
const char *fare_json_find_string_end    (const char *p,
                                          const char *end);

/**
 * fare_json_find_container_end:
 * @p: the opening bracket
 * @end: of the text
 *
 * Only strings and brackets are looked at, and not whether a bracket closes one of its own kind.
 *
 * Returns: (nullable): the closing bracket; %NULL too where brackets are deeper in each other than in
 *   any log
 */
const char *fare_json_find_container_end (const char *p,
                                          const char *end);

#ifdef __SSE2__
/**
 * fare_json_find_near_end:
 * @p: behind the opening quote; 32 characters must be there
 *
 * Returns: (nullable): the closing quote, when it is among these 32 characters and none of those before
 *   it is escaped: so it is with nearly all names and most values.  Else it has to be looked for.
 */
static inline const char *
fare_json_find_near_end (const char *p)
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
#endif

G_END_DECLS
