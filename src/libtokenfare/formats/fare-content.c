/* fare-content.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "formats/fare-content.h"

/* The text of a part; empty when it is no text. */
static FareSpan
read_part (FarePull *pull)
{
  FareSpan key, type = { "", 0 }, text = { "", 0 };

  if (fare_pull_peek (pull) == '"')
    {
      fare_pull_string (pull, &text);
      return text;
    }
  if (!fare_pull_enter (pull, '{'))
    return text;
  while (fare_pull_next_member (pull, &key))
    {
      if (fare_span_equal (&key, "type"))
        fare_pull_string (pull, &type);
      else if (fare_span_equal (&key, "text"))
        fare_pull_string (pull, &text);
      else
        fare_pull_skip (pull);
    }
  if (type.length > 0 && !fare_span_equal (&type, "text"))
    text.length = 0;

  return text;
}

static gboolean
is_accepted (const FareSpan  *text,
             FareContentFunc  accept,
             gpointer         user_data)
{
  return text->length > 0 && (accept == NULL || accept (text, user_data));
}

gboolean
fare_content_find_text (const FareSpan  *content,
                        FareContentFunc  accept,
                        gpointer         user_data,
                        FareSpan        *text)
{
  FarePull pull;

  fare_pull_init (&pull, content->text, content->length);
  if (fare_pull_peek (&pull) == '"')
    {
      *text = read_part (&pull);
      return is_accepted (text, accept, user_data);
    }
  if (!fare_pull_enter (&pull, '['))
    return FALSE;
  while (fare_pull_next_item (&pull))
    {
      *text = read_part (&pull);
      if (!pull.failed && is_accepted (text, accept, user_data))
        return TRUE;
    }

  return FALSE;
}
