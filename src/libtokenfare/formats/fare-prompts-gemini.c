/* fare-prompts-gemini.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "formats/fare-prompt-line.h"

gboolean
fare_gemini_read_prompt (const char     *line,
                         gsize           length,
                         FarePromptLine *prompt)
{
  static const char * const injected[] = { "<session_context>", "<hook_context>", NULL };
  FarePromptRecord record;

  if (!fare_prompt_record_read (line, length, &record) ||
      !fare_span_equal (&record.type, "user") ||
      !fare_prompt_find_text (&record.content, injected, &prompt->text))
    return FALSE;

  prompt->timestamp = record.timestamp;
  return TRUE;
}
