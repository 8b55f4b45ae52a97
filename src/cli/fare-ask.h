/* fare-ask.h
 *
 * Questions on a terminal.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  FARE_ANSWER_NO,
  FARE_ANSWER_YES,
  FARE_ANSWER_NONE /* the input has ended */
} FareAnswer;

/**
 * fare_ask_is_possible:
 *
 * Returns: whether somebody reads what is printed and can answer
 */
gboolean   fare_ask_is_possible (void);

/**
 * fare_ask:
 * @question: a translated question
 * @fallback: what an empty line means
 *
 * Asks until the answer is understood; takes the words of the locale, and English ones.
 */
FareAnswer fare_ask             (const char *question,
                                 gboolean    fallback);

G_END_DECLS
