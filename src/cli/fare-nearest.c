/* fare-nearest.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fare-config.h"

#include "fare-nearest.h"

#include <string.h>

/* In bytes; what is longer is no word of a command line. */
#define SIZE_MAX_WORD 31
#define MIN_BEGINNING 2
#define LETTERS_PER_SLIP 3
#define MAX_SLIPS 2

static guint
differ (char one,
        char other)
{
  return g_ascii_tolower (one) != g_ascii_tolower (other);
}

/* The number of slips that lead from @one to @other, neither longer than SIZE_MAX_WORD: the distance
 * of Damerau and Levenshtein in which nothing is changed twice. */
static guint
count_slips (const char *one,
             const char *other)
{
  guint slips[SIZE_MAX_WORD + 1][SIZE_MAX_WORD + 1];
  gsize n = strlen (one);
  gsize m = strlen (other);

  for (gsize i = 0; i <= n; i++)
    slips[i][0] = (guint) i;
  for (gsize k = 0; k <= m; k++)
    slips[0][k] = (guint) k;

  for (gsize i = 1; i <= n; i++)
    for (gsize k = 1; k <= m; k++)
      {
        guint least = slips[i - 1][k - 1] + differ (one[i - 1], other[k - 1]);

        least = MIN (least, slips[i - 1][k] + 1);
        least = MIN (least, slips[i][k - 1] + 1);
        if (i > 1 && k > 1 && !differ (one[i - 1], other[k - 2]) && !differ (one[i - 2], other[k - 1]))
          least = MIN (least, slips[i - 2][k - 2] + 1);
        slips[i][k] = least;
      }

  return slips[n][m];
}

static const char *
find_beginning (const char         *word,
                const char * const *words)
{
  const char *found = NULL;
  gsize length = strlen (word);

  for (guint i = 0; length >= MIN_BEGINNING && words[i] != NULL; i++)
    if (g_ascii_strncasecmp (words[i], word, length) == 0)
      {
        if (found != NULL)
          return NULL;
        found = words[i];
      }

  return found;
}

const char *
fare_nearest_word (const char         *word,
                   const char * const *words)
{
  const char *nearest = NULL;
  guint least = MAX_SLIPS + 1;

  if (strlen (word) > SIZE_MAX_WORD)
    return NULL;

  for (guint i = 0; words[i] != NULL; i++)
    {
      gsize size = strlen (words[i]);
      guint slips = size <= SIZE_MAX_WORD ? count_slips (word, words[i]) : G_MAXUINT;

      if (slips < least && slips <= (size + LETTERS_PER_SLIP - 1) / LETTERS_PER_SLIP)
        {
          nearest = words[i];
          least = slips;
        }
    }

  return nearest != NULL ? nearest : find_beginning (word, words);
}
