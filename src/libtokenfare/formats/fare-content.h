/* fare-content.h
 *
 * The text of a message: a plain string, or an array of parts of which some are text.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "formats/fare-pull.h"

G_BEGIN_DECLS

/* Whether a text counts; FALSE goes on to the message's next one. */
typedef gboolean (*FareContentFunc) (const FareSpan *text,
                                     gpointer        user_data);

/**
 * fare_content_find_text:
 * @content: the raw JSON of a message's content; may be empty
 * @accept: (nullable): called for each text in turn until it returns %TRUE
 * @text: (out): the first text that is not empty and that @accept takes
 *
 * Returns: whether there was one
 */
gboolean fare_content_find_text (const FareSpan  *content,
                                 FareContentFunc  accept,
                                 gpointer         user_data,
                                 FareSpan        *text);

G_END_DECLS
