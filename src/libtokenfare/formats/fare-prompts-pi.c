/* fare-prompts-pi.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "formats/fare-prompt-line.h"

gboolean
fare_pi_read_prompt (const char     *line,
                     gsize           length,
                     FarePromptLine *prompt)
{
  static const char * const nothing[] = { NULL };
  FarePromptRecord record;

  if (!fare_prompt_record_read (line, length, &record) ||
      !fare_span_equal (&record.type, "message") || !fare_span_equal (&record.role, "user") ||
      !fare_prompt_find_text (&record.content, nothing, &prompt->text))
    return FALSE;

  prompt->timestamp = record.timestamp;
  return TRUE;
}
