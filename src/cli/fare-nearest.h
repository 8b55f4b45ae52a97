/* fare-nearest.h
 *
 * Which word was meant by one that is not known.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * fare_nearest_word:
 * @word: what was typed, in any encoding
 * @words: what could have been meant, ended by %NULL
 *
 * A slip is a letter too many, too few, another one, or two that changed places; upper and lower
 * case are the same.  One slip is forgiven in a word of three letters, two in a longer one.  A
 * beginning of at least two letters is near if only one of @words begins so.
 *
 * Returns: (transfer none) (nullable): one of @words; the first of those that are equally near
 */
const char *fare_nearest_word (const char         *word,
                               const char * const *words);

G_END_DECLS
