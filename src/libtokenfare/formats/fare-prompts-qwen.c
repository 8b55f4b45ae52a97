/* fare-prompts-qwen.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "formats/fare-prompt-line.h"

gboolean
fare_qwen_read_prompt (const char     *line,
                       gsize           length,
                       FarePromptLine *prompt)
{
  static const char * const injected[] = { "<session_context>", "<system-reminder>", NULL };
  FarePromptRecord record;

  if (!fare_prompt_record_read (line, length, &record) ||
      !fare_span_equal (&record.type, "user") ||
      !fare_prompt_find_text (&record.content, injected, &prompt->text))
    return FALSE;

  prompt->timestamp = record.timestamp;
  prompt->is_helper = record.is_sidechain || record.has_agent;
  return TRUE;
}
